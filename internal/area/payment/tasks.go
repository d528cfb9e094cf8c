package payment

import (
	"context"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Tasks keeps what is still to be done in the Manager.
type Tasks interface {
	Note(ctx context.Context, tx *sqlite.Tx, t manager.Task) (string, error)
	Find(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) (manager.Task, error)
	Withdraw(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) error
}

// TaskKinds are the kinds of tasks that SettleTask settles.
var TaskKinds = []manager.Kind{manager.CoverPlan, manager.DefaultMethod, manager.MethodRemoved}

// notePlan notes that renewals are to be moved to the prepaid account. The record of the task is the list of their ids;
// what they are paid with until then is kept with it.
func (s *Service) notePlan(ctx context.Context, tx *sqlite.Tx, list []Renewal) error {
	ids, was := make([]string, 0, len(list)), make([]string, 0, len(list))
	for _, r := range list {
		ids, was = append(ids, r.ID), append(was, r.ProfileID)
	}
	_, err := s.o.Tasks.Note(ctx, tx, manager.Task{
		Kind: manager.CoverPlan, Ref: strings.Join(ids, " "), Params: map[string]string{"n": strconv.Itoa(len(ids)), "was": strings.Join(was, " ")},
	})
	return err
}

// noteDefault notes that another profile is to be the default: "is" the one that was chosen, "was" the one that counts
// until then. There is one such task, for the latest choice.
func (s *Service) noteDefault(ctx context.Context, tx *sqlite.Tx, organizationID string, p Profile, before string) error {
	_, err := s.o.Tasks.Note(ctx, tx, manager.Task{
		Kind: manager.DefaultMethod, Ref: organizationID, Params: map[string]string{"method": p.Sign(), "is": p.ID, "was": before},
	})
	return err
}

// SettleTask does what follows from the person's word about a task, in the transaction that closes it or opens it again.
// It asks for no permission: whoever calls it has.
//
// Planned renewals move to the prepaid account, another default counts and a removed profile goes, once that was done.
func (s *Service) SettleTask(ctx context.Context, tx *sqlite.Tx, t manager.Task, outcome manager.Outcome) error {
	organizationID := access.From(ctx).OrganizationID
	switch t.Kind {
	case manager.CoverPlan:
		return s.settlePlan(ctx, tx, organizationID, t, outcome)
	case manager.DefaultMethod:
		if outcome == manager.Done {
			return ignoreMissing(s.makeDefault(ctx, tx, organizationID, t.Params["is"]))
		}
		p, err := profile(ctx, tx, organizationID, t.Params["is"])
		if err != nil || !p.Default { // it does not count, or is gone
			return ignoreMissing(err)
		}
		return ignoreMissing(s.makeDefault(ctx, tx, organizationID, t.Params["was"]))
	case manager.MethodRemoved:
		if outcome == manager.Done {
			return ignoreMissing(s.erase(ctx, tx, organizationID, t.Ref))
		}
	}
	return nil
}

func (s *Service) settlePlan(ctx context.Context, tx *sqlite.Tx, organizationID string, t manager.Task, outcome manager.Outcome) error {
	prepaid, err := prepaidID(ctx, tx, organizationID)
	if err != nil {
		return err
	}
	was := strings.Split(t.Params["was"], " ")
	for i, id := range strings.Split(t.Ref, " ") {
		r, err := renewal(ctx, tx, organizationID, id)
		if fault.CodeOf(err) == fault.NotFound {
			continue // the product is gone
		}
		if err != nil {
			return err
		}
		switch {
		case outcome == manager.Done:
			r.ProfileID = prepaid
		case outcome == manager.Open && t.Outcome == manager.Done && r.ProfileID == prepaid && i < len(was):
			r.ProfileID = was[i]
		}
		if err := s.plan(ctx, tx, r, outcome == manager.Open); err != nil {
			return err
		}
	}
	return nil
}

func ignoreMissing(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}
