package prepaid

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

const entryColumns = `SELECT seq, at, kind, amount, balance, currency, cause,
  coalesce(order_id, ''), coalesce(transfer_id, ''), coalesce(payout_id, ''), account_id, coalesce(renewed_id, ''), coalesce(reverses, 0),
  coalesce((SELECT seq FROM prepaid_ledger r WHERE r.organization_id = l.organization_id AND r.reverses = l.seq), 0),
  value_on, hash FROM prepaid_ledger l `

func scanEntry(r sqlite.Row) (Entry, error) {
	var e Entry
	var at int64
	var hash []byte
	var value sql.Null[day.Day]
	err := r.Scan(&e.Seq, &at, &e.Kind, &e.Amount, &e.Balance, money.CurrencyColumn(&e.Amount, &e.Balance), &e.Cause, &e.OrderID, &e.TransferID, &e.PayoutID, &e.AccountID,
		&e.RenewedID, &e.Reverses, &e.TakenBack, &value, &hash)
	if err != nil {
		return e, err
	}
	e.At, e.valueOn, e.backDated = sqlite.Time(at), value.V, value.Valid
	e.hash = [sha256.Size]byte(hash) // the table's CHECK keeps the length
	return e, nil
}

// lastEntry is the newest entry; of an empty ledger it is number 0 with a balance of nothing.
func (s *Service) lastEntry(ctx context.Context, q sqlite.Queryer, organizationID string) (Entry, error) {
	list, err := sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE organization_id = ? ORDER BY seq DESC LIMIT 1`, organizationID)
	if err != nil {
		return Entry{}, err
	}
	if len(list) == 1 {
		return list[0], nil
	}
	currency, err := s.o.Organizations.Currency(ctx, q, organizationID)
	return Entry{Balance: money.Zero(currency)}, err
}

func entriesBefore(ctx context.Context, q sqlite.Queryer, organizationID string, before int64, limit int) ([]Entry, error) {
	return sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE organization_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
		organizationID, before, limit)
}

// paymentsFor lists the payments of orders that have that number or that word in their title, oldest first.
func paymentsFor(ctx context.Context, q sqlite.Queryer, organizationID, number, word string) ([]Entry, error) {
	return sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE kind = 'payment' AND NOT EXISTS (SELECT 1 FROM prepaid_ledger r WHERE r.organization_id = l.organization_id AND r.reverses = l.seq) AND order_id IN (
			SELECT id FROM prepaid_order WHERE organization_id = ?1 AND state <> 'cancelled'
			AND (number = ?2 OR ?3 <> '' AND instr(lower(title), lower(?3)) > 0))
		ORDER BY seq LIMIT 100`, organizationID, number, word)
}

// balanceBefore is the balance with which a moment begins; before the first entry it is nothing of that currency.
func balanceBefore(ctx context.Context, q sqlite.Queryer, organizationID string, at time.Time, currency money.Currency) (money.Amount, error) {
	balance, err := sqlite.One(ctx, q, func(r sqlite.Row) (a money.Amount, err error) {
		return a, r.Scan(&a, money.CurrencyColumn(&a))
	}, `SELECT balance, currency FROM prepaid_ledger
		WHERE organization_id = ? AND at < ? ORDER BY at DESC, seq DESC LIMIT 1`, organizationID, sqlite.Millis(at))
	if fault.CodeOf(err) == fault.NotFound {
		return money.Zero(currency), nil
	}
	return balance, err
}

