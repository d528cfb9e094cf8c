package pricing

import "kontor/internal/core/money"

// StepKind says what a step does.
type StepKind string

// The steps, in the order in which they can appear.
const (
	StepPublic     StepKind = "public"            // list price × quantity × periods
	StepPartner    StepKind = "partner"           // less the partner rate
	StepDegressive StepKind = "degressive"        // less the degressive rate, on the remainder
	StepRounding   StepKind = "rounding"          // once, on the line total
	StepOpenPrice  StepKind = "public_degressive" // what the public pays: list price less the degressive rate
	StepCashback   StepKind = "cashback"          // public price − preferential price, both rounded: two invoices
	StepVAT        StepKind = "vat"               // on what is charged
	StepCharged    StepKind = "charged"           // with VAT

	// What a partner asks a client for. The simulator has none of these, a quote has.
	StepList   StepKind = "list_price" // the list price is passed on as it is
	StepOwn    StepKind = "own_price"  // a price of the partner's own × quantity × periods
	StepMarkup StepKind = "markup"     // cost and a share of it
	StepMargin StepKind = "margin"     // cost so that a share of the price remains
	StepAgreed StepKind = "agreed"     // less a discount on the line
	StepOffer  StepKind = "offer"      // rounded: what the client pays for the line
	StepCost   StepKind = "cost"       // a cost of the partner's own × quantity
	StepKept   StepKind = "kept"       // price − cost
	StepLines  StepKind = "lines"      // the lines of one rate of VAT
	StepWhole  StepKind = "whole"      // less the discount on the whole
	StepNet    StepKind = "net"        // rounded: before VAT
	StepTotal  StepKind = "total"      // net with VAT
	StepFirst  StepKind = "first_year" // what is due in the first twelve months
)

// Formula says how the operands of a step are joined.
type Formula string

// The formulas.
const (
	Product    Formula = "product"    // a × b × …
	Less       Formula = "less"       // a × (1 − b)
	Shares     Formula = "shares"     // a × (b × c + d × e + …) ÷ f
	Difference Formula = "difference" // a − b
	Sum        Formula = "sum"        // a + b
	Rounding   Formula = "rounding"   // to the cent
	More       Formula = "more"       // a × (1 + b)
	Over       Formula = "over"       // a ÷ (1 − b)
	Times      Formula = "times"      // a × b + c × d + …
)

// Step is one line of a derivation.
type Step struct {
	Kind     StepKind     `json:"kind"`
	Rule     Rule         `json:"rule"`
	Formula  Formula      `json:"formula"`
	Operands []string     `json:"operands"` // decimal text
	Factor   string       `json:"factor"`   // what the value before was multiplied by; "" where the step does not multiply
	Exact    string       `json:"exact"`    // with every digit; for StepRounding what the rounding added
	Rounded  money.Amount `json:"rounded"`
}

// Figure is a price of the whole line with what one piece comes to.
type Figure struct {
	Exact     string       `json:"exact"`
	Rounded   money.Amount `json:"rounded,omitzero"`
	Each      string       `json:"each"`      // of one piece for one month (or year, for a yearly price), at most six decimals
	EachExact bool         `json:"eachExact"` // Each lost no digit
}

// Result is the answer with everything that it rests on.
type Result struct {
	Case      Decision `json:"case"`
	CaseIndex int      `json:"-"` // the place of Case in Cases

	Public       Figure `json:"public"`                // list price
	AfterPartner Figure `json:"afterPartner,omitzero"` // empty, like Preferential, where the rules give the partner nothing
	Preferential Figure `json:"preferential,omitzero"` // after partner and degressive rate: what the partner's line costs
	OpenPrice    Figure `json:"open"`                  // what the public pays: list price less the degressive rate

	Degressive money.Rate   `json:"degressive"` // of the line: the step, or in graduated mode the average, to four decimals
	Reduction  string       `json:"reduction"`  // of Preferential against Public in percent, at most four decimals
	Saved      money.Amount `json:"saved,omitzero"`

	Charged     money.Amount `json:"charged,omitzero"` // what the payer is charged before VAT; zero Amount where the rules give no answer
	VAT         money.Amount `json:"vat,omitzero"`
	ChargedVAT  money.Amount `json:"chargedVat,omitzero"` // with VAT
	Gain        money.Amount `json:"gain,omitzero"`       // discount or cashback; zero Amount where the rules give none
	Assumptions []Rule       `json:"assumptions"`         // what this answer rests on that nobody publishes
	Steps       []Step       `json:"steps"`
}
