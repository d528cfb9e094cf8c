package prepaid

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// StepKind is what happened, or what waits, in the way of a transfer.
type StepKind string

// The steps, in the order in which they can come.
const (
	StepSent         StepKind = "sent"
	StepCancelled    StepKind = "order_cancelled"
	StepPaidOrder    StepKind = "paid_order"
	StepCredited     StepKind = "credited"
	StepAgain        StepKind = "ordered_again"
	StepPayoutNoted  StepKind = "payout_noted" // to be requested in the Manager
	StepReversed     StepKind = "reversed"     // its credit was taken back
	StepPayout       StepKind = "payout_requested"
	StepPayoutDone   StepKind = "payout_done"
	StepPayoutFailed StepKind = "payout_failed"
	StepKept         StepKind = "kept"
	StepWait         StepKind = "wait"   // now: the money has not arrived
	StepChoose       StepKind = "choose" // now: order again, pay out, or keep
)

// Step is one line of a thread.
type Step struct {
	Kind   StepKind
	At     time.Time // the zero time for what waits; a date without an hour for what has a day of its own
	Day    bool      // At is a date without an hour
	Amount money.Amount
	Text   string // a number, a mask or a reason, whichever the step has
	Now    bool
}

// Thread is the way of one transfer from sent to spent: where is my money?
type Thread struct {
	Transfer Transfer
	Order    *Order // what it was sent for
	Entry    int64  // the ledger's number of its credit; 0 if it was not credited
	Steps    []Step
	Left     money.Amount // of the credit: neither ordered again nor paid out
	Missing  money.Amount // what the order lacks beyond it, or a top-up of what was sent; below zero: it is too much
	Meant    []string     // numbers of open orders of exactly this amount, where the reference fitted nothing
}

// Threads follows the latest transfers; those that wait come first.
func (s *Service) Threads(ctx context.Context, limit int) ([]Thread, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	list := []Thread{}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		transfers, err := s.listTransfers(ctx, q, actor.OrganizationID, min(max(limit, 1), MaxPage))
		if err != nil {
			return err
		}
		for _, t := range transfers {
			thread, err := s.follows(ctx, q, actor.OrganizationID, t)
			if err != nil {
				return err
			}
			list = append(list, thread)
		}
		return nil
	})
	return list, err
}

// follows gathers what a transfer's thread is made of.
func (s *Service) follows(ctx context.Context, q sqlite.Queryer, organizationID string, t Transfer) (Thread, error) {
	h := Thread{Transfer: t, Meant: []string{}}
	var again []Order
	var spent []money.Amount
	if t.OrderID != "" {
		o, err := order(ctx, q, organizationID, t.OrderID)
		if err != nil {
			return h, err
		}
		h.Order = &o
		if again, err = ordersAgain(ctx, q, organizationID, o.ID); err != nil {
			return h, err
		}
		for _, o := range again {
			kept, err := fromBalance(ctx, q, o)
			if err != nil {
				return h, err
			}
			spent = append(spent, kept)
		}
	}
	payouts, err := payoutsOf(ctx, q, organizationID, t.ID)
	if err != nil {
		return h, err
	}
	if h.Entry, err = creditOf(ctx, q, t.ID); err != nil {
		return h, err
	}
	if t.Reason == UnknownReference && !t.Settled {
		meant, err := ordersOf(ctx, q, organizationID, t.Arrived)
		if err != nil {
			return h, err
		}
		for _, o := range meant {
			h.Meant = append(h.Meant, o.Number)
		}
	}
	return h, h.tell(again, spent, payouts)
}

// tell puts the steps in order. It is the whole rule of what a thread shows.
func (h *Thread) tell(again []Order, spent []money.Amount, payouts []Payout) error {
	t, o := h.Transfer, h.Order
	if t.Purpose != Unknown {
		h.stepOn(StepSent, t.SentOn, t.Amount, t.Source)
	}
	if o != nil && o.State == Cancelled {
		h.step(StepCancelled, o.ClosedAt, money.Amount{}, o.Number)
	}
	h.Left = t.Credited
	switch t.Outcome {
	case "":
		h.Steps = append(h.Steps, Step{Kind: StepWait, Amount: t.Amount, Text: t.Reference, Now: true})
		return nil
	case PaidTheOrder:
		h.arrival(StepPaidOrder, t.Arrived, o.Number)
		return nil
	}
	var left money.Sums
	left.Add(t.Credited)
	if t.Credited.Sign() == 0 {
		h.arrival(StepReversed, t.Arrived, "")
		return nil
	}
	h.arrival(StepCredited, t.Credited, string(t.Reason))
	if t.Reason == WrongAmount && o.ClosedAt.IsZero() {
		missing, err := o.Open().Sub(t.Arrived)
		if err != nil {
			return err
		}
		h.Missing = missing
	}
	if t.Outcome == ToppedUp { // less or more may have come than was sent
		var err error
		if h.Missing, err = t.Amount.Sub(t.Arrived); err != nil {
			return err
		}
	}
	for i, o := range again {
		h.step(StepAgain, o.PlacedAt, spent[i], o.Number)
		left.Sub(spent[i])
	}
	for _, p := range payouts {
		switch p.State {
		case Dropped:
			continue
		case Noted:
			h.step(StepPayoutNoted, p.NotedAt, p.Amount, p.Masked)
		default:
			h.step(StepPayout, p.RequestedAt, p.Amount, p.Masked)
		}
		switch p.State {
		case Done:
			h.step(StepPayoutDone, p.ClosedAt, p.Amount, p.Masked)
		case Failed:
			h.step(StepPayoutFailed, p.ClosedAt, p.Amount, p.Reason)
			continue
		}
		left.Sub(p.Amount)
	}
	var err error
	if h.Left, err = left.In(t.Credited.Currency()); err != nil {
		return err
	}
	switch {
	case h.Left.Sign() <= 0 || t.Outcome == ToppedUp:
	case t.Settled:
		h.Steps = append(h.Steps, Step{Kind: StepKept, Amount: h.Left})
	default:
		h.Steps = append(h.Steps, Step{Kind: StepChoose, Amount: h.Left, Now: true})
	}
	return nil
}

func (h *Thread) step(k StepKind, at time.Time, amount money.Amount, text string) {
	h.Steps = append(h.Steps, Step{Kind: k, At: at, Amount: amount, Text: text})
}

func (h *Thread) stepOn(k StepKind, on day.Day, amount money.Amount, text string) {
	h.Steps = append(h.Steps, Step{Kind: k, At: on.Time(), Day: true, Amount: amount, Text: text})
}

// arrival is a step on the day of the arrival, which the oldest transfers know only as a moment.
func (h *Thread) arrival(k StepKind, amount money.Amount, text string) {
	if h.Transfer.ArrivedOn == 0 {
		h.step(k, h.Transfer.ArrivedAt, amount, text)
		return
	}
	h.stepOn(k, h.Transfer.ArrivedOn, amount, text)
}
