package sale

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// Search finds orders by their number, that of their quote, the client, and the numbers of Infomaniak's invoices, the
// newest first. Requires access.Accounting.
func (s *Service) Search(ctx context.Context, question find.Question) (f find.Found, err error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return f, err
	}
	var list []Sale
	invoices := map[string]string{}
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		if list, err = heads(ctx, q, actor.OrganizationID); err != nil || question.Empty() {
			return err
		}
		_, err = sqlite.All(ctx, q, func(r sqlite.Row) (none struct{}, err error) {
			var sale, reference string
			err = r.Scan(&sale, &reference)
			if text.Fold(reference) == text.Fold(question.Text) {
				invoices[sale] = reference
			}
			return none, err
		}, `SELECT DISTINCT l.sale_id, c.reference FROM sale_charge c JOIN sale_line l ON l.id = c.line_id JOIN sale s ON s.id = l.sale_id
			WHERE s.organization_id = ? AND c.reference <> ''`, actor.OrganizationID)
		return err
	})
	return find.Among(question, list,
		func(of Sale) []string {
			return []string{of.Title(), of.Number, of.QuoteNumber, of.Client, invoices[of.ID]}
		},
		func(of Sale) find.Hit {
			return find.Hit{
				ID: of.ID, Title: of.Title(), Route: find.Row("/sale", of.ID),
				Params: map[string]string{"client": of.Client, "quote": of.QuoteNumber, "on": of.OrderedOn.String()},
			}
		}), err
}

// Title is the number that an order is called by: Infomaniak's, else that of the quote.
func (s Sale) Title() string {
	if s.Number != "" {
		return s.Number
	}
	return s.QuoteNumber
}
