package sale

import (
	"context"
	"encoding/json"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

const columnsOf = `id, quote_id, quote_number, client_id, client_name, scenario, accepted_on, accepted_by, number, ordered_on, currency, vat, created_at`

func scan(r sqlite.Row) (s Sale, err error) {
	var created int64
	err = r.Scan(&s.ID, &s.QuoteID, &s.QuoteNumber, &s.ClientID, &s.Client, &s.Scenario, &s.AcceptedOn, &s.AcceptedBy, &s.Number,
		&s.OrderedOn, &s.Currency, &s.VAT, &created)
	s.Created = sqlite.Time(created)
	return s, err
}

// heads are the orders of an organization without their lines, newest first.
func heads(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Sale, error) {
	return sqlite.All(ctx, q, scan, "SELECT "+columnsOf+" FROM sale WHERE organization_id = ? ORDER BY ordered_on DESC, created_at DESC, id", organizationID)
}

// sales are the orders of an organization with everything of theirs, newest first.
func sales(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Sale, error) {
	list, err := heads(ctx, q, organizationID)
	if err != nil {
		return nil, err
	}
	return list, fill(ctx, q, list, "organization_id = ?", organizationID)
}

// fillSome reads the lines of some orders.
func fillSome(ctx context.Context, q sqlite.Queryer, list []Sale) error {
	ids := make([]string, 0, len(list))
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return fill(ctx, q, list, "id IN (SELECT value FROM json_each(?))", string(text))
}

// salesWith are the ids of the orders with one of these products, see productKey.
func salesWith(ctx context.Context, q sqlite.Queryer, organizationID string, products []string) (map[string]bool, error) {
	list, err := json.Marshal(products)
	if err != nil {
		return nil, err
	}
	ids, err := sqlite.All(ctx, q, sqlite.Value[string], `SELECT DISTINCT s.id FROM sale s JOIN sale_line l ON l.sale_id = s.id
		WHERE s.organization_id = ? AND l.kind = 'listed' AND l.product || char(10) || l.name IN (SELECT value FROM json_each(?))`, organizationID, string(list))
	having := map[string]bool{}
	for _, id := range ids {
		having[id] = true
	}
	return having, err
}

// beyond is what was charged beyond what was expected, of all orders of an organization, or of one client's: one sum for
// each currency in which there is a charge. Charges count of periods that have begun while their line ran, as in
// Sale.Difference.
func beyond(ctx context.Context, q sqlite.Queryer, organizationID, clientID string, today day.Day) ([]money.Amount, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (a money.Amount, err error) {
		return a, r.Scan(money.CurrencyColumn(&a), &a)
	}, `SELECT s.currency, sum(c.amount - l.expected) FROM sale s JOIN sale_line l ON l.sale_id = s.id JOIN sale_charge c ON c.line_id = l.id
		WHERE s.organization_id = ? AND (? = '' OR s.client_id = ?)
			AND l.expected IS NOT NULL AND c.period <= ? AND (l.ended_on = '' OR c.period <= l.ended_on)
		GROUP BY s.currency ORDER BY s.currency`, organizationID, clientID, clientID, today)
}

// OfClient counts the orders of a client. It asks for no permission: its caller has.
func (s *Service) OfClient(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM sale WHERE organization_id = ? AND client_id = ?", organizationID, clientID)
}

// FollowClient hands the orders of a client and the letters to it over to another one.
func (s *Service) FollowClient(ctx context.Context, tx *sqlite.Tx, organizationID, from, to string) error {
	_, err := tx.ExecContext(ctx, "UPDATE sale SET client_id = ? WHERE organization_id = ? AND client_id = ?", to, organizationID, from)
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE sale_letter SET client_id = ? WHERE organization_id = ? AND client_id = ?", to, organizationID, from)
	}
	return err
}

// OrdersOfClient are the orders of a client with everything of theirs. It asks for no permission: its caller has.
func (s *Service) OrdersOfClient(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) ([]Sale, error) {
	list, err := sqlite.All(ctx, q, scan, "SELECT "+columnsOf+" FROM sale WHERE organization_id = ? AND client_id = ? ORDER BY ordered_on DESC, id", organizationID, clientID)
	if err != nil {
		return nil, err
	}
	return list, fillSome(ctx, q, list)
}

// Numbered tells whether an order has this number at Infomaniak. It asks for no permission: its caller has.
func (s *Service) Numbered(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error) {
	n, err := sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM sale WHERE organization_id = ? AND number = ?", organizationID, number)
	return n > 0, err
}

