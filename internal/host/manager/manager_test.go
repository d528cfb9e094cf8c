package manager_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

func begin(t *testing.T) (*manager.Service, *sqlite.DB, *testkit.Clock) {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	return manager.New(db, &testkit.Journal{}), db, clock
}

func note(t *testing.T, ctx context.Context, s *manager.Service, db *sqlite.DB, task manager.Task) (id string) {
	t.Helper()
	err := db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		id, err = s.Note(ctx, tx, task)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func list(t *testing.T, ctx context.Context, s *manager.Service) []manager.Task {
	t.Helper()
	tasks, err := s.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return tasks
}

func TestATaskStaysOpenUntilThePersonSaysSo(t *testing.T) {
	s, db, clock := begin(t)
	ctx := testkit.As(t, access.Administrator)
	first := note(t, ctx, s, db, manager.Task{Kind: manager.TopUp, Ref: "t1", Params: map[string]string{"amount": "CHF 150.00"}})
	clock.Advance(time.Hour)
	second := note(t, ctx, s, db, manager.Task{Kind: manager.RestartDomain, Ref: "d1"})
	got := list(t, ctx, s)
	if len(got) != 2 || got[0].ID != first || got[1].ID != second || got[0].Params["amount"] != "CHF 150.00" || got[0].Outcome != manager.Open || got[0].Page() != "payment_methods" {
		t.Fatalf("%+v", got)
	}
	for _, outcome := range []manager.Outcome{manager.Done, manager.Open, manager.Dropped, manager.Done} {
		if err := s.Settle(ctx, first, outcome); err != nil {
			t.Fatal(err)
		}
		for _, task := range list(t, ctx, s) {
			if task.ID == first && task.Outcome != outcome {
				t.Errorf("%s is %s", outcome, task.Outcome)
			}
		}
	}
	clock.Advance(manager.Recent + time.Minute)
	if got := list(t, ctx, s); len(got) != 1 || got[0].ID != second {
		t.Errorf("a week later: %+v", got)
	}
}

func TestThereIsOneOpenTaskForARecord(t *testing.T) {
	s, db, _ := begin(t)
	ctx := testkit.As(t, access.Administrator)
	older := note(t, ctx, s, db, manager.Task{Kind: manager.DefaultMethod, Ref: "p1"})
	if err := s.Settle(ctx, older, manager.Dropped); err != nil {
		t.Fatal(err)
	}
	note(t, ctx, s, db, manager.Task{Kind: manager.DefaultMethod, Ref: "p1"})
	newest := note(t, ctx, s, db, manager.Task{Kind: manager.DefaultMethod, Ref: "p1"})
	if got := list(t, ctx, s); len(got) != 2 || got[0].ID != newest {
		t.Errorf("%+v", got)
	}
	if err := s.Settle(ctx, older, manager.Open); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("opened beside another: %v", err)
	}
	if err := db.Write(ctx, func(tx *sqlite.Tx) error { return s.Withdraw(ctx, tx, manager.DefaultMethod, "p1") }); err != nil {
		t.Fatal(err)
	}
	if got := list(t, ctx, s); len(got) != 1 || got[0].ID != older {
		t.Errorf("after the act was taken back: %+v", got)
	}
}

func TestWhoMayNotDoTheActSeesNoTask(t *testing.T) {
	s, db, _ := begin(t)
	id := note(t, testkit.As(t, access.Administrator), s, db, manager.Task{Kind: manager.TopUp, Ref: "t1"})
	other := testkit.As(t, access.Collaborator)
	if got := list(t, other, s); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if err := s.Settle(other, id, manager.Done); fault.CodeOf(err) != fault.NotFound {
		t.Error(err)
	}
	if got := list(t, testkit.As(t, access.Collaborator, access.Accounting), s); len(got) != 1 {
		t.Errorf("with the grant: %+v", got)
	}
	elsewhere := access.With(t.Context(), access.Actor{AccountID: "somebody", OrganizationID: "elsewhere", Role: access.LegalRepresentative})
	if err := s.Settle(elsewhere, id, manager.Done); fault.CodeOf(err) != fault.NotFound {
		t.Error(err)
	}
}

func TestTheAreaClosesInTheSameTransaction(t *testing.T) {
	s, db, _ := begin(t)
	ctx := testkit.As(t, access.Administrator)
	refusal := errors.New("the balance is too small")
	s.OnClose(func(_ context.Context, _ *sqlite.Tx, task manager.Task, outcome manager.Outcome) error {
		if task.Ref != "o1" || outcome != manager.Done {
			t.Errorf("%+v %s", task, outcome)
		}
		return refusal
	}, manager.PayOrder)
	id := note(t, ctx, s, db, manager.Task{Kind: manager.PayOrder, Ref: "o1"})
	if err := s.Settle(ctx, id, manager.Done); !errors.Is(err, refusal) {
		t.Error(err)
	}
	if got := list(t, ctx, s); got[0].Outcome != manager.Open {
		t.Errorf("%+v", got)
	}
	if err := s.Settle(ctx, id, "paid"); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
}
