package replica

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
)

// A new beginning is sent after so many versions, after a day, or once what came since is as much. The last so many are kept with all
// that came after them, and so many more alone. Counts, not days: a clock that is wrong removes nothing.
const (
	versionsEach = 500
	beginEvery   = 24 * time.Hour
	leastWhole   = 1 << 20 // bytes
	keptWhole    = 3
	keptAlone    = 30
	keptClaims   = 10
)

// Source gives what is sent.
type Source struct {
	Snapshot func(ctx context.Context, path string) error
	Check    func(ctx context.Context, path string) error // of a snapshot that is sent as a whole
	Pictures string                                       // folder
	Opens    func(ctx context.Context) (Opens, error)
	Schema   int64
}

// Opens is what opens the sealed secrets of a workspace, see vault.Portable.
type Opens struct {
	Key  []byte `json:"key,omitempty"`
	File []byte `json:"file,omitempty"`
}

var versionPattern = regexp.MustCompile(`^(\d{8})-([0-9a-f]{8,10})-([0-9a-f]{16})-([bv])$`)

// nameOf is how a version is called: its number, its moment, a number that no other attempt has, and whether it is a
// beginning.
func nameOf(number int, at time.Time, begins bool) string {
	kind := "v"
	if begins {
		kind = "b"
	}
	return fmt.Sprintf("%08d-%08x-%s-%s", number, max(at.Unix(), 0), random(), kind)
}

func parseName(name string) (number int, at time.Time, begins, ok bool) {
	found := versionPattern.FindStringSubmatch(name)
	if found == nil {
		return 0, time.Time{}, false, false
	}
	number, _ = strconv.Atoi(found[1])
	unix, _ := strconv.ParseInt(found[2], 16, 64)
	return number, time.Unix(unix, 0).UTC(), found[4] == "b", true
}

// versions are those in a path, the oldest first.
func (l *Line) versions(ctx context.Context, path string) ([]Item, error) {
	items, err := l.o.Place.List(ctx, path)
	return versionsOf(items), err
}

func versionsOf(items []Item) []Item {
	items = slices.DeleteFunc(items, func(i Item) bool {
		_, _, _, ok := parseName(i.Name)
		return !ok || i.Dir
	})
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.Name, b.Name) })
	return items
}

// Send sends what has changed since the last version, and returns the version; its Name is empty if nothing has. It looks first
// whether this computer still writes, and counts nothing as sent that it did not read back. Errors: as Look;
// Conflict/ReasonTwin; those of the place.
func (l *Line) Send(ctx context.Context, from Source) (Sent, error) {
	s, err := l.Look(ctx)
	if err != nil {
		return Sent{}, err
	}
	there, err := l.versions(ctx, s.Path)
	if err != nil {
		return Sent{}, err
	}
	if len(there) > 0 {
		if n, _, _, _ := parseName(there[len(there)-1].Name); n > s.Tried {
			return Sent{}, fault.Wrap(errors.New("replica: a version that is not ours"), fault.Conflict, ReasonTwin)
		}
	}
	if s.Last.Name != "" && !slices.ContainsFunc(there, func(i Item) bool { return i.Name == s.Last.Name }) {
		return Sent{}, fault.Wrap(errors.New("replica: the last version is gone"), fault.Conflict, ReasonLost)
	}
	if err := os.MkdirAll(filepath.Join(l.o.Dir, Folder), 0o700); err != nil {
		return Sent{}, ofDisk(err)
	}
	now, out := l.file(nowFile), l.file(outFile)
	defer func() { _, _ = os.Remove(now), os.Remove(out) }()
	at := l.o.Now().UTC()
	if err := from.Snapshot(ctx, now); err != nil {
		return Sent{}, err
	}
	pictures, err := archive.Pictures(from.Pictures) // after the database: what it refers to is there
	if err != nil {
		return Sent{}, err
	}
	d, err := compare(ctx, now, l.pages(s.Last.Name))
	if err != nil {
		return Sent{}, err
	}
	fresh := slices.DeleteFunc(slices.Clone(pictures), func(p archive.Source) bool { return slices.Contains(s.Begun.Pictures, p.Name) })
	if !d.changed && len(fresh) == 0 {
		return Sent{}, nil
	}
	begins := d.whole || s.Begun.Count >= versionsEach || s.Begun.Since > max(s.Begun.Size, leastWhole) || at.Sub(s.Begun.At).Abs() > beginEvery
	if begins {
		d.all()
		fresh = pictures
		if err := from.Check(ctx, now); err != nil {
			return Sent{}, err
		}
	}
	s.Tried++
	h := header{
		Format: format, Workspace: l.o.Workspace, Path: s.Path, Name: nameOf(s.Tried, at, begins), At: at, Computer: l.o.Computer, Program: l.o.Program,
		Schema: from.Schema, diff: d,
	}
	if !begins {
		h.Parent = s.Last.Name
	}
	if h.Opens, err = from.Opens(ctx); err != nil {
		return Sent{}, err
	}
	size, digest, err := l.pack(ctx, out, now, &h, pictures, fresh)
	if err != nil {
		return Sent{}, err
	}
	if err := l.keepState(s); err != nil { // before the first byte leaves: what is there with this number is ours
		return Sent{}, err
	}
	if err := l.put(ctx, s.Path+"/"+h.Name, out, size, digest); err != nil {
		return Sent{}, err
	}
	s.Last = Sent{Name: h.Name, At: at, Size: size}
	if begins {
		s.Begun = beginning{At: at, Size: size}
	} else {
		s.Begun.Since, s.Begun.Count = s.Begun.Since+size, s.Begun.Count+1
	}
	for _, p := range fresh {
		s.Begun.Pictures = append(s.Begun.Pictures, p.Name)
	}
	if err := errors.Join(l.keepPages(h.Name, d.sums), l.keepState(s)); err != nil {
		return Sent{}, err
	}
	if begins {
		err = l.prune(ctx, s)
	}
	return s.Last, err
}

