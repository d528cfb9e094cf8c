package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"kontor/internal/core/fault"
)

// Source is something to be packed: a file, or bytes that are in none.
type Source struct {
	Name string // of its entry
	Path string
	Data []byte // where there is no Path
}

func (s Source) open() (io.ReadCloser, error) {
	if s.Path == "" {
		return io.NopCloser(bytes.NewReader(s.Data)), nil
	}
	return os.Open(s.Path)
}

// Pictures lists the pictures in a folder of them, by area and name; what is none is left out.
func Pictures(dir string) ([]Source, error) {
	found, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	list := []Source{}
	for _, path := range found {
		name := pictures + filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && pictureName.MatchString(name) {
			list = append(list, Source{Name: name, Path: path})
		}
	}
	return list, err
}

// file is what is written to; tests replace it.
type file interface {
	io.WriteCloser
	Sync() error
}

var create = func(path string) (file, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
}

// Unfinished is what the name of an archive ends in until it was read back.
const Unfinished = ".part"

// Create packs sources into an archive at path, which is replaced once the new one was opened and compared to its end.
// Progress is told in bytes of three rounds: sums, writing, reading back. It returns the manifest, with its files. Whatever
// ends it before leaves nothing. Errors: Unavailable/ReasonFull, Unavailable/ReasonGone, Canceled.
func Create(ctx context.Context, path, passphrase string, m Manifest, sources []Source, progress func(done, total int64)) (Manifest, error) {
	m.Format = format
	var done, total int64
	for _, s := range sources {
		size := int64(len(s.Data))
		if s.Path != "" {
			info, err := os.Stat(s.Path)
			if err != nil {
				return m, unwritten(err)
			}
			size = info.Size()
		}
		total += 3 * size
	}
	count := func(n int64) { done += n; progress(done, total) }
	packed := make([]Source, 0, len(sources))
	for _, s := range sources {
		f, err := sum(ctx, s, count)
		if s.Path != "" && errors.Is(err, fs.ErrNotExist) && s.Name != Database { // a picture that nobody refers to any more
			continue
		}
		if err != nil {
			return m, unwritten(err)
		}
		m.Files, packed = append(m.Files, f), append(packed, s)
	}
	part := path + Unfinished
	defer func() { _ = os.Remove(part) }() // unless it was renamed
	if err := pack(ctx, part, passphrase, m, packed, count); err != nil {
		return m, unwritten(err)
	}
	if _, _, err := Open(ctx, part, passphrase, "", func(int64, int64) {}); err != nil {
		return m, err
	}
	progress(total, total)
	if err := os.Rename(part, path); err != nil {
		return m, unwritten(err)
	}
	if d, err := os.Open(filepath.Dir(path)); err == nil { // the name shall be on disk, too, where the system can do that
		_ = d.Sync()
		_ = d.Close()
	}
	return m, nil
}

