package prepaid

import (
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
// Errors: Conflict/payout_closed, Conflict/order_closed where the record has gone further meanwhile; Conflict/note_again
// where only the act itself can be repeated.
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

// settlePayment takes a payment back that will not be made, and the order with it that was only placed for it.
func (s *Service) settlePayment(ctx context.Context, tx *sqlite.Tx, organizationID string, t manager.Task, outcome manager.Outcome) error {
	if outcome == manager.Done || outcome == manager.Open && t.Outcome == manager.Done {
		return nil
	}
	if outcome == manager.Open {
		return fault.New(fault.Conflict, "note_again")
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
	o, err := order(ctx, tx, organizationID, t.Ref)
	if err != nil {
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
