package pricing

import (
	"fmt"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// Base is what cashback is computed on. The guides call it the difference between the public and the preferential
// price and leave open whether that public price already has the degressive rate.
type Base string

// The two readings. AfterDegressive is the default: the degressive price is open to everyone, so it is what the public
// pays, and only then are discount and cashback worth the same.
const (
	AfterDegressive  Base = "after"
	BeforeDegressive Base = "before"
)

// Operation is what is done; the rules treat both alike.
type Operation string

// The two operations.
const (
	Order   Operation = "order"
	Renewal Operation = "renewal"
)

// Treatment is how VAT is dealt with.
type Treatment string

// The treatments.
const (
	VATExcluded Treatment = "excluded"       // figures before VAT, as the lists are
	VATAdded    Treatment = "added"          // a rate is added: the Swiss one or a country's
	VATReverse  Treatment = "reverse_charge" // EU company with a valid VAT number: it declares the VAT at home
)

// VAT is a treatment with the rate to add.
type VAT struct {
	Treatment Treatment  `json:"treatment"`
	Rate      money.Rate `json:"rate"`
}

// Input is one question, complete: nothing outside it changes the answer.
type Input struct {
	Line      Line
	Quantity  int64
	Rate      money.Rate // the partner's
	Ceiling   money.Rate // the highest rate to accept
	Schedule  Schedule
	Step      *money.Rate // a step chosen by hand; nil takes the step that the quantity reaches
	Months    int         // billing period: 1, 3, 12, 24 or 36
	Access    Access
	Means     Party
	Orders    Party
	Managed   bool
	Operation Operation
	Base      Base
	VAT       VAT
}

// Validate gathers everything that makes the question unanswerable.
func (in Input) Validate() error {
	var c fault.Check
	checkQuantity(&c, in.Quantity)
	CheckRate(&c, "rate", in.Rate, in.Ceiling)
	switch {
	case in.Months != 1 && in.Months != 3 && in.Months != 12 && in.Months != 24 && in.Months != 36:
		c.Refuse("months", "not_a_choice")
	case in.Line.Per == PerYear && in.Months%12 != 0:
		c.Refuse("months", "yearly_product")
	}
	oneOf(&c, "product", in.Line.Per, PerMonth, PerYear)
	oneOf(&c, "access", in.Access, FullAccess, LimitedAccess)
	oneOf(&c, "means", in.Means, Client, Partner)
	oneOf(&c, "orders", in.Orders, Client, Partner)
	oneOf(&c, "operation", in.Operation, Order, Renewal)
	oneOf(&c, "base", in.Base, AfterDegressive, BeforeDegressive)
	oneOf(&c, "vat", in.VAT.Treatment, VATExcluded, VATAdded, VATReverse)
	oneOf(&c, "mode", in.Schedule.Mode, Volume, Graduated)
	return c.Err()
}

func checkQuantity(c *fault.Check, n int64) {
	if n < 1 {
		c.Refuse("quantity", "number_too_small", "min", "1")
	} else if n > MaxQuantity {
		c.Refuse("quantity", "number_too_large", "max", strconv.Itoa(MaxQuantity))
	}
}

// periods is how many times the list price is due: months, or years for a yearly price.
func (in Input) periods() uint64 {
	if in.Line.Per == PerYear {
		return uint64(in.Months) / 12 //nolint:gosec // one of the five
	}
	return uint64(in.Months) //nolint:gosec // one of the five
}

// share is a run of pieces with one degressive percentage.
type share struct {
	pieces  int64
	percent money.Rate
}

// eachShare tells the runs of a quantity, cheapest step last.
func (in Input) eachShare(n int64, yield func(share)) {
	tiers := in.Schedule.Tiers
	switch {
	case !in.Line.Degressive:
		yield(share{n, money.Rate{}})
	case in.Step != nil:
		yield(share{n, *in.Step})
	case in.Schedule.Mode == Volume:
		reached := money.Rate{}
		for _, t := range tiers {
			if t.From <= n {
				reached = t.Percent
			}
		}
		yield(share{n, reached})
	default:
		from, percent := int64(1), money.Rate{}
		for _, t := range tiers {
			if t.From > n {
				break
			}
			if t.From > from {
				yield(share{t.From - from, percent})
			}
			from, percent = t.From, t.Percent
		}
		yield(share{n - from + 1, percent})
	}
}

// weight is what the degressive rate leaves of n pieces: 26.25 for 35 pieces at 25 %.
func (in Input) weight(n int64) money.Factor {
	var sum money.Factor
	in.eachShare(n, func(s share) { sum += money.Factor(s.pieces) * s.percent.Rest() }) //nolint:gosec // positive
	return sum
}

// The four exact figures of n pieces for the billing period.
func (in Input) public(n int64) money.Exact {
	return in.Line.Price.Exact().Mul(in.periods()).Mul(uint64(n)) //nolint:gosec // positive
}

func (in Input) publicDegressive(n int64) money.Exact {
	return in.Line.Price.Exact().Mul(in.periods()).MulFactor(in.weight(n))
}
func (in Input) afterPartner(n int64) money.Exact { return in.public(n).MulFactor(in.Rate.Rest()) }
func (in Input) preferential(n int64) money.Exact {
	return in.publicDegressive(n).MulFactor(in.Rate.Rest())
}

// Simulate answers a question with every step: the partner rate first, the degressive rate on what remains, one
// rounding on the line total. Cashback is the difference of two line totals, each rounded by itself, for both are real
// invoices (RuleInvoices): it can be a cent away from the rounded difference of the exact figures. It is pure. Errors: Invalid with the refused fields.
func Simulate(in Input) (Result, error) {
	if err := in.Validate(); err != nil {
		return Result{}, err
	}
	d := derivation{in: in, currency: in.Line.Price.Currency()}
	d.result.Case, d.result.CaseIndex = Decide(in.Access, in.Means, in.Orders, in.Managed)
	d.figures()
	d.steps()
	d.assumptions()
	return d.result, d.err
}

// derivation gathers a result; the first error stays.
type derivation struct {
	in       Input
	currency money.Currency
	result   Result
	err      error

	public, partner, final, open money.Exact
}

func (d *derivation) round(e money.Exact) money.Amount {
	a, err := e.Round(d.currency)
	d.fail(err)
	return a
}

func (d *derivation) fail(err error) {
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("simulate: %w", err)
	}
}

