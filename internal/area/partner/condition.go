package partner

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Limits of conditions.
const (
	MaxRates = 200
	MaxSteps = 100 // products with a table of their own
)

// CategoryRate is the partner's rate for a category of products from a day on, as typed and as shown.
type CategoryRate struct {
	Category string `json:"category"`
	Rate     string `json:"rate"`
	From     string `json:"from"`
	Source   string `json:"source"`
	Author   string `json:"author"`
}

// ProductSteps is a degressive table for one product, as typed and as shown.
type ProductSteps struct {
	Product string        `json:"product"` // its pricing.Line.StepsKey
	Author  string        `json:"author"`
	Steps   ScheduleDraft `json:"steps"`
}

// Conditions are what differs from the terms, with the version of each list.
type Conditions struct {
	Rates      []CategoryRate `json:"rates"`
	RatesOf    int64          `json:"ratesOf"`
	Products   []ProductSteps `json:"products"`
	ProductsOf int64          `json:"productsOf"`
}

// The kinds of lists that partner_condition keeps.
const (
	kindRates = "rates"
	kindSteps = "steps"
)

func readConditions(ctx context.Context, q sqlite.Queryer, organization string) (c Conditions, err error) {
	c = Conditions{Rates: []CategoryRate{}, Products: []ProductSteps{}}
	if c.RatesOf, err = readCondition(ctx, q, organization, kindRates, &c.Rates); err != nil {
		return c, err
	}
	c.ProductsOf, err = readCondition(ctx, q, organization, kindSteps, &c.Products)
	return c, err
}

func readCondition(ctx context.Context, q sqlite.Queryer, organization, kind string, items any) (version int64, err error) {
	text := ""
	_, err = sqlite.One(ctx, q, func(r sqlite.Row) (none struct{}, err error) { return none, r.Scan(&text, &version) },
		`SELECT items, version FROM partner_condition WHERE organization_id = ? AND kind = ?`, organization, kind)
	if fault.CodeOf(err) == fault.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return version, json.Unmarshal([]byte(text), items)
}

// writeCondition keeps a list if the version that the person saw still holds.
func writeCondition(ctx context.Context, tx *sqlite.Tx, organization, kind string, items any, version int64) error {
	text, err := json.Marshal(items)
	if err != nil {
		return err
	}
	return sqlite.Changed(tx.ExecContext(ctx, `
		INSERT INTO partner_condition (organization_id, kind, items, updated_at)
		SELECT ?1, ?2, ?3, ?4 WHERE ?5 = 0 OR EXISTS (SELECT 1 FROM partner_condition WHERE organization_id = ?1 AND kind = ?2)
		ON CONFLICT (organization_id, kind) DO UPDATE SET items = ?3, version = version + 1, updated_at = ?4 WHERE version = ?5`,
		organization, kind, string(text), sqlite.Millis(tx.Now), version))
}

// SaveRates keeps the partner's rates by category. Requires access.EditPrices. Errors: Invalid; Conflict if somebody else
// changed them.
func (s *Service) SaveRates(ctx context.Context, rates []CategoryRate, version int64) error {
	var ceiling money.Rate
	read := func(ctx context.Context, q sqlite.Queryer, organization string) ([]CategoryRate, error) {
		t, err := readTerms(ctx, q, organization)
		if err != nil {
			return nil, err
		}
		ceiling = t.Ceiling
		c, err := readConditions(ctx, q, organization)
		return c.Rates, err
	}
	write := func(ctx context.Context, tx *sqlite.Tx, organization string, next []CategoryRate) error {
		var c fault.Check
		for i, r := range next {
			if rate, err := money.ParseRate(r.Rate); err == nil {
				pricing.CheckRate(&c, fmt.Sprintf("rates.%d.rate", i), rate, ceiling)
			}
		}
		if err := c.Err(); err != nil {
			return err
		}
		return writeCondition(ctx, tx, organization, kindRates, next, version)
	}
	return replace(ctx, s, "category_rates", func() ([]CategoryRate, error) { return parseRates(rates) }, read, write, categoryText)
}

