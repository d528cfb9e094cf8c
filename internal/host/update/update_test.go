package update

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"aead.dev/minisign"

	"kontor/internal/core/fault"
)

// publisher publishes versions, as a test wants them.
type publisher struct {
	files  map[string][]byte
	asked  atomic.Int32
	secret minisign.PrivateKey
	place  Place
}

func open(t *testing.T) *publisher {
	t.Helper()
	h := &publisher{files: map[string][]byte{}}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		if data, ok := h.files[filepath.Base(r.URL.Path)]; ok {
			_, _ = w.Write(data)
			return
		}
		http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := public.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	h.secret, h.place = secret, Place{Address: server.URL + "/kontor", Key: string(text), Client: server.Client()}
	return h
}

func (h *publisher) publish(t *testing.T, version string, file []byte) {
	t.Helper()
	sum := sha256.Sum256(file)
	told, err := json.Marshal(Found{
		Version: version, Published: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC),
		Files: []File{{System: "linux/amd64", Name: "kontor.deb", Size: int64(len(file)), SHA256: hex.EncodeToString(sum[:])}},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.files[index], h.files[signature], h.files["kontor.deb"] = told, minisign.Sign(h.secret, told), file
}

func TestANewerVersionIsOfferedWithASignatureOnly(t *testing.T) {
	h := open(t)
	h.publish(t, "1.2.0", []byte("the package"))
	for _, c := range []struct {
		runs, seen string
		newer      bool
		reason     string
	}{
		{"1.1.9", "", true, ""},
		{"1.2.0", "1.2.0", false, ""},
		{"1.10.0", "1.1.0", false, ""},
		{"dev", "", true, ""},
		{"v1.1.0", "", true, ""},
		{"v1.2.0-5-g6e19511-dirty", "", false, ""},
		{"1.1.0", "1.3.0", false, ReasonOlder},
		{"1.1.0", "nonsense", true, ""},
	} {
		f, err := h.place.Look(t.Context(), c.runs, c.seen)
		if fault.ReasonOf(err) != c.reason || f.Newer != c.newer {
			t.Errorf("%s, seen %q: newer %t, %v", c.runs, c.seen, f.Newer, err)
		}
	}
	for name, spoil := range map[string]func(h *publisher){
		"changed":      func(h *publisher) { h.files[index] = append([]byte(" "), h.files[index]...) },
		"another key":  func(h *publisher) { h.files[signature] = minisign.Sign(open(t).secret, h.files[index]) },
		"no signature": func(h *publisher) { h.files[signature] = nil },
		"huge":         func(h *publisher) { h.files[index] = make([]byte, maxIndex+1) },
		"signed nonsense": func(h *publisher) {
			h.files[index] = []byte("{}")
			h.files[signature] = minisign.Sign(h.secret, []byte("{}"))
		},
		"signature of older": func(h *publisher) { h.files[signature] = minisign.Sign(h.secret, []byte("older")) },
	} {
		h := open(t)
		h.publish(t, "9.0.0", []byte("x"))
		spoil(h)
		if f, err := h.place.Look(t.Context(), "1.0.0", ""); fault.ReasonOf(err) != ReasonUnsigned || f.Newer {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
	delete(h.files, index)
	if _, err := h.place.Look(t.Context(), "1.0.0", ""); fault.ReasonOf(err) != ReasonAway {
		t.Errorf("led elsewhere: %v", err)
	}
	for name, place := range map[string]Place{"nothing": {}, "no key": {Address: h.place.Address}, "no TLS": {Address: "http://127.0.0.1/", Key: h.place.Key}} {
		if _, err := place.Look(t.Context(), "1.0.0", ""); fault.ReasonOf(err) != ReasonNoPlace {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileIsKeptOnlyAsItWasSigned(t *testing.T) {
	h := open(t)
	h.publish(t, "1.2.0", []byte("the package"))
	found, err := h.place.Look(t.Context(), "1.0.0", "")
	if err != nil {
		t.Fatal(err)
	}
	one, ok := found.For("linux/amd64", ".rpm", ".deb")
	if _, other := found.For("windows/amd64", ".exe"); !ok || other {
		t.Fatal(one, ok, other)
	}
	to := filepath.Join(t.TempDir(), "kontor.deb")
	for _, spoiled := range []string{"the Package", "the package, and more", "the pack", ""} {
		h.files["kontor.deb"] = []byte(spoiled)
		if err := h.place.Save(t.Context(), one, to, func(int64, int64) {}); fault.ReasonOf(err) != ReasonOther {
			t.Errorf("%q: %v", spoiled, err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(to)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	h.files["kontor.deb"] = []byte("the package")
	if err := h.place.Save(t.Context(), one, to, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(to); err != nil || string(data) != "the package" {
		t.Errorf("%s, %v", data, err)
	}
	asked := h.asked.Load()
	if err := h.place.Save(t.Context(), one, filepath.Join(to, "x"), func(int64, int64) {}); fault.ReasonOf(err) != "not_written" || errors.Is(err, os.ErrExist) || h.asked.Load() != asked+1 {
		t.Errorf("%v", err)
	}
}
