package prepaid

import (
	"context"
	"database/sql"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// transferColumns take the currency of the organization, in which a credit is, and its id.
const transferColumns = `SELECT t.id, t.purpose, coalesce(t.order_id, ''), t.reference, t.amount, t.currency, t.source, t.sent_on,
  coalesce(t.arrived_at, 0), t.arrived_on, coalesce(t.arrived, 0), coalesce(t.arrived_currency, t.currency), coalesce(t.credited, 0), ?,
  t.outcome, t.reason, t.settled FROM prepaid_transfer t WHERE t.organization_id = ? `

func scanTransfer(r sqlite.Row) (Transfer, error) {
	var t Transfer
	var arrivedAt int64
	var arrivedOn sql.Null[day.Day]
	err := r.Scan(&t.ID, &t.Purpose, &t.OrderID, &t.Reference, &t.Amount, money.CurrencyColumn(&t.Amount), &t.Source, &t.SentOn,
		&arrivedAt, &arrivedOn, &t.Arrived, money.CurrencyColumn(&t.Arrived), &t.Credited, money.CurrencyColumn(&t.Credited), &t.Outcome, &t.Reason, &t.Settled)
	t.ArrivedAt, t.ArrivedOn = sqlite.Time(arrivedAt), arrivedOn.V
	return t, err
}

func (s *Service) transfer(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Transfer, error) {
	currency, err := s.o.Organizations.Currency(ctx, q, organizationID)
	if err != nil {
		return Transfer{}, err
	}
	return sqlite.One(ctx, q, scanTransfer, transferColumns+`AND t.id = ?`, currency, organizationID, id)
}

// listTransfers returns what waits first (on its way, or for a choice), then the rest, newest first.
func (s *Service) listTransfers(ctx context.Context, q sqlite.Queryer, organizationID string, limit int) ([]Transfer, error) {
	currency, err := s.o.Organizations.Currency(ctx, q, organizationID)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, q, scanTransfer, transferColumns+`ORDER BY t.settled, t.sent_on DESC, t.id DESC LIMIT ?`, currency, organizationID, limit)
}

func (s *Service) transfersUnderWay(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Transfer, error) {
	currency, err := s.o.Organizations.Currency(ctx, q, organizationID)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, q, scanTransfer, transferColumns+`AND t.arrived_at IS NULL ORDER BY t.sent_on, t.id`, currency, organizationID)
}

func insertTransfer(ctx context.Context, tx *sqlite.Tx, organizationID string, t Transfer) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO prepaid_transfer (id, organization_id, purpose, order_id, reference, amount, currency, source, sent_on)
		VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?)`,
		t.ID, organizationID, t.Purpose, t.OrderID, t.Reference, t.Amount, t.Amount.Currency(), t.Source, t.SentOn)
	return err
}

func updateTransfer(ctx context.Context, tx *sqlite.Tx, t Transfer) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_transfer SET arrived_at = ?, arrived_on = ?, arrived = ?, arrived_currency = ?, credited = nullif(?, 0),
		outcome = ?, reason = ?, settled = ? WHERE id = ?`,
		moment(t.ArrivedAt), sql.Null[day.Day]{V: t.ArrivedOn, Valid: t.ArrivedOn != 0}, t.Arrived, t.Arrived.Currency(), t.Credited, t.Outcome, t.Reason, t.Settled, t.ID)
	return err
}

func settle(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_transfer SET settled = 1 WHERE id = ?`, id)
	return err
}

func unsettle(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_transfer SET settled = 0 WHERE id = ?`, id)
	return err
}

// creditOf is the number of the entry that a transfer became; 0 if none.
func creditOf(ctx context.Context, q sqlite.Queryer, transferID string) (int64, error) {
	return sqlite.One(ctx, q, sqlite.Value[int64],
		`SELECT coalesce((SELECT seq FROM prepaid_ledger WHERE transfer_id = ?), 0)`, transferID)
}

// ordersOf lists the open orders of exactly that amount: what an unmatched transfer was probably meant for.
func ordersOf(ctx context.Context, q sqlite.Queryer, organizationID string, amount money.Amount) ([]Order, error) {
	return sqlite.All(ctx, q, scanOrder, orderColumns+`AND closed_at IS NULL AND total - paid = ? AND currency = ? ORDER BY placed_at LIMIT 3`,
		organizationID, amount, amount.Currency())
}

// orderNumbered finds an order by its number as a bank would print it.
func orderNumbered(ctx context.Context, q sqlite.Queryer, organizationID, reference string, since day.Day) (Order, bool, error) {
	if plain(reference) == "" {
		return Order{}, false, nil
	}
	list, err := sqlite.All(ctx, q, scanOrder, orderColumns+`AND (closed_at IS NULL OR placed_at >= ?) ORDER BY closed_at IS NOT NULL, placed_at DESC`,
		organizationID, sqlite.Millis(since.Time()))
	if err != nil {
		return Order{}, false, err
	}
	for _, o := range list {
		if plain(o.Number) == plain(reference) {
			return o, true, nil
		}
	}
	return Order{}, false, nil
}

const payoutColumns = `SELECT id, amount, currency, target, masked, coalesce(transfer_id, ''), state, reason, requested_at, coalesce(asked_at, 0),
  coalesce(closed_at, 0) FROM prepaid_payout WHERE organization_id = ? `

func scanPayout(r sqlite.Row) (Payout, error) {
	var p Payout
	var noted, asked, closed int64
	err := r.Scan(&p.ID, &p.Amount, money.CurrencyColumn(&p.Amount), &p.Target, &p.Masked, &p.TransferID, &p.State, &p.Reason, &noted, &asked, &closed)
	p.NotedAt, p.RequestedAt, p.ClosedAt = sqlite.Time(noted), sqlite.Time(asked), sqlite.Time(closed)
	if asked == 0 { // the table knows only what became of a request
		p.State = map[PayoutState]PayoutState{Requested: Noted, Failed: Dropped}[p.State]
	}
	return p, err
}

func payout(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Payout, error) {
	return sqlite.One(ctx, q, scanPayout, payoutColumns+`AND id = ?`, organizationID, id)
}

func listPayouts(ctx context.Context, q sqlite.Queryer, organizationID string, limit int) ([]Payout, error) {
	return sqlite.All(ctx, q, scanPayout, payoutColumns+`ORDER BY requested_at DESC, id DESC LIMIT ?`, organizationID, limit)
}

func payoutsOf(ctx context.Context, q sqlite.Queryer, organizationID, transferID string) ([]Payout, error) {
	return sqlite.All(ctx, q, scanPayout, payoutColumns+`AND transfer_id = ? ORDER BY requested_at, id`, organizationID, transferID)
}

func insertPayout(ctx context.Context, tx *sqlite.Tx, organizationID string, p Payout) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO prepaid_payout (id, organization_id, amount, currency, target, masked, transfer_id, state, requested_at)
		VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)`,
		p.ID, organizationID, p.Amount, p.Amount.Currency(), p.Target, p.Masked, p.TransferID, Requested, sqlite.Millis(p.NotedAt))
	return err
}

func updatePayout(ctx context.Context, tx *sqlite.Tx, p Payout) error {
	state := p.State
	switch state {
	case Noted:
		state = Requested
	case Dropped:
		state = Failed
	}
	_, err := tx.ExecContext(ctx, `UPDATE prepaid_payout SET state = ?, reason = ?, asked_at = ?, closed_at = ? WHERE id = ?`,
		state, p.Reason, moment(p.RequestedAt), moment(p.ClosedAt), p.ID)
	return err
}
