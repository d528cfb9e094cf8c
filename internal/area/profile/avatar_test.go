package profile_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/picture"
	"kontor/internal/host/picture/store"
	"kontor/internal/host/sqlite"
)

type gallery struct {
	*profile.Service
	t       *testing.T
	db      *sqlite.DB
	journal *testkit.Journal
	ctx     context.Context
	dir     string
}

func newGallery(t *testing.T) *gallery {
	g := &gallery{t: t, db: testkit.NewDB(t, nil), journal: &testkit.Journal{}, ctx: testkit.As(t, access.External), dir: t.TempDir()}
	testkit.Seed(t, g.db)
	g.Service = profile.NewService(profile.NewDirectory(g.db, organization.NewDirectory(g.db)), g.journal, testkit.Reauthenticator("right"), store.New(g.dir))
	return g
}

// kept are the names of the picture files.
func (g *gallery) kept() []string {
	g.t.Helper()
	entries, err := os.ReadDir(g.dir)
	if err != nil {
		g.t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (g *gallery) bring(file []byte) profile.Draft {
	g.t.Helper()
	d, err := g.Bring(g.ctx, file)
	if err != nil {
		g.t.Fatal(err)
	}
	return d
}

// set makes all that it can of a file the picture.
func (g *gallery) set(version int64, file []byte) profile.Account {
	g.t.Helper()
	a, err := g.SetAvatar(g.ctx, version, g.bring(file).ID, profile.Cut{})
	if err != nil {
		g.t.Fatal(err)
	}
	return a
}

// open decodes a picture that the window gets.
func (g *gallery) open(id string, pixels int) *picture.Picture {
	g.t.Helper()
	data, err := g.Drawing(g.ctx, id, pixels)
	if err != nil {
		g.t.Fatal(err)
	}
	p, err := picture.Decode(g.ctx, data)
	if err != nil {
		g.t.Fatal(err)
	}
	return p
}

var (
	red   = color.NRGBA{200, 0, 0, 255}
	green = color.NRGBA{0, 200, 0, 255}
	blue  = color.NRGBA{0, 0, 200, 255}
)

// stripes is three upright stripes: red, green, blue.
func stripes(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, []color.NRGBA{red, green, blue}[x*3/w])
		}
	}
	return m
}

func pngOf(t *testing.T, m *image.NRGBA) []byte {
	t.Helper()
	data, err := picture.EncodePNG(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// photo is a JPEG that a camera wrote lying on its side: EXIF orientation 6, and the camera's name.
func photo(t *testing.T, m *image.NRGBA) []byte {
	t.Helper()
	data, err := picture.EncodeJPEG(m, 95)
	if err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00" +
		"\x0f\x01\x02\x00\x07\x00\x00\x00\x26\x00\x00\x00" + // maker: 7 characters at 38
		"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + // orientation: 6
		"\x00\x00\x00\x00Pontax\x00")
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return bytes.Join([][]byte{data[:2], segment, exif, data[2:]}, nil)
}

func near(a, b color.NRGBA) bool {
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return d(a.R, b.R) < 12 && d(a.G, b.G) < 12 && d(a.B, b.B) < 12 && a.A == b.A
}

func TestAPhotoIsTurnedAndStripped(t *testing.T) {
	g := newGallery(t)
	d := g.bring(photo(t, stripes(900, 600)))
	if d.Width != 600 || d.Height != 900 || d.Turn.Degrees != 90 || len(d.Removed) != 1 || d.Removed[0].Kind != picture.KindCamera || d.Removed[0].Value != "Pontax" {
		t.Errorf("%+v", d)
	}
	if p := g.open(d.ID, 1); len(p.Metadata) != 0 || p.Pixels.Rect.Dx() != 600 {
		t.Errorf("what the window shows: %v, %v", p.Metadata, p.Pixels.Rect)
	}
	// Upright, red is at the top and blue at the bottom: the square at the bottom is green above blue.
	a, err := g.SetAvatar(g.ctx, 1, d.ID, profile.Cut{Square: picture.Rect{X: 0, Y: 300, W: 600, H: 600}})
	if err != nil {
		t.Fatal(err)
	}
	p := g.open(a.Avatar, profile.AvatarSide)
	if w, h := p.Size(); w != profile.AvatarSide || h != w || p.Format != picture.JPEG || len(p.Metadata) != 0 {
		t.Errorf("%d × %d, %s, %v", w, h, p.Format, p.Metadata)
	}
	if top, bottom := p.Pixels.NRGBAAt(250, 40), p.Pixels.NRGBAAt(250, 470); !near(top, green) || !near(bottom, blue) {
		t.Errorf("top %v, bottom %v", top, bottom)
	}
	data, err := os.ReadFile(filepath.Join(g.dir, a.Avatar))
	if err != nil || bytes.Contains(data, []byte("Pontax")) {
		t.Errorf("the file tells the camera, %v", err)
	}
	if _, err := g.Drawing(g.ctx, d.ID, 100); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the draft outlives its use: %v", err)
	}
}

