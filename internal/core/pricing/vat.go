package pricing

import (
	"fmt"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// VATKind is how a person chooses to deal with VAT.
type VATKind string

// The kinds: figures before VAT; the Swiss rate of the day or a country's added; reverse charge, by which an EU company
// with a valid number declares the VAT itself (faq/2599).
const (
	NoVAT         VATKind = "excluded"
	SwissVAT      VATKind = "swiss"
	CountryVAT    VATKind = "country"
	ReverseCharge VATKind = "reverse_charge"
)

// VAT is what a kind comes to, given the Swiss rate of the day and the rate of the other country. A kind that there is
// not gives a treatment that Input.Validate refuses.
func (k VATKind) VAT(swiss, country money.Rate) VAT {
	switch k {
	case SwissVAT:
		return VAT{Treatment: VATAdded, Rate: swiss}
	case CountryVAT:
		return VAT{Treatment: VATAdded, Rate: country}
	case ReverseCharge:
		return VAT{Treatment: VATReverse}
	case NoVAT:
		return VAT{Treatment: VATExcluded}
	}
	return VAT{}
}

// VATClass is how a product or service is taxed where VAT is added.
type VATClass string

// The classes; each has a rate by country and day, exempt has none.
const (
	NormalVAT  VATClass = "" // the normal rate
	ReducedVAT VATClass = "reduced"
	SpecialVAT VATClass = "special" // in Switzerland: lodging
	ExemptVAT  VATClass = "exempt"
)

// VATClasses lists all, in the order in which sums name them.
func VATClasses() []VATClass { return []VATClass{NormalVAT, SpecialVAT, ReducedVAT, ExemptVAT} }

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
