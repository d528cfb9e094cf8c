package prepaid

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// NewOrder is an order or invoice to be paid.
type NewOrder struct {
	Kind   OrderKind
	Number string
	Title  string
	Total  string
	Renews string // the product that it renews; "" for none
}

func (n NewOrder) check(currency money.Currency) (Order, error) {
	var c fault.Check
	o := Order{Kind: n.Kind, State: AwaitingPayment, Paid: money.Zero(currency), Renews: n.Renews, Version: 1}
	if n.Kind != AnOrder && n.Kind != AnInvoice {
		c.Refuse("kind", "not_a_choice")
	}
	o.Number = input.Line(&c, "number", n.Number, MaxNumber, true)
	o.Title = input.Line(&c, "title", n.Title, MaxTitle, true)
	o.Total = input.Amount(&c, "total", n.Total, currency, MaxAmount)
	return o, c.Err()
}

// Rest says how what the balance does not pay is paid.
type Rest string

// The ways to pay the rest.
const (
	Later       Rest = ""         // it stays open
	Elsewhere   Rest = "other"    // paid at once by another means, outside the prepaid account
	TransferOut Rest = "transfer" // a bank transfer that has been sent
)

// How says how an order is paid.
type How struct {
	FromBalance string // "" or "0" takes nothing
	On          string // the day on which it was paid; "" is today
	Rest        Rest
	SentOn      string // of the transfer
	Source      string // mask of the account that it is sent from
}

// Orders lists what waits for money and, newest first, what is closed; limit counts the closed ones, and one of them
// may be named that is listed besides.
func (s *Service) Orders(ctx context.Context, limit int, besides string) ([]Order, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return listOrders(ctx, s.db.Reader(), actor.OrganizationID, min(max(limit, 1), MaxPage), besides)
}

// Open counts an organization's orders that wait for money. It asks for no permission: whoever calls it has.
func (s *Service) Open(ctx context.Context, organizationID string) (int, error) {
	return openOrders(ctx, s.db.Reader(), organizationID)
}

// PaidFor lists what the account paid for the order of that number and for orders whose title holds that word, oldest
// first. What was returned with a cancelled order does not count.
func (s *Service) PaidFor(ctx context.Context, number, word string) ([]Entry, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return paymentsFor(ctx, s.db.Reader(), actor.OrganizationID, number, word)
}

// Place keeps an order or invoice that is to be paid. Returns its id.
func (s *Service) Place(ctx context.Context, n NewOrder) (string, error) {
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return "", err
	}
	var o Order
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		var err error
		o, err = s.place(ctx, tx, n, "")
		return err
	})
	return o.ID, err
}

func (s *Service) place(ctx context.Context, tx *sqlite.Tx, n NewOrder, againOf string) (Order, error) {
	organizationID := access.From(ctx).OrganizationID
	currency, err := s.o.Organizations.Currency(ctx, tx, organizationID)
	if err != nil {
		return Order{}, err
	}
	o, err := n.check(currency)
	if err != nil {
		return Order{}, err
	}
	o.ID, o.AgainOf, o.PlacedAt = tx.NewID(), againOf, tx.Now
	if err := insertOrder(ctx, tx, organizationID, o); sqlite.IsUnique(err) {
		var c fault.Check
		c.Refuse("number", "not_unique")
		return Order{}, c.Err()
	} else if err != nil {
		return Order{}, err
	}
	return o, s.record(ctx, tx, audit.OrderHandled, o.ID, o.Number, "", o.Total.String())
}

// orderAt is an order as the person saw it. Error: Conflict/fault.ChangedMeanwhile.
func orderAt(ctx context.Context, tx *sqlite.Tx, organizationID, id string, version int) (Order, error) {
	o, err := order(ctx, tx, organizationID, id)
	if err == nil {
		err = fault.SameVersion(o.Version, version)
	}
	return o, err
}

// Pay pays an order from the balance, wholly or in part, and says what becomes of the rest.
// Errors: Conflict/order_closed, Conflict/fault.ChangedMeanwhile, Conflict/balance_short.
func (s *Service) Pay(ctx context.Context, id string, version int, h How) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		o, err := orderAt(ctx, tx, actor.OrganizationID, id, version)
		if err != nil {
			return err
		}
		if err := s.pay(ctx, tx, o, h); err != nil {
			return err
		}
		return s.notePayment(ctx, tx, manager.PayOrder, o.ID, h)
	})
}

