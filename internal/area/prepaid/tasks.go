package prepaid

import (
	"cmp"
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Tasks keeps what is still to be done in the Manager.
type Tasks interface {
	Note(ctx context.Context, tx *sqlite.Tx, t manager.Task) (string, error)
	Withdraw(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) error
}

// TaskKinds are the kinds of tasks that SettleTask settles.
var TaskKinds = []manager.Kind{manager.TopUp, manager.Payout, manager.PayOrder, manager.OrderAgain, manager.CancelOrder}

// toDo notes that an act on a record is still to be done in the Manager; name and value fill its words.
func (s *Service) toDo(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref, name, value string) error {
	_, err := s.o.Tasks.Note(ctx, tx, manager.Task{Kind: kind, Ref: ref, Params: map[string]string{name: value}})
	return err
}

// SettleTask does what follows from the person's word about a task, in the transaction that closes it or opens it again.
// It asks for no permission: whoever calls it has.
//
// A top-up is credited, a payout leaves the balance, once they are done. What will not be done is taken back here, too.
// Errors: Conflict/payout_closed, Conflict/order_closed where the record has gone further meanwhile; Conflict/balance_short
// where the balance no longer pays what is to be paid after all; Conflict/note_again for a payment whose way is not known.
func (s *Service) SettleTask(ctx context.Context, tx *sqlite.Tx, t manager.Task, outcome manager.Outcome) error {
	organizationID := access.From(ctx).OrganizationID
	switch t.Kind {
	case manager.TopUp:
		return s.settleTopUp(ctx, tx, organizationID, t.Ref, outcome)
	case manager.Payout:
		return s.settlePayout(ctx, tx, organizationID, t.Ref, outcome)
	case manager.CancelOrder:
		return s.settleCancel(ctx, tx, organizationID, t.Ref, outcome)
	case manager.PayOrder, manager.OrderAgain:
		return s.settlePayment(ctx, tx, organizationID, t, outcome)
	}
	return nil
}

func (s *Service) settleTopUp(ctx context.Context, tx *sqlite.Tx, organizationID, id string, outcome manager.Outcome) error {
	if outcome == manager.Open {
		seq, err := receivedAs(ctx, tx, organizationID, id)
		if err != nil {
			return err
		}
		if seq != 0 {
			e, err := entry(ctx, tx, organizationID, seq)
			if err != nil {
				return err
			}
			if e.TakenBack == 0 {
				if err := s.takeBack(ctx, tx, e); err != nil {
					return err
				}
			}
		}
		return markWaiting(ctx, tx, id)
	}
	e, err := expected(ctx, tx, organizationID, id)
	if err != nil {
		return err
	}
	if outcome == manager.Dropped {
		return markDropped(ctx, tx, id)
	}
	return s.receive(ctx, tx, e, e.Amount, s.today(ctx))
}

func (s *Service) settlePayout(ctx context.Context, tx *sqlite.Tx, organizationID, id string, outcome manager.Outcome) error {
	p, err := payout(ctx, tx, organizationID, id)
	if err != nil {
		return err
	}
	switch {
	case outcome == manager.Done && p.State == Noted:
		p.State, p.RequestedAt = Requested, tx.Now
		return s.stepPayout(ctx, tx, p, PayoutRequested, s.today(ctx))
	case outcome == manager.Dropped && p.State == Noted:
		p.State, p.ClosedAt = Dropped, tx.Now
		return s.stepPayout(ctx, tx, p, "", 0)
	case outcome == manager.Open && p.State == Requested:
		list, err := standing(ctx, tx, organizationID, PayoutRequested, id)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := s.mirror(ctx, tx, e); err != nil {
				return err
			}
		}
	case outcome == manager.Open && p.State == Dropped:
		if p.TransferID != "" {
			if err := settle(ctx, tx, p.TransferID); err != nil {
				return err
			}
		}
	default:
		return fault.New(fault.Conflict, "payout_closed")
	}
	p.State, p.RequestedAt, p.ClosedAt = Noted, time.Time{}, time.Time{}
	return updatePayout(ctx, tx, p)
}

