package quote

import (
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// monthDays is what a month counts in a cash view; what is due in it is due on its first day.
const monthDays = 30

// Flow is how cashback reaches the partner. Infomaniak publishes nothing about it.
type Flow struct {
	Days  int          // from an invoice to its cashback
	Fee   money.Amount // of one payout
	Every int          // months from one payout to the next; 0 leaves the money in the prepaid account
}

// FlowForm is a flow as typed; empty texts are none.
type FlowForm struct {
	Days  string `json:"days"`
	Fee   string `json:"fee"`
	Every int    `json:"every"` // months from one payout to the next; 0 is never
}

// payouts are how often money can be paid out, in months; 0 is never.
var payouts = map[int]bool{0: true, 1: true, 3: true, 12: true}

// Parse reads a flow in a quote's currency. Errors: Invalid "days", "fee", "every".
func (f FlowForm) Parse(currency money.Currency) (Flow, error) {
	var c fault.Check
	flow := Flow{Fee: money.Zero(currency), Every: f.Every}
	if f.Days != "" {
		flow.Days = int(input.Whole(&c, "days", f.Days, 0, pricing.MaxPayoutDays))
	}
	if a, err := money.ParseAmount(f.Fee, currency); f.Fee != "" && (err != nil || a.Sign() != 0) {
		flow.Fee = input.Amount(&c, "fee", f.Fee, currency, pricing.MaxPayoutFee)
	}
	if !payouts[f.Every] {
		c.Refuse("every", "not_a_choice")
	}
	return flow, c.Err()
}

// Month is what moves in one month, before VAT, and where the partner stands at its end.
type Month struct {
	Charged  money.Amount // by Infomaniak, to Result.Payer
	Invoiced money.Amount // by the partner, to the client
	Cashback money.Amount // to the partner's prepaid account
	Paid     money.Amount // from there to the partner's bank, less the fee
	Fee      money.Amount
	Prepaid  money.Amount // what lies in the prepaid account
	Position money.Amount // of the partner so far: what came, less what it paid
}

// Year is twelve months of a scenario.
type Year struct {
	Months  []Month
	After   money.Amount // cashback of these months that comes after them
	Total   money.Amount // the position at the end, with what comes after
	Payouts int
}

// Cash is the twelve months of each scenario.
func Cash(b Basis, a Answer, f Flow) ([]Year, error) {
	years := make([]Year, len(a.Scenarios))
	for i, r := range a.Scenarios {
		year, err := r.cash(b, f)
		if err != nil {
			return nil, err
		}
		years[i] = year
	}
	return years, nil
}

// sum adds amounts until the first that cannot be added.
type sum struct{ err error }

func (s *sum) add(to *money.Amount, more money.Amount) {
	if s.err == nil {
		*to, s.err = to.Add(more)
	}
}

func (s *sum) sub(from *money.Amount, less money.Amount) {
	if s.err == nil {
		*from, s.err = from.Sub(less)
	}
}

func (r Result) cash(b Basis, f Flow) (Year, error) {
	none := money.Zero(b.Book.Currency)
	y := Year{Months: make([]Month, 12), After: none, Total: none}
	for m := range y.Months {
		y.Months[m] = Month{none, none, none, none, none, none, none}
	}
	var s sum
	for j, l := range r.Lines {
		if !b.Lines[j].listed() { // no rule of the programme touches what is the partner's own
			continue
		}
		for m := 0; m < len(y.Months); m += b.Lines[j].Months {
			s.add(&y.Months[m].Charged, l.Charged)
			if r.Payer == pricing.Partner {
				s.add(&y.Months[m].Invoiced, l.Offer)
			}
			switch comes := m + f.Days/monthDays; {
			case l.Case.Outcome != pricing.Cashback:
			case comes < len(y.Months):
				s.add(&y.Months[comes].Cashback, l.Gain)
			default:
				s.add(&y.After, l.Gain)
			}
		}
	}
	position, prepaid := none, none
	for i := range y.Months {
		m := &y.Months[i]
		s.add(&position, m.Invoiced)
		s.add(&position, m.Cashback)
		s.add(&prepaid, m.Cashback)
		if r.Payer == pricing.Partner {
			s.sub(&position, m.Charged)
		}
		paid := prepaid
		s.sub(&paid, f.Fee)
		if f.Every > 0 && (i+1)%f.Every == 0 && paid.Sign() > 0 {
			m.Fee, m.Paid, prepaid = f.Fee, paid, none
			s.sub(&position, f.Fee)
			y.Payouts++
		}
		m.Position, m.Prepaid = position, prepaid
	}
	y.Total = position
	s.add(&y.Total, y.After)
	return y, s.err
}
