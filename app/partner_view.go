package app

import (
	"strconv"

	"kontor/internal/area/partner"
	"kontor/internal/core/pricing"
)

// The maps from partner's types to views: no rule, no arithmetic.

func deskView(d partner.Desk) DeskView {
	v := DeskView{
		Books: []PriceBookView{}, Schedule: scheduleView(d.Schedule), Shipped: scheduleView(d.Shipped), CanEdit: d.CanEdit,
		Today: string(d.Today), Rules: []RuleView{}, Cases: []CaseView{}, VATRates: []VATRateView{}, VATOf: d.VATOf,
		Terms: TermsView{
			Rate: d.Terms.Rate.String(), Ceiling: d.Terms.Ceiling.String(), Base: string(d.Terms.Base), VAT: d.VAT.On(d.Today).Rate.String(),
			Country: d.Terms.Country.String(), Version: d.Terms.Version, Published: pricing.PublishedCeiling.String(),
		},
	}
	if d.Last != nil {
		v.Asked, v.Last = true, QuestionInput(*d.Last)
	}
	for _, b := range d.Books {
		book := bookView(b)
		book.InForce = b.HoldsOn(d.Today)
		v.Books = append(v.Books, book)
	}
	for _, r := range d.VAT {
		v.VATRates = append(v.VATRates, VATRateView{string(r.From), r.Rate.String(), r.Source})
	}
	for _, s := range pricing.Sources() {
		v.Rules = append(v.Rules, RuleView{
			ID: string(s.Rule), Origin: string(s.Origin), Guide: s.Guide, Read: append([]string{}, s.Read...), Derived: s.Derived,
		})
	}
	for _, c := range pricing.Cases() {
		v.Cases = append(v.Cases, CaseView{
			string(c.Access), string(c.Means), string(c.Orders), string(c.Managed), string(c.Outcome), string(c.Payer), string(c.Rule),
		})
	}
	return v
}

func bookView(b pricing.Book) PriceBookView {
	v := PriceBookView{
		ID: b.ID, Shipped: b.Shipped, Name: b.Name, Currency: string(b.Currency), ValidFrom: string(b.ValidFrom),
		ValidUntil: string(b.ValidUntil), Source: b.Source, Author: b.Author, Version: b.Version, Lines: []PriceLineView{},
	}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, PriceLineView{
			l.ID, l.Product, l.Name, l.Price.Decimal(), string(l.Per), l.Degressive, string(l.Origin), l.Source,
		})
	}
	return v
}

func scheduleView(s pricing.Schedule) ScheduleView {
	v := ScheduleView{ID: s.ID, Shipped: s.Shipped, Mode: string(s.Mode), ValidFrom: string(s.ValidFrom), Source: s.Source, Tiers: []TierView{}}
	for _, t := range s.Tiers {
		v.Tiers = append(v.Tiers, TierView{strconv.FormatInt(t.From, 10), t.Percent.String(), string(t.Origin), t.Source})
	}
	return v
}

func answerView(a partner.Answer) AnswerView {
	r := a.Result
	v := AnswerView{
		Currency: string(a.Book.Currency), Quantity: strconv.FormatInt(a.Input.Quantity, 10), Rate: a.Input.Rate.String(),
		Degressive: r.Degressive.String(), CaseIndex: r.CaseIndex, Outcome: string(r.Case.Outcome), Payer: string(r.Case.Payer),
		Rule: string(r.Case.Rule), Public: figureView(r.Public), AfterPartner: figureView(r.AfterPartner),
		Preferential: figureView(r.Preferential), OpenPrice: figureView(r.OpenPrice), Reduction: r.Reduction,
		Saved: amount(r.Saved), Charged: amount(r.Charged), VAT: amount(r.VAT), ChargedVAT: amount(r.ChargedVAT), Gain: amount(r.Gain),
		Assumptions: []string{}, Steps: stepViews(r.Steps), Curve: []PointView{}, Inversions: []InversionView{},
	}
	for _, rule := range r.Assumptions {
		v.Assumptions = append(v.Assumptions, string(rule))
	}
	for _, p := range a.Curve {
		v.Curve = append(v.Curve, PointView(p))
	}
	for _, i := range a.Inversions {
		v.Inversions = append(v.Inversions, InversionView(i))
	}
	return v
}

func figureView(f pricing.Figure) FigureView {
	return FigureView{f.Exact, amount(f.Rounded), f.Each, f.EachExact}
}

func tableView(t partner.Table) TableView {
	v := TableView{Quantities: append([]int64{}, t.Quantities...), Rows: []ScenarioView{}, Current: t.Current}
	for i, row := range t.Rows {
		s := ScenarioView{Rate: t.Scenarios[i].Rate.String(), Mode: string(t.Scenarios[i].Mode), Cells: []CellView{}}
		for _, c := range row {
			s.Cells = append(s.Cells, CellView{c.Total.Decimal(), c.Step, c.Inverted, c.Heat})
		}
		v.Rows = append(v.Rows, s)
	}
	return v
}
