package session

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWaitsGrowAndEnd(t *testing.T) {
	for failures, want := range map[int]time.Duration{
		0: 0, 1: 0, 3: 0, 4: 2 * time.Second, 5: 4 * time.Second, 6: 8 * time.Second, 10: 128 * time.Second,
		11: 256 * time.Second, 12: longestWait, 100: longestWait, 1 << 40: longestWait,
	} {
		if got := wait(failures); got != want {
			t.Errorf("after %d failures: %v, want %v", failures, got, want)
		}
	}
}

// The model: a list of what happened, judged from the beginning each time.
func TestGuardAgreesWithItsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Policy{LockOn: rapid.Bool().Draw(t, "on"), LockAfter: rapid.IntRange(MinLockAfter, MaxLockAfter).Draw(t, "after")}
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		var g guard
		failures := 0
		var lockedAt time.Time
		for range rapid.IntRange(0, 150).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(-400, 400).Draw(t, "seconds")) * time.Second)
			if rapid.IntRange(0, 9).Draw(t, "success") == 0 && lockedAt.IsZero() {
				g, failures = guard{}, 0
				continue
			}
			g = g.fail(now)
			if g.LockedAt.IsZero() != lockedAt.IsZero() {
				t.Fatal("an attempt that nobody judged has locked")
			}
			g = g.lock(now, p)
			if failures++; p.LockOn && lockedAt.IsZero() && failures >= p.LockAfter {
				lockedAt = now
			}
			if g.Failures != failures || !g.LockedAt.Equal(lockedAt) {
				t.Fatalf("guard %+v, model %d failures, locked %v", g, failures, lockedAt)
			}
			left := g.remaining(now.Add(time.Duration(rapid.IntRange(-4000, 4000).Draw(t, "later")) * time.Second))
			if left < 0 || left > longestWait || left > wait(failures) {
				t.Fatalf("a wait of %v after %d failures", left, failures)
			}
			if !p.LockOn && g.locked(now, true) {
				t.Fatal("locked although the switch is off")
			}
		}
	})
}

func TestAClockSetBackHelpsNobody(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	g := guard{Failures: 8, FailedAt: now}
	for _, back := range []time.Duration{time.Second, time.Hour, 365 * 24 * time.Hour} {
		if got := g.remaining(now.Add(-back)); got != wait(8) {
			t.Errorf("clock set back by %v: %v left of %v", back, got, wait(8))
		}
	}
	if got := g.remaining(now.Add(wait(8))); got != 0 {
		t.Errorf("after the wait %v is left", got)
	}
}

func TestALockThatNobodyCouldLiftLapses(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	g := guard{Failures: 3, FailedAt: now, LockedAt: now, LockedAfter: 3}
	for _, test := range []struct {
		after    time.Duration
		liftable bool
		want     bool
	}{
		{0, false, true},
		{lapse - time.Second, false, true},
		{lapse, false, false},
		{-time.Hour, false, true},
		{lapse, true, true},
		{1000 * lapse, true, true},
	} {
		if got := g.locked(now.Add(test.after), test.liftable); got != test.want {
			t.Errorf("%+v: locked %v", test, got)
		}
	}
}

func TestTheAdviserCountsWhatAThresholdWouldHaveDone(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	var all []Attempt
	for i, c := range "fffsfffffffs" {
		all = append(all, Attempt{At: now.AddDate(0, 0, -29).Add(time.Duration(i) * time.Minute), OK: c == 's'})
	}
	a := advise(all, now)
	if a.Failures != 10 || a.Successes != 2 || a.Days != 30 || a.FailureMails != 10 || a.AllMails != 12 {
		t.Errorf("%+v", a)
	}
	for _, want := range []Threshold{{1, 10}, {3, 3}, {5, 1}, {10, 0}, {12, 0}} {
		found := false
		for _, got := range a.Thresholds {
			found = found || got == want
		}
		if !found {
			t.Errorf("%+v is not in %+v", want, a.Thresholds)
		}
	}
	if a := advise(nil, now); a.Days != 0 || len(a.Thresholds) != len(advised) {
		t.Errorf("no history: %+v", a)
	}
}

// A month of one person's routine: two computers, office hours, the same two networks.
func TestARoutineHasNoHighlights(t *testing.T) {
	now := time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	var history []Session
	for day := range 90 {
		date := time.Date(2026, 8, 23, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		desk := Session{
			ID: date.String() + "desk", Device: Device{Name: "desk", System: "Debian 12", Address: "192.168.1.20"},
			FirstSeen: date.Add(time.Duration(8+day%3) * time.Hour), LastActive: date.Add(17 * time.Hour),
		}
		history = append(history, desk)
		if day%4 == 0 {
			history = append(history, Session{
				ID: date.String() + "laptop", Device: Device{Name: "laptop", System: "Windows 11", Address: "10.0.0.7"},
				FirstSeen: date.Add(13 * time.Hour), LastActive: date.Add(14 * time.Hour),
			})
		}
	}
	month := now.AddDate(0, 0, -30)
	for _, one := range history {
		if one.FirstSeen.Before(month) {
			continue
		}
		if h := (custom{history: history, zone: time.UTC, now: now}).highlights(one); len(h) != 0 {
			t.Errorf("%s: %+v", one.ID, h)
		}
	}
	odd := Session{
		ID: "odd", Device: Device{Name: "kiosk", System: "Windows 7", Address: "203.0.113.9"},
		FirstSeen: now.Add(-15 * time.Hour), LastActive: now,
	}
	got := custom{history: append(history, odd), zone: time.UTC, now: now}.highlights(odd)
	if len(got) != 3 || got[0].Rule != RuleNewDevice || got[1].Rule != RuleNewNetwork || got[2].Rule != RuleOddHour {
		t.Errorf("a stranger at three in the morning: %+v", got)
	}
	quiet := map[silence]bool{{odd.Device.Key(), RuleNewDevice}: true, {odd.Device.Key(), RuleOddHour}: true}
	if got := (custom{history: append(history, odd), quiet: quiet, zone: time.UTC, now: now}).highlights(odd); len(got) != 1 || got[0].Rule != RuleNewNetwork {
		t.Errorf("silenced but for the network: %+v", got)
	}
	idle := history[0]
	if got := (custom{history: history, zone: time.UTC, now: now}).highlights(idle); len(got) != 1 || got[0].Rule != RuleIdle || got[0].Params["days"] != "89" {
		t.Errorf("idle: %+v", got)
	}
}

func TestRecoveryCodesSurviveTyping(t *testing.T) {
	codes := newCodes()
	seen := map[string]bool{}
	for _, code := range codes {
		if len(code) != 19 || seen[code] {
			t.Errorf("code %q", code)
		}
		seen[code] = true
	}
	want := hashCode("a", "A0B1-CDEF-GHJK-MNPQ")
	for _, typed := range []string{"a0b1cdefghjkmnpq", " AoBi-cdef ghjk.mnpq ", "AOBLCDEFGHJKMNPQ"} {
		if got := hashCode("a", typed); string(got) != string(want) {
			t.Errorf("%q is not recognised", typed)
		}
	}
	if string(hashCode("b", codes[0])) == string(hashCode("a", codes[0])) {
		t.Error("a code must be bound to its account")
	}
}
