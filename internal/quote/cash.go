package quote

import (
	"strconv"

	"kontor/internal/fault"
	"kontor/internal/money"
	"kontor/internal/pricing"
)

// MaxWait is the longest that cashback may take in a cash view, in months.
const MaxWait = 6

// Month is what moves in one month, before VAT, and where the partner stands at its end.
type Month struct {
	Charged  money.Amount // by Infomaniak, to Result.Payer
	Invoiced money.Amount // by the partner, to the client
	Cashback money.Amount // to the partner's prepaid account
	Purse    money.Amount // cashback that has come there so far
	Position money.Amount // of the partner so far: what came, less what it paid
}

// Cash is the twelve months of each scenario. Cashback comes wait months after the invoice that it is for: the guides do
// not say when. What has not come by the end of the year is not in it.
// Errors: Invalid "wait".
func Cash(b Basis, a Answer, wait int) ([][]Month, error) {
	if wait < 0 || wait > MaxWait {
		var c fault.Check
		c.Refuse("wait", "number_too_large", "max", strconv.Itoa(MaxWait))
		return nil, c.Err()
	}
	views := make([][]Month, len(a.Scenarios))
	for i, r := range a.Scenarios {
		year, err := r.cash(b, wait)
		if err != nil {
			return nil, err
		}
		views[i] = year
	}
	return views, nil
}

func (r Result) cash(b Basis, wait int) ([]Month, error) {
	none := money.Of(0, b.Book.Currency)
	year := make([]Month, 12)
	for m := range year {
		year[m] = Month{none, none, none, none, none}
	}
	add := func(to *money.Amount, more money.Amount) (err error) {
		*to, err = to.Add(more)
		return err
	}
	for j, l := range r.Lines {
		for m := 0; m < len(year); m += b.Lines[j].Months {
			if err := add(&year[m].Charged, l.Charged); err != nil {
				return nil, err
			}
			if r.Payer == pricing.Partner {
				if err := add(&year[m].Invoiced, l.Offer); err != nil {
					return nil, err
				}
			}
			if m+wait < len(year) && l.Case.Outcome == pricing.Cashback {
				if err := add(&year[m+wait].Cashback, l.Gain); err != nil {
					return nil, err
				}
			}
		}
	}
	position, purse := none, none
	for m := range year {
		for _, more := range []money.Amount{year[m].Invoiced, year[m].Cashback} {
			if err := add(&position, more); err != nil {
				return nil, err
			}
		}
		if r.Payer == pricing.Partner {
			left, err := position.Sub(year[m].Charged)
			if err != nil {
				return nil, err
			}
			position = left
		}
		if err := add(&purse, year[m].Cashback); err != nil {
			return nil, err
		}
		year[m].Position, year[m].Purse = position, purse
	}
	return year, nil
}
