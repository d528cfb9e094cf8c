package mirror_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"kontor/internal/area/mirror"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
)

// Called by the program, or by others within their own transactions, which have asked for the permission.
var unasked = []string{"Pass", "Recent", "Holds", "Sheets", "Erase"}

// Who may do what with what was read: whoever has the account, in any role; nobody else, and no session that a provider opened.
// A method that is not in the table fails the test.
func TestWhoMay(t *testing.T) {
	d := newPull(t, false)
	d.pass()
	acts := map[string]func(ctx context.Context) error{
		"Connect":       func(ctx context.Context) error { return d.Connect(ctx, mirror.ConnectInput{}) },
		"Refresh":       d.Refresh,
		"Opened":        func(ctx context.Context) error { return d.Opened(ctx, "members", "1") },
		"SetBackground": func(ctx context.Context) error { return d.SetBackground(ctx, false) },
		"SetDrive":      func(ctx context.Context) error { return d.SetDrive(ctx, "no such", true) },
		"Disconnect":    func(ctx context.Context) error { return d.Disconnect(ctx, "wrong", false) },
		"Choose":        func(ctx context.Context) error { return d.Choose(ctx, nil) },
		"MarkSession":   func(ctx context.Context) error { return d.MarkSession(ctx, "no such", "mine") },
		"Events":        func(ctx context.Context) error { _, err := d.Events(ctx, mirror.EventQuery{Limit: 1}); return err },
		"EventSheet": func(ctx context.Context) error {
			_, err := d.EventSheet(ctx, mirror.EventQuery{}, words.Locale{Language: "en"})
			return err
		},
		"SearchEvents": func(ctx context.Context) error { _, err := d.SearchEvents(ctx, find.Ask("offer", 3)); return err },
		"TakeOver":     func(ctx context.Context) error { return d.TakeOver(ctx, "1", "name", "") },
		"Ends":         func(ctx context.Context) error { _, err := d.Ends(ctx); return err },
		"TokenAge":     func(ctx context.Context) error { _, err := d.TokenAge(ctx); return err },
		"DomainList":   func(ctx context.Context) error { _, err := d.DomainList(ctx); return err },
		"Search":       func(ctx context.Context) error { _, err := d.Search(ctx, find.Question{}); return err },
	}
	service := reflect.TypeOf(d.Service)
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != reflect.TypeFor[context.Context]() || slices.Contains(unasked, m.Name) {
			continue
		}
		if acts[m.Name] == nil {
			t.Errorf("%s is not in the table", m.Name)
		}
	}
	bound := access.From(testkit.As(t, access.Administrator))
	bound.Bound = true
	before := len(d.r.asked)
	for _, who := range []struct {
		name string
		ctx  context.Context
		want fault.Code // Forbidden or Unauthenticated; "" may
	}{
		{"legal representative", testkit.As(t, access.LegalRepresentative), ""},
		{"administrator", testkit.As(t, access.Administrator), ""},
		{"collaborator", testkit.As(t, access.Collaborator), ""},
		{"external", testkit.As(t, access.External), ""},
		{"whom a provider let in", access.With(t.Context(), bound), fault.Forbidden},
		{"nobody", t.Context(), fault.Unauthenticated},
	} {
		for name, act := range acts {
			got := fault.CodeOf(act(who.ctx))
			refused := got == fault.Forbidden || got == fault.Unauthenticated
			if refused != (who.want != "") || refused && got != who.want {
				t.Errorf("%s, %s: %q, want %q", who.name, name, got, who.want)
			}
		}
	}
	// Somebody else of this computer has no connection, and sees nothing of this one.
	other := access.From(d.ctx)
	other.AccountID = "account-9"
	ctx := access.With(t.Context(), other)
	if list, err := d.DomainList(ctx); err != nil || len(list) > 0 {
		t.Errorf("%v, %v", list, err)
	}
	if found, err := d.Search(ctx, find.Question{}); err != nil || len(found.Hits) > 0 {
		t.Errorf("%+v, %v", found, err)
	}
	if err := d.Refresh(ctx); fault.ReasonOf(err) != mirror.ReasonNotConnected {
		t.Error(err)
	}
	if len(d.r.asked) != before {
		t.Errorf("asked %v", d.r.asked[before:])
	}
}
