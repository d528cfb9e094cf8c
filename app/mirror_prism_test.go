//go:build prism

package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/mirror"
	"kontor/internal/dev/contract"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/home"
	"kontor/internal/flow/search"
)

// prismVersion is the newest that Node 20 runs.
const prismVersion = "@stoplight/prism-cli@5.14.2"

// rounds are as many as the program is asked to survive.
const rounds = 500

// prism starts Prism over the published description, repaired: "mock", "-d" answers at random, "proxy" judges what goes to
// another server. It ends with the test.
func prism(t *testing.T, args ...string) (address string) {
	t.Helper()
	description, err := contract.Published(os.Getenv(contract.Folder))
	if err != nil {
		t.Fatalf("make contract OPENAPI=… names the published files: %v", err)
	}
	file := filepath.Join(t.TempDir(), "description.json")
	if err := os.WriteFile(file, description, 0o600); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	_ = free.Close()
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "description.json", file)
	}
	var said bytes.Buffer
	run := exec.Command("npx", append([]string{"--yes", prismVersion, args[0], "-p", fmt.Sprint(port), "-v", "error"}, args[1:]...)...) //nolint:gosec // fixed words
	run.Dir, run.Stdout, run.Stderr = t.TempDir(), &said, &said
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-run.Process.Pid, syscall.SIGTERM)
		_ = run.Wait()
	})
	address = fmt.Sprintf("http://127.0.0.1:%d", port)
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		if conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://")); err == nil {
			_ = conn.Close()
			return address
		}
		if time.Now().After(end) {
			t.Fatalf("Prism does not start:\n%s", said.String())
		}
	}
}

var number = regexp.MustCompile(`"id":-?\d+`)

var otherResult = regexp.MustCompile(`"result":\s*"(error|asynchronous)"`)

// TestPrismAnswersAtRandom reads 500 times while Prism answers with random data of the described shape, and comes back to the
// fake at the end. Nothing crashes, no row is lost that was not told to be gone, and no number below zero is shown.
func TestPrismAnswersAtRandom(t *testing.T) {
	random := prism(t, "mock", "-d", "description.json")
	there, err := url.Parse(random)
	if err != nil {
		t.Fatal(err)
	}
	state := fakemaniak.Alone()
	state.More(1001, 30)
	fake := fakemaniak.New(state, canary)
	fake.Hurry()
	var answers, strange atomic.Int64
	var round atomic.Int64
	forward := httputil.NewSingleHostReverseProxy(there)
	forward.ModifyResponse = func(r *http.Response) error {
		answers.Add(1)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		if round.Load()%4 != 0 { // two of three answers are no success, and would try one line only
			body = otherResult.ReplaceAll(body, []byte(`"result":"success"`))
		}
		if r.Request.URL.Path == "/2/profile" { // whoever is somebody else is not listened to any more
			body = number.ReplaceAll(body, []byte(`"id":7`))
		}
		if r.StatusCode != http.StatusOK {
			strange.Add(1)
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.Header.Set("Content-Length", fmt.Sprint(len(body)))
		return nil
	}
	var wild atomic.Bool
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wild.Load() {
			forward.ServeHTTP(w, r)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	dir := t.TempDir()
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	var ahead atomic.Int64
	var log bytes.Buffer
	a := app.New(app.Options{
		Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})), Infomaniak: web.URL,
		Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
	})
	t.Cleanup(a.Shutdown)
	say := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	say(a.Open(t.Context()))
	_, err = testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: crashEmail, Language: "it", OrganizationName: "Studio Ponteri SA", Country: "CH", Password: crashPassword,
	})
	say(err)
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	_, err = w.Connect(mirror.ConnectInput{Check: check(t, a, canary).ID})
	say(err)
	rested := func() bool {
		s, err := w.State()
		return err == nil && (s.State == "idle" && s.LastCompleteAt != "" || s.State == "waiting" || s.State == "paused")
	}
	until(t, "everything is read", rested)
	shown := func() (views map[string]any) {
		views = map[string]any{}
		see := func(name string, v any, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("in round %d %s fails: %v", round.Load(), name, err)
			}
			views[name] = v
		}
		v1, err := w.State()
		see("state", v1, err)
		v2, err := w.Organizations()
		see("organizations", v2, err)
		v3, err := w.Products()
		see("products", v3, err)
		v4, err := w.Domains()
		see("domains", v4, err)
		v5, err := w.Members("")
		see("members", v5, err)
		v6, err := w.Teams("")
		see("teams", v6, err)
		v7, err := w.Sessions()
		see("sessions", v7, err)
		v8, err := w.Drives()
		see("drives", v8, err)
		v9, err := w.Events(mirror.EventsInput{})
		see("events", v9, err)
		v10, err := w.Ends()
		see("ends", v10, err)
		v11, err := edits.Mine()
		see("mine", v11, err)
		v12, err := testkit.Bound[*home.Window](a).Board()
		see("home", v12, err)
		v13, err := testkit.Bound[*expiry.Window](a).List(expiry.QueryInput{Limit: 100})
		see("what ends", v13, err)
		v14, err := testkit.Bound[*search.Window](a).Search("ponteri", nil, 10)
		see("search", v14, err)
		return views
	}
	shown()
	before, err := w.Products()
	say(err)
	wild.Store(true)
	for n := range rounds {
		round.Store(int64(n))
		ahead.Add(int64(25 * time.Hour / 24 * 2))
		if n%10 == 0 {
			say(w.Opened("members", "1001"))
		}
		if _, err := w.Refresh(); err != nil && n == 0 {
			t.Log(err)
		}
		until(t, "the pull rests", rested)
		if s, err := w.State(); err != nil || s.State == "paused" {
			t.Fatalf("in round %d nothing is asked for any more: %+v, %v", n, s, err)
		}
		if n%10 != 0 && n != rounds-1 {
			continue
		}
		for name, v := range shown() {
			text, err := json.Marshal(v)
			say(err)
			var tree any
			say(json.Unmarshal(text, &tree))
			below(t, name, "", tree)
		}
		products, err := w.Products()
		say(err)
		if kept := len(products.Products); kept < len(before.Products) {
			t.Errorf("in round %d only %d of %d products are left", n, kept, len(before.Products))
		}
		if t.Failed() {
			t.Fatalf("in round %d", n)
		}
	}
	wild.Store(false)
	ahead.Add(int64(26 * time.Hour))
	until(t, "all is as it is there", func() bool {
		_, _ = w.Refresh()
		time.Sleep(20 * time.Millisecond)
		ahead.Add(int64(11 * time.Minute))
		s, err := w.State()
		if err != nil || s.State != "idle" {
			return false
		}
		products, err := w.Products()
		here := 0
		for _, p := range products.Products {
			if p.GoneSince == "" {
				here++
			}
		}
		return err == nil && products.Stand.Kind == "synced" && here == fake.Count()
	})
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, "panic") || strings.Contains(line, "internal") {
			t.Error(line)
		}
	}
	t.Logf("%d rounds, %d answers of Prism, %d of them no 200", rounds, answers.Load(), strange.Load())
}

