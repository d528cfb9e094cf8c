// Package sample builds the workspace that a person may explore before entering anything: an invented studio, its
// clients and a year of their work. The same seed and the same day give the same workspace. Every record goes through
// the service that owns it, so the sample obeys the rules that it shows.
package sample

import (
	"context"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/day"
	"kontor/internal/host/sqlite"
)

// seed of everything that is drawn by lot.
const seed = 1814

// Email is the login e-mail of the person as whom one explores the sample.
const Email = "elena@ponteri.example"

// Password is Elena's: shown wherever the sample asks for it, so that every act can be tried.
const Password = "Kontor-Demo"

// story is what the parts share: the services, the clock that they move, and who was invented so far.
type story struct {
	db            *sqlite.DB
	random        *rand.Rand
	today         time.Time // the day on which the story ends
	clock         time.Time
	journal       *activity.Service
	profiles      *profile.Service
	organizations *organization.Service
	sessions      *session.Service

	people []person
	orgs   []organization.Organization
	ids    map[string]string // of the clients, by name
	names  named
}

// person is an invented member with the places where she works.
type person struct {
	account profile.Account
	member  []string // ids of organizations
}

// parts build the story in this order; each area adds its own.
var parts = []func(context.Context, *story) error{people, journal, sessions, prices, transfers, logo, clients, payments, quotes, sales, portraits}

// calendar is the clock of the story. It is told in UTC, so that it is the same wherever it is told.
func (s *story) calendar() day.Clock {
	return day.ClockIn(time.UTC, func() time.Time { return s.clock })
}

// on is the day of a moment of the story.
func (s *story) on(t time.Time) day.Day { return s.calendar().Of(context.Background(), t) }

// Build makes the sample workspace in dir, as it would have grown until now, with names in a language ("it"). A folder that holds one already is left
// alone; one that was begun and not finished is begun anew.
func Build(ctx context.Context, dir string, now time.Time, language string) error {
	path := filepath.Join(dir, "kontor.db")
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	work := filepath.Join(dir, "building")
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := build(ctx, filepath.Join(work, "kontor.db"), now, language); err != nil {
		return err
	}
	if err := move(work, dir); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(work, "kontor.db"), path); err != nil {
		return err
	}
	return os.RemoveAll(work)
}

func build(ctx context.Context, path string, now time.Time, language string) (err error) {
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // invented data, not a secret
	s := &story{random: random, names: namesIn(language), today: now.UTC().Truncate(24 * time.Hour), clock: now.UTC().AddDate(-1, 0, 0)}
	s.db, err = sqlite.Open(ctx, path, sqlite.Options{
		Now:   func() time.Time { return s.clock },
		NewID: func() string { return id(random) },
	})
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := s.db.Close(); err == nil {
			err = closeErr
		}
	}()
	people := profile.NewDirectory(s.db, organization.NewDirectory(s.db))
	s.journal = activity.New(s.db, people, nil)
	s.profiles = profile.NewService(people, s.journal, nil, nil)
	s.organizations = organization.NewService(s.db, s.journal, nil, s.profiles)
	s.sessions = session.NewService(session.Options{
		DB: s.db, Journal: s.journal, Accounts: s.profiles, Members: s.organizations, Params: session.HashParams,
	})
	for _, part := range parts {
		if err := part(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func id(random *rand.Rand) string {
	b := make([]byte, 16)
	for i := range b {
		b[i] = byte(random.UintN(256))
	}
	return hex.EncodeToString(b)
}

// Elena returns the account as whom one explores the sample.
func Elena(ctx context.Context, profiles *profile.Service) (string, error) {
	return profiles.IDByEmail(ctx, Email)
}
