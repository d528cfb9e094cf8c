package app

import "kontor/internal/flow/search"

// searched is where the search box looks, in the order in which it shows what it found.
func (h *workspace) searched() []search.Area {
	return []search.Area{
		{Kind: "client", Source: h.clients.Search},
		{Kind: "quote", Source: h.quotes.Search},
		{Kind: "sale", Source: h.sales.Search},
		{Kind: "order", Source: h.prepaid.Search},
		{Kind: "transfer", Source: h.transfers.Search},
		{Kind: "renewal", Source: h.payments.SearchRenewals},
		{Kind: "end", Source: h.expiry.Search},
		{Kind: "product", Source: h.mirror.Search},
		{Kind: "profile", Source: h.payments.SearchProfiles},
		{Kind: "book", Source: h.partner.Search},
		{Kind: "organization", Source: h.organizations.Search},
		{Kind: "member", Source: h.organizations.SearchMembers},
		{Kind: "session", Source: h.sessions.Search},
		{Kind: "entry", Source: h.journal.Find},
		{Kind: "event", Source: h.mirror.SearchEvents},
	}
}
