package vat

import "kontor/internal/core/day"

// Treatment is how VAT is dealt with between two parties.
type Treatment string

// The treatments.
const (
	Unknown       Treatment = ""               // too little is known to suggest one
	Domestic      Treatment = "domestic"       // the supplier charges the rate of its own country
	Destination   Treatment = "destination"    // the supplier charges the rate of the customer's country
	ReverseCharge Treatment = "reverse_charge" // within the European Union: the customer declares the tax
	Outside       Treatment = "outside"        // not subject to the supplier's VAT: the place of supply is the customer's
)

// Treatments are those that a person can choose.
func Treatments() []Treatment { return []Treatment{Domestic, Destination, ReverseCharge, Outside} }

// Party is one of the two sides.
type Party struct {
	Country string // ISO 3166-1 alpha-2; "" is not known
	Number  string // that the tax office gave; "" is not known
	Private bool   // no business
}

// Suggestion is what two parties and a day suggest, with the reason.
type Suggestion struct {
	Treatment Treatment
	Rate      Rate // that is charged; of no country where none is, or none is known
	Ground    Ground
	Sentence  Sentence // that the invoice needs; "" where it needs none
}

// Ground is why a treatment is suggested.
type Ground string

// The grounds.
const (
	NoCountry Ground = "no_country"  // of one side the country is not known
	NoRules   Ground = "no_rules"    // of the supplier's country the rules are not known here
	SameVAT   Ground = "same"        // both sides are under the same VAT
	Abroad    Ground = "abroad"      // the place of supply is the customer's, outside the supplier's VAT
	Business  Ground = "business"    // a business in another member state: it declares the tax itself
	NoNumber  Ground = "no_number"   // another member state, no VAT number: a private person as long as none is known
	Consumer  Ground = "private"     // a private person in another member state: electronic services follow the customer
	SwissToEU Ground = "swiss_to_eu" // from Switzerland to a business in the Union
	Chosen    Ground = "chosen"      // a person chose it
)

// Sentence is what an invoice without VAT has to say.
type Sentence string

// The sentences.
const (
	SaysReverse   Sentence = "reverse"     // art. 196 of directive 2006/112/EC
	SaysSwiss     Sentence = "swiss"       // art. 8 MWSTG: place of supply abroad
	SaysSwissToEU Sentence = "swiss_to_eu" // the same, and the recipient declares the tax (art. 196)
	SaysOutsideEU Sentence = "outside_eu"  // art. 44 and 59 of the directive: place of supply outside the Union
	SaysOutside   Sentence = "outside"     // no rule is named
)

// Suggest is the treatment that two countries suggest for services, on a day: between businesses the place of supply is
// the recipient's (MWSTG art. 8; directive 2006/112/EC art. 44), for electronic services to private persons too (art. 58).
// It supposes that the supplier is registered for VAT where it sits and nowhere else.
func Suggest(supplier, customer Party, on day.Day) Suggestion {
	from, to := territory(supplier.Country), territory(customer.Country)
	switch {
	case from == "" || to == "":
		return Suggestion{Ground: NoCountry}
	case from != "CH" && !InUnion(from):
		return Suggestion{Ground: NoRules}
	case from == to:
		return charged(Domestic, from, on, SameVAT)
	case from == "CH" && InUnion(to) && !customer.Private:
		return Suggestion{Treatment: Outside, Ground: SwissToEU, Sentence: SaysSwissToEU}
	case from == "CH":
		return Suggestion{Treatment: Outside, Ground: Abroad, Sentence: SaysSwiss}
	case !InUnion(to):
		return Suggestion{Treatment: Outside, Ground: Abroad, Sentence: SaysOutsideEU}
	case customer.Private:
		return charged(Destination, to, on, Consumer)
	case customer.Number == "":
		return charged(Destination, to, on, NoNumber)
	}
	return Suggestion{Treatment: ReverseCharge, Ground: Business, Sentence: SaysReverse}
}

// Apply is what a treatment comes to that a person chose for two parties.
func Apply(t Treatment, supplier, customer Party, on day.Day) Suggestion {
	switch t {
	case Domestic:
		return charged(t, supplier.Country, on, Chosen)
	case Destination:
		return charged(t, customer.Country, on, Chosen)
	case ReverseCharge:
		return Suggestion{Treatment: t, Ground: Chosen, Sentence: SaysReverse}
	case Outside:
		s := Suggestion{Treatment: t, Ground: Chosen, Sentence: SaysOutside}
		if would := Suggest(supplier, customer, on); would.Treatment == Outside {
			s.Sentence = would.Sentence
		} else if territory(supplier.Country) == "CH" {
			s.Sentence = SaysSwiss
		}
		return s
	}
	return Suggest(supplier, customer, on)
}

// charged is a treatment under which a country's standard rate is charged.
func charged(t Treatment, country string, on day.Day, ground Ground) Suggestion {
	rate, _ := StandardOn(country, on)
	return Suggestion{Treatment: t, Rate: rate, Ground: ground}
}
