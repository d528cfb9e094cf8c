package picture_test

import (
	"encoding/base64"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/picture"
)

// picked answers the system's dialog.
func TestPicturesThroughTheSystemsDialog(t *testing.T) {
	shell := bridge.NewShell(nil, slog.New(slog.DiscardHandler))
	w := picture.NewWindow(shell)
	if _, err := w.Pick("x", false); fault.ReasonOf(err) != "no_dialog" {
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
	if err := os.Truncate(huge, picture.MaxPhotoBytes+1); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		picked testkit.Dialogs
		reason string
		want   string
	}{
		{"a file", testkit.Dialogs{Path: good}, "", "logo.svg <svg/>"},
		{"nothing", testkit.Dialogs{}, "", " "},
		{"a folder", testkit.Dialogs{Path: dir}, picture.ReasonUnknown, " "},
		{"a device", testkit.Dialogs{Path: os.DevNull}, picture.ReasonUnknown, " "},
		{"more than a picture may have", testkit.Dialogs{Path: huge}, picture.ReasonHeavy, " "},
		{"what is not there", testkit.Dialogs{Path: filepath.Join(dir, "gone.png")}, "not_read", " "},
		{"no display", testkit.Dialogs{Err: errors.New("no display")}, "no_dialog", " "},
	} {
		shell.Use(testkit.Deaf, &c.picked)
		got, err := w.Pick("Choose a logo", true)
		if asked := c.picked.Opened[0]; asked.Title != "Choose a logo" || strings.Join(asked.Endings, " ") != "png jpg jpeg gif webp avif heic heif svg" {
			t.Errorf("asked %+v", asked)
		}
		if fault.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
			continue
		}
		data, _ := base64.StdEncoding.DecodeString(got.Data)
		if text := got.Name + " " + string(data); err == nil && text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
}
