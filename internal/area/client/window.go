package client

import (
	"context"
	"maps"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// Window is what the page may call of the clients.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of whatever service the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// List returns the clients of a kind ("" under management, active, pending, differs, less, past) that hold every word of
// search.
func (w *Window) List(show, search string) (ListView, error) {
	return bridge.Call(w.room, "client.List", func(ctx context.Context, s *Service) (ListView, error) {
		list, n, err := s.List(ctx, Filter{Show: show, Search: search})
		return listView(list, n), err
	})
}

// Shortlist returns the first few active clients by name, for the menu from which their dashboards are opened, and how
// many there are.
func (w *Window) Shortlist(most int) (ShortlistView, error) {
	return bridge.Call(w.room, "client.Shortlist", func(ctx context.Context, s *Service) (ShortlistView, error) {
		v := ShortlistView{Clients: []NameView{}}
		list, n, err := s.List(ctx, Filter{Show: "active"})
		v.All = n.Active
		for _, e := range list[:max(0, min(most, len(list)))] {
			v.Clients = append(v.Clients, NameView{e.ID, e.Name})
		}
		return v, err
	})
}

// Get returns everything about one client.
func (w *Window) Get(id string) (View, error) {
	return w.change("client.Get", id, func(context.Context, *Service) error { return nil })
}

// Families lists the families of products.
func (w *Window) Families() []string { return Families }

// AskAgain replaces what is asked of a client.
func (w *Window) AskAgain(id string, version int, rights Rights) (View, error) {
	return w.change("client.AskAgain", id, func(ctx context.Context, s *Service) error {
		return s.AskAgain(ctx, id, version, rights)
	})
}

// Answer records by hand what the client has granted since a day (2026-11-20).
func (w *Window) Answer(id string, version int, rights Rights, since string) (View, error) {
	return w.change("client.Answer", id, func(ctx context.Context, s *Service) error {
		on, err := day.Parse(since)
		if err != nil {
			var c fault.Check
			c.Refuse("since", "not_a_date")
			return c.Err()
		}
		return s.Answer(ctx, id, version, rights, on)
	})
}

// Refuse records by hand that the client grants nothing.
func (w *Window) Refuse(id string, version int) (View, error) {
	return w.change("client.Refuse", id, func(ctx context.Context, s *Service) error { return s.Refuse(ctx, id, version) })
}

// Withdraw takes back a request that has no answer.
func (w *Window) Withdraw(id string, version int) (View, error) {
	return w.change("client.Withdraw", id, func(ctx context.Context, s *Service) error { return s.Withdraw(ctx, id, version) })
}

// OpenItems tells what the end of a collaboration would leave open.
func (w *Window) OpenItems(id string) (OpenItemsView, error) {
	return bridge.Call(w.room, "client.OpenItems", func(ctx context.Context, s *Service) (OpenItemsView, error) {
		o, err := s.OpenItems(ctx, id)
		return OpenItemsView{Quotes: o.Quotes, Cashback: len(o.Cashback), Sums: bridge.MoneysOf(o.Sums)}, err
	})
}

// Stop ends the collaboration, after the password of the account was given.
func (w *Window) Stop(id string, version int, password string) (View, error) {
	return w.change("client.Stop", id, func(ctx context.Context, s *Service) error { return s.Stop(ctx, id, version, password) })
}

// Allow says which collaborators may see a client.
func (w *Window) Allow(id string, accounts []string) (View, error) {
	return w.change("client.Allow", id, func(ctx context.Context, s *Service) error { return s.Allow(ctx, id, accounts) })
}

// change is a call for an act on one client, answering with what it then is.
func (w *Window) change(name, id string, act func(context.Context, *Service) error) (View, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (View, error) {
		if err := act(ctx, s); err != nil {
			return View{}, err
		}
		d, err := s.Get(ctx, id)
		return d.view(access.From(ctx)), err
	})
}

// Open opens the dashboard of an active client.
func (w *Window) Open(id string) (DashboardView, error) {
	return w.inside("client.Open", id, func(context.Context, *Service) error { return nil })
}

// Figures returns what a client brings, and its orders: those that were noted and those that were made of quotes.
func (w *Window) Figures(id string) (FiguresView, error) {
	return bridge.Call(w.room, "client.Figures", func(ctx context.Context, s *Service) (FiguresView, error) {
		f, err := s.Figures(ctx, id)
		if err != nil {
			return FiguresView{}, err
		}
		return f.view()
	})
}

// Products returns what runs for a client and is paid again within twelve months, the soonest few, and how many there are.
func (w *Window) Products(id string, limit int) (ProductsView, error) {
	return bridge.Call(w.room, "client.Products", func(ctx context.Context, s *Service) (ProductsView, error) {
		list, found, err := s.Products(ctx, id, min(limit, MaxRunning))
		v := ProductsView{List: []RunningView{}, Found: found}
		for _, r := range list {
			v.List = append(v.List, r.view())
		}
		return v, err
	})
}

// Gains returns what each client earns in this month, and all of them together.
func (w *Window) Gains() (GainsView, error) {
	return bridge.Call(w.room, "client.Gains", func(ctx context.Context, s *Service) (GainsView, error) {
		b, err := s.Gains(ctx)
		v := GainsView{Clients: []ClientGain{}, Total: bridge.MoneysOf(b.Total)}
		for _, id := range slices.Sorted(maps.Keys(b.Clients)) {
			v.Clients = append(v.Clients, ClientGain{id, bridge.MoneysOf(b.Clients[id])})
		}
		return v, err
	})
}

// Price computes what an order would cost in a client and what it would bring, and records nothing.
func (w *Window) Price(id string, in NewOrder) (OrderView, error) {
	return bridge.Call(w.room, "client.Price", func(ctx context.Context, s *Service) (OrderView, error) {
		o, err := s.Price(ctx, id, in)
		return o.view(), err
	})
}

// RecordOrder keeps an order or renewal of a client.
func (w *Window) RecordOrder(id string, in NewOrder) (DashboardView, error) {
	return w.inside("client.RecordOrder", id, func(ctx context.Context, s *Service) error { return s.RecordOrder(ctx, id, in) })
}

// ForgetOrder removes an order that was recorded by mistake.
func (w *Window) ForgetOrder(id, order string) (DashboardView, error) {
	return w.inside("client.ForgetOrder", id, func(ctx context.Context, s *Service) error { return s.ForgetOrder(ctx, id, order) })
}

// Receive credits the cashback of an order to the prepaid account, with the amount that came.
func (w *Window) Receive(id, order, amount string) (DashboardView, error) {
	return w.inside("client.Receive", id, func(ctx context.Context, s *Service) error { return s.Receive(ctx, id, order, amount) })
}

// inside is change for an act in a client's dashboard.
func (w *Window) inside(name, id string, act func(context.Context, *Service) error) (DashboardView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (DashboardView, error) {
		if err := act(ctx, s); err != nil {
			return DashboardView{}, err
		}
		d, err := s.Open(ctx, id)
		return d.view(), err
	})
}
