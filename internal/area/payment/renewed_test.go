package payment_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/area/payment"
	"kontor/internal/core/fault"
	"kontor/internal/host/manager"
)

// What the prepaid account pays is booked with the renewal, on its day and for what was charged; undo takes back both.
func TestARenewalIsBookedWithWhatPaid(t *testing.T) {
	d := newDesk(t)
	card := must[string](t)(d.Add(d.ctx, visa("4417", "2028-01")))
	hosting := must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "Hosting", ExpiresOn: "2026-12-15", Amount: "208.32", Months: "1"}))
	mail := must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "Mail", ExpiresOn: "2026-12-20", Amount: "216", Months: "12", ProfileID: card}))
	domain := must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "Domain", ExpiresOn: "2026-12-20", Amount: "59", Months: "12"}))
	ends := func() (list []string) {
		for _, r := range must[[]payment.Renewal](t)(d.Renewals(d.ctx)) {
			list = append(list, r.Product+" "+r.ExpiresOn.String())
		}
		return list
	}
	before := ends()
	ids := must[[]string](t)(d.Renew(d.ctx, []payment.RenewalPaid{
		{ID: hosting, Version: 1, On: "2026-11-18", Amount: "210.00"}, // by the default, which is the prepaid account
		{ID: mail, Version: 1},                  // by its card: nothing of ours moves
		{ID: domain, Version: 1, OrderID: "o1"}, // by an invoice that is booked already
	}))
	if diff := cmp.Diff([]string{"Hosting 2027-01-15", "Mail 2027-12-20", "Domain 2027-12-20"}, ends()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Hosting CHF 210.00 2026-11-18", "linked o1"}, d.prepaidAccount.booked); diff != "" {
		t.Error(diff)
	}
	for range 2 { // the second time nothing is left to undo
		if err := d.UndoRenewed(d.ctx, ids); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, ends()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"unlinked o1", "not 1"}, d.prepaidAccount.booked[2:4]); diff != "" {
		t.Error(diff)
	}

	// All or none: the second is too much for the account, so the first is not renewed either.
	_, err := d.Renew(d.ctx, []payment.RenewalPaid{{ID: domain, Version: 3, ProfileID: card}, {ID: hosting, Version: 3, Amount: "500"}})
	if fault.ReasonOf(err) != "balance_short" {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff(before, ends()); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct {
		paid payment.RenewalPaid
		want string
	}{
		{payment.RenewalPaid{ID: mail, Version: 3, On: "2026-12-01"}, "invalid on:date_in_future"},
		{payment.RenewalPaid{ID: mail, Version: 3, Amount: "-1"}, "invalid amount:number_too_small"},
		{payment.RenewalPaid{ID: mail, Version: 3, ProfileID: "gone"}, "invalid profileId:not_a_choice"},
		{payment.RenewalPaid{ID: mail, Version: 2}, "conflict (changed_meanwhile)"},
	} {
		if _, err := d.Renew(d.ctx, []payment.RenewalPaid{tt.paid}); fmt.Sprint(err) != tt.want {
			t.Errorf("%+v: %v", tt.paid, err)
		}
	}
	// Who has put another end in the meantime keeps it.
	ids = must[[]string](t)(d.Renew(d.ctx, []payment.RenewalPaid{{ID: mail, Version: 3}}))
	if err := d.UpdateRenewal(d.ctx, mail, 4, payment.RenewalFields{Product: "Mail", ExpiresOn: "2028-01-01", Amount: "216", Months: "12"}); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoRenewed(d.ctx, ids); fault.ReasonOf(err) != "renewed_since" {
		t.Errorf("%v", err)
	}
}

// A plan leaves the means as they are until the person says that they were changed.
func TestAPlanIsNotAMove(t *testing.T) {
	d := newDesk(t)
	card := must[string](t)(d.Add(d.ctx, visa("4417", "2026-11")))
	mail := must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "Mail", ExpiresOn: "2026-12-24", Amount: "216", Months: "12", Automatic: true, ProfileID: card}))
	state := func() string {
		r := must[payment.Report](t)(d.Cover(d.ctx))
		return fmt.Sprintf("%v %v %v %v %v", r.NotCovered, r.Movable, r.Covers[0].Profile.Kind, r.Covers[0].Renewal.Planned, r.Covers[0].Status)
	}
	plan := func(want string, act error) {
		t.Helper()
		if act != nil || state() != want {
			t.Errorf("%v: %s, want %s", act, state(), want)
		}
	}
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, payment.TaskKinds...)
	settle := func(outcome manager.Outcome) error {
		return tasks.Settle(d.ctx, must[[]manager.Task](t)(tasks.List(d.ctx))[0].ID, outcome)
	}
	plan("1 [] card true card_expired", d.PlanPrepaid(d.ctx, []string{mail}))
	plan("0 [] prepaid false covered", settle(manager.Done))
	plan("1 [] card true card_expired", settle(manager.Open))
	plan("1 ["+mail+"] card false card_expired", settle(manager.Dropped))
	plan("1 [] card true card_expired", d.PlanPrepaid(d.ctx, []string{mail})) // taken back, it can be planned again
}

