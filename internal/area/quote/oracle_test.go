package quote

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// The second implementation of what a quote comes to, with rational numbers and nothing of the first but its basis: what
// a line costs the client, what it costs the partner, the sums that are due once and by each period, VAT by rate, and the
// first twelve months. It was written from the rules, not from the code.

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

func times2(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// taken is what a percentage leaves.
func taken(percent string) *big.Rat {
	return new(big.Rat).Quo(new(big.Rat).Sub(big.NewRat(100, 1), rat(percent)), big.NewRat(100, 1))
}

// cent rounds half away from zero to two decimals.
func cent(r *big.Rat) *big.Rat {
	hundred := times2(r, big.NewRat(100, 1))
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		half.Neg(half)
	}
	hundred.Add(hundred, half)
	whole := new(big.Int).Quo(hundred.Num(), hundred.Denom()) // towards zero
	return new(big.Rat).SetFrac(whole, big.NewInt(100))
}

type reckoned struct{ offer, cost, charged, gain *big.Rat } // nil where there is none

func reckonLine(b Basis, s Scenario, j int) (r reckoned, byPartner bool) {
	l, item := b.Lines[j], s.Items[j]
	quantity := new(big.Rat).Add(big.NewRat(item.Quantity, 1), big.NewRat(item.Milli, 1000))
	less := func(price *big.Rat) *big.Rat {
		if l.Discount != nil {
			price = times2(price, taken(l.Discount.Rate.String()))
		}
		return cent(price)
	}
	if l.Kind == Own {
		r.offer = less(times2(quantity, rat(l.Price.Decimal())))
		if l.Cost != nil {
			r.cost = cent(times2(quantity, rat(l.Cost.Decimal())))
		}
		return r, true
	}
	periods := big.NewRat(int64(l.Months), 1)
	if l.Article.Per == pricing.PerYear {
		periods = big.NewRat(int64(l.Months), 12)
	}
	list := times2(times2(quantity, rat(l.Article.Price.Decimal())), periods)
	open := new(big.Rat).Set(list)
	if l.Article.Degressive {
		open = degressive(b, s, l, item.Quantity, list)
	}
	rate := s.Rate
	if l.Rate != nil {
		rate = *l.Rate
	}
	preferential := cent(times2(open, taken(rate.String())))
	switch {
	case s.Access == pricing.FullAccess && s.Means == pricing.Partner && s.Orders == pricing.Partner:
		r.charged, r.cost = preferential, preferential
		r.gain = new(big.Rat).Sub(cent(open), preferential)
	case s.Access == pricing.FullAccess || l.Managed: // cashback
		r.charged, r.offer = cent(open), cent(open)
		r.gain = new(big.Rat).Sub(cent(open), preferential)
		if b.Base == pricing.BeforeDegressive {
			r.gain = new(big.Rat).Sub(cent(list), cent(times2(list, taken(rate.String()))))
		}
		return r, false
	default:
		r.charged, r.offer = cent(open), cent(open)
		return r, false
	}
	var price *big.Rat
	switch {
	case item.Own != nil:
		price = times2(times2(quantity, rat(item.Own.Decimal())), periods)
	case l.Set != nil:
		price = times2(times2(quantity, rat(l.Set.Decimal())), periods)
	case s.Resale == AtList:
		price = list
	case s.Resale == AtPublic:
		price = open
	case s.Resale == AtMargin:
		price = new(big.Rat).Quo(r.cost, taken(s.Margin.String()))
	case s.Margin != nil:
		price = times2(r.cost, new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(rat(s.Margin.String()), big.NewRat(100, 1))))
	default:
		price = r.cost
	}
	r.offer = less(price)
	return r, true
}

