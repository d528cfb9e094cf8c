package prepaid_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/area/organization"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

const (
	goodIBAN = "CH93 0076 2011 6238 5295 7"
	goodMail = "pagamenti@ponteri.example"
	password = "a long pass phrase"
)

// saved are payment profiles that money can be paid out to.
type saved map[string]prepaid.Payee

func (s saved) Payee(_ context.Context, id string) (prepaid.Payee, error) {
	if p, ok := s[id]; ok {
		return p, nil
	}
	return prepaid.Payee{}, fault.New(fault.NotFound, "")
}

type planner []prepaid.Charge

func (p planner) Charges(_ context.Context, _ sqlite.Queryer, _ string, until day.Day) (list []prepaid.Charge, err error) {
	for _, c := range p {
		if c.On <= until {
			list = append(list, c)
		}
	}
	return list, nil
}

func (planner) Renewed(context.Context, *sqlite.Tx, string, prepaid.Order, day.Day) (string, error) {
	return "renewed", nil
}

func (planner) Unrenewed(context.Context, *sqlite.Tx, string) error { return nil }

type desk struct {
	*prepaid.Service
	db      *sqlite.DB
	clock   *testkit.Clock
	journal *testkit.Journal
	vault   testkit.Vault
	saved   saved
	ctx     context.Context
}

// noPrices is a partner without any price list.
type noPrices struct{}

func (noPrices) InForce(context.Context, money.Currency) (book pricing.Book, found bool, err error) {
	return pricing.Book{}, false, nil
}

func (noPrices) PublicTotal(context.Context, string, string, string, int) (money.Amount, error) {
	return money.Amount{}, fault.New(fault.NotFound, "")
}

func (noPrices) SwissVAT(context.Context, day.Day) (money.Rate, error) { return money.Rate{}, nil }

func newDesk(t testing.TB, plan ...prepaid.Charge) *desk {
	d := &desk{clock: testkit.NewClock(), journal: &testkit.Journal{}, vault: testkit.Vault{}, saved: saved{}}
	d.db = testkit.NewDB(t, d.clock)
	testkit.Seed(t, d.db)
	d.Service = prepaid.NewService(d.db, prepaid.Options{Journal: d.journal, Vault: d.vault, Reauth: testkit.Reauthenticator(password), Planner: planner(plan), Tasks: manager.New(d.db, d.journal), Saved: d.saved, Prices: noPrices{}, Organizations: organization.NewDirectory(d.db), Clock: day.Clock{Now: d.db.Now}})
	d.ctx = testkit.As(t, access.LegalRepresentative)
	return d
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) topUp(t testing.TB, amount string) {
	t.Helper()
	ok(t, d.credited(prepaid.NewTopUp{Amount: amount, Means: prepaid.ByCard}, ""))
}

// credited notes a top-up and says on which day it was credited.
func (d *desk) credited(n prepaid.NewTopUp, on string) error {
	id, err := d.TopUp(d.ctx, n)
	if err != nil {
		return err
	}
	return d.ReceiveOn(d.ctx, id, n.Amount, on)
}

// paidOut notes a payout and says that it was requested.
func (d *desk) paidOut(n prepaid.NewPayout) error {
	id, err := d.NotePayout(d.ctx, n)
	if err != nil {
		return err
	}
	return d.PayoutRequested(d.ctx, id, "")
}

// noted is the error of an act that returns an id.
func noted(_ string, err error) error { return err }

func (d *desk) place(t testing.TB, number, total string) prepaid.Order {
	t.Helper()
	id := must[string](t)(d.Place(d.ctx, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: number, Title: "Web hosting", Total: total}))
	return d.order(t, id)
}

func (d *desk) order(t testing.TB, id string) prepaid.Order {
	t.Helper()
	for _, o := range must[[]prepaid.Order](t)(d.Orders(d.ctx, 100, "")) {
		if o.ID == id {
			return o
		}
	}
	t.Fatalf("no order %s", id)
	return prepaid.Order{}
}

// sent pays an order by a transfer of everything that is open and returns the transfer's id.
func (d *desk) sent(t testing.TB, o prepaid.Order) string {
	t.Helper()
	ok(t, d.Pay(d.ctx, o.ID, o.Version, prepaid.How{Rest: prepaid.TransferOut, SentOn: "2026-11-20", Source: "CH·· 7 14"}))
	return d.threads(t)[0].Transfer.ID
}

