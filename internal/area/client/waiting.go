package client

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/pricing"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// Waiting tells Home of the clients that have not answered, or granted less than was asked. A person who may not manage
// clients has nothing to do about it and is told of none.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	actor := access.From(ctx)
	if !actor.Can(access.ManageClients) {
		return []waiting.Line{}, nil
	}
	var list []Entry
	err := s.db.View(ctx, func(q sqlite.Queryer) error {
		for _, show := range []string{"less", "pending"} {
			some, err := entries(ctx, q, actor, Filter{Show: show})
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		return nil
	})
	return waitingLines(list), err
}

// manyWaiting is how many clients of a kind Home still names one by one.
const manyWaiting = 5

func waitingLines(list []Entry) []waiting.Line {
	lines := []waiting.Line{}
	for _, state := range []State{Pending, Active} {
		if many := waitingAtOnce(list, state); many != nil {
			lines = append(lines, *many)
			list = slices.DeleteFunc(list, func(e Entry) bool { return e.State == state })
		}
	}
	for _, e := range list {
		l := waiting.Line{
			Area: "client", Kind: "client_less", Ref: e.ID, Urgency: waiting.Unusual, At: e.Since, Route: "/client/" + e.ID + "/rights",
			Params: map[string]string{"client": e.Name},
		}
		if e.State == Pending {
			l.Kind, l.Urgency = "client_unanswered", waiting.Answer
		}
		lines = append(lines, l)
	}
	return lines
}

// waitingAtOnce is one line for all clients of a state where there are too many to name; nil where there are not.
func waitingAtOnce(list []Entry, state State) *waiting.Line {
	l := waiting.Line{Area: "client", Kind: "clients_less", Ref: waiting.Only, Urgency: waiting.Unusual, Route: "/client?show=less"}
	if state == Pending {
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

// Payers tells, of every client that has granted something and that the person may see, whose means pay: by id. Requires
// access.ViewClients.
func (s *Service) Payers(ctx context.Context) (map[string]pricing.Party, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return nil, err
	}
	list, err := entries(ctx, s.db.Reader(), actor, Filter{Show: "active"})
	who := map[string]pricing.Party{}
	for _, e := range list {
		if e.Granted != "" {
			who[e.ID] = Rights{Access: e.Granted, Wallet: e.Wallet}.Pays()
		}
	}
	return who, err
}

// Known tells Home how many clients the person works for or waits for.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return waiting.Known("clients", 0, err)
	}
	n, err := counts(ctx, s.db.Reader(), actor)
	return waiting.Known("clients", n.Active+n.Pending, err)
}
