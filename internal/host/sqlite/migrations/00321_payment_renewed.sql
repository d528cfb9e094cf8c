-- +goose Up
-- What was renewed: which period of which product, on which day, for how much, and what paid. It is one fact with the
-- ledger's entry (entry) or with the order (order_id) that paid; undone_at says that both were taken back.
CREATE TABLE payment_renewed (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  renewal_id      TEXT NOT NULL REFERENCES payment_renewal(id) ON DELETE CASCADE,
  expired_on      TEXT NOT NULL CHECK (expired_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- the end that was renewed
  runs_to         TEXT NOT NULL CHECK (runs_to > expired_on),                                         -- and the one from then on
  paid_on         TEXT NOT NULL CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL,
  paid_by         TEXT NOT NULL,   -- the name of the means, without a number: "visa 4417"
  order_id        TEXT,            -- the order or invoice that paid it
  entry           INTEGER,         -- the entry of the ledger that paid it
  made_at         INTEGER NOT NULL,
  undone_at       INTEGER
) STRICT;
CREATE INDEX payment_renewed_by_renewal ON payment_renewed(renewal_id, made_at);
CREATE UNIQUE INDEX payment_renewed_order_once ON payment_renewed(order_id) WHERE order_id IS NOT NULL AND undone_at IS NULL;

-- A renewal that is planned to move to the prepaid account stays with its means until the person has changed it.
ALTER TABLE payment_renewal ADD COLUMN planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1));