func (d *desk) threads(t testing.TB) []prepaid.Thread {
	t.Helper()
	return must[[]prepaid.Thread](t)(d.Threads(d.ctx, 100))
}

func (d *desk) ledger(t testing.TB) (list []string) {
	t.Helper()
	p := must[prepaid.Page](t)(d.Entries(d.ctx, 0, 500))
	for i := len(p.Entries) - 1; i >= 0; i-- {
		e := p.Entries[i]
		list = append(list, fmt.Sprintf("%d %s %s = %s (%s)", e.Seq, e.Kind, e.Change().Decimal(), e.Balance.Decimal(), e.Cause))
	}
	return list
}

func (d *desk) expectLedger(t testing.TB, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, d.ledger(t)); diff != "" {
		t.Error(diff)
	}
	if _, err := d.Verify(d.ctx); err != nil {
		t.Error(err)
	}
}

func steps(h prepaid.Thread) (list []string) {
	for _, s := range h.Steps {
		text := string(s.Kind)
		if s.Amount.Sign() != 0 {
			text += " " + s.Amount.Decimal()
		}
		if s.Text != "" {
			text += " (" + s.Text + ")"
		}
		if s.Now {
			text += " now"
		}
		list = append(list, text)
	}
	return list
}

func TestPayingWhollyInPartAndTheRest(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100.00")
	whole := d.place(t, "1", "30.00")
	ok(t, d.Pay(d.ctx, whole.ID, 1, prepaid.How{FromBalance: "30.00"}))
	part := d.place(t, "2", "50.00")
	ok(t, d.Pay(d.ctx, part.ID, 1, prepaid.How{FromBalance: "20.00"}))
	if o := d.order(t, part.ID); o.State != prepaid.AwaitingPayment || o.Open().Decimal() != "30.00" {
		t.Errorf("after a part: %s, %s open", o.State, o.Open())
	}
	ok(t, d.Pay(d.ctx, part.ID, 2, prepaid.How{FromBalance: "10.00", Rest: prepaid.Elsewhere}))
	for _, id := range []string{whole.ID, part.ID} {
		if o := d.order(t, id); o.State != prepaid.Paid || o.ClosedAt.IsZero() {
			t.Errorf("order %s is %s", o.Number, o.State)
		}
	}
	short := d.place(t, "3", "70.00")
	err := d.Pay(d.ctx, short.ID, 1, prepaid.How{FromBalance: "70.00"})
	if fault.ReasonOf(err) != "balance_short" || !strings.Contains(fault.JSON(err), `"missing":"CHF 30.00"`) {
		t.Errorf("paying 70 from 40: %s", fault.JSON(err))
	}
	if err := d.Pay(d.ctx, short.ID, 1, prepaid.How{FromBalance: "70.01"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("paying more than is open: %v", err)
	}
	if err := d.Pay(d.ctx, whole.ID, 2, prepaid.How{FromBalance: "1.00"}); fault.ReasonOf(err) != "order_closed" {
		t.Errorf("paying twice: %v", err)
	}
	d.expectLedger(t, "1 top_up 100.00 = 100.00 (card)", "2 payment -30.00 = 70.00 (1)", "3 payment -20.00 = 50.00 (2)", "4 payment -10.00 = 40.00 (2)")
}

// The story of the guides: a transfer is under way, the order is cancelled, the money becomes credit, and the person
// orders again for another price; the rest of the credit stays.
func TestACancelledOrderIsOrderedAgain(t *testing.T) {
	d := newDesk(t)
	o := d.place(t, "20614", "138.00")
	transfer := d.sent(t, o)
	if got := d.order(t, o.ID).State; got != prepaid.AwaitingTransfer {
		t.Fatalf("the order is %s", got)
	}
	ok(t, d.Cancel(d.ctx, o.ID, 2))
	if diff := cmp.Diff([]string{"sent 138.00 (CH·· 7 14)", "order_cancelled (20614)", "wait 138.00 (20614) now"}, steps(d.threads(t)[0])); diff != "" {
		t.Error(diff)
	}
	outcome := must[prepaid.Outcome](t)(d.Arrive(d.ctx, transfer, prepaid.NewArrival{Reference: "20 614", Amount: "138.00", Currency: "CHF"}))
	if outcome != prepaid.CreditedCancelled {
		t.Errorf("outcome %s", outcome)
	}
	h := d.threads(t)[0]
	if diff := cmp.Diff([]string{"sent 138.00 (CH·· 7 14)", "order_cancelled (20614)", "credited 138.00", "choose 138.00 now"}, steps(h)); diff != "" || h.Entry != 1 {
		t.Errorf("entry %d: %s", h.Entry, diff)
	}
	again := must[string](t)(d.Again(d.ctx, transfer, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: "20700", Title: "Web hosting", Total: "150.00"},
		prepaid.How{FromBalance: "120.00", Rest: prepaid.Elsewhere}))
	if got := d.order(t, again); got.State != prepaid.Paid || got.AgainOf != o.ID {
		t.Errorf("ordered again: %+v", got)
	}
	want := []string{"sent 138.00 (CH·· 7 14)", "order_cancelled (20614)", "credited 138.00", "ordered_again 120.00 (20700)", "kept 18.00"}
	if diff := cmp.Diff(want, steps(d.threads(t)[0])); diff != "" {
		t.Error(diff)
	}
	d.expectLedger(t, "1 cancelled_order 138.00 = 138.00 (20 614)", "2 payment -120.00 = 18.00 (20700)")
	if _, err := d.Arrive(d.ctx, transfer, prepaid.NewArrival{Reference: "20614", Amount: "138.00", Currency: "CHF"}); fault.ReasonOf(err) != "arrived_already" {
		t.Errorf("the same money arrives twice: %v", err)
	}
}

