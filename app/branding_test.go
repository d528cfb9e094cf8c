package app_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/area/branding"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/picture"
)

// logoFile is a PNG in base64: navy letters' worth of pixels on nothing.
func logoFile(t *testing.T, w, h int) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, image.Rect(w/8, h/8, w-w/8, h-h/8), image.NewUniform(color.NRGBA{36, 50, 74, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// ask is what the web view gets for a path.
func ask(s services, method, path string) *httptest.ResponseRecorder {
	next := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	r := &http.Request{Method: method, Header: http.Header{}, URL: &url.URL{Path: path}}
	w := httptest.NewRecorder()
	s.app.Media(next).ServeHTTP(w, r)
	return w
}

func TestALogoFromItsFileToTheManager(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	b := testkit.Bound[*branding.Window](s.app)
	if _, err := b.State(); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("for nobody: %v", err)
	}
	begin(t, s, false)
	v, err := b.State()
	if err != nil || v.Name != "Studio Ponteri SA" || v.Draft.Square != "initials" || v.Step != -1 || v.Changed || len(v.Initials) != 3 {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := b.Bring(v.Step, "rectangular", "a.png", "no base64", false); fault.ReasonOf(err) != picture.ReasonUnknown {
		t.Errorf("no base64: %v", err)
	}
	if _, err := b.Bring(v.Step, "rectangular", "a.png", strings.Repeat("A", 15_000_000), false); fault.ReasonOf(err) != picture.ReasonHeavy {
		t.Errorf("too heavy: %v", err)
	}
	if v, err = b.Bring(v.Step, "rectangular", "logo.png", logoFile(t, 400, 100), false); err != nil || !v.Changed || len(v.Logos) != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	if l := v.Logos[0]; l.Ratio != "4:1" || l.Width != 400 || l.Contrast[0].Grade != "text" || l.Contrast[2].Grade != "lost" || l.Advice[0].Hint != "contrast" {
		t.Errorf("%+v", l)
	}
	if _, err := b.Bring(v.Step, "square", "q.png", logoFile(t, 300, 300), false); fault.ReasonOf(err) != branding.RuleSquareAlone {
		t.Errorf("the rule: %v", err)
	}
	if v, err = b.Repair(v.Step, "rectangular", "light"); err != nil || v.Logos[0].Repairs[0] != "light" || v.Logos[1].ID != v.Logos[0].OriginID {
		t.Fatalf("%+v, %v", v, err)
	}
	if v, err = b.MarkSet(v.Step); err != nil || v.Changed {
		t.Fatalf("%+v, %v", v, err)
	}
	if shown, err := b.Shown(); err != nil || shown.Rectangular != v.Set.RectangularID || shown.Square != "" {
		t.Errorf("%+v, %v", shown, err)
	}

	sheet := filepath.Join(dir, "sheet.pdf")
	asked := testkit.Dialogs{Path: sheet}
	s.app.Startup(testkit.Deaf, &asked)
	if name, err := b.SaveSheet("de", "Speichern"); err != nil || name != "sheet.pdf" {
		t.Fatalf("%q, %v", name, err)
	}
	if data, err := os.ReadFile(sheet); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if v, err = b.State(); err != nil || v.Approval.Person != "" {
		t.Errorf("a saved sheet approves: %+v, %v", v, err)
	}
	if v, err = b.Approve(v.Step, "Elena Bianchi", "2026-11-20"); err != nil || !v.Approval.Draft || !v.Approval.Set || v.Approval.Person != "Elena Bianchi" {
		t.Errorf("approved: %+v, %v", v, err)
	}
	ready, err := b.Ready()
	if err != nil || len(ready) != 2 {
		t.Fatalf("%+v, %v", ready, err)
	}
	out := filepath.Join(dir, "ready.png")
	asked = testkit.Dialogs{Path: out}
	s.app.Startup(testkit.Deaf, &asked)
	if name, err := b.SaveReady(ready[1].Name, "Save"); err != nil || name != "ready.png" {
		t.Fatalf("%q, %v", name, err)
	}
	data, err := os.ReadFile(out)
	if err != nil || picture.Sum(data) != ready[1].SHA256 {
		t.Errorf("%v", err)
	}
	if m, err := b.Compare(base64.StdEncoding.EncodeToString(data)); err != nil || m.Match != "ready" || m.Name != ready[1].Name {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := b.SaveReady("../../etc/passwd", "Save"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
	asked = testkit.Dialogs{}
	s.app.Startup(testkit.Deaf, &asked)
	if name, err := b.SaveReady(ready[0].Name, "Save"); err != nil || name != "" {
		t.Errorf("thought better of it: %q, %v", name, err)
	}
	if last := asked.Saved[len(asked.Saved)-1]; last.Name != ready[0].Name || last.Ending != "png" {
		t.Errorf("asked %+v", last)
	}
}

func TestMedia(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	b := testkit.Bound[*branding.Window](s.app)
	v, err := b.Bring(-1, "rectangular", "logo.png", logoFile(t, 400, 100), false)
	if err != nil {
		t.Fatal(err)
	}
	place := "/media/branding/" + v.Draft.RectangularID + "/24"
	w := ask(s, "GET", place)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || w.Header().Get("X-Content-Type-Options") != "nosniff" ||
		w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d, %v", w.Code, w.Header())
	}
	if m, err := png.Decode(w.Body); err != nil || m.Bounds() != image.Rect(0, 0, 96, 24) {
		t.Errorf("%v", err)
	}
	if w := ask(s, "HEAD", place); w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := ask(s, "GET", "/index.html"); w.Code != http.StatusTeapot {
		t.Errorf("everything else: %d", w.Code)
	}
	for path, want := range map[string]int{
		"/media/":                                 http.StatusNotFound,
		"/media/branding":                         http.StatusNotFound,
		"/media/branding/none/24":                 http.StatusNotFound,
		"/media/elsewhere/none/24":                http.StatusNotFound,
		place + "0000":                            http.StatusNotFound,
		place + "/..":                             http.StatusNotFound,
		"/media/branding/../../kontor.db":         http.StatusNotFound,
		"/media/branding/..%2f..%2f/24":           http.StatusNotFound,
		"/media/../media/" + place[7:]:            http.StatusNotFound,
		strings.Replace(place, "24", "0", 1):      http.StatusNotFound,
		strings.Replace(place, "/24", "/2000", 1): http.StatusNotFound,
	} {
		if w := ask(s, "GET", path); w.Code != want || strings.Contains(w.Body.String(), "SQLite") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := ask(s, "POST", place); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	if err := s.session.SignOut(); err != nil {
		t.Fatal(err)
	}
	if w := ask(s, "GET", place); w.Code != http.StatusNotFound {
		t.Errorf("after signing out: %d", w.Code)
	}
	s.app.Shutdown()
	if w := ask(s, "GET", place); w.Code != http.StatusServiceUnavailable {
		t.Errorf("after shutdown: %d", w.Code)
	}
}
