package prepaid

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Vault keeps secrets beside the transaction that writes the rest.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
}

// Charge is a coming payment that the account will be asked for.
type Charge struct {
	On      day.Day
	Amount  money.Amount
	Product string
}

// Planner knows what the account will be asked to pay, and keeps the products that orders renew.
type Planner interface {
	Charges(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]Charge, error)
	// Renewed notes that a product was renewed with an order that is paid, and returns what to name for Unrenewed; ""
	// if there is no such product any more.
	Renewed(ctx context.Context, tx *sqlite.Tx, renewalID string, by Order, on day.Day) (renewedID string, err error)
	// Unrenewed takes that back, without touching the ledger or the order.
	Unrenewed(ctx context.Context, tx *sqlite.Tx, renewedID string) error
}

// Organizations knows what an organization is called, and where and in which currency it is invoiced.
type Organizations interface {
	Name(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
	Currency(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Currency, error)
	Country(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
}

// Options are what the service works with.
type Options struct {
	Journal       audit.Recorder
	Vault         Vault
	Reauth        access.Reauthenticator
	Planner       Planner
	Organizations Organizations
	Saved         Saved
	Prices        Prices
	Tasks         Tasks
	Clock         day.Clock
}

// Service is the prepaid account of the organization that the actor works in. Everybody who may see the accounting may
// use it, nobody else.
type Service struct {
	db *sqlite.DB
	o  Options
}

// NewService wires the service and opens nothing.
func NewService(db *sqlite.DB, o Options) *Service {
	return &Service{db, o}
}

func (s *Service) today(ctx context.Context) day.Day { return s.o.Clock.Today(ctx) }

// Horizons of the forecast.
const (
	Back      = 50 // days of history that the balance line shows
	MaxMonths = 12 // furthest end of month
)

// Overview is the balance line: where it comes from and where it goes.
type Overview struct {
	Today    day.Day
	Balance  money.Amount
	Entries  int64
	History  []Point // end of each day on which it changed, oldest first; the first is the balance before
	Forecast Forecast
	Expected []Expected
	Open     int // orders that wait for money
}

// Overview looks back 50 days and ahead to the end of the month that lies months ahead (3 when 0).
func (s *Service) Overview(ctx context.Context, months int) (Overview, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Overview{}, err
	}
	if months <= 0 {
		months = 3
	}
	o := Overview{Today: s.today(ctx)}
	until := o.Today.AddMonths(min(months, MaxMonths)).EndOfMonth()
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		last, err := s.lastEntry(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		o.Balance, o.Entries = last.Balance, last.Seq
		book, err := newValued(ctx, q, actor.OrganizationID, s.o.Clock.Location(ctx), o.Balance.Currency())
		if err != nil {
			return err
		}
		if o.History, err = book.history(ctx, o.Today-Back, o.Today); err != nil {
			return err
		}
		if o.Expected, err = expectedUntil(ctx, q, actor.OrganizationID, until); err != nil {
			return err
		}
		if o.Open, err = openOrders(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		charges, err := s.o.Planner.Charges(ctx, q, actor.OrganizationID, until)
		if err != nil {
			return err
		}
		o.Forecast, err = Ahead(o.Today, until, o.Balance, planned(o.Today, charges, o.Expected))
		return err
	})
	return o, err
}

// planned is what moves the balance. Expected money whose day is over does not count any more.
func planned(today day.Day, charges []Charge, expected []Expected) []Movement {
	list := make([]Movement, 0, len(charges)+len(expected))
	for _, c := range charges {
		list = append(list, Movement{c.On, c.Amount.Neg(), c.Product})
	}
	for _, e := range expected {
		if e.DueOn >= today {
			list = append(list, Movement{e.DueOn, e.Amount, e.what()})
		}
	}
	return list
}

// Means of a top-up that Infomaniak takes (faq/1385); PayPal, TWINT and eBill are not among them.
const (
	ByCard        = "card"
	ByPostFinance = "postfinance"
	ByTransfer    = "transfer"
)

// NewTopUp is money to be paid in. By transfer, Reference and SentOn say how the money will be known when it arrives;
// otherwise SentOn is the day on which it is expected.
type NewTopUp struct {
	Amount    string `json:"amount"`
	Means     string `json:"means"`
	Reference string `json:"reference"`
	SentOn    string `json:"sentOn"`
	Source    string `json:"source"` // the account that it is sent from; a number is sealed
}

// TopUp notes money to be paid in: it is expected, and credited once it has been received (Receive) or, by transfer, has
// arrived (Arrive). Returns the id of what is expected or of the transfer.
func (s *Service) TopUp(ctx context.Context, n NewTopUp) (string, error) {
	var id string
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		amount := input.Amount(&c, "amount", n.Amount, currency, MaxAmount)
		switch {
		case !slices.Contains([]string{ByCard, ByPostFinance, ByTransfer}, n.Means):
			c.Refuse("means", "not_a_choice")
		case n.Means == ByPostFinance && currency != money.CHF:
			c.Refuse("means", "needs_chf")
		}
		if n.Means == ByTransfer {
			t := Transfer{ID: tx.NewID(), Purpose: ForTopUp, Amount: amount}
			id = t.ID
			return s.send(ctx, tx, &c, t, n.Reference, n.SentOn, n.Source)
		}
		id = tx.NewID()
		e := Expected{ID: id, Cause: id, Amount: amount, DueOn: s.today(ctx), Means: n.Means}
		if n.SentOn != "" {
			if e.DueOn, err = day.Parse(n.SentOn); err != nil {
				c.Refuse("sentOn", "not_a_date")
			}
		}
		if err := c.Err(); err != nil {
			return err
		}
		if err := insertExpected(ctx, tx, actor.OrganizationID, e); err != nil {
			return err
		}
		if err := s.toDo(ctx, tx, manager.TopUp, id, "amount", amount.String()); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemAdded, e.ID, e.what(), "", e.Amount.String())
	})
	return id, err
}

