package sample

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/manager"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// The figures that the story ends with: what the prepaid account holds, what one month of hosting costs it.
const (
	holds             = "412.65"
	hosting           = "208.32"
	hostingAndDomains = "225.36" // with two .ch for a year
	overcharged       = "211.92" // a little more than was expected
	suite             = "208.00"

	ordered = 63 // days ago: a week after the quote, see offers
)

// payments tells of the studio's money: a card that ends before what it shall pay, a prepaid account that paid a year of
// hosting, and a transfer whose order was cancelled while it was on its way.
func payments(ctx context.Context, s *story) error {
	account := prepaid.NewService(s.db, prepaid.Options{Journal: s.journal, Vault: unsealed{}, Reauth: trusting{}, Planner: idle{}, Tasks: done{}, Organizations: s.organizations, Clock: s.calendar()})
	t := &paymentStory{s: s, account: account, payments: payment.NewService(s.db, payment.Options{
		Journal: s.journal, Vault: unsealed{}, Reauth: trusting{}, PrepaidAccount: balance{account}, Tasks: done{}, Organizations: s.organizations, Clock: s.calendar(),
	})}
	t.clients = client.NewService(client.Options{DB: s.db, Journal: s.journal, Prices: listed{partner.NewService(partner.Options{DB: s.db, Journal: s.journal, Organizations: s.organizations, Drafts: settings.NewStore(s.db), Clock: s.calendar()})}, Account: account, Clock: s.calendar()})
	t.ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	t.today = s.on(s.today)
	if err := t.profiles(); err != nil {
		return err
	}
	t.plan()
	slices.SortStableFunc(t.acts, func(a, b act) int { return cmp.Compare(a.on, b.on) })
	for _, a := range t.acts {
		s.clock = a.on.Time().Add(9*time.Hour + time.Duration(s.random.IntN(300))*time.Minute)
		if err := a.do(); err != nil {
			return err
		}
	}
	return nil
}

// paymentStory is the money of the sample: acts on days, done in their order.
type paymentStory struct {
	s        *story
	ctx      context.Context //nolint:containedctx // it lives as long as the sample is built
	account  *prepaid.Service
	payments *payment.Service
	clients  *client.Service
	today    day.Day
	acts     []act
}

type act struct {
	on day.Day
	do func() error
}

func (t *paymentStory) on(d day.Day, do func() error) { t.acts = append(t.acts, act{d, do}) }