func TestCuttingOut(t *testing.T) {
	for name, test := range map[string]struct {
		w, h   int
		cut    profile.Cut
		side   int
		centre color.NRGBA
	}{
		"the middle, of nothing said": {900, 300, profile.Cut{}, 300, green},
		"the left":                    {900, 300, profile.Cut{Square: picture.Rect{X: 0, Y: 0, W: 300, H: 300}}, 300, red},
		"never enlarged":              {300, 200, profile.Cut{Square: picture.Rect{X: 210, Y: 20, W: 60.7, H: 60.7}}, 60, blue},
		"never larger than kept":      {2400, 1200, profile.Cut{Square: picture.Rect{X: 600, Y: 0, W: 1200, H: 1200}}, 512, green},
		"turned: blue comes to lie at the bottom": {
			900, 300, profile.Cut{Degrees: 90, Square: picture.Rect{X: 0, Y: 600, W: 300, H: 300}}, 300, blue,
		},
		"turned back: blue comes to lie at the top": {
			900, 300, profile.Cut{Degrees: 270, Square: picture.Rect{X: 0, Y: 0, W: 300, H: 300}}, 300, blue,
		},
		"outside is moved inside": {900, 300, profile.Cut{Square: picture.Rect{X: 5000, Y: -3, W: 300, H: 300}}, 300, blue},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGallery(t)
			a, err := g.SetAvatar(g.ctx, 1, g.bring(pngOf(t, stripes(test.w, test.h))).ID, test.cut)
			if err != nil {
				t.Fatal(err)
			}
			p := g.open(a.Avatar, profile.AvatarSide)
			if w, h := p.Size(); w != test.side || h != test.side || p.Format != picture.PNG {
				t.Errorf("%d × %d %s, want %d", w, h, p.Format, test.side)
			}
			if got := p.Pixels.NRGBAAt(test.side/2, test.side/2); !near(got, test.centre) {
				t.Errorf("in the middle %v, want %v", got, test.centre)
			}
		})
	}
}

func TestTransparencyIsKept(t *testing.T) {
	g := newGallery(t)
	a := g.set(1, pngOf(t, image.NewNRGBA(image.Rect(0, 0, 40, 40))))
	if p := g.open(a.Avatar, 20); p.Pixels.NRGBAAt(5, 5).A != 0 {
		t.Error("it became opaque")
	}
}

func TestOnlyTheCurrentAndThePreviousPictureAreKept(t *testing.T) {
	g := newGallery(t)
	first := g.set(1, pngOf(t, stripes(30, 30)))
	second := g.set(2, pngOf(t, stripes(60, 60)))
	third := g.set(3, pngOf(t, stripes(90, 90)))
	if third.PreviousAvatar != second.Avatar || third.Version != 4 || first.PreviousAvatar != "" {
		t.Errorf("%+v", third)
	}
	if got, want := strings.Join(g.kept(), " "), third.Avatar+" "+second.Avatar; got != want && got != second.Avatar+" "+third.Avatar {
		t.Errorf("files %s, want %s", got, want)
	}
	undone, err := g.UndoAvatar(g.ctx, 4)
	if err != nil || undone.Avatar != second.Avatar || undone.PreviousAvatar != third.Avatar {
		t.Errorf("undone: %+v, %v", undone, err)
	}
	removed, err := g.RemoveAvatar(g.ctx, 5)
	if err != nil || removed.Avatar != "" || removed.PreviousAvatar != second.Avatar || len(g.kept()) != 1 {
		t.Errorf("removed: %+v, %v, %v", removed, g.kept(), err)
	}
	back, err := g.UndoAvatar(g.ctx, 6)
	if err != nil || back.Avatar != second.Avatar {
		t.Errorf("brought back: %+v, %v", back, err)
	}
	if len(g.journal.Entries) != 6 || g.journal.Entries[5].PersonID != "account-1" || g.journal.Entries[5].New != "avatar: "+second.Avatar {
		t.Errorf("journal %+v", g.journal.Entries)
	}
	again, err := g.RemoveAvatar(g.ctx, 7)
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := g.RemoveAvatar(g.ctx, 8); err != nil || twice != again {
		t.Errorf("removing nothing changes nothing: %+v, %v", twice, err)
	}
}

