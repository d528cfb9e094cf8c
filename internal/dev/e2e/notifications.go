//go:build e2e

package e2e

import (
	"slices"
	"sync"

	"github.com/godbus/dbus/v5"
)

// Notification is what a program had the desktop show.
type Notification struct{ Program, Title, Text string }

// Notifications is the desktop's service that shows notifications; this one remembers them.
type Notifications struct {
	mu    sync.Mutex
	shown []Notification
}

// Notifications brings the service up. A desktop has none by itself.
func (d *Desktop) Notifications() *Notifications {
	d.t.Helper()
	bus, err := dbus.Connect("unix:path=" + d.bus())
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = bus.Close() })
	n := &Notifications{}
	const name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
	methods := map[string]any{
		"Notify": func(program string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
			n.mu.Lock()
			defer n.mu.Unlock()
			n.shown = append(n.shown, Notification{program, title, text})
			return uint32(len(n.shown)), nil
		},
		"GetCapabilities":      func() ([]string, *dbus.Error) { return []string{"body"}, nil },
		"GetServerInformation": func() (name, vendor, version, spec string, _ *dbus.Error) { return "test", "kontor", "1", "1.2", nil },
	}
	if err := bus.ExportMethodTable(methods, path, name); err != nil {
		d.t.Fatal(err)
	}
	if reply, err := bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		d.t.Fatalf("%s: %v, %v", name, reply, err)
	}
	return n
}

// Shown are the notifications so far, oldest first.
func (n *Notifications) Shown() []Notification {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.shown)
}
