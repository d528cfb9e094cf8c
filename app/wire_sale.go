package app

import (
	"context"

	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/core/day"
	"kontor/internal/core/pricing"
	"kontor/internal/flow/ordering"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

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

// notedOrders are those that were noted for clients without a quote.
type notedOrders struct{ h *workspace }

func (p notedOrders) Noted(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error) {
	return p.h.clients.Noted(ctx, q, organizationID, number)
}

func salesOf(h *workspace, clock day.Clock) *sale.Service {
	return sale.NewService(sale.Options{
		DB: h.db, Journal: h.journal, Quotes: ordering.Quotes{Of: func() *quote.Service { return h.quotes }, Clock: clock}, Prices: saleLists{h}, Readers: saleReaders{h}, Names: h.organizations, Post: salePost{h.mail}, Orders: notedOrders{h}, Clock: clock,
	})
}
