package session

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/internal/core/fault"
)

var (
	lugano   = Place{Name: "Lugano", Located: true, Latitude: 46.0037, Longitude: 8.9511}
	bern     = Place{Name: "Bern", Located: true, Latitude: 46.9480, Longitude: 7.4474}
	auckland = Place{Name: "Auckland", Located: true, Latitude: -36.8485, Longitude: 174.7633}
)

func TestPlacesAreReadAsMapsWriteThem(t *testing.T) {
	for typed, want := range map[string]string{
		"46.0037, 8.9511":        "46.00370, 8.95110",
		" 46.0037 8.9511 ":       "46.00370, 8.95110",
		"46.0037° N, 8.9511° E":  "46.00370, 8.95110",
		"36.8485 S; 174.7633 e":  "-36.84850, 174.76330",
		"-36.8485,-174":          "-36.84850, -174.00000",
		"36.8485 s, 58.3816° w":  "-36.84850, -58.38160",
		"":                       "",
		"91, 0":                  "coordinates:not_coordinates",
		"0, 181":                 "coordinates:not_coordinates",
		"46.0037":                "coordinates:not_coordinates",
		"46°00'13\"N, 8°57'4\"E": "coordinates:not_coordinates",
		"46,0037, 8,9511":        "coordinates:not_coordinates",
		"1e1, 2":                 "coordinates:not_coordinates",
	} {
		var c fault.Check
		got := newPlace(&c, " Lugano  Paradiso ", typed)
		said := got.Coordinates()
		if err := c.Err(); err != nil {
			said = err.Error()[len("invalid "):]
		}
		if said != want || got.Name != "Lugano Paradiso" {
			t.Errorf("%q: %q, want %q", typed, said, want)
		}
	}
	var c fault.Check
	if newPlace(&c, "", "1, 2"); c.Err() == nil {
		t.Error("coordinates of no place")
	}
}

func FuzzPlace(f *testing.F) {
	f.Add("46.0037, 8.9511")
	f.Add("36.8485 S; 174.7633 E")
	f.Fuzz(func(t *testing.T, typed string) {
		var c fault.Check
		p := newPlace(&c, "x", typed)
		if c.Err() != nil || !p.Located {
			return
		}
		if math.Abs(p.Latitude) > 90 || math.Abs(p.Longitude) > 180 || math.IsNaN(p.Latitude+p.Longitude) {
			t.Errorf("%q is %+v", typed, p)
		}
		again := newPlace(&c, "x", p.Coordinates())
		if c.Err() != nil || kilometres(p, again) > 0.01 {
			t.Errorf("%q is written %q", typed, p.Coordinates())
		}
	})
}

func TestKilometres(t *testing.T) {
	for _, test := range []struct {
		a, b Place
		want float64
	}{
		{lugano, lugano, 0},
		{lugano, bern, 155},
		{bern, lugano, 155},
		{lugano, auckland, 18_459},
		{Place{Longitude: 179}, Place{Longitude: -179}, 222},
		{Place{Latitude: 90}, Place{Latitude: -90}, 20_015},
	} {
		if got := kilometres(test.a, test.b); math.Abs(got-test.want) > 5+test.want/200 {
			t.Errorf("%s to %s: %.0f km, want %.0f", test.a.Name, test.b.Name, got, test.want)
		}
	}
}

