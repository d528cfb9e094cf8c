package app

import (
	"context"

	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// priceLists are the partner's, for quotes.
type priceLists struct{ h *workspace }

// Catalogue implements quote.Prices.
func (p priceLists) Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string) (quote.Catalogue, error) {
	t, err := partner.Catalogue(ctx, q, p.h.organizations, organizationID, book, p.h.quotes.Today(ctx))
	return quote.Catalogue(t), err
}

// managedClients are the clients that quotes can be for.
type managedClients struct{ h *workspace }

// Clients implements quote.Choices.
func (m managedClients) Clients(ctx context.Context) ([]quote.Choice, error) {
	entries, _, err := m.h.clients.List(ctx, client.Filter{})
	if err != nil {
		return nil, err
	}
	list := make([]quote.Choice, 0, len(entries))
	for _, e := range entries {
		rights := client.Rights{Access: e.Granted, Wallet: e.Wallet}
		if e.Granted == "" {
			rights = client.Rights{Access: e.Asked}
		}
		list = append(list, quote.Choice{ID: e.ID, Name: e.Name, Place: e.Place, Access: string(rights.Access), Means: string(rights.Pays())})
	}
	return list, nil
}

// Client implements quote.Clients.
func (m managedClients) Client(ctx context.Context, id string) (quote.Client, error) {
	r, err := m.h.clients.Record(ctx, id)
	if err != nil {
		return quote.Client{}, err
	}
	c := quote.Client{
		ID: r.ID, Name: r.OnPaper(), Number: r.Number, Language: r.Record.Language, Country: r.Record.Country, Currency: r.Record.Currency,
		VATNumber: r.Record.VATNumber, VAT: r.VAT, Address: append([]string{r.OnPaper()}, r.Record.Invoice.Lines(r.Record.Country, r.Country)...),
		Terms: quote.Conditions{PaymentDays: r.Conditions.PaymentDays, Categories: map[string]quote.Condition{}},
	}
	for _, p := range r.Contacts {
		of := quote.Contact{Name: p.Name, Salutation: p.Salutation, Email: p.Email, Phone: p.Phone}
		for _, role := range p.Roles {
			of.Roles = append(of.Roles, string(role))
		}
		c.Contacts = append(c.Contacts, of)
	}
	for _, k := range r.Conditions.Categories {
		c.Terms.Categories[k.Category] = quote.Condition{Partner: k.Partner, Discount: k.Discount, Own: k.Own}
	}
	return c, nil
}

// partnerClients shows the orders of clients to the partner.
type partnerClients struct{ h *workspace }

func (p partnerClients) ChargedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]partner.Charge, error) {
	list, err := p.h.clients.ChargedSince(ctx, q, organizationID, from)
	return charges(list, func(c client.Charge) partner.Charge { return partner.Charge(c) }), err
}

func (p partnerClients) Active(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error) {
	return p.h.clients.Active(ctx, q, organizationID)
}

// partnerQuotes shows quotes to the partner.
type partnerQuotes struct{ h *workspace }

func (p partnerQuotes) Effect(ctx context.Context, q sqlite.Queryer, organizationID string, book pricing.Book) (partner.Effect, error) {
	found, err := p.h.quotes.Effect(ctx, q, organizationID, book)
	return partner.Effect(found), err
}

func (p partnerQuotes) AcceptedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]partner.Charge, error) {
	list, err := p.h.quotes.AcceptedSince(ctx, q, organizationID, from)
	return charges(list, func(c quote.Charge) partner.Charge { return partner.Charge(c) }), err
}

func (p partnerQuotes) Any(ctx context.Context) (bool, error) { return p.h.quotes.Any(ctx) }

func charges[T any](list []T, as func(T) partner.Charge) []partner.Charge {
	out := make([]partner.Charge, 0, len(list))
	for _, c := range list {
		out = append(out, as(c))
	}
	return out
}
