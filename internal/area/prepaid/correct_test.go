package prepaid_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/area/prepaid"
	"kontor/internal/core/fault"
	"kontor/internal/host/manager"
)

func (d *desk) history(t testing.TB) (list []string) {
	t.Helper()
	for _, p := range must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).History {
		list = append(list, p.On.String()+" "+p.Balance.Decimal())
	}
	return list
}

// A real account begins with what the Manager shows, and is put right in the same way later.
func TestTheBalanceThatTheManagerShows(t *testing.T) {
	d := newDesk(t)
	ok(t, d.SetBalance(d.ctx, prepaid.Shown{Amount: "312.40", On: "2026-11-01"}))
	ok(t, d.credited(prepaid.NewTopUp{Amount: "100.00", Means: "card"}, "2026-11-10"))
	ok(t, d.SetBalance(d.ctx, prepaid.Shown{Amount: "400.00", On: "2026-11-15"}))
	ok(t, d.SetBalance(d.ctx, prepaid.Shown{Amount: "410.00", On: "2026-11-05"})) // it moves all that follows
	d.expectLedger(t, "1 adjusted_up 312.40 = 312.40 (CHF 312.40)", "2 top_up 100.00 = 412.40 (card)",
		"3 adjusted_down -12.40 = 400.00 (CHF 400.00)", "4 adjusted_up 97.60 = 497.60 (CHF 410.00)")
	if diff := cmp.Diff([]string{"2026-11-01 312.40", "2026-11-05 410.00", "2026-11-10 510.00", "2026-11-15 497.60"}, d.history(t)[1:]); diff != "" {
		t.Error(diff)
	}
	for amount, want := range map[string]string{"497.60": "balance_same", "": "", "-1": ""} {
		if err := d.SetBalance(d.ctx, prepaid.Shown{Amount: amount}); err == nil || fault.ReasonOf(err) != want {
			t.Errorf("%q: %v", amount, err)
		}
	}
	if err := d.SetBalance(d.ctx, prepaid.Shown{Amount: "1", On: "2030-01-01"}); err == nil || err.Error() != "invalid on:date_in_future" {
		t.Errorf("in the future: %v", err)
	}
	ok(t, d.SetBalance(d.ctx, prepaid.Shown{Amount: "0"}))
}

// A slip is taken back by an entry that names it; both stay, and the day of the slip is as if it had never been.
func TestASlipIsTakenBack(t *testing.T) {
	d := newDesk(t)
	ok(t, d.credited(prepaid.NewTopUp{Amount: "1500.00", Means: "card"}, "2026-11-10"))
	ok(t, d.Reverse(d.ctx, 1))
	ok(t, d.credited(prepaid.NewTopUp{Amount: "150.00", Means: "card"}, "2026-11-10"))
	if diff := cmp.Diff([]string{"2026-11-10 150.00"}, d.history(t)[1:]); diff != "" {
		t.Error(diff)
	}
	for seq, want := range map[int64]string{1: "reversed_already", 2: "not_reversible"} {
		if err := d.Reverse(d.ctx, seq); fault.ReasonOf(err) != want {
			t.Errorf("%d: %v", seq, err)
		}
	}
	o := d.place(t, "1", "60.00")
	ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{FromBalance: "60.00"}))
	ok(t, d.Reverse(d.ctx, 4))
	if o = d.order(t, o.ID); o.State != prepaid.AwaitingPayment || o.Paid.Sign() != 0 {
		t.Errorf("the order is %s, paid %s", o.State, o.Paid)
	}
	if got := must[[]prepaid.Entry](t)(d.PaidFor(d.ctx, "1", "")); len(got) != 0 {
		t.Errorf("what was taken back still pays: %v", got)
	}
	ok(t, d.Expect(d.ctx, prepaid.NewExpected{Cause: "Bottini", Amount: "20", DueOn: "2026-12-01"}))
	id := must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).Expected[0].ID
	for range 2 { // it is expected again, and comes a second time
		ok(t, d.Receive(d.ctx, id, "20"))
		ok(t, d.Reverse(d.ctx, must[prepaid.Page](t)(d.Entries(d.ctx, 0, 1)).Total))
	}
	d.expectLedger(t, "1 top_up 1500.00 = 1500.00 (card)", "2 reversed_out -1500.00 = 0.00 (1)", "3 top_up 150.00 = 150.00 (card)",
		"4 payment -60.00 = 90.00 (1)", "5 reversed_in 60.00 = 150.00 (4)", "6 cashback 20.00 = 170.00 (Bottini)",
		"7 reversed_out -20.00 = 150.00 (6)", "8 cashback 20.00 = 170.00 (Bottini)", "9 reversed_out -20.00 = 150.00 (8)")
}

// 180 of 200 that were sent: the thread says what is missing.
func TestAPartialArrivalIsRemarked(t *testing.T) {
	d := newDesk(t)
	id := must[string](t)(d.TopUp(d.ctx, prepaid.NewTopUp{Amount: "200.00", Means: prepaid.ByTransfer, Reference: "R1", SentOn: "2026-11-18"}))
	must[prepaid.Outcome](t)(d.Arrive(d.ctx, id, prepaid.NewArrival{Reference: "R1", Amount: "180.00", Currency: "CHF", On: "2026-11-19"}))
	if h := d.threads(t)[0]; h.Missing.Decimal() != "20.00" || h.Steps[1].At.Day() != 19 || !h.Steps[1].Day {
		t.Errorf("missing %s, %+v", h.Missing, h.Steps)
	}
}

