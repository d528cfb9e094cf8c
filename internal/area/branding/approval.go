package branding

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Approve records that somebody approved the draft: who, and on which day. The task to set it in the Manager is noted with
// it. Step is the one that the person looked at; fault.Conflict if the draft has changed since.
func (s *Service) Approve(ctx context.Context, step int, person, on string) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	var c fault.Check
	a := Approval{Person: input.Name(&c, "person", person, MaxPerson, true), RecordedBy: actor.AccountID, Ready: map[string]string{}, Brought: []string{}}
	if a.On, err = day.Parse(on); err != nil {
		c.Refuse("on", "not_a_date")
	} else if a.On > s.clock.Today(ctx) {
		c.Refuse("on", "date_in_future")
	}
	if err := c.Err(); err != nil {
		return err
	}
	st, err := s.State(ctx)
	if err != nil {
		return err
	}
	if err := fault.SameVersion(st.Step, step); err != nil {
		return err
	}
	files, err := s.ready(ctx, st)
	if err != nil {
		return err
	}
	for _, f := range files {
		a.Ready[f.Name] = f.SHA256
	}
	a.Digest, a.Name, a.Square = st.Digest(), st.Name, st.Draft.Square
	a.SquareSum, a.Rectangular = sumOf(st.plain(), st.Draft.Shown(Square)), sumOf(st.plain(), st.Draft.Shown(Rectangular))
	for _, p := range st.Pictures {
		if p.ID == st.Draft.Shown(p.Slot) {
			a.Brought = append(a.Brought, p.Brought)
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		draft, err := readDraft(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(draft.step, step); err != nil {
			return err
		}
		a.ID, a.RecordedAt = tx.NewID(), tx.Now
		if err := insertApproval(ctx, tx, actor.OrganizationID, a); err != nil {
			return err
		}
		if st.Changed() {
			task := manager.Task{Kind: manager.SetBranding, Ref: actor.OrganizationID}
			if _, err := s.tasks.Note(ctx, tx, task); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Branding, ObjectID: actor.OrganizationID, ObjectName: "approval", New: a.Person,
		})
	})
}
