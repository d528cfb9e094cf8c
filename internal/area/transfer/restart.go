package transfer

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Tasks keeps what only the Manager can do until the person says that it was done.
type Tasks interface {
	Note(ctx context.Context, tx *sqlite.Tx, t manager.Task) (string, error)
	Withdraw(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) error
}

// TaskKinds are the kinds of tasks that this area notes and closes, see Settled.
func TaskKinds() []manager.Kind { return []manager.Kind{manager.RestartDomain, manager.TransferDomain} }

// note writes down what is to be done in the Manager about a transfer.
func (s *Service) note(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, t Transfer) error {
	_, err := s.tasks.Note(ctx, tx, manager.Task{Kind: kind, Ref: t.ID, Params: map[string]string{"domain": Display(t.Domain)}})
	return err
}

// withdraw takes back what was noted to be done about a transfer: it has come further, or is gone.
func (s *Service) withdraw(ctx context.Context, tx *sqlite.Tx, id string, kinds ...manager.Kind) error {
	for _, kind := range kinds {
		if err := s.tasks.Withdraw(ctx, tx, kind, id); err != nil {
			return err
		}
	}
	return nil
}

// NoteRestart writes down that the person is about to restart a failed transfer in the Manager. The transfer stays failed:
// no attempt begins before the person says that it was restarted there. What is known to make it fail again stops it,
// unless the person goes ahead in spite of it.
func (s *Service) NoteRestart(ctx context.Context, id string, inSpite bool) error {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return err
	}
	return s.change(ctx, id, func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		if t.Stage != Failed {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		situation, _, err := s.situation(ctx, tx, actor, id)
		if err != nil {
			return audit.Entry{}, err
		}
		if left := Blockers(Preflight(situation)); len(left) > 0 && !inSpite {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_blocked").With("count", strconv.Itoa(len(left)))
		}
		return audit.Entry{New: "restart"}, s.note(ctx, tx, manager.RestartDomain, *t)
	})
}

// Restarted records, by the person's word, that a failed transfer was restarted in the Manager: the next attempt of the
// same request begins, without a new fee.
func (s *Service) Restarted(ctx context.Context, id string) error {
	if _, err := access.Require(ctx, access.ManageDomains); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.tasks.Withdraw(ctx, tx, manager.RestartDomain, id); err != nil {
			return err
		}
		return s.changeIn(ctx, tx, id, s.restarted(ctx))
	})
}

func (s *Service) restarted(ctx context.Context) act {
	return func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		if t.Stage != Failed {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		list, err := attempts(ctx, tx, t.ID)
		if err != nil {
			return audit.Entry{}, err
		}
		currency, err := s.organizations.Currency(ctx, tx, access.From(ctx).OrganizationID)
		if err != nil {
			return audit.Entry{}, err
		}
		if first := list[len(list)-1].Fee; first != nil {
			currency = first.Currency()
		}
		nothing := money.Zero(currency)
		next := Attempt{Number: list[0].Number + 1, Started: tx.Now, Fee: &nothing}
		if err := insertAttempt(ctx, tx, t.ID, next, currency); err != nil {
			return audit.Entry{}, err
		}
		t.Stage, t.Since, t.Asked = Requested, tx.Now, true
		return audit.Entry{Action: audit.OrderHandled, Old: strconv.Itoa(list[0].Number), New: strconv.Itoa(next.Number)}, nil
	}
}

// takeBack undoes restarted, as long as nothing was recorded of the attempt since.
func (s *Service) takeBack(ctx context.Context) act {
	return func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		list, err := attempts(ctx, tx, t.ID)
		if err != nil {
			return audit.Entry{}, err
		}
		if t.Stage != Requested || !t.Asked || len(list) < 2 {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		if err := removeAttempt(ctx, tx, t.ID, list[0].Number); err != nil {
			return audit.Entry{}, err
		}
		t.Stage, t.Since, t.Asked = Failed, list[1].Ended, false
		return audit.Entry{Action: audit.OrderHandled, Old: strconv.Itoa(list[0].Number), New: strconv.Itoa(list[1].Number)}, nil
	}
}

// Settled is what follows when the person says that a transfer was restarted, or takes that word back. It is the
// manager.Closer of TaskKinds.
func (s *Service) Settled(ctx context.Context, tx *sqlite.Tx, task manager.Task, outcome manager.Outcome) error {
	switch {
	case task.Kind != manager.RestartDomain:
		return nil
	case outcome == manager.Done:
		return s.changeIn(ctx, tx, task.Ref, s.restarted(ctx))
	case task.Outcome == manager.Done:
		return s.changeIn(ctx, tx, task.Ref, s.takeBack(ctx))
	}
	return nil
}
