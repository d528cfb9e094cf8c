package transfer

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// Waiting lists the transfers that wait for the person: what failed, and what was asked of the service without a word
// on what came of it. Whoever may not see transfers is told of none.
func (s *Service) Waiting(ctx context.Context) ([]Entry, error) {
	actor := access.From(ctx)
	if !actor.Can(access.ManageDomains) {
		return []Entry{}, nil
	}
	var list []Entry
	err := s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = entries(ctx, q, actor.OrganizationID, []Stage{Failed, Requested}, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	waiting := list[:0]
	for _, e := range list {
		if e.Stage == Failed || e.Asked {
			waiting = append(waiting, e)
		}
	}
	return waiting, nil
}
