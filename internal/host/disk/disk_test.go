package disk

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func TestAFolderOfThisComputer(t *testing.T) {
	if p := At(t.TempDir()); p != (Place{}) {
		t.Errorf("%+v", p)
	}
	if p := At(filepath.Join(t.TempDir(), "not there")); p.Remote != "" || p.ReadOnly {
		t.Errorf("%+v", p)
	}
}

func TestAFolderThatAProgramKeepsElsewhere(t *testing.T) {
	t.Setenv("OneDriveConsumer", filepath.Join(t.TempDir(), "cloud"))
	for _, c := range []struct{ mark, dir, by string }{
		{"box/.dropbox", "box/work/kontor", "Dropbox"},
		{"box/.dropbox.cache/x", "box/kontor", "Dropbox"},
		{".dropbox/info.json", "kontor", ""}, // Dropbox's own settings in a home
		{"s/.stfolder/x", "s/a/b", "Syncthing"},
		{"n/.sync_0123456789ab.db", "n/kontor", "Nextcloud"},
		{"x/readme", "kDrive/kontor", "kDrive"},
		{"x/readme", "kDrive 2/kontor", "kDrive"},
		{"x/readme", "OneDrive - Ponteri SA/kontor", "OneDrive"},
		{"x/readme", "Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"},
		{"x/readme", "kDriver/kontor", ""},
		{"x/readme", "odd [name]/kontor", ""},
	} {
		root := t.TempDir()
		mark, dir := filepath.Join(root, c.mark), filepath.Join(root, c.dir)
		if err := errors.Join(os.MkdirAll(filepath.Dir(mark), 0o700), os.WriteFile(mark, nil, 0o600), os.MkdirAll(dir, 0o700)); err != nil {
			t.Fatal(err)
		}
		if by := At(dir).Synced; by != c.by {
			t.Errorf("%s beside %s: %q, want %q", c.dir, c.mark, by, c.by)
		}
	}
	if by := syncedBy(filepath.Join(os.Getenv("OneDriveConsumer"), "kontor")); by != "OneDrive" {
		t.Errorf("by the environment: %q", by)
	}
}

// taken takes dir and fails if it cannot be had.
func taken(t *testing.T, dir string, self Holder) *Hold {
	t.Helper()
	h, err := Take(dir, self, time.Now, false, func(Holder) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// left puts the word of a holder into dir, as if it had been left there.
func left(t *testing.T, dir string, h Holder) {
	t.Helper()
	b, err := json.Marshal(h)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, HoldFile), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAWorkspaceIsHeldOnce(t *testing.T) {
	dir := t.TempDir()
	self := Self("test")
	if self.Machine == "" || self.Host == "" || self.Started == "" || self.PID != os.Getpid() {
		t.Fatalf("%+v", self)
	}
	h := taken(t, dir, self)
	var in *InUse
	if _, err := Take(dir, self, time.Now, true, nil); !errors.As(err, &in) || in.Silent || in.Holder.PID != os.Getpid() {
		t.Fatalf("a second one: %v", err)
	}
	h.say()
	if _, err := Take(dir, self, time.Now, false, nil); !errors.As(err, &in) {
		t.Fatalf("after a word: %v", err)
	}
	h.Close()
	h.Close()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Fatalf("%v, %v", entries, err)
	}
	taken(t, dir, self)
}

func TestAHolderThatIsNoMoreGivesWay(t *testing.T) {
	self := Self("test")
	ended := exec.Command(os.Args[0], "-test.run=^$")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	dead := self
	dead.PID, dead.Started = ended.Process.Pid, "1"
	reused := self // the same number, another process
	reused.Started = "1"
	rebooted := self
	rebooted.Boot = "another run"
	for name, other := range map[string]Holder{"ended": dead, "its number is another's now": reused, "before the computer was started anew": rebooted} {
		dir := t.TempDir()
		left(t, dir, other)
		if h, err := Take(dir, self, time.Now, false, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		} else {
			h.Close()
		}
	}
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, HoldFile)); err == nil { // not every system lets everybody make links
		taken(t, dir, self)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, HoldFile), nil, 0o600); err != nil { // power was lost while it was written
		t.Fatal(err)
	}
	taken(t, dir, self)
}

func TestAnotherComputerIsAsked(t *testing.T) {
	self := Self("test")
	far := self
	far.Machine, far.Host, far.PID = "another", "laptop-elena", 1
	for _, c := range []struct {
		ago    time.Duration
		silent bool
	}{{0, false}, {Stale - time.Second, false}, {Stale + time.Minute, true}, {-time.Hour, false}} {
		dir := t.TempDir()
		far.Beat = time.Now().Add(-c.ago)
		left(t, dir, far)
		var in *InUse
		if _, err := Take(dir, self, time.Now, false, nil); !errors.As(err, &in) || in.Silent != c.silent || in.Holder.Host != "laptop-elena" {
			t.Errorf("%s ago: %v", c.ago, err)
		}
		h, err := Take(dir, self, time.Now, true, func(Holder) {})
		if (err == nil) != c.silent {
			t.Errorf("%s ago, forced: %v", c.ago, err)
		}
		h.Close()
	}
	dir := t.TempDir()
	h := taken(t, dir, self)
	left(t, dir, far) // somebody took it over
	if by, mine := h.mine(); mine || by.Host != "laptop-elena" {
		t.Error("it does not notice")
	}
	h.Close()
	if _, err := os.Stat(filepath.Join(dir, HoldFile)); err != nil {
		t.Error("it removes the word of another:", err)
	}
}
