package app_test

import (
	"log/slog"
	"net"
	"sync/atomic"
	"testing"

	"kontor/app"
	"kontor/internal/area/mirror"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/sample"
)

// withoutNetwork starts with a connection that was read, where nobody answers: no socket is opened, every page shows what was
// read, and whoever wants to read is told so.
func withoutNetwork(t *testing.T, dir string) {
	t.Helper()
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var sockets atomic.Int32
	go func() {
		for {
			conn, err := deaf.Accept()
			if err != nil {
				return
			}
			sockets.Add(1)
			_ = conn.Close()
		}
	}()
	a := app.New(app.Options{Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.DiscardHandler), Infomaniak: "http://" + deaf.Addr().String()})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.Startup(testkit.Deaf, &testkit.Dialogs{})
	if err := app.BeginAs(a, sample.Email, false); err != nil {
		t.Fatal(err)
	}
	w := testkit.Bound[*mirror.Window](a)
	shows := func(what string, n int, err error) {
		t.Helper()
		if err != nil || n == 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
	s, err := w.State()
	shows("areas", len(s.Areas), err)
	o, err := w.Organizations()
	shows("organizations", len(o.List), err)
	p, err := w.Products()
	shows("products", len(p.Products), err)
	d, err := w.Domains()
	shows("domains", len(d.Domains), err)
	in, err := w.Sessions()
	shows("sessions", len(in.Sessions), err)
	mine, err := testkit.Bound[*mirror.EditWindow](a).Mine()
	shows("fields", len(mine.Fields), err)
	ends, err := testkit.Bound[*expiry.Window](a).List(expiry.QueryInput{Limit: 50})
	shows("ends", len(ends.Rows), err)
	for _, stand := range []mirror.StandView{o.Stand, p.Stand, d.Stand, in.Stand} {
		if stand.Since == "" {
			t.Errorf("nobody is told how old it is: %+v", stand)
		}
	}
	if n := sockets.Load(); n != 0 {
		t.Errorf("%d sockets were opened", n)
	}
	_ = deaf.Close()
	if _, err := w.Refresh(); fault.ReasonOf(err) != mirror.ReasonOffline {
		t.Errorf("without a network: %v", err)
	}
}