func TestACancelledOrderIsPaidOut(t *testing.T) {
	d := newDesk(t)
	o := d.place(t, "20614", "138.00")
	transfer := d.sent(t, o)
	ok(t, d.Cancel(d.ctx, o.ID, 2))
	must[prepaid.Outcome](t)(d.Arrive(d.ctx, transfer, prepaid.NewArrival{Reference: "20614", Amount: "138.00", Currency: "CHF"}))
	ask := prepaid.NewPayout{Amount: "138.00", Target: prepaid.ToBank, IBAN: goodIBAN, TransferID: transfer}
	dropped := must[string](t)(d.NotePayout(d.ctx, ask))
	if diff := cmp.Diff([]string{"sent 138.00 (CH·· 7 14)", "order_cancelled (20614)", "credited 138.00", "payout_noted 138.00 (CH·· ···· ···· ···· ·295 7)"}, steps(d.threads(t)[0])); diff != "" {
		t.Error(diff)
	}
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, prepaid.TaskKinds...)
	for _, task := range must[[]manager.Task](t)(tasks.List(d.ctx)) {
		if task.Ref == dropped {
			ok(t, tasks.Settle(d.ctx, task.ID, manager.Dropped))
		}
	}
	// nothing was booked, and the money waits for a choice again
	if got := steps(d.threads(t)[0]); got[len(got)-1] != "choose 138.00 now" {
		t.Errorf("%v", got)
	}
	ok(t, d.paidOut(ask))
	p := must[[]prepaid.Payout](t)(d.Payouts(d.ctx, 10))[0]
	if p.Masked != "CH·· ···· ···· ···· ·295 7" {
		t.Errorf("the window sees %s", p.Masked)
	}
	ok(t, d.PayoutFailed(d.ctx, p.ID, "account closed", ""))
	if err := d.PayoutArrived(d.ctx, p.ID, ""); fault.ReasonOf(err) != "payout_closed" {
		t.Errorf("failed and arrived: %v", err)
	}
	ask.Target, ask.IBAN, ask.Email = prepaid.ToPayPal, "", goodMail
	ok(t, d.paidOut(ask))
	p = must[[]prepaid.Payout](t)(d.Payouts(d.ctx, 10))[0]
	ok(t, d.PayoutArrived(d.ctx, p.ID, ""))
	want := []string{
		"sent 138.00 (CH·· 7 14)", "order_cancelled (20614)", "credited 138.00", "payout_requested 138.00 (CH·· ···· ···· ···· ·295 7)",
		"payout_failed 138.00 (account closed)", "payout_requested 138.00 (p···@p···.example)", "payout_done 138.00 (p···@p···.example)",
	}
	if diff := cmp.Diff(want, steps(d.threads(t)[0])); diff != "" {
		t.Error(diff)
	}
	d.expectLedger(t, "1 cancelled_order 138.00 = 138.00 (20614)",
		"2 payout_requested -138.00 = 0.00 (CH·· ···· ···· ···· ·295 7)", "3 payout_failed 138.00 = 138.00 (CH·· ···· ···· ···· ·295 7)",
		"4 payout_requested -138.00 = 0.00 (p···@p···.example)", "5 payout_done 0.00 = 0.00 (p···@p···.example)")
	if err := d.paidOut(ask); fault.ReasonOf(err) != "balance_short" {
		t.Errorf("an empty account pays out: %v", err)
	}
	if got := must[string](t)(d.RevealPayout(d.ctx, p.ID, password)); got != goodMail {
		t.Errorf("revealed %s", got)
	}
	if last := d.journal.Entries[len(d.journal.Entries)-1]; last.Action != audit.SecretRevealed {
		t.Errorf("the journal does not tell of it: %+v", last)
	}
}

