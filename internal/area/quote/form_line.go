package quote

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// parse reads a line against a catalogue and the conditions of the client.
func (l LineForm) parse(c *fault.Check, at string, cat Catalogue, terms Conditions) Line {
	p := Line{
		Kind: Kind(l.Kind), Months: l.Months, Operation: pricing.Operation(l.Operation), Managed: l.Managed,
		Description: input.LongText(c, at+"description", l.Description, MaxText, l.Kind == string(Text)),
	}
	switch p.Kind {
	case "", Listed:
		p.Kind = Listed
		l.listed(c, at, cat, terms, &p)
	case Own:
		l.own(c, at, cat.Book.Currency, &p)
	case Text:
		p.Months, p.Operation, p.Managed = Once, pricing.Order, false
		return p
	default:
		c.Refuse(at+"kind", "not_a_choice")
	}
	p.Class = pricing.VATClass(l.Class)
	if l.Discount != "" {
		p.Discount = &Discount{Rate: input.Rate(c, at+"discount", l.Discount), Shown: l.DiscountShown}
	} else if rate := terms.of(p).Discount; rate != nil {
		p.Discount = &Discount{Rate: *rate, Shown: l.DiscountShown, From: OfClient}
	}
	return p
}

// of are the client's conditions for a line; "0" as a discount is typed where they shall not hold.
func (t Conditions) of(l Line) Condition { return t.Categories[string(l.Category())] }

func (l LineForm) listed(c *fault.Check, at string, cat Catalogue, terms Conditions, p *Line) {
	i := slices.IndexFunc(cat.Book.Lines, func(p pricing.Line) bool { return p.Product == l.Product && p.Name == l.Name })
	if i < 0 {
		c.Refuse(at+"product", "not_in_list")
		return
	}
	p.Article = cat.Book.Lines[i]
	if s, differs := cat.ScheduleOf(p.Article); differs {
		p.Schedule = &s
	}
	if l.Rate != "" {
		rate := pricing.PartnerRate(c, at+"rate", l.Rate, cat.Terms.Ceiling)
		p.Rate = &rate
	} else if rate := terms.of(*p).Partner; rate != nil {
		p.Rate, p.RateFrom = rate, OfClient
	} else if rate, differs := cat.RateOf(p.Article); differs {
		p.Rate, p.RateFrom = &rate, OfCategory
	}
	if own := terms.of(*p).Own; own != nil && own.Currency() == cat.Book.Currency {
		p.Set = own
	}
}

func (l LineForm) own(c *fault.Check, at string, currency money.Currency, p *Line) {
	p.Article = pricing.Line{
		Product: l.Product, Name: input.Name(c, at+"name", l.Name, MaxName, true), Category: pricing.Category(l.Category), Origin: pricing.Own,
	}
	if p.Article.Category == "" {
		p.Article.Category = pricing.Work
	}
	if !slices.Contains(pricing.Categories(), p.Article.Category) {
		c.Refuse(at+"category", "not_a_choice")
	}
	p.Unit, p.Operation, p.Managed = Unit(l.Unit), pricing.Order, false
	price := input.Price(c, at+"price", l.Price, currency)
	p.Price = &price
	for _, o := range []struct {
		name, typed string
		to          **money.Price
	}{{"cost", l.Cost, &p.Cost}, {"floor", l.Floor, &p.Floor}} {
		if o.typed != "" {
			price := input.Price(c, at+o.name, o.typed, currency)
			*o.to = &price
		}
	}
}

