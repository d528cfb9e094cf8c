-- +goose Up
-- Where an answer came from, and the key that signed it; '' is none.
ALTER TABLE client ADD COLUMN granted_by TEXT NOT NULL DEFAULT '' CHECK (granted_by IN ('', 'hand', 'signed'));
ALTER TABLE client ADD COLUMN signer TEXT NOT NULL DEFAULT '';
UPDATE client SET granted_by = 'hand' WHERE granted_access <> '';

-- The key with which an organization signs; its private half lies in the vault.
CREATE TABLE client_key (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  public          TEXT NOT NULL,
  made_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The invitations that were made. One that was answered or replaced stays, so that its reply is known when it comes again.
CREATE TABLE client_invitation (
  id              TEXT PRIMARY KEY,
  client_id       TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  file            BLOB NOT NULL,
  digest          TEXT NOT NULL,
  made_at         INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('open', 'answered', 'replaced', 'withdrawn')),
  mail_id         TEXT NOT NULL DEFAULT '',               -- of the last message that it went with
  mailed_to       TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX client_invitation_open ON client_invitation(client_id) WHERE state = 'open';
CREATE INDEX client_invitation_by_client ON client_invitation(client_id, made_at);

-- The other side: what partners asked of an organization, and what it answered.
CREATE TABLE client_partner (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  invitation_id   TEXT NOT NULL,
  partner_id      TEXT NOT NULL,
  partner_name    TEXT NOT NULL,
  partner_key     TEXT NOT NULL,
  refused         INTEGER NOT NULL CHECK (refused IN (0, 1)),
  access          TEXT NOT NULL CHECK (access IN ('', 'limited', 'full')),
  wallet          INTEGER NOT NULL CHECK (wallet IN (0, 1)),
  products        TEXT NOT NULL,
  answered_at     INTEGER NOT NULL,
  reply           BLOB NOT NULL,
  PRIMARY KEY (organization_id, invitation_id),
  CHECK ((refused = 1) = (access = ''))
) STRICT, WITHOUT ROWID;
