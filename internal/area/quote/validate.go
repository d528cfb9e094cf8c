package quote

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Validate refuses what cannot be computed or offered.
func (b Basis) Validate() error {
	var c fault.Check
	if b.Rules < 1 || b.Rules > pricing.RulesVersion {
		return fault.New(fault.Conflict, "rules_unknown").With("rules", strconv.Itoa(b.Rules))
	}
	count(&c, "lines", len(b.Lines), MaxLines)
	count(&c, "scenarios", len(b.Scenarios), MaxScenarios)
	for i, l := range b.Lines {
		b.checkLine(&c, fmt.Sprintf("lines.%d.", i), l)
	}
	for i, s := range b.Scenarios {
		at := fmt.Sprintf("scenarios.%d.", i)
		b.checkScenario(&c, at, s)
		if len(s.Items) != len(b.Lines) {
			c.Refuse(at+"quantities", "required")
			continue
		}
		for j, item := range s.Items {
			b.checkItem(&c, at, i, j, item)
		}
	}
	return c.Err()
}

func (b Basis) checkLine(c *fault.Check, at string, l Line) {
	if l.listed() {
		if l.Article.Price.Currency() != b.Book.Currency {
			c.Refuse(at+"product", "other_currency", "currency", string(b.Book.Currency))
		}
		if l.Rate != nil {
			pricing.CheckRate(c, at+"rate", *l.Rate, b.Ceiling)
		}
	}
	if b.Rules < 2 {
		if !l.listed() {
			c.Refuse(at+"kind", "not_a_choice")
		}
		return
	}
	if !slices.Contains([]Kind{Listed, Own, Text}, l.Kind) {
		c.Refuse(at+"kind", "not_a_choice")
	}
	if !slices.Contains(pricing.VATClasses(), l.Class) {
		c.Refuse(at+"class", "not_a_choice")
	} else if _, known := b.VAT.Rates[l.Class]; b.VAT.added() && (l.Class == pricing.ReducedVAT || l.Class == pricing.SpecialVAT) && !known && l.Kind != Text {
		c.Refuse(at+"class", "no_vat_rate")
	}
	if l.Kind != Own {
		return
	}
	if !slices.Contains(cycles, l.Months) {
		c.Refuse(at+"months", "not_a_choice")
	}
	if !slices.Contains(Units(), l.Unit) {
		c.Refuse(at+"unit", "not_a_choice")
	}
	if l.Price == nil {
		c.Refuse(at+"price", "required")
	}
	for name, p := range map[string]*money.Price{"price": l.Price, "cost": l.Cost, "floor": l.Floor} {
		if p != nil && p.Currency() != b.Book.Currency {
			c.Refuse(at+name, "other_currency", "currency", string(b.Book.Currency))
		}
	}
}

func (b Basis) checkItem(c *fault.Check, at string, scenario, line int, item Item) {
	l := b.Lines[line]
	if item.Own != nil && item.Own.Currency() != b.Book.Currency {
		c.Refuse(fmt.Sprintf("%sprices.%d", at, line), "other_currency", "currency", string(b.Book.Currency))
	}
	quantity := fmt.Sprintf("%squantities.%d", at, line)
	switch {
	case l.Kind == Text:
	case l.listed() && item.Milli != 0:
		c.Refuse(quantity, "not_whole")
	case l.listed():
		place(c, at, line, b.input(scenario, line).Validate())
	case item.Quantity < 0 || item.Milli < 0 || item.Milli > 999 || item.Quantity == 0 && item.Milli == 0:
		c.Refuse(quantity, "number_too_small", "min", "0.001")
	case item.Quantity > pricing.MaxQuantity:
		c.Refuse(quantity, "number_too_large", "max", strconv.Itoa(pricing.MaxQuantity))
	case item.Own != nil:
		c.Refuse(fmt.Sprintf("%sprices.%d", at, line), "price_of_line")
	}
}

func (b Basis) checkScenario(c *fault.Check, at string, s Scenario) {
	if s.Pooled < 0 || s.Pooled > pricing.MaxQuantity {
		c.Refuse(at+"pooled", "number_too_large", "max", strconv.Itoa(pricing.MaxQuantity))
	}
	volume := func(l Line) bool { return b.stepsOf(l).Mode == pricing.Volume }
	if s.Pooled > 0 && b.Schedule.Mode != pricing.Volume && !slices.ContainsFunc(b.Lines, volume) {
		c.Refuse(at+"pooled", "pooled_needs_volume")
	}
	if s.Access == pricing.LimitedAccess && s.Orders == pricing.Partner {
		c.Refuse(at+"orders", "limited_no_order")
	}
	b.checkResale(c, at, s)
	own := slices.ContainsFunc(s.Items, func(i Item) bool { return i.Own != nil })
	switch {
	case s.Margin == nil && !own || s.resells():
	case s.Access == pricing.LimitedAccess:
		c.Refuse(at+"margin", "resale_full_access")
	default:
		c.Refuse(at+"margin", "resale_client_pays")
	}
}

// checkResale refuses a way of asking that is none, and a rate that would change no price: what is typed counts, or is refused.
func (b Basis) checkResale(c *fault.Check, at string, s Scenario) {
	if b.Rules < 2 {
		if s.Resale != "" {
			c.Refuse(at+"resale", "not_a_choice")
		}
		return
	}
	if !slices.Contains(resales, s.Resale) {
		c.Refuse(at+"resale", "not_a_choice")
		return
	}
	switch {
	case s.Margin == nil:
		if s.Resale == AtMargin {
			c.Refuse(at+"margin", "required")
		}
	case !s.Resale.takesRate():
		c.Refuse(at+"margin", "margin_not_used")
	case s.Resale == AtMargin && s.Margin.Rest() == 0:
		c.Refuse(at+"margin", "margin_is_all")
	case s.resells() && len(s.Items) == len(b.Lines) && !b.margined(s):
		c.Refuse(at+"margin", "margin_no_line")
	}
}

// margined tells whether the scenario's own rate finds the price of any line.
func (b Basis) margined(s Scenario) bool {
	for j := range b.Lines {
		if b.Lines[j].listed() && s.Items[j].Own == nil && b.Lines[j].Set == nil {
			return true
		}
	}
	return false
}

// place puts the refusals of one simulation to the fields where they were typed: some are the scenario's, some the line's.
func place(c *fault.Check, scenario string, line int, err error) {
	var e *fault.Error
	if !errors.As(err, &e) {
		return
	}
	for _, f := range e.Fields {
		at := fmt.Sprintf("lines.%d.%s", line, f.Name)
		switch f.Name {
		case "quantity":
			at = fmt.Sprintf("%squantities.%d", scenario, line)
		case "rate", "access", "means", "orders":
			at = scenario + f.Name
		case "base", "vat", "mode":
			at = f.Name
		}
		params := []string{}
		for k, v := range f.Params {
			params = append(params, k, v)
		}
		c.Refuse(at, f.Code, params...)
	}
}

func count(c *fault.Check, field string, n, most int) {
	switch {
	case n == 0:
		c.Refuse(field, "required")
	case n > most:
		c.Refuse(field, "too_many", "max", strconv.Itoa(most))
	}
}
