package app

import (
	"context"

	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// saleQuotes shows accepted quotes to the orders that are made of them.
type saleQuotes struct {
	h     *workspace
	clock day.Clock
}

func (p saleQuotes) Sold(ctx context.Context, q sqlite.Queryer, organizationID, quoteID string, other []pricing.Line) (sale.Sale, error) {
	sold, err := p.h.quotes.Sold(ctx, q, organizationID, quoteID, other)
	return p.sale(ctx, sold), err
}

func (p saleQuotes) Accepted(ctx context.Context, q sqlite.Queryer, organizationID string) ([]sale.Sale, error) {
	list, err := p.h.quotes.Accepted(ctx, q, organizationID)
	out := make([]sale.Sale, 0, len(list))
	for _, sold := range list {
		out = append(out, p.sale(ctx, sold))
	}
	return out, err
}

func (p saleQuotes) sale(ctx context.Context, sold quote.Sold) sale.Sale {
	s := sale.Sale{
		QuoteID: sold.Quote, QuoteNumber: sold.Number, ClientID: sold.Recipient.ClientID, Client: sold.Recipient.Name, Scenario: sold.Scenario,
		AcceptedBy: sold.AcceptedBy, Currency: sold.Currency, VAT: string(sold.VAT),
	}
	if !sold.AcceptedAt.IsZero() {
		s.AcceptedOn = p.clock.Of(ctx, sold.AcceptedAt)
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

// saleLists are the partner's price lists.
type saleLists struct{ h *workspace }

func (p saleLists) Books(ctx context.Context) ([]pricing.Book, error) {
	d, err := p.h.partner.Desk(ctx)
	return d.Books, err
}

// saleReaders knows how a client is written to.
type saleReaders struct{ h *workspace }

func (p saleReaders) Reader(ctx context.Context, clientID string) (sale.Reader, error) {
	c, err := managedClients(p).Client(ctx, clientID)
	if err != nil {
		return sale.Reader{}, err
	}
	to := c.For("invoices")
	name := to.Salutation
	if name == "" {
		name = to.Name
	}
	return sale.Reader{Language: c.Language, Name: name, Email: to.Email}, nil
}

// salePost hands letters to the queue of e-mails.
type salePost struct{ *mail.Service }

func (p salePost) Send(ctx context.Context, tx *sqlite.Tx, organizationID, to, subject, text string) error {
	_, err := p.Queue(ctx, tx, mail.Message{To: to, Subject: subject, Text: text, OrganizationID: organizationID, Product: audit.Partner})
	return err
}

func salesOf(h *workspace, clock day.Clock) *sale.Service {
	return sale.NewService(sale.Options{
		DB: h.db, Journal: h.journal, Quotes: saleQuotes{h, clock}, Prices: saleLists{h}, Readers: saleReaders{h}, Post: salePost{h.mail}, Clock: clock,
	})
}