// degressive takes the steps off: of all pieces by the step that they reach with those held elsewhere, or piece by piece.
func degressive(b Basis, s Scenario, l Line, n int64, list *big.Rat) *big.Rat {
	schedule := b.Schedule
	if l.Schedule != nil {
		schedule = *l.Schedule
	}
	percentAt := func(n int64) string {
		percent := "0"
		for _, t := range schedule.Tiers {
			if n >= t.From {
				percent = t.Percent.String()
			}
		}
		return percent
	}
	if schedule.Mode == pricing.Volume {
		return times2(list, taken(percentAt(n+s.Pooled)))
	}
	left := new(big.Rat)
	for piece := range n {
		left.Add(left, taken(percentAt(piece+1)))
	}
	return times2(list, left.Quo(left, big.NewRat(n, 1)))
}

// reckon says in words what a scenario comes to, for comparing.
func reckon(b Basis, s Scenario) (said []string) {
	type key struct {
		partner bool
		months  int
	}
	type sum struct {
		byClass                   map[pricing.VATClass]*big.Rat
		cost, costed, gain, plain *big.Rat
		unknown                   int
	}
	sums := map[key]*sum{}
	for j, l := range b.Lines {
		if l.Kind == Text {
			continue
		}
		r, partner := reckonLine(b, s, j)
		k := key{partner, l.Months}
		if sums[k] == nil {
			sums[k] = &sum{map[pricing.VATClass]*big.Rat{}, new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), 0}
		}
		g := sums[k]
		class := l.Class
		if b.VAT.Kind != pricing.SwissVAT && b.VAT.Kind != pricing.CountryVAT {
			class = "all"
		}
		if g.byClass[class] == nil {
			g.byClass[class] = new(big.Rat)
		}
		g.byClass[class].Add(g.byClass[class], r.offer)
		g.plain.Add(g.plain, r.offer)
		if r.gain != nil {
			g.gain.Add(g.gain, r.gain)
		}
		if r.cost == nil {
			g.unknown++
		} else {
			g.cost.Add(g.cost, r.cost)
			g.costed.Add(g.costed, r.offer)
		}
		said = append(said, fmt.Sprintf("line %d: %s", j, r.offer.FloatString(2)))
	}
	whole := big.NewRat(1, 1)
	if b.Discount != nil {
		whole = taken(b.Discount.Rate.String())
	}
	for _, partner := range []bool{true, false} {
		first, any := new(big.Rat), false
		for _, months := range []int{0, 1, 3, 6, 12, 24, 36} {
			g := sums[key{partner, months}]
			if g == nil {
				continue
			}
			any = true
			net, tax, earned := new(big.Rat), new(big.Rat), g.gain
			if !partner {
				net.Set(g.plain)
			} else {
				for class, of := range g.byClass {
					base := cent(times2(of, whole))
					net.Add(net, base)
					tax.Add(tax, cent(times2(base, share(b, class))))
				}
				earned = new(big.Rat).Sub(cent(times2(g.costed, whole)), g.cost)
			}
			total := new(big.Rat).Add(net, tax)
			said = append(said, fmt.Sprintf("%t %d: net %s total %s earned %s unknown %d", partner, months, net.FloatString(2), total.FloatString(2), earned.FloatString(2), map[bool]int{true: g.unknown}[partner]))
			due := int64(1)
			if months > 0 {
				due = 0
				for m := 0; m < 12; m += months {
					due++
				}
			}
			first.Add(first, times2(total, big.NewRat(due, 1)))
		}
		if any {
			said = append(said, fmt.Sprintf("first %t: %s", partner, first.FloatString(2)))
		}
	}
	return said
}

func share(b Basis, class pricing.VATClass) *big.Rat {
	percent := "0"
	switch {
	case class == pricing.NormalVAT:
		percent = b.VAT.Rate.String()
	case class == "all":
	case class != pricing.ExemptVAT:
		percent = b.VAT.Rates[class].String()
	}
	return new(big.Rat).Quo(rat(percent), big.NewRat(100, 1))
}

