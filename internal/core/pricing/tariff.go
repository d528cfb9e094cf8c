package pricing

import "kontor/internal/core/money"

// Tariff is what an organization computes with on a day: its terms and degressive steps, and what differs from them for a
// category or a product. Whoever asks a question begins with its Input, so that no page forgets what differs.
type Tariff struct {
	Terms     Terms
	Schedule  Schedule
	Rates     map[Category]money.Rate // of the partner, where they differ from the terms'
	Schedules map[string]Schedule     // steps of single products, by StepsKey
}

// StepsKey is how steps of its own are kept for a product: by the partner's name for it, else by its code.
func (l Line) StepsKey() string {
	if l.Name != "" {
		return l.Name
	}
	return l.Product
}

// RateOf is the partner's rate for a line; differs tells that its category has one of its own.
func (t Tariff) RateOf(l Line) (rate money.Rate, differs bool) {
	if rate, differs = t.Rates[l.CategoryOf()]; differs {
		return rate, true
	}
	return t.Terms.Rate, false
}

// StepsOf is the key in Schedules of the steps for a line: its name, or the code that it shares with others. It is ""
// where the product has none of its own.
func (t Tariff) StepsOf(l Line) string {
	for _, key := range []string{l.Name, l.Product} {
		if _, differs := t.Schedules[key]; differs {
			return key
		}
	}
	return ""
}

// ScheduleOf are the steps for a line; differs tells that the product has some of its own.
func (t Tariff) ScheduleOf(l Line) (s Schedule, differs bool) {
	if key := t.StepsOf(l); key != "" {
		return t.Schedules[key], true
	}
	return t.Schedule, false
}

// Input is a question about a line with everything filled in that the organization has agreed or assumes.
func (t Tariff) Input(l Line) Input {
	in := Input{Line: l, Ceiling: t.Terms.Ceiling, Base: t.Terms.Base}
	in.Rate, _ = t.RateOf(l)
	in.Schedule, _ = t.ScheduleOf(l)
	return in
}
