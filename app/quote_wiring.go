package app

import (
	"context"

	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/pricing"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// priceLists are the partner's, for quotes.
type priceLists struct{ h *workspace }

// Catalogue implements quote.Prices.
func (p priceLists) Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string) (quote.Catalogue, error) {
	t, err := partner.Catalogue(ctx, q, organizationID, book, pricing.Date(p.h.quotes.Today().String()))
	return quote.Catalogue(t), err
}

// managedClients are the clients that quotes can be for.
type managedClients struct{ h *workspace }

// Clients implements quote.Clients.
func (m managedClients) Clients(ctx context.Context) ([]quote.Client, error) {
	entries, _, err := m.h.clients.List(ctx, client.Filter{})
	if err != nil {
		return nil, err
	}
	list := make([]quote.Client, 0, len(entries))
	for _, e := range entries {
		rights := client.Rights{Access: e.Granted, Wallet: e.Wallet}
		if e.Granted == "" {
			rights = client.Rights{Access: e.Asked}
		}
		list = append(list, quote.Client{ID: e.ID, Name: e.Name, Place: e.Place, Access: string(rights.Access), Means: rights.Pays()})
	}
	return list, nil
}

// quotesWaiting tells Home of open quotes whose last day is near.
func (h *workspace) quotesWaiting(ctx context.Context) ([]waiting.Line, error) {
	near, err := h.quotes.Ending(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	list := []waiting.Line{}
	for _, e := range near {
		list = append(list, waiting.Line{
			Area: "quote", Kind: "quote_ending", Urgency: waiting.Soon, At: e.ValidUntil.Time(), Route: "/quote/" + e.ID,
			Params: map[string]string{"number": e.Number, "recipient": e.Recipient},
		})
	}
	return list, nil
}
