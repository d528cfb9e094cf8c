package update_test

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"aead.dev/minisign"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	flow "kontor/internal/flow/update"
	"kontor/internal/host/bridge"
	"kontor/internal/host/settings"
	"kontor/internal/host/update"
)

// Nothing is asked before somebody does; what was told once is not forgotten; the file lands where the person wants it.
func TestANewerVersionIsLookedForWhenAsked(t *testing.T) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := public.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	var told atomic.Value
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		index := fmt.Appendf(nil, `{"version": %q, "published": "2026-11-29T00:00:00Z", "files": [{"system": %q, "name": "kontor.deb", "size": 3, "sha256": "%x"},
			{"system": %q, "name": "kontor-setup.exe", "size": 3, "sha256": "%x"}]}`, told.Load(), runtime.GOOS+"/"+runtime.GOARCH, sha256.Sum256([]byte("new")), "windows/amd64", sha256.Sum256([]byte("new")))
		switch path.Base(r.URL.Path) {
		case "latest.json":
			_, _ = w.Write(index)
		case "latest.json.minisig":
			_, _ = w.Write(minisign.Sign(secret, index))
		default:
			_, _ = w.Write([]byte("new"))
		}
	}))
	defer server.Close()
	db, d := testkit.NewDB(t, nil), &testkit.Dialogs{Folder: t.TempDir()}
	service := flow.New(flow.Options{
		DB: db, Settings: settings.NewStore(db), Program: "1.0.0", Place: update.Place{Address: server.URL, Key: string(key), Client: server.Client()},
	})
	shell := testkit.Shell(t, testkit.Keeper(t), d)
	w := flow.NewWindow(bridge.To(shell, func() *flow.Service { return service }))
	if asked.Load() != 0 {
		t.Fatal("it was asked before anybody did")
	}
	told.Store("1.1.0")
	v, err := w.Look()
	if err != nil || !v.Newer || v.Version != "1.1.0" {
		t.Fatalf("%+v, %v", v, err)
	}
	if runtime.GOOS == "linux" {
		job, err := w.Save("")
		if err != nil {
			t.Fatal(err)
		}
		for jobs := bridge.NewJobWindow(shell); job.State == "running"; time.Sleep(5 * time.Millisecond) {
			if job, err = jobs.Get(job.ID); err != nil {
				t.Fatal(err)
			}
		}
		if job.State != "done" {
			t.Fatalf("%+v", job)
		}
		if data, err := os.ReadFile(filepath.Join(d.Folder, d.Saved[0].Name)); err != nil || string(data) != "new" {
			t.Errorf("%s, %v", data, err)
		}
	}
	told.Store("1.0.5")
	if v, err := w.Look(); fault.ReasonOf(err) != update.ReasonOlder || v.Newer {
		t.Errorf("an old state: %+v, %v", v, err)
	}
}

// Whoever is not signed in asks nobody.
func TestNobodyAsksForNobody(t *testing.T) {
	db := testkit.NewDB(t, nil)
	service := flow.New(flow.Options{DB: db, Settings: settings.NewStore(db), Program: "1.0.0"})
	if _, _, err := service.Look(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
	if _, err := service.Newer(testkit.Keeper(t)); fault.ReasonOf(err) != update.ReasonNoPlace {
		t.Error(err)
	}
}
