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
	Rate      Rate   // that is charged; of no country where none is, or none is known
	Reason    string // see Reasons
	Sentence  string // that the invoice needs; see Sentences
}

// The reasons of a suggestion.
const (
	ReasonNoCountry  = "no_country"  // of one side the country is not known
	ReasonNoRules    = "no_rules"    // of the supplier's country the rules are not known here
	ReasonSame       = "same"        // both sides are under the same VAT
	ReasonAbroad     = "abroad"      // the place of supply is the customer's, outside the supplier's VAT
	ReasonBusiness   = "business"    // a business in another member state: it declares the tax itself
	ReasonNoNumber   = "no_number"   // another member state, no VAT number: a private person as long as none is known
	ReasonPrivate    = "private"     // a private person in another member state: electronic services follow the customer
	ReasonSwissToEU  = "swiss_to_eu" // from Switzerland to a business in the Union
	ReasonOverridden = "overridden"  // a person chose it
)

// Reasons are all reasons that a suggestion can have.
func Reasons() []string {
	return []string{
		ReasonNoCountry, ReasonNoRules, ReasonSame, ReasonAbroad, ReasonBusiness, ReasonNoNumber, ReasonPrivate, ReasonSwissToEU,
		ReasonOverridden,
	}
}

// The sentences that an invoice without VAT needs.
const (
	SentenceReverse    = "reverse"     // art. 196 of directive 2006/112/EC
	SentenceSwiss      = "swiss"       // art. 8 MWSTG: place of supply abroad
	SentenceSwissToEU  = "swiss_to_eu" // the same, and the recipient declares the tax (art. 196)
	SentenceOutsideEU  = "outside_eu"  // art. 44 and 59 of the directive: place of supply outside the Union
	SentenceOutsideAny = "outside"     // no rule is named
)

// Sentences are all of them.
func Sentences() []string {
	return []string{SentenceReverse, SentenceSwiss, SentenceSwissToEU, SentenceOutsideEU, SentenceOutsideAny}
}

// Suggest is the treatment that two countries suggest for services, on a day: between businesses the place of supply is
// the recipient's (MWSTG art. 8; directive 2006/112/EC art. 44), for electronic services to private persons too (art. 58).
// It supposes that the supplier is registered for VAT where it sits and nowhere else.
func Suggest(supplier, customer Party, on day.Day) Suggestion {
	from, to := territory(supplier.Country), territory(customer.Country)
	switch {
	case from == "" || to == "":
		return Suggestion{Reason: ReasonNoCountry}
	case from != "CH" && !InUnion(from):
		return Suggestion{Reason: ReasonNoRules}
	case from == to:
		return charged(Domestic, from, on, ReasonSame)
	case from == "CH" && InUnion(to) && !customer.Private:
		return Suggestion{Treatment: Outside, Reason: ReasonSwissToEU, Sentence: SentenceSwissToEU}
	case from == "CH":
		return Suggestion{Treatment: Outside, Reason: ReasonAbroad, Sentence: SentenceSwiss}
	case !InUnion(to):
		return Suggestion{Treatment: Outside, Reason: ReasonAbroad, Sentence: SentenceOutsideEU}
	case customer.Private:
		return charged(Destination, to, on, ReasonPrivate)
	case customer.Number == "":
		return charged(Destination, to, on, ReasonNoNumber)
	}
	return Suggestion{Treatment: ReverseCharge, Reason: ReasonBusiness, Sentence: SentenceReverse}
}

// Apply is what a treatment comes to that a person chose for two parties.
func Apply(t Treatment, supplier, customer Party, on day.Day) Suggestion {
	switch t {
	case Domestic:
		return charged(t, supplier.Country, on, ReasonOverridden)
	case Destination:
		return charged(t, customer.Country, on, ReasonOverridden)
	case ReverseCharge:
		return Suggestion{Treatment: t, Reason: ReasonOverridden, Sentence: SentenceReverse}
	case Outside:
		s := Suggestion{Treatment: t, Reason: ReasonOverridden, Sentence: SentenceOutsideAny}
		if would := Suggest(supplier, customer, on); would.Treatment == Outside {
			s.Sentence = would.Sentence
		} else if territory(supplier.Country) == "CH" {
			s.Sentence = SentenceSwiss
		}
		return s
	}
	return Suggest(supplier, customer, on)
}

// charged is a treatment under which a country's standard rate is charged.
func charged(t Treatment, country string, on day.Day, reason string) Suggestion {
	rate, _ := StandardOn(country, on)
	return Suggestion{Treatment: t, Rate: rate, Reason: reason}
}
