package app_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
	"kontor/internal/host/bridge"
)

// Renewals, orders and the ledger are one book. Whatever is renewed, undone, topped up, ordered, paid, cancelled, taken
// back or paid out, in whatever order: the balance is the sum of the entries, a product runs as many periods further as
// its renewals that stand, each of them was paid once, and the forecast is what a second calculation says.
func TestRandomHistoriesOfTheWholeBook(t *testing.T) {
	checks := flag.Lookup("rapid.checks").Value // each is a few dozen transactions
	before := checks.String()
	if err := checks.Set("12"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Set(before) })
	d := newPaymentDesk(t)
	today := day.Of(time.Now(), time.Local)
	n := 0
	product := func(t fataler, name, amount string, in, months int) string {
		id, err := d.payments.AddRenewal(payment.RenewalFields{Product: name, ExpiresOn: (today + day.Day(in)).String(), Amount: amount, Months: fmt.Sprint(months), Automatic: true})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range d.renewals(t) { // each history has products of its own; the ledger goes on
			if err := d.payments.RemoveRenewal(r.ID); err != nil {
				t.Fatal(err)
			}
		}
		n++
		begins := map[string]string{}
		for i, in := range []int{20, 40, 200} {
			product(t, fmt.Sprintf("product %d-%d", n, i), []string{"12.00", "30.50", "7.77"}[i], in, []int{1, 3, 12}[i])
		}
		for _, r := range d.renewals(t) {
			begins[r.ID] = r.ExpiresOn
		}
		stand := map[string][]string{} // what was renewed of a product, and not undone, oldest first
		fine := func(err error) bool {
			if fault.CodeOf(err) == fault.Internal {
				t.Fatal(err)
			}
			return err == nil
		}
		some := func(t *rapid.T) payment.RenewalView { return rapid.SampledFrom(d.renewals(t)).Draw(t, "product") }
		amount := rapid.Custom(func(t *rapid.T) string {
			return cents.Amount(rapid.Int64Range(1, 9000).Draw(t, "minor"), money.CHF).Decimal()
		})
		t.Repeat(map[string]func(*rapid.T){
			"renew": func(t *rapid.T) {
				r := some(t)
				ids, err := d.payments.Renew([]payment.RenewalPaid{{ID: r.ID, Version: r.Version, Amount: rapid.SampledFrom([]string{"", "9.99"}).Draw(t, "amount")}})
				if fine(err) {
					stand[r.ID] = append(stand[r.ID], ids...)
				}
			},
			"undo": func(t *rapid.T) {
				r := some(t)
				if list := stand[r.ID]; len(list) > 0 && fine(d.payments.UndoRenewed(list[len(list)-1:])) {
					stand[r.ID] = list[:len(list)-1]
				}
			},
			"top up": func(t *rapid.T) {
				id, err := d.prepaid.TopUp(prepaid.NewTopUp{Amount: amount.Draw(t, "amount"), Means: "card"})
				if fine(err) && rapid.Bool().Draw(t, "credited") {
					fine(d.prepaid.Receive(id, amount.Draw(t, "came"), ""))
				}
			},
			"order that renews, paid": func(t *rapid.T) {
				r := some(t)
				n++
				id, err := d.prepaid.Place(prepaid.OrderInput{Kind: "invoice", Number: fmt.Sprint("I", n), Title: "x", Total: amount.Draw(t, "total"), Renews: r.ID})
				if !fine(err) {
					return
				}
				if rapid.Bool().Draw(t, "cancelled") {
					fine(d.prepaid.Cancel(id, 1))
				} else if fine(d.prepaid.Pay(id, 1, prepaid.HowInput{FromBalance: "0.01", Rest: "other"})) {
					stand[r.ID] = append(stand[r.ID], "order")
				}
			},
			"pay out": func(t *rapid.T) {
				id, err := d.prepaid.NotePayout(prepaid.PayoutInput{Amount: amount.Draw(t, "amount"), Target: "paypal", Email: "a@b.example"})
				if fine(err) && fine(d.prepaid.PayoutRequested(id, "")) && rapid.Bool().Draw(t, "back") {
					fine(d.prepaid.PayoutFailed(id, "x", ""))
				}
			},
			"": func(t *rapid.T) {
				d.checkBalance(t)
				d.checkForecast(t, today)
				for _, r := range d.renewals(t) {
					begin, _ := day.Parse(begins[r.ID])
					if want := runsTo(begin, r.Months, len(stand[r.ID])); r.ExpiresOn != want.String() {
						t.Fatalf("%s runs to %s after %d renewals from %s, want %s", r.Product, r.ExpiresOn, len(stand[r.ID]), begin, want)
					}
				}
			},
		})
	})
}

type fataler interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// runsTo renews one period after the other, as a person would.
func runsTo(begin day.Day, months, times int) day.Day {
	for range times {
		begin = begin.AddMonths(months)
	}
	return begin
}

func (d moneyDesk) renewals(t fataler) []payment.RenewalView {
	list, err := d.payments.Renewals()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func minor(t fataler, m bridge.Money) int64 {
	if m.Amount == "" {
		return 0
	}
	a, err := money.ParseAmount(m.Amount, money.CHF)
	if err != nil {
		t.Fatal(err)
	}
	return cents.Of(a)
}

// checkBalance adds up every entry of the ledger.
func (d moneyDesk) checkBalance(t fataler) {
	sum, before := int64(0), int64(0)
	for {
		page, err := d.prepaid.Entries(before, prepaid.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Entries {
			sum += minor(t, e.Change)
			before = e.Seq
		}
		if len(page.Entries) < prepaid.MaxPage {
			break
		}
	}
	o, err := d.prepaid.Overview(2)
	if err != nil {
		t.Fatal(err)
	}
	if got := minor(t, o.Balance); got != sum || sum < 0 {
		t.Fatalf("the balance is %d, the entries add up to %d", got, sum)
	}
}

// checkForecast reckons the end of the forecast a second time: the balance, less every charge of every product to that
// day, plus what is expected and not overdue.
func (d moneyDesk) checkForecast(t fataler, today day.Day) {
	o, err := d.prepaid.Overview(2)
	if err != nil {
		t.Fatal(err)
	}
	until, _ := day.Parse(o.Until)
	end := minor(t, o.Balance)
	for _, r := range d.renewals(t) {
		ends, _ := day.Parse(r.ExpiresOn)
		for k := 0; ; k++ {
			on := ends
			if k > 0 {
				on = ends.AddMonths(k * r.Months)
			}
			if on-payment.AutoRenewLeadDays > until {
				break
			}
			end -= minor(t, r.Amount)
		}
	}
	for _, e := range o.Expected {
		if due, _ := day.Parse(e.DueOn); due >= today && due <= until {
			end += minor(t, e.Amount)
		}
	}
	got := minor(t, o.Balance)
	if len(o.Forecast) > 0 {
		got = minor(t, o.Forecast[len(o.Forecast)-1].Balance)
	}
	if got != end {
		t.Fatalf("the forecast ends with %d, a second calculation with %d: %+v", got, end, o.Forecast)
	}
}
