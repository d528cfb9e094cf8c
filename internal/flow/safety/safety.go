// Package safety keeps copies of the workspace: one a day, and those that a person asks for. It lists them, says what
// putting one back would change, and keeps them within the room that they may take. It also watches the file itself: a
// large one is checked beside the work. The copies lie on the same disk; they help against a damaged file and against
// mistakes, not against a lost disk.
package safety

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// Spaces are the choices of how much room the copies may take, in bytes; the first is what it is until somebody chooses.
var Spaces = []int64{sqlite.CopySpace, 500 << 20, 1 << 30, 5 << 30, 10 << 30}

const spaceKey = "copies.space"

// object is what the journal calls the copies; what was done with one is its new value.
const (
	object   = "copies"
	made     = "copy_made"
	dropped  = "copy_dropped"
	restored = "copy_restored"
)

// Kind is a sort of record that a person knows, and the tables that hold it.
type Kind struct {
	Name   string // its words are settings_copy_<name>
	Tables []string
}

// Options say what a Service works on.
type Options struct {
	DB       *sqlite.DB
	Clock    day.Clock
	Journal  audit.Recorder
	Settings *settings.Store
	Kinds    []Kind // what Compare counts, in this order
	Log      *slog.Logger
	// Damaged is told, from another goroutine, that the file cannot be trusted any more.
	Damaged func(error)
}

// Service is the safety of one workspace.
type Service struct {
	o    Options
	stop context.CancelFunc
	done sync.WaitGroup
}

// New wires a Service. Start begins its work beside the calls.
func New(o Options) *Service { return &Service{o: o, stop: func() {}} }

const (
	first = 3 * time.Second  // after the start, which comes first
	often = 10 * time.Minute // how often it is asked whether a new day has begun
)

// Start makes the copy of each day and, where the file was too large to be checked at the start, checks it. Stop ends both.
func (s *Service) Start() {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	beside.In(&s.done, s.o.Log, "daily copy", func() {
		s.limit(ctx)
		for wait := first; ; wait = often {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			err := beside.Try(func() error { _, err := s.Today(ctx); return err })
			if err != nil && ctx.Err() == nil {
				s.o.Log.Error("daily copy", "error", err)
				s.doubt(err)
			}
		}
	})
	if s.o.DB.State().Checked {
		return
	}
	beside.In(&s.done, s.o.Log, "check the file", func() {
		if err := s.o.DB.Check(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Error("check the file", "error", err)
			s.doubt(err)
		}
	})
}

// Stop ends what Start began and waits for it.
func (s *Service) Stop() {
	s.stop()
	s.done.Wait()
}

func (s *Service) doubt(err error) {
	if fault.ReasonOf(err) == sqlite.ReasonDamaged && s.o.Damaged != nil {
		s.o.Damaged(err)
	}
}

// Today makes the copy of the day if there is none yet, and tells whether it did.
func (s *Service) Today(ctx context.Context) (bool, error) {
	list, err := s.o.DB.Copies()
	if err != nil {
		return false, err
	}
	if len(list) > 0 && s.o.Clock.Of(ctx, list[0].At) == s.o.Clock.Of(ctx, s.o.DB.Now()) {
		return false, nil
	}
	_, err = s.o.DB.Keep(ctx, sqlite.Daily)
	return err == nil, err
}

// Overview is what a person sees of the copies.
type Overview struct {
	Copies []sqlite.Copy // newest first
	Space  int64         // bytes that they may take
	State  sqlite.State  // how the file was found at the start
}

// Overview lists the copies.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return Overview{}, err
	}
	list, err := s.o.DB.Copies()
	if err != nil {
		return Overview{}, err
	}
	space, err := s.space(ctx)
	return Overview{Copies: list, Space: space, State: s.o.DB.State()}, err
}

// Make makes a copy now. Of a state that has one already that one is returned.
func (s *Service) Make(ctx context.Context) (sqlite.Copy, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return sqlite.Copy{}, err
	}
	if err := s.record(ctx, "", made); err != nil {
		return sqlite.Copy{}, err
	}
	c, err := s.o.DB.Keep(ctx, sqlite.Asked)
	s.doubt(err)
	return c, err
}

// Drop removes a copy for good. NotFound/copy if there is none of that name.
func (s *Service) Drop(ctx context.Context, name string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if _, err := s.o.DB.CopyFile(name); err != nil {
		return err
	}
	if err := s.record(ctx, name, dropped); err != nil {
		return err
	}
	return s.o.DB.DropCopy(name)
}

// SetSpace says how much room the copies may take, one of Spaces; from the next copy on.
func (s *Service) SetSpace(ctx context.Context, space int64) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	var c fault.Check
	if !slices.Contains(Spaces, space) {
		c.Refuse("space", "not_a_choice")
		return c.Err()
	}
	was, err := s.space(ctx)
	if err != nil {
		return err
	}
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.o.Settings.SetText(ctx, tx, settings.Workspace, spaceKey, strconv.FormatInt(space, 10)); err != nil {
			return err
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: object, ObjectName: object,
			Old: megabytes(was), New: megabytes(space),
		})
	})
	if err == nil {
		s.o.DB.LimitCopies(space)
	}
	return err
}

func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MB" }

func (s *Service) space(ctx context.Context) (int64, error) {
	text, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, spaceKey)
	if n, bad := strconv.ParseInt(text, 10, 64); bad == nil && slices.Contains(Spaces, n) {
		return n, err
	}
	return Spaces[0], err
}

// limit tells the database how much room was chosen.
func (s *Service) limit(ctx context.Context) {
	if space, err := s.space(ctx); err == nil {
		s.o.DB.LimitCopies(space)
	}
}

func (s *Service) record(ctx context.Context, name, what string) error {
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return Record(ctx, tx, s.o.Journal, name, what) })
}

// Record tells the journal what was done with a copy, in the caller's transaction.
func Record(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, name, what string) error {
	return journal.Record(ctx, tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: object, ObjectName: object, Old: name, New: what,
	})
}

// Restored tells the journal of a workspace that a copy, which is what it is now, was put back.
func Restored(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, name string) error {
	return Record(ctx, tx, journal, name, restored)
}

// Difference is how many records of a kind there are now and in a copy.
type Difference struct {
	Kind      string
	Now, Then int64
}

// Compare says what putting a copy back would change. NotFound/copy if there is none of that name.
func (s *Service) Compare(ctx context.Context, name string) ([]Difference, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return nil, err
	}
	file, err := s.o.DB.CopyFile(name)
	if err != nil {
		return nil, err
	}
	then, err := sqlite.Rows(ctx, file)
	if fault.ReasonOf(err) == sqlite.ReasonDamaged { // the copy's damage is not the workspace's
		err = fault.Wrap(err, fault.Conflict, "copy_damaged")
	}
	if err != nil {
		return nil, err
	}
	now, err := s.o.DB.Rows(ctx)
	if err != nil {
		return nil, err
	}
	return Differences(s.o.Kinds, now, then), nil
}

// Differences counts records by kind in the tables of two states.
func Differences(kinds []Kind, now, then map[string]int64) []Difference {
	list := make([]Difference, 0, len(kinds))
	for _, kind := range kinds {
		d := Difference{Kind: kind.Name}
		for _, table := range kind.Tables {
			d.Now, d.Then = d.Now+now[table], d.Then+then[table]
		}
		list = append(list, d)
	}
	return list
}
