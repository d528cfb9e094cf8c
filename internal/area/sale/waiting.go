package sale

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// Of what Home tells.
const (
	manyWaiting = 3  // orders of a kind that are named one by one
	recently    = 62 // days back in which a charge that differs is told of
)

// Waiting tells Home of accepted quotes of which no order was made, of orders for which Infomaniak charged something else
// of late than was expected, and of what was sold last month and is on no invoice. Who never noted an invoice here is not
// asked for any.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	unordered, err := s.Unordered(ctx)
	if err != nil {
		return nil, err
	}
	lines := []waiting.Line{}
	for _, of := range unordered {
		lines = append(lines, waiting.Line{
			Area: "sale", Kind: "sale_unordered", Ref: of.QuoteID, Urgency: waiting.Answer, At: of.AcceptedOn.Time(), Route: "/sale?quote=" + of.QuoteID,
			Params: map[string]string{"number": of.QuoteNumber, "client": of.Client},
		})
	}
	lines = together(lines, "sale_unordered_many", "/sale")
	today := s.o.Clock.Today(ctx)
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		differ, err := differing(ctx, q, actor.OrganizationID, today)
		if err != nil {
			return err
		}
		lines = append(lines, together(differ, "sale_differs_many", "/sale")...)
		open, err := uninvoiced(ctx, q, actor.OrganizationID, today)
		if err != nil || len(open) == 0 {
			return err
		}
		sum, err := waiting.Figures(open...)
		first := lastMonth(today)
		lines = append(lines, waiting.Line{
			Area: "sale", Kind: "sale_uninvoiced", Ref: first.String()[:7], Urgency: waiting.Unusual, At: first.Time(), Route: "/sale/items?from=" + first.String(),
			Params: map[string]string{"amount": sum},
		})
		return err
	})
	return lines, err
}

// lastMonth is the first day of the month before that of a day.
func lastMonth(today day.Day) day.Day { return (today.EndOfMonth() + 1).AddMonths(-2) }

// together is one line for all where there are too many to name.
func together(list []waiting.Line, kind, route string) []waiting.Line {
	if len(list) <= manyWaiting {
		return list
	}
	oldest := slices.MinFunc(list, func(a, b waiting.Line) int { return a.At.Compare(b.At) })
	oldest.Kind, oldest.Ref, oldest.Route = kind, waiting.Only, route
	oldest.Params = map[string]string{"count": strconv.Itoa(len(list))}
	return []waiting.Line{oldest}
}

// differing are the orders with charges of late that come to something else than was expected, see Sale.Difference.
func differing(ctx context.Context, q sqlite.Queryer, organizationID string, today day.Day) ([]waiting.Line, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (l waiting.Line, err error) {
		var of Sale
		var more money.Amount
		var last day.Day
		if err = r.Scan(&of.ID, &of.Number, &of.QuoteNumber, &of.Client, &last, money.CurrencyColumn(&more), &more); err != nil {
			return l, err
		}
		l = waiting.Line{
			Area: "sale", Kind: "sale_charged_more", Ref: of.ID, Urgency: waiting.Unusual, At: last.Time(), Route: "/sale?row=" + of.ID,
			Params: map[string]string{"number": of.Title(), "client": of.Client, "amount": more.String()},
		}
		if more.Sign() < 0 {
			more, err = money.Zero(more.Currency()).Sub(more)
			l.Kind, l.Params["amount"] = "sale_charged_less", more.String()
		}
		return l, err
	}, `SELECT s.id, s.number, s.quote_number, s.client_name, max(c.charged_on), s.currency, sum(c.amount - l.expected)
		FROM sale s JOIN sale_line l ON l.sale_id = s.id JOIN sale_charge c ON c.line_id = l.id
		WHERE s.organization_id = ? AND l.expected IS NOT NULL AND c.period <= ? AND (l.ended_on = '' OR c.period <= l.ended_on)
			AND c.charged_on >= ?
		GROUP BY s.id, s.currency HAVING sum(c.amount - l.expected) <> 0 ORDER BY s.ordered_on DESC, s.id`, organizationID, today, today-recently)
}

// uninvoiced are the prices of the periods that began last month and are on no invoice. A period begins in each month
// that is a whole number of billing periods after the first.
func uninvoiced(ctx context.Context, q sqlite.Queryer, organizationID string, today day.Day) ([]money.Amount, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (a money.Amount, err error) {
		return a, r.Scan(money.CurrencyColumn(&a), &a)
	}, `WITH line AS (
			SELECT l.*, (CAST(substr(?1, 1, 4) AS INTEGER) - CAST(substr(l.starts_on, 1, 4) AS INTEGER)) * 12
				+ CAST(substr(?1, 6, 2) AS INTEGER) - CAST(substr(l.starts_on, 6, 2) AS INTEGER) AS after
			FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.organization_id = ?2 AND l.biller = 'partner')
		SELECT currency, sum(offer) FROM line
		WHERE after >= 0 AND CASE months WHEN 0 THEN after = 0 ELSE after % months = 0 END
			AND (ended_on = '' OR ended_on >= substr(?1, 1, 8) || substr(starts_on, 9, 2))
			AND NOT EXISTS (SELECT 1 FROM sale_invoiced i WHERE i.line_id = line.id AND substr(i.period, 1, 7) = substr(?1, 1, 7))
			AND EXISTS (SELECT 1 FROM sale_invoiced i JOIN sale_line l ON l.id = i.line_id JOIN sale s ON s.id = l.sale_id WHERE s.organization_id = ?2)
		GROUP BY currency HAVING sum(offer) <> 0 ORDER BY currency`, lastMonth(today), organizationID)
}