// put writes an object and reads it back.
func (l *Line) put(ctx context.Context, name, file string, size int64, digest [sha256.Size]byte) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return ofDisk(err)
	}
	defer func() { _ = f.Close() }()
	if err := l.o.Place.Write(ctx, name, f, size); err != nil {
		return err
	}
	r, err := l.o.Place.Read(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(stoppable{r, ctx}, size+1))
	if err != nil {
		return away(err)
	}
	if n != size || [sha256.Size]byte(h.Sum(nil)) != digest {
		return damaged(errors.New("replica: what was read back is not what was sent"))
	}
	return nil
}

// prune removes what is kept no longer: of this computer's path, and the paths of claims long before that were gone on
// from to their end. What is left of a branch that nobody went on from stays.
func (l *Line) prune(ctx context.Context, s State) error {
	items, err := l.o.Place.List(ctx, s.Path)
	if err != nil {
		return err
	}
	for _, i := range items { // of sendings that were broken off; nobody else writes here
		if strings.Contains(i.Name, unfinished) {
			if err := l.o.Place.Remove(ctx, s.Path+"/"+i.Name); err != nil {
				return err
			}
		}
	}
	there := versionsOf(items)
	later := 0
	for _, i := range slices.Backward(there) {
		_, _, begins, _ := parseName(i.Name)
		if later >= keptWhole && !begins || later >= keptWhole+keptAlone {
			if err := l.o.Place.Remove(ctx, s.Path+"/"+i.Name); err != nil {
				return err
			}
		}
		if begins {
			later++
		}
	}
	_, all, err := l.numbers(ctx)
	if err != nil || len(all) <= keptClaims {
		return err
	}
	heads, err := l.heads(ctx, all)
	if err != nil {
		return err
	}
	for _, h := range heads[:len(heads)-keptClaims] {
		there, err := l.versions(ctx, h.Path)
		if err != nil {
			return err
		}
		last := ""
		if len(there) > 0 {
			last = there[len(there)-1].Name
		}
		goneOn := last == "" || slices.ContainsFunc(heads, func(later Head) bool { return later.From.Path == h.Path && later.From.Name == last })
		if !goneOn {
			continue
		}
		if err := errors.Join(l.o.Place.Remove(ctx, h.Path), l.o.Place.Remove(ctx, headAt(h.Number))); err != nil {
			return err
		}
	}
	return nil
}

// heads are the claims of these numbers that can be read, in their order.
func (l *Line) heads(ctx context.Context, numbers []int) ([]Head, error) {
	slices.Sort(numbers)
	list := []Head{}
	for _, n := range numbers {
		h, err := l.head(ctx, n)
		if c := fault.CodeOf(err); c == fault.Conflict || c == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

// Forget sends what is there now as a new line that goes on from nothing, and then removes every version of before,
// whoever sent it. Errors: as Send.
func (l *Line) Forget(ctx context.Context, from Source) error {
	s, err := l.Look(ctx)
	if err != nil {
		return err
	}
	h, err := l.Take(ctx, l.o.Workspace, Ref{})
	if err == nil {
		err = l.Begin(h, s.Exclusive)
	}
	if err == nil {
		_, err = l.Send(ctx, from)
	}
	if err != nil {
		return err
	}
	items, err := l.o.Place.List(ctx, "")
	for _, i := range items {
		if i.Name != keyName && i.Name != h.Path && i.Name != headAt(h.Number) && ours(i) {
			err = errors.Join(err, l.o.Place.Remove(ctx, i.Name))
		}
	}
	return err
}

// ours tells whether something in a place is a replica's.
func ours(i Item) bool {
	name, _, _ := bytes.Cut([]byte(i.Name), []byte(unfinished))
	return i.Dir && isName(i.Name) || !i.Dir && (headPattern.Match(name) || string(name) == keyName)
}

// Destroy removes the whole replica from its place. Error: as Look.
func (l *Line) Destroy(ctx context.Context) error {
	if _, err := l.Look(ctx); err != nil {
		return err
	}
	items, err := l.o.Place.List(ctx, "")
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.Name, b.Name) })
	for _, i := range items {
		if ours(i) {
			err = errors.Join(err, l.o.Place.Remove(ctx, i.Name))
		}
	}
	return err
}

func newReader(b []byte) io.Reader { return bytes.NewReader(b) }
