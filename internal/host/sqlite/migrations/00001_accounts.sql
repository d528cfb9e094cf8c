-- +goose Up
CREATE TABLE organization (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL CHECK (length(trim(name)) > 0),
  currency   TEXT NOT NULL CHECK (currency IN ('CHF', 'EUR')),
  country    TEXT NOT NULL DEFAULT 'CH',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  id            TEXT PRIMARY KEY,
  first_name    TEXT NOT NULL,
  last_name     TEXT NOT NULL,
  login_email   TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,            -- the address folded for comparison
  language      TEXT NOT NULL CHECK (language IN ('it', 'es', 'fr', 'de', 'en')),
  version       INTEGER NOT NULL DEFAULT 1,      -- optimistic concurrency
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT;

-- How an account proves who it is. Kept apart so that what shows an account never touches it.
CREATE TABLE credential (
  account_id    TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  password_hash TEXT NOT NULL,                   -- Argon2id, encoded with its parameters
  changed_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  account_id      TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  role            TEXT NOT NULL CHECK (role IN ('legal_representative', 'administrator', 'collaborator', 'external')),
  accounting      INTEGER NOT NULL DEFAULT 0 CHECK (accounting IN (0, 1)),
  joined_at       INTEGER NOT NULL,
  PRIMARY KEY (organization_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_account ON member(account_id);

CREATE TABLE session (
  id              TEXT PRIMARY KEY,
  account_id      TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  secret_hash     BLOB NOT NULL,                 -- SHA-256 of the session secret; the secret lives in the vault
  organization_id TEXT REFERENCES organization(id) ON DELETE SET NULL, -- the one that the window shows
  method          TEXT NOT NULL CHECK (method IN ('password', 'sso', 'stayed')),
  stay            INTEGER NOT NULL DEFAULT 0 CHECK (stay IN (0, 1)),
  device          TEXT NOT NULL DEFAULT '',
  system          TEXT NOT NULL DEFAULT '',
  app_version     TEXT NOT NULL DEFAULT '',
  address         TEXT NOT NULL DEFAULT '',
  first_seen      INTEGER NOT NULL,
  last_active     INTEGER NOT NULL,
  ended_at        INTEGER
) STRICT;
CREATE INDEX session_by_account ON session(account_id, last_active);

-- Small preferences of the workspace and of a person ('' is the workspace itself); values are text.
CREATE TABLE setting (
  account_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

-- Secrets: sealed with the workspace's key, with table, row and column as associated data.
CREATE TABLE sealed (
  place      TEXT NOT NULL,                      -- what it belongs to, e.g. 'payment_profile'
  row        TEXT NOT NULL,
  field      TEXT NOT NULL,
  box        BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (place, row, field)
) STRICT, WITHOUT ROWID;