func TestAJourneyThatNobodyMakesStandsOut(t *testing.T) {
	places := map[string]Place{"192.168.1.0/24": lugano, "10.1.1.0/24": bern, "10.2.2.0/24": auckland, "10.3.3.0/24": {Name: "somewhere"}}
	now := time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	began := now.Add(-10 * time.Hour)
	session := func(id, first, last string, from, until time.Duration) Session {
		return Session{
			ID: id, Device: Device{Name: "x", System: "y", Address: last}, FirstAddress: first,
			FirstSeen: began.Add(from), LastActive: began.Add(until),
		}
	}
	home := session("home", "192.168.1.4", "192.168.1.4", 0, time.Hour)
	for name, test := range map[string]struct {
		one  Session
		want string
	}{
		"to the other side of the world in two hours": {session("a", "10.2.2.9", "10.2.2.9", 3*time.Hour, 4*time.Hour), "Lugano Auckland 120 min"},
		"in a day":                       {session("a", "10.2.2.9", "10.2.2.9", 25*time.Hour, 26*time.Hour), ""},
		"to Bern in five minutes":        {session("a", "10.1.1.9", "10.1.1.9", 65*time.Minute, 2*time.Hour), "Lugano Bern 5 min"},
		"to Bern in ten minutes":         {session("a", "10.1.1.9", "10.1.1.9", 70*time.Minute, 2*time.Hour), ""},
		"while home is still active":     {session("a", "10.2.2.9", "10.2.2.9", 30*time.Minute, 2*time.Hour), "Lugano Auckland 30 min"},
		"begun at home, taken elsewhere": {session("a", "192.168.1.9", "10.2.2.9", 2*time.Hour, 9*time.Hour), ""},
		"where it began is not known":    {session("a", "", "10.2.2.9", 2*time.Hour, 9*time.Hour), ""},
		"a place without coordinates":    {session("a", "10.3.3.9", "10.3.3.9", 2*time.Hour, 9*time.Hour), ""},
		"a network without a place":      {session("a", "10.4.4.9", "10.4.4.9", 2*time.Hour, 9*time.Hour), ""},
	} {
		c := custom{history: []Session{test.one, home}, places: places, zone: time.UTC, now: now.Add(24 * time.Hour)}
		got := ""
		for _, h := range c.highlights(test.one) {
			if h.Rule == RuleTravel {
				got = fmt.Sprintf("%s %s %s min", h.Params["from"], h.Params["to"], h.Params["minutes"])
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A month, and what was before it, of a person who lives in one place and works in another, keeps hours that vary, takes
// a laptop along, stays on at home while the office begins, and lives through the end of summer time.
func TestAMonthOfRoutineHasNoHighlights(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	office := Place{Name: "Office", Located: true, Latitude: 46.1946, Longitude: 9.0244} // 22 km from home
	places := map[string]Place{"192.168.1.0/24": lugano, "10.0.0.0/24": office}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 8, 23, 0, 0, 0, zone)
		var history []Session
		add := func(id, name, address string, from time.Time, lasts time.Duration) {
			history = append(history, Session{
				ID: id, Device: Device{Name: name, System: "Debian 12", Address: address}, FirstAddress: address,
				FirstSeen: from, LastActive: from.Add(lasts), EndedAt: from.Add(lasts),
			})
		}
		at := func(day, hour int) time.Time {
			return time.Date(2026, 11, 8-day, hour, rapid.IntRange(0, 59).Draw(t, "minute"), 0, 0, zone)
		}
		for day := 90; day >= 0; day-- {
			weekday := at(day, 12).Weekday()
			if weekday != time.Saturday && weekday != time.Sunday {
				add(fmt.Sprint(day, "office"), "office", "10.0.0.5", at(day, rapid.IntRange(7, 9).Draw(t, "office")), 9*time.Hour)
				if rapid.Bool().Draw(t, "laptop") || day > 70 {
					add(fmt.Sprint(day, "laptop"), "laptop", "10.0.0.7", at(day, 14), time.Hour)
				}
			}
			add(fmt.Sprint(day, "home"), "home", "192.168.1.20", at(day, rapid.IntRange(18, 21).Draw(t, "evening")), 14*time.Hour)
		}
		c := custom{history: history, places: places, zone: zone, now: now}
		for _, one := range history {
			if now.Sub(one.FirstSeen) > 30*24*time.Hour {
				continue
			}
			if found := c.highlights(one); len(found) != 0 {
				t.Fatalf("%s, %s: %+v", one.ID, one.FirstSeen, found)
			}
		}
	})
}

func TestAnHourIsThePersons(t *testing.T) {
	zone := time.FixedZone("east", 9*3600)
	now := time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	var history []Session
	for day := range 25 { // nine in the morning, there
		at := time.Date(2026, 11, 19-day, 0, 5, 0, 0, time.UTC)
		history = append(history, Session{ID: fmt.Sprint(day), FirstSeen: at, LastActive: at})
	}
	odd := Session{ID: "odd", FirstSeen: now.Add(-time.Hour), LastActive: now}
	got := (custom{history: append(history, odd), zone: zone, now: now}).highlights(odd)
	if len(got) != 1 || got[0].Rule != RuleOddHour || got[0].Params["hour"] != "2" {
		t.Errorf("two at night, there: %+v", got)
	}
}
