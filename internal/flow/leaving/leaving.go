// Package leaving is the act of deleting an account: a dry run that says what goes, what stays and what stands in the
// way; a kit of everything that is the person's, to take along; and the deletion itself, after the password was given
// one last time. It promises that nothing personal of the account is left in the workspace afterwards: what the journal
// keeps names the person by id only, and the file is written anew, so that no gap in a page still holds a word of it.
// Copies from before go too, unless the person leaves them to the others.
package leaving

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/flow/backup"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Area is a part of the workspace that holds something of a person.
type Area interface {
	// Holds counts what goes with the account and what stays behind, by message key.
	Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error)
	// Sheets are the person's records, as tables with a first row of headings, by name.
	Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error)
	// Erase removes what goes, in the caller's transaction.
	Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error
}

// FileOwner is an area that has files beside the database.
type FileOwner interface {
	// Files are the person's files, by name.
	Files(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][]byte, error)
	// Sweep removes the files that nothing refers to any more and that were there before a moment.
	Sweep(ctx context.Context, before time.Time) error
}

// Organizations knows who answers for what.
type Organizations interface {
	OnlyRepresentative(ctx context.Context, q sqlite.Queryer, accountID string) ([]organization.Represented, error)
}

// Keepers is an area that knows who keeps the workspace.
type Keepers interface {
	// OnlyKeeper tells whether the workspace would be left to people of whom none keeps it.
	OnlyKeeper(ctx context.Context, q sqlite.Queryer, accountID string) (bool, error)
}

// Kinds of obstacles: the message key says what to do about each.
const (
	OnlyMember = "only_member"               // the only account of an organization (the guides)
	OnlyKeeper = "last_keeper"               // of the workspace
	OnlyLegal  = "only_legal_representative" // others are in it, none of them could represent it (faq/1738, faq/1989)
)

// Obstacle is an organization that would be left without anybody who answers for it, or the workspace (without a name).
type Obstacle struct {
	Kind           string `json:"kind"` // only_member, only_legal_representative, last_keeper
	OrganizationID string `json:"organizationId"`
	Name           string `json:"name"`
}

// Count is how many of a kind of thing go or stay.
type Count struct {
	Kind  string `json:"kind"` // its words are profile_leaving_<kind>
	Count int    `json:"count"`
}

// DryRun is what deleting the account would do.
type DryRun struct {
	Obstacles []Obstacle
	Goes      []Count
	Stays     []Count
	// Copies are older files of the database, which hold the account too: safety copies and what was kept aside.
	Copies int
	// Until is when the last of them that nobody asked for is gone; Asked stay until somebody removes them.
	Until time.Time
	Asked int
	// Backups hold the account too, outside the workspace.
	Backups backup.Older
	// Replica is where the states of the workspace are sent, and hold it as well; "" for nowhere.
	Replica string
}

// Replica knows where the states of the workspace are sent.
type Replica interface {
	Kept(ctx context.Context) (where string, err error)
	Forget(ctx context.Context) error
}

// Backups knows the backups of the workspace.
type Backups interface {
	Older(ctx context.Context) (backup.Older, error)
	RemoveOlder(ctx context.Context) error
}

// Notes keeps a text of the workspace under a key; the store of settings does.
type Notes interface {
	Text(ctx context.Context, q sqlite.Queryer, account, key string) (string, error)
	SetText(ctx context.Context, tx *sqlite.Tx, account, key, text string) error
}

// unfinished is where the workspace notes that an account was deleted and the file not yet written anew.
const unfinished = "leaving.unfinished"

// Service performs the act.
type Service struct {
	db            *sqlite.DB
	journal       audit.Recorder
	reauth        access.Reauthenticator
	organizations Organizations
	areas         []Area
	notes         Notes
	backups       Backups // nil: there are none
	replica       Replica // nil: there is none
}

// TellBackups makes the act look for backups and for the replica, too; r may be nil.
func (s *Service) TellBackups(b Backups, r Replica) { s.backups, s.replica = b, r }

// NewService wires a service. Areas are erased in the order given.
func NewService(db *sqlite.DB, journal audit.Recorder, reauth access.Reauthenticator, o Organizations, notes Notes, areas ...Area) *Service {
	return &Service{db: db, journal: journal, reauth: reauth, organizations: o, notes: notes, areas: areas}
}

// DryRun says what deleting the account of the person who is signed in would do. It changes nothing.
func (s *Service) DryRun(ctx context.Context) (DryRun, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return DryRun{}, err
	}
	run := DryRun{}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if run.Obstacles, err = s.obstacles(ctx, q, actor.AccountID); err != nil {
			return err
		}
		goes, stays := map[string]int{}, map[string]int{}
		for _, a := range s.areas {
			g, st, err := a.Holds(ctx, q, actor.AccountID)
			if err != nil {
				return err
			}
			add(goes, g)
			add(stays, st)
		}
		run.Goes, run.Stays = counts(goes), counts(stays)
		return nil
	})
	if err != nil {
		return DryRun{}, err
	}
	copies, err := s.db.Copies()
	if err != nil {
		return DryRun{}, err
	}
	for _, c := range copies {
		if c.Why == sqlite.Asked {
			run.Asked++
		} else if gone := c.At.Add(sqlite.KeptFor); gone.After(run.Until) {
			run.Until = gone
		}
	}
	if s.backups != nil {
		if run.Backups, err = s.backups.Older(ctx); err != nil {
			return DryRun{}, err
		}
	}
	if s.replica != nil {
		if run.Replica, err = s.replica.Kept(ctx); err != nil {
			return DryRun{}, err
		}
	}
	aside := s.aside()
	run.Copies, run.Asked = len(copies)+len(aside), run.Asked+len(aside)
	return run, nil
}

