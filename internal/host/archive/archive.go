// Package archive writes and reads the one file that a backup is: a tar of everything, compressed with zstd, encrypted with
// a passphrase in the age format. Its first entry says what else is in it, with sizes and sums. Nothing but age, zstd and tar
// is needed to open it without Kontor.
//
// A file that was written is opened again, to its end, before it gets its name. One that is read is believed only then.
// Memory does not grow with the size of what is packed, but each passphrase takes 256 MB for a second: one at a time.
package archive

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unicode/utf8"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/fault"
	"kontor/internal/host/ownfile"
	"kontor/internal/host/sqlite"
)

// Ending is what the names of these files end in.
const Ending = string(ownfile.Backup)

// MinPassphrase is the shortest passphrase of an archive, in characters: a file that leaves the computer can be guessed at
// for ever.
const MinPassphrase = 12

// Reasons of the faults of this package.
const (
	ReasonFull    = "backup_full"    // Unavailable: the disk where it shall go is full; nothing is left there
	ReasonGone    = "backup_gone"    // Unavailable: the file or folder cannot be read or written
	ReasonNot     = "backup_not_one" // Invalid: the file is no backup of a workspace
	ReasonDamaged = "backup_damaged" // Conflict: it was cut off or changed
	ReasonNewer   = "backup_newer"   // Conflict: it was written by a newer Kontor
	ReasonWhole   = "backup_of_all"  // Invalid: it is a backup of a whole workspace, and one of an organization was wanted

	ReasonOrganization = "backup_of_organization" // Invalid: the other way round
)

// WorkFactor is the cost of a passphrase: 2^18, about a second and 256 MB for each guess. Only tests change it. What asks
// for more when it is read is refused: a header may name any cost.
var WorkFactor = 18

const maxWorkFactor = 18

// format is the version of what the manifest says.
const format = 1

// The entries of an archive. Everything else is a picture.
const (
	manifestName = "manifest.json"
	Database     = "kontor.db"
	KeyFile      = "vault.key" // the vault's key under a passphrase of its own
	Key          = "vault"     // the vault's key as it is; it is never written to a disk
	Secrets      = "secrets"   // of an organization, as they are; they are never written to a disk
	Journal      = "journal.jsonl"
	pictures     = "pictures/"
)

var pictureName = regexp.MustCompile(`^pictures/[a-z]+/[0-9a-f]{64}$`)

// Manifest says what an archive holds and where it comes from.
type Manifest struct {
	Format    int       `json:"format"`
	Program   string    `json:"program"`   // version of Kontor
	Schema    int64     `json:"schema"`    // newest version of the schema
	Workspace string    `json:"workspace"` // id
	At        time.Time `json:"at"`        // the state is of this moment
	Computer  string    `json:"computer"`
	Kind      string    `json:"kind,omitempty"` // Whole or Organization
	Name      string    `json:"name,omitempty"` // of the organization
	Files     []File    `json:"files"`
}

// What an archive holds: a workspace, or one organization of one.
const (
	Whole        = ""
	Organization = "organization"
)

// Expect refuses an archive of another kind: a workspace is put in place, an organization brought in. Error:
// Invalid/ReasonWhole, Invalid/ReasonOrganization.
func (m Manifest) Expect(kind string) error {
	switch {
	case m.Kind == kind:
		return nil
	case m.Kind == Organization:
		return fault.New(fault.Invalid, ReasonOrganization).With("name", m.Name)
	}
	return fault.New(fault.Invalid, ReasonWhole)
}

// Sound checks the database of an archive that was unpacked, which is only read: its damage and its age are the archive's, not
// the workspace's. Errors: Conflict/ReasonDamaged, Conflict/ReasonNewer; others as sqlite.Trust.
func (m Manifest) Sound(ctx context.Context, database string) error {
	err := sqlite.Trust(ctx, database)
	switch fault.ReasonOf(err) {
	case sqlite.ReasonDamaged:
		return fault.Wrap(err, fault.Conflict, ReasonDamaged)
	case sqlite.ReasonNewer:
		return fault.Wrap(err, fault.Conflict, ReasonNewer).With("program", m.Program)
	}
	return err
}

