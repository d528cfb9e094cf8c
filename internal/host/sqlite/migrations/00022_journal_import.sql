-- +goose Up
-- People whom an import names and this workspace does not know. Entries hold the id; the name can be deleted.
CREATE TABLE journal_stranger (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Rows that an import could not take, with the reason. They are no part of the journal and can be deleted.
CREATE TABLE journal_aside (
  import INTEGER NOT NULL REFERENCES journal_import(no),
  line   INTEGER NOT NULL,
  field  TEXT NOT NULL,                            -- '' if the row as a whole cannot be read
  reason TEXT NOT NULL,
  raw    TEXT NOT NULL,
  PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;
