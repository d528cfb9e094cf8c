package transfer

import (
	"context"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Advance records how far a request has come, by the person's word. When it is done its code is erased. A failure is
// recorded with Fail, because it has a reason.
func (s *Service) Advance(ctx context.Context, id string, to Stage) error {
	return s.change(ctx, id, func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		if to == Failed || !slices.Contains(t.Stage.Next(), to) {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		if err := s.withdraw(ctx, tx, id, TaskKinds()...); err != nil {
			return audit.Entry{}, err
		}
		before := t.Stage
		t.Stage, t.Since, t.Asked = to, tx.Now, false
		if to == Done {
			if err := s.finish(ctx, tx, t); err != nil {
				return audit.Entry{}, err
			}
		}
		return audit.Entry{Old: string(before), New: string(to)}, nil
	})
}

func (s *Service) finish(ctx context.Context, tx *sqlite.Tx, t *Transfer) error {
	list, err := attempts(ctx, tx, t.ID)
	if err != nil {
		return err
	}
	last := list[0]
	last.Ended, last.Outcome = tx.Now, Done
	if err := endAttempt(ctx, tx, t.ID, last); err != nil {
		return err
	}
	t.Code, t.RestartBy = Code{}, time.Time{}
	today := s.clock.Of(ctx, tx.Now)
	if e := NewExpiry(t.Domain, t.Facts.Expires, today); e.Day != 0 {
		t.Facts.Expires = e.Day
	}
	t.Facts.Moved = today
	return s.vault.Delete(ctx, tx, place, t.ID, field)
}

// Failure is how an attempt ended: with a message to read, or with what the person chose.
type Failure struct {
	Message []byte // an e-mail file or text; nil if there is none
	Cause   Cause  // instead of what the message says; "" leaves it to the diagnosis
	At      time.Time
}

// read makes words of the message; nil if there is none.
func (f Failure) read() (*Message, error) {
	if f.Message == nil {
		return nil, nil //nolint:nilnil // no message is no error
	}
	m, err := ReadMessage(f.Message)
	return &m, err
}

// Fail records that the attempt under way has failed, and why as far as the message says. On an attempt that has failed
// before, another message, or the cause that the person chose, takes the place of what was known.
func (s *Service) Fail(ctx context.Context, id string, f Failure) error {
	if _, err := access.Require(ctx, access.ManageDomains); err != nil {
		return err
	}
	m, err := f.read()
	if err != nil {
		return err
	}
	return s.change(ctx, id, func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		list, err := attempts(ctx, tx, id)
		if err != nil {
			return audit.Entry{}, err
		}
		last := list[0]
		if t.Stage == Failed {
			before := last.Cause
			err := s.explain(ctx, tx, t, &last, m, f.Cause)
			return audit.Entry{Old: string(before), New: string(last.Cause)}, err
		}
		if !slices.Contains(t.Stage.Next(), Failed) {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		if last.Ended, err = ended(f.At, m, last, tx.Now); err != nil {
			return audit.Entry{}, err
		}
		if err := s.withdraw(ctx, tx, id, TaskKinds()...); err != nil {
			return audit.Entry{}, err
		}
		before := t.Stage
		last.Outcome = Failed
		t.Stage, t.Since, t.Asked, t.RestartBy = Failed, last.Ended, false, time.Time{}
		if !t.Code.EnteredAt.IsZero() && t.Code.Used == 0 {
			t.Code.Used = last.Number
		}
		if err := s.explain(ctx, tx, t, &last, m, f.Cause); err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Old: string(before), New: strings.TrimSpace(string(Failed) + " " + string(last.Cause))}, nil
	})
}

// ended is when an attempt failed: as the person says, else as the message says, else now.
func ended(said time.Time, m *Message, last Attempt, now time.Time) (time.Time, error) {
	at := said
	if at.IsZero() && m != nil {
		at = m.Sent
	}
	var c fault.Check
	switch {
	case at.IsZero(), said.IsZero() && (at.After(now) || at.Before(last.Started)):
		return now, nil
	case at.After(now):
		c.Refuse("ended", "date_in_future")
	case at.Before(last.Started):
		c.Refuse("ended", "before_start")
	}
	return at, c.Err()
}

// explain keeps the message of a failed attempt and what it says: the cause, the registry's code, the time that is left.
func (s *Service) explain(ctx context.Context, tx *sqlite.Tx, t *Transfer, last *Attempt, m *Message, chosen Cause) error {
	if chosen != "" && !chosen.Valid() {
		var c fault.Check
		c.Refuse("cause", "not_a_choice")
		return c.Err()
	}
	if m != nil {
		situation := Situation{Transfer: *t, Last: *last, Zone: s.clock.Location(ctx)}
		d := Diagnose(m.Words()).Against(situation.Excluded(last.Ended))
		last.Cause, last.EPP = d.Best(), 0
		if len(d.Codes) > 0 {
			last.EPP = d.Codes[0]
		}
		if by := Until(m.Words(), s.clock.Location(ctx)); by.After(last.Ended) {
			t.RestartBy = by
		}
		masked, err := s.masked(ctx, t, *m)
		if err != nil {
			return err
		}
		if err := putMessage(ctx, tx, t.ID, last.Number, masked); err != nil {
			return err
		}
	}
	if chosen != "" {
		last.Cause = chosen
	}
	return endAttempt(ctx, tx, t.ID, *last)
}

