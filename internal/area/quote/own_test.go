package quote

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// desk are the partner's prices over the same workspace.
func (w *world) desk() *partner.Service {
	return partner.NewService(partner.Options{DB: w.db, Journal: w.journal, Organizations: organization.NewDirectory(w.db), Clock: day.Clock{Now: w.db.Now}})
}

func francs(t *testing.T, text string) money.Price {
	t.Helper()
	p, err := money.ParsePrice(text, money.CHF)
	must(t, err)
	return p
}

// linesOf are the lines that a question is about.
func linesOf(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Params["lines"]
}

// move is the mock of a quote: work once, hosting by the month, domains and support by the year, VAT at two rates.
func move() Form {
	own := func(name, unit, price string, months int) LineForm {
		return LineForm{Kind: "own", Name: name, Unit: unit, Price: price, Months: months, DiscountShown: true}
	}
	sites := own("Umzug der Websites", "hour", "120", 0)
	sites.Discount = "10"
	book := own("Handbuch", "piece", "24", 0)
	book.Class, book.Cost, book.Category = "reduced", "15", "goods"
	hosting := LineForm{Product: "web_hosting", Months: 1, Operation: "order", Managed: true, Discount: "10", DiscountShown: true}
	return Form{
		Name: "Hotel Tre Larici AG", Language: "de", Book: "shipped-chf", ValidUntil: "2026-12-20", VAT: "swiss",
		Lines: []LineForm{
			{Kind: "text", Description: "Der Umzug findet an einem Wochenende statt."},
			sites, own("Umzug der Postfächer", "piece", "25", 0), book,
			hosting, own("Betreuung", "year", "1140", 12),
		},
		Scenarios: []ScenarioForm{{Access: "full", Means: "partner", Orders: "partner", Rate: "20", Resale: "list", Quantities: []string{"", "14", "12", "4", "35", "1"}}},
	}
}

func TestOnceAndRecurringAreSummedApart(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, move())
	r := q.Answer.Scenarios[0]
	got := []string{}
	for _, g := range r.Groups {
		line := strings.Join([]string{string(rune('0' + g.Months%10)), g.Net.Decimal(), g.Total.Decimal(), g.Earned.Decimal()}, " ")
		for _, v := range g.VAT {
			line += " " + v.Rate.String() + ":" + v.VAT.Decimal()
		}
		got = append(got, line)
	}
	want := []string{
		"0 1908.00 2057.27 36.00 8.1:146.77 2.6:2.50", // 1512 + 300 taxed normally, 96 reduced; of 96 the cost of 60 is known
		"1 312.48 337.79 104.16 8.1:25.31",            // 35 × 9.92 less 10 %, for which 208.32 is paid
		"2 1140.00 1232.34 0.00 8.1:92.34",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	if r.Groups[0].Unknown != 2 || r.Groups[2].Unknown != 1 {
		t.Errorf("lines without a known cost: %d, %d", r.Groups[0].Unknown, r.Groups[2].Unknown)
	}
	if f := r.First[0]; f.Total.Decimal() != "7343.09" || strings.Join(f.Steps[0].Operands, " ") != "1 2057.27 12 337.79 1 1232.34" {
		t.Errorf("%s: %v", f.Total, f.Steps)
	}
	if got := q.Form(); got.Lines[1].Discount != "10" || got.Scenarios[0].Quantities[0] != "" || got.Lines[0].Kind != "text" {
		t.Errorf("%+v", got)
	}
	if again := w.save(t, q.Form()); again.Answer.Scenarios[0].First[0].Total != r.First[0].Total {
		t.Error("opened and saved, it comes to something else")
	}
	if p, err := w.List(legal(t), Filter{Search: "postfacher", Sort: "number", Limit: 9}); err != nil || p.Found != 2 {
		t.Errorf("%+v, %v", p, err)
	}
}

