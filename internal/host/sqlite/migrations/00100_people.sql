-- +goose Up
ALTER TABLE account ADD COLUMN locale TEXT NOT NULL DEFAULT '';          -- BCP 47, e.g. 'de-CH'; '' follows the language
ALTER TABLE account ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';       -- IANA, e.g. 'Europe/Zurich'; '' is the computer's
ALTER TABLE account ADD COLUMN country TEXT NOT NULL DEFAULT '';         -- ISO 3166-1; '' is not said
ALTER TABLE account ADD COLUMN phone TEXT NOT NULL DEFAULT '';           -- E.164
ALTER TABLE account ADD COLUMN recovery_phone TEXT NOT NULL DEFAULT '';  -- E.164
ALTER TABLE account ADD COLUMN recovery_email TEXT NOT NULL DEFAULT '';

ALTER TABLE organization ADD COLUMN kind TEXT NOT NULL DEFAULT 'company' CHECK (kind IN ('company', 'association', 'private', 'public'));
ALTER TABLE organization ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Somebody who was asked in and has no account here yet; becomes a member when an account with the address is made.
CREATE TABLE invitation (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  email_key       TEXT NOT NULL,
  email           TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('administrator', 'collaborator', 'external')),
  accounting      INTEGER NOT NULL DEFAULT 0 CHECK (accounting IN (0, 1)),
  invited_by      TEXT NOT NULL,
  invited_at      INTEGER NOT NULL,
  PRIMARY KEY (organization_id, email_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_by_email ON invitation(email_key);

-- An organization never loses its last legal representative, but by being deleted itself.
-- +goose StatementBegin
CREATE TRIGGER member_keeps_a_legal_representative_update
BEFORE UPDATE OF role ON member
WHEN OLD.role = 'legal_representative' AND NEW.role <> 'legal_representative' AND NOT EXISTS (
  SELECT 1 FROM member WHERE organization_id = OLD.organization_id AND role = 'legal_representative' AND account_id <> OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'last legal representative');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER member_keeps_a_legal_representative_delete
BEFORE DELETE ON member
WHEN OLD.role = 'legal_representative'
  AND EXISTS (SELECT 1 FROM organization WHERE id = OLD.organization_id)
  AND NOT EXISTS (SELECT 1 FROM member WHERE organization_id = OLD.organization_id AND role = 'legal_representative' AND account_id <> OLD.account_id)
BEGIN
  SELECT RAISE(ABORT, 'last legal representative');
END;
-- +goose StatementEnd