// profiles adds the means and what they pay.
func (t *paymentStory) profiles() error {
	thisMonth := t.today.String()[:7]
	visa, err := t.payments.Add(t.ctx, payment.New{Kind: payment.Card, Fields: payment.Fields{
		Brand: payment.Visa, Holder: "Elena Bernasconi", Last4: "4417", Ends: thisMonth,
	}})
	if err != nil {
		return err
	}
	t.s.clock = t.s.clock.Add(time.Minute)
	twint, err := t.payments.Add(t.ctx, payment.New{Kind: payment.Twint, Fields: payment.Fields{Mobile: "+41 79 555 18 06"}})
	if err != nil {
		return err
	}
	t.s.clock = t.s.clock.Add(time.Minute)
	_, err = t.payments.Add(t.ctx, payment.New{Kind: payment.PostFinance, Fields: payment.Fields{
		Last4: "0932", Ends: t.today.AddMonths(33).String()[:7],
	}})
	if err != nil {
		return err
	}
	afterTheCard := max(t.today+18, t.today.EndOfMonth()+8) + payment.AutoRenewLeadDays
	list := []payment.RenewalFields{
		{Product: t.s.names.hosting, ExpiresOn: t.renewed(len(t.hosted())).String(), Amount: hosting, Months: "1", Automatic: true},
		{Product: t.s.names.mail, ExpiresOn: afterTheCard.String(), Amount: "216.00", Months: "12", Automatic: true, ProfileID: visa},
		{Product: "isole-verbano.ch", ExpiresOn: afterTheCard.String(), Amount: "10.65", Months: "12", Automatic: true, ProfileID: visa},
		{Product: "Swiss Backup, 1 TB", ExpiresOn: (t.today + 69).String(), Amount: "118.80", Months: "12", Automatic: true, ProfileID: twint},
	}
	// None of them is being transferred: the end of such a domain stands with its transfer alone.
	for i, site := range []string{
		"atelier-ponteri.ch", "ponteri-studio.ch", "lido-ascona.ch", "grotto-belvedere.ch", "ponteri.example",
		"casa-lumino.ch", "teatro-verbano.ch", "osteria-brissago.ch", "museo-losone.ch", "atelier-solario.ch",
	} {
		list = append(list, payment.RenewalFields{
			Product: site, ExpiresOn: (t.today + 150 + day.Day(17*i)).String(), Amount: "10.65", Months: "12", Automatic: i%4 != 3,
		})
	}
	for _, f := range list {
		if _, err := t.payments.AddRenewal(t.ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// plan puts a year of payments into the order of their days.
func (t *paymentStory) plan() {
	for m := 11; m >= -3; m-- {
		first := t.today.AddMonths(-m).EndOfMonth()
		first = first.AddMonths(-1).EndOfMonth() + 1
		if first < t.renewed(0) {
			t.on(first, func() error { return t.pay("K-"+first.String()[:7], t.s.names.suite, suite) })
		}
		t.cashback(first + 14)
	}
	periods := t.hosted()
	for n, from := range periods {
		amount := hosting
		switch n {
		case len(periods) - 1:
			amount = overcharged
		case 0:
			amount = hostingAndDomains
		}
		t.on(min(from+1, t.today-1), func() error { return t.pay("R-"+from.String()[:7], t.s.names.hosting, amount) })
	}
	t.on(t.today-10, func() error { return t.pay("20655", t.s.names.fee, "14.90") }) // the restart costs nothing
	t.on(t.today-140, func() error { return t.ordered("Fiduciaria Rezzoni", "20317", "partner", 12, 8) })
	t.on(t.today-108, func() error { return t.came("Fiduciaria Rezzoni", "20317") })
	t.on(t.today-80, func() error { return t.ordered("Libreria Bottini", "20442", "partner", 12, 3) })
	t.on(t.today-43, func() error { return t.ordered("Clinica Dr. Vannetti", "20529", "client", 12, 1) }) // it has not come yet
	t.on(t.today-12, func() error { return t.ordered("Clinica Dr. Vannetti", "20598", "client", 12, 1) })
	t.on(t.today-200, func() error { return t.paidOut("35.00") })
	t.on(t.today-120, func() error { return t.transferred("RF18 5390 0754 7034", "150.00") })
	t.cancelled()
	t.on(t.today-1, func() error {
		now, err := t.account.Balance(t.ctx, t.s.db.Reader(), t.s.orgs[0].ID)
		if err != nil {
			return err
		}
		missing, err := money.Must(money.ParseAmount(holds, money.CHF)).Sub(now)
		if err != nil {
			return err
		}
		return t.topUp(missing.Decimal())
	})
	t.on(t.today-1, func() error {
		_, err := t.account.Place(t.ctx, prepaid.NewOrder{Kind: prepaid.AnInvoice, Number: "2026-0412", Title: t.s.names.more, Total: "59.00"})
		return err
	})
}

func (t *paymentStory) topUp(amount string) error {
	id, err := t.account.TopUp(t.ctx, prepaid.NewTopUp{Amount: amount, Means: prepaid.ByCard})
	if err != nil {
		return err
	}
	return t.account.Receive(t.ctx, id, amount)
}

// enough tops up where an amount could not be paid.
func (t *paymentStory) enough(amount string) error {
	need, err := money.ParseAmount(amount, money.CHF)
	if err != nil {
		return err
	}
	now, err := t.account.Balance(t.ctx, t.s.db.Reader(), t.s.orgs[0].ID)
	if err != nil {
		return err
	}
	if order, err := now.Cmp(need); err != nil || order >= 0 {
		return err
	}
	return t.topUp("200.00")
}

func (t *paymentStory) pay(number, title, amount string) error {
	for range 2 { // two top-ups are enough for anything in this story
		if err := t.enough(amount); err != nil {
			return err
		}
	}
	id, err := t.account.Place(t.ctx, prepaid.NewOrder{Kind: prepaid.AnInvoice, Number: number, Title: title, Total: amount})
	if err != nil {
		return err
	}
	return t.account.Pay(t.ctx, id, 1, prepaid.How{FromBalance: amount})
}

// renewed is the day on which the n-th period of the hotel's hosting begins, since the studio orders it.
func (t *paymentStory) renewed(n int) day.Day { return (t.today - ordered).AddMonths(n) }

// hosted are the days on which its periods began until yesterday.
func (t *paymentStory) hosted() (list []day.Day) {
	for t.renewed(len(list)) < t.today {
		list = append(list, t.renewed(len(list)))
	}
	return list
}

// hotel is the client that renews its hostings every month; it orders itself, so the studio gets cashback.
const hotel = "Hotel Tre Larici"

// cashback is expected a month after the hotel's renewal; what is due by yesterday has been credited.
func (t *paymentStory) cashback(due day.Day) {
	ordered := due - 30
	number := "H-" + ordered.String()[:7]
	if due < t.today-265 || ordered >= t.today-day.Day(offers[0].ago) { // the hotel was no client yet, or had the studio's quote
		return
	}
	t.on(ordered, func() error { return t.ordered(hotel, number, "client", 1, 35) })
	if due >= t.today-1 {
		return
	}
	t.on(due, func() error { return t.came(hotel, number) })
}

// came credits the cashback of an order.
func (t *paymentStory) came(name, number string) error {
	room, err := t.clients.Open(t.ctx, t.s.ids[name])
	if err != nil {
		return err
	}
	for _, o := range room.Orders {
		if o.Number == number {
			return t.clients.Receive(t.ctx, room.ID, o.ID, o.Gain.Decimal())
		}
	}
	return nil
}

// ordered records that hostings were ordered for a client, or by it.
func (t *paymentStory) ordered(name, number, by string, months, quantity int) error {
	return t.clients.RecordOrder(t.ctx, t.s.ids[name], client.NewOrder{
		Number: number, On: t.s.on(t.s.clock).String(), Book: "shipped-chf", Line: "shipped-chf-web", Quantity: strconv.Itoa(quantity),
		Months: months, Operation: "renewal", Orders: by, VAT: "excluded",
	})
}

// listed shows the price lists to the clients.
type listed struct{ partner *partner.Service }

func (l listed) Prices(ctx context.Context, on day.Day) (client.Prices, error) {
	found, err := l.partner.Prices(ctx, on)
	return client.Prices(found), err
}

func (t *paymentStory) paidOut(amount string) error {
	if err := t.enough(amount); err != nil {
		return err
	}
	id, err := t.account.NotePayout(t.ctx, prepaid.NewPayout{Amount: amount, Target: prepaid.ToPayPal, Email: "contabilita@ponteri.example"})
	if err != nil {
		return err
	}
	if err := t.account.PayoutRequested(t.ctx, id, ""); err != nil {
		return err
	}
	t.s.clock = t.s.clock.Add(50 * time.Hour)
	return t.account.PayoutArrived(t.ctx, id, "")
}

func (t *paymentStory) transferred(reference, amount string) error {
	_, err := t.account.TopUp(t.ctx, prepaid.NewTopUp{
		Amount: amount, Means: prepaid.ByTransfer, Reference: reference, SentOn: t.s.on(t.s.clock).String(), Source: "CH·· 714",
	})
	if err != nil {
		return err
	}
	t.s.clock = t.s.clock.Add(26 * time.Hour)
	_, err = t.account.ArriveUnknown(t.ctx, prepaid.NewArrival{Reference: reference, Amount: amount, Currency: "CHF"})
	return err
}

// cancelled is the story of the guides: an order is cancelled while its transfer is on its way.
func (t *paymentStory) cancelled() {
	var id string
	t.on(t.today-18, func() (err error) {
		id, err = t.account.Place(t.ctx, prepaid.NewOrder{Kind: prepaid.AnOrder, Number: "20614", Title: t.s.names.mails, Total: "138.00"})
		if err != nil {
			return err
		}
		return t.account.Pay(t.ctx, id, 1, prepaid.How{Rest: prepaid.TransferOut, SentOn: (t.today - 18).String(), Source: "CH·· 714"})
	})
	t.on(t.today-16, func() error { return t.account.Cancel(t.ctx, id, 2) })
	t.on(t.today-14, func() error {
		_, err := t.account.ArriveUnknown(t.ctx, prepaid.NewArrival{Reference: "20614", Amount: "138.00", Currency: "CHF"})
		return err
	})
}

// unsealed forgets secrets: the sample is built before there is a vault, and Elena has no password to see them with.
type unsealed struct{}

func (unsealed) Put(context.Context, *sqlite.Tx, string, string, string, []byte) error { return nil }

func (unsealed) Get(context.Context, string, string, string) ([]byte, error) { return nil, nil }

func (unsealed) Delete(context.Context, *sqlite.Tx, string, string, string) error { return nil }

// trusting takes the story's word for it.
type trusting struct{}

func (trusting) Reauthenticate(context.Context, string) error { return nil }

// idle plans nothing: the story looks back.
type idle struct{}

func (idle) Charges(context.Context, sqlite.Queryer, string, day.Day) ([]prepaid.Charge, error) {
	return nil, nil
}

func (idle) Renewed(context.Context, *sqlite.Tx, string, prepaid.Order, day.Day) (string, error) {
	return "", nil
}

func (idle) Unrenewed(context.Context, *sqlite.Tx, string) error { return nil }

// done notes nothing to do in the Manager: what the story tells of was done there at the time.
type done struct{}

func (done) Note(context.Context, *sqlite.Tx, manager.Task) (string, error) { return "", nil }

func (done) Find(context.Context, *sqlite.Tx, manager.Kind, string) (manager.Task, error) {
	return manager.Task{}, fault.New(fault.NotFound, "")
}

func (done) Withdraw(context.Context, *sqlite.Tx, manager.Kind, string) error { return nil }

// balance shows the account to the payments; what is expected does not matter while they are told.
type balance struct{ *prepaid.Service }

func (balance) Expected(context.Context, sqlite.Queryer, string, day.Day) ([]payment.Credit, error) {
	return nil, nil
}
