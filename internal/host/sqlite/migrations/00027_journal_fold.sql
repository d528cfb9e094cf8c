-- +goose Up
-- Words of the journal that people also look for in another spelling (strasse for Straße), and the parts of words in scripts
-- without blanks: what is looked for, folded, and the word as the text index has it.
CREATE TABLE journal_fold (
  folded TEXT NOT NULL,
  word   TEXT NOT NULL,
  PRIMARY KEY (folded, word)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO journal_fold (folded, word)
  SELECT kontor_fold(word), word FROM journal_word WHERE kontor_fold(word) <> word AND kontor_fold(word) <> '';
INSERT OR IGNORE INTO journal_fold (folded, word)
  WITH RECURSIVE part(word, at) AS (
    SELECT word, 2 FROM journal_word WHERE kontor_index(word) <> kontor_fold(word)
    UNION ALL SELECT word, at + 1 FROM part WHERE at < length(word) AND at < 64
  )
  SELECT kontor_fold(substr(word, at)), word FROM part
  WHERE kontor_index('a' || substr(word, at, 1)) <> kontor_fold('a' || substr(word, at, 1)) AND kontor_fold(substr(word, at)) <> '';
