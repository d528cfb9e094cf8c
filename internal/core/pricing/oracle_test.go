package pricing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
)

// oracle is the second implementation: written from the guide's sentences, with rational numbers and nothing of the
// first but its input. It rounds by adding a half and cutting off.
type oracle struct{ list, afterPartner, preferential, open *big.Rat }

func ask(in Input) oracle {
	rest := func(r money.Rate) *big.Rat { // (100 − r) / 100
		percent, _ := new(big.Rat).SetString(r.String())
		return percent.Sub(big.NewRat(100, 1), percent).Quo(percent, big.NewRat(100, 1))
	}
	unit, _ := new(big.Rat).SetString(in.Line.Price.Decimal())
	if in.Line.Per == PerYear {
		unit.Mul(unit, big.NewRat(int64(in.Months), 12))
	} else {
		unit.Mul(unit, big.NewRat(int64(in.Months), 1))
	}
	var o oracle
	o.list = new(big.Rat).Mul(unit, big.NewRat(in.Quantity, 1))
	o.afterPartner = new(big.Rat).Mul(o.list, rest(in.Rate))

	o.open = new(big.Rat)
	tiers := in.Schedule.Tiers
	switch {
	case !in.Line.Degressive:
		o.open.Set(o.list)
	case in.Step != nil:
		o.open.Mul(o.list, rest(*in.Step))
	case in.Schedule.Mode == Volume:
		o.open.Set(o.list)
		for i := len(tiers) - 1; i >= 0; i-- {
			if in.Quantity >= tiers[i].From {
				o.open.Mul(o.list, rest(tiers[i].Percent))
				break
			}
		}
	case in.Schedule.Mode == Graduated: // pieces below the first threshold, then pieces of each step
		pieces := new(big.Rat)
		left := in.Quantity
		for i := len(tiers) - 1; i >= 0; i-- {
			if in.Quantity >= tiers[i].From {
				n := left - tiers[i].From + 1
				pieces.Add(pieces, new(big.Rat).Mul(big.NewRat(n, 1), rest(tiers[i].Percent)))
				left -= n
			}
		}
		o.open.Mul(unit, pieces.Add(pieces, big.NewRat(left, 1)))
	}
	o.preferential = new(big.Rat).Mul(o.open, rest(in.Rate))
	return o
}

var half = big.NewRat(1, 2)

func inCents(r *big.Rat) int64 {
	scaled := new(big.Rat).Mul(r, big.NewRat(100, 1))
	scaled.Add(scaled, half)
	return new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64()
}

// random makes a question within the permitted bounds: every price, rate, mode and quantity can come, and the ones at
// which things change come often.
func random(r *rand.Rand) Input {
	pick := func(n int) int { return r.IntN(n) }
	percent := func() money.Rate {
		switch pick(6) {
		case 0:
			return money.Percent(0)
		case 1:
			return money.Percent(100)
		case 2:
			return money.Percent(uint8(pick(101)))
		}
		return rate(strconv.Itoa(pick(100)) + "." + fmt.Sprintf("%04d", pick(10000)))
	}
	in := Input{
		Ceiling: money.Percent(100), Rate: percent(),
		Access: []Access{FullAccess, LimitedAccess}[pick(2)], Means: []Party{Client, Partner}[pick(2)], Orders: []Party{Client, Partner}[pick(2)],
		Managed: pick(2) == 0, Operation: []Operation{Order, Renewal}[pick(2)], Base: []Base{AfterDegressive, BeforeDegressive}[pick(2)],
		VAT: VAT{[]Treatment{VATExcluded, VATAdded, VATReverse}[pick(3)], percent()}, Months: []int{1, 3, 12, 24, 36}[pick(5)],
	}
	currency := []money.Currency{money.CHF, money.EUR}[pick(2)]
	text := strconv.FormatUint(r.Uint64N(1_000_000_000_000)>>pick(40), 10)
	for len(text) < 7 {
		text = "0" + text
	}
	in.Line = Line{Price: price(text[:len(text)-6]+"."+text[len(text)-6:], currency), Per: PerMonth, Degressive: pick(8) != 0}
	if in.Months%12 == 0 && pick(2) == 0 {
		in.Line.Per = PerYear
	}
	in.Schedule.Mode = []Mode{Volume, Graduated}[pick(2)]
	from := int64(0)
	for range pick(7) {
		from += 1 + r.Int64N(1<<pick(18))
		in.Schedule.Tiers = append(in.Schedule.Tiers, Tier{From: from, Percent: percent()})
	}
	if pick(10) == 0 {
		p := percent()
		in.Step = &p
	}
	in.Quantity = 1 + r.Int64N(1<<pick(20))
	if len(in.Schedule.Tiers) > 0 && pick(3) == 0 { // at, before or after a threshold
		in.Quantity = max(in.Schedule.Tiers[pick(len(in.Schedule.Tiers))].From+int64(pick(3))-1, 1)
	}
	in.Quantity = min(in.Quantity, MaxQuantity)
	return in
}

