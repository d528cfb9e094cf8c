// Package update asks, when a person does, whether there is a newer version. What it is told is believed only with a minisign
// signature of the key that was built in; a version that is older than one that was told before is not. Nothing is installed:
// the file of this system is kept where the person wants it, after its sum was compared. Where and with which key a build
// asks are settings of the build; without them there is no place to ask.
package update

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"aead.dev/minisign"
	"golang.org/x/mod/semver"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// Why nothing is offered, each with its words.
const (
	ReasonNoPlace  = "update_no_place"  // Unavailable: this build knows no place to ask
	ReasonAway     = "update_away"      // Unavailable: the place does not answer
	ReasonUnsigned = "update_unsigned"  // Conflict: what it told has no signature of the key, or was changed
	ReasonOlder    = "update_older"     // Conflict: it tells of an older version than before
	ReasonOther    = "update_not_alike" // Conflict: the file is not what was signed
)

// How much is read of what is told, and for how long at most.
const (
	maxIndex = 256 << 10
	maxFile  = 512 << 20
	patience = 20 * time.Second
)

// The files at the place.
const (
	index     = "latest.json"
	signature = index + ".minisig"
)

// Place is where newer versions are published. Without an address or a key there is none.
type Place struct {
	Address string       // https://…/, a folder
	Key     string       // minisign's public key, base64
	Client  *http.Client // of a test; nil is one of its own
}

// File is a package of a version.
type File struct {
	System string `json:"system"` // runtime.GOOS/GOARCH
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Found is what is published.
type Found struct {
	Version   string    `json:"version"`   // without v
	Published time.Time `json:"published"` // by whoever signed it
	Files     []File    `json:"files"`
	Newer     bool      `json:"-"` // than the one that runs
}

// Look asks for the newest version. seen is the newest of which it was ever told, "" for none. Errors: see the reasons.
func (p Place) Look(ctx context.Context, runs, seen string) (f Found, err error) {
	key := minisign.PublicKey{}
	if p.Address == "" || key.UnmarshalText([]byte(p.Key)) != nil {
		return f, fault.New(fault.Unavailable, ReasonNoPlace)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	told, err := p.read(ctx, index, maxIndex)
	if err != nil {
		return f, err
	}
	signed, err := p.read(ctx, signature, maxIndex)
	if err != nil {
		return f, err
	}
	if !minisign.Verify(key, told, signed) {
		return f, fault.New(fault.Conflict, ReasonUnsigned)
	}
	if err := json.Unmarshal(told, &f); err != nil || !semver.IsValid("v"+f.Version) {
		return f, fault.Wrap(err, fault.Conflict, ReasonUnsigned)
	}
	if semver.IsValid("v"+seen) && semver.Compare("v"+f.Version, "v"+seen) < 0 {
		return f, fault.New(fault.Conflict, ReasonOlder).With("version", text.OneLine(f.Version)).With("seen", seen)
	}
	f.Newer = semver.Compare("v"+f.Version, "v"+since.ReplaceAllString(strings.TrimPrefix(runs, "v"), "")) > 0 // a build without a version is older than all
	return f, nil
}

// since is what git adds to the version of a build that was made after it: it is not older than that version.
var since = regexp.MustCompile(`(-\d+-g[0-9a-f]+)?(-dirty)?$`)

// For is the package for a system of a name that ends like this; false if there is none.
func (f Found) For(system string, endings ...string) (File, bool) {
	for _, ending := range endings {
		for _, one := range f.Files {
			if one.System == system && strings.HasSuffix(one.Name, ending) && one.Name == path.Base(one.Name) && one.Size > 0 && one.Size <= maxFile {
				return one, true
			}
		}
	}
	return File{}, false
}

// Save fetches a file into a path that is replaced once the whole of it is what was signed; whatever ends it before leaves
// nothing. Errors: Unavailable/ReasonAway, Conflict/ReasonOther, Unavailable/not_written.
func (p Place) Save(ctx context.Context, f File, to string, progress func(done, total int64)) (err error) {
	body, err := p.open(ctx, f.Name)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	part := to + ".part"
	out, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "not_written")
	}
	defer func() { _ = os.Remove(part) }() // unless it was renamed
	sum, done := sha256.New(), int64(0)
	_, err = io.Copy(io.MultiWriter(sum, out, counter(func(n int) { done += int64(n); progress(done, f.Size) })), io.LimitReader(body, f.Size+1))
	closed := errors.Join(out.Sync(), out.Close())
	switch {
	case err != nil:
		return away(err)
	case done != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SHA256:
		return fault.New(fault.Conflict, ReasonOther)
	case closed != nil:
		return fault.Wrap(closed, fault.Unavailable, "not_written")
	}
	if err := os.Rename(part, to); err != nil {
		return fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return nil
}

type counter func(n int)

func (c counter) Write(p []byte) (int, error) { c(len(p)); return len(p), nil }

func (p Place) read(ctx context.Context, name string, most int64) ([]byte, error) {
	body, err := p.open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, most+1))
	if err != nil {
		return nil, away(err)
	}
	if int64(len(data)) > most {
		return nil, fault.New(fault.Conflict, ReasonUnsigned)
	}
	return data, nil
}

// open asks for a file of the place, by TLS only and without following it elsewhere.
func (p Place) open(ctx context.Context, name string) (io.ReadCloser, error) {
	at, err := url.Parse(p.Address)
	if err != nil || at.Scheme != "https" {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonNoPlace)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.JoinPath(name).String(), nil)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonNoPlace)
	}
	r.Header.Set("User-Agent", "Kontor") // neither the version nor the system: nobody is counted
	client := http.Client{}
	if p.Client != nil {
		client = *p.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	if err != nil {
		return nil, away(err)
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		return nil, away(errors.New("update: answer " + strconv.Itoa(answer.StatusCode)))
	}
	return answer.Body, nil
}

func away(err error) error {
	if errors.Is(err, context.Canceled) {
		return fault.Wrap(err, fault.Canceled, "")
	}
	return fault.Wrap(err, fault.Unavailable, ReasonAway)
}
