package app_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
)

// picked answers the system's dialog.
type picked struct {
	path  string
	err   error
	asked *app.OpenDialog
}

func (p picked) Open(d app.OpenDialog) (string, error) {
	*p.asked = d
	return p.path, p.err
}

func TestPicturesThroughTheSystemsDialog(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	var system *app.SystemService
	for _, bound := range s.app.Services() {
		if b, ok := bound.(*app.SystemService); ok {
			system = b
		}
	}
	if _, err := system.PickPicture("x", false); fault.ReasonOf(err) != "no_dialog" {
		t.Errorf("without a dialog: %v", err)
	}
	dir := t.TempDir()
	good := filepath.Join(dir, "logo.svg")
	if err := os.WriteFile(good, []byte("<svg/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	huge := filepath.Join(dir, "huge.png")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, picture.MaxBytes+1); err != nil {
		t.Fatal(err)
	}
	var asked app.OpenDialog
	for _, c := range []struct {
		name   string
		picked picked
		reason string
		want   string
	}{
		{"a file", picked{path: good}, "", "logo.svg <svg/>"},
		{"nothing", picked{}, "", " "},
		{"a folder", picked{path: dir}, picture.ReasonUnknown, " "},
		{"a device", picked{path: os.DevNull}, picture.ReasonUnknown, " "},
		{"more than a picture may have", picked{path: huge}, picture.ReasonHeavy, " "},
		{"what is not there", picked{path: filepath.Join(dir, "gone.png")}, "not_read", " "},
		{"no display", picked{err: errors.New("no display")}, "no_dialog", " "},
	} {
		c.picked.asked = &asked
		s.app.UsePicker(c.picked)
		got, err := system.PickPicture("Choose a logo", true)
		if fault.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
			continue
		}
		data, _ := base64.StdEncoding.DecodeString(got.Data)
		if text := got.Name + " " + string(data); err == nil && text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
	if asked.Title != "Choose a logo" || strings.Join(asked.Endings, " ") != "png jpg jpeg gif webp svg" {
		t.Errorf("asked %+v", asked)
	}
}
