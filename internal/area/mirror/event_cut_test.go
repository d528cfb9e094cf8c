package mirror_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/dev/testkit"
)

// A page is kept in several transactions. One that was cut in between is read once more, and each of its events is kept once.
func TestAPageThatWasCutIsReadOnceMore(t *testing.T) {
	d := newPull(t, false)
	testkit.Exec(t, d.db, "INSERT INTO mirror_drive (account_id, drive) VALUES ('account-1', '301')")
	testkit.Exec(t, d.db, "CREATE TRIGGER cut BEFORE INSERT ON mirror_event WHEN NEW.remote_id = '230' BEGIN SELECT RAISE(ABORT, 'cut'); END")
	d.r.events = func(_, cursor string) (mirror.Page[mirror.Event], error) {
		page, _ := strconv.Atoi(cursor)
		p := mirror.Page[mirror.Event]{}
		for i := range 450 {
			n := 900 - page*450 - i
			p.Rows = append(p.Rows, mirror.Event{ID: strconv.Itoa(n), Action: "file_update", Path: fmt.Sprintf("/%d.pdf", n), At: d.clock.Now().Add(time.Duration(n-900) * time.Minute)})
		}
		if page == 0 {
			p.Next = "1"
		}
		return p, nil
	}
	d.clock.Advance(time.Minute)
	if err := d.Refresh(d.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pass(t.Context()); err == nil {
		t.Fatal("nothing was cut")
	}
	count := func() int {
		return testkit.Count(t, d.db, "SELECT count(*) FROM mirror_event")
	}
	if n := count(); n != 650 {
		t.Fatalf("%d events are kept", n)
	}
	testkit.Exec(t, d.db, "DROP TRIGGER cut")
	d.r.asked = nil
	if err := d.Opened(d.ctx, "activities", "301"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pass(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(d.r.asked, "events 301 1") || slices.Contains(d.r.asked, "events 301 ") {
		t.Errorf("it went on with %v", d.r.asked)
	}
	if told := d.stand("activities").Rows; told != 900 {
		t.Errorf("%d events are told", told)
	}
	if n := count(); n != 900 || d.stand("activities").Stand.Kind != "synced" {
		t.Errorf("%d events are kept: %+v", n, d.stand("activities"))
	}
	for _, word := range []string{"230", "331", "900"} {
		if found, err := d.Events(d.ctx, mirror.EventQuery{Text: word, Limit: 200}); err != nil || len(found) != 1 {
			t.Errorf("%s: %d, %v", word, len(found), err)
		}
	}
}
