-- +goose Up
-- Infomaniak's numbers, as the person read them from an address of the Manager: of an organization itself (object ''),
-- or of one of its domains (object is the name). Addresses of pages are made from them.
CREATE TABLE link_number (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  object          TEXT NOT NULL,
  number          TEXT NOT NULL CHECK (number <> ''),
  PRIMARY KEY (organization_id, object)
) STRICT, WITHOUT ROWID;
