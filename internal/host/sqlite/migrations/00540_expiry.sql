-- +goose Up
-- Ends that a person typed: a certificate, a contract, a domain at somebody else's. They are the person's own.
CREATE TABLE expiry_date (
  id              TEXT PRIMARY KEY,
  account_id      TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  organization_id TEXT REFERENCES organization(id) ON DELETE SET NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('domain', 'product', 'certificate', 'token', 'other')),
  name            TEXT NOT NULL CHECK (name <> ''),
  ends_on         TEXT NOT NULL CHECK (ends_on LIKE '____-__-__'),
  note            TEXT NOT NULL DEFAULT '',
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX expiry_date_by_account ON expiry_date(account_id, ends_on);

-- Which renewal a product at Infomaniak was made. There it has no price; the price is the renewal's.
CREATE TABLE expiry_renewal (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  entry      TEXT NOT NULL,                                  -- key of the end, e.g. product/1234
  renewal_id TEXT NOT NULL REFERENCES payment_renewal(id) ON DELETE CASCADE,
  made_at    INTEGER NOT NULL,
  PRIMARY KEY (account_id, entry)
) STRICT;
CREATE INDEX expiry_renewal_by_renewal ON expiry_renewal(renewal_id);

-- Of which end a person was told, and how many days before.
CREATE TABLE expiry_told (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  entry      TEXT NOT NULL,
  ends_on    TEXT NOT NULL,
  days       INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (account_id, entry, ends_on, days)
) STRICT;
