package moving

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/picture/store"
	"kontor/internal/host/sqlite"
)

// Reasons why an organization cannot arrive, each with its words.
const (
	ReasonHere   = "organization_here"   // Conflict: it is in this workspace already, or a part of it is
	ReasonBroken = "organization_broken" // Invalid: what is in the file does not hold together
)

// opened is a file that lies beside the workspace, checked.
type opened struct {
	dir     string
	name    string // of the file
	id      string // of the organization
	secrets []secret
	View
}

func (o *opened) forget() {
	if o != nil {
		_ = os.RemoveAll(o.dir)
	}
}

func (o *opened) database() string { return filepath.Join(o.dir, archive.Database) }

// View is what a file holds, before anything of it is brought in.
type View struct {
	Name      string `json:"name"` // of the organization
	Country   string `json:"country"`
	VATNumber string `json:"vatNumber"`
	At        string `json:"at"`       // RFC 3339: the state is of this moment
	Computer  string `json:"computer"` // where it was made
	Program   string `json:"program"`  // version of Kontor
	Here      bool   `json:"here"`     // it is in this workspace already: it cannot be brought in
	// Alike are the person's organizations of the same name or number: this one would be another beside them.
	Alike  []string `json:"alike"`
	Counts []Count  `json:"counts"`
}

// Count is how many of a kind there are.
type Count struct {
	Kind  string `json:"kind"` // the words are settings_copy_<kind> and organization_file_<kind>
	Count int64  `json:"count"`
}

// kinds are what a person is told of; each is counted by one table.
var kinds = []struct{ name, table string }{
	{"clients", "client"},
	{"quotes", "quote"},
	{"prices", "price_book"},
	{"renewals", "payment_renewal"},
	{"prepaid", "prepaid_ledger"},
	{"transfers", "transfer"},
}

// Open opens a file beside the workspace, checks all of it and says what is in it. Nothing changes; Bring brings it in,
// Forget removes it. Requires access.OwnAccount. Errors: as archive.Open; Invalid/ReasonBroken.
func (s *Service) Open(ctx context.Context, path, passphrase string, progress func(done, total int64)) (v View, err error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return v, err
	}
	s.keep(actor.AccountID, nil)
	o := &opened{name: filepath.Base(path)}
	if o.dir, err = disk.Scratch(s.o.Dir, working); err != nil {
		return v, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	defer func() {
		if err != nil {
			o.forget()
		}
	}()
	m, secrets, err := archive.Open(ctx, path, passphrase, o.dir, progress)
	if err != nil {
		return v, err
	}
	if err := m.Expect(archive.Organization); err != nil {
		return v, err
	}
	if secrets != nil {
		if err := json.Unmarshal(secrets, &o.secrets); err != nil {
			return v, fault.Wrap(err, fault.Invalid, ReasonBroken)
		}
	}
	if err := m.Sound(ctx, o.database()); err != nil {
		return v, err
	}
	o.View = View{At: bridge.Moment(m.At), Computer: m.Computer, Program: m.Program}
	if err := s.look(ctx, o, m); err != nil {
		return v, err
	}
	s.keep(actor.AccountID, o)
	return o.View, nil
}

// look reads what a file holds; an older one is migrated beside.
func (s *Service) look(ctx context.Context, o *opened, m archive.Manifest) (err error) {
	db, err := sqlite.Open(ctx, o.database(), sqlite.Options{Now: s.o.DB.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p := part
	if p.ID, err = p.Whole(ctx, db.Reader()); err != nil {
		return broken(err)
	}
	there, err := organization.NewDirectory(db).Of(ctx, db.Reader(), p.ID)
	if err != nil {
		return err
	}
	o.id, o.Name, o.Country, o.VATNumber, o.Alike, o.Counts = there.ID, there.Name, there.Country, there.VATNumber, []string{}, []Count{}
	rows, err := p.Rows(ctx, db.Reader())
	if err != nil {
		return err
	}
	for _, k := range kinds {
		o.Counts = append(o.Counts, Count{k.name, rows[k.table]})
	}
	entries, err := lineCount(filepath.Join(o.dir, archive.Journal))
	if err != nil {
		return err
	}
	o.Counts = append(o.Counts, Count{"journal", entries}, Count{"pictures", int64(m.Pictures())}, Count{"secrets", int64(len(o.secrets))})
	return s.compare(ctx, o, there)
}

// compare finds what of it is here.
func (s *Service) compare(ctx context.Context, o *opened, there organization.Organization) error {
	switch _, err := s.o.Organizations.Of(ctx, s.o.DB.Reader(), there.ID); {
	case err == nil:
		o.Here = true
	case fault.CodeOf(err) != fault.NotFound:
		return err
	}
	mine, err := s.o.Organizations.Mine(ctx)
	for _, one := range mine {
		is := one.Organization
		if is.ID != there.ID && (text.Fold(is.Name) == text.Fold(there.Name) || is.VATNumber != "" && is.VATNumber == there.VATNumber) {
			o.Alike = append(o.Alike, is.Name)
		}
	}
	return err
}

func lineCount(path string) (n int64, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return int64(strings.Count(string(data), "\n")), err
}

// Forget removes what Open laid beside the workspace for whoever acts.
func (s *Service) Forget(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err == nil {
		s.keep(actor.AccountID, nil)
	}
	return err
}

// Close removes all that lies beside the workspace.
func (s *Service) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for account, o := range s.kept {
		o.forget()
		delete(s.kept, account)
	}
}

func (s *Service) keep(account string, o *opened) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[account].forget()
	if delete(s.kept, account); o != nil {
		s.kept[account] = o
	}
}