func one(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Sale, error) {
	s, err := sqlite.One(ctx, q, scan, "SELECT "+columnsOf+" FROM sale WHERE organization_id = ? AND id = ?", organizationID, id)
	if err != nil {
		return s, err
	}
	list := []Sale{s}
	err = fill(ctx, q, list, "organization_id = ? AND id = ?", organizationID, id)
	return list[0], err
}

type lineOf struct {
	sale string
	Line
}

type chargeOf struct {
	line string
	Charge
}

type invoicedOf struct {
	line       string
	period, on day.Day
}

// fillLines reads the lines of orders.
func fillLines(ctx context.Context, q sqlite.Queryer, list []Sale, where string, args ...any) error {
	of := " FROM sale_line l WHERE l.sale_id IN (SELECT id FROM sale WHERE " + where + ")"
	lines, err := sqlite.All(ctx, q, func(r sqlite.Row) (l lineOf, err error) {
		var expected, earned, offer money.Amount
		var hasExpected, hasEarned bool
		err = r.Scan(&l.sale, &l.ID, &l.Quoted, &l.Kind, &l.Product, &l.Name, &l.Description, &l.Quantity, &l.Unit, &l.Months, &l.Biller, &l.Payer,
			money.CurrencyColumn(&expected, &offer, &earned), &hasExpected, &expected, &offer, &hasEarned, &earned, &l.VATRate, &l.StartsOn, &l.EndedOn)
		l.Offer = offer
		if hasExpected {
			l.Expected = &expected
		}
		if hasEarned {
			l.Earned = &earned
		}
		return l, err
	}, `SELECT l.sale_id, l.id, l.quoted, l.kind, l.product, l.name, l.description, l.quantity, l.unit, l.months, l.biller, l.payer, l.currency,
		l.expected IS NOT NULL, coalesce(l.expected, 0), l.offer, l.earned IS NOT NULL, coalesce(l.earned, 0), l.vat_rate, l.starts_on, l.ended_on`+
		of+" ORDER BY l.position", args...)
	bySale := map[string]*Sale{}
	for i := range list {
		bySale[list[i].ID] = &list[i]
	}
	for _, l := range lines {
		s := bySale[l.sale]
		s.Lines = append(s.Lines, l.Line)
	}
	return err
}

// fill reads the lines, the charges and what was invoiced of orders.
func fill(ctx context.Context, q sqlite.Queryer, list []Sale, where string, args ...any) error {
	if err := fillLines(ctx, q, list, where, args...); err != nil {
		return err
	}
	of := " FROM sale_line l WHERE l.sale_id IN (SELECT id FROM sale WHERE " + where + ")"
	charges, err := sqlite.All(ctx, q, func(r sqlite.Row) (c chargeOf, err error) {
		return c, r.Scan(&c.line, &c.ID, &c.Period, &c.On, money.CurrencyColumn(&c.Amount), &c.Amount, &c.Reference, &c.KnownFrom)
	}, "SELECT line_id, id, period, charged_on, currency, amount, reference, known_from FROM sale_charge WHERE line_id IN (SELECT l.id"+of+") ORDER BY period", args...)
	if err != nil {
		return err
	}
	invoiced, err := sqlite.All(ctx, q, func(r sqlite.Row) (i invoicedOf, err error) {
		return i, r.Scan(&i.line, &i.period, &i.on)
	}, "SELECT line_id, period, invoiced_on FROM sale_invoiced WHERE line_id IN (SELECT l.id"+of+")", args...)
	if err != nil {
		return err
	}
	byLine := map[string]*Line{}
	for i := range list {
		for j := range list[i].Lines {
			l := &list[i].Lines[j]
			l.Invoiced = map[day.Day]day.Day{}
			byLine[l.ID] = l
		}
	}
	for _, c := range charges {
		byLine[c.line].Charges = append(byLine[c.line].Charges, c.Charge)
	}
	for _, i := range invoiced {
		byLine[i.line].Invoiced[i.period] = i.on
	}
	return nil
}

func quotesMade(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT quote_id FROM sale WHERE organization_id = ?", organizationID)
}

