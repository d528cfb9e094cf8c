package replica

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"kontor/internal/core/fault"
)

// Options say whose replica it is.
type Options struct {
	Place     Place
	Key       Key
	Workspace string // its id; "" where there is none yet, on a computer that only reads
	Dir       string // of the workspace
	Machine   string // which computer, without telling which
	Computer  string // its name
	Program   string // version of Kontor
	Now       func() time.Time
}

// Line is the replica of a workspace as one computer sees it. Its methods are called one at a time.
type Line struct{ o Options }

// New wires a Line.
func New(o Options) *Line { return &Line{o} }

// format is the version of what the sealed objects say.
const format = 1

// Head is a claim to write.
type Head struct {
	Format    int       `json:"format"`
	Workspace string    `json:"workspace"`
	Number    int       `json:"number"`
	Path      string    `json:"path"` // nobody else writes into it
	Computer  string    `json:"computer"`
	At        time.Time `json:"at"`   // by that computer's clock; nothing depends on it
	From      Ref       `json:"from"` // what it goes on from; zero for nothing
}

// Ref names a version.
type Ref struct {
	Number int    `json:"number"`
	Path   string `json:"path"`
	Name   string `json:"name"` // "" for none: the claim had sent nothing
}

// Mark is what a computer says beside its versions.
type Mark struct {
	Name   string    `json:"name"`   // of the last version
	Closed bool      `json:"closed"` // Kontor was closed there, and everything was sent
	At     time.Time `json:"at"`
}

var headPattern = regexp.MustCompile(`^head-(\d{8})$`)

// numbers are the claims that are there, the highest last.
func (l *Line) numbers(ctx context.Context) (highest int, all []int, err error) {
	items, err := l.o.Place.List(ctx, "")
	if err != nil {
		return 0, nil, err
	}
	for _, i := range items {
		if found := headPattern.FindStringSubmatch(i.Name); found != nil && !i.Dir {
			n, _ := strconv.Atoi(found[1]) // eight digits
			all = append(all, n)
			highest = max(highest, n)
		}
	}
	return highest, all, nil
}

func headAt(number int) string { return fmt.Sprintf("%s%08d", headName, number) }

func (l *Line) head(ctx context.Context, number int) (h Head, err error) {
	if err := l.o.Key.read(ctx, l.o.Place, headAt(number), &h); err != nil {
		return h, err
	}
	switch {
	case h.Format > format:
		return h, fault.New(fault.Conflict, ReasonFormat)
	case h.Number != number || !isName(h.Path):
		return h, damaged(errors.New("replica: a head in the place of another"))
	case l.o.Workspace != "" && h.Workspace != l.o.Workspace:
		return h, fault.New(fault.Conflict, ReasonOther)
	}
	return h, nil
}

// Current is the highest claim. Error: NotFound/ReasonEmpty.
func (l *Line) Current(ctx context.Context) (Head, error) {
	n, _, err := l.numbers(ctx)
	if err != nil {
		return Head{}, err
	}
	if n == 0 {
		return Head{}, fault.New(fault.NotFound, ReasonEmpty)
	}
	return l.head(ctx, n)
}

// Look tells whether this computer is the one that writes. Errors: Conflict with ReasonNewer, ReasonLost, ReasonOther; those
// of the place.
func (l *Line) Look(ctx context.Context) (State, error) {
	s, err := l.State()
	if err != nil {
		return s, err
	}
	h, err := l.Current(ctx)
	switch {
	case fault.ReasonOf(err) == ReasonEmpty && s.Number > 0:
		return s, fault.Wrap(err, fault.Conflict, ReasonLost)
	case err != nil:
		return s, err
	case h.Number < s.Number:
		return s, fault.Wrap(errors.New("replica: the head is older than ours"), fault.Conflict, ReasonLost)
	case h.Path != s.Path:
		return s, fault.New(fault.Conflict, ReasonNewer).With("computer", h.Computer).With("at", h.At.UTC().Format(time.RFC3339))
	}
	return s, nil
}

