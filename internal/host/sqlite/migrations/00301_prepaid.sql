-- +goose Up
-- What is to be paid: an order or an invoice, in the organization's currency.
CREATE TABLE prepaid_order (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('order', 'invoice')),
  number          TEXT NOT NULL CHECK (length(number) > 0), -- Infomaniak's number; also the reference of a transfer
  title           TEXT NOT NULL,
  total           INTEGER NOT NULL CHECK (total > 0),
  paid            INTEGER NOT NULL DEFAULT 0 CHECK (paid BETWEEN 0 AND total),
  currency        TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('awaiting_payment', 'awaiting_transfer', 'paid', 'cancelled')),
  again_of        TEXT REFERENCES prepaid_order(id) DEFERRABLE INITIALLY DEFERRED, -- the cancelled order that this one repeats
  placed_at       INTEGER NOT NULL,
  closed_at       INTEGER,                       -- when it was paid or cancelled
  version         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (organization_id, number),
  CHECK ((state = 'paid') = (paid = total)),
  CHECK ((state IN ('paid', 'cancelled')) = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX prepaid_order_by_date ON prepaid_order(organization_id, placed_at);
CREATE INDEX prepaid_order_again ON prepaid_order(again_of) WHERE again_of IS NOT NULL;

-- A bank transfer: what was sent, and what of it arrived.
CREATE TABLE prepaid_transfer (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  purpose         TEXT NOT NULL CHECK (purpose IN ('order', 'top_up', 'unknown')),
  order_id        TEXT REFERENCES prepaid_order(id) DEFERRABLE INITIALLY DEFERRED,
  reference       TEXT NOT NULL,
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL,
  source          TEXT NOT NULL DEFAULT '',      -- mask of the account that it was sent from
  sent_on         TEXT NOT NULL CHECK (sent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  arrived_at      INTEGER,
  arrived         INTEGER CHECK (arrived > 0),   -- as it arrived, in arrived_currency
  arrived_currency TEXT,
  credited        INTEGER CHECK (credited > 0),  -- what of it reached the account, in the organization's currency
  outcome         TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'paid_order', 'top_up', 'cancelled_order', 'unmatched')),
  reason          TEXT NOT NULL DEFAULT '',      -- why it did not match
  settled         INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)), -- the person chose what becomes of the credit
  CHECK ((purpose = 'order') = (order_id IS NOT NULL)),
  CHECK ((arrived_at IS NULL) = (outcome = '') AND (arrived_at IS NULL) = (arrived IS NULL)),
  CHECK ((outcome = 'unmatched') = (reason <> ''))
) STRICT;
CREATE INDEX prepaid_transfer_by_date ON prepaid_transfer(organization_id, sent_on, id);
CREATE INDEX prepaid_transfer_by_order ON prepaid_transfer(order_id) WHERE order_id IS NOT NULL;

-- Money on its way out. The whole target lies in the vault.
CREATE TABLE prepaid_payout (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL,
  target          TEXT NOT NULL CHECK (target IN ('bank', 'paypal')),
  masked          TEXT NOT NULL CHECK (length(masked) > 0),
  transfer_id     TEXT REFERENCES prepaid_transfer(id) DEFERRABLE INITIALLY DEFERRED, -- the credit that it gives back
  state           TEXT NOT NULL CHECK (state IN ('requested', 'done', 'failed')),
  reason          TEXT NOT NULL DEFAULT '',
  requested_at    INTEGER NOT NULL,
  closed_at       INTEGER,
  CHECK ((state = 'requested') = (closed_at IS NULL))
) STRICT;
CREATE INDEX prepaid_payout_by_date ON prepaid_payout(organization_id, requested_at);
CREATE INDEX prepaid_payout_by_transfer ON prepaid_payout(transfer_id) WHERE transfer_id IS NOT NULL;

-- Money that is expected: cashback of the partner programme, mostly. cause is unique, so nothing is expected twice.
CREATE TABLE prepaid_expected (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  cause           TEXT NOT NULL CHECK (length(cause) > 0),
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL,
  due_on          TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  received_seq    INTEGER,                       -- the ledger entry that it became
  UNIQUE (organization_id, cause)
) STRICT;
CREATE INDEX prepaid_expected_open ON prepaid_expected(organization_id, due_on) WHERE received_seq IS NULL;