// below looks for numbers below zero, but where -1 says that a figure is not known and where days are over.
func below(t *testing.T, of, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for name, one := range v {
			below(t, of, at+"/"+name, one)
		}
	case []any:
		for _, one := range v {
			below(t, of, at+"/-", one)
		}
	case float64:
		unknown := v == -1 && (strings.HasSuffix(at, "/total") || strings.HasSuffix(at, "/products") || strings.HasSuffix(at, "/rescue"))
		if v < 0 && !unknown && !strings.HasSuffix(at, "/days") && !strings.HasSuffix(at, "/daysLeft") {
			t.Errorf("%s%s is %v", of, at, v)
		}
	}
}

// TestPrismJudgesTheFake lets Prism look at every request of a connection, and at every answer of the fake.
func TestPrismJudgesTheFake(t *testing.T) {
	state := fakemaniak.Alone()
	fake := fakemaniak.New(state, canary)
	fake.Hurry()
	behind := httptest.NewServer(fake)
	t.Cleanup(behind.Close)
	fake.URL = behind.URL
	judge := prism(t, "proxy", "description.json", behind.URL)
	there, err := url.Parse(judge)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(there)
	var judged atomic.Int64
	forward.ModifyResponse = func(r *http.Response) error {
		judged.Add(1)
		// Of some operations only the answer of a success is described.
		if breach := r.Header.Get("sl-violations"); breach != "" && !strings.Contains(breach, "Unable to match the returned status code") {
			t.Errorf("%s %s: %s", r.Request.Method, r.Request.URL, breach)
		}
		return nil
	}
	front := httptest.NewServer(forward)
	t.Cleanup(front.Close)
	a, _ := remote(t, &fakemaniak.Server{URL: front.URL})
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	_, err = w.Connect(mirror.ConnectInput{Check: check(t, a, canary).ID})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "everything is read", func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" })
	if _, err := edits.Mine(); err != nil {
		t.Fatal(err)
	}
	if err := edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: "Elena Maria"}, Read: mirror.ValueInput{Text: "Elena"}}}); err != nil {
		t.Fatal(err)
	}
	until(t, "the edit is read back", func() bool {
		list, err := edits.Edits()
		return err == nil && len(list) == 1 && list[0].State == "confirmed"
	})
	t.Logf("%d answers were judged", judged.Load())
}
