package branding_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/branding"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/picture"
	"kontor/internal/host/picture/store"
)

type names string

func (n names) CurrentName(context.Context) (string, error) { return string(n), nil }

type desk struct {
	*branding.Service
	t       testing.TB
	ctx     context.Context
	tasks   *manager.Service
	journal *testkit.Journal
	dir     string
	clock   *testkit.Clock
}

func open(t testing.TB) *desk {
	t.Helper()
	clock := testkit.NewClock()
	db, journal, dir := testkit.NewDB(t, clock), &testkit.Journal{}, t.TempDir()
	testkit.Seed(t, db)
	tasks := manager.New(db, journal)
	service := branding.NewService(db, journal, store.New(filepath.Join(dir, "pictures")), names("Studio Ponteri SA"), tasks, day.Clock{Now: clock.Now})
	tasks.OnClose(service.Settled, manager.SetBranding)
	return &desk{
		service, t, testkit.As(t, access.Administrator), tasks, journal, filepath.Join(dir, "pictures"), clock,
	}
}

func (d *desk) state() branding.State {
	d.t.Helper()
	st, err := d.State(d.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	return st
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) bring(slot branding.Slot, data []byte) error {
	d.t.Helper()
	return d.Bring(d.ctx, d.state().Step, slot, "ponteri.png", data, false)
}

func (d *desk) refused(err error, code fault.Code, reason string) {
	d.t.Helper()
	if fault.CodeOf(err) != code || fault.ReasonOf(err) != reason {
		d.t.Errorf("%v, want %s (%s)", err, code, reason)
	}
}

// logo is a PNG: a box of a colour in the middle of a transparent canvas.
func logo(t testing.TB, w, h int, c color.Color) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, image.Rect(w/8, h/8, w-w/8, h-h/8), image.NewUniform(c), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(w/4, h/4, w/2, h/2), image.Transparent, image.Point{}, draw.Src)
	return encoded(t, m)
}

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var navy = color.NRGBA{36, 50, 74, 255}

func TestRulesBiteAndGiveWayOnlyWhenAsked(t *testing.T) {
	d := open(t)
	if st := d.state(); st.Draft != branding.Plain() || st.CanUndo || st.Step != -1 {
		t.Fatalf("at first: %+v", st)
	}
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	d.refused(d.bring(branding.Square, logo(t, 300, 300, navy)), fault.Conflict, branding.RuleSquareAlone)
	if st := d.state(); st.Draft.RectangularID == "" || st.Draft.Square != branding.Initials {
		t.Fatalf("a refusal changed the draft: %+v", st.Draft)
	}
	d.must(d.Bring(d.ctx, d.state().Step, branding.Square, "q.png", logo(t, 300, 300, navy), true))
	if st := d.state(); st.Draft.Square != branding.Logo || st.Draft.RectangularID != "" {
		t.Fatalf("after making room: %+v", st.Draft)
	}
	d.refused(d.bring(branding.Rectangular, logo(t, 400, 100, navy)), fault.Conflict, branding.RuleNeedsInitials)
	d.must(d.Show(d.ctx, d.state().Step, branding.Initials, false))
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	d.refused(d.Show(d.ctx, d.state().Step, branding.Logo, false), fault.Conflict, branding.RuleSquareAlone)
	d.must(d.Show(d.ctx, d.state().Step, branding.Logo, true))
	d.must(d.Remove(d.ctx, d.state().Step, branding.Square))
	d.refused(d.Remove(d.ctx, d.state().Step, branding.Square), fault.Conflict, branding.ReasonNoLogo)
	d.refused(d.Show(d.ctx, d.state().Step, branding.Logo, true), fault.Conflict, branding.ReasonNoLogo)
	if got := len(d.journal.Entries); got != 6 {
		t.Errorf("%d journal entries, want one for each change", got)
	}
}