// A payout goes to what the vault holds of a saved profile, which only the password shows.
func TestPaidOutToASavedProfile(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100.00")
	d.saved["bank"] = prepaid.Payee{Target: prepaid.ToBank, Secret: goodIBAN}
	d.saved["mail"] = prepaid.Payee{Target: prepaid.ToPayPal, Secret: goodMail}
	ask := prepaid.NewPayout{Amount: "40.00", ProfileID: "bank"}
	ok(t, d.paidOut(ask))
	ask.ProfileID = "mail"
	ok(t, d.paidOut(ask))
	ask.ProfileID, ask.Amount = "bank", "20.01"
	if err := d.paidOut(ask); fault.ReasonOf(err) != "balance_short" {
		t.Errorf("more than the balance: %v", err)
	}
	ask.ProfileID = "none"
	if err := d.paidOut(ask); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a profile that is not there: %v", err)
	}
	var got []string
	for _, p := range must[[]prepaid.Payout](t)(d.Payouts(d.ctx, 10)) {
		got = append(got, string(p.Target)+" "+p.Masked+" "+must[string](t)(d.RevealPayout(d.ctx, p.ID, password)))
	}
	want := []string{"paypal p···@p···.example " + goodMail, "bank CH·· ···· ···· ···· ·295 7 " + goodIBAN}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasPaidForAnOrderOrADomain(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100.00")
	pay := func(number, title, amount string) prepaid.Order {
		t.Helper()
		id := must[string](t)(d.Place(d.ctx, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: number, Title: title, Total: "14.90"}))
		ok(t, d.Pay(d.ctx, id, 1, prepaid.How{FromBalance: amount}))
		return d.order(t, id)
	}
	pay("20655", "Transfer", "10.00")
	pay("20700", "Transfer of Tre-Larici.com, again", "14.90")
	pay("20701", "Another", "14.90")
	gone := pay("20702", "tre-larici.com", "5.00")
	ok(t, d.Cancel(d.ctx, gone.ID, gone.Version))
	for ask, want := range map[[2]string]string{
		{"20655", "tre-larici.com"}: "20655 10.00, 20700 14.90", {"20655", ""}: "20655 10.00", {"", ""}: "", {"1", "none.ch"}: "",
	} {
		var got []string
		for _, e := range must[[]prepaid.Entry](t)(d.PaidFor(d.ctx, ask[0], ask[1])) {
			got = append(got, e.Cause+" "+e.Amount.Decimal())
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: %s, want %s", ask, s, want)
		}
	}
}

func TestWhatAnOrderTookReturnsWhenItIsCancelled(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100")
	o := d.place(t, "7", "150.00")
	ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{FromBalance: "60.00", Rest: prepaid.TransferOut, SentOn: "2026-11-19"}))
	ok(t, d.Cancel(d.ctx, o.ID, 2))
	d.expectLedger(t, "1 top_up 100.00 = 100.00 (card)", "2 payment -60.00 = 40.00 (7)", "3 returned 60.00 = 100.00 (7)")
	if err := d.Cancel(d.ctx, o.ID, 3); fault.ReasonOf(err) != "order_closed" {
		t.Errorf("cancelled twice: %v", err)
	}
}