func parseRates(drafts []CategoryRate) ([]CategoryRate, error) {
	var c fault.Check
	if len(drafts) > MaxRates {
		c.Refuse("rates", "too_many", "max", fmt.Sprint(MaxRates))
		return nil, c.Err()
	}
	list := []CategoryRate{}
	seen := map[string]bool{}
	for i, d := range drafts {
		at := fmt.Sprintf("rates.%d.", i)
		if !slices.Contains(pricing.Categories(), pricing.Category(d.Category)) {
			c.Refuse(at+"category", "not_a_choice")
		}
		if key := d.Category + " " + d.From; seen[key] {
			c.Refuse(at+"from", "not_unique")
		} else {
			seen[key] = true
		}
		list = append(list, CategoryRate{
			d.Category, input.Rate(&c, at+"rate", d.Rate).String(), input.Day(&c, at+"from", d.From, true).String(),
			input.Line(&c, at+"source", d.Source, pricing.MaxSource, true), input.Line(&c, at+"author", d.Author, pricing.MaxName, false),
		})
	}
	slices.SortFunc(list, func(a, b CategoryRate) int { return strings.Compare(a.Category+a.From, b.Category+b.From) })
	return list, c.Err()
}

func categoryText(rates []CategoryRate) (text string) {
	for i, r := range rates {
		if i > 0 {
			text += "; "
		}
		text += r.Category + " " + r.From + ": " + r.Rate + " %"
	}
	return text
}

// ratesOn are the rates of a day, each category's newest.
func (c Conditions) ratesOn(today day.Day) map[pricing.Category]money.Rate {
	rates := map[pricing.Category]money.Rate{}
	for _, r := range c.Rates { // by category and day
		from, err := day.Parse(r.From)
		rate, failed := money.ParseRate(r.Rate)
		if err == nil && failed == nil && from <= today {
			rates[pricing.Category(r.Category)] = rate
		}
	}
	return rates
}

// SaveProductSteps keeps the degressive tables of single products. Requires access.EditPrices. Errors: Invalid; Conflict
// if somebody else changed them.
func (s *Service) SaveProductSteps(ctx context.Context, list []ProductSteps, version int64) error {
	read := func(ctx context.Context, q sqlite.Queryer, organization string) ([]ProductSteps, error) {
		c, err := readConditions(ctx, q, organization)
		return c.Products, err
	}
	write := func(ctx context.Context, tx *sqlite.Tx, organization string, next []ProductSteps) error {
		return writeCondition(ctx, tx, organization, kindSteps, next, version)
	}
	return replace(ctx, s, "product_steps", func() ([]ProductSteps, error) { return parseProductSteps(list) }, read, write, productStepsText)
}

func parseProductSteps(drafts []ProductSteps) ([]ProductSteps, error) {
	var c fault.Check
	if len(drafts) > MaxSteps {
		c.Refuse("products", "too_many", "max", fmt.Sprint(MaxSteps))
		return nil, c.Err()
	}
	list := []ProductSteps{}
	for i, d := range drafts {
		at := fmt.Sprintf("products.%d.", i)
		d.Product = input.Line(&c, at+"product", d.Product, pricing.MaxName, true)
		d.Author = input.Line(&c, at+"author", d.Author, pricing.MaxName, false)
		schedule, err := d.Steps.parse()
		c.Merge(at, err)
		d.Steps.Tiers = append([]TierDraft{}, d.Steps.Tiers...)
		d.Steps.ValidFrom = schedule.ValidFrom.String()
		if slices.ContainsFunc(list, func(o ProductSteps) bool { return o.Product == d.Product && o.Steps.ValidFrom == d.Steps.ValidFrom }) {
			c.Refuse(at+"validFrom", "not_unique")
		}
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b ProductSteps) int {
		return cmp.Or(strings.Compare(a.Product, b.Product), strings.Compare(a.Steps.ValidFrom, b.Steps.ValidFrom))
	})
	return list, c.Err()
}

func productStepsText(list []ProductSteps) (text string) {
	for i, p := range list {
		if i > 0 {
			text += "; "
		}
		text += p.Product + " " + p.Steps.ValidFrom + ":"
		for _, t := range p.Steps.Tiers {
			text += " " + t.From + ": " + t.Percent + " %"
		}
	}
	return text
}

// schedulesOn are the tables of single products that apply on a day, each product's newest.
func (c Conditions) schedulesOn(today day.Day) map[string]pricing.Schedule {
	found := map[string]pricing.Schedule{}
	for _, p := range c.Products { // by product and day
		if s, err := p.Steps.parse(); err == nil && s.ValidFrom <= today {
			found[p.Product] = s
		}
	}
	return found
}
