package app

import (
	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/bridge"
)

// QuoteForm is a quote as typed. Product and name of a line together name a line of the price list.
type QuoteForm struct {
	Client     string              `json:"client"` // "" for a prospect
	Name       string              `json:"name"`
	Language   string              `json:"language"`
	Book       string              `json:"book"`
	ValidUntil string              `json:"validUntil"`
	VAT        string              `json:"vat"` // excluded, swiss, country, reverse_charge
	Exclusions []string            `json:"exclusions"`
	Note       string              `json:"note"`
	Lines      []QuoteLineForm     `json:"lines"`
	Scenarios  []QuoteScenarioForm `json:"scenarios"`
}

// QuoteLineForm is a line as typed.
type QuoteLineForm struct {
	Product   string `json:"product"`
	Name      string `json:"name"`
	Months    int    `json:"months"`
	Operation string `json:"operation"`
	Managed   bool   `json:"managed"`
}

// QuoteScenarioForm is a scenario as typed, with a quantity and an own price per line.
type QuoteScenarioForm struct {
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

// QuoteEntryView is a quote as a list shows it.
type QuoteEntryView struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Client     string `json:"client"`
	Recipient  string `json:"recipient"`
	State      string `json:"state"`
	ValidUntil string `json:"validUntil"`
	Scenarios  int    `json:"scenarios"`
	Currency   string `json:"currency"`
	Offer      string `json:"offer"`
	Earned     string `json:"earned"`
}

// QuotePageView is a part of a list with true counts.
type QuotePageView struct {
	Entries  []QuoteEntryView `json:"entries"`
	Found    int              `json:"found"`
	More     bool             `json:"more"` // a search finds more: only the newest are given
	All      int              `json:"all"`
	Draft    int              `json:"draft"`
	Open     int              `json:"open"`
	Accepted int              `json:"accepted"`
	Past     int              `json:"past"`
}

// QuoteClientView is somebody whom a quote can be for.
type QuoteClientView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Place  string `json:"place"`
	Access string `json:"access"`
	Means  string `json:"means"`
}

// QuoteView is a quote.
type QuoteView struct {
	ID         string          `json:"id"`
	Number     string          `json:"number"`
	Revises    string          `json:"revises"`
	RevisedBy  string          `json:"revisedBy"`
	Recipient  string          `json:"recipient"`
	Client     string          `json:"client"`
	Language   string          `json:"language"`
	State      string          `json:"state"`
	ValidUntil string          `json:"validUntil"`
	Exclusions []string        `json:"exclusions"`
	Note       string          `json:"note"`
	Accepted   int             `json:"accepted"` // the scenario, from 1; 0 is none
	Version    int             `json:"version"`
	Created    string          `json:"created"`
	SentAt     string          `json:"sentAt"`
	AnsweredAt string          `json:"answeredAt"`
	Answer     QuoteAnswerView `json:"answer"`
	Form       QuoteForm       `json:"form"` // to go on from
}

// QuoteAnswerView is what a quote comes to and rests on. Amounts are decimal text in Currency.
type QuoteAnswerView struct {
	Currency  string              `json:"currency"`
	Rules     int                 `json:"rules"`
	BookName  string              `json:"bookName"`
	BookFrom  string              `json:"bookFrom"`
	BookUntil string              `json:"bookUntil"`
	Author    string              `json:"author"`
	Source    string              `json:"source"`
	VATFrom   string              `json:"vatFrom"` // since when the Swiss rate applies; "" is not known
	VATSource string              `json:"vatSource"`
	Base      string              `json:"base"`
	Mode      string              `json:"mode"`
	VAT       string              `json:"vat"`
	VATRate   string              `json:"vatRate"`
	Lines     []QuoteLineView     `json:"lines"`
	Scenarios []QuoteScenarioView `json:"scenarios"`
}

// QuoteLineView is a product of a quote.
type QuoteLineView struct {
	Product   string `json:"product"`
	Name      string `json:"name"`
	Price     string `json:"price"`
	Per       string `json:"per"`
	Months    int    `json:"months"`
	Operation string `json:"operation"`
	Managed   bool   `json:"managed"`
	Origin    string `json:"origin"`
	Source    string `json:"source"`
}