// what names expected money: its cause, or the means of a top-up that is only noted.
func (e Expected) what() string {
	if e.Means != "" {
		return e.Means
	}
	return e.Cause
}

// book posts an entry and tells the journal.
func (s *Service) book(ctx context.Context, tx *sqlite.Tx, p posting) (Entry, error) {
	e, err := s.post(ctx, tx, p)
	if err != nil {
		return e, err
	}
	return e, s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: audit.FundsTransferred, Product: audit.Prepaid, ObjectID: strconv.FormatInt(e.Seq, 10),
		ObjectName: e.name(), New: e.Change().String(),
	})
}

// name is the entry's number and what it is for, in words of nobody's language.
func (e Entry) name() string {
	name := "#" + strconv.FormatInt(e.Seq, 10)
	if e.Kind == TopUp && (e.Cause == ByCard || e.Cause == ByPostFinance) || e.Reverses != 0 {
		return name
	}
	return name + " " + e.Cause
}

// NewExpected is money that will probably be credited.
type NewExpected struct {
	Cause  string `json:"cause"`
	Amount string `json:"amount"`
	DueOn  string `json:"dueOn"`
}

// Expect notes money that will probably come, for the forecast. Nothing is expected twice for one cause.
func (s *Service) Expect(ctx context.Context, n NewExpected) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		e := Expected{ID: tx.NewID(), Cause: input.Line(&c, "cause", n.Cause, MaxCause, true)}
		e.Amount = input.Amount(&c, "amount", n.Amount, currency, MaxAmount)
		if e.DueOn, err = day.Parse(n.DueOn); err != nil {
			c.Refuse("dueOn", "not_a_date")
		}
		if err := c.Err(); err != nil {
			return err
		}
		if err := insertExpected(ctx, tx, actor.OrganizationID, e); sqlite.IsUnique(err) {
			c.Refuse("cause", "not_unique")
			return c.Err()
		} else if err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemAdded, e.ID, e.Cause, "", e.Amount.String())
	})
}

// Receive credits money that was expected, with the amount that really came, today.
// Error: Conflict/credited_already.
func (s *Service) Receive(ctx context.Context, id, amount string) error {
	return s.ReceiveOn(ctx, id, amount, "")
}

// ReceiveOn is Receive on another day; "" is today.
func (s *Service) ReceiveOn(ctx context.Context, id, amount, on string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		e, err := expected(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		var c fault.Check
		came := input.Amount(&c, "amount", amount, e.Amount.Currency(), MaxAmount)
		day := s.valueDay(ctx, &c, "on", on)
		if err := c.Err(); err != nil {
			return err
		}
		if err := s.o.Tasks.Withdraw(ctx, tx, manager.TopUp, id); err != nil {
			return err
		}
		return s.receive(ctx, tx, e, came, day)
	})
}

func (s *Service) receive(ctx context.Context, tx *sqlite.Tx, e Expected, came money.Amount, on day.Day) error {
	p := posting{kind: Cashback, amount: came, cause: e.what(), on: on}
	if e.Means != "" {
		p.kind = TopUp
	}
	entry, err := s.book(ctx, tx, p)
	if err != nil {
		return err
	}
	return markReceived(ctx, tx, e.ID, entry.Seq)
}

// Forget drops money that is not expected any more.
func (s *Service) Forget(ctx context.Context, id string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		e, err := expected(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if err := s.o.Tasks.Withdraw(ctx, tx, manager.TopUp, id); err != nil {
			return err
		}
		if err := deleteExpected(ctx, tx, id); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemDeleted, e.ID, e.what(), e.Amount.String(), "")
	})
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, a audit.Action, id, name, old, changed string) error {
	return s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Prepaid, ObjectID: id, ObjectName: name, Old: old, New: changed,
	})
}
