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
	AnsweredBy string     `json:"answeredBy"` // "" is not known
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
	Discount  DiscountView   `json:"discount"` // on all that the partner invoices
	Floor     string         `json:"floor"`    // the least margin on the sale price; "" is none
}

// DiscountView is a share that is taken off; Rate "" is none.
type DiscountView struct {
	Rate  string `json:"rate"`
	Shown bool   `json:"shown"`
	From  string `json:"from"` // "" was typed, client, category
}

// LineView is a line of a quote.
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

	Kind        string       `json:"kind"`
	Description string       `json:"description"`
	Category    string       `json:"category"`
	Class       string       `json:"class"`
	Unit        string       `json:"unit"`
	Cost        bridge.Money `json:"cost"`
	Floor       bridge.Money `json:"floor"`
	Discount    DiscountView `json:"discount"`
	Rate        string       `json:"rate"` // "" is the scenario's
	RateFrom    string       `json:"rateFrom"`
	Set         bridge.Money `json:"set"` // own price of the client's conditions
}

// ScenarioView is a scenario with what it comes to.
type ScenarioView struct {
	Name    string       `json:"name"`
	Access  string       `json:"access"`
	Means   string       `json:"means"`
	Orders  string       `json:"orders"`
	Rate    string       `json:"rate"`
	Pooled  int64        `json:"pooled"`
	Resale  string       `json:"resale"`
	Margin  string       `json:"margin"` // "" is none
	Outcome string       `json:"outcome"`
	Payer   string       `json:"payer"`
	Lines   []CellView   `json:"lines"`
	Start   SumsView     `json:"start"`
	Year    SumsView     `json:"year"`
	VAT     bridge.Money `json:"vat"`
	Total   bridge.Money `json:"total"`

	Groups []GroupView     `json:"groups"` // none in a quote of rules version 1
	First  []FirstYearView `json:"first"`
}

// GroupView is what one biller charges each time that a billing period begins.
type GroupView struct {
	By       string            `json:"by"`
	Months   int               `json:"months"` // 0 is once
	Times    int64             `json:"times"`
	Lines    []int             `json:"lines"`
	Sum      bridge.Money      `json:"sum"`
	Discount bridge.Money      `json:"discount"`
	Net      bridge.Money      `json:"net"`
	VAT      []VATView         `json:"vat"`
	Total    bridge.Money      `json:"total"`
	Cost     bridge.Money      `json:"cost"`
	Costed   bridge.Money      `json:"costed"`
	Unknown  int               `json:"unknown"`
	Earned   bridge.Money      `json:"earned"`
	Share    string            `json:"share"` // Earned of Costed in percent, one decimal; "" where there is nothing to measure
	Steps    []derivation.Step `json:"steps"`
}

// VATView is what is taxed with one rate.
type VATView struct {
	Class string       `json:"class"`
	Rate  string       `json:"rate"`
	Net   bridge.Money `json:"net"`
	VAT   bridge.Money `json:"vat"`
}

// FirstYearView is what one biller charges in the first twelve months.
type FirstYearView struct {
	By    string            `json:"by"`
	Net   bridge.Money      `json:"net"`
	VAT   bridge.Money      `json:"vat"`
	Total bridge.Money      `json:"total"`
	Steps []derivation.Step `json:"steps"`
}

// CellView is a line in a scenario, for one billing period, before VAT.
type CellView struct {
	Quantity    string            `json:"quantity"` // decimal text
	Own         bridge.Money      `json:"own"`      // own price of one; "" is none
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
	By          string            `json:"by"`
	Priced      string            `json:"priced"` // what the price is made of; "" in a quote of rules version 1
	Gross       bridge.Money      `json:"gross"`
	Discount    bridge.Money      `json:"discount"`
	Cost        bridge.Money      `json:"cost"`
	Each        bridge.Money      `json:"each"`
	EachExact   bool              `json:"eachExact"`
	Below       bool              `json:"below"`
	Share       string            `json:"share"` // Earned of Offer in percent
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
		Note: q.Note, Accepted: q.Accepted, Version: q.Version, Created: bridge.Moment(q.Created), SentAt: bridge.Moment(q.SentAt), AnsweredAt: bridge.Moment(q.AnsweredAt), AnsweredBy: q.AnsweredBy,
		Answer: answerView(q.Basis, q.Answer), Form: q.Form(),
	}
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
