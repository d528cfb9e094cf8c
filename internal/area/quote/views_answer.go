package quote

import (
	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
	"kontor/internal/host/derivation"
)

func answerView(b Basis, a Answer) AnswerView {
	v := AnswerView{
		Currency: string(b.Book.Currency), Rules: b.Rules, BookName: b.Book.Name, BookFrom: b.Book.ValidFrom.String(), Source: b.Book.Source,
		BookUntil: b.Book.ValidUntil.String(), Author: b.Book.Author, VATFrom: b.VAT.From.String(), VATSource: b.VAT.Source,
		Base: string(b.Base), Mode: string(b.Schedule.Mode), VAT: string(b.VAT.Kind), VATRate: b.VAT.Rate.String(),
		Lines: make([]LineView, 0, len(b.Lines)), Scenarios: make([]ScenarioView, 0, len(b.Scenarios)), Discount: discountView(b.Discount), Floor: rateOf(b.Floor),
	}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, lineView(l))
	}
	for i, s := range b.Scenarios {
		v.Scenarios = append(v.Scenarios, scenarioView(s, a.Scenarios[i]))
	}
	return v
}

func lineView(l Line) LineView {
	v := LineView{
		Product: l.Article.Product, Name: l.Article.Name, Price: bridge.PriceOf(l.Article.Price), Per: string(l.Article.Per), Months: l.Months,
		Operation: string(l.Operation), Managed: l.Managed, Origin: string(l.Article.Origin), Source: l.Article.Source,
		Kind: string(l.Kind), Description: l.Description, Category: string(l.Category()), Class: string(l.Class), Unit: string(l.Unit),
		Cost: priceOf(l.Cost), Floor: priceOf(l.Floor), Discount: discountView(l.Discount), Rate: rateOf(l.Rate), RateFrom: string(l.RateFrom), Set: priceOf(l.Set),
	}
	if l.Kind == "" {
		v.Kind = string(Listed)
	}
	if l.Kind == Own {
		v.Price = priceOf(l.Price)
	}
	return v
}

func discountView(d *Discount) DiscountView {
	if d == nil {
		return DiscountView{}
	}
	return DiscountView{d.Rate.String(), d.Shown, string(d.From)}
}

func scenarioView(s Scenario, r Result) ScenarioView {
	v := ScenarioView{
		Name: s.Name, Access: string(s.Access), Means: string(s.Means), Orders: string(s.Orders), Rate: s.Rate.String(), Pooled: s.Pooled,
		Outcome: string(r.Outcome), Payer: string(r.Payer), Lines: make([]CellView, 0, len(r.Lines)), Start: sumsView(r.Start), Year: sumsView(r.Year),
		VAT: bridge.MoneyOf(r.VAT), Total: bridge.MoneyOf(r.Total), Resale: string(s.Resale), Margin: rateOf(s.Margin),
		Groups: make([]GroupView, 0, len(r.Groups)), First: make([]FirstYearView, 0, len(r.First)),
	}
	for i, l := range r.Lines {
		v.Lines = append(v.Lines, cellView(s.Items[i], l))
	}
	for _, g := range r.Groups {
		v.Groups = append(v.Groups, groupView(g))
	}
	for _, f := range r.First {
		v.First = append(v.First, FirstYearView{string(f.By), bridge.MoneyOf(f.Net), bridge.MoneyOf(f.VAT), bridge.MoneyOf(f.Total), derivation.Steps(f.Steps)})
	}
	return v
}

func cellView(item Item, l LineResult) CellView {
	c := CellView{
		Quantity: item.Pieces(), Own: priceOf(item.Own), Public: bridge.MoneyOf(l.Public.Rounded), Open: bridge.MoneyOf(l.OpenPrice.Rounded),
		Charged: bridge.MoneyOf(l.Charged), Offer: bridge.MoneyOf(l.Offer), Gain: bridge.MoneyOf(l.Gain), Earned: bridge.MoneyOf(l.Earned), Degressive: l.Degressive.String(),
		Outcome: string(l.Case.Outcome), Rule: string(l.Case.Rule), Times: l.Times, Steps: derivation.Steps(l.Steps), Assumptions: []string{},
		By: string(l.By), Priced: string(l.Priced), Gross: bridge.MoneyOf(l.Gross), Discount: bridge.MoneyOf(l.Discount), Cost: bridge.MoneyOf(l.Cost),
		EachExact: l.EachExact, Below: l.Below,
	}
	if l.Each != "" {
		c.Each = bridge.Money{Amount: l.Each, Currency: string(l.Offer.Currency())}
	}
	if l.Cost.Currency() != "" {
		c.Share = money.Share(l.Earned, l.Offer)
	}
	for _, rule := range l.Assumptions {
		c.Assumptions = append(c.Assumptions, string(rule))
	}
	return c
}

func groupView(g Group) GroupView {
	v := GroupView{
		By: string(g.By), Months: g.Months, Times: g.Times, Lines: append([]int{}, g.Lines...), Sum: bridge.MoneyOf(g.Sum), Discount: bridge.MoneyOf(g.Discount),
		Net: bridge.MoneyOf(g.Net), VAT: []VATView{}, Total: bridge.MoneyOf(g.Total), Cost: bridge.MoneyOf(g.Cost), Costed: bridge.MoneyOf(g.Costed),
		Unknown: g.Unknown, Earned: bridge.MoneyOf(g.Earned), Steps: derivation.Steps(g.Steps), Share: money.Share(g.Earned, g.Costed),
	}
	for _, s := range g.VAT {
		v.VAT = append(v.VAT, VATView{string(s.Class), s.Rate.String(), bridge.MoneyOf(s.Net), bridge.MoneyOf(s.VAT)})
	}
	return v
}

func rateOf(r *money.Rate) string {
	if r == nil {
		return ""
	}
	return r.String()
}