func TestEveryStepCanBeTakenBack(t *testing.T) {
	d := open(t)
	before := []branding.Look{d.state().Draft}
	step := func(err error) {
		t.Helper()
		d.must(err)
		before = append(before, d.state().Draft)
	}
	step(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	step(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.TrimBorder))
	step(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.LightVariant))
	step(d.Remove(d.ctx, d.state().Step, branding.Rectangular))
	step(d.bring(branding.Square, logo(t, 300, 300, navy)))
	step(d.Revert(d.ctx, d.state().Step))
	if before[6] != branding.Plain() {
		t.Errorf("reverted to %+v", before[6])
	}
	for i := len(before) - 2; i >= 0; i-- {
		d.must(d.Undo(d.ctx, d.state().Step))
		if got := d.state().Draft; got != before[i] {
			t.Errorf("step %d back: %+v, want %+v", i, got, before[i])
		}
	}
	d.refused(d.Undo(d.ctx, d.state().Step), fault.Conflict, branding.ReasonNothing)
}

func TestTwoWindowsDoNotOverwriteEachOther(t *testing.T) {
	d := open(t)
	seen := d.state().Step
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	d.refused(d.Bring(d.ctx, seen, branding.Rectangular, "b.png", logo(t, 500, 100, navy), false), fault.Conflict, fault.ChangedMeanwhile)
	d.refused(d.Undo(d.ctx, seen), fault.Conflict, fault.ChangedMeanwhile)
	d.refused(d.MarkSet(d.ctx, seen), fault.Conflict, fault.ChangedMeanwhile)
}

func TestOnlyThoseWhoMayEditTheOrganization(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	id := d.state().Draft.RectangularID
	acts := map[string]func(ctx context.Context) error{
		"state": func(ctx context.Context) error { _, err := d.State(ctx); return err },
		"bring": func(ctx context.Context) error {
			return d.Bring(ctx, d.state().Step, branding.Rectangular, "a", logo(t, 90, 30, navy), true)
		},
		"show": func(ctx context.Context) error { return d.Show(ctx, d.state().Step, branding.Initials, false) },
		"repair": func(ctx context.Context) error {
			return d.Repair(ctx, d.state().Step, branding.Rectangular, branding.TrimBorder)
		},
		"limits":  func(ctx context.Context) error { return d.SetLimits(ctx, branding.DefaultLimits()) },
		"ready":   func(ctx context.Context) error { _, err := d.Ready(ctx); return err },
		"sheet":   func(ctx context.Context) error { _, err := d.Sheet(ctx, words.In("it", "")); return err },
		"approve": func(ctx context.Context) error { return d.Approve(ctx, d.state().Step, "Elena", "2026-11-20") },
		"ground":  func(ctx context.Context) error { return d.SetGround(ctx, branding.Dark, branding.InHeader, "#101112") },
		"unset":   func(ctx context.Context) error { return d.TakeSetBack(ctx) },
		"compare": func(ctx context.Context) error { _, _, err := d.Compare(ctx, []byte("x")); return err },
		"export":  func(ctx context.Context) error { return d.Exported(ctx, "ready") },
		"set":     func(ctx context.Context) error { return d.MarkSet(ctx, d.state().Step) },
		"undo":    func(ctx context.Context) error { return d.Undo(ctx, d.state().Step) },
		"revert":  func(ctx context.Context) error { return d.Revert(ctx, d.state().Step) },
		"remove":  func(ctx context.Context) error { return d.Remove(ctx, d.state().Step, branding.Rectangular) },
		"draft":   func(ctx context.Context) error { _, err := d.Drawing(ctx, id, 20); return err },
	}
	order := []string{"draft", "state", "bring", "show", "repair", "undo", "limits", "ready", "sheet", "approve", "compare", "export", "ground", "set", "revert", "unset", "undo", "remove"}
	for _, role := range []access.Role{access.External, access.Collaborator} {
		for name, act := range acts {
			if code := fault.CodeOf(act(testkit.As(t, role))); code != fault.Forbidden && !(name == "draft" && code == fault.NotFound) {
				t.Errorf("%s as %s: %q", name, role, code)
			}
		}
	}
	for name, act := range acts {
		if code := fault.CodeOf(act(t.Context())); code != fault.Unauthenticated {
			t.Errorf("%s by nobody: %q", name, code)
		}
	}
	other := access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-2", Role: access.LegalRepresentative})
	if _, err := d.Drawing(other, id, 20); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a picture of another organization: %v", err)
	}
	for _, role := range []access.Role{access.Administrator, access.LegalRepresentative} {
		for _, name := range order {
			if err := acts[name](testkit.As(t, role)); err != nil {
				t.Errorf("%s as %s: %v", name, role, err)
			}
		}
		d.must(d.Undo(d.ctx, d.state().Step))
	}
}