// say writes an answer in the same words.
func say(b Basis, r Result) (said []string) {
	for j, l := range r.Lines {
		if b.Lines[j].Kind != Text {
			said = append(said, fmt.Sprintf("line %d: %s", j, l.Offer.Decimal()))
		}
	}
	for _, by := range []Biller{Partner, Infomaniak} {
		for _, g := range r.Groups {
			if g.By == by {
				said = append(said, fmt.Sprintf("%t %d: net %s total %s earned %s unknown %d", by == Partner, g.Months, g.Net.Decimal(), g.Total.Decimal(), g.Earned.Decimal(), g.Unknown))
			}
		}
		for _, f := range r.First {
			if f.By == by {
				said = append(said, fmt.Sprintf("first %t: %s", by == Partner, f.Total.Decimal()))
			}
		}
	}
	return said
}

// anyQuote is a random quote of rules version 2, with everything that one can say.
func anyQuote(r *rand.Rand) Basis {
	currency := money.Currencies()[r.IntN(2)]
	rate := func() money.Rate {
		x, _ := money.ParseRate(strconv.Itoa(r.IntN(60)) + "." + strconv.Itoa(r.IntN(10_000)))
		return x
	}
	maybe := func() *money.Rate {
		if r.IntN(2) == 0 {
			return nil
		}
		x := rate()
		return &x
	}
	price := func() *money.Price {
		p, _ := money.ParsePrice(strconv.Itoa(r.IntN(900))+"."+fmt.Sprintf("%0*d", 2+r.IntN(5), r.IntN(100)), currency)
		return &p
	}
	steps := func() pricing.Schedule {
		return pricing.Schedule{Mode: []pricing.Mode{pricing.Volume, pricing.Graduated}[r.IntN(2)], Tiers: []pricing.Tier{
			{From: 3, Percent: money.Percent(uint8(1 + r.IntN(9)))}, {From: 12, Percent: money.Percent(uint8(10 + r.IntN(30)))},
		}}
	}
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	b := Basis{
		Rules: 2, Base: pricing.Base(pick("after", "before")), Ceiling: money.Percent(100), Schedule: steps(), Floor: maybe(),
		Book: Book{ID: "b", Currency: currency, ValidFrom: day.Date(2026, 1, 1)},
		VAT:  VAT{Kind: pricing.VATKind(pick("excluded", "swiss", "country", "reverse_charge")), Rates: map[pricing.VATClass]money.Rate{pricing.ReducedVAT: rate(), pricing.SpecialVAT: rate()}},
	}
	if b.VAT.added() {
		b.VAT.Rate = rate()
	}
	if d := maybe(); d != nil {
		b.Discount = &Discount{Rate: *d}
	}
	for range 1 + r.IntN(8) {
		l := Line{Kind: Kind(pick("listed", "listed", "own", "own", "text")), Operation: pricing.Order, Managed: r.IntN(3) > 0, Class: pricing.VATClasses()[r.IntN(4)]}
		if d := maybe(); d != nil {
			l.Discount = &Discount{Rate: *d}
		}
		switch l.Kind {
		case Own:
			l.Unit, l.Months, l.Price = Units()[r.IntN(6)], cycles[r.IntN(len(cycles))], price()
			if r.IntN(2) == 0 {
				l.Cost = price()
			}
		case Text:
			l.Description, l.Discount, l.Class = "words", nil, ""
		case Listed:
			l.Article = pricing.Line{Product: "web_hosting", Price: *price(), Per: pricing.Per(pick("month", "year")), Degressive: r.IntN(2) == 0}
			if l.Months = []int{1, 3, 12, 24, 36}[r.IntN(5)]; l.Article.Per == pricing.PerYear {
				l.Months = []int{12, 24, 36}[r.IntN(3)]
			}
			l.Rate = maybe()
			if r.IntN(4) == 0 {
				s := steps()
				l.Schedule = &s
			}
			if r.IntN(5) == 0 {
				l.Set = price()
			}
		}
		b.Lines = append(b.Lines, l)
	}
	for range 1 + r.IntN(3) {
		s := Scenario{Access: pricing.Access(pick("full", "full", "limited")), Means: pricing.Party(pick("partner", "client")), Orders: pricing.Party(pick("partner", "client")), Rate: rate(), Resale: resales[r.IntN(4)]}
		if s.Access == pricing.LimitedAccess {
			s.Means, s.Orders = pricing.Client, pricing.Client
		}
		if b.Schedule.Mode == pricing.Volume {
			s.Pooled = int64(r.IntN(20))
		}
		if s.resells() && s.Resale.takesRate() {
			x := rate()
			s.Margin = &x
		} else if s.Resale == AtMargin {
			s.Resale = AtMarkup
		}
		for _, l := range b.Lines {
			item := Item{Quantity: int64(1 + r.IntN(60))}
			if l.Kind == Own {
				item.Milli = int64(r.IntN(1000))
			}
			if l.Kind == Listed && s.resells() && r.IntN(4) == 0 {
				item.Own = price()
			}
			s.Items = append(s.Items, item)
		}
		if !b.margined(s) {
			s.Margin, s.Resale = nil, AtList
		}
		b.Scenarios = append(b.Scenarios, s)
	}
	return b
}

