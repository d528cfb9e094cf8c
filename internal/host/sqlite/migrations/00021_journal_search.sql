-- +goose Up
-- Searches that a person keeps. seen is the end of the journal when they last looked.
CREATE TABLE journal_search (
  id              TEXT PRIMARY KEY,
  account_id      TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  scope           TEXT NOT NULL CHECK (scope IN ('own', 'organization')),
  organization_id TEXT NOT NULL,                  -- '' for one's own
  name            TEXT NOT NULL CHECK (length(trim(name)) > 0),
  query           TEXT NOT NULL,
  seen            INTEGER NOT NULL,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_search_by_name ON journal_search(account_id, scope, organization_id, name);
