-- +goose Up
-- The end of the journal, authenticated with the key of the vault: whoever cuts rows off, or changes what the imports say,
-- cannot write this row anew. None: it was never sealed, or the sealed secrets were given up (the trigger below).
CREATE TABLE journal_seal (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  seq     INTEGER NOT NULL,                        -- up to where
  hash    BLOB NOT NULL,                           -- of the entry there
  imports INTEGER NOT NULL,                        -- so many rows of journal_import are covered,
  digest  BLOB NOT NULL,                           -- by this
  mac     BLOB NOT NULL                            -- over all of it
) STRICT;
-- The vault holds a mark that the journal is sealed. With its key it is given up too, and the journal is sealed anew.
-- +goose StatementBegin
CREATE TRIGGER sealed_gives_up_journal AFTER DELETE ON sealed WHEN OLD.place = 'journal'
BEGIN DELETE FROM journal_seal; END;
-- +goose StatementEnd