// settleCancel opens an order again that will not be cancelled; what it had taken stays on the balance.
func (s *Service) settleCancel(ctx context.Context, tx *sqlite.Tx, organizationID, id string, outcome manager.Outcome) error {
	o, err := order(ctx, tx, organizationID, id)
	if err != nil || outcome == manager.Done {
		return err
	}
	switch {
	case outcome == manager.Dropped && o.State == Cancelled:
		o.State, o.ClosedAt = AwaitingPayment, time.Time{}
	case outcome == manager.Open && o.State == Cancelled: // it was done, and is to be done again
		return nil
	case outcome == manager.Open && o.State == AwaitingPayment && o.Paid.Sign() == 0:
		o.State, o.ClosedAt = Cancelled, tx.Now
	default:
		return fault.New(fault.Conflict, "order_closed")
	}
	return updateOrder(ctx, tx, o)
}

// notePayment notes that a payment of an order is to be made in the Manager, with what it takes to note it once more.
func (s *Service) notePayment(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, orderID string, h How) error {
	o, err := order(ctx, tx, access.From(ctx).OrganizationID, orderID)
	if err != nil {
		return err
	}
	taken, err := fromBalance(ctx, tx, o)
	if err != nil {
		return err
	}
	_, err = s.o.Tasks.Note(ctx, tx, manager.Task{Kind: kind, Ref: o.ID, Params: map[string]string{
		"reference": o.Number, "taken": taken.Decimal(), "paid_on": cmp.Or(h.On, s.today(ctx).String()), "rest": string(h.Rest),
	}})
	return err
}

// settlePayment takes a payment back that will not be made, and the order with it that was only placed for it; what is to
// be made after all is noted once more.
func (s *Service) settlePayment(ctx context.Context, tx *sqlite.Tx, organizationID string, t manager.Task, outcome manager.Outcome) error {
	if outcome == manager.Done || outcome == manager.Open && t.Outcome == manager.Done {
		return nil
	}
	o, err := order(ctx, tx, organizationID, t.Ref)
	if err != nil {
		return err
	}
	if outcome == manager.Open {
		return s.payAfterAll(ctx, tx, o, t)
	}
	list, err := standing(ctx, tx, organizationID, Payment, t.Ref)
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := s.takeBack(ctx, tx, e); err != nil {
			return err
		}
	}
	if o, err = order(ctx, tx, organizationID, t.Ref); err != nil {
		return err
	}
	if o.State == AwaitingTransfer {
		return nil // the money is on its way, whatever is done with the order
	}
	if o.Renewed != "" { // paid by another means alone
		if err := s.o.Planner.Unrenewed(ctx, tx, o.Renewed); err != nil {
			return err
		}
		o.Renewed = ""
	}
	o.Paid, o.State, o.ClosedAt = money.Zero(o.Total.Currency()), AwaitingPayment, time.Time{}
	if t.Kind == manager.OrderAgain {
		o.State, o.ClosedAt = Cancelled, tx.Now
	}
	return updateOrder(ctx, tx, o)
}

// payAfterAll pays an order as it had been paid before that was taken back. A transfer that was sent is on its way or has
// arrived, whatever became of the order: it is not sent again.
func (s *Service) payAfterAll(ctx context.Context, tx *sqlite.Tx, o Order, t manager.Task) error {
	h := How{FromBalance: t.Params["taken"], On: t.Params["paid_on"], Rest: Rest(t.Params["rest"])}
	if h.FromBalance == "" { // noted by a Kontor that did not keep it
		return fault.New(fault.Conflict, "note_again")
	}
	underWay := o.State == AwaitingTransfer
	if underWay || t.Kind == manager.OrderAgain && o.State == Cancelled {
		o.State, o.ClosedAt = AwaitingPayment, time.Time{}
	}
	if h.Rest == TransferOut {
		h.Rest = Later
	}
	if a, err := money.ParseAmount(h.FromBalance, o.Total.Currency()); err != nil || a.Sign() == 0 {
		if h.FromBalance = ""; h.Rest == Later {
			return err
		}
	}
	if err := s.pay(ctx, tx, o, h); err != nil || !underWay {
		return err
	}
	o, err := order(ctx, tx, access.From(ctx).OrganizationID, o.ID)
	if err != nil {
		return err
	}
	o.State = AwaitingTransfer
	return updateOrder(ctx, tx, o)
}
