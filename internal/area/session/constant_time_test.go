package session_test

import (
	"testing"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
)

// A known and an unknown address get the same answers, at the same times, whatever the person has chosen.
func TestAnUnknownAddressIsTreatedLikeAKnownOne(t *testing.T) {
	for name, test := range map[string]struct {
		policy session.Policy
		codes  bool
	}{
		"locked after three":         {session.Policy{LockOn: true, LockAfter: 3}, true},
		"nobody could lift the lock": {session.Policy{LockOn: true, LockAfter: 3}, false},
		"never locked":               {session.Policy{LockAfter: 10}, true},
	} {
		t.Run(name, func(t *testing.T) {
			d, s := started(t)
			if err := s.SetPolicy(as(t, s), test.policy); err != nil {
				t.Fatal(err)
			}
			if !test.codes {
				testkit.Exec(t, d.db, "DELETE FROM recovery_code")
			}
			began := d.clock.Now()
			answers := func(address string) (list []string) {
				d.clock.Advance(began.Sub(d.clock.Now()))
				for range 15 {
					list = append(list, fault.JSON(s.SignIn(t.Context(), address, "wrong", false)))
					d.clock.Advance(90 * time.Second)
				}
				return list
			}
			known, unknown := answers(email), answers("nobody@ponteri.example")
			for i := range known {
				if known[i] != unknown[i] {
					t.Errorf("attempt %d: %s for a known address, %s for an unknown one", i+1, known[i], unknown[i])
				}
			}
		})
	}
}

func TestARefusalComesAtTheSameTime(t *testing.T) {
	d, _ := started(t)
	const interval = 200 * time.Millisecond
	s := session.NewService(session.Options{
		DB: d.db, Journal: d.journal, Accounts: d.profiles, Members: d.organizations, Vault: d.vault,
		Device: session.Device{Name: "desk"}, Person: "me", Params: light, RefusalInterval: interval,
	})
	quickest := func(act func() error) time.Duration {
		best := time.Hour
		for range 3 {
			d.clock.Advance(time.Hour)
			began := time.Now()
			if err := act(); err == nil {
				t.Fatal("not refused")
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	for name, act := range map[string]func(address string) error{
		"password": func(address string) error { return s.SignIn(t.Context(), address, "wrong", false) },
		"code":     func(address string) error { return s.Recover(t.Context(), address, "AAAA", "another quiet larch") },
	} {
		known := quickest(func() error { return act(email) })
		unknown := quickest(func() error { return act("nobody@ponteri.example") })
		if known < interval || unknown < interval || (known-unknown).Abs() > interval/4 {
			t.Errorf("%s: %v for a known address, %v for an unknown one", name, known, unknown)
		}
	}
}

func TestAPlaceIsThatOfTheNetwork(t *testing.T) {
	d, s := started(t)
	first := d.current(t, s)
	if err := s.Describe(as(t, s), first, session.Said{Place: "Lugano", Coordinates: "46.0037, 8.9511"}); err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Second)
	other := d.window(t, "me too")
	if err := other.SignIn(t.Context(), email, password, false); err != nil {
		t.Fatal(err)
	}
	devices, err := s.Devices(as(t, s))
	if err != nil || len(devices.Alive) != 2 {
		t.Fatalf("%+v, %v", devices, err)
	}
	for _, one := range devices.Alive {
		if one.Place.Name != "Lugano" || one.Place.Coordinates() != "46.00370, 8.95110" || len(one.Highlights) != 0 {
			t.Errorf("%+v", one)
		}
	}
	if err := s.Silence(as(t, s), first, session.RuleTravel, true); err != nil {
		t.Fatal(err)
	}
	if err := s.Describe(as(t, s), first, session.Said{}); err != nil {
		t.Fatal(err)
	}
	devices, err = s.Devices(as(t, s))
	if err != nil || devices.Alive[1].Place.Name != "" || len(devices.Alive[0].Silenced) != 1 {
		t.Errorf("%+v, %v", devices, err)
	}
}

func (d *desk) current(t *testing.T, s *session.Service) string {
	t.Helper()
	one, err := s.Current(as(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return one.ID
}
