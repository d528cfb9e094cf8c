-- +goose Up
-- An order or renewal of a client, with the price and the gain as they were computed when it was recorded.
CREATE TABLE client_order (
  id              TEXT PRIMARY KEY,
  client_id       TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  number          TEXT NOT NULL CHECK (number <> ''),     -- of the order or invoice at Infomaniak
  ordered_on      TEXT NOT NULL,
  period_to       TEXT NOT NULL,                          -- last day that is paid for
  product         TEXT NOT NULL,                          -- family
  name            TEXT NOT NULL,
  operation       TEXT NOT NULL CHECK (operation IN ('order', 'renewal')),
  orders          TEXT NOT NULL CHECK (orders IN ('client', 'partner')),
  quantity        INTEGER NOT NULL CHECK (quantity > 0),
  currency        TEXT NOT NULL,
  public          INTEGER NOT NULL,
  rate            TEXT NOT NULL,                          -- the partner's, in percent
  degressive      TEXT NOT NULL,
  net             INTEGER NOT NULL,                       -- what the payer is charged before VAT
  vat             INTEGER NOT NULL,
  payer           TEXT NOT NULL CHECK (payer IN ('', 'client', 'partner')),
  gain_kind       TEXT NOT NULL CHECK (gain_kind IN ('discount', 'cashback', 'not_covered')),
  gain            INTEGER NOT NULL CHECK (gain >= 0),
  due_on          TEXT NOT NULL DEFAULT '',               -- of a cashback
  expected_id     TEXT NOT NULL DEFAULT '',               -- of a cashback: what the prepaid account expects
  UNIQUE (client_id, number),
  CHECK ((gain_kind = 'cashback') = (expected_id <> ''))
) STRICT;
CREATE INDEX client_order_by_client ON client_order(client_id, ordered_on);
CREATE INDEX client_order_by_organization ON client_order(organization_id, expected_id) WHERE expected_id <> '';