func insert(ctx context.Context, tx *sqlite.Tx, organizationID string, s Sale) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sale (id, organization_id, quote_id, quote_number, client_id, client_name, scenario, accepted_on, accepted_by,
		number, ordered_on, currency, vat, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ID, organizationID, s.QuoteID, s.QuoteNumber, s.ClientID, s.Client, s.Scenario, s.AcceptedOn, s.AcceptedBy, s.Number, s.OrderedOn,
		s.Currency, s.VAT, sqlite.Millis(s.Created))
	for i, l := range s.Lines {
		if err != nil {
			break
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO sale_line (id, sale_id, position, quoted, kind, product, name, description, quantity, unit, months,
			biller, payer, currency, expected, offer, earned, vat_rate, starts_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			l.ID, s.ID, i+1, l.Quoted, l.Kind, l.Product, l.Name, l.Description, l.Quantity, l.Unit, l.Months, l.Biller, l.Payer, s.Currency,
			known(l.Expected), l.Offer, known(l.Earned), l.VATRate, l.StartsOn)
	}
	return err
}

// known is an amount as a column that may be NULL has it.
func known(a *money.Amount) any {
	if a == nil {
		return nil
	}
	return *a
}

func remove(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sale WHERE id = ?", id)
	return err
}

func stop(ctx context.Context, tx *sqlite.Tx, lineID string, on day.Day) error {
	_, err := tx.ExecContext(ctx, "UPDATE sale_line SET ended_on = ? WHERE id = ?", on, lineID)
	return err
}

func writeCharge(ctx context.Context, tx *sqlite.Tx, lineID string, c Charge) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sale_charge (id, line_id, period, charged_on, currency, amount, reference, known_from, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (line_id, period) DO UPDATE SET charged_on = excluded.charged_on, currency = excluded.currency,
		amount = excluded.amount, reference = excluded.reference, known_from = excluded.known_from`,
		c.ID, lineID, c.Period, c.On, c.Amount.Currency(), c.Amount, c.Reference, c.KnownFrom, sqlite.Millis(tx.Now))
	return err
}

func uncharge(ctx context.Context, tx *sqlite.Tx, lineID string, period day.Day) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sale_charge WHERE line_id = ? AND period = ?", lineID, period)
	return err
}

func markInvoiced(ctx context.Context, tx *sqlite.Tx, organizationID, lineID string, period, on day.Day) error {
	mine, err := sqlite.One(ctx, tx, sqlite.Value[int], "SELECT count(*) FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE l.id = ? AND s.organization_id = ?", lineID, organizationID)
	if err == nil && mine == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return err
	}
	if on == 0 {
		_, err = tx.ExecContext(ctx, "DELETE FROM sale_invoiced WHERE line_id = ? AND period = ?", lineID, period)
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sale_invoiced (line_id, period, invoiced_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", lineID, period, on)
	return err
}

// markAllInvoiced notes it of the lines of a stretch for one period.
func markAllInvoiced(ctx context.Context, tx *sqlite.Tx, f falling, on day.Day) error {
	kind := "l.kind <> 'discount'"
	if f.discount {
		kind = "l.kind = 'discount'"
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO sale_invoiced (line_id, period, invoiced_on) SELECT l.id, ?, ? FROM sale_line l
		WHERE l.sale_id = ? AND l.biller = 'partner' AND `+kind+` AND l.months = ? AND l.starts_on = ? AND l.ended_on = ? ON CONFLICT DO NOTHING`,
		f.From, on, f.sale, f.of.Months, f.of.StartsOn, f.of.EndedOn)
	return err
}

// invoicedIn counts the periods that begin in [from, to] and are on an invoice.
func invoicedIn(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], `SELECT count(*) FROM sale_invoiced i JOIN sale_line l ON l.id = i.line_id JOIN sale s ON s.id = l.sale_id
		WHERE s.organization_id = ? AND i.period BETWEEN ? AND ? AND l.biller = 'partner' AND (l.ended_on = '' OR i.period <= l.ended_on)`,
		organizationID, from, to)
}

func keepLetter(ctx context.Context, tx *sqlite.Tx, organizationID string, in Written) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO sale_letter (id, organization_id, client_id, recipient, subject, text, queued_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		tx.NewID(), organizationID, in.Client, in.To, in.Subject, in.Text, sqlite.Millis(tx.Now))
	return err
}

func keptLetters(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) ([]Kept, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (k Kept, err error) {
		var at int64
		err = r.Scan(&k.Client, &k.To, &k.Subject, &k.Text, &at)
		k.At = sqlite.Time(at)
		return k, err
	}, `SELECT client_id, recipient, subject, text, queued_at FROM sale_letter WHERE organization_id = ? AND client_id = ?
		ORDER BY queued_at DESC, id`, organizationID, clientID)
}
