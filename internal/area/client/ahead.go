package client

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// aheadMonths is how far the products of a client look.
const aheadMonths = 12

// Running is a product of a client that is paid again on a day.
type Running struct {
	On       day.Day
	Product  string
	Name     string
	Quantity string
	Months   int           // billing period; 0 is not known
	Payer    pricing.Party // whom Infomaniak charges; "" for what the partner sells of its own
	Offer    *money.Amount // the client pays then, before VAT; nil is not known
	Earned   *money.Amount // nil is not known
	List     string        // the price list that holds then; "" is as the order had it
	ListFrom day.Day
	Order    string // id
	Number   string // of the order
	OfQuote  bool
}

// Products are what runs for a client and is paid again within twelve months, soonest first: of orders that were made of
// quotes, and of those that were noted here, by the last one of each product. At most limit of each kind are read; the
// second answer is how many there are. Requires access.ViewClients and access.Accounting.
func (s *Service) Products(ctx context.Context, id string, limit int) ([]Running, int, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return nil, 0, err
	}
	today := s.clock.Today(ctx)
	list := []Running{}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if _, err := one(ctx, q, actor, id); err != nil {
			return err
		}
		if !actor.Can(access.Accounting) {
			return fault.New(fault.Forbidden, "")
		}
		noted, err := orders(ctx, q, actor.OrganizationID, id)
		list = running(noted, today)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	found := len(list)
	if s.sales != nil {
		sold, n, err := s.sales.Ahead(ctx, id, limit)
		if err != nil {
			return nil, 0, err
		}
		list, found = append(list, sold...), found+n
	}
	slices.SortStableFunc(list, func(a, b Running) int { return cmp.Compare(a.On, b.On) })
	return list[:min(len(list), max(0, limit))], found, nil
}

// running are the noted orders that end within twelve months and were not followed by one of the same product.
func running(noted []Order, today day.Day) []Running {
	last := map[[2]string]Order{}
	for _, o := range noted {
		key := [2]string{o.Product, o.Name}
		if was, there := last[key]; !there || o.To > was.To {
			last[key] = o
		}
	}
	list := []Running{}
	for _, o := range noted {
		if last[[2]string{o.Product, o.Name}].ID != o.ID || o.To < today || o.To >= today.AddMonths(aheadMonths) {
			continue
		}
		r := Running{
			On: o.To + 1, Product: o.Product, Name: o.Name, Quantity: strconv.FormatInt(o.Quantity, 10), Payer: o.Payer, Earned: &o.Gain,
			Order: o.ID, Number: o.Number,
		}
		if o.Payer == pricing.Client {
			r.Offer = &o.Net
		}
		list = append(list, r)
	}
	return list
}

// Brings is what clients earn in a month, see Gains.
type Brings struct {
	Clients map[string][]money.Amount // by id; who brings nothing has none
	Total   []money.Amount            // each currency by itself
}

// Gains adds up what the orders of each client earn in this month, discount and cashback together.
// Requires access.Accounting and access.ViewClients.
func (s *Service) Gains(ctx context.Context) (b Brings, err error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return b, err
	}
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return b, err
	}
	to := s.clock.Today(ctx).EndOfMonth()
	from := (to + 1).AddMonths(-1)
	b.Clients = map[string][]money.Amount{}
	all := []money.Amount{}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		list, err := gainsOfOrders(ctx, q, actor.OrganizationID, from, to)
		if err == nil && s.sales != nil {
			var sold []Charge
			sold, err = s.sales.Earned(ctx, q, actor.OrganizationID, from, to)
			list = append(list, sold...)
		}
		for _, c := range list {
			b.Clients[c.ClientID] = append(b.Clients[c.ClientID], c.Amount)
			all = append(all, c.Amount)
		}
		return err
	})
	if err != nil {
		return b, err
	}
	for id, list := range b.Clients {
		if b.Clients[id], err = money.Sum(list...); err != nil {
			return b, err
		}
	}
	b.Total, err = money.Sum(all...)
	return b, err
}