// Every sum of a quote, computed a second time: one-off and recurring, VAT by rate, discounts, both currencies.
func TestEverySumAgreesWithASecondImplementation(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(2_000) {
		b := anyQuote(rand.New(rand.NewPCG(seed, 12))) //nolint:gosec // the same cases each time
		a, err := Compute(b)
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		for i, s := range b.Scenarios {
			if got, want := say(b, a.Scenarios[i]), reckon(b, s); !slices.Equal(got, want) {
				t.Fatalf("%d, scenario %d:\n got %q\nwant %q", seed, i+1, got, want)
			}
			for _, l := range a.Scenarios[i].Lines {
				seen[string(l.Priced)]++
			}
		}
		if seed%10 == 0 {
			text, _, err := freeze(b)
			if proof, failed := prove(text); err != nil || failed != nil || !proof.Same {
				t.Fatalf("%d: kept and computed again: %+v, %v, %v", seed, proof, err, failed)
			}
		}
		seen[string(b.Book.Currency)]++
		seen[string(b.VAT.Kind)]++
	}
	for _, way := range []string{"own", "condition", "list", "public", "markup", "margin", "infomaniak", "CHF", "EUR", "swiss", "country", "reverse_charge", "excluded"} {
		if seen[way] < 100 {
			t.Errorf("%s: %d times only", way, seen[way])
		}
	}
}

// Every figure that a quote shows is where a derivation leads to, and its steps follow from each other: what a step
// begins with was there before it.
func TestEveryFigureIsTheEndOfItsSteps(t *testing.T) {
	for seed := range uint64(500) {
		b := anyQuote(rand.New(rand.NewPCG(seed, 7))) //nolint:gosec // the same cases each time
		a, err := Compute(b)
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		for i, r := range a.Scenarios {
			for j, l := range r.Lines {
				if b.Lines[j].Kind == Text {
					continue
				}
				ends(t, fmt.Sprint(seed, i, j, " offer"), l.Steps, l.Offer)
				if l.Earned.Currency() != "" && l.Earned.Sign() != 0 {
					ends(t, fmt.Sprint(seed, i, j, " earned"), l.Steps, l.Earned)
				}
				if l.Cost.Currency() != "" {
					ends(t, fmt.Sprint(seed, i, j, " cost"), l.Steps, l.Cost)
				}
			}
			for k, g := range r.Groups {
				ends(t, fmt.Sprint(seed, i, k, " group"), g.Steps[len(g.Steps)-1:], g.Total)
				for _, v := range g.VAT {
					ends(t, fmt.Sprint(seed, i, k, " VAT"), g.Steps, v.VAT)
					ends(t, fmt.Sprint(seed, i, k, " net"), g.Steps, v.Net)
				}
			}
			for _, f := range r.First {
				ends(t, fmt.Sprint(seed, i, " first"), f.Steps, f.Total)
			}
		}
	}
}

func ends(t *testing.T, what string, steps []pricing.Step, figure money.Amount) {
	t.Helper()
	if !slices.ContainsFunc(steps, func(s pricing.Step) bool { return s.Rounded == figure }) {
		t.Fatalf("%s: no step comes to %s: %+v", what, figure, steps)
	}
}