func TestMembersSeeWhatIsSet(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	member := testkit.As(t, access.External)
	if l, err := d.Shown(member); err != nil || l != branding.Plain() {
		t.Errorf("before: %+v, %v", l, err)
	}
	d.must(d.MarkSet(d.ctx, d.state().Step))
	l, err := d.Shown(member)
	if err != nil || l.RectangularID == "" {
		t.Fatalf("after: %+v, %v", l, err)
	}
	data, err := d.Drawing(member, l.RectangularID, 24)
	d.must(err)
	if p, err := picture.Decode(t.Context(), data); err != nil || p.Pixels.Rect != image.Rect(0, 0, 96, 24) {
		t.Errorf("%v, %v", p, err)
	}
	for _, height := range []int{0, -1, branding.MaxDrawnHeight + 1} {
		if _, err := d.Drawing(d.ctx, l.RectangularID, height); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("height %d: %v", height, err)
		}
	}
}

func TestFactsAndAdvice(t *testing.T) {
	photo := func(w, h int) []byte {
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(m, image.Rect(w/10, h/4, w-w/10, h-h/4), image.NewUniform(navy), image.Point{}, draw.Src)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	full := func(w, h int, c color.Color) []byte { // no empty border, with a hole
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		draw.Draw(m, image.Rect(w/4, 0, w-w/4, h-h/4), image.Transparent, image.Point{}, draw.Src)
		return encoded(t, m)
	}
	middle := color.NRGBA{118, 128, 128, 255}
	for name, c := range map[string]struct {
		slot branding.Slot
		data []byte
		want string
	}{
		"as it should be":           {branding.Rectangular, full(800, 200, middle), ""},
		"navy is lost on dark":      {branding.Rectangular, full(800, 200, navy), "contrast"},
		"pale is lost on light":     {branding.Rectangular, full(800, 200, color.NRGBA{240, 240, 240, 255}), "contrast"},
		"small":                     {branding.Rectangular, full(200, 50, middle), "enlarged"},
		"high":                      {branding.Rectangular, full(300, 300, middle), "ratio"},
		"a square that is not":      {branding.Square, full(800, 600, middle), "ratio"},
		"a border":                  {branding.Rectangular, logo(t, 800, 200, middle), "border"},
		"an icon of one colour":     {branding.Square, solid(t, 600, middle), ""},
		"an icon, full bleed":       {branding.Square, icon(t, 600), ""},
		"a photograph on white":     {branding.Rectangular, photo(800, 200), "border ground"},
		"a small photograph square": {branding.Square, photo(400, 400), "enlarged border ground"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.must(d.bring(c.slot, c.data))
			p := d.state().Pictures[0]
			var hints []string
			for _, a := range p.Advice {
				hints = append(hints, string(a.Hint))
			}
			if got := strings.Join(hints, " "); got != c.want {
				t.Errorf("%q, want %q; facts %+v", got, c.want, p.Facts)
			}
		})
	}
}

// solid is a square of one colour, and icon one with a white drawing in its middle.
func solid(t testing.TB, side int, c color.Color) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, side, side))
	draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return encoded(t, m)
}

func icon(t testing.TB, side int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, side, side))
	draw.Draw(m, m.Rect, image.NewUniform(color.NRGBA{11, 92, 173, 255}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(side/3, side/3, side-side/3, side-side/3), image.White, image.Point{}, draw.Src)
	return encoded(t, m)
}

