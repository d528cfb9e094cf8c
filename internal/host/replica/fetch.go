package replica

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
)

// Version is a state that can be put back.
type Version struct {
	Ref

	At       time.Time // the state is of this moment, by the clock of the computer that sent it
	Size     int64     // bytes of what was sent for it
	Computer string
	Branch   bool // another computer went on from an earlier one: what came since is in no other
	Latest   bool // the newest of the line
}

// Found is what is in a place.
type Found struct {
	Workspace string
	Head      Head
	Closed    bool // whoever writes has sent everything and closed Kontor
	Versions  []Version
}

// Find lists the versions that are there: the line first, from its newest on, and then the branches. Errors: NotFound/ReasonEmpty;
// those of the place.
func (l *Line) Find(ctx context.Context) (f Found, err error) {
	n, all, err := l.numbers(ctx)
	if err != nil {
		return f, err
	}
	if n == 0 {
		return f, fault.New(fault.NotFound, ReasonEmpty)
	}
	if f.Head, err = l.head(ctx, n); err != nil {
		return f, err
	}
	f.Workspace = f.Head.Workspace
	heads, err := l.heads(ctx, all)
	if err != nil {
		return f, err
	}
	line, branches := []Version{}, []Version{}
	upTo := map[string]string{f.Head.Path: "\xff"} // of a path that the line goes through: its last version
	for _, h := range slices.Backward(heads) {
		there, err := l.versions(ctx, h.Path)
		if err != nil {
			return f, err
		}
		last, on := upTo[h.Path]
		for _, i := range slices.Backward(there) {
			_, at, _, _ := parseName(i.Name)
			v := Version{Ref: Ref{h.Number, h.Path, i.Name}, At: at, Size: i.Size, Computer: h.Computer, Branch: !on || i.Name > last}
			if v.Branch {
				branches = append(branches, v)
			} else {
				line = append(line, v)
			}
		}
		if on && h.From.Path != "" {
			upTo[h.From.Path] = h.From.Name
		}
	}
	if len(line) > 0 {
		line[0].Latest = true
		if line[0].Path == f.Head.Path {
			mark, err := l.mark(ctx, f.Head.Path)
			if err != nil {
				return f, err
			}
			f.Closed = mark.Closed && mark.Name == line[0].Name
		}
	}
	f.Versions = append(line, branches...)
	return f, nil
}

// Fetched is a version that was put together.
type Fetched struct {
	Workspace string
	At        time.Time
	Computer  string
	Program   string
	Schema    int64
	Opens     Opens
}

// Fetch puts a version together in a folder, as an archive is unpacked: the database and the pictures. Each byte of it was
// sealed with the key, and the whole is what was taken apart. Progress is told in bytes. Errors: Conflict/ReasonDamaged if one of
// the versions that it stands on cannot be read; those of the place.
func (l *Line) Fetch(ctx context.Context, v Ref, into string, progress func(done, total int64)) (got Fetched, err error) {
	there, err := l.versions(ctx, v.Path)
	if err != nil {
		return got, err
	}
	var done, total int64
	for _, i := range slices.Backward(there) {
		if i.Name > v.Name {
			continue
		}
		total += i.Size
		if _, _, begins, _ := parseName(i.Name); begins {
			break
		}
	}
	db, err := os.OpenFile(filepath.Join(into, archive.Database), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return got, ofDisk(err)
	}
	defer func() { err = ofDisk(errors.Join(err, db.Close())) }()
	b := build{db: db, into: into}
	for name := v.Name; name != ""; { // from the newest back: what a later one holds is not taken from an earlier one
		r, err := l.o.Place.Read(ctx, v.Path+"/"+name)
		if fault.CodeOf(err) == fault.NotFound {
			err = damaged(err)
		}
		if err != nil {
			return got, err
		}
		h, err := l.one(ctx, &b, r, v.Path, name, func(n int64) { done += n; progress(done, total) })
		if err = errors.Join(err, r.Close()); err != nil {
			return got, err
		}
		if name == v.Name {
			got = Fetched{h.Workspace, h.At, h.Computer, h.Program, h.Schema, h.Opens}
		}
		if h.Parent >= name {
			return got, damaged(errors.New("replica: a version that stands on a later one"))
		}
		name = h.Parent
	}
	if err := b.check(); err != nil {
		return got, err
	}
	return got, db.Sync()
}

