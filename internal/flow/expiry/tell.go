package expiry

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

// How many days before an end a person is told of it, unless she says otherwise; how many such days there can be, and how
// far ahead.
const (
	usual       = "30 7 1"
	MaxWarnings = 5
	MaxAhead    = 365
)

const setting = "expiry.days"

// Days are how many days before an end the person is told, the most first; none: she is told of nothing.
func (s *Service) Days(ctx context.Context) ([]int, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	text, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), actor.AccountID, setting)
	if text == "" {
		text = usual
	}
	days := []int{}
	for word := range strings.FieldsSeq(text) {
		if n, err := strconv.Atoi(word); err == nil {
			days = append(days, n)
		}
	}
	return days, err
}

// SetDays says how many days before an end the person is told. Errors: Invalid at "days". Requires access.OwnProfile.
func (s *Service) SetDays(ctx context.Context, days []int) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	days = slices.Clone(days)
	slices.Sort(days)
	days = slices.Compact(days)
	slices.Reverse(days)
	var c fault.Check
	if len(days) > MaxWarnings {
		c.Refuse("days", "number_too_large", "max", strconv.Itoa(MaxWarnings))
	}
	text := "never"
	for i, n := range days {
		switch {
		case n < 0:
			c.Refuse("days", "number_too_small", "min", "0")
		case n > MaxAhead:
			c.Refuse("days", "number_too_large", "max", strconv.Itoa(MaxAhead))
		}
		if i == 0 {
			text = strconv.Itoa(n)
		} else {
			text += " " + strconv.Itoa(n)
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := s.o.Settings.Text(ctx, tx, actor.AccountID, setting)
		if err != nil || old == text {
			return err
		}
		if err := s.o.Settings.SetText(ctx, tx, actor.AccountID, setting, text); err != nil {
			return err
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{Action: audit.SettingsChanged, Product: audit.Expiry, ObjectName: "expiry_days", Old: old, New: text})
	})
}

// Tell tells the person who acts of every end that has come near enough since she was told last, in one message. Each end
// is told once for each of her days; a corrected day counts anew. It returns how many ends were told.
func (s *Service) Tell(ctx context.Context) (int, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil || s.o.Teller == nil {
		return 0, err
	}
	days, err := s.Days(ctx)
	if err != nil || len(days) == 0 {
		return 0, err
	}
	all, _, err := s.everything(ctx)
	if err != nil {
		return 0, err
	}
	today := s.o.Clock.Today(ctx)
	told := 0
	return told, s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		due := []Entry{}
		for _, e := range all {
			fresh := false
			for _, before := range days {
				if e.Ends < today || e.Ends-day.Day(before) > today {
					continue
				}
				one, err := note(ctx, tx, actor.AccountID, e, before)
				if err != nil {
					return err
				}
				fresh = fresh || one
			}
			if fresh {
				due = append(due, e)
			}
		}
		told = len(due)
		if told == 0 {
			return nil
		}
		zone := s.o.Clock.Location(ctx)
		return s.o.Teller.Tell(ctx, tx, actor.AccountID, func(b *words.Book) (subject, letter, short string) {
			return s.words(b, due, zone)
		})
	})
}

// note keeps that a person was told, and tells whether that is new.
func note(ctx context.Context, tx *sqlite.Tx, accountID string, e Entry, before int) (bool, error) {
	done, err := tx.ExecContext(ctx, "INSERT INTO expiry_told (account_id, entry, ends_on, days, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		accountID, e.Key, e.Ends, before, sqlite.Millis(tx.Now))
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// inLetter is how many ends a message names; the others it counts.
const inLetter = 40

func (s *Service) words(b *words.Book, due []Entry, zone *time.Location) (subject, letter, short string) {
	subject = b.T("expiry_told_subject", "n", len(due))
	short = due[0].Name + " · " + b.Day(due[0].Ends)
	if len(due) > 1 {
		short += " · " + b.T("expiry_told_more", "n", len(due)-1)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\n", b.T("expiry_told_lead"))
	for i, e := range due {
		if i == inLetter {
			fmt.Fprintf(&text, "%s\n\n", b.T("expiry_told_more", "n", len(due)-i))
			break
		}
		fmt.Fprintf(&text, "%s · %s\n  %s\n\n", b.Day(e.Ends), e.Name, strings.Join(e.said(b, zone), "\n  "))
	}
	fmt.Fprintf(&text, "-- \n%s\n", b.T("expiry_told_foot"))
	return subject, text.String(), short
}

// loop tells by itself while the program is open.
type loop struct {
	stop func()
	done sync.WaitGroup
}

// The first look comes when the window has settled, the next ones follow the clock.
const (
	first = time.Minute
	often = time.Hour
)

// Start looks from time to time whether whoever is signed in has to be told. It opens no connection of its own.
func (s *Service) Start() {
	ctx, stop := context.WithCancel(context.Background())
	s.loop.stop = stop
	beside.In(&s.loop.done, s.o.Log, "tell of what ends", func() {
		for wait := first; ; wait = often {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			if err := beside.Try(func() error { return s.look(ctx) }); err != nil && ctx.Err() == nil {
				s.o.Log.Error("tell of what ends", "error", err)
			}
		}
	})
}

func (s *Service) look(ctx context.Context) error {
	mine, err := s.o.Me(ctx)
	if err != nil || access.From(mine).AccountID == "" {
		return err
	}
	_, err = s.Tell(mine)
	return err
}

// Stop ends what Start began, if it did, and waits for it.
func (s *Service) Stop() {
	if s.loop.stop != nil {
		s.loop.stop()
		s.loop.done.Wait()
	}
}