// eachEntry reads the whole ledger in order without keeping it.
func eachEntry(ctx context.Context, q sqlite.Queryer, organizationID string, look func(Entry) error) error {
	rows, err := q.QueryContext(ctx, entryColumns+`WHERE organization_id = ? ORDER BY seq`, organizationID)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if err := look(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// byTime counts the ledger along the index of its moments, and tells its highest number there.
func byTime(ctx context.Context, q sqlite.Queryer, organizationID string) (count, last int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*), coalesce(max(seq), 0) FROM prepaid_ledger INDEXED BY prepaid_ledger_by_time
		WHERE organization_id = ?`, organizationID).Scan(&count, &last)
	return count, last, err
}

func insertEntry(ctx context.Context, tx *sqlite.Tx, organizationID string, e Entry, debit, credit account) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO prepaid_ledger (organization_id, seq, at, kind, debit, credit, amount, currency,
		balance, cause, order_id, transfer_id, payout_id, account_id, renewed_id, reverses, value_on, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, nullif(?, ''), nullif(?, 0), ?, ?)`,
		organizationID, e.Seq, sqlite.Millis(e.At), e.Kind, string(debit), string(credit),
		e.Amount, e.Amount.Currency(), e.Balance, e.Cause, e.OrderID, e.TransferID, e.PayoutID, e.AccountID,
		e.RenewedID, e.Reverses, sql.Null[day.Day]{V: e.valueOn, Valid: e.backDated}, e.hash[:])
	return err
}

// entry is one entry of the ledger.
func entry(ctx context.Context, q sqlite.Queryer, organizationID string, seq int64) (Entry, error) {
	return sqlite.One(ctx, q, scanEntry, entryColumns+`WHERE organization_id = ? AND seq = ?`, organizationID, seq)
}

const orderColumns = `SELECT id, kind, number, title, total, paid, currency, state, coalesce(again_of, ''),
  coalesce(renewal_id, ''), coalesce(renewed_id, ''), placed_at, coalesce(closed_at, 0), version FROM prepaid_order WHERE organization_id = ? `

func scanOrder(r sqlite.Row) (Order, error) {
	var o Order
	var placed, closed int64
	err := r.Scan(&o.ID, &o.Kind, &o.Number, &o.Title, &o.Total, &o.Paid, money.CurrencyColumn(&o.Total, &o.Paid), &o.State, &o.AgainOf, &o.Renews, &o.Renewed, &placed, &closed, &o.Version)
	o.PlacedAt, o.ClosedAt = sqlite.Time(placed), sqlite.Time(closed)
	return o, err
}

func order(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Order, error) {
	return sqlite.One(ctx, q, scanOrder, orderColumns+`AND id = ?`, organizationID, id)
}

func ordersAgain(ctx context.Context, q sqlite.Queryer, organizationID, of string) ([]Order, error) {
	return sqlite.All(ctx, q, scanOrder, orderColumns+`AND again_of = ? ORDER BY placed_at, id`, organizationID, of)
}

// listOrders returns every open order and the latest closed ones.
func listOrders(ctx context.Context, q sqlite.Queryer, organizationID string, closed int, besides string) ([]Order, error) {
	return sqlite.All(ctx, q, scanOrder, orderColumns+`AND (closed_at IS NULL OR id = ? OR id IN
		(SELECT id FROM prepaid_order WHERE organization_id = ? AND closed_at IS NOT NULL ORDER BY placed_at DESC LIMIT ?))
		ORDER BY closed_at IS NOT NULL, placed_at DESC, id DESC`, organizationID, besides, organizationID, closed)
}

func openOrders(ctx context.Context, q sqlite.Queryer, organizationID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int],
		`SELECT count(*) FROM prepaid_order WHERE organization_id = ? AND closed_at IS NULL`, organizationID)
}

func insertOrder(ctx context.Context, tx *sqlite.Tx, organizationID string, o Order) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO prepaid_order (id, organization_id, kind, number, title, total, currency, state, again_of, renewal_id, placed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?)`,
		o.ID, organizationID, o.Kind, o.Number, o.Title, o.Total, o.Total.Currency(), o.State, o.AgainOf, o.Renews, sqlite.Millis(o.PlacedAt))
	return err
}

func updateOrder(ctx context.Context, tx *sqlite.Tx, o Order) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_order SET paid = ?, state = ?, closed_at = ?, renewal_id = nullif(?, ''),
		renewed_id = nullif(?, ''), version = version + 1 WHERE id = ?`,
		o.Paid, o.State, moment(o.ClosedAt), o.Renews, o.Renewed, o.ID)
	return err
}

// moment is a time or NULL.
func moment(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: !t.IsZero()}
}