// Take claims that this computer writes from now on, into a path of its own. What it writes goes on from a version, or from
// nothing. Whoever wrote before finds a newer head, and what it sends meanwhile stays whole in its own path. The claim counts for
// this computer once it is given to Begin: before that, what it holds must be what it goes on from.
// Error: Conflict/ReasonTaken if somebody else was quicker.
func (l *Line) Take(ctx context.Context, workspace string, from Ref) (Head, error) {
	s, err := l.State()
	if err != nil {
		return Head{}, err
	}
	n, _, err := l.numbers(ctx)
	if err != nil {
		return Head{}, err
	}
	h := Head{Format: format, Workspace: workspace, Number: max(n, s.Number) + 1, Path: random(), Computer: l.o.Computer, At: l.o.Now().UTC(), From: from}
	sealed, err := l.o.Key.sealed(h)
	if err != nil {
		return h, err
	}
	if err := l.o.Place.Folder(ctx, h.Path); err != nil {
		return h, err
	}
	if err := l.o.Place.Claim(ctx, headAt(h.Number), sealed); err != nil {
		return h, err
	}
	there, err := l.Current(ctx) // also where the place keeps nobody apart
	if err == nil && there.Path != h.Path {
		err = fault.New(fault.Conflict, ReasonTaken)
	}
	return h, err
}

// Begin makes this computer the writer of its claim. The first version that it sends is a whole database.
func (l *Line) Begin(h Head, exclusive bool) error {
	return l.keepState(State{Number: h.Number, Path: h.Path, Exclusive: exclusive})
}

// TakeBack makes this computer write with what it holds, whoever went on meanwhile: what they sent becomes a branch. Error:
// Conflict/ReasonLost where not even the key is left; then the place is to be set up anew.
func (l *Line) TakeBack(ctx context.Context) (Head, error) {
	s, err := l.State()
	if err != nil {
		return Head{}, err
	}
	if _, err := readAll(ctx, l.o.Place, keyName, maxKey); err != nil {
		if fault.CodeOf(err) == fault.NotFound {
			err = fault.Wrap(err, fault.Conflict, ReasonLost)
		}
		return Head{}, err
	}
	exclusive, err := Probe(ctx, l.o.Place)
	if err != nil {
		return Head{}, err
	}
	h, err := l.Take(ctx, l.o.Workspace, Ref{Number: s.Number, Path: s.Path, Name: s.Last.Name})
	if err == nil {
		err = l.Begin(h, exclusive)
	}
	return h, err
}

// SetUp makes a place ready for this workspace and returns whether this computer writes there now: it does where nothing
// was. Where the workspace has a replica already, another computer may be at it, and a person decides. The passphrase opens the
// key that is there, or seals a new one. Errors: those of the place, Conflict/ReasonOther, Invalid with the field passphrase.
func SetUp(ctx context.Context, o Options, passphrase string) (Key, bool, error) {
	exclusive, err := Probe(ctx, o.Place)
	if err != nil {
		return Key{}, false, err
	}
	key, err := ReadKey(ctx, o.Place, passphrase)
	if fault.ReasonOf(err) == ReasonEmpty {
		if key, err = NewKey(); err == nil {
			err = key.keep(ctx, o.Place, passphrase)
		}
		if fault.ReasonOf(err) == ReasonTaken || err == nil { // what is there counts, whoever put it there
			key, err = ReadKey(ctx, o.Place, passphrase)
		}
	}
	if err != nil {
		return Key{}, false, err
	}
	o.Key = key
	l := New(o)
	_, err = l.Look(ctx)
	switch fault.ReasonOf(err) {
	case "":
		return key, err == nil, err
	case ReasonEmpty, ReasonLost: // it is another place, or was emptied
		h, err := l.Take(ctx, o.Workspace, Ref{})
		if err == nil {
			err = l.Begin(h, exclusive)
		}
		return key, err == nil, err
	case ReasonNewer:
		return key, false, nil
	}
	return key, false, err
}

// Close says beside the versions that everything was sent and Kontor is closed here, or is open again.
func (l *Line) Close(ctx context.Context, closed bool) error {
	s, err := l.Look(ctx)
	if err != nil || s.Path == "" {
		return err
	}
	sealed, err := l.o.Key.sealed(Mark{Name: s.Last.Name, Closed: closed, At: l.o.Now().UTC()})
	if err != nil {
		return err
	}
	return l.o.Place.Write(ctx, s.Path+"/"+markName, newReader(sealed), int64(len(sealed)))
}

// mark is what a computer has said; zero if it said nothing that can be read.
func (l *Line) mark(ctx context.Context, path string) (m Mark, err error) {
	err = l.o.Key.read(ctx, l.o.Place, path+"/"+markName, &m)
	if c := fault.CodeOf(err); c == fault.NotFound || c == fault.Conflict {
		return Mark{}, nil
	}
	return m, err
}