// QuoteScenarioView is a scenario with what it comes to.
type QuoteScenarioView struct {
	Name    string          `json:"name"`
	Access  string          `json:"access"`
	Means   string          `json:"means"`
	Orders  string          `json:"orders"`
	Rate    string          `json:"rate"`
	Pooled  int64           `json:"pooled"`
	Margin  string          `json:"margin"` // "" is none
	Outcome string          `json:"outcome"`
	Payer   string          `json:"payer"`
	Lines   []QuoteCellView `json:"lines"`
	Start   QuoteSumsView   `json:"start"`
	Year    QuoteSumsView   `json:"year"`
	VAT     string          `json:"vat"`
	Total   string          `json:"total"`
}

// QuoteCellView is a line in a scenario, for one billing period, before VAT.
type QuoteCellView struct {
	Quantity    int64      `json:"quantity"`
	Own         string     `json:"own"` // own price of one; "" is none
	Public      string     `json:"public"`
	Open        string     `json:"open"`
	Charged     string     `json:"charged"`
	Offer       string     `json:"offer"`
	Gain        string     `json:"gain"`
	Earned      string     `json:"earned"`
	Degressive  string     `json:"degressive"`
	Outcome     string     `json:"outcome"`
	Rule        string     `json:"rule"`
	Times       int64      `json:"times"`
	Steps       []StepView `json:"steps"`
	Assumptions []string   `json:"assumptions"`
}

// QuoteSumsView are figures added up over the lines, before VAT.
type QuoteSumsView struct {
	Charged string `json:"charged"`
	Offer   string `json:"offer"`
	Gain    string `json:"gain"`
	Earned  string `json:"earned"`
}

// ProofView is what came of computing a quote again.
type ProofView struct {
	Same        bool             `json:"same"`
	Figures     int              `json:"figures"`
	Differences []DifferenceView `json:"differences"`
}

// DifferenceView is a line that comes to something else than the quote says; scenario and line count from 0.
type DifferenceView struct {
	Scenario int    `json:"scenario"`
	Line     int    `json:"line"`
	Kept     string `json:"kept"`
	Computed string `json:"computed"`
}

func formOf(v QuoteForm) quote.Form {
	f := quote.Form{
		ClientID: v.Client, Name: v.Name, Language: v.Language, Book: v.Book, ValidUntil: v.ValidUntil, VAT: v.VAT,
		Exclusions: v.Exclusions, Note: v.Note,
	}
	for _, l := range v.Lines {
		f.Lines = append(f.Lines, quote.LineForm(l))
	}
	for _, s := range v.Scenarios {
		f.Scenarios = append(f.Scenarios, quote.ScenarioForm(s))
	}
	return f
}

func formView(f quote.Form) QuoteForm {
	v := QuoteForm{
		Client: f.ClientID, Name: f.Name, Language: f.Language, Book: f.Book, ValidUntil: f.ValidUntil, VAT: f.VAT,
		Exclusions: append([]string{}, f.Exclusions...), Note: f.Note, Lines: []QuoteLineForm{}, Scenarios: []QuoteScenarioForm{},
	}
	for _, l := range f.Lines {
		v.Lines = append(v.Lines, QuoteLineForm(l))
	}
	for _, s := range f.Scenarios {
		v.Scenarios = append(v.Scenarios, QuoteScenarioForm(s))
	}
	return v
}

func quotePageView(p quote.Page) QuotePageView {
	v := QuotePageView{
		Entries: []QuoteEntryView{}, Found: p.Found, More: p.More, All: p.Counts.All, Draft: p.Counts.Draft, Open: p.Counts.Open,
		Accepted: p.Counts.Accepted, Past: p.Counts.Past,
	}
	for _, e := range p.Entries {
		v.Entries = append(v.Entries, QuoteEntryView{
			e.ID, e.Number, e.ClientID, e.Recipient, string(e.State), e.ValidUntil.String(), e.Scenarios,
			string(e.Offer.Currency()), e.Offer.Decimal(), e.Earned.Decimal(),
		})
	}
	return v
}

