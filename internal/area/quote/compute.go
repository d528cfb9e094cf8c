package quote

import (
	"fmt"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Answer is what a basis comes to, one Result per scenario.
type Answer struct {
	Scenarios []Result `json:"scenarios"`
}

// Result is what a scenario comes to.
type Result struct {
	Outcome pricing.Outcome `json:"outcome"`
	Payer   pricing.Party   `json:"payer"` // whom Infomaniak charges
	Lines   []LineResult    `json:"lines"`
	Start   Sums            `json:"start,omitzero"` // the first invoices of all lines; of rules version 1 only, like VAT and Total
	Year    Sums            `json:"year"`           // every invoice of twelve months
	VAT     money.Amount    `json:"vat,omitzero"`   // on Start.Offer, rounded once
	Total   money.Amount    `json:"total,omitzero"` // Start.Offer with VAT

	// From rules version 2 on.
	Groups []Group     `json:"groups,omitempty"`
	First  []FirstYear `json:"first,omitempty"` // the first twelve months, for each biller
}

// LineResult is what a line comes to in one billing period, before VAT.
type LineResult struct {
	pricing.Result
	Offer  money.Amount `json:"offer,omitzero"`  // what the client pays, to whomever, after the line's discount
	Earned money.Amount `json:"earned,omitzero"` // what the partner keeps or gets back; none where the cost is not known
	Times  int64        `json:"times"`           // invoices in twelve months

	// From rules version 2 on; a line of text has none of it.
	By        Biller       `json:"by,omitempty"`
	Priced    Priced       `json:"priced,omitempty"`
	Gross     money.Amount `json:"gross,omitzero"`    // before the line's discount
	Discount  money.Amount `json:"discount,omitzero"` // Gross − Offer; none where there is no discount
	Cost      money.Amount `json:"cost,omitzero"`     // to the partner; none where it is not known
	Each      string       `json:"each,omitempty"`    // of one, in Gross, at most six decimals
	EachExact bool         `json:"eachExact,omitempty"`
	Below     bool         `json:"below,omitempty"` // it is sold for less than the partner set as the least
}

// Sums are figures added up over the lines, before VAT.
type Sums struct {
	Charged money.Amount `json:"charged"` // what Infomaniak charges
	Offer   money.Amount `json:"offer"`
	Gain    money.Amount `json:"gain"` // discount or cashback
	Earned  money.Amount `json:"earned"`
}

// Compute answers a basis. It is pure: the same basis gives the same answer for ever.
// Errors: Invalid with the refused fields; Conflict rules_unknown for a basis of a newer Kontor.
func Compute(b Basis) (Answer, error) {
	if err := b.Validate(); err != nil {
		return Answer{}, err
	}
	a := Answer{Scenarios: make([]Result, len(b.Scenarios))}
	for i := range b.Scenarios {
		r, err := b.scenario(i)
		if err != nil {
			return Answer{}, fmt.Errorf("quote: scenario %d: %w", i+1, err)
		}
		a.Scenarios[i] = r
	}
	return a, nil
}

// input is the question that a line asks in a scenario. VAT is not a line's: it is added once, to the whole.
func (b Basis) input(scenario, line int) pricing.Input {
	s, l := b.Scenarios[scenario], b.Lines[line]
	in := pricing.Input{
		Line: l.Article, Quantity: s.Items[line].Quantity, Rate: s.Rate, Ceiling: b.Ceiling, Schedule: b.stepsOf(l),
		Months: l.Months, Access: s.Access, Means: s.Means, Orders: s.Orders, Managed: l.Managed, Operation: l.Operation,
		Base: b.Base, VAT: pricing.VAT{Treatment: pricing.VATExcluded},
	}
	if l.Rate != nil {
		in.Rate = *l.Rate
	}
	if s.Pooled > 0 && in.Schedule.Mode == pricing.Volume {
		step := money.Rate{}
		for _, t := range in.Schedule.Tiers {
			if t.From <= in.Quantity+s.Pooled {
				step = t.Percent
			}
		}
		in.Step = &step
	}
	return in
}

// stepsOf are the degressive steps of a line.
func (b Basis) stepsOf(l Line) pricing.Schedule {
	if l.Schedule != nil {
		return *l.Schedule
	}
	return b.Schedule
}

func (b Basis) scenario(i int) (r Result, err error) {
	s := b.Scenarios[i]
	if b.Rules > 1 {
		return b.scenario2(i)
	}
	none := money.Zero(b.Book.Currency)
	r = Result{Outcome: s.gain(), Payer: pricing.Client, Lines: make([]LineResult, len(b.Lines))}
	r.Start, r.Year = Sums{none, none, none, none}, Sums{none, none, none, none}
	if s.resells() {
		r.Payer = pricing.Partner
	}
	for j := range b.Lines {
		if r.Lines[j], err = b.line(i, j); err != nil {
			return r, err
		}
		if err := r.Start.add(r.Lines[j], 1); err != nil {
			return r, err
		}
		if err := r.Year.add(r.Lines[j], r.Lines[j].Times); err != nil {
			return r, err
		}
	}
	if r.VAT, err = r.Start.Offer.Exact().MulFactor(b.VAT.Rate.Part()).Round(b.Book.Currency); err != nil {
		return r, err
	}
	r.Total, err = r.Start.Offer.Add(r.VAT)
	return r, err
}

// scenario2 is a scenario by rules version 2: what is due once, by the month and by the year stays apart.
func (b Basis) scenario2(i int) (r Result, err error) {
	s := b.Scenarios[i]
	none := money.Zero(b.Book.Currency)
	r = Result{Outcome: s.gain(), Payer: pricing.Client, Lines: make([]LineResult, len(b.Lines)), Year: Sums{none, none, none, none}}
	if s.resells() {
		r.Payer = pricing.Partner
	}
	for j := range b.Lines {
		if r.Lines[j], err = b.offer2(i, j); err != nil {
			return r, err
		}
		if err := r.Year.add(LineResult{Result: pricing.Result{Charged: r.Lines[j].Charged, Gain: r.Lines[j].Gain}}, r.Lines[j].Times); err != nil {
			return r, err
		}
	}
	if r.Groups, err = b.groups(r.Lines); err != nil {
		return r, err
	}
	for _, g := range r.Groups {
		if err := r.Year.add(LineResult{Offer: g.Net, Earned: g.Earned}, g.Times); err != nil {
			return r, err
		}
	}
	r.First, err = firstYears(r.Groups, b.Book.Currency)
	return r, err
}

func (b Basis) line(scenario, line int) (l LineResult, err error) {
	s, in := b.Scenarios[scenario], b.input(scenario, line)
	if l.Result, err = pricing.Simulate(in); err != nil {
		return l, err
	}
	l.Times = int64((12 + in.Months - 1) / in.Months)
	l.Offer, l.Earned = l.Charged, money.Zero(b.Book.Currency)
	switch l.Case.Outcome {
	case pricing.Cashback:
		l.Earned = l.Gain
	case pricing.Discount:
		if l.Offer, err = b.resold(s, line, in, l.Charged); err != nil {
			return l, err
		}
		l.Earned, err = l.Offer.Sub(l.Charged)
	case pricing.NotCovered: // the client pays the public price, the partner gets nothing
	}
	return l, err
}

// resold is what the partner charges the client for a line that the partner is charged for: its own price, else its
// cost with the margin. Rounded once, on the line.
func (b Basis) resold(s Scenario, line int, in pricing.Input, cost money.Amount) (money.Amount, error) {
	periods := uint64(in.Months) //nolint:gosec // one of five
	if in.Line.Per == pricing.PerYear {
		periods /= 12
	}
	if own := s.Items[line].Own; own != nil {
		return own.Exact().Mul(periods).Mul(uint64(in.Quantity)).Round(b.Book.Currency) //nolint:gosec // positive
	}
	if s.Margin == nil {
		return cost, nil
	}
	return cost.Exact().MulFactor(money.One + s.Margin.Part()).Round(b.Book.Currency)
}

func (s *Sums) add(l LineResult, times int64) error {
	for _, part := range []struct {
		to *money.Amount
		of money.Amount
	}{{&s.Charged, l.Charged}, {&s.Offer, l.Offer}, {&s.Gain, l.Gain}, {&s.Earned, l.Earned}} {
		more, err := part.of.Exact().Mul(uint64(times)).Round(part.to.Currency()) //nolint:gosec // 1 to 12
		if err != nil {
			return err
		}
		if *part.to, err = part.to.Add(more); err != nil {
			return err
		}
	}
	return nil
}