// File is an entry.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Has tells whether there is an entry of that name.
func (m Manifest) Has(name string) bool {
	for _, f := range m.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Pictures is how many pictures there are.
func (m Manifest) Pictures() (n int) {
	for _, f := range m.Files {
		if strings.HasPrefix(f.Name, pictures) {
			n++
		}
	}
	return n
}

func (m Manifest) check() error {
	if m.Format > format {
		return fault.New(fault.Conflict, ReasonNewer).With("program", m.Program)
	}
	seen := map[string]bool{}
	for _, f := range m.Files {
		known := f.Name == Database || pictureName.MatchString(f.Name)
		if m.Kind == Organization {
			known = known || f.Name == Journal || f.Name == Secrets
		} else {
			known = known || f.Name == KeyFile || f.Name == Key
		}
		if sum, err := hex.DecodeString(f.SHA256); err != nil || len(sum) != 32 || !known || seen[f.Name] || f.Size < 0 || f.Size > mostOf(f.Name) {
			return damaged(errors.New("archive: an entry of the manifest: " + f.Name))
		}
		seen[f.Name] = true
	}
	if m.Kind != Whole && m.Kind != Organization {
		return damaged(errors.New("archive: a kind that is not known: " + m.Kind))
	}
	if m.Format < 1 || !seen[Database] {
		return damaged(errors.New("archive: no database in the manifest"))
	}
	return nil
}

// mostOf is how many bytes an entry may have, where it is read into memory: a few kilobytes can unpack to anything.
func mostOf(name string) int64 {
	switch name {
	case Key, Secrets:
		return maxSecrets
	case KeyFile:
		return maxKeyFile
	case Journal:
		return maxJournal
	}
	return math.MaxInt64
}

// CheckPassphrase refuses, at fields, one that is too short for a new archive or was not typed twice alike.
func CheckPassphrase(passphrase, again string) error {
	var c fault.Check
	switch n := utf8.RuneCountInString(passphrase); {
	case n == 0:
		c.Refuse("passphrase", "required")
	case n < MinPassphrase:
		c.Refuse("passphrase", "too_short", "min", strconv.Itoa(MinPassphrase))
	}
	if passphrase != again {
		c.Refuse("again", "not_the_same")
	}
	return c.Err()
}

// one lets one passphrase be stretched at a time.
var one sync.Mutex

// sealing begins to encrypt what is written.
func sealing(w io.Writer, passphrase string) (io.WriteCloser, error) {
	recipient, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(WorkFactor)
	one.Lock()
	defer one.Unlock()
	defer debug.FreeOSMemory() // the derivation took as much as everything else together
	return age.Encrypt(w, recipient)
}

// opening begins to decrypt what is read. A wrong passphrase is an error of its field.
func opening(r io.Reader, passphrase string) (io.Reader, error) {
	identity, err := age.NewScryptIdentity(norm.NFC.String(passphrase))
	if err != nil {
		return nil, wrongPassphrase()
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	one.Lock()
	defer one.Unlock()
	defer debug.FreeOSMemory()
	plain, err := age.Decrypt(r, identity)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		for _, why := range none.Errors {
			if errors.Is(why, age.ErrIncorrectIdentity) && strings.Contains(why.Error(), "passphrase") {
				return nil, wrongPassphrase()
			}
		}
		return nil, fault.Wrap(err, fault.Invalid, ReasonNot)
	case err != nil:
		return nil, unreadable(err, ReasonNot)
	}
	return authentic{plain}, nil
}

// authentic reads what the right passphrase opens: whatever cannot be read of it was cut off or changed.
type authentic struct{ io.Reader }

func (a authentic) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = unreadable(err, ReasonDamaged)
	}
	return n, err
}

func wrongPassphrase() error {
	var c fault.Check
	c.Refuse("passphrase", "wrong_password")
	return c.Err()
}

func damaged(err error) error { return fault.Wrap(err, fault.Conflict, ReasonDamaged) }

// unreadable is a fault of reading: the disk's, the person's who stopped it, or what else the bytes must be.
func unreadable(err error, otherwise string) error {
	var path *fs.PathError
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(err, fault.Canceled, "")
	case errors.As(err, &path):
		return fault.Wrap(err, fault.Unavailable, ReasonGone)
	case otherwise == ReasonNot:
		return fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	return damaged(err)
}

// unwritten is a fault of writing.
func unwritten(err error) error {
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(err, fault.Canceled, "")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	}
	return fault.Wrap(err, fault.Unavailable, ReasonGone)
}

// stoppable reads until its context ends, and tells how much.
type stoppable struct {
	io.Reader

	ctx  context.Context //nolint:containedctx // of this one reading
	read func(n int64)
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.Reader.Read(p)
	s.read(int64(n))
	return n, err
}