// The simulator agrees with the oracle to the cent, and to the last digit before rounding, on a million questions.
func TestAgreesWithASecondImplementation(t *testing.T) {
	questions := testkit.Rounds(1_000_000)
	r := rand.New(rand.NewPCG(20832, 0))
	for i := range questions {
		in := random(r)
		if err := agree(in, i%10 == 0); err != nil {
			t.Fatalf("%v\n%+v", err, in)
		}
	}
	t.Logf("%d questions", questions)
}

// agree compares the bare answer, or with full the whole derivation.
func agree(in Input, full bool) error {
	o := ask(in)
	total, err := bare(in)
	if err != nil || cents.Of(total) != inCents(o.preferential) {
		return fmt.Errorf("total %v, %w; want %s", total, err, o.preferential.FloatString(12))
	}
	if !full {
		return nil
	}
	r, err := Simulate(in)
	if err != nil {
		return err
	}
	type pair struct {
		name string
		got  Figure
		want *big.Rat
	}
	figures := []pair{{"public", r.Public, o.list}, {"open price", r.OpenPrice, o.open}}
	if r.Case.Outcome != NotCovered {
		figures = append(figures, pair{"after partner", r.AfterPartner, o.afterPartner}, pair{"preferential", r.Preferential, o.preferential})
	}
	for _, f := range figures {
		exact, ok := new(big.Rat).SetString(f.got.Exact)
		if !ok || exact.Cmp(f.want) != 0 || cents.Of(f.got.Rounded) != inCents(f.want) {
			return fmt.Errorf("%s is %s, %v; want %s", f.name, f.got.Exact, f.got.Rounded, f.want.FloatString(18))
		}
	}
	var gain, charged, vat int64
	switch r.Case.Outcome {
	case Discount:
		gain, charged = inCents(o.open)-inCents(o.preferential), inCents(o.preferential)
	case Cashback:
		gain, charged = inCents(o.open)-inCents(o.preferential), inCents(o.open)
		if in.Base == BeforeDegressive {
			gain = inCents(o.list) - inCents(o.afterPartner)
		}
	case NotCovered:
		if in.Orders == Client {
			charged = inCents(o.open)
		}
	}
	if in.VAT.Treatment == VATAdded {
		percent, _ := new(big.Rat).SetString(in.VAT.Rate.String())
		vat = inCents(percent.Mul(percent, big.NewRat(charged, 10_000)))
	}
	if cents.Of(r.Gain) != gain || cents.Of(r.Charged) != charged || cents.Of(r.VAT) != vat || cents.Of(r.ChargedVAT) != charged+vat {
		return fmt.Errorf("gain %v, charged %v, VAT %v = %v; want %d, %d, %d", r.Gain, r.Charged, r.VAT, r.ChargedVAT, gain, charged, vat)
	}
	return nil
}
