-- +goose Up
-- What became of an accepted quote: an order with what was sold, as the quote had it.
CREATE TABLE sale (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  quote_id        TEXT NOT NULL,
  quote_number    TEXT NOT NULL,
  client_id       TEXT NOT NULL,                          -- '' for a prospect
  client_name     TEXT NOT NULL,
  scenario        INTEGER NOT NULL CHECK (scenario > 0),
  accepted_on     TEXT NOT NULL,
  accepted_by     TEXT NOT NULL,                          -- '' is not known
  number          TEXT NOT NULL,                          -- of the order at Infomaniak; '' is not known
  ordered_on      TEXT NOT NULL,
  currency        TEXT NOT NULL,
  vat             TEXT NOT NULL,                          -- how the quote dealt with VAT
  created_at      INTEGER NOT NULL,
  UNIQUE (organization_id, quote_id)
) STRICT;
CREATE INDEX sale_by_organization ON sale(organization_id, ordered_on);

CREATE TABLE sale_line (
  id          TEXT PRIMARY KEY,
  sale_id     TEXT NOT NULL REFERENCES sale(id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  quoted      INTEGER NOT NULL,                           -- place in the quote; 0 for a discount on the whole
  kind        TEXT NOT NULL CHECK (kind IN ('listed', 'own', 'discount')),
  product     TEXT NOT NULL,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  quantity    TEXT NOT NULL,
  unit        TEXT NOT NULL,
  months      INTEGER NOT NULL CHECK (months >= 0),       -- billing period; 0 is once
  biller      TEXT NOT NULL CHECK (biller IN ('partner', 'infomaniak')),
  payer       TEXT NOT NULL CHECK (payer IN ('', 'client', 'partner')), -- whom Infomaniak charges
  currency    TEXT NOT NULL,
  expected    INTEGER,                                    -- what Infomaniak charges a period, before VAT; NULL: nothing
  offer       INTEGER NOT NULL,                           -- what the client pays a period, before VAT
  earned      INTEGER,                                    -- NULL: the cost is not known
  vat_rate    TEXT NOT NULL,
  starts_on   TEXT NOT NULL,
  ended_on    TEXT NOT NULL DEFAULT ''                    -- the last day, once it was stopped
) STRICT;
CREATE INDEX sale_line_by_sale ON sale_line(sale_id, position);

-- What Infomaniak really charged: typed or imported, never computed.
CREATE TABLE sale_charge (
  id         TEXT PRIMARY KEY,
  line_id    TEXT NOT NULL REFERENCES sale_line(id) ON DELETE CASCADE,
  period     TEXT NOT NULL,                               -- first day of the period that it is for
  charged_on TEXT NOT NULL,
  currency   TEXT NOT NULL,
  amount     INTEGER NOT NULL,                            -- before VAT
  reference  TEXT NOT NULL,                               -- number of the invoice; '' is not known
  known_from TEXT NOT NULL CHECK (known_from IN ('typed', 'imported')),
  created_at INTEGER NOT NULL,
  UNIQUE (line_id, period)
) STRICT;

-- What the partner has put on an invoice of its own.
CREATE TABLE sale_invoiced (
  line_id     TEXT NOT NULL REFERENCES sale_line(id) ON DELETE CASCADE,
  period      TEXT NOT NULL,
  invoiced_on TEXT NOT NULL,
  PRIMARY KEY (line_id, period)
) STRICT, WITHOUT ROWID;
