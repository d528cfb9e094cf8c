-- +goose Up
-- Who holds which role in the organization at Infomaniak, as somebody here says: such a person needs no account in Kontor
-- and may do nothing in it.
CREATE TABLE noted_person (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  name            TEXT NOT NULL CHECK (length(trim(name)) > 0),
  email           TEXT NOT NULL DEFAULT '',
  email_key       TEXT NOT NULL DEFAULT '',          -- the address folded for comparison; '' if none is known
  role            TEXT NOT NULL CHECK (role IN ('legal_representative', 'administrator', 'collaborator', 'external')),
  noted_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX noted_person_by_organization ON noted_person(organization_id);
CREATE INDEX noted_person_by_email ON noted_person(email_key);
