package client

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// Quotes knows the quotes that were made for clients.
type Quotes interface {
	// OpenFor counts the quotes for a client that are neither answered nor over.
	OpenFor(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error)
}

// OpenItems is what a collaboration leaves open if it is stopped now.
type OpenItems struct {
	Quotes   int
	Cashback []Order        // whose cashback is still expected
	Sums     []money.Amount // of that cashback, one figure for each currency
}

// OpenItems tells what the end of a collaboration would leave open.
func (s *Service) OpenItems(ctx context.Context, id string) (OpenItems, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return OpenItems{}, err
	}
	var l OpenItems
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if _, err := one(ctx, q, actor, id); err != nil {
			return err
		}
		all, err := s.orders(ctx, q, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		var sums money.Sums
		for _, o := range all {
			if o.Status() == "expected" {
				l.Cashback = append(l.Cashback, o)
				sums.Add(o.Gain)
			}
		}
		if l.Sums, err = sums.All(); err != nil {
			return err
		}
		if s.quotes != nil {
			l.Quotes, err = s.quotes.OpenFor(ctx, q, actor.OrganizationID, id)
		}
		return err
	})
	return l, err
}

// Stop ends the collaboration, after the password of the account was given (faq/2673).
func (s *Service) Stop(ctx context.Context, id string, version int, password string) error {
	if _, err := access.Require(ctx, access.ManageClients); err != nil {
		return err
	}
	if err := s.reauth.Reauthenticate(ctx, password); err != nil {
		return err
	}
	return s.change(ctx, access.ManageClients, id, version, "ended", s.to(ctx, Active, Ended))
}