// What is typed counts or is refused: nothing is ignored.
func TestNoFigureOfALineIsIgnored(t *testing.T) {
	w := newWorld(t)
	for want, change := range map[string]func(*Form){
		"scenarios.0.margin:margin_not_used": func(f *Form) { f.Scenarios[0].Margin = "10" },
		"scenarios.0.margin:required":        func(f *Form) { f.Scenarios[0].Resale = "margin" },
		"scenarios.0.margin:margin_is_all":   func(f *Form) { f.Scenarios[0].Resale, f.Scenarios[0].Margin = "margin", "100" },
		"scenarios.0.resale:not_a_choice":    func(f *Form) { f.Scenarios[0].Resale = "gift" },
		"scenarios.0.margin:margin_no_line": func(f *Form) {
			f.Scenarios[0].Resale, f.Scenarios[0].Margin, f.Scenarios[0].Prices = "markup", "5", []string{"", "", "", "", "7", ""}
		},
		"scenarios.0.prices.1:price_of_line":    func(f *Form) { f.Scenarios[0].Prices = []string{"", "7"} },
		"scenarios.0.quantities.4:not_whole":    func(f *Form) { f.Scenarios[0].Quantities[4] = "2.5" },
		"scenarios.0.quantities.1:too_many_dig": func(f *Form) { f.Scenarios[0].Quantities[1] = "2.5001" },
		"scenarios.0.quantities.1:number_too_s": func(f *Form) { f.Scenarios[0].Quantities[1] = "0" },
		"lines.1.price:required":                func(f *Form) { f.Lines[1].Price = "" },
		"lines.1.unit:not_a_choice":             func(f *Form) { f.Lines[1].Unit = "mile" },
		"lines.1.months:not_a_choice":           func(f *Form) { f.Lines[1].Months = 5 },
		"lines.1.class:not_a_choice":            func(f *Form) { f.Lines[1].Class = "luxury" },
		"lines.1.category:not_a_choice":         func(f *Form) { f.Lines[1].Category = "luxury" },
		"lines.3.class:no_vat_rate":             func(f *Form) { f.VAT = "country" },
		"lines.0.description:required":          func(f *Form) { f.Lines[0].Description = "" },
		"lines.0.kind:not_a_choice":             func(f *Form) { f.Lines[0].Kind = "gift" },
		"discount:number_too_large":             func(f *Form) { f.Discount = "101" },
		"lines.4.rate:rate_above_ceiling":       func(f *Form) { f.Lines[4].Rate = "36" },
	} {
		f := move()
		change(&f)
		if _, err := w.Save(legal(t), "", 0, f); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), " "+want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// A margin is measured on the sale price, a mark-up on the cost; both are named for what they are.
func TestMarkUpAndMargin(t *testing.T) {
	w := newWorld(t)
	for resale, want := range map[string]string{"markup": "260.40", "margin": "277.76", "list": "347.20", "public": "260.40"} {
		f := published()
		f.Lines, f.Scenarios = f.Lines[:1], f.Scenarios[:1]
		f.Scenarios[0].Quantities, f.Scenarios[0].Resale, f.Scenarios[0].Margin = []string{"35"}, resale, ""
		if resale == "markup" || resale == "margin" {
			f.Scenarios[0].Margin = "25"
		}
		l := w.save(t, f).Answer.Scenarios[0].Lines[0]
		if l.Offer.Decimal() != want || l.Priced != Priced(resale) || l.Steps[len(l.Steps)-2].Rounded != l.Offer {
			t.Errorf("%s: %s, want %s: %+v", resale, l.Offer, want, l.Steps)
		}
		if resale == "margin" && money.Share(l.Earned, l.Offer) != "25.0" {
			t.Errorf("of the sale price: %s", money.Share(l.Earned, l.Offer))
		}
	}
}

// A list that is not in force, and a line below the floor, are asked about before a quote is kept or sent.
func TestAQuoteAsksBeforeItIsKept(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	book := func(from, until string) string {
		id, err := w.desk().SaveBook(ctx, partner.BookDraft{Name: from, Currency: "CHF", ValidFrom: from, ValidUntil: until, Source: "x", Lines: []partner.LineDraft{
			{Product: "web_hosting", Price: "7.90", Per: "month", Degressive: true, Origin: "own"},
		}})
		must(t, err)
		return id
	}
	for reason, id := range map[string]string{ReasonListEnded: book("2026-09-01", "2026-10-31"), ReasonListFuture: book("2027-01-01", "")} {
		f := move()
		f.Book = id
		if _, err := w.Save(ctx, "", 0, f); fault.ReasonOf(err) != reason {
			t.Errorf("%s: %v", reason, err)
		}
		f.Confirmed = []string{reason}
		q := w.save(t, f)
		if err := w.Send(ctx, q.ID, q.Version); fault.ReasonOf(err) != reason {
			t.Errorf("sent, %s: %v", reason, err)
		}
		must(t, w.Send(ctx, q.ID, q.Version, reason))
	}
	f := move()
	f.Book = "" // what a quote begins with is in force
	if q := w.save(t, f); q.Basis.Book.ID != "shipped-chf" {
		t.Errorf("begun with %s", q.Basis.Book.ID)
	}
	must(t, w.desk().SaveTerms(ctx, partner.TermsDraft{Rate: "20", Ceiling: "35", Base: "after", Country: "20", Floor: "40"}))
	if _, err := w.Save(ctx, "", 0, f); fault.ReasonOf(err) != ReasonBelowFloor || linesOf(err) != "4, 5" {
		t.Errorf("below 40 %% of the sale price: %v", err) // the book keeps 37.5 %, the hosting 33.3 %
	}
	f.Confirmed = []string{ReasonBelowFloor}
	w.save(t, f)
	must(t, w.desk().SaveTerms(ctx, partner.TermsDraft{Rate: "20", Ceiling: "35", Base: "after", Country: "20", Version: 1}))
	f.Confirmed, f.Lines[1].Floor = nil, "110"
	if _, err := w.Save(ctx, "", 0, f); fault.ReasonOf(err) != ReasonBelowFloor || linesOf(err) != "2" {
		t.Errorf("below its own floor: %v", err)
	}
}

// The partner's rate for a category and the steps of one product go before the general ones, from their day on.
func TestConditionsByCategoryAndProduct(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	must(t, w.desk().SaveRates(ctx, []partner.CategoryRate{
		{Category: "hosting", Rate: "30", From: "2026-01-01", Source: "contract"},
		{Category: "hosting", Rate: "5", From: "2027-01-01", Source: "contract"},
		{Category: "domain", Rate: "0", From: "2026-01-01", Source: "contract"},
	}, 0))
	must(t, w.desk().SaveProductSteps(ctx, []partner.ProductSteps{{Product: "web_hosting", Steps: partner.ScheduleDraft{
		Mode: "volume", ValidFrom: "2026-01-01", Source: "contract", Tiers: []partner.TierDraft{{From: "10", Percent: "50", Origin: "own"}},
	}}}, 0))
	q := w.save(t, published())
	hosting, domain := q.Answer.Scenarios[0].Lines[0], q.Answer.Scenarios[0].Lines[1]
	if hosting.Charged.Decimal() != "121.52" || domain.Charged.Decimal() != "21.30" { // 347.20 × 0.70 × 0.50; no discount on domains
		t.Errorf("%s, %s", hosting.Charged, domain.Charged)
	}
	if l := q.Basis.Lines[0]; l.RateFrom != OfCategory || l.Schedule == nil || l.Rate.String() != "30" {
		t.Errorf("%+v", l)
	}
	f := published()
	f.Lines[0].Rate = "10"
	if q := w.save(t, f); q.Basis.Lines[0].RateFrom != Typed || q.Answer.Scenarios[0].Lines[0].Charged.Decimal() != "156.24" {
		t.Errorf("typed: %+v", q.Answer.Scenarios[0].Lines[0].Charged)
	}
	if err := w.desk().SaveRates(ctx, []partner.CategoryRate{{Category: "mail", Rate: "36", From: "2026-01-01", Source: "x"}}, 1); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("above the ceiling: %v", err)
	}
	if err := w.desk().SaveRates(ctx, nil, 0); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("an old version: %v", err)
	}
}

