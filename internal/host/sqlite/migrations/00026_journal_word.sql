-- +goose Up
-- The words that everybody may find, to complete the beginning of one. Reading them from the text index took a look
-- into each of its segments, of which a large journal has many. Words of personal values are not among them.
DROP TABLE journal_word;
CREATE TABLE journal_word (
  word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE journal_term USING fts5vocab(journal_text, col);
INSERT INTO journal_word (word) SELECT DISTINCT term FROM journal_term WHERE col IN ('object', 'before', 'after');
DROP TABLE journal_term;

-- Who changed the personal values of others.
CREATE INDEX journal_by_maker ON journal(account) WHERE person > 0 AND person <> account;

-- The text index writes a segment out when it has gathered so many bytes: fewer segments, fewer merges.
INSERT INTO journal_text (journal_text, rank) VALUES ('hashsize', 16777216);
