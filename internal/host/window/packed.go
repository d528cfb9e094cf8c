package window

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"
)

// unpacked shows the files of a file system by their own names that lie in it packed, with .gz behind the name: the
// program carries a quarter of what its page may load. Each is unpacked when it is opened, which takes a few milliseconds
// for all that the first page needs.
type unpacked struct{ fs.FS }

const packedEnd = ".gz"

// Open opens a file that is there, or unpacks it. Error: of the file as it was asked for.
func (u unpacked) Open(name string) (fs.File, error) {
	f, err := u.FS.Open(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	data, packedErr := fs.ReadFile(u.FS, name+packedEnd)
	if packedErr != nil {
		return nil, err
	}
	unpack, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(unpack)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "unpack", Path: name, Err: fmt.Errorf("%w: %w", fs.ErrInvalid, err)}
	}
	return &unpackedFile{bytes.NewReader(data), path.Base(name)}, nil
}

// unpackedFile is a file in memory.
type unpackedFile struct {
	*bytes.Reader
	name string
}

func (f *unpackedFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *unpackedFile) Close() error               { return nil }
func (f *unpackedFile) Name() string               { return f.name }
func (f *unpackedFile) Mode() fs.FileMode          { return 0o444 }
func (f *unpackedFile) ModTime() time.Time         { return time.Time{} }
func (f *unpackedFile) IsDir() bool                { return false }
func (f *unpackedFile) Sys() any                   { return nil }
