-- +goose Up
-- One's own acts, and entries that somebody imported under one's name: they are never counted together.
DROP INDEX journal_by_own;
CREATE INDEX journal_by_self ON journal(account) WHERE import IS NULL;
CREATE INDEX journal_by_name ON journal(account) WHERE import IS NOT NULL;
