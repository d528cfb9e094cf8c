package transfer_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/internal/area/transfer"
	"kontor/internal/dev/cents"
	"kontor/internal/host/manager"
)

// Whatever a person does in whatever order: the ledger adds up to the first fee, exactly the newest attempt may run, the
// attempts are numbered without gaps, and no code outlives its transfer.
func TestAnyHistoryKeepsTheLedger(t *testing.T) {
	d := newDesk(t)
	number := 0
	stages := []transfer.Stage{
		transfer.Requested, transfer.CodeChecked, transfer.Confirmed, transfer.AtRegistry, transfer.Done, transfer.Failed,
	}
	rapid.Check(t, func(rt *rapid.T) {
		number++
		n := larici()
		n.Domain = fmt.Sprintf("larici-%d.com", number)
		id, err := d.Add(d.ctx, n)
		if err != nil {
			rt.Fatal(err)
		}
		// errors are answers here: an act that does not fit the stage must be refused and change nothing
		acts := map[string]func(*rapid.T){
			"advance": func(rt *rapid.T) {
				_ = d.Advance(d.ctx, id, rapid.SampledFrom(stages).Draw(rt, "stage"))
			},
			"fail":    func(*rapid.T) { _ = d.Fail(d.ctx, id, transfer.Failure{Message: []byte("clientTransferProhibited")}) },
			"explain": func(*rapid.T) { _ = d.Fail(d.ctx, id, transfer.Failure{Cause: transfer.CodeOld}) },
			"restart": func(*rapid.T) { _ = d.Restarted(d.ctx, id) },
			"note":    func(rt *rapid.T) { _ = d.NoteRestart(d.ctx, id, rapid.Bool().Draw(rt, "in spite")) },
			"settle": func(rt *rapid.T) {
				list, err := d.tasks.List(d.ctx)
				if err != nil {
					rt.Fatal(err)
				}
				for _, task := range list {
					to := rapid.SampledFrom([]manager.Outcome{manager.Open, manager.Done, manager.Dropped}).Draw(rt, "outcome")
					_ = d.tasks.Settle(d.ctx, task.ID, to)
				}
			},
			"code":   func(*rapid.T) { _ = d.SetCode(d.ctx, id, "fresh") },
			"unlock": func(*rapid.T) { _ = d.Answer(d.ctx, id, transfer.Unlocked, true) },
			"wait":   func(*rapid.T) { d.clock.Advance(time.Hour) },
			"": func(rt *rapid.T) {
				got, err := d.Get(d.ctx, id)
				if err != nil {
					rt.Fatal(err)
				}
				tr := got.Transfer
				for i, a := range got.Attempts {
					if want := len(got.Attempts) - i; a.Number != want {
						rt.Fatalf("attempt %d stands where %d belongs", a.Number, want)
					}
					if a.Number > 1 && (a.Fee == nil || a.Fee.Sign() != 0) {
						rt.Fatalf("attempt %d costs %v", a.Number, a.Fee)
					}
					if running := a.Outcome == ""; running != (i == 0 && tr.Stage.Open()) {
						rt.Fatalf("attempt %d runs: %v, the transfer is %s", a.Number, running, tr.Stage)
					}
				}
				if cents.Of(*got.Paid()) != 1490 {
					rt.Fatalf("paid %v", got.Paid())
				}
				_, kept := d.vault["transfer/"+id+"/code"]
				if kept != !tr.Code.EnteredAt.IsZero() || kept && tr.Stage == transfer.Done {
					rt.Fatalf("code kept: %v, %+v, %s", kept, tr.Code, tr.Stage)
				}
			},
		}
		rt.Repeat(acts)
	})
}
