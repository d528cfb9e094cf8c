-- +goose Up
-- The one organization that a session reaches, where its provider has opened it; '' is everything of the person's.
ALTER TABLE session ADD COLUMN bound_to TEXT NOT NULL DEFAULT '';

-- Whom a provider means, as each person has said from inside the account. Links used to be made by the address that a
-- provider names, which proves nobody: they go, and the sessions that they opened end.
UPDATE session SET ended_at = last_active WHERE method = 'sso' AND ended_at IS NULL;
DROP TABLE sso_identity;
CREATE TABLE sso_link (
  issuer     TEXT NOT NULL,
  subject    TEXT NOT NULL,                      -- tenant and object where the provider names them, else its subject
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  named      TEXT NOT NULL,                      -- as the provider calls the person, to tell links apart
  linked_at  INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (account_id, issuer)
) STRICT, WITHOUT ROWID;
