package prepaid

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// lateDays is for how long after it was placed a closed order still gives a meaning to money with its number.
const lateDays = 365

// send notes a bank transfer that is on its way. c may hold refusals of its caller.
func (s *Service) send(ctx context.Context, tx *sqlite.Tx, c *fault.Check, t Transfer, reference, sentOn, source string) error {
	t.Reference = readReference(c, reference, true)
	var whole string
	t.Source, whole = maskAccount(input.Line(c, "source", source, MaxTitle, false))
	var err error
	if t.SentOn, err = day.Parse(sentOn); err != nil {
		c.Refuse("sentOn", "not_a_date")
	} else if t.SentOn > s.today(ctx) {
		c.Refuse("sentOn", "date_in_future")
	}
	if err := c.Err(); err != nil {
		return err
	}
	if err := insertTransfer(ctx, tx, access.From(ctx).OrganizationID, t); err != nil {
		return err
	}
	if whole != "" {
		if err := s.o.Vault.Put(ctx, tx, placeTransfer, t.ID, fieldSource, []byte(whole)); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, audit.ItemAdded, t.ID, t.Reference, "", t.Amount.String())
}

// accountNumber is what may be an IBAN within a text.
var accountNumber = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}[ \da-z]{11,40}`)

// maskAccount puts the mask in the place of an account number and returns the number as well; "" if there is none.
func maskAccount(text string) (masked, whole string) {
	masked = accountNumber.ReplaceAllStringFunc(text, func(found string) string {
		for end := len(found); end >= 15; end-- { // words may follow the number
			if iban, refusal := input.ParseIBAN(found[:end]); refusal == nil {
				whole = iban.Reveal()
				return strings.TrimSpace(iban.Masked() + " " + strings.TrimSpace(found[end:]))
			}
		}
		return found
	})
	return masked, whole
}

// readReference reads the reference of a transfer. One that proves itself by its check digits is taken as it is: its
// digits may look like a card's by chance.
func readReference(c *fault.Check, text string, required bool) string {
	if input.IsReference(text) {
		return strings.Join(strings.Fields(text), " ")
	}
	return input.Line(c, "reference", text, MaxNumber, required)
}

// NewArrival is money that came in, as the bank or Infomaniak reports it. Credited is what the account received of it,
// in the organization's currency; it may be empty if that is the same.
type NewArrival struct {
	Reference string `json:"reference"`
	Amount    string `json:"amount"`
	Currency  string `json:"currency"`
	Credited  string `json:"credited"`
	On        string `json:"on"` // the day on which it arrived; "" is today
}

type arrival struct {
	Arrival
	credited money.Amount
	on       day.Day
}

func (s *Service) readArrival(ctx context.Context, n NewArrival, currency money.Currency) (arrival, error) {
	var c fault.Check
	a := arrival{Arrival: Arrival{Reference: readReference(&c, n.Reference, false)}, on: s.valueDay(ctx, &c, "on", n.On)}
	from, err := money.ParseCurrency(n.Currency)
	if err != nil {
		c.Refuse("currency", "not_a_choice")
		return a, c.Err()
	}
	a.Amount = input.Amount(&c, "amount", n.Amount, from, MaxAmount)
	a.credited = a.Amount
	if from != currency {
		a.credited = input.Amount(&c, "credited", n.Credited, currency, MaxAmount)
	}
	return a, c.Err()
}

// Arrive notes that a transfer has arrived and lets its money go where it belongs: to the order that it pays, or to the
// balance. Error: Conflict/arrived_already.
func (s *Service) Arrive(ctx context.Context, transferID string, n NewArrival) (Outcome, error) {
	var outcome Outcome
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		t, err := s.transfer(ctx, tx, actor.OrganizationID, transferID)
		if err != nil {
			return err
		}
		if t.Outcome != "" {
			return fault.New(fault.Conflict, "arrived_already")
		}
		outcome, err = s.arrive(ctx, tx, t, n)
		return err
	})
	return outcome, err
}

// ArriveUnknown notes money that came in and that no transfer is known for. If its reference is that of a transfer or an
// order that waits, it is that one's money; otherwise it is credited as unmatched.
func (s *Service) ArriveUnknown(ctx context.Context, n NewArrival) (Outcome, error) {
	var outcome Outcome
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		waiting, err := s.transfersUnderWay(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		known := slices.IndexFunc(waiting, func(t Transfer) bool {
			return plain(n.Reference) != "" && plain(t.Reference) == plain(n.Reference)
		})
		if known >= 0 {
			outcome, err = s.arrive(ctx, tx, waiting[known], n)
			return err
		}
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		a, err := s.readArrival(ctx, n, currency)
		if err != nil {
			return err
		}
		t := Transfer{ID: tx.NewID(), Purpose: Unknown, Reference: a.Reference, Amount: a.Amount, SentOn: a.on}
		o, found, err := orderNumbered(ctx, tx, actor.OrganizationID, a.Reference, s.today(ctx)-lateDays)
		if err != nil {
			return err
		}
		if found {
			t.Purpose, t.OrderID = ForOrder, o.ID
		}
		if err := insertTransfer(ctx, tx, actor.OrganizationID, t); err != nil {
			return err
		}
		outcome, err = s.arrive(ctx, tx, t, n)
		return err
	})
	return outcome, err
}

func (s *Service) arrive(ctx context.Context, tx *sqlite.Tx, t Transfer, n NewArrival) (Outcome, error) {
	organizationID := access.From(ctx).OrganizationID
	currency, err := s.o.Organizations.Currency(ctx, tx, organizationID)
	if err != nil {
		return "", err
	}
	a, err := s.readArrival(ctx, n, currency)
	if err != nil {
		return "", err
	}
	var o *Order
	if t.OrderID != "" {
		found, err := order(ctx, tx, organizationID, t.OrderID)
		if err != nil {
			return "", err
		}
		o = &found
	}
	t.ArrivedAt, t.ArrivedOn, t.Arrived = tx.Now, a.on, a.Amount
	t.Outcome, t.Reason = Match(t, o, a.Arrival)
	if t.Outcome != PaidTheOrder {
		t.Credited = a.credited
		_, err := s.book(ctx, tx, posting{
			kind: Kind(t.Outcome), amount: a.credited, cause: causeOf(t, a), orderID: t.OrderID, transferID: t.ID, on: a.on,
		})
		if err != nil {
			return "", err
		}
	}
	t.Settled = t.Outcome == PaidTheOrder || t.Outcome == ToppedUp
	if err := updateTransfer(ctx, tx, t); err != nil {
		return "", err
	}
	return t.Outcome, s.follow(ctx, tx, t, o)
}

// causeOf names what a credit is for; a transfer without a reference still has a date.
func causeOf(t Transfer, a arrival) string {
	if a.Reference != "" {
		return a.Reference
	}
	return t.ID
}

// follow moves the order on to which the transfer belonged, and tells the journal of the arrival.
func (s *Service) follow(ctx context.Context, tx *sqlite.Tx, t Transfer, o *Order) error {
	if o != nil && (o.State == AwaitingTransfer || t.Outcome == PaidTheOrder) {
		before := o.State
		if o.State = AwaitingPayment; t.Outcome == PaidTheOrder {
			if err := s.paid(ctx, tx, o, t.ArrivedOn); err != nil {
				return err
			}
		}
		if err := updateOrder(ctx, tx, *o); err != nil {
			return err
		}
		if err := s.record(ctx, tx, audit.OrderHandled, o.ID, o.Number, string(before), string(o.State)); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, audit.ItemChanged, t.ID, t.Reference, "", string(t.Outcome))
}

// Keep notes that a credit stays on the balance: the person has chosen, nothing waits any more.
func (s *Service) Keep(ctx context.Context, transferID string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		t, err := s.transfer(ctx, tx, actor.OrganizationID, transferID)
		if err != nil {
			return err
		}
		if t.Outcome == "" {
			return fault.New(fault.Conflict, "not_arrived")
		}
		if err := settle(ctx, tx, t.ID); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemChanged, t.ID, t.Reference, "", "kept")
	})
}
