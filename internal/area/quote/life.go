package quote

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Send notes that a draft was sent: from now on nothing of it changes but the answer. Requires access.WriteQuotes. Errors:
// Conflict ReasonListEnded or ReasonListFuture as long as the person has not confirmed it.
func (s *Service) Send(ctx context.Context, id string, version int, confirmed ...string) error {
	found, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	paper, _, err := s.paper(ctx, found)
	if err != nil {
		return err
	}
	return s.step(ctx, id, version, Draft, func(tx *sqlite.Tx, q *Quote) error {
		if q.ValidUntil < s.clock.Of(ctx, tx.Now) {
			var c fault.Check
			c.Refuse("validUntil", "date_in_past")
			return c.Err()
		}
		if err := q.Basis.askList(s.clock.Of(ctx, tx.Now), confirmed); err != nil {
			return err
		}
		q.State, q.SentAt = Sent, tx.Now
		if err := spend(ctx, tx, access.From(ctx).OrganizationID, *q); err != nil {
			return err
		}
		return freezePaper(ctx, tx, q.ID, paper)
	})
}

// Acceptance is how a quote was accepted.
type Acceptance struct {
	Scenario int    `json:"scenario"` // from 1
	On       string `json:"on"`       // the day; "" is today
	By       string `json:"by"`       // who said yes for the recipient; "" is not known
}

// Accept records that the recipient took a scenario of a quote that was valid on the day when they did; that may be
// before today, not before the quote was sent. Requires access.WriteQuotes.
func (s *Service) Accept(ctx context.Context, id string, version int, in Acceptance) error {
	return s.step(ctx, id, version, Sent, func(tx *sqlite.Tx, q *Quote) error {
		var c fault.Check
		today := s.clock.Of(ctx, tx.Now)
		on, err := today, error(nil)
		if in.On != "" {
			on, err = day.Parse(in.On)
		}
		switch sent := s.clock.Of(ctx, q.SentAt); {
		case err != nil:
			c.Refuse("on", "not_a_date")
		case on > today:
			c.Refuse("on", "date_in_future")
		case on < sent:
			c.Refuse("on", "before_sent")
		}
		if in.Scenario < 1 || in.Scenario > len(q.Basis.Scenarios) {
			c.Refuse("scenario", "not_a_choice")
		}
		by := input.Line(&c, "by", in.By, MaxName, false)
		if err := c.Err(); err != nil {
			return err
		}
		if q.StateOn(on) == Expired {
			return fault.New(fault.Conflict, ReasonExpired)
		}
		if q.RevisedBy != "" {
			return fault.New(fault.Conflict, ReasonRevised)
		}
		q.State, q.Accepted, q.AnsweredAt, q.AnsweredBy = Accepted, in.Scenario, tx.Now, by
		if on < today {
			q.AnsweredAt = time.Date(on.Time().Year(), on.Time().Month(), on.Time().Day(), 12, 0, 0, 0, s.clock.Location(ctx))
		}
		return nil
	})
}

// Decline records that the recipient said no. Requires access.WriteQuotes.
func (s *Service) Decline(ctx context.Context, id string, version int) error {
	return s.step(ctx, id, version, Sent, func(tx *sqlite.Tx, q *Quote) error {
		q.State, q.AnsweredAt = Declined, tx.Now
		return nil
	})
}

// step moves a quote on from a state; what is frozen stays.
func (s *Service) step(ctx context.Context, id string, version int, from State, act func(*sqlite.Tx, *Quote) error) error {
	seen, err := s.enter(ctx)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		q, err := s.changeable(ctx, tx, seen, id, version, from)
		if err != nil {
			return err
		}
		if err := act(tx, &q); err != nil {
			return err
		}
		if err := write(ctx, tx, seen.actor.OrganizationID, q, ""); err != nil {
			return err
		}
		return s.record(ctx, tx, q, audit.Entry{Action: audit.ItemChanged, Old: string(from), New: string(q.State)})
	})
}

// Duplicate makes a draft with another number of what a quote says, and returns its id; its prices are those of the
// original until it is changed. Requires access.WriteQuotes.
func (s *Service) Duplicate(ctx context.Context, id string) (string, error) {
	return s.again(ctx, id, func(tx *sqlite.Tx, organizationID string, q *Quote) (err error) {
		q.Year, q.Revision, q.Revises = s.clock.Of(ctx, tx.Now).Time().Year(), 1, ""
		return s.give(ctx, tx, organizationID, q)
	})
}

// Revise makes a draft of the next revision of a quote that was sent or declined, and returns its id.
// Requires access.WriteQuotes.
func (s *Service) Revise(ctx context.Context, id string) (string, error) {
	return s.again(ctx, id, func(tx *sqlite.Tx, organizationID string, q *Quote) (err error) {
		if q.State != Sent && q.State != Declined {
			return fault.New(fault.Conflict, ReasonState)
		}
		q.Revises = q.ID
		q.Revision, err = nextRevision(ctx, tx, organizationID, q.Year, q.Serial)
		return err
	})
}

func (s *Service) again(ctx context.Context, id string, renumber func(*sqlite.Tx, string, *Quote) error) (made string, err error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := one(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		q := old.Quote
		if err := renumber(tx, seen.actor.OrganizationID, &q); err != nil {
			return err
		}
		valid := max(q.ValidUntil-s.clock.Of(ctx, old.Created), 1) // it is valid for as long as the original was
		q.ID, q.AuthorID, q.State, q.Version, q.Accepted = tx.NewID(), seen.actor.AccountID, Draft, 0, 0
		q.AnsweredBy = ""
		q.Created, q.SentAt, q.AnsweredAt, q.ValidUntil = tx.Now, time.Time{}, time.Time{}, s.clock.Of(ctx, tx.Now)+valid
		made = q.ID
		if err := s.save(ctx, tx, seen.actor, q, audit.Entry{Action: audit.ItemAdded, Old: old.Number(), New: summary(q)}); err != nil {
			return err
		}
		return copyOwn(ctx, tx, old.ID, made)
	})
	return made, err
}

// Discard deletes a draft for good. Requires access.WriteQuotes.
func (s *Service) Discard(ctx context.Context, id string, version int) error {
	seen, err := s.enter(ctx)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		q, err := s.changeable(ctx, tx, seen, id, version, Draft)
		if err != nil {
			return err
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return s.record(ctx, tx, q, audit.Entry{Action: audit.ItemDeleted, Old: summary(q)})
	})
}