func (s ScenarioForm) parse(c *fault.Check, at string, lines []Line, currency money.Currency, ceiling money.Rate) Scenario {
	p := Scenario{
		Name: input.Line(c, at+"name", s.Name, MaxName, false), Access: pricing.Access(s.Access), Means: pricing.Party(s.Means),
		Orders: pricing.Party(s.Orders), Rate: pricing.PartnerRate(c, at+"rate", s.Rate, ceiling), Resale: Resale(s.Resale), Items: make([]Item, 0, len(lines)),
	}
	if p.Resale == "" {
		p.Resale = AtMarkup
	}
	if p.Access == pricing.LimitedAccess { // there is no choice of payment means (faq/2679)
		p.Means = pricing.Client
	}
	if s.Pooled != "" {
		p.Pooled = input.Whole(c, at+"pooled", s.Pooled, 0, pricing.MaxQuantity)
	}
	if s.Margin != "" {
		margin := input.Rate(c, at+"margin", s.Margin)
		p.Margin = &margin
	}
	for i, l := range lines {
		item := Item{}
		field := fmt.Sprintf("%squantities.%d", at, i)
		switch {
		case l.Kind == Text:
		case l.Kind == Own:
			item.Quantity, item.Milli = parts(c, field, nth(s.Quantities, i))
		default:
			item.Quantity = input.Whole(c, field, nth(s.Quantities, i), 1, pricing.MaxQuantity)
		}
		if price := nth(s.Prices, i); price != "" && l.Kind != Text {
			own := input.Price(c, fmt.Sprintf("%sprices.%d", at, i), price, currency)
			item.Own = &own
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// quantityDigits is how many decimals a quantity of hours or pieces of one's own can have.
const quantityDigits = 3

// parts reads a quantity that can have decimals: 2.5 hours.
func parts(c *fault.Check, field, typed string) (whole, milli int64) {
	before, after, _ := strings.Cut(typed, ".")
	if len(after) > quantityDigits {
		c.Refuse(field, "too_many_digits", "max", strconv.Itoa(quantityDigits))
		return 0, 0
	}
	whole = input.Whole(c, field, before, 0, pricing.MaxQuantity)
	if after != "" {
		milli = input.Whole(c, field, (after + "000")[:quantityDigits], 0, 999)
	}
	return whole, milli
}

func nth(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// Form is the quote as it would be typed, to go on from.
func (q Quote) Form() Form {
	f := Form{
		ClientID: q.Recipient.ClientID, Name: q.Recipient.Name, Language: q.Language, Book: q.Basis.Book.ID,
		ValidUntil: q.ValidUntil.String(), Exclusions: namesOf(q.Exclusions), Note: q.Note, VAT: string(q.Basis.VAT.Kind),
		Lines: []LineForm{}, Scenarios: []ScenarioForm{}, Confirmed: []string{},
	}
	if d := q.Basis.Discount; d != nil {
		f.Discount, f.DiscountShown = d.Rate.String(), d.Shown
	}
	for _, l := range q.Basis.Lines {
		f.Lines = append(f.Lines, l.form())
	}
	for _, s := range q.Basis.Scenarios {
		f.Scenarios = append(f.Scenarios, s.form(q.Basis.Lines))
	}
	return f
}

// form is a line as it would be typed. What came from conditions is left empty, so that those of the day apply.
func (l Line) form() LineForm {
	f := LineForm{
		Kind: string(l.Kind), Product: l.Article.Product, Name: l.Article.Name, Description: l.Description, Months: l.Months,
		Operation: string(l.Operation), Managed: l.Managed, Class: string(l.Class), Unit: string(l.Unit),
	}
	if f.Kind == "" {
		f.Kind = string(Listed)
	}
	if l.Kind == Own {
		f.Category, f.Price = string(l.Article.Category), decimalOf(l.Price)
		f.Cost, f.Floor = decimalOf(l.Cost), decimalOf(l.Floor)
	}
	if l.Rate != nil && l.RateFrom == Typed {
		f.Rate = l.Rate.String()
	}
	if l.Discount != nil && l.Discount.From == Typed {
		f.Discount, f.DiscountShown = l.Discount.Rate.String(), l.Discount.Shown
	}
	return f
}

func (s Scenario) form(lines []Line) ScenarioForm {
	f := ScenarioForm{
		Name: s.Name, Access: string(s.Access), Means: string(s.Means), Orders: string(s.Orders), Rate: s.Rate.String(),
		Resale: string(s.Resale), Quantities: []string{}, Prices: []string{},
	}
	if f.Resale == "" {
		f.Resale = string(AtMarkup)
	}
	if s.Pooled > 0 {
		f.Pooled = strconv.FormatInt(s.Pooled, 10)
	}
	if s.Margin != nil {
		f.Margin = s.Margin.String()
	}
	for j, item := range s.Items {
		quantity := item.Pieces()
		if lines[j].Kind == Text {
			quantity = ""
		}
		f.Quantities = append(f.Quantities, quantity)
		f.Prices = append(f.Prices, decimalOf(item.Own))
	}
	return f
}

// decimalOf is a price as decimal text; "" where there is none.
func decimalOf(p *money.Price) string {
	if p == nil {
		return ""
	}
	return p.Decimal()
}
