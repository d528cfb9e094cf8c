package quote

import (
	"context"
	"slices"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Effect is what another list would do to quotes that are not answered yet, if they were made again with it.
type Effect struct {
	Open        int // drafts and open quotes in that currency
	Count       int // those whose first scenario comes to something else
	Least, Most money.Amount
}

// Effect computes it for an organization. It asks for no permission: its caller has.
func (s *Service) Effect(ctx context.Context, q sqlite.Queryer, organizationID string, book pricing.Book) (e Effect, err error) {
	texts, err := sqlite.All(ctx, q, sqlite.Value[string], `SELECT f.text FROM quote q JOIN quote_frozen f ON f.quote_id = q.id
		WHERE q.organization_id = ? AND q.currency = ? AND (q.state = 'draft' OR q.state = 'sent' AND q.valid_until >= ?)`,
		organizationID, book.Currency, s.Today(ctx).String())
	if err != nil {
		return e, err
	}
	e.Open, e.Least, e.Most = len(texts), money.Zero(book.Currency), money.Zero(book.Currency)
	lines := byName(book.Lines)
	for _, text := range texts {
		basis, was, err := thaw(text)
		if err != nil {
			return e, err
		}
		again, err := Compute(repriced(basis, lines))
		if err != nil {
			continue // the list cannot price it, e.g. it is by the year now: making it again would say so
		}
		diff, err := again.Scenarios[0].Year.Offer.Sub(was.Scenarios[0].Year.Offer)
		if err != nil {
			return e, err
		}
		if diff.Sign() == 0 {
			continue
		}
		if e.Count++; e.Count == 1 {
			e.Least, e.Most = diff, diff
		}
		e.Least = slices.MinFunc([]money.Amount{e.Least, diff}, money.Order)
		e.Most = slices.MaxFunc([]money.Amount{e.Most, diff}, money.Order)
	}
	return e, nil
}

// byName are the lines of a list by product and name.
func byName(list []pricing.Line) map[[2]string]pricing.Line {
	lines := make(map[[2]string]pricing.Line, len(list))
	for _, l := range list {
		lines[[2]string{l.Product, l.Name}] = l
	}
	return lines
}

// repriced is a basis with the lines of another list; a product that the list lacks keeps its price.
func repriced(b Basis, lines map[[2]string]pricing.Line) Basis {
	b.Lines = slices.Clone(b.Lines)
	for i, l := range b.Lines {
		if line, there := lines[[2]string{l.Article.Product, l.Article.Name}]; there && l.listed() {
			b.Lines[i].Article = line
		}
	}
	return b
}