func (s *Service) pay(ctx context.Context, tx *sqlite.Tx, o Order, h How) error {
	if o.State != AwaitingPayment {
		return fault.New(fault.Conflict, "order_closed")
	}
	var c fault.Check
	var take money.Amount
	if h.FromBalance != "" && h.FromBalance != "0" {
		take = input.Amount(&c, "fromBalance", h.FromBalance, o.Total.Currency(), o.Open().Decimal())
	}
	if h.Rest != Later && h.Rest != Elsewhere && h.Rest != TransferOut {
		c.Refuse("rest", "not_a_choice")
	}
	if h.Rest == Later && take.Sign() == 0 {
		c.Refuse("fromBalance", "required")
	}
	on := s.valueDay(ctx, &c, "on", h.On)
	if err := c.Err(); err != nil {
		return err
	}
	before := o.State
	if take.Sign() > 0 {
		_, err := s.book(ctx, tx, posting{kind: Payment, amount: take, cause: o.Number, orderID: o.ID, on: on})
		if err != nil {
			return err
		}
		if o.Paid, err = o.Paid.Add(take); err != nil {
			return err
		}
	}
	if o.Open().Sign() > 0 {
		switch h.Rest {
		case Elsewhere:
			o.Paid = o.Total
		case TransferOut:
			t := Transfer{ID: tx.NewID(), Purpose: ForOrder, OrderID: o.ID, Amount: o.Open()}
			if err := s.send(ctx, tx, &c, t, o.Number, h.SentOn, h.Source); err != nil {
				return err
			}
			o.State = AwaitingTransfer
		}
	}
	if o.Open().Sign() == 0 {
		if err := s.paid(ctx, tx, &o, on); err != nil {
			return err
		}
	}
	if err := updateOrder(ctx, tx, o); err != nil {
		return err
	}
	return s.record(ctx, tx, audit.OrderHandled, o.ID, o.Number, string(before), string(o.State))
}

// paid closes an order that is paid whole. If it renews a product, that is renewed with it.
func (s *Service) paid(ctx context.Context, tx *sqlite.Tx, o *Order, on day.Day) (err error) {
	o.State, o.Paid, o.ClosedAt = Paid, o.Total, tx.Now
	if o.Renews != "" && o.Renewed == "" {
		o.Renewed, err = s.o.Planner.Renewed(ctx, tx, o.Renews, *o, on)
	}
	return err
}

// Cancel cancels an order that is not paid. What it took from the balance returns to it; a transfer that is under way is
// credited when it arrives. Errors: Conflict/order_closed, Conflict/fault.ChangedMeanwhile.
func (s *Service) Cancel(ctx context.Context, id string, version int) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		o, err := orderAt(ctx, tx, actor.OrganizationID, id, version)
		if err != nil {
			return err
		}
		if o.State == Paid || o.State == Cancelled {
			return fault.New(fault.Conflict, "order_closed")
		}
		if o.Paid.Sign() > 0 { // of an order that is not paid whole, everything so far came from the balance
			if _, err := s.book(ctx, tx, posting{kind: Returned, amount: o.Paid, cause: o.Number, orderID: o.ID}); err != nil {
				return err
			}
		}
		for _, kind := range []manager.Kind{manager.PayOrder, manager.OrderAgain} {
			if err := s.o.Tasks.Withdraw(ctx, tx, kind, o.ID); err != nil {
				return err
			}
		}
		if err := s.toDo(ctx, tx, manager.CancelOrder, o.ID, "reference", o.Number); err != nil {
			return err
		}
		before := o.State
		o.Paid, o.State, o.ClosedAt = money.Zero(o.Total.Currency()), Cancelled, tx.Now
		if err := updateOrder(ctx, tx, o); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.OrderHandled, o.ID, o.Number, string(before), string(o.State))
	})
}

// Again repeats the order that a transfer was meant for, at today's price, and pays it in the same step. Returns the new
// order's id.
func (s *Service) Again(ctx context.Context, transferID string, n NewOrder, h How) (string, error) {
	var o Order
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		t, err := s.transfer(ctx, tx, actor.OrganizationID, transferID)
		if err != nil {
			return err
		}
		if t.Outcome != CreditedCancelled {
			return fault.New(fault.Conflict, "nothing_to_repeat")
		}
		if o, err = s.place(ctx, tx, n, t.OrderID); err != nil {
			return err
		}
		if err := s.pay(ctx, tx, o, h); err != nil {
			return err
		}
		if err := s.notePayment(ctx, tx, manager.OrderAgain, o.ID, h); err != nil {
			return err
		}
		return settle(ctx, tx, t.ID)
	})
	return o.ID, err
}