func quoteView(q quote.Quote, today day.Day) QuoteView {
	return QuoteView{
		ID: q.ID, Number: q.Number(), Revises: q.Revises, RevisedBy: q.RevisedBy, Recipient: q.Recipient.Name, Client: q.Recipient.ClientID,
		Language: q.Language, State: string(q.StateOn(today)), ValidUntil: q.ValidUntil.String(), Exclusions: append([]string{}, q.Exclusions...),
		Note: q.Note, Accepted: q.Accepted, Version: q.Version, Created: bridge.Moment(q.Created), SentAt: bridge.Moment(q.SentAt), AnsweredAt: bridge.Moment(q.AnsweredAt),
		Answer: quoteAnswerView(q.Basis, q.Answer), Form: formView(q.Form()),
	}
}

func quoteAnswerView(b quote.Basis, a quote.Answer) QuoteAnswerView {
	v := QuoteAnswerView{
		Currency: string(b.Book.Currency), Rules: b.Rules, BookName: b.Book.Name, BookFrom: string(b.Book.ValidFrom), Source: b.Book.Source,
		BookUntil: string(b.Book.ValidUntil), Author: b.Book.Author, VATFrom: string(b.VAT.From), VATSource: b.VAT.Source,
		Base: string(b.Base), Mode: string(b.Schedule.Mode), VAT: string(b.VAT.Kind), VATRate: b.VAT.Rate.String(),
		Lines: []QuoteLineView{}, Scenarios: []QuoteScenarioView{},
	}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, QuoteLineView{
			l.Article.Product, l.Article.Name, l.Article.Price.Decimal(), string(l.Article.Per), l.Months, string(l.Operation), l.Managed,
			string(l.Article.Origin), l.Article.Source,
		})
	}
	for i, s := range b.Scenarios {
		v.Scenarios = append(v.Scenarios, quoteScenarioView(s, a.Scenarios[i]))
	}
	return v
}

func quoteScenarioView(s quote.Scenario, r quote.Result) QuoteScenarioView {
	v := QuoteScenarioView{
		Name: s.Name, Access: string(s.Access), Means: string(s.Means), Orders: string(s.Orders), Rate: s.Rate.String(), Pooled: s.Pooled,
		Outcome: string(r.Outcome), Payer: string(r.Payer), Lines: []QuoteCellView{}, Start: sumsView(r.Start), Year: sumsView(r.Year),
		VAT: r.VAT.Decimal(), Total: r.Total.Decimal(),
	}
	if s.Margin != nil {
		v.Margin = s.Margin.String()
	}
	for i, l := range r.Lines {
		c := QuoteCellView{
			Quantity: s.Items[i].Quantity, Own: priceText(s.Items[i].Own), Public: amount(l.Public.Rounded), Open: amount(l.OpenPrice.Rounded),
			Charged: amount(l.Charged), Offer: amount(l.Offer), Gain: amount(l.Gain), Earned: amount(l.Earned), Degressive: l.Degressive.String(),
			Outcome: string(l.Case.Outcome), Rule: string(l.Case.Rule), Times: l.Times, Steps: stepViews(l.Steps), Assumptions: []string{},
		}
		for _, rule := range l.Assumptions {
			c.Assumptions = append(c.Assumptions, string(rule))
		}
		v.Lines = append(v.Lines, c)
	}
	return v
}

func priceText(p *money.Price) string {
	if p == nil {
		return ""
	}
	return p.Decimal()
}

func sumsView(s quote.Sums) QuoteSumsView {
	return QuoteSumsView{s.Charged.Decimal(), s.Offer.Decimal(), s.Gain.Decimal(), s.Earned.Decimal()}
}

func stepViews(steps []pricing.Step) []StepView {
	views := []StepView{}
	for _, s := range steps {
		views = append(views, StepView{
			string(s.Kind), string(s.Rule), string(s.Formula), append([]string{}, s.Operands...), s.Factor, s.Exact, s.Rounded.Decimal(),
		})
	}
	return views
}
