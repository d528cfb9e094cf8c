package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/area/prepaid"
	"kontor/internal/area/profile"
	"kontor/internal/area/quote"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
)

// At half past midnight in Zurich it is the first of July for every service, though in UTC, and on this computer
// whatever its zone, it may be June; and in Honolulu it is June for everybody.
func TestEveryServiceLivesInTheDayOfThePerson(t *testing.T) {
	at := time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC)
	a := New(Options{Workspace: t.TempDir(), Version: "test", Now: func() time.Time { return at }})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: "elena@ponteri.example", Language: "it",
		OrganizationName: "Studio Ponteri SA", Country: "CH", Password: "correct horse battery",
	}); err != nil {
		t.Fatal(err)
	}
	for _, where := range []struct {
		zone  string
		today day.Day
	}{{"Europe/Zurich", day.Date(2026, 7, 1)}, {"Pacific/Honolulu", day.Date(2026, 6, 30)}} {
		ctx := within(t, a)
		mine, err := a.workspace.profiles.Mine(ctx)
		if err == nil {
			_, err = a.workspace.profiles.Update(ctx, profile.Update{Version: mine.Version, TimeZone: &where.zone})
		}
		if err != nil {
			t.Fatal(err)
		}
		ctx = within(t, a) // as the next call of the window is
		for name, today := range todays(ctx, a.workspace) {
			if got, err := today(); err != nil || got != where.today {
				t.Errorf("%s, in %s: it is %s, %v; want %s", name, where.zone, got, err, where.today)
			}
		}
		for name, take := range latest(ctx, t, a.workspace) {
			if err := take(where.today + 1); err == nil || !strings.Contains(err.Error(), "date_in_future") {
				t.Errorf("%s, in %s: took tomorrow: %v", name, where.zone, err)
			}
			if err := take(where.today); err != nil {
				t.Errorf("%s, in %s: refused today: %v", name, where.zone, err)
			}
		}
		form := quote.Form{ValidUntil: (where.today - 1).String()}
		if _, err := a.workspace.quotes.Save(ctx, "", 0, form); err == nil || !strings.Contains(err.Error(), "validUntil:date_in_past") {
			t.Errorf("quote, in %s: took yesterday: %v", where.zone, err)
		}
		form.ValidUntil = where.today.String()
		if _, err := a.workspace.quotes.Save(ctx, "", 0, form); err != nil && strings.Contains(err.Error(), "validUntil") {
			t.Errorf("quote, in %s: refused today: %v", where.zone, err)
		}
	}
}

// within is the context of a call of the window.
func within(t *testing.T, a *App) context.Context {
	t.Helper()
	actor, leave, err := a.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	return access.With(t.Context(), actor)
}

// todays are the services that say what day it is.
func todays(ctx context.Context, h *workspace) map[string]func() (day.Day, error) {
	return map[string]func() (day.Day, error){
		"simulator": func() (day.Day, error) {
			d, err := h.partner.Desk(ctx)
			if err != nil {
				return 0, err
			}
			return d.Today, nil
		},
		"quotes":   func() (day.Day, error) { return h.quotes.Today(ctx), nil },
		"payments": func() (day.Day, error) { o, err := h.payments.Overview(ctx); return o.Today, err },
		"prepaid":  func() (day.Day, error) { o, err := h.prepaid.Overview(ctx, 1); return o.Today, err },
	}
}

// latest are the services that take a day, and none that is to come.
func latest(ctx context.Context, t *testing.T, h *workspace) map[string]func(day.Day) error {
	rights := client.Rights{Access: client.Full}
	id, err := h.clients.Ask(ctx, client.New{Details: client.Details{Name: "Fiduciaria Rezzoni, " + actorZone(ctx)}, Rights: rights}, false)
	if err != nil {
		t.Fatal(err)
	}
	domain := strings.ToLower(strings.ReplaceAll(id, "_", "-")) + ".ch"
	return map[string]func(day.Day) error{
		"client": func(d day.Day) error { return h.clients.Answer(ctx, id, 1, rights, d) },
		"transfer": func(d day.Day) error {
			_, err := h.transfers.Add(ctx, transfer.New{Domain: domain, Facts: transfer.Facts{Registered: d}})
			return err
		},
		"prepaid": func(d day.Day) error {
			_, err := h.prepaid.TopUp(ctx, prepaid.NewTopUp{Amount: "10", Means: prepaid.ByTransfer, Reference: "RF18 5390 0754 7034", SentOn: d.String(), Source: "CH·· 714"})
			return err
		},
	}
}

func actorZone(ctx context.Context) string { return access.From(ctx).Zone.String() }