// What the client's record says of a category holds where the quote says nothing else, and is named as the client's.
func TestConditionsOfTheClient(t *testing.T) {
	cat := Catalogue{Book: pricing.Book{Currency: money.CHF, Lines: []pricing.Line{{Product: "web_hosting", Price: francs(t, "9.92"), Per: pricing.PerMonth}}}}
	rate, off, own := money.Percent(35), money.Percent(10), francs(t, "8")
	terms := Conditions{Categories: map[string]Condition{"hosting": {Partner: &rate, Discount: &off}, "work": {Discount: &off}}}
	var c fault.Check
	l := LineForm{Product: "web_hosting", Months: 1, Operation: "order"}.parse(&c, "", cat, terms)
	if l.Rate.String() != "35" || l.RateFrom != OfClient || l.Discount.Rate.String() != "10" || l.Discount.From != OfClient {
		t.Errorf("%+v", l)
	}
	if f := l.form(); f.Rate != "" || f.Discount != "" {
		t.Errorf("a condition was written down as typed: %+v", f)
	}
	if l := (LineForm{Product: "web_hosting", Discount: "0"}).parse(&c, "", cat, terms); !l.Discount.Rate.IsZero() || l.Discount.From != Typed {
		t.Errorf("none was typed: %+v", l.Discount)
	}
	terms.Categories["hosting"] = Condition{Own: &own}
	if l := (LineForm{Product: "web_hosting"}).parse(&c, "", cat, terms); l.Set != &own {
		t.Errorf("own price: %+v", l.Set)
	}
	if l := (LineForm{Kind: "own", Name: "Hours", Unit: "hour", Price: "100"}).parse(&c, "", cat, terms); l.Discount == nil {
		t.Error("work has no discount")
	}
	if c.Err() != nil {
		t.Error(c.Err())
	}
}
