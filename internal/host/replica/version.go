package replica

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"os"
	"regexp"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
)

// A version is, sealed with age and compressed with zstd: the length of its header (four bytes, the highest first), the
// header as JSON, the pages that it names in their order, and the pictures that it carries in theirs.

// header says what a version holds. Root is the sum of the sums of all pages of the database, so that what was put together is known
// to be what was taken apart.
type header struct {
	Format    int       `json:"format"`
	Workspace string    `json:"workspace"`
	Path      string    `json:"path"`
	Name      string    `json:"name"`
	Parent    string    `json:"parent"` // "" for a beginning
	At        time.Time `json:"at"`
	Computer  string    `json:"computer"`
	Program   string    `json:"program"`
	Schema    int64     `json:"schema"`
	Opens     Opens     `json:"opens"`
	Pictures  []picture `json:"pictures"` // all that the state has
	diff
}

// diff is which pages of a database are in a version.
type diff struct {
	Page  int      `json:"page"`  // bytes of one
	Count int      `json:"count"` // of the whole database
	Runs  [][2]int `json:"runs"`  // first page, from 0, and how many
	Root  string   `json:"root"`

	sums    []byte
	changed bool
	whole   bool // most of them, or there is nothing to compare with
}

type picture struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`
	Carried bool   `json:"carried"` // its bytes are in this version
}

const maxHeader = 64 << 20

var picturePattern = regexp.MustCompile(`^pictures/[a-z]+/([0-9a-f]{64})$`)

// The counters in the first page of a database file, which change without anything else: of changes, of the schema as a
// snapshot raises it, and whose version the file is.
var counters = [][2]int{{24, 28}, {40, 44}, {92, 100}}

// compare reads a database file and tells which pages differ from those with the sums given.
func compare(ctx context.Context, path string, before []byte) (d diff, err error) {
	f, err := os.Open(path)
	if err != nil {
		return d, ofDisk(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return d, ofDisk(err)
	}
	first := make([]byte, 100)
	if _, err := io.ReadFull(f, first); err != nil {
		return d, damaged(err)
	}
	if d.Page = int(binary.BigEndian.Uint16(first[16:])); d.Page == 1 {
		d.Page = 1 << 16
	}
	if d.Page < 512 || info.Size()%int64(d.Page) != 0 {
		return d, damaged(errors.New("replica: no whole database"))
	}
	d.Count = int(info.Size() / int64(d.Page))
	d.sums = make([]byte, 0, d.Count*sum)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return d, ofDisk(err)
	}
	r, page, differ := bufio.NewReaderSize(f, 1<<20), make([]byte, d.Page), 0
	root := sha256.New()
	for n := range d.Count {
		if n%1024 == 0 && ctx.Err() != nil {
			return d, away(ctx.Err())
		}
		if _, err := io.ReadFull(r, page); err != nil {
			return d, ofDisk(err)
		}
		is := sha256.Sum256(page)
		root.Write(is[:])
		if n == 0 {
			for _, c := range counters {
				clear(page[c[0]:c[1]])
			}
			is = sha256.Sum256(page)
		}
		d.sums = append(d.sums, is[:]...)
		same := (n+1)*sum <= len(before) && bytes.Equal(is[:], before[n*sum:(n+1)*sum])
		if !same {
			differ++
		}
		if !same || n == 0 { // its counters belong to the state
			d.add(n)
		}
	}
	d.Root = hex.EncodeToString(root.Sum(nil))
	d.changed = differ > 0 || len(d.sums) != len(before)
	d.whole = len(before) == 0 || differ > d.Count/2
	return d, nil
}

func (d *diff) add(page int) {
	if n := len(d.Runs); n > 0 && d.Runs[n-1][0]+d.Runs[n-1][1] == page {
		d.Runs[n-1][1]++
		return
	}
	d.Runs = append(d.Runs, [2]int{page, 1})
}

// all makes of it the whole database.
func (d *diff) all() { d.Runs, d.changed = [][2]int{{0, d.Count}}, true }

// pack writes a version to a file, and returns how large it is and its sum.
func (l *Line) pack(ctx context.Context, to, database string, h *header, all, carried []archive.Source) (size int64, digest [sha256.Size]byte, err error) {
	for _, p := range all {
		info, err := os.Stat(p.Path)
		if err != nil {
			continue // it was removed meanwhile
		}
		one := picture{Name: p.Name, Size: info.Size()}
		for _, c := range carried {
			one.Carried = one.Carried || c.Name == p.Name
		}
		h.Pictures = append(h.Pictures, one)
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, digest, ofDisk(err)
	}
	w := &counted{w: f, sum: sha256.New()}
	err = l.write(ctx, w, database, h, carried)
	if err = errors.Join(err, f.Close()); err != nil {
		return 0, digest, ofDisk(err)
	}
	return w.n, [sha256.Size]byte(w.sum.Sum(nil)), nil
}

func (l *Line) write(ctx context.Context, w io.Writer, database string, h *header, carried []archive.Source) error {
	said, err := json.Marshal(h)
	if err != nil {
		return err
	}
	sealed, err := age.Encrypt(w, l.o.Key.identity.Recipient())
	if err != nil {
		return err
	}
	z, err := zstd.NewWriter(sealed, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if _, err := z.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(said))), said...)); err != nil { //nolint:gosec // far below
		return err
	}
	db, err := os.Open(database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for _, run := range h.Runs {
		part := io.NewSectionReader(db, int64(run[0])*int64(h.Page), int64(run[1])*int64(h.Page))
		if _, err := io.Copy(z, stoppable{part, ctx}); err != nil {
			return err
		}
	}
	for _, p := range h.Pictures {
		if !p.Carried {
			continue
		}
		for _, c := range carried {
			if c.Name == p.Name {
				if err := copyExactly(z, c.Path, p.Size); err != nil {
					return err
				}
			}
		}
	}
	return errors.Join(z.Close(), sealed.Close())
}

// copyExactly copies so many bytes of a file, or fails.
func copyExactly(w io.Writer, path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	_, err = io.CopyN(w, f, size)
	return err
}

type counted struct {
	w   io.Writer
	n   int64
	sum hash.Hash
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	_, _ = c.sum.Write(p[:n]) // never fails
	return n, err
}

// open begins to read a version, and checks that it is the one that its name says.
func (l *Line) open(r io.Reader, path, name string) (h header, content io.Reader, end func(), err error) {
	plain, err := age.Decrypt(r, l.o.Key.identity)
	if err != nil {
		return h, nil, nil, damaged(err)
	}
	z, err := zstd.NewReader(plain, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
	if err != nil {
		return h, nil, nil, damaged(err)
	}
	length := make([]byte, 4)
	if _, err = io.ReadFull(z, length); err == nil && binary.BigEndian.Uint32(length) > maxHeader {
		err = errors.New("replica: a header is too long")
	}
	if err == nil {
		said := make([]byte, binary.BigEndian.Uint32(length))
		if _, err = io.ReadFull(z, said); err == nil {
			err = json.Unmarshal(said, &h)
		}
	}
	if err == nil && h.Format <= format {
		err = h.check(path, name)
	}
	if err != nil {
		z.Close()
		return h, nil, nil, damaged(err)
	}
	if h.Format > format {
		z.Close()
		return h, nil, nil, fault.New(fault.Conflict, ReasonFormat)
	}
	return h, z, z.Close, nil
}

func (h header) check(path, name string) error {
	if h.Path != path || h.Name != name {
		return errors.New("replica: a version in the place of another")
	}
	if h.Page < 512 || h.Page > 1<<16 || h.Count < 1 {
		return errors.New("replica: the pages of a version")
	}
	for _, run := range h.Runs {
		if run[0] < 0 || run[1] < 1 || run[0]+run[1] > h.Count {
			return errors.New("replica: the pages of a version")
		}
	}
	for _, p := range h.Pictures {
		if !picturePattern.MatchString(p.Name) || p.Size < 0 {
			return errors.New("replica: a picture of a version")
		}
	}
	return nil
}
