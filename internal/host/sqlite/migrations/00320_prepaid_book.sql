-- +goose Up
-- The ledger learns three things: the day on which money counts where that is not the day of the booking, corrections
-- (a balance as the Manager shows it; an entry that takes another back), and renewals that it pays. What an entry may be
-- stands in the table's CHECK, so the table is written anew; every row is taken over as it is.
DROP TRIGGER prepaid_empty_before_organization_goes;
DROP TRIGGER prepaid_one_currency;

CREATE TABLE prepaid_ledger_next (
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
  value_on        TEXT CHECK (value_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- NULL: the day of at
  reverses        INTEGER CHECK (reverses < seq), -- the entry that this one takes back
  renewed_id      TEXT,                          -- the renewal that this paid
  PRIMARY KEY (organization_id, seq),
  -- Which accounts a kind moves money between, and what it must name.
  CHECK (CASE kind
    WHEN 'top_up'           THEN debit = 'means'    AND credit = 'prepaid'
    WHEN 'cashback'         THEN debit = 'cashback' AND credit = 'prepaid'
    WHEN 'unmatched'        THEN debit = 'means'    AND credit = 'prepaid' AND transfer_id IS NOT NULL
    WHEN 'cancelled_order'  THEN debit = 'means'    AND credit = 'prepaid' AND transfer_id IS NOT NULL AND order_id IS NOT NULL
    WHEN 'returned'         THEN debit = 'orders'   AND credit = 'prepaid' AND order_id IS NOT NULL
    WHEN 'payment'          THEN debit = 'prepaid'  AND credit = 'orders'  AND order_id IS NOT NULL
    WHEN 'renewal'          THEN debit = 'prepaid'  AND credit = 'orders'  AND renewed_id IS NOT NULL
    WHEN 'payout_requested' THEN debit = 'prepaid'  AND credit = 'transit' AND payout_id IS NOT NULL
    WHEN 'payout_done'      THEN debit = 'transit'  AND credit = 'means'   AND payout_id IS NOT NULL
    WHEN 'payout_failed'    THEN debit = 'transit'  AND credit = 'prepaid' AND payout_id IS NOT NULL
    WHEN 'adjusted_up'      THEN debit = 'opening'  AND credit = 'prepaid' AND value_on IS NOT NULL
    WHEN 'adjusted_down'    THEN debit = 'prepaid'  AND credit = 'opening' AND value_on IS NOT NULL
    WHEN 'reversed_in'      THEN credit = 'prepaid' AND debit <> 'prepaid'
    WHEN 'reversed_out'     THEN debit = 'prepaid'  AND credit <> 'prepaid'
    ELSE FALSE END),
  CHECK ((reverses IS NOT NULL) = (kind IN ('reversed_in', 'reversed_out')))
) STRICT, WITHOUT ROWID;
INSERT INTO prepaid_ledger_next (organization_id, seq, at, kind, debit, credit, amount, currency, balance, cause, order_id, transfer_id, payout_id, account_id, hash)
SELECT organization_id, seq, at, kind, debit, credit, amount, currency, balance, cause, order_id, transfer_id, payout_id, account_id, hash FROM prepaid_ledger;
DROP TABLE prepaid_ledger;
ALTER TABLE prepaid_ledger_next RENAME TO prepaid_ledger;

CREATE INDEX prepaid_ledger_by_time ON prepaid_ledger(organization_id, at);
CREATE INDEX prepaid_ledger_by_value ON prepaid_ledger(organization_id, value_on) WHERE value_on IS NOT NULL;
CREATE INDEX prepaid_ledger_by_order ON prepaid_ledger(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX prepaid_ledger_by_cashback ON prepaid_ledger(organization_id, cause) WHERE kind = 'cashback';
-- Money is credited once for each cause: a transfer, a payout's return. An entry is taken back once, a renewal paid once.
CREATE UNIQUE INDEX prepaid_ledger_transfer_once ON prepaid_ledger(transfer_id) WHERE transfer_id IS NOT NULL;
CREATE INDEX prepaid_ledger_by_payout ON prepaid_ledger(payout_id) WHERE payout_id IS NOT NULL;
CREATE UNIQUE INDEX prepaid_ledger_payout_closed_once ON prepaid_ledger(payout_id) WHERE kind IN ('payout_done', 'payout_failed');
CREATE UNIQUE INDEX prepaid_ledger_reversed_once ON prepaid_ledger(organization_id, reverses) WHERE reverses IS NOT NULL;
CREATE UNIQUE INDEX prepaid_ledger_renewal_once ON prepaid_ledger(renewed_id) WHERE kind = 'renewal';

-- +goose StatementBegin
CREATE TRIGGER prepaid_ledger_follows BEFORE INSERT ON prepaid_ledger BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: the next number was taken')
  WHERE NEW.seq <> 1 + coalesce((SELECT max(seq) FROM prepaid_ledger WHERE organization_id = NEW.organization_id), 0);
  SELECT RAISE(ABORT, 'prepaid_ledger: the balance does not follow')
  WHERE NEW.balance <> coalesce((SELECT balance FROM prepaid_ledger WHERE organization_id = NEW.organization_id ORDER BY seq DESC LIMIT 1), 0)
    + CASE 'prepaid' WHEN NEW.credit THEN NEW.amount WHEN NEW.debit THEN -NEW.amount ELSE 0 END;
  SELECT RAISE(ABORT, 'prepaid_ledger: not the currency of the organization')
  WHERE NEW.currency <> (SELECT currency FROM organization WHERE id = NEW.organization_id);
  SELECT RAISE(ABORT, 'prepaid_ledger: a reversal mirrors its entry')
  WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM prepaid_ledger WHERE organization_id = NEW.organization_id
    AND seq = NEW.reverses AND reverses IS NULL AND amount = NEW.amount AND debit = NEW.credit AND credit = NEW.debit);
  -- A payout leaves once, a cashback is credited once, unless the first entry was taken back.
  SELECT RAISE(ABORT, 'prepaid_ledger: paid out already')
  WHERE NEW.kind = 'payout_requested' AND EXISTS (SELECT 1 FROM prepaid_ledger c
    WHERE c.payout_id = NEW.payout_id AND c.kind = 'payout_requested'
    AND NOT EXISTS (SELECT 1 FROM prepaid_ledger r WHERE r.organization_id = c.organization_id AND r.reverses = c.seq));
  SELECT RAISE(ABORT, 'prepaid_ledger: credited already')
  WHERE NEW.kind = 'cashback' AND EXISTS (SELECT 1 FROM prepaid_ledger c
    WHERE c.organization_id = NEW.organization_id AND c.kind = 'cashback' AND c.cause = NEW.cause
    AND NOT EXISTS (SELECT 1 FROM prepaid_ledger r WHERE r.organization_id = c.organization_id AND r.reverses = c.seq));
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prepaid_ledger_never_changes BEFORE UPDATE ON prepaid_ledger BEGIN
  SELECT RAISE(ABORT, 'prepaid_ledger: entries are never changed');
END;
-- +goose StatementEnd
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

-- An order can be the renewal of a product: renewal_id is the product, renewed_id what was noted of it once it was paid.
ALTER TABLE prepaid_order ADD COLUMN renewal_id TEXT;
ALTER TABLE prepaid_order ADD COLUMN renewed_id TEXT;
ALTER TABLE prepaid_transfer ADD COLUMN arrived_on TEXT; -- NULL: the day of arrived_at
-- A top-up that is only noted is money that is expected, by this means; '' is cashback.
ALTER TABLE prepaid_expected ADD COLUMN means TEXT NOT NULL DEFAULT '' CHECK (means IN ('', 'card', 'postfinance'));
-- A payout is noted before it is requested in the Manager; the ledger moves when it was. NULL: only noted so far, or
-- never requested.
ALTER TABLE prepaid_payout ADD COLUMN asked_at INTEGER;
UPDATE prepaid_payout SET asked_at = requested_at;

-- The account that a transfer was sent from is kept like that of a profile: a mask here, the number in the vault. Numbers
-- from before cannot be sealed here, where there is no vault; only their mask stays.
UPDATE prepaid_transfer SET source = upper(substr(trim(source), 1, 2)) || '·· ' || substr(replace(trim(source), ' ', ''), -4)
WHERE upper(replace(source, ' ', '')) GLOB '[A-Z][A-Z][0-9][0-9][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]*'
  AND length(replace(source, ' ', '')) BETWEEN 15 AND 34;