// The choice of another default is to be done in the Manager; the one before goes on counting until it was. A card that
// ends too soon is warned of until then.
func TestAnotherDefaultCountsOnceItWasChosenInTheManager(t *testing.T) {
	d := newDesk(t)
	ending := visa("4417", "2026-11")
	ending.Default = true // as a person notes it who finds it so in the Manager
	old := must[string](t)(d.Add(d.ctx, ending))
	good := must[string](t)(d.Add(d.ctx, visa("1881", "2028-01")))
	must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "Mail", ExpiresOn: "2026-12-20", Amount: "10", Months: "12", Automatic: true}))
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, payment.TaskKinds...)
	counts := func(want string, act error) {
		t.Helper()
		o := must[payment.Overview](t)(d.Overview(d.ctx))
		cover := must[payment.Report](t)(d.Cover(d.ctx)).Covers[0]
		warned := cover.Status == payment.CardExpired
		for _, p := range o.Profiles {
			if act != nil || p.Default != (p.ID == want) || cover.Profile.ID != want || warned != (want == old) {
				t.Errorf("%v: %+v, %s by %s", act, p, cover.Status, cover.Profile.ID)
			}
		}
	}
	open := func() []manager.Task { return must[[]manager.Task](t)(tasks.List(d.ctx)) }
	counts(old, d.SetDefault(d.ctx, good))
	counts(old, d.SetDefault(d.ctx, old)) // the choice is taken back
	if len(open()) != 0 {
		t.Errorf("%+v", open())
	}
	counts(old, d.SetDefault(d.ctx, "prepaid-org-1"))
	counts(old, d.SetDefault(d.ctx, good)) // the latest choice is what is to be done
	id := open()[0].ID
	counts(old, tasks.Settle(d.ctx, id, manager.Dropped))
	counts(old, tasks.Settle(d.ctx, id, manager.Open))
	counts(good, tasks.Settle(d.ctx, id, manager.Done))
	counts(old, tasks.Settle(d.ctx, id, manager.Open))
	counts(good, tasks.Settle(d.ctx, id, manager.Done))
	counts(good, d.Remove(d.ctx, old, ""))
	counts(good, tasks.Settle(d.ctx, open()[0].ID, manager.Done))
	counts(good, tasks.Settle(d.ctx, id, manager.Dropped)) // what counted before is gone
}

// What is to be removed in the Manager goes on paying until it was, whether it is the default or not; then it goes with
// its secrets, and what was chosen after it counts.
func TestARemovedProfileCountsUntilItWasRemovedInTheManager(t *testing.T) {
	d := newDesk(t)
	bank := must[string](t)(d.Add(d.ctx, payment.New{Kind: payment.Bank, Default: true, Fields: payment.Fields{IBAN: goodIBAN, Holder: "E"}}))
	card := must[string](t)(d.Add(d.ctx, visa("4417", "2030-01")))
	other := must[string](t)(d.Add(d.ctx, visa("1881", "2030-01")))
	fields := payment.RenewalFields{Product: "Mail", ExpiresOn: "2026-12-20", Amount: "10", Months: "12", Automatic: true}
	must[string](t)(d.AddRenewal(d.ctx, fields))
	fields.Product, fields.ProfileID = "Web", card
	must[string](t)(d.AddRenewal(d.ctx, fields))
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, payment.TaskKinds...)
	pay := func(follows, named string, act error) {
		t.Helper()
		list := must[payment.Report](t)(d.Cover(d.ctx)).Covers
		paid := map[string]string{}
		for _, c := range list {
			paid[c.Renewal.Product] = c.Profile.ID
		}
		if act != nil || paid["Mail"] != follows || paid["Web"] != named {
			t.Errorf("%v: paid by %v, want %s and %s", act, paid, follows, named)
		}
	}
	settle := func(kind manager.Kind, ref string, outcome manager.Outcome) error {
		for _, task := range must[[]manager.Task](t)(tasks.List(d.ctx)) {
			if task.Kind == kind && task.Ref == ref && (task.Outcome == manager.Open || outcome == manager.Open) {
				return tasks.Settle(d.ctx, task.ID, outcome)
			}
		}
		return fault.New(fault.NotFound, "")
	}
	pay(bank, card, d.Remove(d.ctx, card, ""))
	pay(bank, card, settle(manager.MethodRemoved, card, manager.Dropped))
	pay(bank, card, d.Remove(d.ctx, card, ""))
	pay(bank, card, d.Remove(d.ctx, bank, card))
	if err := settle(manager.MethodRemoved, card, manager.Done); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("what is chosen is still to be removed: %v", err)
	}
	pay(bank, card, d.SetDefault(d.ctx, other)) // the latest choice is the successor
	if must[payment.Revealed](t)(d.Reveal(d.ctx, bank, password)).Target != goodIBAN {
		t.Error("what the vault holds is gone before the profile is")
	}
	pay(other, card, settle(manager.MethodRemoved, bank, manager.Done))
	if err := settle(manager.MethodRemoved, bank, manager.Open); fault.ReasonOf(err) != "task_final" {
		t.Errorf("what was erased is opened again: %v", err)
	}
	if err := settle(manager.DefaultMethod, "org-1", manager.Done); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the choice is still to be made: %v", err)
	}
	pay(other, card, d.Remove(d.ctx, other, card))
	pay(other, card, d.Remove(d.ctx, card, "")) // what goes is not to become the default
	pay(other, other, settle(manager.MethodRemoved, card, manager.Done))
	pay("prepaid-org-1", "prepaid-org-1", settle(manager.MethodRemoved, other, manager.Done))
}