func TestEachRepairCuresWhatItIsOfferedFor(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 300, 200, navy)))
	for range 10 {
		p := d.state().Pictures[0]
		i := -1
		for k, a := range p.Advice {
			if len(a.Repairs) > 0 {
				i = k
			}
		}
		if i < 0 {
			break
		}
		hint := p.Advice[i].Hint
		d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, p.Advice[i].Repairs[0]))
		for _, a := range d.state().Pictures[0].Advice {
			if a.Hint == hint {
				t.Errorf("%s is still advised after %s", hint, p.Advice[i].Repairs[0])
			}
		}
	}
	st := d.state()
	if last := st.Pictures[0]; last.OriginID == last.ID || len(last.Repairs) == 0 || len(st.Pictures) != 2 || st.Pictures[1].ID != last.OriginID {
		t.Errorf("before and after: %+v", st.Pictures)
	}
	d.refused(d.Repair(d.ctx, st.Step, branding.Rectangular, branding.PadToRatio), fault.Conflict, branding.ReasonNoChange)
	d.refused(d.Repair(d.ctx, st.Step, branding.Square, branding.TrimBorder), fault.Conflict, branding.ReasonNoLogo)
	d.refused(d.Repair(d.ctx, st.Step, branding.Rectangular, "sharpen"), fault.Invalid, "not_a_choice")
	for _, r := range []branding.Repair{branding.AddPlate, branding.Rescale, branding.DarkVariant} {
		d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, r))
	}
}

func TestOnlyPicturesThatShowSomething(t *testing.T) {
	d := open(t)
	d.refused(d.bring(branding.Square, []byte("%PDF-1.7")), fault.Invalid, picture.ReasonUnknown)
	d.refused(d.bring(branding.Square, encoded(t, image.NewNRGBA(image.Rect(0, 0, 50, 50)))), fault.Invalid, branding.ReasonBlank)
	d.refused(d.bring("banner", logo(t, 50, 50, navy)), fault.Invalid, "not_a_choice")
	d.must(d.Bring(d.ctx, d.state().Step, branding.Square, `C:\Users\elena\Desk\logo final.svg`,
		[]byte(`<svg viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>`), false))
	p := d.state().Pictures[0]
	if p.Name != "logo final.svg" || !p.Drawn || p.Facts.Width != 1000 || p.Facts.Format != picture.PNG {
		t.Errorf("%+v", p)
	}
}

func TestFilesAreTidiedUp(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	orphan := filepath.Join(d.dir, picture.Sum([]byte("orphan")))
	d.must(os.WriteFile(orphan, []byte("orphan"), 0o600))
	old := d.clock.Now().AddDate(-20, 0, 0)
	d.must(os.Chtimes(orphan, old, old))
	d.must(d.Tidy(d.ctx))
	entries, err := os.ReadDir(d.dir)
	d.must(err)
	if len(entries) != 1 || entries[0].Name() == filepath.Base(orphan) {
		t.Errorf("%v", entries)
	}
}

