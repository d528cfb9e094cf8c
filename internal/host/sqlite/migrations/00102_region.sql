-- +goose Up
-- The region whose figures somebody wants is a preference like the language: it counts in every language.
INSERT OR IGNORE INTO setting (account_id, name, value) SELECT id, 'region', substr(locale, 4, 2) FROM account WHERE locale LIKE '__-__';
ALTER TABLE account DROP COLUMN locale;
