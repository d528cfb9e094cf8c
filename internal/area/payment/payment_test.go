package payment_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kontor/internal/area/organization"
	"kontor/internal/area/payment"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/waiting"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

const (
	goodIBAN  = "CH93 0076 2011 6238 5295 7"
	goodMail  = "pagamenti@ponteri.example"
	goodPhone = "+41 79 123 18 06"
	password  = "a long pass phrase"
)

type prepaidAccount struct {
	balance  int64
	expected []payment.Credit
	booked   []string
}

func (p *prepaidAccount) Balance(context.Context, sqlite.Queryer, string) (money.Amount, error) {
	return cents.Amount(p.balance, money.CHF), nil
}

func (p *prepaidAccount) Expected(context.Context, sqlite.Queryer, string, day.Day) ([]payment.Credit, error) {
	return p.expected, nil
}

func (*prepaidAccount) Towards(context.Context, sqlite.Queryer, string) (map[string]money.Amount, error) {
	return nil, nil
}

// PayRenewal is refused where the balance does not hold as much.
func (p *prepaidAccount) PayRenewal(_ context.Context, _ *sqlite.Tx, _, product string, amount money.Amount, on day.Day) (int64, error) {
	if cents.Of(amount) > p.balance {
		return 0, fault.New(fault.Conflict, "balance_short")
	}
	p.balance -= cents.Of(amount)
	p.booked = append(p.booked, fmt.Sprint(product, " ", amount, " ", on))
	return int64(len(p.booked)), nil
}

func (p *prepaidAccount) TakeBackRenewal(_ context.Context, _ *sqlite.Tx, entry int64) error {
	p.booked = append(p.booked, fmt.Sprint("not ", entry))
	return nil
}

func (p *prepaidAccount) LinkOrder(_ context.Context, _ *sqlite.Tx, orderID, _, _ string) (money.Amount, string, error) {
	p.booked = append(p.booked, "linked "+orderID)
	return cents.Amount(5900, money.CHF), "2026-0412", nil
}

func (p *prepaidAccount) UnlinkOrder(_ context.Context, _ *sqlite.Tx, orderID string) error {
	p.booked = append(p.booked, "unlinked "+orderID)
	return nil
}

type desk struct {
	*payment.Service
	db             *sqlite.DB
	clock          *testkit.Clock
	journal        *testkit.Journal
	vault          testkit.Vault
	prepaidAccount *prepaidAccount
	ctx            context.Context
}

func newDesk(t testing.TB) *desk {
	d := &desk{clock: testkit.NewClock(), journal: &testkit.Journal{}, vault: testkit.Vault{}, prepaidAccount: &prepaidAccount{balance: 41265}}
	d.db = testkit.NewDB(t, d.clock)
	testkit.Seed(t, d.db)
	d.Service = payment.NewService(d.db, payment.Options{Journal: d.journal, Vault: d.vault, Reauth: testkit.Reauthenticator(password), PrepaidAccount: d.prepaidAccount, Tasks: manager.New(d.db, d.journal), Organizations: organization.NewDirectory(d.db), Clock: day.Clock{Now: d.db.Now}})
	d.ctx = testkit.As(t, access.LegalRepresentative)
	return d
}