// Bring brings the file that Open opened into this workspace, whole or not at all; a copy is kept first. Whoever acts becomes the
// legal representative, and the window shows it. Errors: NotFound; Conflict/ReasonHere; Invalid/ReasonBroken.
func (s *Service) Bring(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	s.mu.Lock()
	o := s.kept[actor.AccountID]
	s.mu.Unlock()
	if o == nil {
		return fault.New(fault.NotFound, "")
	}
	if _, err := s.o.DB.Keep(ctx, sqlite.BeforeImport); err != nil {
		return err
	}
	if err := s.pictures(o); err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, o.database(), sqlite.Options{Now: s.o.DB.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	entries, err := os.ReadFile(filepath.Join(o.dir, archive.Journal))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
	}
	err = db.View(ctx, func(q sqlite.Queryer) error {
		return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return s.bring(ctx, q, tx, o, actor, string(entries)) })
	})
	if err != nil {
		return broken(err)
	}
	s.keep(actor.AccountID, nil)
	return s.o.Sessions.SwitchTo(ctx, o.id)
}

func (s *Service) bring(ctx context.Context, q sqlite.Queryer, tx *sqlite.Tx, o *opened, actor access.Actor, entries string) error {
	p, rows := part, map[[2]string]bool{}
	p.ID = o.id
	if _, err := p.Carry(ctx, q, tx, func(r sqlite.Carried) { rows[rowOf(r)] = true }); err != nil {
		return err
	}
	for _, one := range o.secrets {
		if !rows[[2]string{one.Place, one.Row}] { // of what did not come with it
			return fault.New(fault.Invalid, ReasonBroken)
		}
		if err := s.o.Vault.Put(ctx, tx, one.Place, one.Row, one.Field, one.Value); err != nil {
			return err
		}
	}
	there, err := s.o.Organizations.Of(ctx, tx, o.id)
	if err != nil {
		return err
	}
	if err := s.o.Organizations.Arrived(ctx, tx, there, actor.AccountID); err != nil {
		return err
	}
	if err := s.o.Quotes.Index(ctx, tx, o.id); err != nil {
		return err
	}
	actor.OrganizationID, actor.Role, actor.Grants = o.id, access.LegalRepresentative, nil
	_, err = s.o.Journal.Take(access.With(ctx, actor), tx, o.name, entries)
	return err
}

// pictures puts those of the file where they are looked for. They are named after what they hold; those that are there stay.
// What no row refers to in the end is swept with the other orphans.
func (s *Service) pictures(o *opened) error {
	all, err := archive.Pictures(filepath.Join(o.dir, "pictures"))
	if err != nil {
		return err
	}
	for _, one := range all {
		area, sum := filepath.Base(filepath.Dir(one.Path)), filepath.Base(one.Path)
		data, err := store.New(filepath.Dir(one.Path)).Get(sum)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, ReasonBroken)
		}
		if _, err := store.New(filepath.Join(s.o.Pictures, area)).Put(data); err != nil {
			return err
		}
	}
	return nil
}

// broken are the faults of a part as those of its file.
func broken(err error) error {
	switch {
	case errors.Is(err, sqlite.ErrPart):
		return fault.Wrap(err, fault.Invalid, ReasonBroken)
	case errors.Is(err, sqlite.ErrPartHere):
		return fault.Wrap(err, fault.Conflict, ReasonHere)
	}
	return err
}
