-- +goose Up
-- What stands on every paper that an organization sends. An organization without a row has what letterhead.go says.
CREATE TABLE letterhead (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  extra           TEXT NOT NULL,                          -- a further line of the address
  phone           TEXT NOT NULL,
  email           TEXT NOT NULL,
  web             TEXT NOT NULL,
  tax_number      TEXT NOT NULL,                          -- VAT or UID number as it shall stand there
  bank            TEXT NOT NULL,
  iban            TEXT NOT NULL,                          -- meant for every client's eyes: not in the vault
  contact         TEXT NOT NULL,
  footer          TEXT NOT NULL,
  window_side     TEXT NOT NULL CHECK (window_side IN ('left', 'right')),
  accent          TEXT NOT NULL CHECK (accent GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
  pattern         TEXT NOT NULL CHECK (pattern <> ''),    -- of the numbers of quotes
  version         INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;

-- Standard texts by language; one that is not here is the program's own.
CREATE TABLE letterhead_text (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  language        TEXT NOT NULL CHECK (language IN ('it', 'es', 'fr', 'de', 'en')),
  kind            TEXT NOT NULL CHECK (kind IN ('intro', 'payment', 'validity', 'duration', 'excluded', 'closing')),
  text            TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (organization_id, language, kind)
) STRICT, WITHOUT ROWID;

