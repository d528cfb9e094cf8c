-- +goose Up
-- What a person said to a line on Home: put off until a day, or dealt with (no day). It holds for the facts that the line
-- told then. Nothing of the line itself is kept here, so that nothing stays when its record goes.
CREATE TABLE home_answer (
  account_id      TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  organization_id TEXT REFERENCES organization(id) ON DELETE CASCADE,
  line            TEXT NOT NULL,                  -- kind and id of the record
  news            TEXT NOT NULL,                  -- mark of its facts
  until           TEXT,                           -- the day on which it stands there again
  at              INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX home_answer_line ON home_answer(account_id, coalesce(organization_id, ''), line);
