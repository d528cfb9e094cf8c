package pricing

import "slices"

// Rule names a sentence that a figure rests on. The window has the sentence in every language under this id.
type Rule string

// The rules. The letters say what a rule is about: L list, D discount, C cashback, A accumulation, R rounding,
// N not stated, B base of the cashback, S steps, V VAT, T time that is billed, E eligibility.
const (
	RuleList       Rule = "L1" // the line of the price book
	RuleDiscount   Rule = "D1" // a partner has a discount on orders and renewals
	RuleDirect     Rule = "D2" // full access, partner's means, partner orders: discount
	RuleDefinition Rule = "C0" // cashback = public price − preferential price, to the prepaid account
	RuleFullClient Rule = "C1" // full access, client's means, client orders: cashback
	RuleFullFor    Rule = "C2" // full access, client's means, partner orders for the client: cashback
	RuleFullOwn    Rule = "C3" // full access, partner's means, client orders: cashback
	RuleLimited    Rule = "C4" // limited access, client orders what the partner manages: cashback
	RuleRemainder  Rule = "A1" // the degressive rate applies to what remains after the partner discount
	RuleRounding   Rule = "R1" // rounded once, on the line total
	RuleInvoices   Rule = "R2" // cashback = the difference of two invoices, each rounded as R1 says
	RuleOther      Rule = "N1" // limited access, client orders what the partner does not manage: not stated
	RuleNoOrder    Rule = "N2" // limited access, partner orders: not stated
	RuleBaseAfter  Rule = "B1" // cashback after the degressive rate: the default
	RuleBaseBefore Rule = "B2" // cashback before the degressive rate: the other reading
	RuleSteps      Rule = "S1" // only 35 → 25 % is published
	RuleCeiling    Rule = "S2" // up to 35 %
	RuleMeans      Rule = "M1" // a choice of payment means exists with full access only
	RuleTime       Rule = "T1" // longer periods are the list price times the months: an assumption
	RuleVAT        Rule = "V1" // Swiss VAT, or the country's
	RuleReverse    Rule = "V2" // reverse charge
	RuleVolume     Rule = "E1" // CHF 2,000 or EUR 1,800 a year
	RuleAgreed     Rule = "P1" // between the partner and the client: own price, mark-up, margin, discount
	RuleApart      Rule = "P2" // once, by the month and by the year are summed apart
	RuleByRate     Rule = "P3" // VAT is rounded once for each rate in each sum
)

// Source is where a rule was read.
type Source struct {
	Rule    Rule     `json:"id"` // its sentence is the message partner_rule_<id>
	Origin  Origin   `json:"origin"`
	Guide   string   `json:"guide"`   // address of the guide or page; "" where the rule is reasoning or an assumption
	Read    []string `json:"read"`    // languages in which the sentence was read
	Derived bool     `json:"derived"` // follows from what is stated by arithmetic or reasoning
}

const (
	guideGains    = "https://www.infomaniak.com/en/support/faq/2672/partnership-recurring-discounts-and-cashback"
	guideInvoices = "https://www.infomaniak.com/en/support/faq/2679/partnership-infomaniak-invoice-management"
	guideProgram  = "https://www.infomaniak.com/en/support/faq/admin2/partner"
	guideBilling  = "https://www.infomaniak.com/en/support/faq/2100/change-the-billing-frequency"
	guideVAT      = "https://www.infomaniak.com/pt/suporte/faq/2599/manage-the-organizations-vat-number"
)

var both = []string{"it", "es"}