func visa(last4, ends string) payment.New {
	return payment.New{Kind: payment.Card, Fields: payment.Fields{Brand: payment.Visa, Holder: "Elena Bernasconi", Last4: last4, Ends: ends}}
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

// removed removes a profile, there as well.
func (d *desk) removed(t *testing.T, id string) {
	t.Helper()
	tasks := manager.New(d.db, d.journal)
	tasks.OnClose(d.SettleTask, payment.TaskKinds...)
	if err := d.Remove(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	for _, task := range must[[]manager.Task](t)(tasks.List(d.ctx)) {
		if task.Kind == manager.MethodRemoved && task.Ref == id {
			if err := tasks.Settle(d.ctx, task.ID, manager.Done); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func names(o payment.Overview) (list []string) {
	for _, p := range o.Profiles {
		mark := ""
		if p.Default {
			mark = "*"
		}
		list = append(list, mark+p.Name()+p.Masked)
	}
	return list
}

func TestANewOrganizationPaysFromItsPrepaidAccount(t *testing.T) {
	d := newDesk(t)
	o := must[payment.Overview](t)(d.Overview(d.ctx))
	if diff := cmp.Diff([]string{"*prepaid"}, names(o)); diff != "" {
		t.Error(diff)
	}
}

func TestAddEachKind(t *testing.T) {
	d := newDesk(t)
	add := must[string](t)
	add(d.Add(d.ctx, visa("4417", "2026-11")))
	add(d.Add(d.ctx, payment.New{Kind: payment.Twint, Fields: payment.Fields{Mobile: goodPhone}}))
	add(d.Add(d.ctx, payment.New{Kind: payment.PostFinance, Fields: payment.Fields{Last4: "0932", Ends: "2029-08"}}))
	add(d.Add(d.ctx, payment.New{Kind: payment.PayPal, Fields: payment.Fields{Email: goodMail}}))
	add(d.Add(d.ctx, payment.New{Kind: payment.EBill, Fields: payment.Fields{Email: goodMail}}))
	id := add(d.Add(d.ctx, payment.New{Kind: payment.Bank, Default: true, Fields: payment.Fields{IBAN: goodIBAN, BIC: "POFICHBEXXX", Holder: "Studio Ponteri SA"}}))
	want := []string{
		"prepaid", "visa 4417", "twint+41 ·· ··· 18 06", "postfinance 0932",
		"paypalp···@p···.example", "ebillp···@p···.example", "*bankCH·· ···· ···· ···· ·295 7",
	}
	if diff := cmp.Diff(want, names(must[payment.Overview](t)(d.Overview(d.ctx)))); diff != "" {
		t.Error(diff)
	}

	_, err := d.Reveal(d.ctx, id, "wrong")
	if err == nil || err.Error() != "invalid password:wrong_password" {
		t.Errorf("revealed with a wrong password: %v", err)
	}
	got := must[payment.Revealed](t)(d.Reveal(d.ctx, id, password))
	if diff := cmp.Diff(payment.Revealed{Target: goodIBAN, BIC: "POFICHBEXXX"}, got); diff != "" {
		t.Error(diff)
	}
	last := d.journal.Entries[len(d.journal.Entries)-1]
	if last.Action != audit.SecretRevealed || last.ObjectID != id {
		t.Errorf("the journal does not tell of it: %+v", last)
	}
	d.removed(t, id)
	for key := range d.vault {
		if strings.Contains(key, id) {
			t.Errorf("the vault still holds %s", key)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	d := newDesk(t)
	card := func(edit func(*payment.New)) payment.New {
		n := visa("4417", "2028-01")
		edit(&n)
		return n
	}
	for want, n := range map[string]payment.New{
		"last4:looks_like_card":   card(func(n *payment.New) { n.Last4 = "4111 1111 1111 1111" }),
		"last4:not_four_digits":   card(func(n *payment.New) { n.Last4 = "441" }),
		"last4:required":          card(func(n *payment.New) { n.Last4 = "" }),
		"label:looks_like_card":   card(func(n *payment.New) { n.Label = "my 4111-1111-1111-1111" }),
		"holder:looks_like_card":  card(func(n *payment.New) { n.Holder = "4111111111111111" }),
		"holder:required":         card(func(n *payment.New) { n.Holder = " " }),
		"label:too_long":          card(func(n *payment.New) { n.Label = strings.Repeat("ü", payment.MaxLabel+1) }),
		"label:not_text":          card(func(n *payment.New) { n.Label = "a\x00b" }),
		"ends:date_in_past":       card(func(n *payment.New) { n.Ends = "2026-10" }),
		"ends:date_too_far":       card(func(n *payment.New) { n.Ends = "2046-12" }),
		"ends:not_a_date":         card(func(n *payment.New) { n.Ends = "13/2028" }),
		"brand:not_a_choice":      card(func(n *payment.New) { n.Brand = "amex" }),
		"kind:not_a_choice":       {Kind: payment.Prepaid},
		"iban:iban_check_digits":  {Kind: payment.Bank, Fields: payment.Fields{Holder: "x", IBAN: "CH94 0076 2011 6238 5295 7"}},
		"iban:looks_like_card":    {Kind: payment.Bank, Fields: payment.Fields{Holder: "x", IBAN: "4111 1111 1111 1111"}},
		"bic:not_a_bic":           {Kind: payment.Bank, Fields: payment.Fields{Holder: "x", IBAN: goodIBAN, BIC: "POFI"}},
		"email:not_an_email":      {Kind: payment.PayPal, Fields: payment.Fields{Email: "elena"}},
		"mobile:not_a_mobile":     {Kind: payment.Twint, Fields: payment.Fields{Mobile: "044 668 18 00"}},
		"mobile:looks_like_card ": {Kind: payment.Twint, Fields: payment.Fields{Mobile: "4111111111111111"}},
	} {
		_, err := d.Add(d.ctx, n)
		if err == nil || err.Error() != "invalid "+strings.TrimSpace(want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if len(d.journal.Entries) != 0 {
		t.Errorf("the journal tells of what was refused: %v", d.journal.Entries)
	}
}

func TestEurosRuleSwissMeansOut(t *testing.T) {
	d := newDesk(t)
	testkit.Exec(t, d.db, `UPDATE organization SET currency = 'EUR'`)
	for _, o := range payment.Offers(money.EUR) {
		swiss := o.Kind == payment.PostFinance || o.Kind == payment.Twint || o.Kind == payment.EBill
		if (o.Refusal == payment.NeedsCHF) != swiss {
			t.Errorf("%s: %q", o.Kind, o.Refusal)
		}
	}
	_, err := d.Add(d.ctx, payment.New{Kind: payment.Twint, Fields: payment.Fields{Mobile: goodPhone}})
	if err == nil || err.Error() != "invalid kind:needs_chf" {
		t.Errorf("TWINT in euros: %v", err)
	}
}

func TestACardIsGoodToTheEndOfItsMonth(t *testing.T) {
	m, _ := payment.ParseMonth("2028-02")
	if m.Over(day.Date(2028, 2, 29)) || !m.Over(day.Date(2028, 3, 1)) || payment.Month(0).Over(day.Date(9999, 1, 1)) {
		t.Error("a card of 2028-02 pays to 29 February 2028 and not on 1 March; one without an end always pays")
	}
}

// Whatever people do in whatever order, and whatever time does to cards: exactly one default, and it exists.
func TestExactlyOneDefault(t *testing.T) {
	d := newDesk(t)
	testkit.Exec(t, d.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Another', 'EUR', 0, 0)`)
	rapid.Check(t, func(t *rapid.T) {
		actor := access.From(d.ctx)
		actor.OrganizationID = rapid.SampledFrom([]string{"org-1", "org-2"}).Draw(t, "organization")
		ctx := access.With(d.ctx, actor)
		pick := func(label string) string {
			o, err := d.Overview(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return rapid.SampledFrom(o.Profiles).Draw(t, label).ID
		}
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				n := visa("4417", payment.Month(202600+rapid.IntRange(11, 12).Draw(t, "month")).String())
				n.Default = rapid.Bool().Draw(t, "default")
				_, _ = d.Add(ctx, n)
			},
			"remove": func(t *rapid.T) { _ = d.Remove(ctx, pick("profile"), "") },
			"it was done": func(t *rapid.T) {
				tasks := manager.New(d.db, d.journal)
				tasks.OnClose(d.SettleTask, payment.TaskKinds...)
				list, err := tasks.List(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if len(list) > 0 {
					outcome := rapid.SampledFrom([]manager.Outcome{manager.Done, manager.Dropped, manager.Open}).Draw(t, "outcome")
					_ = tasks.Settle(ctx, rapid.SampledFrom(list).Draw(t, "task").ID, outcome)
				}
			},
			"remove, named":  func(t *rapid.T) { _ = d.Remove(ctx, pick("profile"), pick("successor")) },
			"choose":         func(t *rapid.T) { _ = d.SetDefault(ctx, pick("profile")) },
			"choose nothing": func(*rapid.T) { _ = d.SetDefault(ctx, "no such") },
			"choose another's": func(t *rapid.T) {
				_ = d.SetDefault(ctx, map[string]string{"org-1": "prepaid-org-2", "org-2": "prepaid-org-1"}[actor.OrganizationID])
			},
			"time passes": func(t *rapid.T) {
				if d.clock.Now().Year() < 2027 {
					d.clock.Advance(time.Duration(rapid.IntRange(1, 30).Draw(t, "days")) * 24 * time.Hour)
				}
			},
			"time returns": func(*rapid.T) { d.clock.Advance(testkit.NewClock().Now().Sub(d.clock.Now())) },
			"": func(t *rapid.T) {
				n, err := sqlite.All(ctx, d.db.Reader(), sqlite.Value[int], `SELECT (SELECT count(*) FROM payment_profile p
					JOIN payment_default d ON d.organization_id = p.organization_id AND d.profile_id = p.id WHERE p.organization_id = o.id) FROM organization o`)
				if diff := cmp.Diff([]int{1, 1}, n); diff != "" || err != nil {
					t.Fatalf("defaults of the two organizations (%v): %s", err, diff)
				}
			},
		})
	})
}

// The database refuses what the service would never do.
func TestTheDatabaseKeepsTheDefault(t *testing.T) {
	d := newDesk(t)
	id := must[string](t)(d.Add(d.ctx, visa("4417", "2028-01")))
	testkit.Exec(t, d.db, `UPDATE payment_default SET profile_id = '`+id+`'`)
	for _, statement := range []string{
		`DELETE FROM payment_default`,
		`DELETE FROM payment_profile`,
		`DELETE FROM payment_profile WHERE kind = 'prepaid'`,
		`UPDATE payment_default SET profile_id = 'no such'`,
		`UPDATE payment_default SET organization_id = 'org-2'`,
		`INSERT INTO payment_default VALUES ('org-1', 'prepaid-org-1')`,
		`UPDATE payment_profile SET kind = 'prepaid' WHERE kind = 'card'`,
		`INSERT INTO payment_profile (id, organization_id, kind, created_at, updated_at) VALUES ('second', 'org-1', 'prepaid', 0, 0)`,
		`UPDATE payment_profile SET last4 = '4111111111111111' WHERE kind = 'card'`,
		`UPDATE payment_profile SET last4 = '' WHERE kind = 'card'`,
	} {
		err := d.db.Write(d.ctx, func(tx *sqlite.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if err == nil {
			t.Errorf("%s went through", statement)
		}
	}
	testkit.Exec(t, d.db, `DELETE FROM organization WHERE id = 'org-1'`) // and with the organization everything goes
	n := must[int](t)(sqlite.One(d.ctx, d.db.Reader(), sqlite.Value[int], `SELECT count(*) FROM payment_profile`))
	if n != 0 {
		t.Errorf("%d profiles outlive their organization", n)
	}
}

func TestAnExpiredDefaultAsksForItsSuccessor(t *testing.T) {
	d := newDesk(t)
	n := visa("4417", "2026-11")
	n.Default = true
	id := must[string](t)(d.Add(d.ctx, n))
	other := must[string](t)(d.Add(d.ctx, visa("1881", "2026-11")))
	if must[payment.Overview](t)(d.Overview(d.ctx)).DefaultOver {
		t.Error("the card is good until the end of November")
	}
	d.clock.Advance(11 * 24 * time.Hour)
	if !must[payment.Overview](t)(d.Overview(d.ctx)).DefaultOver {
		t.Error("on 1 December the default has ended and nobody says so")
	}
	if err := d.SetDefault(d.ctx, other); fault.ReasonOf(err) != "profile_over" {
		t.Errorf("an ended card becomes the default: %v", err)
	}
	if err := d.Remove(d.ctx, id, other); fault.ReasonOf(err) != "profile_over" {
		t.Errorf("an ended card becomes the successor: %v", err)
	}
	d.removed(t, id)
	if got := names(must[payment.Overview](t)(d.Overview(d.ctx)))[0]; got != "*prepaid" {
		t.Errorf("the default is now %s", got)
	}
}

// Home is told which product ends next and what is noted to pay it, whether it is covered or not.
func TestWhatEndsNext(t *testing.T) {
	d := newDesk(t)
	if lines := must[[]waiting.Line](t)(d.Next(d.ctx)); len(lines) != 0 {
		t.Errorf("of nothing: %+v", lines)
	}
	for product, on := range map[string]string{"later": "2028-01-01", "next": "2027-11-30"} {
		must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: product, ExpiresOn: on, Amount: "1", Months: "12"}))
	}
	lines := must[[]waiting.Line](t)(d.Next(d.ctx))
	if len(lines) != 1 || lines[0].Params["product"] != "next" || lines[0].At.Format(time.DateOnly) != "2027-11-30" {
		t.Errorf("%+v", lines)
	}
}

func TestMoneyCanBeSentToABankAccountOrPayPalOnly(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		payment.New
		want string
	}{
		{payment.New{Kind: payment.Bank, Fields: payment.Fields{Holder: "E", IBAN: goodIBAN}}, "bank " + goodIBAN},
		{payment.New{Kind: payment.PayPal, Fields: payment.Fields{Email: goodMail}}, "paypal " + goodMail},
		{payment.New{Kind: payment.EBill, Fields: payment.Fields{Email: goodMail}}, ""},
		{payment.New{Kind: payment.Twint, Fields: payment.Fields{Mobile: goodPhone}}, ""},
		{visa("4417", "2028-01"), ""},
	} {
		kind, target, err := d.Payee(d.ctx, must[string](t)(d.Add(d.ctx, c.New)))
		if c.want == "" && fault.CodeOf(err) != fault.NotFound || c.want != "" && string(kind)+" "+target != c.want {
			t.Errorf("%s: %s %s, %v", c.Kind, kind, target, err)
		}
	}
}

func TestARemovedProfileLeavesItsProductsToTheDefault(t *testing.T) {
	d := newDesk(t)
	id := must[string](t)(d.Add(d.ctx, visa("4417", "2028-01")))
	must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{
		Product: "corte-solari.ch", ExpiresOn: "2027-01-15", Amount: "22.40", Months: "12", Automatic: true, ProfileID: id,
	}))
	d.removed(t, id)
	if r := must[[]payment.Renewal](t)(d.Renewals(d.ctx)); r[0].ProfileID != "" {
		t.Errorf("still paid by %q", r[0].ProfileID)
	}
}

func TestTwoPeopleAtOnce(t *testing.T) {
	d := newDesk(t)
	id := must[string](t)(d.Add(d.ctx, visa("4417", "2028-01")))
	u := payment.Update{Version: 1, Fields: visa("4417", "2029-01").Fields}
	if err := d.Update(d.ctx, id, u); err != nil {
		t.Fatal(err)
	}
	if err := d.Update(d.ctx, id, u); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("the second change overwrites the first: %v", err)
	}
}
