-- +goose Up
-- How an organization had the files of a source read that it imported: which column means what, and what becomes of which
-- word, as JSON. It is no part of the journal and can be deleted.
CREATE TABLE journal_mapping (
  organization TEXT NOT NULL,
  source       TEXT NOT NULL,                      -- the folded name of the program, or the columns where nobody named one
  mapping      TEXT NOT NULL CHECK (json_valid(mapping)),
  used_at      INTEGER NOT NULL,
  PRIMARY KEY (organization, source)
) STRICT, WITHOUT ROWID;

-- The program that wrote what an import brought, as the person called it.
ALTER TABLE journal_import ADD COLUMN source TEXT NOT NULL DEFAULT '';
