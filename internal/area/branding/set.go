package branding

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// MarkSet notes that the draft is what now stands in the Manager.
func (s *Service) MarkSet(ctx context.Context, step int) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sqlite.Tx) error {
		draft, err := readDraft(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(draft.step, step); err != nil {
			return err
		}
		if err := s.tasks.Withdraw(ctx, tx, manager.SetBranding, actor.OrganizationID); err != nil {
			return err
		}
		return s.noteSet(ctx, tx, actor.OrganizationID, draft.look)
	})
}

// noteSet notes by the person's word that a look stands in the Manager, and remembers what did before.
func (s *Service) noteSet(ctx context.Context, tx *sqlite.Tx, organization string, l Look) error {
	before, err := readLook(ctx, tx, organization, stageSet)
	if err != nil {
		return err
	}
	if err := keepSet(ctx, tx, organization, before.look); err != nil {
		return err
	}
	return s.writeSet(ctx, tx, organization, l, "noted")
}

func (s *Service) writeSet(ctx context.Context, tx *sqlite.Tx, organization string, l Look, how string) error {
	if err := writeLook(ctx, tx, organization, stageSet, 0, l); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.ItemChanged, Product: audit.Branding, ObjectID: organization, ObjectName: stageSet, New: how,
	})
}

// TakeSetBack takes the note that the draft stands in the Manager back: what counted as set before does so again.
func (s *Service) TakeSetBack(ctx context.Context) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sqlite.Tx) error { return s.takeSetBack(ctx, tx, actor.OrganizationID) })
}

func (s *Service) takeSetBack(ctx context.Context, tx *sqlite.Tx, organization string) error {
	n, err := setBefore(ctx, tx, organization)
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.Conflict, ReasonNotNoted)
	}
	if err != nil {
		return err
	}
	draft, err := readDraft(ctx, tx, organization) // a draft without steps of its own is what is set: it stays what it is
	if err != nil {
		return err
	}
	if draft.step < 0 {
		if err := writeLook(ctx, tx, organization, stageDraft, 0, draft.look); err != nil {
			return err
		}
	}
	if err := s.writeSet(ctx, tx, organization, n.before, "taken_back"); err != nil {
		return err
	}
	return forgetSetBefore(ctx, tx, organization)
}

// Settled is what closing the task "set the logo" in the list of what is to do in the Manager means: done is noted as
// with MarkSet, opening it again takes that back.
func (s *Service) Settled(ctx context.Context, tx *sqlite.Tx, t manager.Task, outcome manager.Outcome) error {
	switch outcome {
	case manager.Done:
		draft, err := readDraft(ctx, tx, t.Ref)
		if err != nil {
			return err
		}
		return s.noteSet(ctx, tx, t.Ref, draft.look)
	case manager.Open:
		if t.Outcome == manager.Done {
			return s.takeSetBack(ctx, tx, t.Ref)
		}
	}
	return nil
}
