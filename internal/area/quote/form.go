package quote

import (
	"fmt"
	"slices"
	"strconv"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Form is a quote as typed.
type Form struct {
	ClientID   string         `json:"client"` // "" for a prospect, who has a name only
	Name       string         `json:"name"`
	Language   string         `json:"language"`
	Book       string         `json:"book"` // id of the price list
	ValidUntil string         `json:"validUntil"`
	VAT        string         `json:"vat"` // excluded, swiss, country, reverse_charge
	Exclusions []string       `json:"exclusions"`
	Note       string         `json:"note"`
	Lines      []LineForm     `json:"lines"`
	Scenarios  []ScenarioForm `json:"scenarios"`
}

// LineForm is a line as typed. Product and Name together name a line of the price list.
type LineForm struct {
	Product   string `json:"product"`
	Name      string `json:"name"`
	Months    int    `json:"months"`
	Operation string `json:"operation"`
	Managed   bool   `json:"managed"`
}

// ScenarioForm is a scenario as typed; Quantities and Prices, which are own prices of one, have one text per line.
type ScenarioForm struct {
	Name       string   `json:"name"`
	Access     string   `json:"access"`
	Means      string   `json:"means"`
	Orders     string   `json:"orders"`
	Rate       string   `json:"rate"`
	Pooled     string   `json:"pooled"`
	Margin     string   `json:"margin"`
	Quantities []string `json:"quantities"`
	Prices     []string `json:"prices"`
}

// Catalogue is what an organization computes with.
type Catalogue struct {
	Book     pricing.Book
	Schedule pricing.Schedule
	Terms    pricing.Terms
	VAT      pricing.VATRate // the Swiss rate of the day
}

// parse reads what was typed against a catalogue.
func (f Form) parse(cat Catalogue) (Basis, error) {
	var c fault.Check
	b := Basis{
		Rules: pricing.RulesVersion, Schedule: cat.Schedule, Base: cat.Terms.Base, Ceiling: cat.Terms.Ceiling,
		Book: Book{
			ID: cat.Book.ID, Version: cat.Book.Version, Shipped: cat.Book.Shipped, Name: cat.Book.Name,
			Currency: cat.Book.Currency, ValidFrom: cat.Book.ValidFrom, ValidUntil: cat.Book.ValidUntil, Source: cat.Book.Source, Author: cat.Book.Author,
		},
		Lines: []Line{}, Scenarios: []Scenario{},
	}
	switch b.VAT.Kind = pricing.VATKind(f.VAT); b.VAT.Kind {
	case pricing.SwissVAT:
		b.VAT.Rate, b.VAT.From, b.VAT.Source = cat.VAT.Rate, cat.VAT.From, cat.VAT.Source
	case pricing.CountryVAT:
		b.VAT.Rate = cat.Terms.Country
	case pricing.NoVAT, pricing.ReverseCharge:
	default:
		c.Refuse("vat", "not_a_choice")
	}
	count(&c, "lines", len(f.Lines), MaxLines)
	count(&c, "scenarios", len(f.Scenarios), MaxScenarios)
	if err := c.Err(); err != nil {
		return b, err
	}
	for i, l := range f.Lines {
		at := slices.IndexFunc(cat.Book.Lines, func(p pricing.Line) bool { return p.Product == l.Product && p.Name == l.Name })
		if at < 0 {
			c.Refuse(fmt.Sprintf("lines.%d.product", i), "not_in_list")
			b.Lines = append(b.Lines, Line{})
			continue
		}
		b.Lines = append(b.Lines, Line{cat.Book.Lines[at], l.Months, pricing.Operation(l.Operation), l.Managed})
	}
	for i, s := range f.Scenarios {
		b.Scenarios = append(b.Scenarios, s.parse(&c, fmt.Sprintf("scenarios.%d.", i), len(f.Lines), b.Book.Currency))
	}
	if err := c.Err(); err != nil { // what could not be read cannot be checked
		return b, err
	}
	return b, b.Validate()
}

func (s ScenarioForm) parse(c *fault.Check, at string, lines int, currency money.Currency) Scenario {
	p := Scenario{
		Name: input.Line(c, at+"name", s.Name, MaxName, false), Access: pricing.Access(s.Access), Means: pricing.Party(s.Means),
		Orders: pricing.Party(s.Orders), Rate: input.Rate(c, at+"rate", s.Rate), Items: make([]Item, 0, lines),
	}
	if p.Access == pricing.LimitedAccess { // there is no choice of payment means (faq/2679)
		p.Means = pricing.Client
	}
	if s.Pooled != "" {
		p.Pooled = input.Whole(c, at+"pooled", s.Pooled, pricing.MaxQuantity)
	}
	if s.Margin != "" {
		margin := input.Rate(c, at+"margin", s.Margin)
		p.Margin = &margin
	}
	for i := range lines {
		item := Item{Quantity: input.Whole(c, fmt.Sprintf("%squantities.%d", at, i), nth(s.Quantities, i), pricing.MaxQuantity)}
		if price := nth(s.Prices, i); price != "" {
			own := input.Price(c, fmt.Sprintf("%sprices.%d", at, i), price, currency)
			item.Own = &own
		}
		p.Items = append(p.Items, item)
	}
	return p
}

func nth(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// head reads what stands around the lines; the client's name is the client area's.
func (f Form) head(q *Quote, today day.Day) error {
	var c fault.Check
	q.Recipient = Recipient{ClientID: f.ClientID, Name: input.Name(&c, "name", f.Name, MaxName, true)}
	q.Language, q.Note, q.Exclusions = f.Language, input.LongText(&c, "note", f.Note, MaxNote, false), []Exclusion{}
	if !slices.Contains(Languages, f.Language) {
		c.Refuse("language", "not_a_choice")
	}
	for _, e := range Exclusions { // in their own order, each once
		if slices.Contains(f.Exclusions, string(e)) {
			q.Exclusions = append(q.Exclusions, e)
		}
	}
	until, err := day.Parse(f.ValidUntil)
	switch {
	case f.ValidUntil == "":
		c.Refuse("validUntil", "required")
	case err != nil || until > today+3660:
		c.Refuse("validUntil", "not_a_date")
	case until < today:
		c.Refuse("validUntil", "date_in_past")
	}
	q.ValidUntil = until
	return c.Err()
}

func namesOf(exclusions []Exclusion) []string {
	names := make([]string, 0, len(exclusions))
	for _, e := range exclusions {
		names = append(names, string(e))
	}
	return names
}

// Form is the quote as it would be typed, to go on from.
func (q Quote) Form() Form {
	f := Form{
		ClientID: q.Recipient.ClientID, Name: q.Recipient.Name, Language: q.Language, Book: q.Basis.Book.ID,
		ValidUntil: q.ValidUntil.String(), Exclusions: namesOf(q.Exclusions), Note: q.Note, VAT: string(q.Basis.VAT.Kind),
		Lines: []LineForm{}, Scenarios: []ScenarioForm{},
	}
	for _, l := range q.Basis.Lines {
		f.Lines = append(f.Lines, LineForm{l.Article.Product, l.Article.Name, l.Months, string(l.Operation), l.Managed})
	}
	for _, s := range q.Basis.Scenarios {
		t := ScenarioForm{Name: s.Name, Access: string(s.Access), Means: string(s.Means), Orders: string(s.Orders), Rate: s.Rate.String(), Quantities: []string{}, Prices: []string{}}
		if s.Pooled > 0 {
			t.Pooled = strconv.FormatInt(s.Pooled, 10)
		}
		if s.Margin != nil {
			t.Margin = s.Margin.String()
		}
		for _, item := range s.Items {
			own := ""
			if item.Own != nil {
				own = item.Own.Decimal()
			}
			t.Quantities, t.Prices = append(t.Quantities, strconv.FormatInt(item.Quantity, 10)), append(t.Prices, own)
		}
		f.Scenarios = append(f.Scenarios, t)
	}
	return f
}