var sources = []Source{
	{Rule: RuleList, Origin: Published, Guide: guideGains, Read: both, Derived: true},
	{Rule: RuleDiscount, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleDirect, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleDefinition, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleFullClient, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleFullFor, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleFullOwn, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleLimited, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleRemainder, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleRounding, Origin: Published, Guide: guideGains, Read: both, Derived: true},
	{Rule: RuleInvoices, Origin: Published, Guide: guideGains, Read: both, Derived: true},
	{Rule: RuleOther, Origin: Assumption, Derived: true},
	{Rule: RuleNoOrder, Origin: Assumption, Derived: true},
	{Rule: RuleBaseAfter, Origin: Assumption, Guide: guideGains, Read: both, Derived: true},
	{Rule: RuleBaseBefore, Origin: Assumption, Guide: guideGains, Read: both, Derived: true},
	{Rule: RuleSteps, Origin: Published, Guide: guideGains, Read: both},
	{Rule: RuleCeiling, Origin: Published, Guide: guideProgram, Read: []string{"en", "fr", "de", "it", "es"}},
	{Rule: RuleMeans, Origin: Published, Guide: guideInvoices, Read: []string{"en"}},
	{Rule: RuleTime, Origin: Assumption, Guide: guideBilling, Read: []string{"en"}, Derived: true},
	{Rule: RuleVAT, Origin: ThirdParty},
	{Rule: RuleVolume, Origin: Published, Guide: guideProgram, Read: []string{"en", "fr", "de", "it", "es"}},
	{Rule: RuleReverse, Origin: Published, Guide: guideVAT, Read: []string{"pt"}},
	{Rule: RuleAgreed, Origin: Own},
	{Rule: RuleApart, Origin: Own},
	{Rule: RuleByRate, Origin: Assumption},
}

// Sources lists every rule with where it was read.
func Sources() []Source {
	all := slices.Clone(sources)
	for i := range all {
		all[i].Read = append([]string{}, all[i].Read...) // never nil
	}
	return all
}

// Access is what the client has opened to the partner.
type Access string

// The two kinds of access.
const (
	FullAccess    Access = "full"
	LimitedAccess Access = "limited"
)

// Party is the client or the partner: who orders, whose payment means are used, who is charged.
type Party string

// The two parties; Nobody stands where the rules name none.
const (
	Client  Party = "client"
	Partner Party = "partner"
	Nobody  Party = ""
)

// Outcome is what the partner gets.
type Outcome string

// The outcomes.
const (
	Discount   Outcome = "discount"
	Cashback   Outcome = "cashback"
	NotCovered Outcome = "not_covered" // the rules leave it open
)

// Managed says whether a case is about products that the partner manages.
type Managed string

// The values of Managed; AnyProduct where it makes no difference.
const (
	AnyProduct     Managed = ""
	ManagedProduct Managed = "managed"
	OtherProduct   Managed = "other"
)

// Decision is one row of the decision table.
type Decision struct {
	Access  Access  `json:"access"`
	Means   Party   `json:"means"` // Nobody where no choice of payment means exists
	Orders  Party   `json:"orders"`
	Managed Managed `json:"managed"`
	Outcome Outcome `json:"outcome"`
	Payer   Party   `json:"payer"` // who is charged; Nobody where the rules give no answer
	Rule    Rule    `json:"rule"`
}

// cases is the whole stated table. Orders and renewals have the same rules.
var cases = []Decision{
	{FullAccess, Client, Client, AnyProduct, Cashback, Client, RuleFullClient},
	{FullAccess, Client, Partner, AnyProduct, Cashback, Client, RuleFullFor},
	{FullAccess, Partner, Client, AnyProduct, Cashback, Client, RuleFullOwn},
	{FullAccess, Partner, Partner, AnyProduct, Discount, Partner, RuleDirect},
	{LimitedAccess, Nobody, Client, ManagedProduct, Cashback, Client, RuleLimited},
	{LimitedAccess, Nobody, Client, OtherProduct, NotCovered, Client, RuleOther},
	{LimitedAccess, Nobody, Partner, AnyProduct, NotCovered, Nobody, RuleNoOrder},
}

// Cases returns the decision table.
func Cases() []Decision { return append([]Decision(nil), cases...) }

// Decide finds the case that applies and its place in Cases. With limited access the payment means make no difference:
// the choice exists with full access only (RuleMeans).
func Decide(access Access, means, orders Party, managed bool) (Decision, int) {
	if access == LimitedAccess {
		means = Nobody
	}
	product := OtherProduct
	if managed {
		product = ManagedProduct
	}
	for i, c := range cases {
		if c.Access == access && c.Means == means && c.Orders == orders && (c.Managed == AnyProduct || c.Managed == product) {
			return c, i
		}
	}
	return Decision{Outcome: NotCovered, Rule: RuleNoOrder}, -1
}
