// Package replica keeps the states of a workspace in a place outside this computer (a folder, a WebDAV server, a server over SSH), so that
// another computer can go on with them, and so that a broken disk costs seconds. Everything there is sealed, see seal.go;
// what anybody reads there is how much came when.
//
// One computer writes at a time. Whoever begins to write claims the next number and gets a path of its own, which nobody else
// ever writes into: two that write at once make two branches, each whole, and never one that cannot be read. What a
// claim goes on from stands in it. The highest number is the line; it is looked at before everything that is sent.
//
// A version is the whole database (a beginning) or the pages that differ from the version before it, with the pictures that came
// meanwhile. It counts as sent once it was read back.
package replica

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"

	"kontor/internal/core/fault"
)

// Reasons of the faults of this package.
const (
	ReasonAway     = "replica_away"     // Unavailable: the place does not answer
	ReasonRefused  = "replica_refused"  // Forbidden: the user or the password is not accepted there, or may not write
	ReasonFull     = "replica_full"     // Unavailable: there is no more room
	ReasonNot      = "replica_not_one"  // Invalid: what answers is no folder and no server of the kind, or does not do what one does
	ReasonPlain    = "replica_plain"    // Invalid: the password would cross the network in the open
	ReasonStranger = "replica_stranger" // Conflict: the server's key is another one than the confirmed one; nothing was said to it
	ReasonEmpty    = "replica_empty"    // NotFound: there is no replica
	ReasonOther    = "replica_other"    // Conflict: the replica of another workspace is there
	ReasonDamaged  = "replica_damaged"  // Conflict: what is there was cut off or changed
	ReasonNewer    = "replica_newer"    // Conflict: another computer goes on; params computer and at
	ReasonTwin     = "replica_twin"     // Conflict: somebody else writes as this computer, from a copy of its folder
	ReasonLost     = "replica_lost"     // Conflict: what this computer sent is not there any more
	ReasonTaken    = "replica_taken"    // Conflict: somebody else was quicker
	ReasonFormat   = "replica_format"   // Conflict: it was written by a newer Kontor
)

// Item is something in a place.
type Item struct {
	Name string // without the folder's
	Size int64  // bytes; 0 for a folder
	Dir  bool
}

// Place is where a replica lies. Names have parts between slashes and are a replica's own: letters, digits, dashes.
type Place interface {
	// List is what is directly in a folder, in no order; none where there is no such folder.
	List(ctx context.Context, dir string) ([]Item, error)
	// Read opens an object. Error: NotFound.
	Read(ctx context.Context, name string) (io.ReadCloser, error)
	// Write puts an object, whose folder is there, in the place of whatever has its name.
	Write(ctx context.Context, name string, from io.Reader, size int64) error
	// Claim puts a small object whose name nobody has. Error: Conflict/ReasonTaken, where the place can tell; see Probe.
	Claim(ctx context.Context, name string, data []byte) error
	// Folder makes a folder; it may be there.
	Folder(ctx context.Context, dir string) error
	// Remove removes an object, or a folder with all that is in it; there need not be any.
	Remove(ctx context.Context, name string) error
}

// Where says where a replica lies and who may write there.
type Where struct {
	Address     string `json:"address"`               // https://…, sftp://[user@]host[:port]/path, or an absolute path of a folder; a path below /~/ begins where the server lets the user in
	User        string `json:"user"`                  // of the server
	Fingerprint string `json:"fingerprint,omitempty"` // SHA256:… of the key of a server over SSH that somebody has confirmed; "" for none
	Password    string `json:"-"`                     // over SSH "" asks the agent
}

// secure is the scheme of a server over SSH.
const secure = "sftp"

// Remote tells whether a server is meant, and no folder.
func (w Where) Remote() bool { return strings.Contains(w.Address, "://") }

// Check refuses, at the fields address, user and fingerprint, what is no place.
func (w Where) Check() error {
	var c fault.Check
	u, err := url.Parse(w.Address)
	switch {
	case w.Address == "":
		c.Refuse("address", "required")
	case !w.Remote():
		if !filepath.IsAbs(w.Address) {
			c.Refuse("address", "no_folder")
		}
	case err == nil && u.Scheme == secure && u.Hostname() != "":
		w.checkSSH(&c, u)
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		c.Refuse("address", "no_place")
	case u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())):
		c.Refuse("address", "needs_https")
	}
	return c.Err()
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// At reaches for a place; nothing is asked yet.
func (w Where) At(program string) (Place, error) {
	if err := w.Check(); err != nil {
		return nil, err
	}
	u, err := url.Parse(w.Address)
	switch {
	case !w.Remote():
		return folder(w.Address), nil
	case err == nil && u.Scheme == secure:
		return newSFTP(w, u), nil
	}
	return newServer(w, program)
}

// Probe tries a place: does it take, give back, list and remove? Exclusive is whether it keeps two apart that claim the same
// name at the same moment; where it does not, who claims looks again afterwards, and the looks before each sending stay.
func Probe(ctx context.Context, p Place) (exclusive bool, err error) {
	if err := p.Folder(ctx, ""); err != nil {
		return false, err
	}
	name := "probe-" + random()
	defer func() { err = errors.Join(err, p.Remove(context.WithoutCancel(ctx), name)) }()
	if err := p.Claim(ctx, name, []byte("one")); err != nil {
		return false, err
	}
	again := p.Claim(ctx, name, []byte("two"))
	if again != nil && fault.ReasonOf(again) != ReasonTaken {
		return false, again
	}
	there, err := readAll(ctx, p, name, 16)
	if err != nil {
		return false, err
	}
	items, err := p.List(ctx, "")
	if err != nil {
		return false, err
	}
	for _, i := range items {
		if i.Name == name && i.Size == 3 && !i.Dir {
			return string(there) == "one", nil
		}
	}
	return false, fault.Wrap(errors.New("replica: what was written is in no list"), fault.Invalid, ReasonNot)
}

// readAll reads an object of at most so many bytes.
func readAll(ctx context.Context, p Place, name string, most int64) ([]byte, error) {
	r, err := p.Read(ctx, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, away(err)
	}
	if int64(len(b)) > most {
		return nil, damaged(errors.New("replica: an object is too large: " + name))
	}
	return b, nil
}

func damaged(err error) error { return fault.Wrap(err, fault.Conflict, ReasonDamaged) }

// away is a fault of the way to a place, or of the person who stopped it.
func away(err error) error {
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case errors.Is(err, context.Canceled):
		return fault.Wrap(err, fault.Canceled, "")
	}
	return fault.Wrap(err, fault.Unavailable, ReasonAway)
}
