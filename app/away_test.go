package app_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/host/disk"
)

// Whoever left for a look into a backup, and then left the computer comes back to a locked window.
func TestAWindowThatWasLeftAloneComesBackLocked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	var ahead atomic.Int64
	onTheWay := func() {} // is called while the own workspace is about to be opened
	s := startedAs(t, app.Options{
		Workspace: dir, Version: "test", Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
		Disk: func(dir string) disk.Place { onTheWay(); return disk.At(dir) },
	})
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	begin(t, s, false)
	back := func(what string, want bool) {
		t.Helper()
		if v := current(t, s); v.SignedIn != want {
			t.Errorf("%s: signed in %t", what, v.SignedIn)
		}
		if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
			t.Fatal(err)
		}
	}
	look := func(meanwhile func()) {
		t.Helper()
		file := backedUp(t, s) // which knows the session
		if _, err := s.system.OpenBackup(file, passphrase); err != nil {
			t.Fatal(err)
		}
		if _, err := s.system.LookInBackup(); err != nil {
			t.Fatal(err)
		}
		meanwhile()
		if v, err := s.system.LeaveBackup(); err != nil || v.Fault != "" {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	look(func() {})
	back("after a look", true)
	look(func() {
		if err := s.session.Lock(); err != nil {
			t.Fatal(err)
		}
	})
	back("the window was locked during a look", false)
	look(func() { ahead.Add(int64(16 * time.Minute)) })
	back("a quarter of an hour in a look", false)
	look(func() { onTheWay = s.app.ScreenLocked })
	back("the screen was locked on the way back from a look", false)

	sampled := func(meanwhile func()) {
		t.Helper()
		if err := s.system.ExploreSample(); err != nil {
			t.Fatal(err)
		}
		meanwhile()
		if err := s.system.LeaveSample(false); err != nil {
			t.Fatal(err)
		}
	}
	sampled(func() {})
	back("the screen was locked on the way back from the sample", false)
	onTheWay = func() {}
	sampled(func() {})
	back("after the sample", true)
	sampled(func() {
		if err := s.session.Lock(); err != nil {
			t.Fatal(err)
		}
	})
	back("the sample was locked", false)
}