func TestReadyFilesAndApproval(t *testing.T) {
	d := open(t)
	source := logo(t, 800, 200, navy)
	d.must(d.bring(branding.Rectangular, source))
	files, err := d.Ready(d.ctx)
	d.must(err)
	var got []string
	for _, f := range files {
		got = append(got, fmt.Sprintf("%s %d×%d", f.Name, f.Width, f.Height))
		p, err := picture.Decode(t.Context(), f.Data)
		if err != nil || p.Pixels.Rect.Dy() != f.Height || len(p.Metadata) != 0 || f.SHA256 != picture.Sum(f.Data) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	want := "studio-ponteri-sa-rectangular-1x.png 256×64, studio-ponteri-sa-rectangular-2x.png 512×128"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s", s)
	}
	if _, _, err := d.Compare(d.ctx, source); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("nothing was approved yet: %v", err)
	}
	sheet, err := d.Sheet(d.ctx, words.In("it", ""))
	d.must(err)
	if sheet.Name != "studio-ponteri-sa-scheda-di-approvazione-del-logo-2026-11-20.pdf" || !bytes.HasPrefix(sheet.Data, []byte("%PDF-")) {
		t.Errorf("%s, %d bytes", sheet.Name, len(sheet.Data))
	}
	if again, err := d.Sheet(d.ctx, words.In("it", "")); err != nil || !bytes.Equal(sheet.Data, again.Data) {
		t.Errorf("the same draft at the same moment gave another file (%v)", err)
	}
	d.must(d.Exported(d.ctx, sheet.Name))
	if d.state().Approval != nil {
		t.Error("a sheet that was saved counts as approved")
	}
	for field, act := range map[string]func() error{
		"invalid person:field_required": func() error { return d.Approve(d.ctx, d.state().Step, " ", "2026-11-20") },
		"invalid on:not_a_date":         func() error { return d.Approve(d.ctx, d.state().Step, "Elena", "yesterday") },
		"invalid on:date_in_future":     func() error { return d.Approve(d.ctx, d.state().Step, "Elena", "2026-11-21") },
	} {
		if err := act(); err == nil || strings.ReplaceAll(err.Error(), "field_", "") != strings.ReplaceAll(field, "field_", "") {
			t.Errorf("%v, want %s", err, field)
		}
	}
	d.refused(d.Approve(d.ctx, d.state().Step+1, "Elena", "2026-11-20"), fault.Conflict, fault.ChangedMeanwhile)
	d.must(d.Approve(d.ctx, d.state().Step, "Elena Bianchi", "2026-11-19"))
	st := d.state()
	if a := st.Approval; !st.DraftApproved || st.SetApproved || a.Person != "Elena Bianchi" || a.On.String() != "2026-11-19" || a.Digest != st.Digest() {
		t.Errorf("approved: draft %v, set %v, %+v", st.DraftApproved, st.SetApproved, a)
	}
	for want, data := range map[branding.Match][]byte{
		branding.MatchSource: source, branding.MatchReady: files[1].Data, branding.MatchNothing: append(source, 0),
	} {
		if got, _, err := d.Compare(d.ctx, data); err != nil || got != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.TrimBorder))
	if d.state().DraftApproved {
		t.Error("a repaired logo still counts as approved")
	}
	d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.LightVariant))
	d.must(d.Approve(d.ctx, d.state().Step, "Elena Bianchi", "2026-11-20"))
	if got := d.state().Pictures[0].Repairs; fmt.Sprint(got) != "[trim light]" {
		t.Errorf("repairs %v", got)
	}
	if got, _, err := d.Compare(d.ctx, source); err != nil || got != branding.MatchBrought {
		t.Errorf("the file that was brought: %s, %v", got, err)
	}
	d.must(d.Undo(d.ctx, d.state().Step))
	d.must(d.Undo(d.ctx, d.state().Step))
	d.must(d.Approve(d.ctx, d.state().Step, "Elena Bianchi", "2026-11-20"))
	d.must(d.MarkSet(d.ctx, d.state().Step))
	if st := d.state(); !st.DraftApproved || !st.SetApproved {
		t.Errorf("back again: draft %v, set %v", st.DraftApproved, st.SetApproved)
	}
	exported := 0
	for _, e := range d.journal.Entries {
		if e.Action == audit.DataExported {
			exported++
		}
	}
	if exported != 1 {
		t.Errorf("%d exports in the journal", exported)
	}
}

func TestSheetInEveryLanguageAndState(t *testing.T) {
	languages := []string{"it", "es", "fr", "de", "en"}
	if testing.Short() {
		languages = languages[3:]
	}
	for _, language := range languages {
		d := open(t)
		if _, err := d.Sheet(d.ctx, words.In(language, "")); err != nil {
			t.Errorf("%s, initials alone: %v", language, err)
		}
		d.must(d.bring(branding.Square, logo(t, 300, 300, navy)))
		sheet, err := d.Sheet(d.ctx, words.In(language, ""))
		d.must(err)
		if dir := os.Getenv("KONTOR_LOOK"); dir != "" { // to look at it
			d.must(os.WriteFile(filepath.Join(dir, "branding-"+language+".pdf"), sheet.Data, 0o600))
		}
		paper, book := testkit.ReadPDF(t, sheet.Data), words.For(words.In(language, ""))
		signedUnder(t, paper, book, d.state())
		if least := book.T("branding_at_least", "ratio", "7"); !strings.Contains(paper.Text(), least) { // navy on white
			t.Errorf("%s: nothing is %q", language, least)
		}
	}
}

