// Package ordering shows accepted quotes to the orders that are made of them.
package ordering

import (
	"context"

	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Quotes implements sale.Quotes on the quotes themselves. Of is asked with each call.
type Quotes struct {
	Of    func() *quote.Service
	Clock day.Clock
}

// Sold reads an accepted quote as an order of it would be.
func (p Quotes) Sold(ctx context.Context, q sqlite.Queryer, organizationID, quoteID string, other []pricing.Line) (sale.Sale, error) {
	sold, err := p.Of().Sold(ctx, q, organizationID, quoteID, other)
	return p.sale(ctx, sold), err
}

// Accepted lists the accepted quotes without their lines.
func (p Quotes) Accepted(ctx context.Context, q sqlite.Queryer, organizationID string) ([]sale.Sale, error) {
	list, err := p.Of().Accepted(ctx, q, organizationID)
	out := make([]sale.Sale, 0, len(list))
	for _, sold := range list {
		out = append(out, p.sale(ctx, sold))
	}
	return out, err
}

func (p Quotes) sale(ctx context.Context, sold quote.Sold) sale.Sale {
	s := sale.Sale{
		QuoteID: sold.Quote, QuoteNumber: sold.Number, ClientID: sold.Recipient.ClientID, Client: sold.Recipient.Name, Language: sold.Language, Scenario: sold.Scenario,
		AcceptedBy: sold.AcceptedBy, Currency: sold.Currency, VAT: string(sold.VAT),
	}
	if !sold.AcceptedAt.IsZero() {
		s.AcceptedOn = p.Clock.Of(ctx, sold.AcceptedAt)
	}
	for _, l := range sold.Lines {
		s.Lines = append(s.Lines, sale.Line{
			Quoted: l.Position, Kind: sale.Kind(l.Kind), Product: l.Product, Name: l.Name, Description: l.Description, Quantity: l.Quantity,
			Unit: string(l.Unit), Months: l.Months, Biller: string(l.Biller), Payer: string(l.Infomaniak), Expected: known(l.Charged), Offer: l.Offer,
			Earned: known(l.Earned), VATRate: l.VATRate,
		})
	}
	return s
}

// known is nil for no amount at all.
func known(a money.Amount) *money.Amount {
	if a.Currency() == "" {
		return nil
	}
	return &a
}
