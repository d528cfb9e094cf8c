package payment

import (
	"strconv"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
)

// AutoRenewLeadDays is how many days before a product expires its automatic renewal is first charged; from then on automatic
// renewal cannot be switched on any more (faq/2314).
const AutoRenewLeadDays = 14

// Renewal is a product and when, how and by what it is paid again.
type Renewal struct {
	ID        string
	Product   string
	ExpiresOn day.Day
	Amount    money.Amount
	Months    int    // the period that one payment covers
	Automatic bool   // charged by Infomaniak; else paid by hand until ExpiresOn
	ProfileID string // "" follows the organization's default
	Planned   bool   // to be moved to the prepaid account, in the Manager
	Terms     int    // how many periods were noted as renewed
	Version   int
}

// ChargedOn is when the n-th coming renewal (0 is the next) is charged: fourteen days before the product expires if that
// happens automatically, on the day itself if by hand.
func (r Renewal) ChargedOn(n int) day.Day {
	d := r.expires(n)
	if r.Automatic {
		d -= AutoRenewLeadDays
	}
	return d
}

func (r Renewal) expires(n int) day.Day {
	if n == 0 {
		return r.ExpiresOn
	}
	return r.ExpiresOn.AddMonths(n * r.Months)
}

// RenewalFields are what a person fills in.
type RenewalFields struct {
	Product   string `json:"product"`
	ExpiresOn string `json:"expiresOn"`
	Amount    string `json:"amount"`
	Currency  string `json:"currency"` // "" is the organization's
	Months    string `json:"months"`
	Automatic bool   `json:"automatic"`
	ProfileID string `json:"profileId"`
}

// check reads the fields. before is the renewal as it stands, the zero Renewal for a new one: automatic renewal that is
// on already may stay on when the product is about to expire, but it cannot be switched on then; an amount may keep the
// currency that it has.
func (f RenewalFields) check(before Renewal, currency money.Currency, today day.Day) (Renewal, error) {
	var c fault.Check
	r := before
	r.Product = input.Line(&c, "product", f.Product, MaxProduct, true)
	r.Automatic, r.ProfileID = f.Automatic, f.ProfileID
	var err error
	if r.ExpiresOn, err = day.Parse(f.ExpiresOn); err != nil {
		c.Refuse("expiresOn", "not_a_date")
	} else if f.Automatic && !before.Automatic && r.ExpiresOn < today+AutoRenewLeadDays {
		c.Refuse("automatic", "automatic_too_late", "days", strconv.Itoa(AutoRenewLeadDays))
	}
	switch of := money.Currency(f.Currency); {
	case of == "" || of == currency:
		r.Amount = input.Amount(&c, "amount", f.Amount, currency, MaxAmount)
	case of == before.Amount.Currency(): // from before the organization changed its own
		r.Amount = input.Amount(&c, "amount", f.Amount, of, MaxAmount)
	default:
		c.Refuse("currency", "not_a_choice")
	}
	if r.Months, err = strconv.Atoi(f.Months); err != nil {
		c.Refuse("months", "not_a_number")
	} else if r.Months < 1 {
		c.Refuse("months", "number_too_small", "min", "1")
	} else if r.Months > MaxMonths {
		c.Refuse("months", "number_too_large", "max", strconv.Itoa(MaxMonths))
	}
	return r, c.Err()
}