// signedUnder reads a sheet as the one who signs it does: every fact stands beside its name, and the sum that is signed
// and the three places to sign are on the last page.
func signedUnder(t *testing.T, paper testkit.PDFText, w *words.Book, st branding.State) {
	t.Helper()
	value := map[string]string{}
	for _, line := range paper.Lines() {
		if cells := line.Cells(); len(cells) == 2 {
			value[cells[0].Text] = cells[1].Text
		}
	}
	p := st.Pictures[0]
	for name, want := range map[string]string{
		w.T("branding_fact_size"): fmt.Sprintf("%d × %d px", p.Facts.Width, p.Facts.Height), w.T("branding_fact_ratio"): "1:1",
		w.T("branding_paper_source"): p.SHA256, w.T("branding_digest"): st.Digest(),
	} {
		if value[name] != want {
			t.Errorf("beside %q stands %q, not %q", name, value[name], want)
		}
	}
	places := []string{w.T("branding_name"), w.T("branding_paper_sign_date"), w.T("branding_paper_signature")}
	found := slices.ContainsFunc(paper.Lines(), func(l testkit.PDFLine) bool {
		cells := l.Cells()
		return len(cells) == 3 && cells[0].Page == paper.Pages && cells[0].Text == places[0] && cells[1].Text == places[1] && cells[2].Text == places[2]
	})
	if !found {
		t.Errorf("%s: the places to sign do not stand side by side on the last page:\n%s", w.Language, paper.Text())
	}
}

func TestLimitsAreKeptAndUsed(t *testing.T) {
	d := open(t)
	l := branding.Limits{MaxKilobytes: 100, SquareSide: 100, RectangularHeight: 40, MinRatio: 1, MaxRatio: 5}
	d.must(d.SetLimits(d.ctx, l))
	d.must(d.SetLimits(d.ctx, l))
	d.must(d.bring(branding.Square, logo(t, 300, 300, navy)))
	if d.state().Limits != l {
		t.Errorf("%+v", d.state().Limits)
	}
	files, err := d.Ready(d.ctx)
	d.must(err)
	if files[0].Width != 100 || files[1].Width != 200 {
		t.Errorf("%d, %d", files[0].Width, files[1].Width)
	}
	if err := d.SetLimits(d.ctx, branding.Limits{}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("%v", err)
	}
}

func TestWhatWasNotedAsSetCanBeTakenBack(t *testing.T) {
	d := open(t)
	d.refused(d.TakeSetBack(d.ctx), fault.Conflict, branding.ReasonNotNoted)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	d.must(d.MarkSet(d.ctx, d.state().Step))
	if st := d.state(); st.Changed() || st.SetNotedAt.IsZero() {
		t.Errorf("%+v", st)
	}
	d.must(d.TakeSetBack(d.ctx))
	st := d.state()
	if st.Set != branding.Plain() || !st.Changed() || st.Draft.RectangularID == "" || !st.SetNotedAt.IsZero() {
		t.Errorf("%+v", st)
	}
	d.refused(d.TakeSetBack(d.ctx), fault.Conflict, branding.ReasonNotNoted)
	// The picture that stood there before is kept for as long as one can go back to it.
	d.must(d.MarkSet(d.ctx, st.Step))
	d.must(d.bring(branding.Rectangular, logo(t, 420, 100, navy)))
	d.must(d.MarkSet(d.ctx, d.state().Step))
	d.must(d.TakeSetBack(d.ctx))
	if got := d.state().Set.RectangularID; got != st.Draft.RectangularID {
		t.Errorf("%q, want %q", got, st.Draft.RectangularID)
	}
}