func TestArrivals(t *testing.T) {
	for _, tt := range []struct {
		name    string
		prepare func(t *testing.T, d *desk) string // returns the id of a transfer, "" for one that nobody knows
		in      prepaid.NewArrival
		outcome prepaid.Outcome
		reason  prepaid.Mismatch
		balance string
	}{
		{"exact", nil, prepaid.NewArrival{Reference: "77-1", Amount: "50.00", Currency: "CHF"}, prepaid.PaidTheOrder, "", "0.00"},
		{"as a bank prints it", nil, prepaid.NewArrival{Reference: " 77 1", Amount: "50.00", Currency: "CHF"}, prepaid.PaidTheOrder, "", "0.00"},
		{"too little", nil, prepaid.NewArrival{Reference: "77-1", Amount: "49.95", Currency: "CHF"}, prepaid.CreditedUnmatched, prepaid.WrongAmount, "49.95"},
		{"too much", nil, prepaid.NewArrival{Reference: "77-1", Amount: "55.00", Currency: "CHF"}, prepaid.CreditedUnmatched, prepaid.WrongAmount, "55.00"},
		{"euros", nil, prepaid.NewArrival{Reference: "77-1", Amount: "50.00", Currency: "EUR", Credited: "47.11"}, prepaid.CreditedUnmatched, prepaid.WrongCurrency, "47.11"},
		{"another reference", nil, prepaid.NewArrival{Reference: "78", Amount: "50.00", Currency: "CHF"}, prepaid.CreditedUnmatched, prepaid.UnknownReference, "50.00"},
		{"no reference", nil, prepaid.NewArrival{Amount: "50.00", Currency: "CHF"}, prepaid.CreditedUnmatched, prepaid.UnknownReference, "50.00"},
		{
			"nobody knows of it", func(*testing.T, *desk) string { return "" },
			prepaid.NewArrival{Reference: "?", Amount: "9.00", Currency: "CHF"},
			prepaid.CreditedUnmatched, prepaid.UnknownReference, "9.00",
		},
		{
			"found by the transfer's reference", func(t *testing.T, d *desk) string { d.sent(t, d.place(t, "77-1", "50.00")); return "" },
			prepaid.NewArrival{Reference: "771", Amount: "50.00", Currency: "CHF"},
			prepaid.PaidTheOrder, "", "0.00",
		},
		{
			"found by the order's number", func(t *testing.T, d *desk) string { d.place(t, "77-1", "50.00"); return "" },
			prepaid.NewArrival{Reference: "771", Amount: "50.00", Currency: "CHF"},
			prepaid.PaidTheOrder, "", "0.00",
		},
		{"the order was paid meanwhile", func(t *testing.T, d *desk) string {
			o := d.place(t, "77-1", "50.00")
			ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{Rest: prepaid.Elsewhere}))
			return ""
		}, prepaid.NewArrival{Reference: "771", Amount: "50.00", Currency: "CHF"}, prepaid.CreditedUnmatched, prepaid.AlreadyPaid, "50.00"},
		{"a top-up", func(t *testing.T, d *desk) string {
			must[string](t)(d.TopUp(d.ctx, prepaid.NewTopUp{Amount: "80", Means: prepaid.ByTransfer, Reference: "T1", SentOn: "2026-11-20"}))
			return d.threads(t)[0].Transfer.ID
		}, prepaid.NewArrival{Reference: "t1", Amount: "79.00", Currency: "CHF"}, prepaid.ToppedUp, "", "79.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			prepare := tt.prepare
			if prepare == nil {
				prepare = func(t *testing.T, d *desk) string { return d.sent(t, d.place(t, "77-1", "50.00")) }
			}
			var outcome prepaid.Outcome
			if id := prepare(t, d); id != "" {
				outcome = must[prepaid.Outcome](t)(d.Arrive(d.ctx, id, tt.in))
			} else {
				outcome = must[prepaid.Outcome](t)(d.ArriveUnknown(d.ctx, tt.in))
			}
			h := d.threads(t)[0]
			balance := must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).Balance.Decimal()
			if outcome != tt.outcome || h.Transfer.Reason != tt.reason || balance != tt.balance {
				t.Errorf("%s, %q, %s; want %s, %q, %s", outcome, h.Transfer.Reason, balance, tt.outcome, tt.reason, tt.balance)
			}
			if _, err := d.Verify(d.ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAnUnmatchedTransferSaysWhatItWasMeantForAndWhatIsMissing(t *testing.T) {
	d := newDesk(t)
	d.place(t, "900", "42.00")
	must[prepaid.Outcome](t)(d.ArriveUnknown(d.ctx, prepaid.NewArrival{Reference: "009", Amount: "42.00", Currency: "CHF"}))
	h := d.threads(t)[0]
	if diff := cmp.Diff([]string{"900"}, h.Meant); diff != "" {
		t.Error(diff)
	}
	ok(t, d.Keep(d.ctx, h.Transfer.ID))
	if diff := cmp.Diff([]string{"credited 42.00 (unknown_reference)", "kept 42.00"}, steps(d.threads(t)[0])); diff != "" {
		t.Error(diff)
	}
	transfer := d.sent(t, d.place(t, "901", "60.00"))
	must[prepaid.Outcome](t)(d.Arrive(d.ctx, transfer, prepaid.NewArrival{Reference: "901", Amount: "47.60", Currency: "CHF"}))
	h = d.threads(t)[0]
	if h.Missing.Decimal() != "12.40" || h.Order.State != prepaid.AwaitingPayment {
		t.Errorf("missing %s, the order is %s", h.Missing, h.Order.State)
	}
}

func TestCashback(t *testing.T) {
	d := newDesk(t)
	n := prepaid.NewExpected{Cause: "Corte Solari, invoice 5512", Amount: "69.44", DueOn: "2026-12-15"}
	ok(t, d.Expect(d.ctx, n))
	if err := d.Expect(d.ctx, n); err == nil || err.Error() != "invalid cause:not_unique" {
		t.Errorf("expected twice: %v", err)
	}
	e := must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).Expected[0]
	for i, days := range []int{0, 25, 1} { // it may come until its day is over
		d.clock.Advance(time.Duration(days) * 24 * time.Hour)
		if got := must[[]prepaid.Expected](t)(d.Overdue(d.ctx)); (len(got) > 0) != (i == 2) {
			t.Errorf("at %s overdue: %+v", d.clock.Now(), got)
		}
	}
	ok(t, d.Receive(d.ctx, e.ID, "69.40"))
	if err := d.Receive(d.ctx, e.ID, "69.40"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("received twice: %v", err)
	}
	d.expectLedger(t, "1 cashback 69.40 = 69.40 (Corte Solari, invoice 5512)")
	ok(t, d.Expect(d.ctx, prepaid.NewExpected{Cause: "another", Amount: "1", DueOn: "2026-12-15"}))
	ok(t, d.Forget(d.ctx, must[prepaid.Overview](t)(d.Overview(d.ctx, 0)).Expected[0].ID))
}

