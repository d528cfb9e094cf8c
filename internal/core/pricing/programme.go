package pricing

import (
	"fmt"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// MaxVATRates is how many dated rates can be kept.
const MaxVATRates = 20

// VATRate is the Swiss rate from a day on.
type VATRate struct {
	From   day.Day    `json:"from"`
	Rate   money.Rate `json:"rate"`
	Source string     `json:"source"`
}

// VATRates are the Swiss rates, the oldest first.
type VATRates []VATRate

// ShippedVATRates are the normal rates by Swiss law, until the organization saves its own. Infomaniak has no page about
// them; the law is the source.
func ShippedVATRates() VATRates {
	before, _ := money.ParseRate("7.7")
	now, _ := money.ParseRate("8.1")
	return VATRates{{day.Date(2018, time.January, 1), before, lawOfVAT}, {day.Date(2024, time.January, 1), now, lawOfVAT}}
}

const lawOfVAT = "MWSTG/LTVA/LIVA, art. 25"

// On is the rate that applies on a day; before the first day that is known, the first.
func (r VATRates) On(d day.Day) (found VATRate) {
	for i, v := range r {
		if i == 0 || v.From <= d {
			found = v
		}
	}
	return found
}

// Validate refuses an empty list, days that do not rise, and rates without a source.
func (r VATRates) Validate() error {
	var c fault.Check
	switch {
	case len(r) == 0:
		c.Refuse("rates", "required")
	case len(r) > MaxVATRates:
		c.Refuse("rates", "too_many", "max", fmt.Sprint(MaxVATRates))
		return c.Err()
	}
	for i, v := range r {
		at := fmt.Sprintf("rates.%d.", i)
		checkDay(&c, at+"from", v.From)
		if i > 0 && v.From <= r[i-1].From {
			c.Refuse(at+"from", "day_not_rising")
		}
		line(&c, at+"source", v.Source, MaxSource, true)
	}
	return c.Err()
}

// Limits of the programme's figures.
const (
	MaxVolume     = "100000000" // a year, in either currency
	MaxPayoutFee  = "1000"      // in either currency
	MaxPayoutDays = 180
)

// Programme is what the partner programme asks for, and what becomes of cashback.
type Programme struct {
	VolumeCHF, VolumeEUR money.Amount // to be managed in a year
	FeeCHF, FeeEUR       money.Amount // of a payout from the prepaid account
	PayoutDays           int          // from an invoice to its cashback
	Version              int64        // 0 while the shipped figures apply
}

// ShippedProgramme has the published volumes. Nothing is published about fees and days of payouts: they are none.
func ShippedProgramme() Programme {
	return Programme{
		VolumeCHF: money.Must(money.ParseAmount("2000", money.CHF)), VolumeEUR: money.Must(money.ParseAmount("1800", money.EUR)),
		FeeCHF: money.Zero(money.CHF), FeeEUR: money.Zero(money.EUR),
	}
}

// Volume is what has to be managed in a year, in a currency.
func (p Programme) Volume(c money.Currency) money.Amount {
	if c == money.EUR {
		return p.VolumeEUR
	}
	return p.VolumeCHF
}

// Fee is what a payout costs in a currency.
func (p Programme) Fee(c money.Currency) money.Amount {
	if c == money.EUR {
		return p.FeeEUR
	}
	return p.FeeCHF
}
