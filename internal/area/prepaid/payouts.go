package prepaid

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// place is where the vault keeps the targets of payouts.
const (
	place       = "prepaid_payout"
	fieldTarget = "target"
)

// NewPayout is money to be paid out: to a saved profile, or to what was typed. The password of the person who asks for
// it stands for a signature.
type NewPayout struct {
	Amount     string
	ProfileID  string // "" where the target was typed
	Target     Target
	IBAN       string
	Email      string
	TransferID string // the credit that it gives back; "" for any other money
	Password   string
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

// RequestPayout takes money from the balance to send it to a bank account or PayPal.
// Errors: Invalid with password:wrong_password, Conflict/balance_short.
func (s *Service) RequestPayout(ctx context.Context, n NewPayout) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	currency, err := s.o.Organizations.Currency(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return err
	}
	var c fault.Check
	var whole, masked string
	if n.ProfileID == "" {
		whole, masked = n.target(&c)
	}
	amount := input.Amount(&c, "amount", n.Amount, currency, MaxAmount)
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.o.Reauth.Reauthenticate(ctx, n.Password); err != nil {
		return err
	}
	if n.ProfileID != "" {
		payee, err := s.o.Saved.Payee(ctx, n.ProfileID)
		if err != nil {
			return err
		}
		n = n.to(payee)
		if whole, masked = n.target(&c); c.Err() != nil {
			return c.Err()
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		p := Payout{
			ID: tx.NewID(), Amount: amount, Target: n.Target, Masked: masked, TransferID: n.TransferID,
			State: Requested, RequestedAt: tx.Now,
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
		_, err := s.book(ctx, tx, posting{kind: PayoutRequested, amount: amount, cause: masked, payoutID: p.ID})
		return err
	})
}

// PayoutArrived notes that a payout has arrived. Error: Conflict/payout_closed.
func (s *Service) PayoutArrived(ctx context.Context, id string) error {
	return s.closePayout(ctx, id, Done, PayoutDone, "")
}

// PayoutFailed notes that a payout came back: its money is on the balance again. Error: Conflict/payout_closed.
func (s *Service) PayoutFailed(ctx context.Context, id, reason string) error {
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return err
	}
	var c fault.Check
	reason = input.Line(&c, "reason", reason, MaxReason, true)
	if err := c.Err(); err != nil {
		return err
	}
	return s.closePayout(ctx, id, Failed, PayoutFailed, reason)
}

func (s *Service) closePayout(ctx context.Context, id string, state PayoutState, kind Kind, reason string) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		p, err := payout(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if p.State != Requested {
			return fault.New(fault.Conflict, "payout_closed")
		}
		p.State, p.Reason, p.ClosedAt = state, reason, tx.Now
		if err := updatePayout(ctx, tx, p); err != nil {
			return err
		}
		if state == Failed && p.TransferID != "" { // the credit waits for a choice again
			if err := unsettle(ctx, tx, p.TransferID); err != nil {
				return err
			}
		}
		_, err = s.book(ctx, tx, posting{kind: kind, amount: p.Amount, cause: p.Masked, payoutID: p.ID})
		return err
	})
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
