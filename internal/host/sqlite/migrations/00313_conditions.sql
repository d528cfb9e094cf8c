-- +goose Up
-- What a partner sells and earns beyond one rate for all: rates by category and tables of steps by product, each dated
-- with its source and author, the least margin, and products and services of its own.
ALTER TABLE partner_terms ADD COLUMN floor TEXT;
ALTER TABLE price_line ADD COLUMN category TEXT NOT NULL DEFAULT '';

CREATE TABLE partner_condition (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('rates', 'steps')),
  items           TEXT NOT NULL CHECK (json_valid(items)),
  version         INTEGER NOT NULL DEFAULT 1,
  updated_at      INTEGER NOT NULL,
  PRIMARY KEY (organization_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_product (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  name            TEXT NOT NULL CHECK (length(trim(name)) > 0),
  name_key        TEXT NOT NULL,                     -- folded, to sort by and to be unique
  description     TEXT NOT NULL DEFAULT '',
  category        TEXT NOT NULL,
  class           TEXT NOT NULL DEFAULT '',          -- of VAT
  unit            TEXT NOT NULL,
  months          INTEGER NOT NULL CHECK (months >= 0), -- billing period; 0 is once
  currency        TEXT NOT NULL CHECK (currency IN ('CHF', 'EUR')),
  price           TEXT NOT NULL CHECK (price GLOB '[0-9]*' AND price NOT GLOB '*[^0-9.]*'),
  cost            TEXT,
  floor           TEXT,
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  UNIQUE (organization_id, currency, name_key)
) STRICT;
