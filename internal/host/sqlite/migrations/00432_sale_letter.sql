-- +goose Up
-- The letters to clients that were handed to the queue of e-mails, as they were written.
CREATE TABLE sale_letter (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  client_id       TEXT NOT NULL,
  recipient       TEXT NOT NULL,                          -- e-mail address
  subject         TEXT NOT NULL,
  text            TEXT NOT NULL,
  queued_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX sale_letter_by_client ON sale_letter(organization_id, client_id, queued_at);
