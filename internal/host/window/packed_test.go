package window

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestPackedFilesAreReadByTheirOwnNames(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("export {}")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files := unpacked{fstest.MapFS{
		"index.html":        {Data: []byte("<html>")},
		"assets/a.js.gz":    {Data: packed.Bytes()},
		"assets/torn.js.gz": {Data: packed.Bytes()[:20]},
	}}
	for name, want := range map[string]string{"index.html": "<html>", "assets/a.js": "export {}"} {
		got, err := fs.ReadFile(files, name)
		if err != nil || string(got) != want {
			t.Errorf("%s is %q, %v", name, got, err)
		}
		info, err := fs.Stat(files, name)
		if err != nil || info.Size() != int64(len(want)) || info.IsDir() {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	for name, want := range map[string]error{"assets/b.js": fs.ErrNotExist, "assets/torn.js": fs.ErrInvalid} {
		if _, err := files.Open(name); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}