// fromBalance is what an order took from the balance and kept. Credits of its transfers are none of it.
func fromBalance(ctx context.Context, q sqlite.Queryer, o Order) (money.Amount, error) {
	entries, err := sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE order_id = ? AND transfer_id IS NULL`, o.ID)
	if err != nil {
		return money.Amount{}, err
	}
	var kept money.Sums
	for _, e := range entries {
		kept.Sub(e.Change())
	}
	return kept.In(o.Total.Currency())
}

const expectedColumns = `SELECT id, cause, amount, currency, due_on, means FROM prepaid_expected WHERE organization_id = ? AND received_seq IS NULL `

func scanExpected(r sqlite.Row) (Expected, error) {
	var e Expected
	err := r.Scan(&e.ID, &e.Cause, &e.Amount, money.CurrencyColumn(&e.Amount), &e.DueOn, &e.Means)
	return e, err
}

func expectedUntil(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]Expected, error) {
	return sqlite.All(ctx, q, scanExpected, expectedColumns+`AND due_on <= ? ORDER BY due_on, id`, organizationID, until)
}

func expected(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Expected, error) {
	return sqlite.One(ctx, q, scanExpected, expectedColumns+`AND id = ?`, organizationID, id)
}

func insertExpected(ctx context.Context, tx *sqlite.Tx, organizationID string, e Expected) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO prepaid_expected (id, organization_id, cause, amount, currency, due_on, means) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.ID, organizationID, e.Cause, e.Amount, e.Amount.Currency(), e.DueOn, e.Means)
	return err
}

func markReceived(ctx context.Context, tx *sqlite.Tx, id string, seq int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_expected SET received_seq = ? WHERE id = ?`, seq, id)
	return err
}

// expectAgain lets cashback wait again whose entry was taken back. A top-up that was a slip is not expected for that.
func expectAgain(ctx context.Context, tx *sqlite.Tx, organizationID string, seq int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_expected SET received_seq = NULL
		WHERE organization_id = ? AND received_seq = ? AND means = ''`, organizationID, seq)
	return err
}

// markDropped lets money wait no more that the person will not pay in; markWaiting lets it wait again.
func markDropped(ctx context.Context, tx *sqlite.Tx, id string) error {
	return markReceived(ctx, tx, id, 0)
}

func markWaiting(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_expected SET received_seq = NULL WHERE id = ?`, id)
	return err
}

// receivedAs is the number of the entry that a noted top-up became; 0 while it waits or was dropped.
func receivedAs(ctx context.Context, q sqlite.Queryer, organizationID, id string) (int64, error) {
	return sqlite.One(ctx, q, sqlite.Value[int64],
		`SELECT coalesce(received_seq, 0) FROM prepaid_expected WHERE organization_id = ? AND id = ?`, organizationID, id)
}

// standing lists the entries of a kind for an order or a payout that were not taken back.
func standing(ctx context.Context, q sqlite.Queryer, organizationID string, kind Kind, id string) ([]Entry, error) {
	return sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE organization_id = ?1 AND kind = ?2 AND ?3 IN (order_id, payout_id)
		AND NOT EXISTS (SELECT 1 FROM prepaid_ledger r WHERE r.organization_id = l.organization_id AND r.reverses = l.seq) ORDER BY seq`,
		organizationID, kind, id)
}

func deleteExpected(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM prepaid_expected WHERE id = ?`, id)
	return err
}

// receipt is the entry that expected money became.
type receipt struct {
	expectedID string
	entry      Entry
}

func receipts(ctx context.Context, q sqlite.Queryer, organizationID string) ([]receipt, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (e receipt, err error) {
		var at int64
		var value sql.Null[day.Day]
		err = r.Scan(&e.expectedID, &e.entry.Seq, &at, &e.entry.Amount, money.CurrencyColumn(&e.entry.Amount), &value)
		e.entry.At, e.entry.valueOn, e.entry.backDated = sqlite.Time(at), value.V, value.Valid
		return e, err
	}, `SELECT e.id, l.seq, l.at, l.amount, l.currency, l.value_on FROM prepaid_expected e
		JOIN prepaid_ledger l ON l.organization_id = e.organization_id AND l.seq = e.received_seq
		WHERE e.organization_id = ?`, organizationID)
}
