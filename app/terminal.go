package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/moving"
	"kontor/internal/flow/replica"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/sqlite"
)

// commandLine is where the sessions of the command line are claimed, and what the list of sessions calls them by.
const commandLine = "kontor-cli"

// Terminal is the application as the command line has it: the same services with the same permissions, for one question,
// beside a window that may be open. Nothing is sent, swept or copied meanwhile. The window knows nothing of it.
type Terminal struct{ a *App }

// NewTerminal opens nothing.
func NewTerminal(o Options) *Terminal {
	o.quiet, o.beside, o.Claims = true, " · "+commandLine, commandLine
	return &Terminal{New(o)}
}

// Open opens the workspace, which must be there. Close must follow.
func (t *Terminal) Open(ctx context.Context) error {
	if err := t.a.there(); err != nil {
		return err
	}
	return t.a.Open(ctx)
}

// Close closes the workspace.
func (t *Terminal) Close() { t.a.Shutdown() }

// SignIn begins a session of the command line. Errors: as session.SignIn.
func (t *Terminal) SignIn(ctx context.Context, email, password string) error {
	return t.a.workspace.sessions.SignIn(ctx, email, password, false)
}

// Ticket takes the session that SignIn began up again, in another process.
func (t *Terminal) Ticket() ([]byte, error) { return t.a.workspace.sessions.Ticket() }

// TakeUp goes on with the session of a ticket. Error: Unauthenticated.
func (t *Terminal) TakeUp(ctx context.Context, ticket []byte) error {
	return t.a.workspace.sessions.TakeUpTicket(ctx, ticket)
}

// SignOut ends the session for good.
func (t *Terminal) SignOut() error {
	return do(t.a, "terminal.SignOut", func(ctx context.Context, h *workspace) error { return h.sessions.SignOut(ctx) })
}

// Workspace is the id of the workspace that is open.
func (t *Terminal) Workspace(ctx context.Context) (string, error) { return t.a.workspace.db.ID(ctx) }

// Into lets what writes a file write it there instead of asking for a place.
func (t *Terminal) Into(path string) { t.a.Startup(func(string, ...any) {}, place(path)) }

// place answers every dialog with itself.
type place string

func (p place) Save(bridge.SaveDialog) (string, error) { return string(p), nil }
func (p place) Open(bridge.OpenDialog) (string, error) { return string(p), nil }
func (p place) Directory(string) (string, error)       { return string(p), nil }

// Quotes is what the page of the quotes calls.
func (t *Terminal) Quotes() *quote.Window {
	return quote.NewWindow(bridge.To(t.a.shell, func() *quote.Service { return t.a.workspace.quotes }))
}

// Clients is what the page of the clients calls.
func (t *Terminal) Clients() *client.Window {
	return client.NewWindow(bridge.To(t.a.shell, func() *client.Service { return t.a.workspace.clients }))
}

// Ends is what the page of what ends when calls.
func (t *Terminal) Ends() *expiry.Window {
	return expiry.NewWindow(bridge.To(t.a.shell, func() *expiry.Service { return t.a.workspace.expiry }))
}

// Moving is what the page of the organization calls to take it along, or bring one in.
func (t *Terminal) Moving() *moving.Window {
	return moving.NewWindow(bridge.To(t.a.shell, func() *moving.Service { return t.a.workspace.moving }))
}

// Organizations are those of the person who is signed in, by name.
func (t *Terminal) Organizations() ([]organization.Membership, error) {
	return call(t.a, "terminal.Organizations", func(ctx context.Context, h *workspace) ([]organization.Membership, error) {
		return h.organizations.Mine(ctx)
	})
}

// Organization is the name of the one whose lists are shown.
func (t *Terminal) Organization() (string, error) {
	return call(t.a, "terminal.Organization", func(ctx context.Context, h *workspace) (string, error) {
		m, err := h.organizations.Current(ctx)
		return m.Organization.Name, err
	})
}

// ActIn makes the command act in an organization of the person, by its id or its name. Errors: NotFound/cli_no_organization,
// Conflict/cli_several where several have the name.
func (t *Terminal) ActIn(named string) error {
	all, err := t.Organizations()
	if err != nil {
		return err
	}
	ids := []string{}
	for _, m := range all {
		if m.Organization.ID == named {
			ids = []string{named}
			break
		}
		if text.Fold(m.Organization.Name) == text.Fold(named) {
			ids = append(ids, m.Organization.ID)
		}
	}
	switch len(ids) {
	case 0:
		return fault.New(fault.NotFound, "cli_no_organization")
	case 1:
		return do(t.a, "terminal.ActIn", func(ctx context.Context, h *workspace) error { return h.sessions.ActIn(ctx, ids[0]) })
	}
	return fault.New(fault.Conflict, "cli_several")
}

// Replica is what the panel of the second computer calls.
func (t *Terminal) Replica() *replica.Window {
	return replica.NewWindow(bridge.To(t.a.shell, func() *replica.Service { return t.a.workspace.replica }))
}

// Send sends what has changed to the second computer's place. A window that is open does so by itself: Conflict/reasonInUse.
func (t *Terminal) Send() (replica.StateView, error) {
	if beside := t.a.workspace.way.beside; beside != nil {
		return replica.StateView{}, beside
	}
	return t.Replica().SendNow()
}

// Journal is what the page of the journal calls.
func (t *Terminal) Journal() *activity.Window {
	return activity.NewWindow(bridge.To(t.a.shell, func() *activity.Service { return t.a.workspace.journal }), zone)
}

// Await waits for the end of a job that was started, and ends it with the context. Error: what the job ended with.
func (t *Terminal) Await(ctx context.Context, job bridge.JobView) error {
	jobs := bridge.NewJobWindow(t.a.shell)
	for job.ID != "" {
		v, err := jobs.Get(job.ID)
		switch {
		case err != nil:
			return err
		case v.Fault != "":
			f := &fault.Error{}
			return errors.Join(json.Unmarshal([]byte(v.Fault), f), f)
		case v.State == "canceled":
			return fault.New(fault.Canceled, "")
		case v.State == "done":
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), jobs.Cancel(job.ID))
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// Simulate answers what a partner pays, from the lists that come with the program: without a workspace, for nobody.
func (t *Terminal) Simulate(ctx context.Context, asked partner.Asked) (v partner.AnswerView, err error) {
	err = t.published(ctx, func(s *partner.Service) error {
		v, err = s.Published(ctx, asked)
		return err
	})
	return v, err
}

// Products are what Simulate can be asked for in a currency.
func (t *Terminal) Products(ctx context.Context, currency string, reader words.Locale) (names []string, err error) {
	err = t.published(ctx, func(s *partner.Service) error {
		names, err = s.PublishedProducts(ctx, currency, reader)
		return err
	})
	return names, err
}

// published hands out the service over a database that has nothing but what comes with the program, and is removed.
func (t *Terminal) published(ctx context.Context, ask func(*partner.Service) error) (err error) {
	dir, err := disk.Scratch("", reckoning)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db, err := sqlite.Open(ctx, filepath.Join(dir, databaseFile), sqlite.Options{Now: t.a.options.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return ask(partner.NewService(partner.Options{DB: db, Clock: day.Clock{Now: db.Now, Zone: zone}}))
}
