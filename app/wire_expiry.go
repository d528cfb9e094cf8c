package app

import (
	"context"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/waiting"
	"kontor/internal/flow/expiry"
)

// expiryOf lets the overview of what ends ask everybody who knows of an end.
func expiryOf(h *workspace, clock day.Clock) *expiry.Service {
	o := expiry.Options{
		DB: h.db, Journal: h.journal, Places: h.places, Payments: h.payments, Domains: h.transfers, Mirror: h.ends, Payers: h.payers,
		Settings: h.settings, Me: h.actingAs, Clock: clock,
	}
	if !h.sample { // whose ends are made up
		o.Teller = h.notices
	}
	return expiry.NewService(o)
}

// actingAs is a context in which whoever is signed in acts, for what runs by itself; nobody is no fault.
func (h *workspace) actingAs(ctx context.Context) (context.Context, error) {
	actor, err := h.sessions.Actor(ctx)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return ctx, nil
	}
	actor.Zone = h.profiles.Zone(access.With(ctx, actor))
	return access.With(ctx, actor), err
}

// places are the organizations of whoever acts, each with the rights that she has there.
func (h *workspace) places(ctx context.Context) ([]expiry.Place, error) {
	mine, err := h.organizations.Mine(ctx)
	list := make([]expiry.Place, 0, len(mine))
	for _, m := range mine {
		there := access.From(ctx)
		there.OrganizationID, there.Role, there.Grants = m.Organization.ID, m.Role, nil
		if m.Accounting {
			there.Grants = []access.Capability{access.Accounting}
		}
		list = append(list, expiry.Place{
			ID: m.Organization.ID, Name: m.Organization.Name, Currency: money.Currency(m.Organization.Currency), In: access.With(ctx, there),
		})
	}
	return list, err
}

// ends is what was read at Infomaniak, and the year after which a token that nobody used dies.
func (h *workspace) ends(ctx context.Context) ([]expiry.There, error) {
	read, err := h.mirror.Ends(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	list := make([]expiry.There, 0, len(read)+1)
	for _, e := range read {
		t := expiry.There{
			Kind: expiry.Kind(e.Kind), ID: e.ID, Name: e.Name, Service: e.Service, Account: e.Account, Called: e.AccountName, LinkedID: e.LinkedID,
			ClientID: e.ClientID, Ends: dayOf(e.End.On), At: momentOf(e.Stand.Since), Stale: !fresh(e.Stand, h.db.Now()),
		}
		list = append(list, t)
	}
	token, err := h.mirror.TokenAge(ctx)
	if on := dayOf(token.DiesOn); err == nil && token.Has && on != 0 {
		list = append(list, expiry.There{Kind: expiry.Token, ID: "kontor", Name: "Infomaniak · Kontor", Ends: on, At: momentOf(token.LastUsedAt), Reckoned: true})
	}
	return list, err
}

// oldest is how long what was read counts as fresh.
const oldest = 24 * time.Hour

// fresh tells whether what was read may be counted beside what is kept here.
func fresh(s mirror.StandView, now time.Time) bool {
	return (s.Kind == "synced" || s.Kind == "incomplete") && now.Sub(momentOf(s.Since)) < oldest
}

// dayOf and momentOf read what a view has; nothing where it has none.
func dayOf(text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		return 0
	}
	return d
}

func momentOf(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// payers are the clients that pay for themselves, in the organization that the window shows.
func (h *workspace) payers(ctx context.Context) (map[string]bool, error) {
	list, err := h.clients.Payers(ctx)
	own := map[string]bool{}
	for id, who := range list {
		own[id] = who == pricing.Client
	}
	return own, err
}
