package app_test

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

	"aead.dev/minisign"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
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
	dir := t.TempDir()
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	a := app.New(app.Options{Workspace: dir, Version: "1.0.0", Updates: update.Place{Address: server.URL, Key: string(key), Client: server.Client()}})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := start(t, t.TempDir())
	s.app, s.first = a, testkit.Bound[*firststart.Window](a)
	begin(t, s, false)
	d := &testkit.Dialogs{Folder: t.TempDir()}
	a.Startup(testkit.Deaf, d)
	if asked.Load() != 0 {
		t.Fatal("it was asked before anybody did")
	}
	system := testkit.Bound[*app.SystemService](a)
	told.Store("1.1.0")
	v, err := system.LookForUpdate()
	if err != nil || !v.Newer || v.Version != "1.1.0" {
		t.Fatalf("%+v, %v", v, err)
	}
	if runtime.GOOS == "linux" {
		job, err := system.SaveUpdate("")
		if err != nil {
			t.Fatal(err)
		}
		if job = ended(t, s, job); job.State != "done" {
			t.Fatalf("%+v", job)
		}
		if data, err := os.ReadFile(filepath.Join(d.Folder, d.Saved[0].Name)); err != nil || string(data) != "new" {
			t.Errorf("%s, %v", data, err)
		}
	}
	told.Store("1.0.5")
	if v, err := system.LookForUpdate(); fault.ReasonOf(err) != update.ReasonOlder || v.Newer {
		t.Errorf("an old state: %+v, %v", v, err)
	}
}
