-- +goose Up
-- How each person wants to be protected. No row: the defaults of the program.
CREATE TABLE sign_in_policy (
  account_id     TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  notify_success INTEGER NOT NULL CHECK (notify_success IN (0, 1)),
  notify_failure INTEGER NOT NULL CHECK (notify_failure IN (0, 1)),
  lock_on        INTEGER NOT NULL CHECK (lock_on IN (0, 1)),
  lock_after     INTEGER NOT NULL CHECK (lock_after BETWEEN 1 AND 100)
) STRICT, WITHOUT ROWID;

-- Failures since the last success. An address that belongs to nobody is guarded like any other, under its hash, so that
-- guessing does not tell which addresses exist.
CREATE TABLE sign_in_guard (
  subject      TEXT PRIMARY KEY,                 -- 'account:<id>', 'address:<sha-256>' or 'recovery:<id>'
  failures     INTEGER NOT NULL CHECK (failures >= 0),
  failed_at    INTEGER NOT NULL,
  locked_at    INTEGER,
  locked_after INTEGER
) STRICT, WITHOUT ROWID;

-- What happened at the door, for the adviser and the list of failed attempts.
CREATE TABLE sign_in_attempt (
  id         TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  ok         INTEGER NOT NULL CHECK (ok IN (0, 1)),
  method     TEXT NOT NULL CHECK (method IN ('password', 'sso', 'stayed', 'recovery')),
  device     TEXT NOT NULL,
  address    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempt_by_account ON sign_in_attempt(account_id, at);

-- Codes for the secure form: shown once, kept as SHA-256 of 80 random bits.
CREATE TABLE recovery_code (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash       BLOB NOT NULL CHECK (length(hash) = 32),
  made_at    INTEGER NOT NULL,
  used_at    INTEGER,
  PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;

-- What the person says of a session, and the highlights that need not be shown for its device again.
ALTER TABLE session ADD COLUMN own_name TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN ended_by TEXT NOT NULL DEFAULT '' CHECK (ended_by IN ('', 'self', 'other', 'password', 'recovery', 'account'));
CREATE TABLE session_silence (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  device     TEXT NOT NULL,                      -- device key: name and system
  rule       TEXT NOT NULL,
  PRIMARY KEY (account_id, device, rule)
) STRICT, WITHOUT ROWID;
