package desktop

import (
	"context"
	"log/slog"
	"os"
	"slices"

	"github.com/godbus/dbus/v5"

	"kontor/internal/host/beside"
)

const (
	login        = "org.freedesktop.login1"
	loginPath    = "/org/freedesktop/login1"
	loginManager = login + ".Manager"
	loginSession = login + ".Session"
)

// savers are the interfaces by which desktops tell on the session bus that the screen is covered.
var savers = []string{
	"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver", "org.xfce.ScreenSaver",
}

// WatchScreen calls locked whenever the screen is locked and whenever the computer is about to sleep, until ctx ends. A
// desktop that tells neither is noted in the log, and nothing else happens.
func WatchScreen(ctx context.Context, log *slog.Logger, locked func()) {
	watch(ctx, log, "session bus", dbus.SessionBusPrivateNoAutoStartup, func(bus *dbus.Conn) (covered, error) {
		for _, saver := range savers {
			if err := bus.AddMatchSignal(dbus.WithMatchInterface(saver), dbus.WithMatchMember("ActiveChanged")); err != nil {
				return nil, err
			}
		}
		return func(s *dbus.Signal) bool {
			return slices.ContainsFunc(savers, func(saver string) bool { return s.Name == saver+".ActiveChanged" }) && yes(s)
		}, nil
	}, locked)
	watch(ctx, log, "system bus", dbus.SystemBusPrivate, func(bus *dbus.Conn) (covered, error) {
		// This person's session at the system; another's is no concern of this window.
		own := dbus.ObjectPath("")
		manager := bus.Object(login, loginPath)
		if err := manager.Call(loginManager+".GetSession", 0, os.Getenv("XDG_SESSION_ID")).Store(&own); err != nil {
			_ = manager.Call(loginManager+".GetSessionByPID", 0, uint32(0)).Store(&own) //nolint:gosec // 0 is the caller
		}
		err := bus.AddMatchSignal(dbus.WithMatchInterface(loginManager), dbus.WithMatchMember("PrepareForSleep"))
		if err == nil && own != "" {
			err = bus.AddMatchSignal(dbus.WithMatchInterface(loginSession), dbus.WithMatchMember("Lock"), dbus.WithMatchObjectPath(own))
		}
		return func(s *dbus.Signal) bool {
			return s.Name == loginManager+".PrepareForSleep" && yes(s) || s.Name == loginSession+".Lock" && s.Path == own
		}, err
	}, locked)
}

// covered tells whether a signal says that nobody is looking any more.
type covered func(*dbus.Signal) bool

func yes(s *dbus.Signal) bool {
	if len(s.Body) == 0 {
		return false
	}
	on, ok := s.Body[0].(bool)
	return ok && on
}

// watch listens on one bus beside the caller.
func watch(ctx context.Context, log *slog.Logger, name string, dial func(...dbus.ConnOption) (*dbus.Conn, error),
	listen func(*dbus.Conn) (covered, error), locked func(),
) {
	beside.Go(log, "screen lock", func() {
		bus, err := open(ctx, dial)
		if err != nil {
			log.Info("nobody tells when the screen is locked", "bus", name, "error", err)
			return
		}
		defer func() { _ = bus.Close() }()
		signals := make(chan *dbus.Signal, 16)
		bus.Signal(signals)
		is, err := listen(bus)
		if err != nil {
			log.Info("nobody tells when the screen is locked", "bus", name, "error", err)
			return
		}
		for {
			select {
			case s, open := <-signals:
				if !open {
					return // the bus has ended
				}
				if is(s) {
					locked()
				}
			case <-ctx.Done():
				return
			}
		}
	})
}

// open connects to a bus of one's own: godbus shares its others, and a shared one cannot be closed.
func open(ctx context.Context, dial func(...dbus.ConnOption) (*dbus.Conn, error)) (*dbus.Conn, error) {
	bus, err := dial(dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if err = bus.Auth(nil); err == nil {
		err = bus.Hello()
	}
	if err != nil {
		_ = bus.Close()
		return nil, err
	}
	return bus, nil
}
