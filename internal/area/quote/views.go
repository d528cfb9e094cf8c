package quote

import (
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
	"kontor/internal/host/derivation"
)

// EntryView is a quote as a list shows it.
type EntryView struct {
	ID         string       `json:"id"`
	Number     string       `json:"number"`
	Client     string       `json:"client"`
	Recipient  string       `json:"recipient"`
	State      string       `json:"state"`
	ValidUntil string       `json:"validUntil"`
	Scenarios  int          `json:"scenarios"`
	Offer      bridge.Money `json:"offer"`
	Earned     bridge.Money `json:"earned"`
}

// PageView is a part of a list with true counts.
type PageView struct {
	Entries  []EntryView `json:"entries"`
	Found    int         `json:"found"`
	More     bool        `json:"more"` // a search finds more: only the newest are given
	All      int         `json:"all"`
	Draft    int         `json:"draft"`
	Open     int         `json:"open"`
	Accepted int         `json:"accepted"`
	Past     int         `json:"past"`
}

// QuoteView is a
type QuoteView struct {
	ID         string     `json:"id"`
	Number     string     `json:"number"`
	Revises    string     `json:"revises"`
	RevisedBy  string     `json:"revisedBy"`
	Recipient  string     `json:"recipient"`
	Client     string     `json:"client"`
	Language   string     `json:"language"`
	State      string     `json:"state"`
	ValidUntil string     `json:"validUntil"`
	Exclusions []string   `json:"exclusions"`
	Note       string     `json:"note"`
	Accepted   int        `json:"accepted"` // the scenario, from 1; 0 is none
	Version    int        `json:"version"`
	Created    string     `json:"created"`
	SentAt     string     `json:"sentAt"`
	AnsweredAt string     `json:"answeredAt"`
	Answer     AnswerView `json:"answer"`
	Form       Form       `json:"form"` // to go on from
}

// AnswerView is what a quote comes to and rests on. Currency is that of its price list.
type AnswerView struct {
	Currency  string         `json:"currency"`
	Rules     int            `json:"rules"`
	BookName  string         `json:"bookName"`
	BookFrom  string         `json:"bookFrom"`
	BookUntil string         `json:"bookUntil"`
	Author    string         `json:"author"`
	Source    string         `json:"source"`
	VATFrom   string         `json:"vatFrom"` // since when the Swiss rate applies; "" is not known
	VATSource string         `json:"vatSource"`
	Base      string         `json:"base"`
	Mode      string         `json:"mode"`
	VAT       string         `json:"vat"`
	VATRate   string         `json:"vatRate"`
	Lines     []LineView     `json:"lines"`
	Scenarios []ScenarioView `json:"scenarios"`
}

// LineView is a product of a
type LineView struct {
	Product   string       `json:"product"`
	Name      string       `json:"name"`
	Price     bridge.Money `json:"price"`
	Per       string       `json:"per"`
	Months    int          `json:"months"`
	Operation string       `json:"operation"`
	Managed   bool         `json:"managed"`
	Origin    string       `json:"origin"`
	Source    string       `json:"source"`
}

// ScenarioView is a scenario with what it comes to.
type ScenarioView struct {
	Name    string       `json:"name"`
	Access  string       `json:"access"`
	Means   string       `json:"means"`
	Orders  string       `json:"orders"`
	Rate    string       `json:"rate"`
	Pooled  int64        `json:"pooled"`
	Margin  string       `json:"margin"` // "" is none
	Outcome string       `json:"outcome"`
	Payer   string       `json:"payer"`
	Lines   []CellView   `json:"lines"`
	Start   SumsView     `json:"start"`
	Year    SumsView     `json:"year"`
	VAT     bridge.Money `json:"vat"`
	Total   bridge.Money `json:"total"`
}

// CellView is a line in a scenario, for one billing period, before VAT.
type CellView struct {
	Quantity    int64             `json:"quantity"`
	Own         bridge.Money      `json:"own"` // own price of one; "" is none
	Public      bridge.Money      `json:"public"`
	Open        bridge.Money      `json:"open"`
	Charged     bridge.Money      `json:"charged"`
	Offer       bridge.Money      `json:"offer"`
	Gain        bridge.Money      `json:"gain"`
	Earned      bridge.Money      `json:"earned"`
	Degressive  string            `json:"degressive"`
	Outcome     string            `json:"outcome"`
	Rule        string            `json:"rule"`
	Times       int64             `json:"times"`
	Steps       []derivation.Step `json:"steps"`
	Assumptions []string          `json:"assumptions"`
}

