-- +goose Up
-- The Entra ID with which the people of an organization sign in, by the domains of their addresses.
CREATE TABLE sso_provider (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  tenant          TEXT NOT NULL,
  client          TEXT NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sso_domain (
  domain          TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES sso_provider(organization_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Who somebody is at the provider, from the first sign-in on: an address may be given to somebody else later.
CREATE TABLE sso_identity (
  issuer     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX sso_identity_by_account ON sso_identity(account_id);
