package app_test

import (
	"testing"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/settings"
)

// The language of the first screen is that of the sample, and one that is chosen there is kept afterwards.
func TestTheSampleSpeaksAsThePersonChose(t *testing.T) {
	s := opened(t, t.TempDir())
	preferences := testkit.Bound[*settings.Window](s.app)
	speaks := func(want string) {
		t.Helper()
		v, err := preferences.Get()
		if err != nil || v.Language != want || v.Speaks != want || s.system.State().Speaks != want {
			t.Fatalf("%+v and %s, %v; want %s", v, s.system.State().Speaks, err, want)
		}
	}
	choose := func(language string) {
		t.Helper()
		if _, err := preferences.Set(string(settings.Language), language); err != nil {
			t.Fatal(err)
		}
	}
	choose("de")
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	speaks("de")
	if err := s.system.LeaveSample(false); err != nil {
		t.Fatal(err)
	}
	speaks("de")
	choose("it")
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	speaks("it") // also in a sample that was begun in another
	choose("fr")
	if err := s.system.LeaveSample(true); err != nil {
		t.Fatal(err)
	}
	speaks("fr")
}

// Whoever looks at the sample from the own workspace is signed in there again afterwards.
func TestThePersonIsBackWhereSheWas(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	before := current(t, s)
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); v.AccountID == before.AccountID {
		t.Fatalf("%+v", v)
	}
	if err := s.system.ExploreSample(); err != nil { // from within
		t.Fatal(err)
	}
	if err := s.system.LeaveSample(false); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); !v.SignedIn || v.AccountID != before.AccountID {
		t.Errorf("%+v", v)
	}
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	s.app.ScreenLocked()
	if err := s.system.LeaveSample(true); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); v.SignedIn {
		t.Error("the screen was locked meanwhile, and the window was not")
	}
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	board, err := s.home.Board()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range board.Steps {
		if step.Done != (step.Kind == "sample") {
			t.Errorf("%+v", step)
		}
	}
}

// A window that was closed in the sample opens in the own workspace, and says so until one has decided.
func TestTheNextStartTellsThatTheSampleWasOpen(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	if s.system.State().LeftOpen {
		t.Error("nobody was in the sample yet")
	}
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	if v := s.system.State(); v.LeftOpen || !v.Sample {
		t.Errorf("in the sample: %+v", v)
	}
	s.app.Shutdown()
	for name, decide := range map[string]func(s services) error{
		"stays": func(s services) error { return s.system.StayHere() },
		"continues and leaves": func(s services) error {
			if err := s.system.ExploreSample(); err != nil {
				return err
			}
			return s.system.LeaveSample(false)
		},
	} {
		s := opened(t, dir)
		if v := s.system.State(); !v.LeftOpen || v.Sample {
			t.Errorf("%s, before: %+v", name, v)
		}
		if err := decide(s); err != nil {
			t.Fatal(err)
		}
		if v := s.system.State(); v.LeftOpen || v.Sample {
			t.Errorf("%s, after: %+v", name, v)
		}
		if err := s.system.ExploreSample(); err != nil {
			t.Fatal(err)
		}
		s.app.Shutdown()
	}
}