-- The ledger. One row is one posting of double-entry book-keeping: an amount leaves one account (debit) and enters
-- another (credit), so the books balance by construction. Rows are never changed and never removed; each holds the
-- balance after it and the hash of the row before it.
CREATE TABLE prepaid_ledger (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  seq             INTEGER NOT NULL CHECK (seq > 0),
  at              INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  debit           TEXT NOT NULL,
  credit          TEXT NOT NULL,
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL,
  balance         INTEGER NOT NULL CHECK (balance >= 0),
  cause           TEXT NOT NULL CHECK (length(cause) > 0),  -- in words or as a number: what this is for
  order_id        TEXT REFERENCES prepaid_order(id) DEFERRABLE INITIALLY DEFERRED,
  transfer_id     TEXT REFERENCES prepaid_transfer(id) DEFERRABLE INITIALLY DEFERRED,
  payout_id       TEXT REFERENCES prepaid_payout(id) DEFERRABLE INITIALLY DEFERRED,
  account_id      TEXT NOT NULL,                 -- who posted it
  hash            BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (organization_id, seq),
  -- Which accounts a kind moves money between, and what it must name.
  CHECK (CASE kind
    WHEN 'top_up'           THEN debit = 'means'    AND credit = 'prepaid'
    WHEN 'cashback'         THEN debit = 'cashback' AND credit = 'prepaid'
    WHEN 'unmatched'        THEN debit = 'means'    AND credit = 'prepaid' AND transfer_id IS NOT NULL
    WHEN 'cancelled_order'  THEN debit = 'means'    AND credit = 'prepaid' AND transfer_id IS NOT NULL AND order_id IS NOT NULL
    WHEN 'returned'         THEN debit = 'orders'   AND credit = 'prepaid' AND order_id IS NOT NULL
    WHEN 'payment'          THEN debit = 'prepaid'  AND credit = 'orders'  AND order_id IS NOT NULL
    WHEN 'payout_requested' THEN debit = 'prepaid'  AND credit = 'transit' AND payout_id IS NOT NULL
    WHEN 'payout_done'      THEN debit = 'transit'  AND credit = 'means'   AND payout_id IS NOT NULL
    WHEN 'payout_failed'    THEN debit = 'transit'  AND credit = 'prepaid' AND payout_id IS NOT NULL
    ELSE FALSE END)
) STRICT, WITHOUT ROWID;
CREATE INDEX prepaid_ledger_by_time ON prepaid_ledger(organization_id, at);
CREATE INDEX prepaid_ledger_by_order ON prepaid_ledger(order_id) WHERE order_id IS NOT NULL;
-- Money is credited once for each cause: a transfer, a cashback, a payout's return.
CREATE UNIQUE INDEX prepaid_ledger_transfer_once ON prepaid_ledger(transfer_id) WHERE transfer_id IS NOT NULL;
CREATE UNIQUE INDEX prepaid_ledger_cashback_once ON prepaid_ledger(organization_id, cause) WHERE kind = 'cashback';
CREATE UNIQUE INDEX prepaid_ledger_payout_asked_once ON prepaid_ledger(payout_id) WHERE kind = 'payout_requested';
CREATE UNIQUE INDEX prepaid_ledger_payout_closed_once ON prepaid_ledger(payout_id) WHERE kind IN ('payout_done', 'payout_failed');

-- +goose StatementBegin
CREATE TRIGGER prepaid_ledger_follows BEFORE INSERT ON prepaid_ledger BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: the next number was taken')
  WHERE NEW.seq <> 1 + coalesce((SELECT max(seq) FROM prepaid_ledger WHERE organization_id = NEW.organization_id), 0);
  SELECT RAISE(ABORT, 'prepaid_ledger: the balance does not follow')
  WHERE NEW.balance <> coalesce((SELECT balance FROM prepaid_ledger WHERE organization_id = NEW.organization_id ORDER BY seq DESC LIMIT 1), 0)
    + CASE 'prepaid' WHEN NEW.credit THEN NEW.amount WHEN NEW.debit THEN -NEW.amount ELSE 0 END;
  SELECT RAISE(ABORT, 'prepaid_ledger: not the currency of the organization')
  WHERE NEW.currency <> (SELECT currency FROM organization WHERE id = NEW.organization_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prepaid_ledger_never_changes BEFORE UPDATE ON prepaid_ledger BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: entries are never changed');
END;
-- +goose StatementEnd
-- It goes only together with its organization, and that only once it is empty.
-- +goose StatementBegin
CREATE TRIGGER prepaid_ledger_never_shrinks BEFORE DELETE ON prepaid_ledger
WHEN EXISTS (SELECT 1 FROM organization WHERE id = OLD.organization_id) BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: entries are never removed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prepaid_empty_before_organization_goes BEFORE DELETE ON organization
WHEN (SELECT balance FROM prepaid_ledger WHERE organization_id = OLD.id ORDER BY seq DESC LIMIT 1) > 0 BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: the account is not empty');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prepaid_one_currency BEFORE UPDATE OF currency ON organization
WHEN NEW.currency <> OLD.currency AND EXISTS (SELECT 1 FROM prepaid_ledger WHERE organization_id = OLD.id) BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: one currency per organization');
END;
-- +goose StatementEnd
