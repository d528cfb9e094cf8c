package prepaid

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Shown is the balance that the Manager shows at the end of a day.
type Shown struct {
	Amount string `json:"amount"` // zero or more
	On     string `json:"on"`
}

// SetBalance books the difference between what the Manager shows as of a day and what the ledger says of it, as an entry
// of its own. Errors: Conflict/balance_same where there is none, Conflict/balance_short where later payments would not be
// covered by it.
func (s *Service) SetBalance(ctx context.Context, n Shown) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		shown := money.Zero(currency)
		if a, err := money.ParseAmount(n.Amount, currency); err != nil || a.Sign() != 0 { // an empty account is one, too
			shown = input.Amount(&c, "amount", n.Amount, currency, MaxAmount)
		}
		on := s.valueDay(ctx, &c, "on", n.On)
		if err := c.Err(); err != nil {
			return err
		}
		book, err := newValued(ctx, tx, actor.OrganizationID, s.o.Clock.Location(ctx), currency)
		if err != nil {
			return err
		}
		known, err := book.on(ctx, on)
		if err != nil {
			return err
		}
		difference, err := shown.Sub(known)
		if err != nil {
			return err
		}
		p := posting{kind: AdjustedUp, amount: difference, cause: shown.String(), on: on}
		switch difference.Sign() {
		case 0:
			return fault.New(fault.Conflict, "balance_same")
		case -1:
			p.kind, p.amount = AdjustedDown, difference.Neg()
		}
		_, err = s.book(ctx, tx, p)
		return err
	})
}

// Reverse takes an entry back with an entry of its own that names it; the first stays as it is. Whatever hung on it
// follows: expected money is expected again, an order is open again, a renewal has not been paid. The steps of a payout
// and what a cancelled order returned are not reversed: they have acts of their own.
// Errors: Conflict/reversed_already, Conflict/not_reversible, Conflict/balance_short.
func (s *Service) Reverse(ctx context.Context, seq int64) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		e, err := entry(ctx, tx, actor.OrganizationID, seq)
		if err != nil {
			return err
		}
		if err := s.takeBack(ctx, tx, e); err != nil {
			return err
		}
		if e.Kind == RenewalPaid {
			return s.o.Planner.Unrenewed(ctx, tx, e.RenewedID)
		}
		return nil
	})
}

// Reversible tells whether an entry of this kind can be taken back.
func (k Kind) Reversible() bool {
	switch k {
	case TopUp, Cashback, Unmatched, CancelledOrder, Payment, RenewalPaid, AdjustedUp, AdjustedDown:
		return true
	}
	return false
}

func (s *Service) takeBack(ctx context.Context, tx *sqlite.Tx, e Entry) error {
	switch {
	case e.TakenBack != 0:
		return fault.New(fault.Conflict, "reversed_already")
	case !e.Kind.Reversible():
		return fault.New(fault.Conflict, "not_reversible")
	}
	return s.mirror(ctx, tx, e)
}

// mirror books the reverse of an entry and lets follow what hung on it.
func (s *Service) mirror(ctx context.Context, tx *sqlite.Tx, e Entry) error {
	organizationID := access.From(ctx).OrganizationID
	p := posting{kind: ReversedIn, amount: e.Amount, cause: strconv.FormatInt(e.Seq, 10), takesBack: e}
	p.on = e.ValueOn(s.o.Clock.Location(ctx)) // as if it had never been
	if e.Kind.Sign() > 0 {
		p.kind = ReversedOut
	}
	switch {
	case e.Kind == Payment:
		if err := s.reopen(ctx, tx, organizationID, e); err != nil {
			return err
		}
		p.orderID = e.OrderID
	case e.Kind == PayoutRequested:
		p.payoutID = e.PayoutID
	case e.TransferID != "":
		t, err := s.transfer(ctx, tx, organizationID, e.TransferID)
		if err != nil {
			return err
		}
		t.Credited, t.Settled = money.Zero(e.Amount.Currency()), true
		if err := updateTransfer(ctx, tx, t); err != nil {
			return err
		}
	}
	if err := expectAgain(ctx, tx, organizationID, e.Seq); err != nil {
		return err
	}
	_, err := s.book(ctx, tx, p)
	return err
}

