package safety_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/safety"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

func service(t *testing.T, clock *testkit.Clock) (*safety.Service, *sqlite.DB, *testkit.Journal) {
	t.Helper()
	db, journal := testkit.NewDB(t, clock), &testkit.Journal{}
	return safety.New(safety.Options{
		DB: db, Journal: journal, Settings: settings.NewStore(db), Log: slog.New(slog.DiscardHandler),
		Kinds: []safety.Kind{{Name: "organizations", Tables: []string{"organization", "member"}}},
	}), db, journal
}

func TestWhoMay(t *testing.T) {
	who := map[string]func() context.Context{"keeper": func() context.Context { return testkit.Keeper(t) }}
	for _, role := range access.Roles() {
		who[string(role)] = func() context.Context { return testkit.As(t, role) }
	}
	for role, as := range who {
		ctx := as()
		s, _, journal := service(t, nil)
		for name, act := range map[string]func(context.Context) error{
			"Overview": func(ctx context.Context) error { _, err := s.Overview(ctx); return err },
			"Make":     func(ctx context.Context) error { _, err := s.Make(ctx); return err },
			"Drop":     func(ctx context.Context) error { return s.Drop(ctx, "x") },
			"SetSpace": func(ctx context.Context) error { return s.SetSpace(ctx, safety.Spaces[1]) },
			"Compare":  func(ctx context.Context) error { _, err := s.Compare(ctx, "x"); return err },
		} {
			allowed := role == "keeper"
			if err := act(ctx); (fault.CodeOf(err) == fault.Forbidden) == allowed {
				t.Errorf("%s, %s: %v", role, name, err)
			}
			if err := act(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
				t.Errorf("nobody, %s: %v", name, err)
			}
			if !allowed && len(journal.Entries) > 0 {
				t.Errorf("%s, %s: %+v", role, name, journal.Entries)
			}
		}
	}
}

func TestACopyIsMadeEachDay(t *testing.T) {
	clock := testkit.NewClock()
	s, db, _ := service(t, clock)
	for day, want := range []int{1, 1, 2, 3} {
		if day > 0 {
			clock.Advance(time.Duration(day-1) * 25 * time.Hour) // the second time it is still the same day
			testkit.Exec(t, db, "UPDATE setting SET value = value")
			testkit.Exec(t, db, "INSERT OR REPLACE INTO setting (account_id, name, value) VALUES ('', 'x', ?)", day)
		}
		if made, err := s.Today(t.Context()); err != nil || made != (day != 1) {
			t.Fatalf("day %d: %v, %v", day, made, err)
		}
		if list, err := db.Copies(); err != nil || len(list) != want || list[0].Why != sqlite.Daily {
			t.Fatalf("day %d: %+v, %v", day, list, err)
		}
	}
}

func TestTheRoomForCopiesIsChosen(t *testing.T) {
	s, db, journal := service(t, nil)
	ctx := testkit.Keeper(t)
	if err := s.SetSpace(ctx, 17); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
	if err := s.SetSpace(ctx, 500<<20); err != nil {
		t.Fatal(err)
	}
	if o, err := s.Overview(ctx); err != nil || o.Space != 500<<20 {
		t.Errorf("%+v, %v", o, err)
	}
	if e := journal.Entries; len(e) != 1 || e[0].Old != "2048 MB" || e[0].New != "500 MB" {
		t.Errorf("%+v", e)
	}
	testkit.Seed(t, db)
	testkit.Exec(t, db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Libreria', 'CHF', 0, 0)`)
	if _, err := s.Make(ctx); err != nil {
		t.Fatal(err)
	}
	list, err := db.Copies()
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	testkit.Exec(t, db, "DELETE FROM organization WHERE id = 'org-2'")
	if d, err := s.Compare(ctx, list[0].Name); err != nil || len(d) != 1 || d[0].Now != 2 || d[0].Then != 3 {
		t.Errorf("%+v, %v", d, err)
	}
}
