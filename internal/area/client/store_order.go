package client

import (
	"context"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// orders are those of a client, or with clientID "" of all, newest first.
func orders(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) ([]Order, error) {
	where, args := "organization_id = ?", []any{organizationID}
	if clientID != "" {
		where, args = where+" AND client_id = ?", append(args, clientID)
	}
	return sqlite.All(ctx, q, func(r sqlite.Row) (o Order, err error) {
		var charged money.Amount
		var known bool
		err = r.Scan(&o.ID, &o.ClientID, &o.Number, &o.On, &o.To, &o.Product, &o.Name, &o.Operation, &o.Orders, &o.Quantity,
			money.CurrencyColumn(&o.Public, &o.Net, &o.VAT, &o.Gain, &charged), &o.Public, &o.Rate, &o.Degressive, &o.Net, &o.VAT, &o.Payer, &o.GainKind, &o.Gain, &o.DueOn, &o.expectedID,
			&known, &charged)
		if known {
			o.Charged = &charged
		}
		return o, err
	}, `SELECT id, client_id, number, ordered_on, period_to, product, name, operation, orders, quantity, currency, public, rate, degressive,
		net, vat, payer, gain_kind, gain, due_on, expected_id, charged IS NOT NULL, coalesce(charged, 0)
		FROM client_order WHERE `+where+" ORDER BY ordered_on DESC, number", args...)
}

// ChargedSince lists what the orders of clients that were recorded since a day were charged, to whomever, before VAT.
// It asks for no permission: whoever calls it has.
func (s *Service) ChargedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]Charge, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (c Charge, err error) {
		return c, r.Scan(&c.ClientID, money.CurrencyColumn(&c.Amount), &c.Amount)
	}, `SELECT client_id, currency, sum(net) FROM client_order WHERE organization_id = ? AND ordered_on >= ? GROUP BY client_id, currency`,
		organizationID, from)
}

// gainsOfOrders adds up what the orders that were noted in [from, to] earn, for each client and currency.
func gainsOfOrders(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) ([]Charge, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (c Charge, err error) {
		return c, r.Scan(&c.ClientID, money.CurrencyColumn(&c.Amount), &c.Amount)
	}, `SELECT client_id, currency, sum(gain) FROM client_order WHERE organization_id = ? AND ordered_on BETWEEN ? AND ? GROUP BY client_id, currency
		ORDER BY client_id, currency`, organizationID, from, to)
}

// Active lists the ids of the clients under management. It asks for no permission: whoever calls it has.
func (s *Service) Active(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT id FROM client WHERE organization_id = ? AND state = 'active'", organizationID)
}

func writeOrder(ctx context.Context, tx *sqlite.Tx, organizationID, clientID string, o Order) error {
	var charged any
	if o.Charged != nil {
		charged = *o.Charged
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO client_order (id, client_id, organization_id, number, ordered_on, period_to, product, name, operation,
		orders, quantity, currency, public, rate, degressive, net, vat, payer, gain_kind, gain, due_on, expected_id, charged)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.ID, clientID, organizationID, o.Number, o.On, o.To, o.Product, o.Name, o.Operation, o.Orders, o.Quantity,
		o.Public.Currency(), o.Public, o.Rate, o.Degressive, o.Net, o.VAT, o.Payer, o.GainKind, o.Gain, o.DueOn, o.expectedID, charged)
	return err
}

// Noted tells whether an order with this number was noted for a client. It asks for no permission: its caller has.
func (s *Service) Noted(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error) {
	n, err := sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM client_order WHERE organization_id = ? AND number = ?", organizationID, number)
	return n > 0, err
}

func deleteOrder(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM client_order WHERE id = ?", id)
	return err
}
