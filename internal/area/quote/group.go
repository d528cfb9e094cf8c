package quote

import (
	"slices"
	"strconv"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Biller is who sends the client the invoice.
type Biller string

// The billers.
const (
	Partner    Biller = "partner"
	Infomaniak Biller = "infomaniak"
)

// Group is what one biller charges the client each time a billing period begins. Groups are never added together but in
// Result.First.
type Group struct {
	By       Biller         `json:"by"`
	Months   int            `json:"months"`            // 0 is once
	Times    int64          `json:"times"`             // in the first twelve months
	Lines    []int          `json:"lines"`             // places of the lines, from 0
	Sum      money.Amount   `json:"sum"`               // of the lines
	Discount money.Amount   `json:"discount,omitzero"` // on the whole
	Net      money.Amount   `json:"net"`               // before VAT
	VAT      []VATSum       `json:"vat"`               // by rate; none where no VAT is added here, or Infomaniak adds its own
	Total    money.Amount   `json:"total"`
	Cost     money.Amount   `json:"cost"`              // of the lines whose cost is known
	Costed   money.Amount   `json:"costed"`            // what the client pays for those lines, before VAT
	Unknown  int            `json:"unknown,omitempty"` // lines whose cost is not known: they are in neither
	Earned   money.Amount   `json:"earned"`            // Costed − Cost, or the cashback
	Steps    []pricing.Step `json:"steps"`
}

// VATSum is what is taxed with one rate.
type VATSum struct {
	Class pricing.VATClass `json:"class,omitempty"`
	Rate  money.Rate       `json:"rate"`
	Net   money.Amount     `json:"net"`
	VAT   money.Amount     `json:"vat"`
}

// FirstYear is what one biller charges in the first twelve months: each group as often as its period begins in them.
type FirstYear struct {
	By    Biller         `json:"by"`
	Net   money.Amount   `json:"net"`
	VAT   money.Amount   `json:"vat"`
	Total money.Amount   `json:"total"`
	Steps []pricing.Step `json:"steps"`
}

// summing adds up until the first figure that cannot be held.
type summing struct {
	currency money.Currency
	sum
}

func (s *summing) round(e money.Exact) money.Amount {
	a, err := e.Round(s.currency)
	if s.err == nil {
		s.err = err
	}
	return a
}

func (s *summing) zero() money.Amount { return money.Zero(s.currency) }

// groups sums the lines of a scenario, once and by period, for each biller.
func (b Basis) groups(lines []LineResult) ([]Group, error) {
	list := []Group{}
	for _, by := range []Biller{Partner, Infomaniak} {
		for _, months := range groupMonths(b.Lines) {
			g := Group{By: by, Months: months, Times: times(months), Lines: []int{}}
			for j, r := range lines {
				if r.By == by && b.Lines[j].Months == months && b.Lines[j].Kind != Text {
					g.Lines = append(g.Lines, j)
				}
			}
			if len(g.Lines) == 0 {
				continue
			}
			if err := b.total(&g, lines); err != nil {
				return nil, err
			}
			list = append(list, g)
		}
	}
	return list, nil
}

func (b Basis) total(g *Group, lines []LineResult) error {
	s := summing{currency: b.Book.Currency}
	g.Sum, g.Net, g.Cost, g.Costed, g.Earned = s.zero(), s.zero(), s.zero(), s.zero(), s.zero()
	g.VAT = []VATSum{}
	for _, j := range g.Lines {
		s.add(&g.Sum, lines[j].Offer)
		switch {
		case g.By == Infomaniak:
			s.add(&g.Earned, lines[j].Earned)
		case lines[j].Cost.Currency() == "":
			g.Unknown++
		default:
			s.add(&g.Cost, lines[j].Cost)
			s.add(&g.Costed, lines[j].Offer)
		}
	}
	if g.By == Infomaniak {
		g.Net, g.Total = g.Sum, g.Sum
		g.note(pricing.StepLines, pricing.RuleApart, pricing.Sum, g.Sum.Exact(), g.Sum, offers(g.Lines, lines)...)
		return s.err
	}
	tax := s.zero()
	for _, class := range b.classes(g.Lines) {
		net, vat := b.class(&s, g, lines, class)
		s.add(&g.Net, net)
		if b.VAT.added() {
			g.VAT = append(g.VAT, VATSum{class, b.VAT.of(class), net, vat})
			s.add(&tax, vat)
		}
	}
	g.Total = g.Net
	s.add(&g.Total, tax)
	if b.Discount != nil {
		g.Discount = g.Sum
		s.sub(&g.Discount, g.Net)
		g.Costed = s.round(g.Costed.Exact().MulFactor(b.Discount.Rate.Rest()))
	}
	g.Earned = g.Costed
	s.sub(&g.Earned, g.Cost)
	parts := []string{}
	if len(g.VAT) == 0 {
		parts = append(parts, g.Net.Decimal())
	}
	for _, v := range g.VAT {
		parts = append(parts, v.Net.Decimal(), v.VAT.Decimal())
	}
	g.note(pricing.StepTotal, pricing.RuleApart, pricing.Sum, g.Total.Exact(), g.Total, parts...)
	return s.err
}

// class sums what is taxed alike: the lines, less the discount on the whole, rounded once; then the VAT, rounded once.
func (b Basis) class(s *summing, g *Group, lines []LineResult, class pricing.VATClass) (net, vat money.Amount) {
	of := []int{}
	sum := s.zero()
	for _, j := range g.Lines {
		if !b.VAT.added() || b.Lines[j].Class == class {
			of = append(of, j)
			s.add(&sum, lines[j].Offer)
		}
	}
	net, vat = sum, s.zero()
	g.note(pricing.StepLines, pricing.RuleApart, pricing.Sum, sum.Exact(), sum, offers(of, lines)...)
	if b.Discount != nil {
		less := sum.Exact().MulFactor(b.Discount.Rate.Rest())
		net = s.round(less)
		g.note(pricing.StepWhole, pricing.RuleAgreed, pricing.Less, less, net, sum.Decimal(), b.Discount.Rate.Part().Exact().Text(2))
		g.note(pricing.StepNet, pricing.RuleRounding, pricing.Rounding, net.Exact().Sub(less), net)
	}
	if b.VAT.added() {
		part := b.VAT.of(class).Part()
		tax := net.Exact().MulFactor(part)
		vat = s.round(tax)
		g.note(pricing.StepVAT, pricing.RuleByRate, pricing.Product, tax, vat, net.Decimal(), part.Exact().Text(2))
	}
	return net, vat
}

func (g *Group) note(kind pricing.StepKind, rule pricing.Rule, formula pricing.Formula, exact money.Exact, rounded money.Amount, operands ...string) {
	if operands == nil {
		operands = []string{}
	}
	g.Steps = append(g.Steps, pricing.Step{Kind: kind, Rule: rule, Formula: formula, Operands: operands, Exact: exact.Text(2), Rounded: rounded})
}

func offers(of []int, lines []LineResult) []string {
	list := make([]string, 0, len(of))
	for _, j := range of {
		list = append(list, lines[j].Offer.Decimal())
	}
	return list
}

// classes are the classes of VAT that occur; one for all where none is added.
func (b Basis) classes(of []int) []pricing.VATClass {
	if !b.VAT.added() {
		return []pricing.VATClass{pricing.NormalVAT}
	}
	list := []pricing.VATClass{}
	for _, c := range pricing.VATClasses() {
		if slices.ContainsFunc(of, func(j int) bool { return b.Lines[j].Class == c }) {
			list = append(list, c)
		}
	}
	return list
}

// added tells whether a rate is added to what the partner invoices.
func (v VAT) added() bool { return v.Kind == pricing.SwissVAT || v.Kind == pricing.CountryVAT }

// of is the rate of a class.
func (v VAT) of(class pricing.VATClass) money.Rate {
	switch class {
	case pricing.NormalVAT:
		return v.Rate
	case pricing.ExemptVAT:
		return money.Rate{}
	case pricing.ReducedVAT, pricing.SpecialVAT:
	}
	return v.Rates[class]
}

// firstYears adds the groups of each biller up, as often as each is due in twelve months.
func firstYears(groups []Group, currency money.Currency) ([]FirstYear, error) {
	list := []FirstYear{}
	s := summing{currency: currency}
	for _, by := range []Biller{Partner, Infomaniak} {
		f := FirstYear{By: by, Net: s.zero(), VAT: s.zero(), Total: s.zero()}
		operands := []string{}
		for _, g := range groups {
			if g.By != by {
				continue
			}
			n := uint64(g.Times) //nolint:gosec // 1 to 12
			s.add(&f.Net, s.round(g.Net.Exact().Mul(n)))
			for _, v := range g.VAT {
				s.add(&f.VAT, s.round(v.VAT.Exact().Mul(n)))
			}
			s.add(&f.Total, s.round(g.Total.Exact().Mul(n)))
			operands = append(operands, strconv.FormatInt(g.Times, 10), g.Total.Decimal())
		}
		if len(operands) > 0 {
			f.Steps = []pricing.Step{{
				Kind: pricing.StepFirst, Rule: pricing.RuleApart, Formula: pricing.Times, Operands: operands, Exact: f.Total.Decimal(), Rounded: f.Total,
			}}
			list = append(list, f)
		}
	}
	return list, s.err
}
