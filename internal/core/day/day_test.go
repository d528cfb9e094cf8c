package day

import (
	"encoding/json"
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
		if again, err := Parse(d.String()); (err != nil) != (d == 0) || again != d {
			t.Fatalf("%d becomes %q and %d (%v)", d, d.String(), again, err)
		}
		text, err := json.Marshal(d)
		var again Day
		if err != nil || string(text) != `"`+d.String()+`"` || json.Unmarshal(text, &again) != nil || again != d {
			t.Fatalf("%d becomes %s and %d (%v)", d, text, again, err)
		}
		kept, err := d.Value()
		if again = 7; err != nil || again.Scan(kept) != nil || again != d {
			t.Fatalf("a table keeps %d as %v and gives %d (%v)", d, kept, again, err)
		}
		if e := d.EndOfMonth(); e < d || e > d+30 || (e+1).Time().Day() != 1 {
			t.Fatalf("the month of %s ends on %s", d, e)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "2026-2-1", "20.11.2026", "2026-02-30", "2026-11-20T00:00:00Z", " 2026-11-20", "1970-01-01"} {
		if d, err := Parse(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}

func TestNoDayIsAnEmptyText(t *testing.T) {
	var none struct {
		Until Day `json:"until"`
		Since Day `json:"since,omitempty"`
	}
	none.Until = 1
	if text, err := json.Marshal(none); err != nil || string(text) != `{"until":"1970-01-02"}` {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`{"until":""}`), &none); err != nil || none.Until != 0 {
		t.Errorf("until %d, %v", none.Until, err)
	}
	for _, src := range []any{nil, int64(20000), "soon"} {
		var d Day
		if err := d.Scan(src); err == nil {
			t.Errorf("%v is read as %s", src, d)
		}
	}
}
