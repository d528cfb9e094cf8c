package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"sync"
	"time"

	"kontor/internal/host/beside"
)

// HoldFile is the file in a workspace that says who has it open.
const HoldFile = "kontor.db.open"

// How often a holder says that it is still there, and after how long without a word another computer may ask to take over.
const (
	Beat  = time.Minute
	Stale = 3 * Beat
)

// Holder is who has a workspace open.
type Holder struct {
	Machine string    `json:"machine"` // which computer, without telling which
	Boot    string    `json:"boot"`    // which run of it; "" where the system does not tell
	Host    string    `json:"host"`
	User    string    `json:"user"`
	PID     int       `json:"pid"`
	Started string    `json:"started"` // when the process began, in the system's own form
	Version string    `json:"version"`
	Since   time.Time `json:"since"`
	Beat    time.Time `json:"beat"` // the last word of it
}

// Self is this process.
func Self(version string) Holder {
	h := Holder{Machine: machine(), Boot: boot(), PID: os.Getpid(), Version: version}
	h.Started, _ = started(h.PID)
	h.Host, _ = os.Hostname()
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	return h
}

// machine tells computers apart. What keeps its own numbers of processes, as a container does, counts as one of its own.
func machine() string {
	host, _ := os.Hostname()
	sum := sha256.Sum256([]byte("kontor machine\x00" + machineID() + "\x00" + host + "\x00" + processSpace()))
	return hex.EncodeToString(sum[:8])
}

// InUse tells that somebody else has the workspace open.
type InUse struct {
	Holder Holder
	// Silent: it is on another computer, which has said nothing for a while. It may have crashed, or be cut off: only a
	// person can tell.
	Silent bool
}

func (e *InUse) Error() string {
	return fmt.Sprintf("disk: the workspace is open on %s, process %d, since %s", e.Holder.Host, e.Holder.PID, e.Holder.Since.Format(time.RFC3339))
}

// Hold is the right to open a workspace.
type Hold struct {
	path  string
	self  Holder
	now   func() time.Time
	stop  chan struct{}
	done  sync.WaitGroup
	close sync.Once
}

// Take holds the workspace in dir for this process. A holder on this computer that is no more gives way; others give an
// *InUse, unless force is given and it is Silent. lost is called, from another goroutine, should somebody take it over.
func Take(dir string, self Holder, now func() time.Time, force bool, lost func(by Holder)) (*Hold, error) {
	h := &Hold{path: filepath.Join(dir, HoldFile), self: self, now: now, stop: make(chan struct{})}
	h.self.Since = now().UTC().Truncate(time.Second)
	for range 10 {
		err := h.create()
		if err == nil {
			beside.In(&h.done, nil, "hold", func() { h.beat(lost) })
			return h, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		other, err := read(h.path)
		if info, lost := os.Lstat(h.path); errors.Is(err, fs.ErrNotExist) && (lost != nil || info.Mode()&fs.ModeSymlink == 0) {
			continue // it was given up meanwhile; a link that leads nowhere stands in the way for ever
		}
		if err == nil { // one that cannot be read says nothing: a computer that went down while it was written
			if inUse := other.against(self, now()); inUse != nil && !(force && inUse.Silent) {
				return nil, inUse
			}
		}
		if err := os.Remove(h.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, errors.New("disk: others take the workspace and give it up all the time")
}

// against tells whether a holder still holds against another; nil if it is no more.
func (h Holder) against(self Holder, now time.Time) *InUse {
	if h.Machine != self.Machine {
		return &InUse{Holder: h, Silent: now.Sub(h.Beat) > Stale}
	}
	if h.Boot != self.Boot {
		return nil // the computer was started anew since
	}
	if begun, alive := started(h.PID); !alive || begun != h.Started {
		return nil // it ended, and another process may have its number
	}
	return &InUse{Holder: h}
}

func (h *Hold) create() error {
	f, err := os.OpenFile(h.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(h.text())
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(h.path)
	}
	return err
}

func (h *Hold) text() []byte {
	h.self.Beat = h.now().UTC()
	b, err := json.Marshal(h.self)
	if err != nil {
		panic(err) // strings, numbers and times
	}
	return b
}

func (h *Hold) beat(lost func(by Holder)) {
	tick := time.NewTicker(Beat)
	defer tick.Stop()
	for {
		select {
		case <-h.stop:
			return
		case <-tick.C:
			if other, mine := h.mine(); !mine {
				lost(other)
				return
			}
			h.say()
		}
	}
}

// mine tells whether this process still holds, and otherwise who does.
func (h *Hold) mine() (Holder, bool) {
	other, err := read(h.path)
	if err != nil { // the disk is away, or somebody tidied up: nobody else holds it
		return Holder{}, true
	}
	return other, other.Machine == h.self.Machine && other.PID == h.self.PID && other.Started == h.self.Started
}

// say writes the word that this process is still there. A reader never meets half of it.
func (h *Hold) say() {
	fresh := fmt.Sprintf("%s.%d", h.path, h.self.PID)
	if err := os.WriteFile(fresh, h.text(), 0o600); err == nil {
		err = os.Rename(fresh, h.path)
		if err == nil {
			return
		}
	}
	_ = os.Remove(fresh)
}

// Close gives the workspace up.
func (h *Hold) Close() {
	if h == nil {
		return
	}
	h.close.Do(func() {
		close(h.stop)
		h.done.Wait()
		if _, mine := h.mine(); mine {
			_ = os.Remove(h.path)
		}
	})
}

func read(path string) (h Holder, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(b, &h)
}