// A top-up by card is expected until it was credited, and is not in the balance before.
func TestATopUpIsNotedUntilItIsCredited(t *testing.T) {
	d := newDesk(t)
	id := must[string](t)(d.TopUp(d.ctx, prepaid.NewTopUp{Amount: "150.00", Means: prepaid.ByCard}))
	o := must[prepaid.Overview](t)(d.Overview(d.ctx, 0))
	if o.Balance.Sign() != 0 || o.Entries != 0 || o.Expected[0].Means != "card" {
		t.Errorf("%+v", o)
	}
	ok(t, d.ReceiveOn(d.ctx, id, "149.00", "2026-11-17"))
	d.expectLedger(t, "1 top_up 149.00 = 149.00 (card)")
}

// What is to do in the Manager moves the money once the person says that it was done, and not before; undo takes it back.
func TestThePersonsWordMovesTheMoney(t *testing.T) {
	d := newDesk(t)
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, prepaid.TaskKinds...)
	say := func(outcome manager.Outcome, want string) {
		t.Helper()
		list := must[[]manager.Task](t)(tasks.List(d.ctx))
		if err := tasks.Settle(d.ctx, list[0].ID, outcome); err != nil {
			t.Fatalf("%s %s: %v", list[0].Kind, outcome, err)
		}
		o := must[prepaid.Overview](t)(d.Overview(d.ctx, 0))
		if got := fmt.Sprint(o.Balance.Decimal(), " ", len(o.Expected), " expected"); got != want {
			t.Errorf("%s %s: %s, want %s", list[0].Kind, outcome, got, want)
		}
	}
	must[string](t)(d.TopUp(d.ctx, prepaid.NewTopUp{Amount: "100", Means: "card"}))
	say(manager.Dropped, "0.00 0 expected")
	say(manager.Open, "0.00 1 expected")
	say(manager.Done, "100.00 0 expected")
	say(manager.Open, "0.00 1 expected")
	say(manager.Done, "100.00 0 expected")

	d.clock.Advance(8 * 24 * time.Hour) // the task of the top-up is no longer listed
	must[string](t)(d.NotePayout(d.ctx, prepaid.NewPayout{Amount: "60", Target: prepaid.ToPayPal, Email: goodMail}))
	say(manager.Dropped, "100.00 0 expected")
	say(manager.Open, "100.00 0 expected")
	say(manager.Done, "40.00 0 expected")
	say(manager.Open, "100.00 0 expected")
	say(manager.Done, "40.00 0 expected")

	d.clock.Advance(8 * 24 * time.Hour)
	o := d.place(t, "1", "30")
	ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{FromBalance: "30"}))
	say(manager.Dropped, "40.00 0 expected")
	if o = d.order(t, o.ID); o.State != prepaid.AwaitingPayment {
		t.Errorf("%+v", o)
	}
	say(manager.Open, "10.00 0 expected") // it will be made after all
	if o = d.order(t, o.ID); o.State != prepaid.Paid {
		t.Errorf("%+v", o)
	}
	if _, err := d.Verify(d.ctx); err != nil {
		t.Error(err)
	}
}

// A payment that was given up can be taken up again, whatever it was made of, and stands as it did before.
func TestAPaymentGivenUpIsTakenUpAgain(t *testing.T) {
	d := newDesk(t)
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, prepaid.TaskKinds...)
	d.topUp(t, "100")
	for i, h := range []prepaid.How{
		{FromBalance: "30"},
		{FromBalance: "10"}, // the rest stays open
		{Rest: prepaid.Elsewhere},
		{FromBalance: "10", Rest: prepaid.Elsewhere},
		{FromBalance: "10", Rest: prepaid.TransferOut, SentOn: "2026-11-18"},
		{Rest: prepaid.TransferOut, SentOn: "2026-11-18"},
	} {
		d.clock.Advance(8 * 24 * time.Hour) // the task before is no longer listed
		o := d.place(t, strconv.Itoa(i), "30")
		stands := func() string {
			one := d.order(t, o.ID)
			return fmt.Sprint(one.State, " ", one.Paid, " of ", must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).Balance)
		}
		ok(t, d.Pay(d.ctx, o.ID, o.Version, h))
		before := stands()
		id := must[[]manager.Task](t)(tasks.List(d.ctx))[0].ID
		for range 2 {
			ok(t, tasks.Settle(d.ctx, id, manager.Dropped))
			ok(t, tasks.Settle(d.ctx, id, manager.Open))
			if got := stands(); got != before {
				t.Errorf("%+v: %s, was %s", h, got, before)
			}
		}
		ok(t, tasks.Settle(d.ctx, id, manager.Done))
	}
	if _, err := d.Verify(d.ctx); err != nil {
		t.Error(err)
	}
}