func TestAnAvatarNeverOverwritesWhatWasNotSeen(t *testing.T) {
	g := newGallery(t)
	d := g.bring(pngOf(t, stripes(30, 30)))
	if _, err := g.Update(g.ctx, profile.Update{Version: 1, FirstName: to("Anna")}); err != nil {
		t.Fatal(err)
	}
	if _, err := g.SetAvatar(g.ctx, 1, d.ID, profile.Cut{}); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("set: %v", err)
	}
	if _, err := g.UndoAvatar(g.ctx, 1); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("undo: %v", err)
	}
	if a, err := g.SetAvatar(g.ctx, 2, d.ID, profile.Cut{}); err != nil || a.FirstName != "Anna" { // the draft was not lost
		t.Errorf("%+v, %v", a, err)
	}
}

func TestWhoSeesAPicture(t *testing.T) {
	g := newGallery(t)
	testkit.Exec(t, g.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Quintus AG', 'CHF', 0, 0)`)
	first := g.set(1, pngOf(t, stripes(30, 30)))
	second := g.set(2, pngOf(t, stripes(60, 60)))
	draft := g.bring(pngOf(t, stripes(90, 90)))
	as := func(account, organization string) context.Context {
		return access.With(t.Context(), access.Actor{AccountID: account, OrganizationID: organization, Role: access.External})
	}
	for name, test := range map[string]struct {
		ctx  context.Context
		id   string
		want fault.Code
	}{
		"own":                     {g.ctx, second.Avatar, ""},
		"own, elsewhere":          {as("account-1", "org-2"), second.Avatar, ""},
		"own previous":            {g.ctx, first.Avatar, ""},
		"own draft":               {g.ctx, draft.ID, ""},
		"a colleague's":           {as("account-2", "org-1"), second.Avatar, ""},
		"a colleague's previous":  {as("account-2", "org-1"), first.Avatar, fault.NotFound},
		"a colleague's draft":     {as("account-2", "org-1"), draft.ID, fault.NotFound},
		"of another organization": {as("account-2", "org-2"), second.Avatar, fault.NotFound},
		"of no organization":      {as("account-2", ""), second.Avatar, fault.NotFound},
		"nobody":                  {t.Context(), second.Avatar, fault.Unauthenticated},
		"a path":                  {g.ctx, "../../kontor.db", fault.NotFound},
		"none":                    {g.ctx, "", fault.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := g.Drawing(test.ctx, test.id, 24)
			if got := fault.CodeOf(err); err == nil && test.want != "" || err != nil && got != test.want || err == nil && len(data) == 0 {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
	if _, err := g.SetAvatar(as("account-2", "org-1"), 1, draft.ID, profile.Cut{}); fault.ReasonOf(err) != profile.ReasonNoDraft {
		t.Errorf("somebody else's draft was used: %v", err)
	}
	if w, _ := g.open(second.Avatar, 24).Size(); w != 24 {
		t.Errorf("drawn at %d pixels, want 24", w)
	}
	if err := g.Discard(g.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Drawing(g.ctx, draft.ID, 24); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a discarded draft is still shown: %v", err)
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	g := newGallery(t)
	for name, test := range map[string]struct {
		file []byte
		want string
	}{
		"text":           {[]byte("hello"), picture.ReasonUnknown},
		"an SVG":         {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), picture.ReasonUnknown},
		"too heavy":      {make([]byte, picture.MaxBytes+1), picture.ReasonHeavy},
		"cut off":        {pngOf(t, stripes(30, 30))[:60], picture.ReasonDamaged},
		"nothing at all": {nil, picture.ReasonUnknown},
	} {
		if _, err := g.Bring(g.ctx, test.file); fault.ReasonOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	if _, err := g.Bring(t.Context(), nil); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

func TestTidyLeavesWhatIsOnItsWay(t *testing.T) {
	g := newGallery(t)
	a := g.set(1, pngOf(t, stripes(30, 30)))
	if _, err := store.New(g.dir).Put([]byte("another window's, not committed yet")); err != nil {
		t.Fatal(err)
	}
	if err := g.Tidy(g.ctx); err != nil || len(g.kept()) != 2 {
		t.Errorf("%v, %v", g.kept(), err)
	}
	old := testkit.NewClock().Now().AddDate(-10, 0, 0)
	for _, name := range g.kept() {
		if err := os.Chtimes(filepath.Join(g.dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Tidy(g.ctx); err != nil || len(g.kept()) != 1 || g.kept()[0] != a.Avatar {
		t.Errorf("%v, %v", g.kept(), err)
	}
}
