package home_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/home"
	"kontor/internal/host/settings"
)

// rig is a Home whose areas say what the test wants.
type rig struct {
	*home.Service
	clock *testkit.Clock
	lines []waiting.Line
	facts []waiting.Fact
	tasks int
}

func open(t *testing.T, lines ...waiting.Line) *rig {
	t.Helper()
	h := &rig{clock: testkit.NewClock(), lines: lines}
	db := testkit.NewDB(t, h.clock)
	testkit.Seed(t, db)
	h.Service = home.NewService(home.Options{
		DB: db, Settings: settings.NewStore(db), Clock: day.ClockIn(time.UTC, h.clock.Now),
		Sources: []waiting.Source{func(context.Context) ([]waiting.Line, error) { return h.lines, nil }},
		Known:   []waiting.Knowledge{func(context.Context) ([]waiting.Fact, error) { return h.facts, nil }},
		Tasks:   func(context.Context) (int, error) { return h.tasks, nil },
		Next:    func(context.Context) ([]waiting.Line, error) { return []waiting.Line{{Kind: "next", Ref: "r1"}}, nil },
	})
	return h
}

func (h *rig) board(t *testing.T, ctx context.Context) home.Board {
	t.Helper()
	b, err := h.Board(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if (len(b.Next) == 1) != (len(b.Lines) == 0) {
		t.Errorf("what comes next is told where nothing waits: %+v beside %+v", b.Next, b.Lines)
	}
	return b
}

func failed(ref, cause string) waiting.Line {
	return waiting.Line{Kind: "transfer_failed", Ref: ref, Urgency: waiting.Failed, Params: map[string]string{"cause": cause}}
}

func TestTheMostUrgentComesFirst(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	h := open(t,
		waiting.Line{Kind: "stale", Urgency: waiting.Stale}, waiting.Line{Kind: "later", Urgency: waiting.Soon, At: noon.Add(time.Hour)},
		waiting.Line{Kind: "soon", Urgency: waiting.Soon, At: noon}, waiting.Line{Kind: "failed", Urgency: waiting.Failed, At: noon})
	got := h.board(t, testkit.As(t, access.External)).Lines
	for i, want := range []string{"failed", "soon", "later", "stale"} {
		if got[i].Kind != want {
			t.Errorf("line %d is %s, want %s", i, got[i].Kind, want)
		}
	}
}

// Not known, none and something are three different words.
func TestEachStateIsSaidByItsName(t *testing.T) {
	for name, c := range map[string]struct {
		lines []waiting.Line
		facts []waiting.Fact
		tasks int
		want  home.State
	}{
		"nobody entered anything": {want: home.Unknown},
		"all counts are zero":     {facts: []waiting.Fact{{Kind: "renewals"}, {Kind: "clients"}, {Kind: "copies"}}, want: home.Unknown},
		"what warns of nothing":   {facts: []waiting.Fact{{Kind: "address", Count: 1}, {Kind: "logos", Count: 2}, {Kind: "copies", Count: 3}}, want: home.Unknown},
		"what one may not see":    {facts: []waiting.Fact{{Kind: "renewals", Hidden: true}}, want: home.Unknown},
		"a renewal":               {facts: []waiting.Fact{{Kind: "renewals", Count: 1}}, want: home.Quiet},
		"a booking":               {facts: []waiting.Fact{{Kind: "bookings", Count: 1}}, want: home.Quiet},
		"a line":                  {lines: []waiting.Line{failed("t1", "locked")}, want: home.Waiting},
		"a task in the Manager":   {facts: []waiting.Fact{{Kind: "renewals", Count: 1}}, tasks: 1, want: home.Waiting},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, c.lines...)
			h.facts, h.tasks = c.facts, c.tasks
			b := h.board(t, testkit.As(t, access.LegalRepresentative))
			if b.State != c.want || b.Lines == nil || b.Later == nil || b.Dealt == nil || b.Tasks != c.tasks {
				t.Errorf("%+v, want %s", b, c.want)
			}
		})
	}
}