// reopen lets an order wait for what a payment had given it. Error: Conflict/order_closed if it was cancelled, which
// returned the money already.
func (s *Service) reopen(ctx context.Context, tx *sqlite.Tx, organizationID string, e Entry) error {
	o, err := order(ctx, tx, organizationID, e.OrderID)
	if err != nil {
		return err
	}
	if o.State == Cancelled {
		return fault.New(fault.Conflict, "order_closed")
	}
	// What other means had paid is not known apart, and never the balance's to return: the whole rest is open again.
	kept, err := fromBalance(ctx, tx, o)
	if err != nil {
		return err
	}
	if o.Paid, err = kept.Sub(e.Amount); err != nil {
		return err
	}
	if err := s.o.Tasks.Withdraw(ctx, tx, manager.PayOrder, o.ID); err != nil {
		return err
	}
	if o.State == Paid {
		o.State, o.ClosedAt = AwaitingPayment, time.Time{}
	}
	if o.Renewed != "" {
		if err := s.o.Planner.Unrenewed(ctx, tx, o.Renewed); err != nil {
			return err
		}
		o.Renewed = ""
	}
	return updateOrder(ctx, tx, o)
}

// What follows serves the payments, in their transaction. It asks for no permission: whoever calls it has.

// PayRenewal books what a renewal took from the balance and returns the number of the entry.
// Errors: Conflict/balance_short, Conflict/other_currency.
func (s *Service) PayRenewal(ctx context.Context, tx *sqlite.Tx, renewedID, product string, amount money.Amount, on day.Day) (int64, error) {
	e, err := s.book(ctx, tx, posting{kind: RenewalPaid, amount: amount, cause: product, renewedID: renewedID, on: on})
	return e.Seq, err
}

// TakeBackRenewal takes back what PayRenewal booked.
func (s *Service) TakeBackRenewal(ctx context.Context, tx *sqlite.Tx, seq int64) error {
	e, err := entry(ctx, tx, access.From(ctx).OrganizationID, seq)
	if err != nil || e.TakenBack != 0 {
		return err
	}
	return s.takeBack(ctx, tx, e)
}

// LinkOrder notes that an order which is paid was the renewal of a product, and returns what it cost and its number.
// Errors: Conflict/order_open, Conflict/order_linked.
func (s *Service) LinkOrder(ctx context.Context, tx *sqlite.Tx, orderID, renewalID, renewedID string) (money.Amount, string, error) {
	o, err := order(ctx, tx, access.From(ctx).OrganizationID, orderID)
	switch {
	case err != nil:
		return money.Amount{}, "", err
	case o.State != Paid:
		return money.Amount{}, "", fault.New(fault.Conflict, "order_open")
	case o.Renewed != "":
		return money.Amount{}, "", fault.New(fault.Conflict, "order_linked")
	}
	o.Renews, o.Renewed = renewalID, renewedID
	return o.Total, o.Number, updateOrder(ctx, tx, o)
}

// UnlinkOrder takes back what LinkOrder, or the payment of the order, noted; the payment stays.
func (s *Service) UnlinkOrder(ctx context.Context, tx *sqlite.Tx, orderID string) error {
	o, err := order(ctx, tx, access.From(ctx).OrganizationID, orderID)
	if err != nil {
		return err
	}
	o.Renews, o.Renewed = "", ""
	return updateOrder(ctx, tx, o)
}

// Towards tells of each product that an open order renews what is paid of it, or on its way by transfer.
func (s *Service) Towards(ctx context.Context, q sqlite.Queryer, organizationID string) (map[string]money.Amount, error) {
	list, err := sqlite.All(ctx, q, scanOrder, orderColumns+`AND renewal_id IS NOT NULL AND closed_at IS NULL`, organizationID)
	paid := map[string]money.Amount{}
	for _, o := range list {
		if paid[o.Renews] = o.Paid; o.State == AwaitingTransfer {
			paid[o.Renews] = o.Total
		}
	}
	return paid, err
}