func TestWhatIsToDoInTheManager(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, navy)))
	open := func() []manager.Task {
		t.Helper()
		list, err := d.tasks.List(d.ctx)
		d.must(err)
		var open []manager.Task
		for _, task := range list {
			if task.Outcome == manager.Open {
				open = append(open, task)
			}
		}
		return open
	}
	d.must(d.Approve(d.ctx, d.state().Step, "Elena", "2026-11-20"))
	if got := open(); len(got) != 1 || got[0].Kind != manager.SetBranding {
		t.Fatalf("%+v", got)
	}
	d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.TrimBorder))
	if got := open(); len(got) != 0 {
		t.Errorf("the approved look is not the draft any more: %+v", got)
	}
	d.must(d.Approve(d.ctx, d.state().Step, "Elena", "2026-11-20"))
	task := open()[0]
	d.must(d.tasks.Settle(d.ctx, task.ID, manager.Done))
	if d.state().Changed() {
		t.Error("done in the Manager, and not noted as set")
	}
	d.must(d.tasks.Settle(d.ctx, task.ID, manager.Open))
	if !d.state().Changed() {
		t.Error("opened again, and still noted as set")
	}
	d.must(d.MarkSet(d.ctx, d.state().Step))
	if got := open(); len(got) != 0 {
		t.Errorf("noted as set, and still to do: %+v", got)
	}
}

func TestAGroundIsKontorsOrThePersons(t *testing.T) {
	d := open(t)
	d.must(d.bring(branding.Rectangular, logo(t, 400, 100, color.NRGBA{200, 210, 230, 255})))
	ratio := func() float64 {
		for _, m := range d.state().Pictures[0].Facts.Contrast {
			if m.Theme == branding.Dark && m.Place == branding.InHeader {
				return m.Ratio
			}
		}
		return 0
	}
	before := ratio()
	d.must(d.SetGround(d.ctx, branding.Dark, branding.InHeader, "#c8d2e6"))
	if got := ratio(); before < 8 || got > 1.1 {
		t.Errorf("%.1f, then %.1f", before, got)
	}
	other := access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-2", Role: access.LegalRepresentative})
	if st, err := d.State(other); err != nil || st.Grounds.Own(branding.Dark, branding.InHeader) {
		t.Errorf("another organization: %v", err)
	}
	d.must(d.SetGround(d.ctx, branding.Dark, branding.InHeader, ""))
	if got := ratio(); got != before {
		t.Errorf("%.1f, want %.1f", got, before)
	}
	for _, text := range []string{"#12", "red", "#gggggg", "#1234567"} {
		if err := d.SetGround(d.ctx, branding.Dark, branding.InHeader, text); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	d.refused(d.SetGround(d.ctx, "dusk", branding.InHeader, "#101112"), fault.Invalid, "not_a_choice")
}

// The commonest logo of all: dark, on white, from a camera or a word processor.
func TestADarkLogoOnWhite(t *testing.T) {
	d := open(t)
	m := image.NewRGBA(image.Rect(0, 0, 600, 120))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	for x := 20; x < 580; x += 40 {
		draw.Draw(m, image.Rect(x, 20, x+12, 100), image.NewUniform(navy), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	d.must(jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}))
	d.must(d.bring(branding.Rectangular, b.Bytes()))
	advised := func() map[branding.Hint][]branding.Repair {
		found := map[branding.Hint][]branding.Repair{}
		for _, a := range d.state().Pictures[0].Advice {
			found[a.Hint] = a.Repairs
		}
		return found
	}
	for _, seen := range d.state().Pictures[0].Facts.Contrast {
		if seen.Grade() != branding.GradeText {
			t.Errorf("in its own light: %+v", seen)
		}
	}
	if got := advised(); fmt.Sprint(got[branding.HintGround]) != "[clear]" || // it encloses nothing
		got[branding.HintContrast] != nil {
		t.Errorf("advised %v", got)
	}
	d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.ClearGround))
	if f := d.state().Pictures[0].Facts; f.Transparent < 0.6 || f.OwnGround != nil {
		t.Errorf("%+v", f)
	}
	if got := advised(); fmt.Sprint(got[branding.HintContrast]) != "[plate light]" || got[branding.HintGround] != nil {
		t.Errorf("without its white: %v", got)
	}
	d.must(d.Repair(d.ctx, d.state().Step, branding.Rectangular, branding.AddPlate))
	if got := advised(); got[branding.HintContrast] != nil || got[branding.HintGround] != nil {
		t.Errorf("on a plate: %v", got)
	}
}