func TestNobodyIsTold(t *testing.T) {
	h := open(t)
	for name, call := range map[string]func() error{
		"Board":     func() error { _, err := h.Board(t.Context()); return err },
		"PutOff":    func() error { return h.PutOff(t.Context(), "a/b", "", day.Date(2026, 12, 1)) },
		"DealtWith": func() error { return h.DealtWith(t.Context(), "a/b", "") },
		"BringBack": func() error { return h.BringBack(t.Context(), "a/b") },
		"HideSteps": func() error { return h.HideSteps(t.Context(), true) },
	} {
		if err := call(); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAreaThatFailsIsNotPassedOver(t *testing.T) {
	broken := errors.New("disk")
	ctx := testkit.As(t, access.External)
	for name, o := range map[string]home.Options{
		"waiting": {Sources: []waiting.Source{func(context.Context) ([]waiting.Line, error) { return nil, broken }}},
		"known":   {Known: []waiting.Knowledge{func(context.Context) ([]waiting.Fact, error) { return nil, broken }}},
		"tasks":   {Tasks: func(context.Context) (int, error) { return 0, broken }},
	} {
		if _, err := home.NewService(o).Board(ctx); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALineIsPutOffUntilItsDay(t *testing.T) {
	h := open(t, failed("t1", "locked"), failed("t2", "locked"))
	ctx := testkit.As(t, access.Administrator)
	first := h.lines[0]
	if err := h.PutOff(ctx, first.Key(), first.News(), day.Date(2026, 11, 23)); err != nil {
		t.Fatal(err)
	}
	b := h.board(t, ctx)
	if len(b.Lines) != 1 || b.Lines[0].Ref != "t2" || len(b.Later) != 1 || b.Later[0].Ref != "t1" || b.Later[0].Until.String() != "2026-11-23" {
		t.Fatalf("%+v", b)
	}
	h.clock.Advance(3 * 24 * time.Hour)
	if b := h.board(t, ctx); len(b.Lines) != 2 || len(b.Later) != 0 {
		t.Errorf("on that day: %+v", b)
	}
	for _, until := range []day.Day{0, day.Date(2026, 11, 20), day.Date(2026, 11, 23), day.Date(2027, 11, 24)} {
		if err := h.PutOff(ctx, first.Key(), first.News(), until); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("until %s: %v", until, err)
		}
	}
}

func TestALineThatWasDealtWithIsShownForAWeekAndComesBackWithNews(t *testing.T) {
	h := open(t, failed("t1", "locked"))
	h.facts = []waiting.Fact{{Kind: "transfers", Count: 1}}
	ctx := testkit.As(t, access.Administrator)
	line := h.lines[0]
	if err := h.DealtWith(ctx, line.Key(), line.News()); err != nil {
		t.Fatal(err)
	}
	if b := h.board(t, ctx); b.State != home.Quiet || len(b.Lines) != 0 || len(b.Dealt) != 1 || b.Dealt[0].Until != 0 {
		t.Errorf("%+v", b)
	}
	h.clock.Advance(home.Recent)
	if b := h.board(t, ctx); len(b.Lines)+len(b.Dealt) != 0 {
		t.Errorf("a week later: %+v", b)
	}
	h.lines = []waiting.Line{failed("t1", "refused")}
	if b := h.board(t, ctx); len(b.Lines) != 1 {
		t.Errorf("with news: %+v", b)
	}
}

func TestALineIsBroughtBack(t *testing.T) {
	h := open(t, failed("t1", "locked"), failed("t2", "locked"))
	ctx := testkit.As(t, access.Administrator)
	for _, l := range h.lines {
		if err := h.DealtWith(ctx, l.Key(), l.News()); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.BringBack(ctx, h.lines[1].Key()); err != nil {
		t.Fatal(err)
	}
	if b := h.board(t, ctx); len(b.Lines) != 1 || b.Lines[0].Ref != "t2" || len(b.Dealt) != 1 {
		t.Errorf("%+v", b)
	}
}

// What somebody puts off waits for everybody else, and for the person in her other organizations.
func TestWhatOnePutsOffWaitsForTheOthers(t *testing.T) {
	h := open(t, failed("t1", "locked"))
	line := h.lines[0]
	if err := h.DealtWith(testkit.As(t, access.Administrator), line.Key(), line.News()); err != nil {
		t.Fatal(err)
	}
	for _, other := range []access.Actor{
		{AccountID: "account-2", OrganizationID: "org-1", Role: access.Administrator},
		{AccountID: "account-1", OrganizationID: "org-2", Role: access.Administrator},
		{AccountID: "account-1"},
	} {
		if b := h.board(t, access.With(t.Context(), other)); len(b.Lines) != 1 {
			t.Errorf("%+v: %+v", other, b)
		}
	}
}

func TestStepsTickThemselvesOff(t *testing.T) {
	h := open(t)
	ctx := testkit.As(t, access.LegalRepresentative)
	done := func() map[string]bool {
		list := map[string]bool{}
		for _, step := range h.board(t, ctx).Steps {
			list[step.Kind] = step.Done
		}
		return list
	}
	if got := done(); len(got) != 3 || got[home.StepImport] || got[home.StepPaper] || got[home.StepSample] {
		t.Errorf("on the first day: %v", got)
	}
	h.facts = []waiting.Fact{{Kind: "clients", Count: 2}, {Kind: "address", Count: 1}, {Kind: "logos"}}
	if got := done(); !got[home.StepImport] || got[home.StepPaper] {
		t.Errorf("with clients and an address: %v", got)
	}
	h.facts = append(h.facts, waiting.Fact{Kind: "logos", Count: 1})
	if err := h.SampleSeen(ctx); err != nil {
		t.Fatal(err)
	}
	if got := done(); !got[home.StepPaper] || !got[home.StepSample] {
		t.Errorf("with a logo, after a look at the sample: %v", got)
	}
	for _, hide := range []bool{true, false} {
		if err := h.HideSteps(ctx, hide); err != nil {
			t.Fatal(err)
		}
		if b := h.board(t, ctx); b.Hidden != hide {
			t.Errorf("hidden is %v", b.Hidden)
		}
	}
	if steps := h.board(t, testkit.As(t, access.External)).Steps; len(steps) != 1 || steps[0].Kind != home.StepSample {
		t.Errorf("who may enter nothing is shown %+v", steps)
	}
}