// masked takes the authorization code out of a message that repeats it: the code is kept in the vault only.
func (s *Service) masked(ctx context.Context, t *Transfer, m Message) (Message, error) {
	if t.Code.EnteredAt.IsZero() {
		return m, nil
	}
	code, err := s.vault.Get(ctx, place, t.ID, field)
	if fault.CodeOf(err) == fault.NotFound {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	m.Subject = strings.ReplaceAll(m.Subject, string(code), "•••")
	m.Body = strings.ReplaceAll(m.Body, string(code), "•••")
	return m, nil
}

// SetCode seals an authorization code; it replaces the one that was kept.
func (s *Service) SetCode(ctx context.Context, id, code string) error {
	return s.change(ctx, id, func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		var c fault.Check
		code = input.Code(&c, "code", code, MaxCode, true)
		if err := c.Err(); err != nil {
			return audit.Entry{}, err
		}
		if t.Stage == Done {
			return audit.Entry{}, fault.New(fault.Conflict, "transfer_stage")
		}
		t.Code = Code{EnteredAt: tx.Now}
		return audit.Entry{New: "code"}, s.vault.Put(ctx, tx, place, id, field, []byte(code))
	})
}

// RevealCode returns the authorization code to whoever gives the password, and says so in the journal. With the code
// anybody can take the domain away.
func (s *Service) RevealCode(ctx context.Context, id, password string) (string, error) {
	if _, err := s.get(ctx, id); err != nil {
		return "", err
	}
	if err := s.reauth.Reauthenticate(ctx, password); err != nil {
		return "", err
	}
	var code []byte
	err := s.change(ctx, id, func(*sqlite.Tx, *Transfer) (e audit.Entry, err error) {
		code, err = s.vault.Get(ctx, place, id, field)
		return audit.Entry{Action: audit.SecretRevealed}, err
	})
	return string(code), err
}

// Reading is what a message says, with the time that it gives.
type Reading struct {
	Message   Message
	Diagnosis Diagnosis
	Until     time.Time
	Other     []string // names that the message is about, if none of them is this transfer's
	Domain    string   // what it is about, if it is read for no transfer: the one that is followed, else the first named
	Follows   *Entry   // the newest transfer of Domain; nil if there is none
}

// Read reads a message without keeping anything. With an id, what is known of that transfer counts.
func (s *Service) Read(ctx context.Context, id string, data []byte) (Reading, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return Reading{}, err
	}
	m, err := ReadMessage(data)
	if err != nil {
		return Reading{}, err
	}
	r := Reading{Message: m, Diagnosis: Diagnose(m.Words()), Until: Until(m.Words(), s.clock.Location(ctx)), Other: []string{}}
	if id == "" {
		return r, s.lead(ctx, actor, &r)
	}
	situation, _, err := s.situation(ctx, s.db.Reader(), actor, id)
	if err != nil {
		return Reading{}, err
	}
	at := s.db.Now()
	if situation.Last.Outcome == Failed {
		at = situation.Last.Ended
	}
	r.Diagnosis = r.Diagnosis.Against(situation.Excluded(at))
	if !slices.Contains(r.Diagnosis.Names, situation.Transfer.Domain) {
		r.Other = r.Diagnosis.Names
	}
	return r, nil
}

// lead finds the transfer that a message is about: one that is under way or has failed before one that is done.
func (s *Service) lead(ctx context.Context, actor access.Actor, r *Reading) error {
	if len(r.Diagnosis.Names) == 0 {
		return nil
	}
	r.Domain = r.Diagnosis.Names[0]
	list, err := entries(ctx, s.db.Reader(), actor, nil, "")
	for _, name := range r.Diagnosis.Names {
		for _, e := range list {
			if e.Domain == name && (r.Follows == nil || r.Follows.Stage == Done && e.Stage != Done) {
				r.Domain, r.Follows = name, &e
			}
		}
	}
	if err != nil || r.Follows == nil {
		return err
	}
	situation, _, err := s.situation(ctx, s.db.Reader(), actor, r.Follows.ID)
	if err == nil {
		r.Diagnosis = r.Diagnosis.Against(situation.Excluded(s.db.Now()))
	}
	return err
}

// Calendar returns the deadlines of a transfer as an iCalendar file.
func (s *Service) Calendar(ctx context.Context, id string, reader words.Locale) (string, error) {
	d, err := s.get(ctx, id)
	if err != nil {
		return "", err
	}
	return Calendar(d.Transfer, d.Deadlines, reader, s.db.Now()), nil
}
