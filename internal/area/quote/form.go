package quote

import (
	"fmt"
	"slices"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/vat"
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

	Discount      string `json:"discount"`      // on all that the partner invoices; "" is none
	DiscountShown bool   `json:"discountShown"` // on the paper

	// Confirmed are the questions that the person said yes to: ReasonListEnded, ReasonListFuture, ReasonBelowFloor.
	Confirmed []string `json:"confirmed"`
}

// LineForm is a line as typed. Of a listed line Product and Name together name a line of the price list; of an own line
// Product is its code in the own catalogue, if it came from there.
type LineForm struct {
	Kind        string `json:"kind"` // "" is listed
	Product     string `json:"product"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Months      int    `json:"months"` // 0 is once
	Operation   string `json:"operation"`
	Managed     bool   `json:"managed"`

	Rate          string `json:"rate"`          // of the partner for this line; "" is by the conditions, or the scenario's
	Discount      string `json:"discount"`      // for the client; "" is by the conditions
	DiscountShown bool   `json:"discountShown"` // on the paper

	Category string `json:"category"` // of an own line
	Class    string `json:"class"`    // of VAT; "" is the normal one
	Unit     string `json:"unit"`
	Price    string `json:"price"` // of one
	Cost     string `json:"cost"`  // of one; "" is not known
	Floor    string `json:"floor"` // "" asks about none
}

// ScenarioForm is a scenario as typed; Quantities and Prices, which are own prices of one, have one text per line.
type ScenarioForm struct {
	Name       string   `json:"name"`
	Access     string   `json:"access"`
	Means      string   `json:"means"`
	Orders     string   `json:"orders"`
	Rate       string   `json:"rate"`
	Pooled     string   `json:"pooled"`
	Resale     string   `json:"resale"` // how the price of a listed line is found; "" is a mark-up on cost
	Margin     string   `json:"margin"` // its rate
	Quantities []string `json:"quantities"`
	Prices     []string `json:"prices"`
}

// Catalogue is what an organization computes with.
type Catalogue struct {
	pricing.Tariff
	Book pricing.Book
	VAT  pricing.VATRate // the Swiss rate of the day
}

// parse reads what was typed against a catalogue, for a client (the zero Client for a prospect) on a day.
func (f Form) parse(cat Catalogue, to Client, today day.Day) (Basis, error) {
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
		b.VAT.Rate, b.VAT.From, b.VAT.Source, b.VAT.Rates = cat.VAT.Rate, cat.VAT.From, cat.VAT.Source, classesOn("CH", today)
	case pricing.CountryVAT:
		b.VAT.Rate = cat.Terms.Country
		if r := to.VAT.Rate; r.Country != "" && r.Country != "CH" {
			b.VAT.Rate, b.VAT.From, b.VAT.Source, b.VAT.Rates = r.Rate, r.From, r.Source, classesOn(r.Country, today)
		}
	case pricing.NoVAT, pricing.ReverseCharge:
	default:
		c.Refuse("vat", "not_a_choice")
	}
	count(&c, "lines", len(f.Lines), MaxLines)
	count(&c, "scenarios", len(f.Scenarios), MaxScenarios)
	if err := c.Err(); err != nil {
		return b, err
	}
	b.Floor = cat.Terms.Floor
	if f.Discount != "" {
		b.Discount = &Discount{Rate: input.Rate(&c, "discount", f.Discount), Shown: f.DiscountShown}
	}
	for i, l := range f.Lines {
		b.Lines = append(b.Lines, l.parse(&c, fmt.Sprintf("lines.%d.", i), cat, to.Terms))
	}
	for i, s := range f.Scenarios {
		b.Scenarios = append(b.Scenarios, s.parse(&c, fmt.Sprintf("scenarios.%d.", i), b.Lines, b.Book.Currency, b.Ceiling))
	}
	if err := c.Err(); err != nil { // what could not be read cannot be checked
		return b, err
	}
	return b, b.Validate()
}

// classesOn are the rates of a country beside the normal one, on a day; of several reduced ones the highest.
func classesOn(country string, today day.Day) map[pricing.VATClass]money.Rate {
	rates := map[pricing.VATClass]money.Rate{}
	for _, r := range vat.On(country, today) { // from the highest to the lowest
		class := pricing.ReducedVAT
		switch r.Class {
		case vat.Standard:
			continue
		case vat.Lodging:
			class = pricing.SpecialVAT
		case vat.Reduced, vat.SuperReduced:
		}
		if _, known := rates[class]; !known {
			rates[class] = r.Rate
		}
	}
	return rates
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
