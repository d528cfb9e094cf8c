package app

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/area/client"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
)

// ClientService keeps the clients of a partner.
type ClientService struct{ app *App }

// List returns the clients of a kind ("" under management, active, pending, differs, less, past) that hold every word of
// search.
func (s *ClientService) List(show, search string) (ClientListView, error) {
	return call(s.app, "client.List", func(ctx context.Context, h *workspace) (ClientListView, error) {
		list, n, err := h.clients.List(ctx, client.Filter{Show: show, Search: search})
		if err != nil {
			return ClientListView{}, err
		}
		return clientListView(list, n), nil
	})
}

// Doors returns the first few active clients by name, for the menu in which they are entered, and how many there are.
func (s *ClientService) Doors(most int) (ClientDoorsView, error) {
	return call(s.app, "client.Doors", func(ctx context.Context, h *workspace) (ClientDoorsView, error) {
		v := ClientDoorsView{Clients: []ClientDoorView{}}
		list, _, err := h.clients.List(ctx, client.Filter{Show: "active"})
		v.All = len(list)
		for _, e := range list[:max(0, min(most, len(list)))] {
			v.Clients = append(v.Clients, ClientDoorView{e.ID, e.Name})
		}
		return v, err
	})
}

// Get returns everything about one client.
func (s *ClientService) Get(id string) (ClientView, error) {
	return call(s.app, "client.Get", func(ctx context.Context, h *workspace) (ClientView, error) {
		return clientDetail(ctx, h, id)
	})
}

// Families lists the families of products.
func (s *ClientService) Families() []string { return client.Families }

// Ask records that a client is asked for access, and returns its id.
func (s *ClientService) Ask(in ClientInput) (string, error) {
	return call(s.app, "client.Ask", func(ctx context.Context, h *workspace) (string, error) {
		return h.clients.Ask(ctx, client.New{
			Details: client.Details{Name: in.Name, Place: in.Place, Number: in.Number}, Rights: rightsOf(in.Rights),
		})
	})
}

// AskAgain replaces what is asked of a client.
func (s *ClientService) AskAgain(id string, version int, in RightsView) (ClientView, error) {
	return s.change("client.AskAgain", id, func(ctx context.Context, h *workspace) error {
		return h.clients.AskAgain(ctx, id, version, rightsOf(in))
	})
}

// Correct puts a client's name, place or number right.
func (s *ClientService) Correct(id string, version int, name, place, number string) (ClientView, error) {
	return s.change("client.Correct", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Correct(ctx, id, version, client.Details{Name: name, Place: place, Number: number})
	})
}

// Answer records by hand what the client has granted since a day (2026-11-20).
func (s *ClientService) Answer(id string, version int, in RightsView, since string) (ClientView, error) {
	return s.change("client.Answer", id, func(ctx context.Context, h *workspace) error {
		on, err := day.Parse(since)
		if err != nil {
			var c fault.Check
			c.Refuse("since", "not_a_date")
			return c.Err()
		}
		return h.clients.Answer(ctx, id, version, rightsOf(in), on)
	})
}

// Refuse records by hand that the client grants nothing.
func (s *ClientService) Refuse(id string, version int) (ClientView, error) {
	return s.change("client.Refuse", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Refuse(ctx, id, version)
	})
}

// Withdraw takes back a request that has no answer.
func (s *ClientService) Withdraw(id string, version int) (ClientView, error) {
	return s.change("client.Withdraw", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Withdraw(ctx, id, version)
	})
}

// Loose tells what the end of a collaboration would leave open.
func (s *ClientService) Loose(id string) (ClientLooseView, error) {
	return call(s.app, "client.Loose", func(ctx context.Context, h *workspace) (ClientLooseView, error) {
		l, err := h.clients.Loose(ctx, id)
		return looseView(l), err
	})
}

// Stop ends the collaboration, after the password of the account was given.
func (s *ClientService) Stop(id string, version int, password string) (ClientView, error) {
	return s.change("client.Stop", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Stop(ctx, id, version, password)
	})
}

// Allow says which collaborators may see a client.
func (s *ClientService) Allow(id string, accounts []string) (ClientView, error) {
	return s.change("client.Allow", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Allow(ctx, id, accounts)
	})
}

// change is call for an act on one client, answering with what it then is.
func (s *ClientService) change(name, id string, act func(context.Context, *workspace) error) (ClientView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (ClientView, error) {
		if err := act(ctx, h); err != nil {
			return ClientView{}, err
		}
		return clientDetail(ctx, h, id)
	})
}

// waitingClients is the share of the clients in what waits.
func waitingClients(s *client.Service) waiting.Source {
	return func(ctx context.Context) ([]waiting.Line, error) {
		list, err := s.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		lines := []waiting.Line{}
		for _, state := range []client.State{client.Pending, client.Active} {
			if many := waitingAtOnce(list, state); many != nil {
				lines = append(lines, *many)
				list = slices.DeleteFunc(list, func(e client.Entry) bool { return e.State == state })
			}
		}
		for _, e := range list {
			l := waiting.Line{
				Area: "client", Kind: "client_less", Urgency: waiting.Unusual, At: e.Since, Route: "/client/" + e.ID,
				Params: map[string]string{"client": e.Name},
			}
			if e.State == client.Pending {
				l.Kind, l.Urgency = "client_unanswered", waiting.Answer
			}
			lines = append(lines, l)
		}
		return lines, nil
	}
}

// manyWaiting is how many clients of a kind Home still names one by one.
const manyWaiting = 5

// waitingAtOnce is one line for all clients of a state where there are too many to name; nil where there are not.
func waitingAtOnce(list []client.Entry, state client.State) *waiting.Line {
	l := waiting.Line{Area: "client", Kind: "clients_less", Urgency: waiting.Unusual, Route: "/client?show=less"}
	if state == client.Pending {
		l.Kind, l.Urgency, l.Route = "clients_unanswered", waiting.Answer, "/client?show=pending"
	}
	count := 0
	for _, e := range list {
		if e.State != state {
			continue
		}
		if count++; count == 1 || e.Since.Before(l.At) {
			l.At, l.Params = e.Since, map[string]string{"client": e.Name}
		}
	}
	if count <= manyWaiting {
		return nil
	}
	l.Params["count"] = strconv.Itoa(count)
	return &l
}

func rightsOf(in RightsView) client.Rights {
	r := client.Rights{Access: client.Access(in.Access), Wallet: in.Wallet, Products: []client.Product{}}
	for _, p := range in.Products {
		r.Products = append(r.Products, client.Product(p))
	}
	return r
}
