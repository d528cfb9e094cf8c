package transfer_test

import (
	"testing"
	"time"

	"kontor/internal/area/transfer"
	"kontor/internal/core/fault"
	"kontor/internal/host/manager"
)

// A restart happens in the Manager: nothing changes here before the person says so, and that word can be taken back.
func TestARestartIsNotedUntilThePersonSaysThatItWasDone(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte(locked)}))
	before := d.get(id).Transfer
	d.must(d.NoteRestart(d.ctx, id, true))
	d.must(d.NoteRestart(d.ctx, id, true)) // once more changes nothing
	if list, err := d.tasks.List(d.ctx); err != nil || len(list) != 1 || list[0].Params["domain"] != "tre-larici.com" {
		t.Fatalf("%+v, %v", list, err)
	}
	if lines, err := d.Waiting(d.ctx); err != nil || len(lines) != 1 || lines[0].Kind != "transfer_failed" {
		t.Errorf("home: %+v, %v", lines, err)
	}
	d.settle(id, manager.Dropped)
	d.settle(id, manager.Open)
	d.clock.Advance(time.Minute)
	d.settle(id, manager.Done)
	if got := d.get(id); got.Transfer.Stage != transfer.Requested || len(got.Attempts) != 2 {
		t.Fatalf("%+v", got.Transfer)
	}
	d.settle(id, manager.Open)
	got := d.get(id)
	if len(got.Attempts) != 1 || got.Message == nil {
		t.Errorf("%+v", got.Attempts)
	}
	after := got.Transfer
	after.Version = before.Version
	if after != before {
		t.Errorf("taken back: %+v; before: %+v", after, before)
	}

	d.settle(id, manager.Done)
	d.must(d.Advance(d.ctx, id, transfer.CodeChecked))
	list, err := d.tasks.List(d.ctx)
	d.must(err)
	if err := d.tasks.Settle(d.ctx, list[0].ID, manager.Open); fault.ReasonOf(err) != "transfer_stage" {
		t.Errorf("taken back after the code was accepted: %v", err)
	}
}

func TestARequestThatIsStillToBeMadeIsATask(t *testing.T) {
	d := newDesk(t)
	n := larici()
	n.Pending = true
	id := d.add(n)
	open := func() int {
		list, err := d.tasks.List(d.ctx)
		d.must(err)
		return len(list)
	}
	if open() != 1 {
		t.Fatal("nothing is to be done")
	}
	d.must(d.Advance(d.ctx, id, transfer.CodeChecked))
	if open() != 0 {
		t.Error("it went on and is still to be asked for")
	}
	n.Domain = "corte-solari.com"
	id = d.add(n)
	d.must(d.Remove(d.ctx, id))
	if open() != 0 {
		t.Error("it is gone and is still to be asked for")
	}
}
