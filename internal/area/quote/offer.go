package quote

import (
	"strconv"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// fraction is an exact number: n ÷ over. A margin on the sale price divides, and what it comes to is rounded only at the
// end, like everything else.
type fraction struct {
	n    money.Exact
	over uint64
}

func whole(n money.Exact) fraction { return fraction{n, 1} }

func (f fraction) times(factor money.Factor) fraction { return fraction{f.n.MulFactor(factor), f.over} }

// less takes a share off.
func (f fraction) less(r money.Rate) fraction { return f.times(r.Rest()) }

func (f fraction) round(c money.Currency) (money.Amount, error) {
	rounded, _ := f.n.DivRound(f.over, c.Decimals())
	return rounded.Round(c)
}

// text has every digit, or six decimals where there is no end of them.
func (f fraction) text() string {
	if f.over == 1 {
		return f.n.Text(2)
	}
	cut, _ := f.n.DivRound(f.over, money.PriceDigits)
	return cut.Text(2)
}

// rest is what a rounding added.
func (f fraction) rest(rounded money.Amount) string {
	cut, _ := rounded.Exact().Mul(f.over).Sub(f.n).DivRound(f.over, money.PriceDigits)
	return cut.Text(2)
}

// asking works out what the partner asks for a line, each step noted.
type asking struct {
	currency money.Currency
	line     *LineResult
	err      error
}

func (a *asking) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

func (a *asking) add(kind pricing.StepKind, rule pricing.Rule, formula pricing.Formula, f fraction, factor string, operands ...string) money.Amount {
	rounded, err := f.round(a.currency)
	a.fail(err)
	a.line.Steps = append(a.line.Steps, pricing.Step{Kind: kind, Rule: rule, Formula: formula, Operands: operands, Factor: factor, Exact: f.text(), Rounded: rounded})
	return rounded
}

// offer2 is what a line comes to in a scenario by rules version 2.
func (b Basis) offer2(scenario, line int) (r LineResult, err error) {
	s, l := b.Scenarios[scenario], b.Lines[line]
	item := s.Items[line]
	a := asking{currency: b.Book.Currency, line: &r}
	var price fraction
	switch {
	case l.Kind == Text:
		return r, nil
	case l.Kind == Own:
		r.Times, r.By, r.Priced = times(l.Months), Partner, ByOwnPrice
		price = a.own(*l.Price, item, 1)
		r.Gross = a.gross(price)
	default:
		in := b.input(scenario, line)
		if r.Result, err = pricing.Simulate(in); err != nil {
			return r, err
		}
		r.Times = times(l.Months)
		if !s.resells() {
			r.By, r.Priced, r.Offer = Infomaniak, ByInfomaniak, r.Charged
			r.Gross, r.Earned = r.Offer, money.Zero(b.Book.Currency)
			if r.Case.Outcome == pricing.Cashback {
				r.Earned = r.Gain
			}
			r.each(item)
			return r, nil
		}
		r.By, r.Cost = Partner, r.Charged
		price = a.resold(s, l, item, in)
		r.Gross = a.gross(price)
	}
	a.agreed(l, price)
	a.kept(l, item)
	r.each(item)
	r.Below = a.err == nil && b.below(l, item, r)
	return r, a.err
}

func (a *asking) own(p money.Price, item Item, periods uint64) fraction {
	price := whole(p.Exact().Mul(periods).MulFactor(item.count()))
	operands := []string{item.Pieces(), p.Decimal()}
	if periods > 1 {
		operands = append(operands, strconv.FormatUint(periods, 10))
	}
	a.add(pricing.StepOwn, pricing.RuleAgreed, pricing.Product, price, "", operands...)
	return price
}

// resold is what the partner asks for a listed line that it is charged for: an own price, else the client's condition,
// else the way of the scenario.
func (a *asking) resold(s Scenario, l Line, item Item, in pricing.Input) fraction {
	periods := uint64(in.Months) //nolint:gosec // one of five
	if in.Line.Per == pricing.PerYear {
		periods /= 12
	}
	r, cost := a.line, a.line.Charged.Exact()
	rate := money.Rate{}
	if s.Margin != nil {
		rate = *s.Margin
	}
	switch {
	case item.Own != nil:
		r.Priced = ByOwnPrice
		return a.own(*item.Own, item, periods)
	case l.Set != nil:
		r.Priced = ByCondition
		return a.own(*l.Set, item, periods)
	case s.Resale == AtList:
		r.Priced = Priced(AtList)
		price := whole(in.Line.Price.Exact().Mul(periods).MulFactor(item.count()))
		operands := []string{item.Pieces(), in.Line.Price.Decimal()}
		if periods > 1 {
			operands = append(operands, strconv.FormatUint(periods, 10))
		}
		a.add(pricing.StepList, pricing.RuleList, pricing.Product, price, "", operands...)
		return price
	case s.Resale == AtPublic:
		r.Priced = Priced(AtPublic)
		exact, step, err := pricing.OpenPrice(in)
		a.fail(err)
		r.Steps = append(r.Steps, step)
		return whole(exact)
	case s.Resale == AtMargin:
		r.Priced = Priced(AtMargin)
		price := fraction{cost.Mul(uint64(money.One)), uint64(rate.Rest())}
		a.add(pricing.StepMargin, pricing.RuleAgreed, pricing.Over, price, "", r.Charged.Decimal(), rate.Part().Exact().Text(2))
		return price
	}
	r.Priced = Priced(AtMarkup)
	factor := money.One + rate.Part()
	price := whole(cost).times(factor)
	a.add(pricing.StepMarkup, pricing.RuleAgreed, pricing.More, price, factor.Exact().Text(2), r.Charged.Decimal(), rate.Part().Exact().Text(2))
	return price
}

func (a *asking) gross(price fraction) money.Amount {
	rounded, err := price.round(a.currency)
	a.fail(err)
	return rounded
}

// agreed takes the line's discount off and rounds: what the client pays for the line.
func (a *asking) agreed(l Line, price fraction) {
	r := a.line
	if l.Discount != nil {
		from := price.text()
		price = price.less(l.Discount.Rate)
		a.add(pricing.StepAgreed, pricing.RuleAgreed, pricing.Less, price, l.Discount.Rate.Rest().Exact().Text(2), from, l.Discount.Rate.Part().Exact().Text(2))
	}
	var err error
	r.Offer, err = price.round(a.currency)
	a.fail(err)
	r.Steps = append(r.Steps, pricing.Step{Kind: pricing.StepOffer, Rule: pricing.RuleRounding, Formula: pricing.Rounding, Operands: []string{}, Exact: price.rest(r.Offer), Rounded: r.Offer})
	if l.Discount != nil {
		r.Discount, err = r.Gross.Sub(r.Offer)
		a.fail(err)
	}
}

// kept is what remains of the price after the cost, where that is known.
func (a *asking) kept(l Line, item Item) {
	r := a.line
	if l.Kind == Own {
		if l.Cost == nil {
			return
		}
		r.Cost = a.add(pricing.StepCost, pricing.RuleAgreed, pricing.Product, whole(l.Cost.Exact().MulFactor(item.count())), "", item.Pieces(), l.Cost.Decimal())
	}
	kept, err := r.Offer.Sub(r.Cost)
	a.fail(err)
	r.Earned = kept
	a.add(pricing.StepKept, pricing.RuleAgreed, pricing.Difference, whole(kept.Exact()), "", r.Offer.Decimal(), r.Cost.Decimal())
}

// each is what one comes to before the discount, as a paper names it.
func (r *LineResult) each(item Item) {
	each, exact := r.Gross.Exact().Mul(uint64(money.One)).DivRound(uint64(item.count()), money.PriceDigits)
	r.Each, r.EachExact = each.Text(2), exact
}

// below tells whether a line is sold for less than what the partner set as the least: its own floor, or the least margin
// on the sale price.
func (b Basis) below(l Line, item Item, r LineResult) bool {
	if l.Floor != nil && r.Offer.Exact().Sub(l.Floor.Exact().MulFactor(item.count())).Sign() < 0 {
		return true
	}
	if b.Floor == nil || r.Cost.Currency() == "" {
		return false
	}
	return r.Offer.Exact().MulFactor(b.Floor.Rest()).Sub(r.Cost.Exact()).Sign() < 0
}
