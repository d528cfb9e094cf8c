-- +goose Up
-- Where a network is, as the person says: nothing is asked of anybody else. latitude and longitude are in degrees; NULL
-- where only a name is known.
CREATE TABLE session_place (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  network    TEXT NOT NULL,                      -- as networkOf writes it
  name       TEXT NOT NULL CHECK (length(name) > 0),
  latitude   REAL CHECK (latitude BETWEEN -90 AND 90),
  longitude  REAL CHECK (longitude BETWEEN -180 AND 180),
  PRIMARY KEY (account_id, network),
  CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT, WITHOUT ROWID;

-- The address at which a session began; '' where that is not known. address is the one of its last activity.
ALTER TABLE session ADD COLUMN first_address TEXT NOT NULL DEFAULT '';
