package replica_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	emersion "github.com/emersion/go-webdav"
	"golang.org/x/net/webdav"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit/sshd"
	"kontor/internal/host/replica"
)

// server is a WebDAV server on the loopback, with what can go wrong on the way to it.
type server struct {
	*httptest.Server

	folder   string
	asked    atomic.Int64                                                  // requests
	stand    atomic.Pointer[func(http.ResponseWriter, *http.Request) bool] // in the way; true if it has answered
	careless bool                                                          // heeds no condition
}

// kinds are the servers: two that others wrote, and one that heeds no condition, as some do.
var kinds = []string{"x/net", "emersion", "careless"}

func serve(t testing.TB, kind string) *server {
	t.Helper()
	s := &server{folder: t.TempDir(), careless: kind == "careless"}
	var handler http.Handler = &webdav.Handler{FileSystem: webdav.Dir(s.folder), LockSystem: webdav.NewMemLS()}
	if kind == "emersion" {
		handler = &emersion.Handler{FileSystem: emersion.LocalFileSystem(s.folder)}
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if user, password, _ := r.BasicAuth(); user != "elena" || password != "pontile" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if stand := s.stand.Load(); stand != nil && (*stand)(w, r) {
			return
		}
		if s.careless {
			for _, name := range []string{"If-Match", "If-None-Match"} {
				r.Header.Del(name)
			}
			r.Header.Set("Overwrite", "T")
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) in(stand func(w http.ResponseWriter, r *http.Request) bool) {
	if stand == nil {
		s.stand.Store(nil)
		return
	}
	s.stand.Store(&stand)
}

// full has no room for an object.
func full(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPut {
		return false
	}
	w.WriteHeader(http.StatusInsufficientStorage)
	return true
}

func (s *server) where() replica.Where {
	return replica.Where{Address: s.URL + "/a folder/Kontor", User: "elena", Password: "pontile"}
}

func at(t testing.TB, w replica.Where) replica.Place {
	t.Helper()
	p, err := w.At("1.0")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *server) place(t *testing.T) replica.Place {
	t.Helper()
	above := s.where()
	above.Address = strings.TrimSuffix(above.Address, "/Kontor")
	if err := at(t, above).Folder(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return at(t, s.where())
}

func text(t *testing.T, p replica.Place, name string) string {
	t.Helper()
	r, err := p.Read(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil || r.Close() != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAPlaceGivesBackWhatItTook(t *testing.T) {
	places := map[string]replica.Place{"folder": at(t, replica.Where{Address: t.TempDir()})}
	for _, kind := range kinds {
		places[kind] = serve(t, kind).place(t)
	}
	for kind, stand := range map[string]func([]byte) sshd.Reply{"sftp": nil, "sftp without links": linkless, "sftp, careless": heedless} {
		s := sshd.Serve(t)
		s.In(stand)
		places[kind] = placeOn(t, s)
	}
	for kind, p := range places {
		ctx := t.Context()
		exclusive, err := replica.Probe(ctx, p)
		if err != nil || exclusive == strings.Contains(kind, "careless") {
			t.Errorf("%s: %v, %v", kind, exclusive, err)
		}
		for range 2 {
			if err := p.Folder(ctx, "0123456789abcdef"); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		for _, content := range []string{"first", "another"} {
			if err := p.Write(ctx, "0123456789abcdef/one", strings.NewReader(content), int64(len(content))); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if got := text(t, p, "0123456789abcdef/one"); got != content {
				t.Errorf("%s: %q", kind, got)
			}
		}
		list, err := p.List(ctx, "0123456789abcdef")
		if err != nil || len(list) != 1 || list[0] != (replica.Item{Name: "one", Size: 7}) {
			t.Errorf("%s: %+v, %v", kind, list, err)
		}
		list, err = p.List(ctx, "")
		if err != nil || len(list) != 1 || list[0] != (replica.Item{Name: "0123456789abcdef", Dir: true}) {
			t.Errorf("%s: %+v, %v", kind, list, err)
		}
		if list, err := p.List(ctx, "none"); len(list) != 0 || err != nil {
			t.Errorf("%s: %+v, %v", kind, list, err)
		}
		if _, err := p.Read(ctx, "none"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s: %v", kind, err)
		}
		for range 2 {
			if err := p.Remove(ctx, "0123456789abcdef"); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if list, err := p.List(ctx, ""); err != nil || len(list) != 0 {
			t.Errorf("%s: %+v, %v", kind, list, err)
		}
	}
}

// A password crosses the network in a tunnel only, and goes to no other server than the one that was named.
func TestWhereAReplicaMayLie(t *testing.T) {
	for address, code := range map[string]string{
		"": "required", "relative/folder": "no_folder", "http://dav.example/x": "needs_https", "ftp://dav.example/x": "needs_https",
		"https://": "no_place", "https://elena:secret@dav.example/": "no_place", "https://dav.example/?x": "no_place",
		"sftp://host/x": "required", "sftp://elena:secret@host/x": "no_place", "sftp://elena@host": "no_place",
		"sftp://elena@host/": "no_place", "sftp://elena@host/x?y": "no_place", "sftp://elena@": "no_place", "sftp://elena@host:2222/x": "",
		"sftp://elena@[::1]/~/x": "", "https://dav.example/x": "", "http://127.0.0.1:80/x": "", "http://localhost/x": "", "/home/elena/disk": "",
	} {
		got := ""
		if f := fault.FieldsOf(replica.Where{Address: address}.Check()); len(f) > 0 {
			got = f[0].Code
		}
		if got != code {
			t.Errorf("%q: %q instead of %q", address, got, code)
		}
	}
	other := serve(t, "x/net")
	s := serve(t, "x/net")
	s.in(func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
		return true
	})
	_, err := replica.Probe(t.Context(), at(t, s.where()))
	if fault.ReasonOf(err) != replica.ReasonNot || other.asked.Load() != 0 {
		t.Errorf("%v, %d requests elsewhere", err, other.asked.Load())
	}
}

func TestWhyAPlaceCannotBeUsed(t *testing.T) {
	s := serve(t, "x/net")
	p := s.place(t)
	for reason, stand := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
		replica.ReasonFull:    full,
		replica.ReasonRefused: func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusForbidden); return true },
		replica.ReasonAway:    func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true },
		replica.ReasonNot: func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != "PROPFIND" {
				return false
			}
			w.WriteHeader(http.StatusMultiStatus)
			_, _ = io.WriteString(w, "<html>Welcome")
			return true
		},
	} {
		s.in(stand)
		if _, err := replica.Probe(t.Context(), p); fault.ReasonOf(err) != reason {
			t.Errorf("%s: %v", reason, err)
		}
	}
	s.in(nil)
	wrong := s.where()
	wrong.Password = "another"
	if _, err := replica.Probe(t.Context(), at(t, wrong)); fault.ReasonOf(err) != replica.ReasonRefused {
		t.Error(err)
	}
	s.Close()
	if _, err := replica.Probe(t.Context(), p); fault.ReasonOf(err) != replica.ReasonAway {
		t.Error(err)
	}
	if _, err := replica.Probe(t.Context(), at(t, replica.Where{Address: t.TempDir() + "/away"})); fault.ReasonOf(err) != replica.ReasonAway {
		t.Error(err)
	}
}
