package window

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClamp(t *testing.T) {
	hd, left := size{1920, 1080}, size{1280, 1024}
	one, two := []size{hd}, []size{left, hd}
	at := func(x, y int, screens ...size) geometry {
		return geometry{Width: 1280, Height: 800, Placed: true, X: x, Y: y, Screens: screens}
	}
	centred := func(g geometry) geometry { g.Placed, g.X, g.Y = false, 0, 0; return g }
	for _, c := range []struct {
		name    string
		g       geometry
		screens []size
		want    geometry
	}{
		{"in sight", at(300, 200, hd), one, at(300, 200, hd)},
		{"in the corner", at(0, 0, hd), one, at(0, 0, hd)},
		{"100 px left at the right", at(1820, 0, hd), one, at(1820, 0, hd)},
		{"99 px left at the right", at(1821, 0, hd), one, centred(at(0, 0, hd))},
		{"100 px left at the left", at(-1180, 0, hd), one, at(-1180, 0, hd)},
		{"99 px left at the left", at(-1181, 0, hd), one, centred(at(0, 0, hd))},
		{"title bar above the screen", at(10, -1, hd), one, centred(at(0, 0, hd))},
		{"title bar just in sight below", at(10, 1048, hd), one, at(10, 1048, hd)},
		{"title bar below the screen", at(10, 1049, hd), one, centred(at(0, 0, hd))},
		{"on the left of two screens", at(-1280, 100, two...), two, at(-1280, 100, two...)},
		{"one of two screens is gone", at(-1280, 100, two...), one, centred(at(0, 0, two...))},
		{"one of two screens is gone, still in sight", at(100, 100, two...), one, at(100, 100, two...)},
		{"a screen was added", at(100, 100, hd), two, centred(at(0, 0, hd))},
		{"screens changed places", at(100, 100, hd, left), two, centred(at(0, 0, hd, left))},
		{"no screen is known", at(100, 100, hd), nil, geometry{Width: 1280, Height: 800, X: 100, Y: 100, Screens: one}},
		{"never placed", centred(at(0, 0, hd)), one, centred(at(0, 0, hd))},
		{"larger than the screen", geometry{Width: 5000, Height: 3000, Placed: true, X: 0, Y: 0}, one, geometry{Width: 1920, Height: 1080, Placed: true}},
		{"a screen smaller than the smallest window", geometry{Width: 900, Height: 700}, []size{{640, 480}}, geometry{Width: MinWidth, Height: MinHeight}},
		{"maximised stays so", geometry{Width: 900, Height: 700, Maximised: true}, one, geometry{Width: 900, Height: 700, Maximised: true}},
	} {
		if diff := cmp.Diff(c.want, clamp(c.g, c.screens), cmp.AllowUnexported(geometry{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func FuzzParseGeometry(f *testing.F) {
	f.Add([]byte(`{"width":1000,"height":700,"maximised":true,"placed":true,"x":-5,"y":3,"screens":[{"width":1,"height":2}]}`))
	f.Add([]byte(`{"width":1e9}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		g := clamp(parse(b), []size{{1920, 1080}})
		if g.Width < MinWidth || g.Width > 1920 || g.Height < MinHeight || g.Height > 1080 {
			t.Fatalf("%s: %+v", b, g)
		}
		if g.Placed && (g.X+g.Width < reach || g.X > 1920-reach || g.Y < 0 || g.Y > 1080-titleBar) {
			t.Fatalf("%s: out of reach at %+v", b, g)
		}
	})
}

// fakeWindow is a window on a screen whose corner lies at (origin, 0), as Linux and Windows treat one.
type fakeWindow struct {
	geometry
	origin int
	shown  []size
	moves  int
	hidden bool
}

func (w *fakeWindow) dimensions() (int, int) { return w.Width, w.Height }
func (w *fakeWindow) position() (int, int)   { return w.X, w.Y }
func (w *fakeWindow) resize(x, y int)        { w.Width, w.Height = x, y }
func (w *fakeWindow) move(x, y int)          { w.X, w.Y = w.origin+x, y; w.moves++ }
func (w *fakeWindow) maximised() bool        { return w.Maximised }
func (w *fakeWindow) ordinary() bool         { return !w.Maximised && !w.hidden }
func (w *fakeWindow) screens() []size        { return w.shown }
func (w *fakeWindow) raise()                 {}

func TestWindowComesBackWhereItWas(t *testing.T) {
	dir := t.TempDir()
	screen := []size{{1920, 1080}}
	w := &fakeWindow{geometry: fallback(), shown: screen}
	k := newPlacement(dir, true, slog.New(slog.DiscardHandler))
	k.restore(w)
	if w.moves != 0 || w.Width != defaultWidth {
		t.Fatalf("a first start moves the window: %+v", w)
	}
	w.X, w.Y, w.Width, w.Height = 300, 200, 1000, 700
	k.look(w, false)
	if _, err := os.Stat(filepath.Join(dir, geometryFile)); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("saved while it may still move")
	}
	k.look(w, false)
	if got := load(dir); got.X != 300 || got.Width != 1000 {
		t.Fatalf("saved %+v", got)
	}
	w.hidden = true // minimised: whatever it says is not where it was
	w.X, w.Width = -32000, 160
	k.look(w, true)
	w.hidden, w.Maximised, w.Width, w.Height, w.X = false, true, 1920, 1080, 0
	k.close(w)
	w.X = 5
	k.look(w, true) // after the end nothing is saved

	next := &fakeWindow{geometry: fallback(), shown: screen}
	k = newPlacement(dir, true, slog.New(slog.DiscardHandler))
	if !k.saved.Maximised || k.saved.Width != 1000 || k.saved.X != 300 {
		t.Fatalf("remembered %+v", k.saved)
	}
	k.restore(next)
	if next.moves != 0 {
		t.Error("a maximised window is moved")
	}
	next.geometry = geometry{Width: 1000, Height: 700, X: 310, Y: 210}
	k.close(next)
	last := &fakeWindow{geometry: geometry{Width: 1000, Height: 700}, shown: screen}
	newPlacement(dir, true, slog.New(slog.DiscardHandler)).restore(last)
	if last.X != 310 || last.Y != 210 || last.Maximised {
		t.Errorf("restored to %+v", last)
	}
	wayland := &fakeWindow{geometry: geometry{Width: 1000, Height: 700}, shown: screen}
	k = newPlacement(dir, false, slog.New(slog.DiscardHandler))
	k.restore(wayland)
	k.close(wayland)
	if wayland.moves != 0 || load(dir).Placed {
		t.Errorf("where places mean nothing: %+v, %+v", wayland, load(dir))
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.*.*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestSecondScreenIsFoundAgain(t *testing.T) {
	dir := t.TempDir()
	screens := []size{{1280, 1024}, {1920, 1080}}
	if err := (geometry{Width: 1000, Height: 700, Placed: true, X: 100, Y: 50, Screens: screens}).save(dir); err != nil {
		t.Fatal(err)
	}
	w := &fakeWindow{geometry: geometry{Width: 1000, Height: 700}, shown: screens, origin: 1280}
	newPlacement(dir, true, slog.New(slog.DiscardHandler)).restore(w)
	if w.X != 100 || w.Y != 50 {
		t.Errorf("at %d, %d", w.X, w.Y)
	}
}
