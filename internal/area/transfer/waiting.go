package transfer

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// Waiting tells Home of the transfers that wait for the person: what failed, and what was asked of the service without a
// word on what came of it. Whoever may not see transfers is told of none.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	lines := []waiting.Line{}
	actor := access.From(ctx)
	if !actor.Can(access.ManageDomains) {
		return lines, nil
	}
	var list []Entry
	err := s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = entries(ctx, q, actor, []Stage{Failed, Requested}, "")
		return err
	})
	for _, e := range list {
		if e.Stage != Failed && !e.Asked {
			continue
		}
		l := waiting.Line{
			Area: "transfer", Kind: "transfer_failed", Ref: e.ID, Urgency: waiting.Failed, At: e.Since, Route: "/transfer/" + e.ID,
			Params: map[string]string{"domain": Display(e.Domain), "cause": string(e.Cause)},
		}
		if e.Stage != Failed {
			l.Kind, l.Urgency = "transfer_asked", waiting.Answer
		}
		lines = append(lines, l)
	}
	return lines, err
}

// Transfers lists the transfers that the person may see, however far they have come. Requires access.ManageDomains.
func (s *Service) Transfers(ctx context.Context) (list []Entry, err error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		list, err = entries(ctx, q, actor, nil, "")
		return err
	})
	return list, err
}

// Known tells Home how many transfers are kept.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	list, err := s.Transfers(ctx)
	return waiting.Known("transfers", len(list), err)
}
