package prepaid_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kontor/internal/area/organization"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// The database refuses what the service would never do, whoever asks.
func TestTheDatabaseKeepsTheLedger(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100")
	d.topUp(t, "50")
	o := d.place(t, "1", "10")
	row := func(seq, kind, debit, credit, amount, balance, cause, order, currency string) string {
		return fmt.Sprintf(`INSERT INTO prepaid_ledger (organization_id, seq, at, kind, debit, credit, amount, currency, balance, cause, order_id, account_id, hash)
			VALUES ('org-1', %s, 1, '%s', '%s', '%s', %s, '%s', %s, '%s', %s, 'a', zeroblob(32))`, seq, kind, debit, credit, amount, currency, balance, cause, order)
	}
	order := "'" + o.ID + "'"
	for name, statement := range map[string]string{
		"change an amount":                       `UPDATE prepaid_ledger SET amount = 1`,
		"change nothing":                         `UPDATE prepaid_ledger SET cause = cause`,
		"remove one":                             `DELETE FROM prepaid_ledger WHERE seq = 2`,
		"remove all":                             `DELETE FROM prepaid_ledger`,
		"replace one":                            strings.Replace(row("2", "top_up", "means", "prepaid", "1", "10001", "x", "NULL", "CHF"), "INSERT", "INSERT OR REPLACE", 1),
		"leave a gap":                            row("4", "top_up", "means", "prepaid", "100", "15100", "x", "NULL", "CHF"),
		"take a number twice":                    row("2", "top_up", "means", "prepaid", "100", "15100", "x", "NULL", "CHF"),
		"a balance that is higher":               row("3", "top_up", "means", "prepaid", "100", "15101", "x", "NULL", "CHF"),
		"a payment that costs nothing":           row("3", "payment", "prepaid", "orders", "100", "15000", "x", order, "CHF"),
		"more than there is":                     row("3", "payment", "prepaid", "orders", "15001", "-1", "x", order, "CHF"),
		"a negative amount":                      row("3", "top_up", "means", "prepaid", "-100", "14900", "x", "NULL", "CHF"),
		"another currency":                       row("3", "top_up", "means", "prepaid", "100", "15100", "x", "NULL", "EUR"),
		"a credit without a cause":               row("3", "top_up", "means", "prepaid", "100", "15100", "", "NULL", "CHF"),
		"a return of no order":                   row("3", "returned", "orders", "prepaid", "100", "15100", "x", "NULL", "CHF"),
		"a return of an order that is not there": row("3", "returned", "orders", "prepaid", "100", "15100", "x", "'no such'", "CHF"),
		"a cancelled order without its transfer": row("3", "cancelled_order", "means", "prepaid", "100", "15100", "x", order, "CHF"),
		"the wrong accounts":                     row("3", "top_up", "orders", "prepaid", "100", "15100", "x", "NULL", "CHF"),
		"an unknown kind":                        row("3", "gift", "means", "prepaid", "100", "15100", "x", "NULL", "CHF"),
		"another currency for the organization":  `UPDATE organization SET currency = 'EUR' WHERE id = 'org-1'`,
		"an organization that is not empty":      `DELETE FROM organization WHERE id = 'org-1'`,
		"an order paid beyond its total":         `UPDATE prepaid_order SET paid = total + 1`,
		"an order that is paid and is not":       `UPDATE prepaid_order SET state = 'paid', closed_at = 1`,
	} {
		err := d.db.Write(d.ctx, func(tx *sqlite.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if err == nil {
			t.Fatalf("%s: went through", name)
		}
	}
	// The right row goes through: the refusals above are about what is wrong with them.
	testkit.Exec(t, d.db, row("3", "payment", "prepaid", "orders", "15000", "0", "x", order, "CHF"))
	testkit.Exec(t, d.db, `DELETE FROM organization WHERE id = 'org-1'`) // empty now: the ledger goes with its organization
}

// Somebody who takes the triggers away and edits the file is found out.
func TestVerifyFindsWhatWasChanged(t *testing.T) {
	for name, statements := range map[string][]string{
		"an amount and every balance after it": {`UPDATE prepaid_ledger SET amount = amount + 1 WHERE seq = 2`, `UPDATE prepaid_ledger SET balance = balance + 1 WHERE seq >= 2`},
		"a cause":                              {`UPDATE prepaid_ledger SET cause = 'another' WHERE seq = 2`},
		"a moment":                             {`UPDATE prepaid_ledger SET at = at + 1 WHERE seq = 2`},
		"a hash":                               {`UPDATE prepaid_ledger SET hash = zeroblob(32) WHERE seq = 2`},
		"who posted it":                        {`UPDATE prepaid_ledger SET account_id = 'x' WHERE seq = 2`},
	} {
		d := newDesk(t)
		for range 3 {
			d.topUp(t, "10")
		}
		if n, err := d.Verify(d.ctx); n != 3 || err != nil {
			t.Fatalf("%d entries, %v", n, err)
		}
		testkit.Exec(t, d.db, `DROP TRIGGER prepaid_ledger_never_changes`)
		for _, s := range statements {
			testkit.Exec(t, d.db, s)
		}
		if _, err := d.Verify(d.ctx); fault.ReasonOf(err) != "ledger_changed" || !strings.Contains(fault.JSON(err), `"entry":"2"`) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Random histories: the balance is the sum of the ledger, never below zero, every credit has its cause, every thread
// adds up, and the books balance.
func TestRandomHistories(t *testing.T) {
	root, history := newDesk(t), 0
	rapid.Check(t, func(t *rapid.T) {
		d := *root // each history has an organization of its own
		history++
		actor := access.From(d.ctx)
		actor.OrganizationID = fmt.Sprint("history-", history)
		d.ctx = access.With(d.ctx, actor)
		err := d.db.Write(d.ctx, func(tx *sqlite.Tx) error {
			_, err := tx.Exec(`INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES (?, 'x', 'CHF', 0, 0)`, actor.OrganizationID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		amount := rapid.Custom(func(t *rapid.T) string {
			return cents.Amount(rapid.Int64Range(1, 20000).Draw(t, "minor"), money.CHF).Decimal()
		})
		someDay := rapid.SampledFrom([]string{"", "2026-11-01", "2026-11-10", "2026-11-25"})
		n := 0
		number := func() string { n++; return fmt.Sprint("N", n) }
		someOrder := func(t *rapid.T) prepaid.Order {
			list, err := d.Orders(d.ctx, 100, "")
			if err != nil || len(list) == 0 {
				t.Skip("no order")
			}
			return rapid.SampledFrom(list).Draw(t, "order")
		}
		someThread := func(t *rapid.T) prepaid.Thread {
			list, err := d.Threads(d.ctx, 100)
			if err != nil || len(list) == 0 {
				t.Skip("no thread")
			}
			return rapid.SampledFrom(list).Draw(t, "thread")
		}
		fine := func(t *rapid.T, err error) {
			if fault.CodeOf(err) == fault.Internal {
				t.Fatal(err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"top up": func(t *rapid.T) {
				fine(t, d.credited(prepaid.NewTopUp{Amount: amount.Draw(t, "amount"), Means: "card"}, someDay.Draw(t, "day")))
			},
			"order": func(t *rapid.T) {
				_, err := d.Place(d.ctx, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: number(), Title: "x", Total: amount.Draw(t, "total")})
				fine(t, err)
			},
			"pay": func(t *rapid.T) {
				o := someOrder(t)
				fine(t, d.Pay(d.ctx, o.ID, o.Version, prepaid.How{
					FromBalance: rapid.SampledFrom([]string{"", "0", o.Open().Decimal(), amount.Draw(t, "part")}).Draw(t, "from balance"),
					Rest:        rapid.SampledFrom([]prepaid.Rest{prepaid.Later, prepaid.Elsewhere, prepaid.TransferOut}).Draw(t, "rest"), SentOn: "2026-11-20", On: someDay.Draw(t, "on"),
				}))
			},
			"cancel": func(t *rapid.T) { o := someOrder(t); fine(t, d.Cancel(d.ctx, o.ID, o.Version)) },
			"arrive": func(t *rapid.T) {
				h := someThread(t)
				_, err := d.Arrive(d.ctx, h.Transfer.ID, prepaid.NewArrival{
					Reference: rapid.SampledFrom([]string{h.Transfer.Reference, "?", ""}).Draw(t, "reference"),
					Amount:    rapid.SampledFrom([]string{h.Transfer.Amount.Decimal(), amount.Draw(t, "other")}).Draw(t, "amount"),
					Currency:  rapid.SampledFrom([]string{"CHF", "EUR"}).Draw(t, "currency"), Credited: "3.33",
				})
				fine(t, err)
			},
			"arrive, unknown": func(t *rapid.T) {
				_, err := d.ArriveUnknown(d.ctx, prepaid.NewArrival{Reference: fmt.Sprint("N", rapid.IntRange(1, 9).Draw(t, "n")), Amount: amount.Draw(t, "amount"), Currency: "CHF"})
				fine(t, err)
			},
			"again": func(t *rapid.T) {
				h := someThread(t)
				_, err := d.Again(d.ctx, h.Transfer.ID, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: number(), Title: "x", Total: amount.Draw(t, "total")},
					prepaid.How{FromBalance: amount.Draw(t, "from balance"), Rest: prepaid.Elsewhere})
				fine(t, err)
			},
			"pay out": func(t *rapid.T) {
				ask := prepaid.NewPayout{Amount: amount.Draw(t, "amount"), Target: prepaid.ToPayPal, Email: goodMail}
				if rapid.Bool().Draw(t, "of a transfer") {
					ask.TransferID = someThread(t).Transfer.ID
				}
				fine(t, d.paidOut(ask))
			},
			"payout ends": func(t *rapid.T) {
				list, err := d.Payouts(d.ctx, 100)
				if err != nil || len(list) == 0 {
					t.Skip("no payout")
				}
				p := rapid.SampledFrom(list).Draw(t, "payout")
				if rapid.Bool().Draw(t, "well") {
					fine(t, d.PayoutArrived(d.ctx, p.ID, ""))
				} else {
					fine(t, d.PayoutFailed(d.ctx, p.ID, "came back", ""))
				}
			},
			"cashback": func(t *rapid.T) {
				fine(t, d.Expect(d.ctx, prepaid.NewExpected{Cause: number(), Amount: amount.Draw(t, "amount"), DueOn: "2026-12-15"}))
				o, err := d.Overview(d.ctx, 0)
				fine(t, err)
				fine(t, d.Receive(d.ctx, o.Expected[0].ID, o.Expected[0].Amount.Decimal()))
			},
			"as the Manager shows": func(t *rapid.T) {
				fine(t, d.SetBalance(d.ctx, prepaid.Shown{Amount: amount.Draw(t, "amount"), On: someDay.Draw(t, "on")}))
			},
			"reverse": func(t *rapid.T) {
				list, err := d.Entries(d.ctx, 0, prepaid.MaxPage)
				if err != nil || len(list.Entries) == 0 {
					t.Skip("no entry")
				}
				fine(t, d.Reverse(d.ctx, rapid.SampledFrom(list.Entries).Draw(t, "entry").Seq))
			},
			"keep":        func(t *rapid.T) { fine(t, d.Keep(d.ctx, someThread(t).Transfer.ID)) },
			"time passes": func(t *rapid.T) { d.clock.Advance(time.Duration(rapid.IntRange(-5, 50).Draw(t, "hours")) * time.Hour) },
		})
		checkBooks(t, &d) // the ledger forgets nothing: what went wrong on the way is still there
	})
}

func checkBooks(t *rapid.T, d *desk) {
	if _, err := d.Verify(d.ctx); err != nil {
		t.Fatal(err)
	}
	page, err := d.Entries(d.ctx, 0, prepaid.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for i := len(page.Entries) - 1; i >= 0; i-- {
		e := page.Entries[i]
		sum += cents.Of(e.Change())
		if cents.Of(e.Balance) != sum || sum < 0 {
			t.Fatalf("entry %d says %s, the sum is %d", e.Seq, e.Balance, sum)
		}
		if e.Cause == "" || e.Kind.Sign() > 0 && e.Kind != prepaid.TopUp && e.Kind != prepaid.Cashback && e.Kind != prepaid.AdjustedUp && e.OrderID+e.TransferID+e.PayoutID == "" && e.Reverses == 0 {
			t.Fatalf("entry %d comes from nowhere: %+v", e.Seq, e)
		}
	}
	// What is under way is exactly the payouts that have not ended; what orders hold is what they took and kept.
	for what, queries := range map[string][2]string{
		"transit": {
			`SELECT coalesce(sum(CASE 'transit' WHEN credit THEN amount WHEN debit THEN -amount ELSE 0 END), 0) FROM prepaid_ledger WHERE organization_id = ?`,
			`SELECT coalesce(sum(amount), 0) FROM prepaid_payout WHERE organization_id = ? AND state = 'requested' AND asked_at IS NOT NULL`,
		},
		"cancelled orders": {`SELECT coalesce(sum(CASE 'orders' WHEN credit THEN amount WHEN debit THEN -amount ELSE 0 END), 0) FROM prepaid_ledger
			WHERE order_id IN (SELECT id FROM prepaid_order WHERE organization_id = ? AND state = 'cancelled')`, `SELECT 0 WHERE ? <> ''`},
		"open orders": {`SELECT coalesce(sum(CASE 'orders' WHEN credit THEN amount WHEN debit THEN -amount ELSE 0 END), 0) FROM prepaid_ledger
			WHERE order_id IN (SELECT id FROM prepaid_order WHERE organization_id = ? AND closed_at IS NULL)`, `SELECT coalesce(sum(paid), 0) FROM prepaid_order WHERE organization_id = ? AND closed_at IS NULL`},
		"credits of transfers": {`SELECT coalesce(sum(amount), 0) FROM prepaid_ledger l WHERE organization_id = ? AND transfer_id IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM prepaid_ledger r WHERE r.organization_id = l.organization_id AND r.reverses = l.seq)`, `SELECT coalesce(sum(credited), 0) FROM prepaid_transfer WHERE organization_id = ?`},
	} {
		var n [2]int64
		for i, query := range queries {
			var err error
			if n[i], err = sqlite.One(d.ctx, d.db.Reader(), sqlite.Value[int64], query, access.From(d.ctx).OrganizationID); err != nil {
				t.Fatal(err)
			}
		}
		if n[0] != n[1] {
			t.Fatalf("%s: the ledger says %d, the records say %d", what, n[0], n[1])
		}
	}
	checkDays(t, d, page.Entries)
}

// checkDays adds the ledger up a second time, by the days on which its entries count.
func checkDays(t *rapid.T, d *desk, entries []prepaid.Entry) {
	o, err := d.Overview(d.ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	until := func(last day.Day) (sum int64) {
		for _, e := range entries {
			if e.ValueOn(time.UTC) <= last {
				sum += cents.Of(e.Change())
			}
		}
		return sum
	}
	for i, p := range o.History {
		last := p.On
		if i == 0 {
			last--
		}
		if got := until(last); cents.Of(p.Balance) != got && i > 0 {
			t.Fatalf("at the end of %s the balance was %s, the sum is %d", p.On, p.Balance, got)
		}
	}
	statement, err := d.Statement(d.ctx, "2026-11-05", "2026-11-24")
	if err != nil {
		t.Fatal(err)
	}
	if cents.Of(statement.Opening) != until(statement.From-1) || cents.Of(statement.Closing) != until(statement.To) {
		t.Fatalf("the statement goes from %s to %s, the sums are %d and %d", statement.Opening, statement.Closing, until(statement.From-1), until(statement.To))
	}
}

// Two windows on the same file, each with its own connections, spend the last franc: one succeeds.
func TestTwoConnectionsCannotSpendTheSameFranc(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "10.00")
	other := must[*sqlite.DB](t)(sqlite.Open(t.Context(), d.db.Path(), sqlite.Options{Now: d.clock.Now}))
	defer func() { ok(t, other.Close()) }()
	second := prepaid.NewService(other, prepaid.Options{Journal: &testkit.Journal{}, Vault: testkit.Vault{}, Reauth: testkit.Reauthenticator(password), Planner: planner{}, Tasks: manager.New(other, &testkit.Journal{}), Organizations: organization.NewDirectory(other), Clock: day.Clock{Now: other.Now}})
	var list []prepaid.Order
	for i := range 20 {
		list = append(list, d.place(t, fmt.Sprint(i), "1.00"))
	}
	var group sync.WaitGroup
	paid := make(chan string, 40)
	for _, service := range []*prepaid.Service{d.Service, second} {
		group.Go(func() {
			for _, o := range list {
				if err := service.Pay(d.ctx, o.ID, 1, prepaid.How{FromBalance: "1.00"}); err == nil {
					paid <- o.ID
				} else if r := fault.ReasonOf(err); r != "balance_short" && r != fault.ChangedMeanwhile {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if len(paid) != 10 {
		t.Errorf("%d francs were spent, 10 were there", len(paid))
	}
	if _, err := d.Verify(d.ctx); err != nil {
		t.Error(err)
	}
}

// The same with another process, which knows nothing of this one's locks.
func TestTwoProcessesCannotSpendTheSameFranc(t *testing.T) {
	if path := os.Getenv("KONTOR_TEST_SPEND"); path != "" {
		spend(t, path)
		return
	}
	d := newDesk(t)
	d.topUp(t, "10.00")
	for i := range 20 {
		d.place(t, fmt.Sprint(i), "1.00")
	}
	var group sync.WaitGroup
	spent := make([]int, 2)
	for i := range spent {
		group.Go(func() {
			run := exec.Command(os.Args[0], "-test.run=^TestTwoProcessesCannotSpendTheSameFranc$", "-test.v") //nolint:gosec // this very test
			run.Env = append(os.Environ(), "KONTOR_TEST_SPEND="+d.db.Path())
			out, err := run.CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			spent[i] = strings.Count(string(out), "spent a franc")
		})
	}
	group.Wait()
	if spent[0]+spent[1] != 10 {
		t.Errorf("the processes spent %d and %d francs, 10 were there", spent[0], spent[1])
	}
	if _, err := d.Verify(d.ctx); err != nil {
		t.Error(err)
	}
}

func spend(t *testing.T, path string) {
	db := must[*sqlite.DB](t)(sqlite.Open(t.Context(), path, sqlite.Options{Now: testkit.NewClock().Now}))
	defer func() { ok(t, db.Close()) }()
	service := prepaid.NewService(db, prepaid.Options{Journal: &testkit.Journal{}, Vault: testkit.Vault{}, Reauth: testkit.Reauthenticator(password), Planner: planner{}, Tasks: manager.New(db, &testkit.Journal{}), Organizations: organization.NewDirectory(db), Clock: day.Clock{Now: db.Now}})
	ctx := testkit.As(t, access.LegalRepresentative)
	for _, o := range must[[]prepaid.Order](t)(service.Orders(ctx, 100, "")) {
		if err := service.Pay(ctx, o.ID, 1, prepaid.How{FromBalance: "1.00"}); err == nil {
			t.Log("spent a franc")
		} else if fault.CodeOf(err) != fault.Conflict {
			t.Error(err)
		}
	}
}

// The journal tells of every posting, once.
func TestEveryPostingIsTold(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100")
	ok(t, d.paidOut(prepaid.NewPayout{Amount: "60", Target: prepaid.ToBank, IBAN: goodIBAN}))
	var told []string
	for _, e := range d.journal.Entries {
		told = append(told, fmt.Sprint(e.Action, " ", e.ObjectName, " ", e.New))
	}
	if diff := cmp.Diff([]string{"item_added card CHF 100.00", "funds_transferred #1 CHF 100.00", "item_added CH·· ···· ···· ···· ·295 7 CHF 60.00", "funds_transferred #2 CH·· ···· ···· ···· ·295 7 CHF -60.00"}, told); diff != "" {
		t.Error(diff)
	}
}