func (l *Line) one(ctx context.Context, b *build, r io.Reader, path, name string, read func(n int64)) (header, error) {
	h, content, end, err := l.open(stoppable{counting{r, read}, ctx}, path, name)
	if err != nil {
		return h, err
	}
	defer end()
	return h, b.apply(h, content)
}

type counting struct {
	io.Reader

	read func(n int64)
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read(int64(n))
	return n, err
}

// build is a state that is being put together, from its newest version on.
type build struct {
	db      *os.File
	into    string
	first   header
	have    []bool // pages
	missing map[string]int64
}

func (b *build) apply(h header, content io.Reader) error {
	if b.have == nil {
		b.first, b.have, b.missing = h, make([]bool, h.Count), map[string]int64{}
		for _, p := range h.Pictures {
			b.missing[p.Name] = p.Size
		}
	}
	if h.Page != b.first.Page || h.Workspace != b.first.Workspace {
		return damaged(errors.New("replica: versions that do not belong together"))
	}
	page := make([]byte, h.Page)
	for _, run := range h.Runs {
		for n := run[0]; n < run[0]+run[1]; n++ {
			if _, err := io.ReadFull(content, page); err != nil {
				return unread(err)
			}
			if n >= len(b.have) || b.have[n] {
				continue
			}
			b.have[n] = true
			if _, err := b.db.WriteAt(page, int64(n)*int64(h.Page)); err != nil {
				return ofDisk(err)
			}
		}
	}
	for _, p := range h.Pictures {
		if !p.Carried {
			continue
		}
		if err := b.picture(p, io.LimitReader(content, p.Size)); err != nil {
			return err
		}
	}
	if n, err := content.Read(page); n != 0 || !errors.Is(err, io.EOF) { // also the end of the seal
		return damaged(errors.Join(err, errors.New("replica: a version does not end where it should")))
	}
	return nil
}

func (b *build) picture(p picture, content io.Reader) error {
	if _, wanted := b.missing[p.Name]; !wanted {
		_, err := io.Copy(io.Discard, content)
		return unread(err)
	}
	path := filepath.Join(b.into, filepath.FromSlash(p.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return ofDisk(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return ofDisk(err)
	}
	is := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, is), content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return unread(err)
	}
	if n != p.Size || hex.EncodeToString(is.Sum(nil)) != picturePattern.FindStringSubmatch(p.Name)[1] {
		return damaged(errors.New("replica: a picture is not what its name says"))
	}
	delete(b.missing, p.Name)
	return nil
}

// check compares what was put together with what was taken apart.
func (b *build) check() error {
	if len(b.missing) > 0 || slices.Contains(b.have, false) {
		return damaged(errors.New("replica: something is in no version"))
	}
	root := sha256.New()
	page := make([]byte, b.first.Page)
	r := io.NewSectionReader(b.db, 0, int64(b.first.Count)*int64(b.first.Page))
	for range b.first.Count {
		if _, err := io.ReadFull(r, page); err != nil {
			return ofDisk(err)
		}
		is := sha256.Sum256(page)
		root.Write(is[:])
	}
	want, err := hex.DecodeString(b.first.Root)
	if err != nil || !bytes.Equal(want, root.Sum(nil)) {
		return damaged(errors.Join(err, errors.New("replica: the whole is not what was sent")))
	}
	return nil
}

// unread is a fault of reading a version: of the way to the place, of the disk, or what was read.
func unread(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return away(err)
	}
	return damaged(err)
}
