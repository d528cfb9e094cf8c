package transfer_test

import (
	"context"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/manager"
)

// staff are the collaborators of the organization.
type staff []string

func (s staff) Collaborators(context.Context) ([]transfer.Colleague, error) {
	list := []transfer.Colleague{}
	for _, id := range s {
		list = append(list, transfer.Colleague{AccountID: id, Name: id})
	}
	return list, nil
}

// A collaborator sees, changes and restarts the transfers that she works on, and learns of no other.
func TestACollaboratorHasTheTransfersThatAreGranted(t *testing.T) {
	d := newDesk(t)
	d.Service = transfer.NewService(transfer.Options{
		DB: d.db, Journal: d.journal, Vault: d.vault, Reauth: testkit.Reauthenticator(password), Organizations: organization.NewDirectory(d.db),
		People: staff{"claire", "tobias"}, Tasks: d.tasks, Clock: day.ClockIn(zurich, d.db.Now),
	})
	d.tasks.OnClose(d.Settled, transfer.TaskKinds()...)
	d.tasks.OnView(d.MaySee, transfer.TaskKinds()...)
	as := func(id string) context.Context {
		return access.With(t.Context(), access.Actor{AccountID: id, OrganizationID: "org-1", Role: access.Collaborator})
	}
	for _, id := range []string{"claire", "tobias"} {
		testkit.Exec(t, d.db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
			VALUES (?, ?, '', ?, ?, 'en', 1, 1)`, id, id, id, id)
		testkit.Exec(t, d.db, "INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('org-1', ?, 'collaborator', 0)", id)
	}
	admin := testkit.As(t, access.Administrator)
	d.ctx = as("claire")
	hers := d.add(larici())
	d.must(d.Fail(d.ctx, hers, transfer.Failure{Message: []byte(locked)}))
	d.must(d.NoteRestart(d.ctx, hers, true))

	other := as("tobias")
	for name, act := range map[string]func(ctx context.Context) error{
		"Get":         func(ctx context.Context) error { _, err := d.Get(ctx, hers); return err },
		"Update":      func(ctx context.Context) error { return d.Update(ctx, hers, 1, transfer.Update{}) },
		"Answer":      func(ctx context.Context) error { return d.Answer(ctx, hers, transfer.Asked()[0], true) },
		"NoteRecords": func(ctx context.Context) error { return d.NoteRecords(ctx, hers, "x") },
		"Advance":     func(ctx context.Context) error { return d.Advance(ctx, hers, transfer.Done) },
		"NoteRestart": func(ctx context.Context) error { return d.NoteRestart(ctx, hers, true) },
		"Restarted":   func(ctx context.Context) error { return d.Restarted(ctx, hers) },
		"SetCode":     func(ctx context.Context) error { return d.SetCode(ctx, hers, "abc") },
		"RevealCode":  func(ctx context.Context) error { _, err := d.RevealCode(ctx, hers, password); return err },
		"Read":        func(ctx context.Context) error { _, err := d.Read(ctx, hers, []byte("x")); return err },
		"Calendar":    func(ctx context.Context) error { _, err := d.Calendar(ctx, hers, words.Locale{}); return err },
		"Remove":      func(ctx context.Context) error { return d.Remove(ctx, hers) },
	} {
		if err := act(other); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s of a colleague's transfer: %v", name, err)
		}
	}
	for name, ctx := range map[string]context.Context{"the rule of all": other, "who works on it": other} {
		err := d.SetCodeDays(ctx, 9)
		if name != "the rule of all" {
			err = d.Allow(ctx, hers, []string{"tobias"})
		}
		if fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	knows := func(ctx context.Context) (listed, tasks int) {
		l, err := d.List(ctx, transfer.Filter{})
		d.must(err)
		w, err := d.Waiting(ctx)
		d.must(err)
		k, err := d.Known(ctx)
		d.must(err)
		f, err := d.Search(ctx, find.Question{Words: []string{"larici"}, Limit: 9})
		d.must(err)
		todo, err := d.tasks.List(ctx)
		d.must(err)
		if l.All != len(l.Entries) || k[0].Count != l.All || len(f.Hits) != l.All || len(w) != l.All {
			t.Errorf("listed %d, counted %d and %d, found %d, waiting %d", len(l.Entries), l.All, k[0].Count, len(f.Hits), len(w))
		}
		return l.All, len(todo)
	}
	for name, want := range map[string][2]int{"tobias": {0, 0}, "claire": {1, 1}} {
		if l, todo := knows(as(name)); l != want[0] || todo != want[1] {
			t.Errorf("%s knows of %d transfers, %d tasks", name, l, todo)
		}
	}
	todo, err := d.tasks.List(admin)
	d.must(err)
	if len(todo) != 1 {
		t.Fatalf("%+v", todo)
	}
	if err := d.tasks.Settle(other, todo[0].ID, manager.Done); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("closing a colleague's task: %v", err)
	}

	if err := d.Allow(admin, hers, []string{"account-1"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("who is no collaborator: %v", err)
	}
	d.must(d.Allow(admin, hers, []string{"tobias"}))
	if l, todo := knows(other); l != 1 || todo != 1 {
		t.Errorf("granted: %d transfers, %d tasks", l, todo)
	}
	if l, _ := knows(as("claire")); l != 0 {
		t.Error("taken away and still there")
	}
	testkit.Exec(t, d.db, "DELETE FROM member WHERE account_id = 'tobias'")
	testkit.Exec(t, d.db, "INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('org-1', 'tobias', 'collaborator', 0)")
	if l, _ := knows(other); l != 0 {
		t.Error("who left and came back still has it")
	}
}
