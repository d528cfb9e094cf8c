package sale

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// stretch is what lines of one order have in common that begin, are paid and end on the same days: an order has a few,
// however many lines. What falls due when is found by them, so that only the lines that are shown are read.
type stretch struct {
	sale, client string // ids
	clientName   string
	partner      bool // invoices them
	discount     bool
	of           Line // Months, StartsOn and EndedOn of each
	lines        int
	offer        money.Amount // of one period of all of them
	earned       money.Amount
	unknown      int // lines whose cost is not known: they earn nothing here
}

// stretches are those of all orders of an organization, or of one client's; their order is that of the orders, newest first.
func stretches(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) ([]stretch, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (s stretch, err error) {
		return s, r.Scan(&s.sale, &s.client, &s.clientName, &s.partner, &s.discount, &s.of.Months, &s.of.StartsOn, &s.of.EndedOn, &s.lines,
			money.CurrencyColumn(&s.offer, &s.earned), &s.offer, &s.earned, &s.unknown)
	}, `SELECT s.id, s.client_id, s.client_name, l.biller = 'partner', l.kind = 'discount', l.months, l.starts_on, l.ended_on, count(*),
			s.currency, sum(l.offer), coalesce(sum(l.earned), 0), count(*) - count(l.earned)
		FROM sale s JOIN sale_line l ON l.sale_id = s.id
		WHERE s.organization_id = ? AND (? = '' OR s.client_id = ?)
		GROUP BY s.id, s.currency, l.biller = 'partner', l.kind = 'discount', l.months, l.starts_on, l.ended_on
		ORDER BY s.ordered_on DESC, s.created_at DESC, s.id`, organizationID, clientID, clientID)
}

// has tells whether a line belongs to the stretch.
func (s stretch) has(l Line) bool {
	return s.partner == (l.Biller == "partner") && s.discount == (l.Kind == Discount) && s.of.Months == l.Months &&
		s.of.StartsOn == l.StartsOn && s.of.EndedOn == l.EndedOn
}

// falling is a period of a stretch.
type falling struct {
	stretch
	Period
}

// dueLine is a line that is shown for a period.
type dueLine struct {
	Sale   Sale // without its lines
	Line   Line
	Period Period
}

// linesOf reads the first lines of what falls due, at most limit of them (0 is all), and tells how many there are.
func linesOf(ctx context.Context, q sqlite.Queryer, organizationID string, due []falling, limit int) (list []dueLine, found int, err error) {
	shown := due
	for i, f := range due {
		if limit > 0 && found < limit {
			shown = due[:i+1]
		}
		found += f.lines
	}
	ids := map[string]bool{}
	for _, f := range shown {
		ids[f.sale] = true
	}
	all, err := heads(ctx, q, organizationID)
	if err != nil {
		return nil, 0, err
	}
	all = slices.DeleteFunc(all, func(s Sale) bool { return !ids[s.ID] })
	if err := fillSome(ctx, q, all); err != nil {
		return nil, 0, err
	}
	byID := map[string]Sale{}
	for _, s := range all {
		byID[s.ID] = s
	}
	list = []dueLine{}
	for _, f := range shown {
		of := byID[f.sale]
		lines := of.Lines
		of.Lines = nil
		for _, l := range lines {
			if f.has(l) && (limit == 0 || len(list) < limit) {
				list = append(list, dueLine{of, l, f.Period})
			}
		}
	}
	return list, found, nil
}

// soonest sorts by the first day of the periods.
func soonest(a, b falling) int { return cmp.Compare(a.From, b.From) }

// byClient sorts by client, and for a client by the first day of the periods.
func byClient(a, b falling) int {
	return cmp.Or(cmp.Compare(a.clientName, b.clientName), cmp.Compare(a.From, b.From))
}

// dueIn is every period of stretches that begins in [from, to].
func dueIn(list []stretch, from, to day.Day) []falling {
	due := []falling{}
	for _, s := range list {
		for _, p := range s.of.Due(from, to) {
			due = append(due, falling{s, p})
		}
	}
	return due
}
