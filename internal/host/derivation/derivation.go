// Package derivation writes how a price came about: as views for the page, and in words for files. It computes nothing:
// every figure is package pricing's.
package derivation

import (
	"strconv"
	"strings"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// Step is one line of a derivation for the page.
type Step struct {
	Kind     string       `json:"kind"`
	Rule     string       `json:"rule"`
	Formula  string       `json:"formula"`
	Operands []string     `json:"operands"` // decimal text
	Factor   string       `json:"factor"`
	Exact    string       `json:"exact"` // with every digit; of a rounding what it added
	Rounded  bridge.Money `json:"rounded"`
}

// Steps are a derivation for the page; never nil.
func Steps(steps []pricing.Step) []Step {
	views := make([]Step, 0, len(steps))
	for _, s := range steps {
		views = append(views, Step{
			string(s.Kind), string(s.Rule), string(s.Formula), append([]string{}, s.Operands...), s.Factor, s.Exact, bridge.MoneyOf(s.Rounded),
		})
	}
	return views
}

// Name is what a step does: "Partner discount".
func Name(b *words.Book, s pricing.Step) string { return words.Of(b, "partner_step_", s.Kind) }

// Calculation is a step as it is written by hand: 347.20 × (1 − 0.20).
func Calculation(b *words.Book, s pricing.Step) string {
	o := make([]string, len(s.Operands))
	for i, operand := range s.Operands {
		o[i] = b.Number(operand)
	}
	switch s.Formula {
	case pricing.Product:
		return strings.Join(o, " × ")
	case pricing.Less:
		return o[0] + " × (1 − " + o[1] + ")"
	case pricing.Difference:
		return strings.Join(o, " − ")
	case pricing.Sum:
		return strings.Join(o, " + ")
	case pricing.Shares:
		parts := []string{}
		for i := 1; i+1 < len(o)-1; i += 2 {
			parts = append(parts, o[i]+" × "+o[i+1])
		}
		return o[0] + " × (" + strings.Join(parts, " + ") + ") ÷ " + o[len(o)-1]
	case pricing.More:
		return o[0] + " × (1 + " + o[1] + ")"
	case pricing.Over:
		return o[0] + " ÷ (1 − " + o[1] + ")"
	case pricing.Times:
		parts := []string{}
		for i := 0; i+1 < len(o); i += 2 {
			parts = append(parts, o[i]+" × "+o[i+1])
		}
		return strings.Join(parts, " + ")
	case pricing.Rounding:
	}
	return b.T("partner_rounding_note")
}

// Rules are those that a step rests on. A cashback is the difference of two rounded invoices, which is a rule of its own.
func Rules(s pricing.Step) []pricing.Rule {
	if s.Kind == pricing.StepCashback {
		return []pricing.Rule{s.Rule, pricing.RuleInvoices}
	}
	return []pricing.Rule{s.Rule}
}

// RuleIDs are the rules of a step as one names them: "L1", "C0, R2".
func RuleIDs(s pricing.Step) string {
	ids := []string{}
	for _, r := range Rules(s) {
		ids = append(ids, string(r))
	}
	return strings.Join(ids, ", ")
}

// Sentence is what a rule says.
func Sentence(b *words.Book, r pricing.Rule) string { return words.Of(b, "partner_rule_", r) }

// Product is what a line of a price list is called: by the name that somebody gave it, else by Kontor's.
func Product(b *words.Book, l pricing.Line) string {
	if l.Name != "" {
		return l.Name
	}
	if known, ok := b.Lookup("partner_product_" + l.Product); ok {
		return known
	}
	return l.Product
}

// Period is what an amount pays for: "per month", "for 3 months", "per year", "for 2 years".
func Period(b *words.Book, months int) string {
	switch {
	case months == 0:
		return b.T("partner_once")
	case months == 1:
		return b.T("partner_per_month")
	case months == 12:
		return b.T("partner_per_year")
	case months%12 == 0:
		return b.T("partner_for_years", "n", strconv.Itoa(months/12))
	}
	return b.T("partner_for_months", "n", strconv.Itoa(months))
}

// Figure is decimal text of an amount, "" for one that is not there.
func Figure(a money.Amount) string {
	if a.Currency() == "" {
		return ""
	}
	return a.Decimal()
}
