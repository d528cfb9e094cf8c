// Package moving takes one organization out of a workspace, into a file of its own, and brings it into another one. Ids stay
// as they are, so that what refers to them goes on to hold: the chain of the prepaid account, the frozen figures of quotes.
// Who belongs to the organization is decided where it arrives: only whoever brings it in. Whatever was done in it arrives
// as imported entries of the journal, of people who have no account there.
package moving

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/disk"
	"kontor/internal/host/ownfile"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// Ending is the end of the names of such files.
const Ending = string(ownfile.Organization)

// part is what an organization is made of. What stays: who belongs to it and how they sign in, what people keep for
// themselves about it, and messages, which would be sent twice.
var part = sqlite.Part{Table: "organization", Without: []string{
	"member", "invitation", "client_collaborator", "transfer_collaborator", // people of this workspace
	"sso_provider", "sso_domain",
	"home_answer", "expiry_renewal", "expiry_date", "mirror_link",
	"mail_message", "mail_attachment",
}}

// Vault keeps what an organization has sealed.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
}

// Quotes can find what has come in.
type Quotes interface {
	Index(ctx context.Context, tx *sqlite.Tx, organizationID string) error
}

// Sessions are what is signed in on this computer.
type Sessions interface {
	access.Reauthenticator
	SwitchTo(ctx context.Context, organizationID string) error
}

// Options say what a Service works on.
type Options struct {
	DB            *sqlite.DB
	Clock         day.Clock
	Organizations *organization.Service
	Journal       *activity.Service
	Quotes        Quotes
	Vault         Vault
	Sessions      Sessions
	Dir           string // of the workspace
	Pictures      string // folder of the pictures
	Program       string // version of Kontor
	Computer      string // its name
}

// Service takes organizations out and brings them in.
type Service struct {
	o    Options
	mu   sync.Mutex
	kept map[string]*opened // by account
}

// New wires a Service.
func New(o Options) *Service { return &Service{o: o, kept: map[string]*opened{}} }

// working begins the names of what lies in the workspace's folder meanwhile; the backups sweep it, too.
const working = ".backup-organization-"

// secret is one as it travels, sealed by the archive alone.
type secret struct {
	Place string `json:"place"`
	Row   string `json:"row"`
	Field string `json:"field"`
	Value []byte `json:"value"`
}

// May tells whether whoever acts may take the organization that the window shows out: a legal representative or
// administrator, with the password once more. The passphrase is judged with it.
func (s *Service) May(ctx context.Context, password, passphrase, again string) error {
	if _, err := access.Require(ctx, access.ExportOrganization); err != nil {
		return err
	}
	if err := archive.CheckPassphrase(passphrase, again); err != nil {
		return err
	}
	return s.o.Sessions.Reauthenticate(ctx, password)
}

// Out is an organization that was taken out.
type Out struct {
	Path    string
	Entries int64 // of the journal
	Secrets int
	Behind  int // secrets that could not be had
}

// Take writes the organization that the window shows into one file, encrypted with the passphrase, and reads it back.
// Whatever ends it before leaves nothing. May is asked first. Errors: as archive.Create.
func (s *Service) Take(ctx context.Context, path, passphrase string, progress func(done, total int64)) (out Out, err error) {
	actor, err := access.Require(ctx, access.ExportOrganization)
	if err != nil {
		return out, err
	}
	dir, err := disk.Scratch(s.o.Dir, working)
	if err != nil {
		return out, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o, err := s.o.Organizations.Of(ctx, s.o.DB.Reader(), actor.OrganizationID)
	if err != nil {
		return out, err
	}
	pictures, names, err := s.extract(ctx, dir, actor.OrganizationID)
	if err != nil {
		return out, err
	}
	sources := []archive.Source{{Name: archive.Database, Path: filepath.Join(dir, archive.Database)}}
	secrets := []secret{}
	for _, n := range names {
		value, err := s.o.Vault.Get(ctx, n.Place, n.Row, n.Field)
		if err != nil {
			out.Behind++
			continue
		}
		secrets = append(secrets, secret{n.Place, n.Row, n.Field, value})
	}
	if out.Secrets = len(secrets); out.Secrets > 0 {
		text, err := json.Marshal(secrets)
		if err != nil {
			return out, err
		}
		sources = append(sources, archive.Source{Name: archive.Secrets, Data: text})
	}
	if out.Entries, err = s.lines(ctx, filepath.Join(dir, archive.Journal)); err != nil {
		return out, err
	}
	sources = append(sources, archive.Source{Name: archive.Journal, Path: filepath.Join(dir, archive.Journal)})
	m := archive.Manifest{Program: s.o.Program, Computer: s.o.Computer, At: s.o.DB.Now(), Kind: archive.Organization, Name: o.Name}
	if m.Schema, err = sqlite.Latest(); err != nil {
		return out, err
	}
	if m.Workspace, err = s.o.DB.ID(ctx); err != nil {
		return out, err
	}
	if _, err = archive.Create(ctx, path, passphrase, m, append(sources, pictures...), progress); err != nil {
		return out, err
	}
	out.Path = path
	return out, s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return s.o.Organizations.Left(ctx, tx, o) })
}

var pictureSum = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// extract makes a database in dir that holds one organization, and tells which pictures it names and where secrets of it lie.
func (s *Service) extract(ctx context.Context, dir, organizationID string) (pictures []archive.Source, names []vault.Name, err error) {
	fresh, err := sqlite.Open(ctx, filepath.Join(dir, "part.db"), sqlite.Options{Now: s.o.DB.Now})
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	p, sums := part, map[string]bool{}
	p.ID = organizationID
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		sealed, err := vault.Names(ctx, q)
		if err != nil {
			return err
		}
		at := map[[2]string][]vault.Name{}
		for _, n := range sealed {
			at[[2]string{n.Place, n.Row}] = append(at[[2]string{n.Place, n.Row}], n)
		}
		return fresh.Write(ctx, func(tx *sqlite.Tx) error {
			_, err := p.Carry(ctx, q, tx, func(r sqlite.Carried) {
				names = append(names, at[rowOf(r)]...)
				if !strings.HasPrefix(r.Table, "branding_") {
					return
				}
				for _, v := range r.Values {
					if text, ok := v.(string); ok {
						for _, sum := range pictureSum.FindAllString(text, -1) {
							sums[sum] = true
						}
					}
				}
			})
			return err
		})
	})
	if err != nil {
		return nil, nil, err
	}
	all, err := archive.Pictures(s.o.Pictures)
	for _, one := range all {
		if sums[filepath.Base(one.Path)] && filepath.Base(filepath.Dir(one.Path)) == "branding" {
			pictures = append(pictures, one)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return pictures, names, fresh.CopyTo(ctx, filepath.Join(dir, archive.Database))
}

// rowOf is where the vault keeps the secrets of a row: under its table and its key.
func rowOf(r sqlite.Carried) [2]string {
	key, _ := r.Values[0].(string)
	return [2]string{r.Table, key}
}

func (s *Service) lines(ctx context.Context, path string) (n int64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return s.o.Journal.Lines(ctx, f)
}
