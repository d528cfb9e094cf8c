package day

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAddMonths(t *testing.T) {
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-01-31", 2, "2026-03-31"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-11-20", 12, "2027-11-20"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
	} {
		from, _ := Parse(tt.from)
		if got := from.AddMonths(tt.n).String(); got != tt.want {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestOfLooksAtTheZone(t *testing.T) {
	zone := time.FixedZone("east", 3600)
	late := time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)
	if got := Of(late, zone).String(); got != "2026-11-21" {
		t.Errorf("23:30 UTC is %s one hour east", got)
	}
	if got := Of(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC), time.UTC); got != -1 {
		t.Errorf("the day before the first is %d", got)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(-100000, 1000000).Draw(t, "day"))
		again, err := Parse(d.String())
		if err != nil || again != d {
			t.Fatalf("%d becomes %q and %d (%v)", d, d.String(), again, err)
		}
		if e := d.EndOfMonth(); e < d || e > d+30 || (e+1).Time().Day() != 1 {
			t.Fatalf("the month of %s ends on %s", d, e)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "2026-2-1", "20.11.2026", "2026-02-30", "2026-11-20T00:00:00Z", " 2026-11-20"} {
		if d, err := Parse(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}
