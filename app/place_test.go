package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/organization"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/frame"
	"kontor/internal/flow/home"
	"kontor/internal/host/disk"
	"kontor/internal/host/sqlite"
)

// lying starts Kontor on a workspace that lies on a disk of that kind.
func lying(t *testing.T, dir string, place disk.Place) services {
	t.Helper()
	a := app.New(app.Options{Workspace: dir, Version: "test", Disk: func(string) disk.Place { return place }})
	t.Cleanup(a.Shutdown)
	return services{
		a, testkit.Bound[*app.SystemService](a), testkit.Bound[*home.Window](a), testkit.Bound[*session.Window](a),
		testkit.Bound[*frame.Window](a), testkit.Bound[*firststart.Window](a),
	}
}

// files are the names and contents of what lies in a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func same(t *testing.T, before, after map[string]string) {
	t.Helper()
	for path, content := range after {
		if was, ok := before[path]; !ok || was != content {
			t.Errorf("%s was made or changed", path)
		}
	}
	if len(after) < len(before) {
		t.Errorf("%d files are gone", len(before)-len(after))
	}
}

func TestOnANetworkDiskNothingIsMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	s := lying(t, dir, disk.Place{Remote: "nfs"})
	if err := s.app.Open(t.Context()); fault.ReasonOf(err) != "disk_remote" {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was made")
	}
	if state := s.system.State(); !strings.Contains(state.Fault, "nfs") {
		t.Errorf("%+v", state)
	}
}

// What lies where it should not be written to is looked at in a copy, until the person insists.
func TestAWorkspaceOnANetworkDiskIsLookedAt(t *testing.T) {
	temporary := t.TempDir() // what others keep in the common one is none of ours
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temporary)
	}
	dir := t.TempDir()
	own := opened(t, dir)
	begin(t, own, true)
	own.app.Shutdown()
	for reason, place := range map[string]disk.Place{"disk_remote": {Remote: "cifs"}, sqlite.ReasonNoWrite: {ReadOnly: true}} {
		before := files(t, dir)
		s := lying(t, dir, place)
		if err := s.app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		if state := s.system.State(); state.Fault != "" || !strings.Contains(state.Look, reason) {
			t.Fatalf("%+v", state)
		}
		if err := s.session.SignIn("elena@ponteri.example", "wrong", false); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: a wrong password: %v", reason, err)
		}
		if err := s.session.SignIn("elena@ponteri.example", hers, true); err != nil {
			t.Fatalf("%s: %v", reason, err)
		}
		if _, err := s.home.Board(); err != nil {
			t.Errorf("%s: %v", reason, err)
		}
		if _, err := testkit.Bound[*organization.Window](s.app).Create("Libreria Bottini", "CH"); fault.ReasonOf(err) != sqlite.ReasonLook {
			t.Errorf("%s: a change: %v", reason, err)
		}
		same(t, before, files(t, dir))
		if place.Remote == "" {
			if _, err := s.system.OpenAnyway(); fault.CodeOf(err) != fault.Conflict {
				t.Errorf("a disk that cannot be written to: %v", err)
			}
			s.app.Shutdown()
			continue
		}
		state, err := s.system.OpenAnyway()
		if err != nil || state.Look != "" || state.Fault != "" {
			t.Fatalf("%+v, %v", state, err)
		}
		if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
			t.Fatal(err)
		}
		if _, err := testkit.Bound[*organization.Window](s.app).Create("Libreria Bottini", "CH"); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "kontor.db-*")); len(left) != 0 {
			t.Errorf("a log where computers share the disk: %v", left)
		}
		s.app.Shutdown()
	}
	if left, _ := filepath.Glob(filepath.Join(temporary, "kontor-look-*")); len(left) != 0 {
		t.Errorf("copies stay behind: %v", left)
	}
}

func TestTwoWindowsOnOneWorkspaceNoticeEachOther(t *testing.T) {
	dir := t.TempDir()
	first := opened(t, dir)
	begin(t, first, false)
	second := start(t, dir) // on this computer they may work side by side
	if err := second.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if state := second.system.State(); state.Look != "" || !strings.Contains(state.Beside, "workspace_in_use") {
		t.Errorf("%+v", state)
	}
	second.app.Shutdown()
	shared := lying(t, dir, disk.Place{Remote: "nfs"})
	if err := shared.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := shared.system.OpenAnyway(); fault.ReasonOf(err) != "workspace_in_use" {
		t.Errorf("taken from somebody who is there: %v", err)
	}
	shared.app.Shutdown()
	first.app.Shutdown()
	third := start(t, dir)
	if err := third.app.Open(t.Context()); err != nil || third.system.State().Beside != "" {
		t.Error(err, third.system.State())
	}
}

func TestAComputerThatFellSilentIsAskedAbout(t *testing.T) {
	dir := t.TempDir()
	own := opened(t, dir)
	own.app.Shutdown()
	far := disk.Self("test")
	far.Machine, far.Host, far.Beat = "another", "laptop-elena", time.Now().Add(-time.Hour)
	b, err := json.Marshal(far)
	if err != nil {
		t.Fatal(err)
	}
	hold := filepath.Join(dir, disk.HoldFile)
	if err := os.WriteFile(hold, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	err = s.app.Open(t.Context())
	if fault.ReasonOf(err) != "workspace_silent" || !strings.Contains(fault.JSON(err), "laptop-elena") {
		t.Fatal(fault.JSON(err))
	}
	if state, err := s.system.OpenAnyway(); err != nil || state.Fault != "" || state.Look != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if now, err := os.ReadFile(hold); err != nil || bytes.Contains(now, []byte("laptop-elena")) {
		t.Errorf("%s, %v", now, err)
	}
}

func TestTheWarningAboutASyncedFolderIsGivenOnce(t *testing.T) {
	dir := t.TempDir()
	for _, want := range []string{"Dropbox", ""} {
		s := lying(t, dir, disk.Place{Synced: "Dropbox"})
		if err := s.app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		if state := s.system.State(); state.Synced != want {
			t.Errorf("%+v, want %q", state, want)
		}
		if err := s.system.SyncedSeen(); err != nil {
			t.Fatal(err)
		}
		s.app.Shutdown()
	}
}

// A program that was killed while a workspace was looked at, or a backup unpacked, leaves a copy in the open: the next start
// removes it.
func TestWhatAKilledLookLeftIsGoneWithTheNextStart(t *testing.T) {
	dir, temporary := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	left := []string{filepath.Join(dir, ".restoring-1"), filepath.Join(temporary, "kontor-look-1"), filepath.Join(temporary, "kontor-prices-1")}
	yesterday := time.Now().Add(-25 * time.Hour)
	for _, folder := range left {
		if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "kontor.db"), []byte("x"), 0o600), os.Chtimes(folder, yesterday, yesterday)); err != nil {
			t.Fatal(err)
		}
	}
	opened(t, dir)
	for _, folder := range left {
		for deadline := time.Now().Add(testkit.Patience(time.Minute)); ; time.Sleep(time.Millisecond) {
			if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s is still there", folder)
			}
		}
	}
}