func TestOnlyCardsPostFinanceAndTransfersTopUp(t *testing.T) {
	d := newDesk(t)
	for _, means := range []string{"card", "postfinance"} {
		ok(t, d.credited(prepaid.NewTopUp{Amount: "1", Means: means}, ""))
	}
	for _, means := range []string{"paypal", "twint", ""} {
		if got := fmt.Sprint(noted(d.TopUp(d.ctx, prepaid.NewTopUp{Amount: "1", Means: means}))); got != "invalid means:not_a_choice" {
			t.Errorf("%s: %s", means, got)
		}
	}
	other := access.From(d.ctx)
	other.OrganizationID = "org-2"
	testkit.Exec(t, d.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Another', 'EUR', 0, 0)`)
	ctx := access.With(d.ctx, other)
	if _, err := d.TopUp(ctx, prepaid.NewTopUp{Amount: "1", Means: "postfinance"}); err == nil || err.Error() != "invalid means:needs_chf" {
		t.Errorf("PostFinance in euros: %v", err)
	}
	must[string](t)(d.TopUp(ctx, prepaid.NewTopUp{Amount: "1", Means: "card"}))
	d.expectLedger(t, "1 top_up 1.00 = 1.00 (card)", "2 top_up 1.00 = 2.00 (postfinance)") // and nothing of the other's
}

// The list holds the newest closed orders, and the one that somebody was led to, however old it is.
func TestAnOrderThatIsAskedForIsListed(t *testing.T) {
	d := newDesk(t)
	var ids []string
	for _, number := range []string{"H-1", "H-2", "H-3"} {
		o := d.place(t, number, "10.00")
		if err := d.Cancel(d.ctx, o.ID, o.Version); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, o.ID)
		d.clock.Advance(time.Hour)
	}
	for besides, want := range map[string]int{"": 1, ids[0]: 2, ids[2]: 1, "nothing": 1} {
		if list, err := d.Orders(d.ctx, 1, besides); err != nil || len(list) != want || besides == ids[0] && list[1].ID != ids[0] {
			t.Errorf("besides %q: %+v, %v", besides, list, err)
		}
	}
}