func add(to, more map[string]int) {
	for kind, n := range more {
		to[kind] += n
	}
}

func counts(m map[string]int) []Count {
	list := []Count{}
	for kind, n := range m {
		if n > 0 {
			list = append(list, Count{kind, n})
		}
	}
	slices.SortFunc(list, func(a, b Count) int {
		if a.Kind < b.Kind {
			return -1
		}
		return 1
	})
	return list
}

// obstacles are the organizations whose only member, or only legal representative, the person is, and the workspace that
// she alone keeps.
func (s *Service) obstacles(ctx context.Context, q sqlite.Queryer, accountID string) ([]Obstacle, error) {
	list, err := s.organizations.OnlyRepresentative(ctx, q, accountID)
	found := []Obstacle{}
	if err != nil {
		return found, err
	}
	for _, o := range list {
		kind := OnlyLegal
		if o.Alone {
			kind = OnlyMember
		}
		found = append(found, Obstacle{Kind: kind, OrganizationID: o.OrganizationID, Name: o.Name})
	}
	for _, a := range s.areas {
		if k, ok := a.(Keepers); ok {
			alone, err := k.OnlyKeeper(ctx, q, accountID)
			if err != nil {
				return found, err
			}
			if alone {
				found = append(found, Obstacle{Kind: OnlyKeeper})
			}
		}
	}
	return found, nil
}

// Delete deletes the account of the person who is signed in, for good. Nothing is deleted while an organization would
// be left without a legal representative: Conflict with the kind of the first obstacle as its reason. Copies from before, and
// the backups that can be reached, are removed, unless they are to be left; then one of what is left is made.
// Unavailable/erasure_unfinished: the account is gone, and the file is written anew at the next start.
func (s *Service) Delete(ctx context.Context, password string, leaveCopies bool) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	if err := s.reauth.Reauthenticate(ctx, password); err != nil {
		return err
	}
	var erased time.Time
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		erased = time.Now()
		standing, err := s.obstacles(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		if len(standing) > 0 {
			return refused(standing[0])
		}
		// The entry comes first: it names the person by id, and the person's key is gone after it.
		if err := s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Account, ObjectID: actor.AccountID,
		}); err != nil {
			return err
		}
		for _, a := range s.areas {
			if err := a.Erase(ctx, tx, actor.AccountID); err != nil {
				return err
			}
		}
		return s.notes.SetText(ctx, tx, "", unfinished, "yes")
	})
	if err != nil {
		return err
	}
	if !leaveCopies {
		err = s.removeCopies()
		if s.backups != nil {
			err = errors.Join(err, s.backups.RemoveOlder(ctx))
		}
	}
	err = errors.Join(s.clean(ctx, erased), err)
	if s.replica != nil && !leaveCopies { // after the file was written anew: what is sent now has nothing of it
		err = errors.Join(err, s.replica.Forget(ctx))
	}
	if err != nil || leaveCopies {
		return err
	}
	_, err = s.db.Keep(ctx, sqlite.AfterDeletion)
	return err
}

// refused is the fault of an obstacle. Its reason is written out, so that the words of each are found.
func refused(o Obstacle) error {
	switch o.Kind {
	case OnlyKeeper:
		return fault.New(fault.Conflict, OnlyKeeper)
	case OnlyMember:
		return fault.New(fault.Conflict, OnlyMember).With("name", o.Name)
	}
	return fault.New(fault.Conflict, OnlyLegal).With("name", o.Name)
}

// clean removes what the transaction left in other files and in the gaps of this one.
func (s *Service) clean(ctx context.Context, erased time.Time) error {
	for _, a := range s.areas {
		if k, ok := a.(FileOwner); ok {
			if err := k.Sweep(ctx, erased); err != nil {
				return fault.Wrap(err, fault.Unavailable, "files_left")
			}
		}
	}
	err := s.db.Rewrite(ctx)
	if err == nil {
		err = s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.notes.SetText(ctx, tx, "", unfinished, "") })
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "erasure_unfinished")
	}
	return nil
}

// Finish writes the file anew where that could not be done when an account was deleted. It is called at the start.
func (s *Service) Finish(ctx context.Context) error {
	left, err := s.notes.Text(ctx, s.db.Reader(), "", unfinished)
	if err != nil || left == "" {
		return err
	}
	return s.clean(ctx, s.db.Now())
}

// removeCopies removes every older file of the database.
func (s *Service) removeCopies() error {
	copies, err := s.db.Copies()
	if err != nil {
		return err
	}
	for _, c := range copies {
		if err := s.db.DropCopy(c.Name); err != nil {
			return fault.Wrap(err, fault.Unavailable, "copies_left")
		}
	}
	for _, file := range s.aside() {
		if err := os.RemoveAll(file); err != nil {
			return fault.Wrap(err, fault.Unavailable, "copies_left")
		}
	}
	return nil
}

// aside are the files of a former database that were kept when a copy took its place.
func (s *Service) aside() (list []string) {
	for _, why := range []string{sqlite.AsideRestored, sqlite.AsideAnew} {
		found, _ := filepath.Glob(s.db.Path() + "." + why + "-*") // the pattern is well formed
		list = append(list, found...)
	}
	return list
}