func (d *derivation) figure(e money.Exact) Figure {
	each, exact := e.DivRound(uint64(d.in.Quantity)*d.in.periods(), money.PriceDigits) //nolint:gosec // positive
	least := d.currency.Decimals()
	return Figure{Exact: e.Text(least), Rounded: d.round(e), Each: each.Text(least), EachExact: exact}
}

func (d *derivation) figures() {
	in, r, n := d.in, &d.result, d.in.Quantity
	d.public, d.partner, d.final, d.open = in.public(n), in.afterPartner(n), in.preferential(n), in.publicDegressive(n)
	r.Public, r.AfterPartner, r.Preferential, r.OpenPrice = d.figure(d.public), d.figure(d.partner), d.figure(d.final), d.figure(d.open)

	left, _ := in.weight(n).Exact().DivRound(uint64(n), money.RateDigits+2) //nolint:gosec // positive
	average, err := money.ParseRate(money.One.Exact().Sub(left).Mul(100).Text(0))
	d.fail(err)
	r.Degressive = average
	remaining, _ := in.Rate.Rest().Exact().MulFactor(in.weight(n)).DivRound(uint64(n), money.RateDigits+2) //nolint:gosec // positive
	r.Reduction = money.One.Exact().Sub(remaining).Mul(100).Text(0)

	r.Saved = d.less(r.Public.Rounded, r.Preferential.Rounded)
	switch r.Case.Outcome {
	case Discount:
		r.Charged, r.Gain = r.Preferential.Rounded, d.less(r.OpenPrice.Rounded, r.Preferential.Rounded)
	case Cashback:
		r.Charged, r.Gain = r.OpenPrice.Rounded, d.less(r.OpenPrice.Rounded, r.Preferential.Rounded)
		if in.Base == BeforeDegressive {
			r.Gain = d.less(r.Public.Rounded, r.AfterPartner.Rounded)
		}
	case NotCovered: // there is no partner's price to show
		r.AfterPartner, r.Preferential, r.Reduction, r.Saved = Figure{}, Figure{}, "", money.Amount{}
		if r.Case.Payer == Client {
			r.Charged = r.OpenPrice.Rounded
		}
	}
	if r.Charged.Currency() != "" {
		r.ChargedVAT = r.Charged
		if in.VAT.Treatment == VATAdded {
			r.VAT = d.round(r.Charged.Exact().MulFactor(in.VAT.Rate.Part()))
			r.ChargedVAT, err = r.Charged.Add(r.VAT)
			d.fail(err)
		}
	}
}

func (d *derivation) less(a, b money.Amount) money.Amount {
	diff, err := a.Sub(b)
	d.fail(err)
	return diff
}

func (d *derivation) add(s Step) { d.result.Steps = append(d.result.Steps, s) }