// SumsView are figures added up over the lines, before VAT.
type SumsView struct {
	Charged bridge.Money `json:"charged"`
	Offer   bridge.Money `json:"offer"`
	Gain    bridge.Money `json:"gain"`
	Earned  bridge.Money `json:"earned"`
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
	Stored   string `json:"stored"`
	Computed string `json:"computed"`
}

func pageView(p Page) PageView {
	v := PageView{
		Entries: []EntryView{}, Found: p.Found, More: p.More, All: p.Counts.All, Draft: p.Counts.Draft, Open: p.Counts.Open,
		Accepted: p.Counts.Accepted, Past: p.Counts.Past,
	}
	for _, e := range p.Entries {
		v.Entries = append(v.Entries, EntryView{
			e.ID, e.Number, e.ClientID, e.Recipient, string(e.State), e.ValidUntil.String(), e.Scenarios,
			bridge.MoneyOf(e.Offer), bridge.MoneyOf(e.Earned),
		})
	}
	return v
}

func quoteView(q Quote, today day.Day) QuoteView {
	return QuoteView{
		ID: q.ID, Number: q.Number(), Revises: q.Revises, RevisedBy: q.RevisedBy, Recipient: q.Recipient.Name, Client: q.Recipient.ClientID,
		Language: q.Language, State: string(q.StateOn(today)), ValidUntil: q.ValidUntil.String(), Exclusions: namesOf(q.Exclusions),
		Note: q.Note, Accepted: q.Accepted, Version: q.Version, Created: bridge.Moment(q.Created), SentAt: bridge.Moment(q.SentAt), AnsweredAt: bridge.Moment(q.AnsweredAt),
		Answer: answerView(q.Basis, q.Answer), Form: q.Form(),
	}
}

func answerView(b Basis, a Answer) AnswerView {
	v := AnswerView{
		Currency: string(b.Book.Currency), Rules: b.Rules, BookName: b.Book.Name, BookFrom: b.Book.ValidFrom.String(), Source: b.Book.Source,
		BookUntil: b.Book.ValidUntil.String(), Author: b.Book.Author, VATFrom: b.VAT.From.String(), VATSource: b.VAT.Source,
		Base: string(b.Base), Mode: string(b.Schedule.Mode), VAT: string(b.VAT.Kind), VATRate: b.VAT.Rate.String(),
		Lines: []LineView{}, Scenarios: []ScenarioView{},
	}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, LineView{
			l.Article.Product, l.Article.Name, bridge.PriceOf(l.Article.Price), string(l.Article.Per), l.Months, string(l.Operation), l.Managed,
			string(l.Article.Origin), l.Article.Source,
		})
	}
	for i, s := range b.Scenarios {
		v.Scenarios = append(v.Scenarios, scenarioView(s, a.Scenarios[i]))
	}
	return v
}

func scenarioView(s Scenario, r Result) ScenarioView {
	v := ScenarioView{
		Name: s.Name, Access: string(s.Access), Means: string(s.Means), Orders: string(s.Orders), Rate: s.Rate.String(), Pooled: s.Pooled,
		Outcome: string(r.Outcome), Payer: string(r.Payer), Lines: []CellView{}, Start: sumsView(r.Start), Year: sumsView(r.Year),
		VAT: bridge.MoneyOf(r.VAT), Total: bridge.MoneyOf(r.Total),
	}
	if s.Margin != nil {
		v.Margin = s.Margin.String()
	}
	for i, l := range r.Lines {
		c := CellView{
			Quantity: s.Items[i].Quantity, Own: priceOf(s.Items[i].Own), Public: bridge.MoneyOf(l.Public.Rounded), Open: bridge.MoneyOf(l.OpenPrice.Rounded),
			Charged: bridge.MoneyOf(l.Charged), Offer: bridge.MoneyOf(l.Offer), Gain: bridge.MoneyOf(l.Gain), Earned: bridge.MoneyOf(l.Earned), Degressive: l.Degressive.String(),
			Outcome: string(l.Case.Outcome), Rule: string(l.Case.Rule), Times: l.Times, Steps: derivation.Steps(l.Steps), Assumptions: []string{},
		}
		for _, rule := range l.Assumptions {
			c.Assumptions = append(c.Assumptions, string(rule))
		}
		v.Lines = append(v.Lines, c)
	}
	return v
}

// priceOf is an own price of one; none where there is none.
func priceOf(p *money.Price) bridge.Money {
	if p == nil {
		return bridge.Money{}
	}
	return bridge.PriceOf(*p)
}

func sumsView(s Sums) SumsView {
	return SumsView{bridge.MoneyOf(s.Charged), bridge.MoneyOf(s.Offer), bridge.MoneyOf(s.Gain), bridge.MoneyOf(s.Earned)}
}
