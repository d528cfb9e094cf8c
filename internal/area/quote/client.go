package quote

import (
	"context"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// Charge is what Infomaniak charges for an accepted quote in a year, to whomever, before VAT.
type Charge struct {
	ClientID string
	Amount   money.Amount
}

// AcceptedSince lists what the quotes for clients come to in twelve months that were accepted since a day, each in the
// scenario that was accepted. It asks for no permission: whoever calls it has.
func (s *Service) AcceptedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]Charge, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (c Charge, err error) {
		return c, r.Scan(&c.ClientID, money.CurrencyColumn(&c.Amount), &c.Amount)
	}, `SELECT q.client_id, q.currency, sum(l.charged * ((12 + l.months - 1) / l.months)) FROM quote q
		JOIN quote_line l ON l.quote_id = q.id AND l.scenario = q.accepted AND l.months > 0
		WHERE q.organization_id = ? AND q.state = 'accepted' AND q.client_id <> '' AND q.answered_at >= ?
		GROUP BY q.id, q.currency`, organizationID, sqlite.Millis(from.Time()))
}

// OpenFor counts the quotes for a client that are in the making, or sent and still hold. It asks for no permission:
// whoever calls it has.
func (s *Service) OpenFor(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], `SELECT count(*) FROM quote
		WHERE organization_id = ? AND client_id = ? AND (state = 'draft' OR state = 'sent' AND valid_until >= ?)`,
		organizationID, clientID, s.Today(ctx))
}

// OfClient counts the quotes for a client, of whatever state. It asks for no permission: whoever calls it has.
func (s *Service) OfClient(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM quote WHERE organization_id = ? AND client_id = ?", organizationID, clientID)
}

// FollowClient hands the quotes for a client over to another one. What a quote says stays as it is, the name on it too.
// It asks for no permission: whoever calls it has.
func (s *Service) FollowClient(ctx context.Context, tx *sqlite.Tx, organizationID, from, to string) error {
	_, err := tx.ExecContext(ctx, "UPDATE quote SET client_id = ? WHERE organization_id = ? AND client_id = ?", to, organizationID, from)
	return err
}
