-- +goose Up
-- What a person is told of her sign-ins. Each notice stands here, whether it went out by mail as well or not.
CREATE TABLE notice (
  id         TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('sign_in', 'sign_in_failed', 'account_locked')),
  at         INTEGER NOT NULL,
  device     TEXT NOT NULL,
  system     TEXT NOT NULL,
  address    TEXT NOT NULL,
  letter_id  TEXT NOT NULL DEFAULT '',           -- in the mail queue; '': no mail server was set up
  seen_at    INTEGER
) STRICT;
CREATE INDEX notice_by_account ON notice(account_id, at);
