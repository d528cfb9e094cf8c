-- +goose Up
-- Quotes. What a quote rests on and comes to is kept whole in quote_frozen; what lists need of it stands in columns.
CREATE TABLE quote (
  seq             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  year            INTEGER NOT NULL,
  serial          INTEGER NOT NULL CHECK (serial > 0),
  revision        INTEGER NOT NULL CHECK (revision > 0),
  revises_id      TEXT NOT NULL DEFAULT '',               -- the revision before; '' for the first
  client_id       TEXT NOT NULL,                          -- '' for a prospect
  recipient       TEXT NOT NULL CHECK (recipient <> ''),
  recipient_key   TEXT NOT NULL,                          -- folded, to sort by
  author_id       TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('it', 'es', 'fr', 'de', 'en')),
  state           TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'accepted', 'declined')),
  valid_until     TEXT NOT NULL CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  exclusions      TEXT NOT NULL,                          -- JSON list
  note            TEXT NOT NULL,
  accepted        INTEGER NOT NULL DEFAULT 0,             -- the scenario that was accepted, from 1
  scenarios       INTEGER NOT NULL CHECK (scenarios > 0),
  currency        TEXT NOT NULL CHECK (currency IN ('CHF', 'EUR')),
  book_id         TEXT NOT NULL,
  offer           INTEGER NOT NULL,                       -- of the first scenario, or of the accepted one
  earned          INTEGER NOT NULL,
  version         INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  sent_at         INTEGER NOT NULL DEFAULT 0,
  answered_at     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (organization_id, year, serial, revision),
  CHECK ((accepted > 0) = (state = 'accepted'))
) STRICT;
CREATE INDEX quote_by_state ON quote(organization_id, state, valid_until);
CREATE INDEX quote_by_recipient ON quote(organization_id, recipient_key);
CREATE INDEX quote_by_end ON quote(organization_id, valid_until);
CREATE INDEX quote_by_offer ON quote(organization_id, currency, offer);
CREATE INDEX quote_by_client ON quote(organization_id, client_id);
CREATE INDEX quote_revised ON quote(revises_id) WHERE revises_id <> '';

CREATE TABLE quote_line (
  quote_id  TEXT NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
  scenario  INTEGER NOT NULL,                             -- from 1
  position  INTEGER NOT NULL,
  product   TEXT NOT NULL,
  name      TEXT NOT NULL,
  quantity  INTEGER NOT NULL,
  months    INTEGER NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('order', 'renewal')),
  outcome   TEXT NOT NULL CHECK (outcome IN ('discount', 'cashback', 'not_covered')),
  charged   INTEGER NOT NULL,
  gain      INTEGER NOT NULL,
  offer     INTEGER NOT NULL,
  PRIMARY KEY (quote_id, scenario, position)
) STRICT, WITHOUT ROWID;

-- Basis and answer as JSON, with every step. A quote that was sent says for ever what it said.
CREATE TABLE quote_frozen (
  quote_id TEXT PRIMARY KEY REFERENCES quote(id) ON DELETE CASCADE,
  rules    INTEGER NOT NULL,
  text     TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER quote_frozen_stays BEFORE UPDATE ON quote_frozen
WHEN (SELECT state FROM quote WHERE id = OLD.quote_id) <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'a quote that was sent does not change');
END;
-- +goose StatementEnd

-- The words of a quote: its number, the recipient, products, the note. Its rows follow quote.seq.
CREATE VIRTUAL TABLE quote_search USING fts5(words, content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2");

-- +goose StatementBegin
CREATE TRIGGER quote_search_gone AFTER DELETE ON quote
BEGIN
  DELETE FROM quote_search WHERE rowid = OLD.seq;
END;
-- +goose StatementEnd