func (d *derivation) steps() {
	in, r := d.in, &d.result
	d.result.Steps = make([]Step, 0, 8)
	operands := []string{strconv.FormatInt(in.Quantity, 10), in.Line.Price.Decimal()}
	if p := in.periods(); p > 1 {
		operands = append(operands, strconv.FormatUint(p, 10))
	}
	d.add(Step{StepPublic, RuleList, Product, operands, "", r.Public.Exact, r.Public.Rounded})

	if r.Case.Outcome == NotCovered { // no partner price to derive: only what the public pays
		if r.Case.Payer != Nobody {
			d.degressive(StepDegressive, r.Public.Exact, r.OpenPrice)
			d.rounding(d.open, r.OpenPrice.Rounded)
			d.vat()
		}
		return
	}
	d.add(Step{
		StepPartner, RuleDiscount, Less,
		[]string{r.Public.Exact, in.Rate.Part().Exact().Text(2)},
		in.Rate.Rest().Exact().Text(2), r.AfterPartner.Exact, r.AfterPartner.Rounded,
	})
	d.degressive(StepDegressive, r.AfterPartner.Exact, r.Preferential)
	d.rounding(d.final, r.Preferential.Rounded)
	if r.Case.Outcome == Cashback {
		d.degressive(StepOpenPrice, r.Public.Exact, r.OpenPrice)
		from, to := r.OpenPrice.Rounded, r.Preferential.Rounded
		if in.Base == BeforeDegressive {
			from, to = r.Public.Rounded, r.AfterPartner.Rounded
		}
		d.add(Step{StepCashback, r.Case.Rule, Difference, []string{from.Decimal(), to.Decimal()}, "", r.Gain.Decimal(), r.Gain})
	}
	d.vat()
}

// degressive adds the step that leads from a value to a figure by the degressive rate.
func (d *derivation) degressive(kind StepKind, from string, to Figure) {
	var shares []share
	d.in.eachShare(d.in.Quantity, func(s share) { shares = append(shares, s) })
	if len(shares) == 1 {
		p := shares[0].percent
		d.add(Step{kind, RuleRemainder, Less, []string{from, p.Part().Exact().Text(2)}, p.Rest().Exact().Text(2), to.Exact, to.Rounded})
		return
	}
	operands := []string{from}
	for _, s := range shares {
		operands = append(operands, strconv.FormatInt(s.pieces, 10), s.percent.Rest().Exact().Text(2))
	}
	operands = append(operands, strconv.FormatInt(d.in.Quantity, 10))
	d.add(Step{kind, RuleRemainder, Shares, operands, d.result.Degressive.Rest().Exact().Text(2), to.Exact, to.Rounded})
}

func (d *derivation) rounding(exact money.Exact, rounded money.Amount) {
	d.add(Step{StepRounding, RuleRounding, Rounding, []string{}, "", rounded.Exact().Sub(exact).Text(2), rounded})
}

func (d *derivation) vat() {
	in, r := d.in, &d.result
	switch in.VAT.Treatment {
	case VATAdded:
		part := in.VAT.Rate.Part()
		d.add(Step{
			StepVAT, RuleVAT, Product,
			[]string{r.Charged.Decimal(), part.Exact().Text(2)},
			part.Exact().Text(2),
			r.Charged.Exact().MulFactor(part).Text(2), r.VAT,
		})
		d.add(Step{StepCharged, RuleVAT, Sum, []string{r.Charged.Decimal(), r.VAT.Decimal()}, "", r.ChargedVAT.Decimal(), r.ChargedVAT})
	case VATReverse:
		d.add(Step{StepVAT, RuleReverse, Product, []string{r.Charged.Decimal(), "0"}, "0", "0.00", money.Zero(d.currency)})
	case VATExcluded: // nothing to add: the lists are before VAT
	}
}

// assumptions names what the answer rests on that is not published.
func (d *derivation) assumptions() {
	in, r := d.in, &d.result
	r.Assumptions = []Rule{}
	if in.Months > 1 && in.Line.Per == PerMonth {
		r.Assumptions = append(r.Assumptions, RuleTime)
	}
	if !r.Degressive.IsZero() && !in.publishedStep() {
		r.Assumptions = append(r.Assumptions, RuleSteps)
	}
	if in.Rate.Cmp(PublishedCeiling) > 0 {
		r.Assumptions = append(r.Assumptions, RuleCeiling)
	}
	if r.Case.Outcome == Cashback && !r.Degressive.IsZero() {
		base := RuleBaseAfter
		if in.Base == BeforeDegressive {
			base = RuleBaseBefore
		}
		r.Assumptions = append(r.Assumptions, base)
	}
}

// publishedStep tells whether the degressive rate is the one that is published: 25 % at 35 pieces.
func (in Input) publishedStep() bool {
	n, p := publishedTier.From, publishedTier.Percent
	return in.Quantity == n && in.weight(n) == money.Factor(n)*p.Rest() //nolint:gosec // positive
}
