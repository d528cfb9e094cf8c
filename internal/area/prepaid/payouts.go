package prepaid

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// place is where the vault keeps the targets of payouts, placeTransfer the accounts that transfers came from.
const (
	place         = "prepaid_payout"
	fieldTarget   = "target"
	placeTransfer = "prepaid_transfer"
	fieldSource   = "source"
)

// NewPayout is money to be paid out: to a saved profile, or to what was typed.
type NewPayout struct {
	Amount     string
	ProfileID  string // "" where the target was typed
	Target     Target
	IBAN       string
	Email      string
	TransferID string // the credit that it gives back; "" for any other money
}

// Payee is what is kept of a payment profile that money can be paid out to.
type Payee struct {
	Target Target
	Secret string // the account number or address; it is not shown to anybody
}

// Saved knows the payment profiles of the organization.
type Saved interface {
	Payee(ctx context.Context, profileID string) (Payee, error)
}

// to is the payout with what the saved profile stands for.
func (n NewPayout) to(p Payee) NewPayout {
	n.Target, n.IBAN, n.Email = p.Target, p.Secret, p.Secret
	return n
}

func (n NewPayout) target(c *fault.Check) (whole, masked string) {
	switch n.Target {
	case ToBank:
		iban, refusal := input.ParseIBAN(n.IBAN)
		input.Refuse(c, "iban", n.IBAN, refusal)
		return iban.Reveal(), iban.Masked()
	case ToPayPal:
		email, refusal := input.ParseMailbox(n.Email)
		input.Refuse(c, "email", n.Email, refusal)
		return email.Reveal(), email.Masked()
	}
	c.Refuse("target", "not_a_choice")
	return "", ""
}

// Payouts lists the latest payouts, newest first.
func (s *Service) Payouts(ctx context.Context, limit int) ([]Payout, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return listPayouts(ctx, s.db.Reader(), actor.OrganizationID, min(max(limit, 1), MaxPage))
}

// NotePayout notes that money of the balance is to be paid out to a bank account or PayPal. Nothing moves: the payout is
// requested in the Manager, and PayoutRequested says when it was. Returns its id.
// Error: Conflict/balance_short where the balance does not hold as much.
func (s *Service) NotePayout(ctx context.Context, n NewPayout) (string, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return "", err
	}
	currency, err := s.o.Organizations.Currency(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return "", err
	}
	var c fault.Check
	if n.ProfileID != "" {
		payee, err := s.o.Saved.Payee(ctx, n.ProfileID)
		if err != nil {
			return "", err
		}
		n = n.to(payee)
	}
	whole, masked := n.target(&c)
	amount := input.Amount(&c, "amount", n.Amount, currency, MaxAmount)
	if err := c.Err(); err != nil {
		return "", err
	}
	p := Payout{Amount: amount, Target: n.Target, Masked: masked, TransferID: n.TransferID, State: Noted}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		p.ID, p.NotedAt = tx.NewID(), tx.Now
		last, err := s.lastEntry(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if left, err := last.Balance.Sub(amount); err != nil || left.Sign() < 0 {
			return fault.New(fault.Conflict, "balance_short").With("missing", left.Neg().String())
		}
		if p.TransferID != "" {
			t, err := s.transfer(ctx, tx, actor.OrganizationID, p.TransferID)
			if err != nil {
				return err
			}
			if t.Credited.Sign() == 0 {
				return fault.New(fault.Conflict, "not_arrived")
			}
			if err := settle(ctx, tx, t.ID); err != nil {
				return err
			}
		}
		if err := insertPayout(ctx, tx, actor.OrganizationID, p); err != nil {
			return err
		}
		if err := s.o.Vault.Put(ctx, tx, place, p.ID, fieldTarget, []byte(whole)); err != nil {
			return err
		}
		if err := s.toDo(ctx, tx, manager.Payout, p.ID, "amount", p.Amount.String()); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemAdded, p.ID, p.Masked, "", p.Amount.String())
	})
	return p.ID, err
}

// PayoutRequested notes, by the person's word, that a payout was requested in the Manager on a day ("" is today): its
// money leaves the balance. Errors: Conflict/payout_closed, Conflict/balance_short.
func (s *Service) PayoutRequested(ctx context.Context, id, on string) error {
	return s.movePayout(ctx, id, Noted, on, func(p *Payout, now time.Time) Kind {
		p.State, p.RequestedAt = Requested, now
		return PayoutRequested
	})
}

// PayoutArrived notes that a payout has arrived on a day; "" is today. Error: Conflict/payout_closed.
func (s *Service) PayoutArrived(ctx context.Context, id, on string) error {
	return s.movePayout(ctx, id, Requested, on, func(p *Payout, now time.Time) Kind {
		p.State, p.ClosedAt = Done, now
		return PayoutDone
	})
}

// PayoutFailed notes that a payout came back on a day ("" is today): its money is on the balance again.
// Error: Conflict/payout_closed.
func (s *Service) PayoutFailed(ctx context.Context, id, reason, on string) error {
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return err
	}
	var c fault.Check
	reason = input.Line(&c, "reason", reason, MaxReason, true)
	if err := c.Err(); err != nil {
		return err
	}
	return s.movePayout(ctx, id, Requested, on, func(p *Payout, now time.Time) Kind {
		p.State, p.Reason, p.ClosedAt = Failed, reason, now
		return PayoutFailed
	})
}

// movePayout takes a payout one step on, if it stands where the step begins, and books what that moves.
func (s *Service) movePayout(ctx context.Context, id string, from PayoutState, on string, step func(*Payout, time.Time) Kind) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		p, err := payout(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if p.State != from {
			return fault.New(fault.Conflict, "payout_closed")
		}
		var c fault.Check
		day := s.valueDay(ctx, &c, "on", on)
		if err := c.Err(); err != nil {
			return err
		}
		if err := s.o.Tasks.Withdraw(ctx, tx, manager.Payout, p.ID); err != nil {
			return err
		}
		kind := step(&p, tx.Now)
		return s.stepPayout(ctx, tx, p, kind, day)
	})
}

// stepPayout keeps a payout that has taken a step and books what that moves; a step of kind "" moves nothing.
func (s *Service) stepPayout(ctx context.Context, tx *sqlite.Tx, p Payout, kind Kind, on day.Day) error {
	if err := updatePayout(ctx, tx, p); err != nil {
		return err
	}
	if (p.State == Failed || p.State == Dropped) && p.TransferID != "" { // the credit waits for a choice again
		if err := unsettle(ctx, tx, p.TransferID); err != nil {
			return err
		}
	}
	if kind == "" {
		return s.record(ctx, tx, audit.ItemDeleted, p.ID, p.Masked, p.Amount.String(), "")
	}
	_, err := s.book(ctx, tx, posting{kind: kind, amount: p.Amount, cause: p.Masked, payoutID: p.ID, on: on})
	return err
}

// RevealPayout shows the target of a payout to a person who gives the password again, and the journal says so.
func (s *Service) RevealPayout(ctx context.Context, id, password string) (string, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return "", err
	}
	p, err := payout(ctx, s.db.Reader(), actor.OrganizationID, id)
	if err != nil {
		return "", err
	}
	if err := s.o.Reauth.Reauthenticate(ctx, password); err != nil {
		return "", err
	}
	target, err := s.o.Vault.Get(ctx, place, id, fieldTarget)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.record(ctx, tx, audit.SecretRevealed, p.ID, string(p.Target), "", "")
	})
	if err != nil { // nothing is shown that the journal does not tell of
		return "", err
	}
	return string(target), nil
}
