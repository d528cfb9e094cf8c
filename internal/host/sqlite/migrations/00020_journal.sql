-- +goose Up
-- Words that many entries share (organizations, accounts, products, actions) get a small number: it keeps the indexes
-- narrow and is the word of that value in the text index. The hash of an entry covers the words, not the numbers.
CREATE TABLE journal_value (
  no    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL CHECK (kind IN ('organization', 'account', 'product', 'action')),
  value TEXT NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- An import of entries that another program wrote.
CREATE TABLE journal_import (
  no   INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  organization TEXT NOT NULL,
  name TEXT NOT NULL,                              -- the file's name, as it was chosen
  at   INTEGER NOT NULL
) STRICT;

-- The journal. id is the moment in milliseconds × 2^20 plus a number that tells entries of one millisecond apart: the
-- order of ids is the order in time, every index ends in it, and the text index returns its hits in it.
CREATE TABLE journal (
  id           INTEGER PRIMARY KEY CHECK (id > 0),
  seq          INTEGER NOT NULL UNIQUE CHECK (seq > 0), -- the place in the chain
  organization INTEGER NOT NULL REFERENCES journal_value(no),
  account      INTEGER NOT NULL REFERENCES journal_value(no),
  product      INTEGER NOT NULL REFERENCES journal_value(no),
  action       INTEGER NOT NULL REFERENCES journal_value(no),
  result       INTEGER NOT NULL CHECK (result BETWEEN 1 AND 3), -- ok, failed, refused
  object_id    TEXT NOT NULL,
  object_name  TEXT NOT NULL,
  session      TEXT NOT NULL,
  person       INTEGER NOT NULL DEFAULT 0,         -- account whose data before and after are; 0: nobody's, not sealed
  before       BLOB NOT NULL,                      -- UTF-8, or sealed under the person's key
  after        BLOB NOT NULL,
  import       INTEGER REFERENCES journal_import(no), -- NULL: this computer's own
  hash         BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_by_organization ON journal(organization);
CREATE INDEX journal_by_product ON journal(organization, product);
CREATE INDEX journal_by_action ON journal(organization, action);
CREATE INDEX journal_by_account ON journal(organization, account);
CREATE INDEX journal_by_own ON journal(account);
CREATE INDEX journal_by_person ON journal(person) WHERE person > 0;

-- Where the chain ends, so that a missing end is noticed.
CREATE TABLE journal_head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, zeroblob(32));

-- The key of each person whose data an entry holds. Deleting it makes those values unreadable for good; the chain
-- covers the sealed form and still verifies.
CREATE TABLE journal_key (
  person INTEGER PRIMARY KEY REFERENCES journal_value(no),
  key    BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- The text index keeps no text of its own. own_before and own_after hold the words of personal values while their key
-- lives; secure-delete takes them out of the index's pages when it is destroyed.
CREATE VIRTUAL TABLE journal_text USING fts5(
  object, before, after, own_before, own_after, facet,
  content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO journal_text (journal_text, rank) VALUES ('secure-delete', 1);

-- The words of the text index, to complete the beginning of one.
CREATE VIRTUAL TABLE journal_word USING fts5vocab(journal_text, instance);

-- +goose StatementBegin
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- REPLACE deletes without asking the trigger above, so an insert may not meet an entry.
-- +goose StatementBegin
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_value_no_update BEFORE UPDATE ON journal_value
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_value_no_delete BEFORE DELETE ON journal_value
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_import_no_update BEFORE UPDATE ON journal_import
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_import_no_delete BEFORE DELETE ON journal_import
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_head_only_forward BEFORE UPDATE ON journal_head WHEN NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- +goose StatementEnd