func sum(ctx context.Context, s Source, count func(int64)) (File, error) {
	r, err := s.open()
	if err != nil {
		return File{}, err
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	n, err := io.Copy(h, stoppable{r, ctx, count})
	return File{Name: s.Name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

func pack(ctx context.Context, path, passphrase string, m Manifest, sources []Source, count func(int64)) (err error) {
	out, err := create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	sealed, err := sealing(out, passphrase)
	if err != nil {
		return err
	}
	small, err := zstd.NewWriter(sealed, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	list, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	t := tar.NewWriter(small)
	head := func(name string, size int64) error {
		return t.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: m.At, Format: tar.FormatPAX})
	}
	if err := head(manifestName, int64(len(list))); err != nil {
		return err
	}
	if _, err := t.Write(list); err != nil {
		return err
	}
	for i, s := range sources {
		if err := head(s.Name, m.Files[i].Size); err != nil {
			return err
		}
		r, err := s.open()
		if err != nil {
			return err
		}
		_, err = io.Copy(t, stoppable{r, ctx, count})
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), small.Close(), sealed.Close(), out.Sync())
}

// maxManifest is the longest manifest that is read: 50,000 pictures.
const maxManifest = 16 << 20

// maxSecrets is how many bytes are read of what must not lie on a disk.
const maxSecrets = 8 << 20

// maxKeyFile and maxJournal are the longest that are read: a key under a passphrase, and some three million entries.
const (
	maxKeyFile = 64 << 10
	maxJournal = 1 << 30
)

// Open reads an archive to its end and compares everything with its manifest. Into a folder it unpacks the files, readable
// by their owner alone; without one it only checks. What must not lie on a disk comes back as bytes: the vault's key, or the
// secrets of an organization, or nil. Progress is told in bytes of the archive. On an error the caller removes the folder.
// Errors: Invalid with the field passphrase, Invalid/ReasonNot, Conflict/ReasonNewer, Conflict/ReasonDamaged,
// Unavailable/ReasonGone, Unavailable/ReasonFull, Canceled.
func Open(ctx context.Context, path, passphrase, into string, progress func(done, total int64)) (m Manifest, key []byte, err error) {
	in, err := os.Open(path)
	if err != nil {
		return m, nil, unreadable(err, ReasonNot)
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return m, nil, unreadable(err, ReasonNot)
	}
	var done int64
	plain, err := opening(stoppable{in, ctx, func(n int64) { done += n; progress(done, info.Size()) }}, passphrase)
	if err != nil {
		return m, nil, err
	}
	large, err := zstd.NewReader(plain, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
	if err != nil {
		return m, nil, unreadable(err, ReasonNot)
	}
	defer large.Close()
	t := tar.NewReader(large)
	if m, err = manifest(t); err != nil {
		return m, nil, err
	}
	for _, f := range m.Files {
		h, err := t.Next()
		if err != nil || h.Name != f.Name || h.Size != f.Size {
			return m, nil, unreadable(errors.Join(errors.New("archive: not "+f.Name), err), ReasonDamaged)
		}
		if f.Name == Key || f.Name == Secrets {
			if key, err = io.ReadAll(io.LimitReader(t, maxSecrets)); err == nil && hexSum(key) != f.SHA256 {
				err = errors.New("archive: not the key of the manifest")
			}
		} else {
			err = unpack(t, f, into)
		}
		if err != nil {
			return m, nil, unreadable(err, ReasonDamaged)
		}
	}
	if _, err := t.Next(); !errors.Is(err, io.EOF) {
		return m, nil, unreadable(errors.Join(errors.New("archive: more than the manifest says"), err), ReasonDamaged)
	}
	if _, err := io.Copy(io.Discard, large); err != nil { // the end of the file is what tells that nothing was cut off
		return m, nil, unreadable(err, ReasonDamaged)
	}
	return m, key, nil
}

func manifest(t *tar.Reader) (m Manifest, err error) {
	h, err := t.Next()
	if err != nil || h.Name != manifestName || h.Size > maxManifest {
		return m, unreadable(errors.Join(errors.New("archive: no manifest"), err), ReasonNot)
	}
	list, err := io.ReadAll(t)
	if err != nil {
		return m, unreadable(err, ReasonDamaged)
	}
	if err := json.Unmarshal(list, &m); err != nil {
		return m, fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	return m, m.check()
}

func hexSum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func unpack(r io.Reader, f File, into string) (err error) {
	h := sha256.New()
	w := io.Writer(h)
	if into != "" {
		path := filepath.Join(into, filepath.FromSlash(f.Name)) // its name was checked with the manifest
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return unwritten(err)
		}
		out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return unwritten(err)
		}
		defer func() { err = errors.Join(err, out.Close()) }()
		w = disk{io.MultiWriter(h, out)}
		defer func() { err = errors.Join(err, unwritten(out.Sync())) }()
	}
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return damaged(errors.New("archive: the sum of " + f.Name))
	}
	return nil
}

// disk tells the faults of writing from those of reading, which come back from the same copying.
type disk struct{ io.Writer }

func (d disk) Write(p []byte) (int, error) {
	n, err := d.Writer.Write(p)
	return n, unwritten(err)
}
