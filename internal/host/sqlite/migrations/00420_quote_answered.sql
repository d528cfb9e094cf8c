-- +goose Up
-- Who said yes or no to a quote, in the words of whoever noted it.
ALTER TABLE quote ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';
