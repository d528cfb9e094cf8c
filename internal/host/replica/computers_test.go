package replica_test

import (
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/replica"
)

// Whoever has written at a place is known there, with when it was last heard of; the one that writes comes first.
func TestWhoHasWrittenIsKnown(t *testing.T) {
	p := at(t, replica.Where{Address: t.TempDir()})
	studio, laptop := newDesk(t, "studio", p), newDesk(t, "laptop", p)
	studio.setUp()
	if all, err := studio.line.Computers(t.Context()); err != nil || len(all) != 1 || !all[0].Writes || !all[0].Here || all[0].Closed {
		t.Errorf("before anything was sent: %+v %v", all, err)
	}
	studio.write("one")
	studio.send()
	studio.clock.Advance(time.Hour)
	if err := studio.line.Close(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	closed := studio.db.Now()
	laptop.clock.Advance(3 * time.Hour)
	laptop.setUp()
	if _, err := laptop.line.TakeBack(t.Context()); err != nil {
		t.Fatal(err)
	}
	laptop.write("two")
	sent := laptop.send()
	for _, d := range []*desk{studio, laptop} {
		all, err := d.line.Computers(t.Context())
		if err != nil || len(all) != 2 {
			t.Fatalf("%+v %v", all, err)
		}
		writes, other := all[0], all[1]
		if writes.Computer != "laptop" || !writes.Writes || writes.Closed || writes.Here != (d == laptop) || !writes.At.Equal(sent.At.Truncate(time.Second)) && !writes.At.Equal(sent.At) {
			t.Errorf("writes: %+v, sent %v", writes, sent.At)
		}
		if other.Computer != "studio" || other.Writes || !other.Closed || other.Here != (d == studio) || !other.At.Equal(closed) {
			t.Errorf("the other: %+v, closed %v", other, closed)
		}
	}
	if last := replica.LastSent(laptop.o.Dir); last.Name != sent.Name || !last.At.Equal(sent.At) {
		t.Errorf("%+v", last)
	}
	if last := replica.LastSent(t.TempDir()); last.Name != "" {
		t.Errorf("%+v", last)
	}
	nobody := newDesk(t, "nobody", at(t, replica.Where{Address: t.TempDir()}))
	nobody.o.Key = laptop.o.Key
	if all, err := replica.New(nobody.o).Computers(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v %v", all, err)
	}
	away := newDesk(t, "away", at(t, replica.Where{Address: "http://127.0.0.1:1/"}))
	away.o.Key = laptop.o.Key
	if _, err := replica.New(away.o).Computers(t.Context()); fault.ReasonOf(err) != replica.ReasonAway {
		t.Error(err)
	}
}
