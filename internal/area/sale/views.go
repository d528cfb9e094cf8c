package sale

import (
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
)

// SaleView is an order with what was sold.
type SaleView struct {
	ID         string       `json:"id"` // "" for an accepted quote of which none was made yet
	Quote      string       `json:"quote"`
	Number     string       `json:"number"` // of the quote
	Client     string       `json:"client"`
	ClientName string       `json:"clientName"`
	Scenario   int          `json:"scenario"`
	AcceptedOn string       `json:"acceptedOn"`
	AcceptedBy string       `json:"acceptedBy"` // "" is not known
	Order      string       `json:"order"`      // its number at Infomaniak; "" is not known
	OrderedOn  string       `json:"orderedOn"`
	Expected   bridge.Money `json:"expected"` // of the periods that have a charge
	Charged    bridge.Money `json:"charged"`
	More       bridge.Money `json:"more"` // charged beyond what was expected
	Open       int          `json:"open"` // periods that have begun without a charge
	Lines      []LineView   `json:"lines"`
}

// LineView is a line of an order; its amounts are those of one period, before VAT.
type LineView struct {
	ID          string       `json:"id"`
	Kind        string       `json:"kind"` // listed, own, discount
	Product     string       `json:"product"`
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Quantity    string       `json:"quantity"`
	Months      int          `json:"months"` // 0 is once
	Biller      string       `json:"biller"`
	Payer       string       `json:"payer"`
	Expected    bridge.Money `json:"expected"` // none of an own line
	Offer       bridge.Money `json:"offer"`
	Earned      bridge.Money `json:"earned"` // none where the cost is not known
	StartsOn    string       `json:"startsOn"`
	EndedOn     string       `json:"endedOn"`
	Periods     []PeriodView `json:"periods"` // those that have begun, newest first; none of an own line
}

// PeriodView is a period of a line that Infomaniak charges.
type PeriodView struct {
	From      string       `json:"from"`
	To        string       `json:"to"`     // "" for what is due once
	Amount    bridge.Money `json:"amount"` // none as long as nothing is known
	On        string       `json:"on"`
	Reference string       `json:"reference"`
	KnownFrom string       `json:"knownFrom"` // typed, imported
}

// ListView is some orders, the newest first, and every accepted quote without one.
type ListView struct {
	Sales   []SaleView     `json:"sales"`
	Found   int            `json:"found"` // how many there are
	Waiting []SaleView     `json:"waiting"`
	More    []bridge.Money `json:"more"` // charged beyond what was expected, by currency
	Today   string         `json:"today"`
}

// RenewalView is what something costs when it renews.
type RenewalView struct {
	Sale       string       `json:"sale"`
	Client     string       `json:"client"`
	ClientName string       `json:"clientName"`
	Line       LineView     `json:"line"`
	On         string       `json:"on"`
	Expected   bridge.Money `json:"expected"`
	Offer      bridge.Money `json:"offer"`
	Earned     bridge.Money `json:"earned"`
	KnownFrom  string       `json:"knownFrom"` // quoted, list
	List       string       `json:"list"`
	ListFrom   string       `json:"listFrom"`
}

// RenewalsView is some of what renews.
type RenewalsView struct {
	List  []RenewalView `json:"list"`
	Found int           `json:"found"` // in all
}

// ChangesView is some of what a price list changes.
type ChangesView struct {
	List []ChangeView `json:"list"`
	More bool         `json:"more"` // there are others
}

// ChangeView is what a price list does to something that runs.
type ChangeView struct {
	Before RenewalView `json:"before"`
	After  RenewalView `json:"after"`
}

// BookView is a price list to look at.
type BookView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
	From     string `json:"from"`
}

// LetterView is a letter to a client.
type LetterView struct {
	Client     string `json:"client"`
	ClientName string `json:"clientName"`
	To         string `json:"to"`
	Language   string `json:"language"`
	Subject    string `json:"subject"`
	Text       string `json:"text"`
}

// KeptView is a letter that was handed to the queue of e-mails.
type KeptView struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	At      string `json:"at"` // moment
}

// MonthView is what begins in a month.
type MonthView struct {
	First  string       `json:"first"`
	Offer  bridge.Money `json:"offer"`
	Earned bridge.Money `json:"earned"`
}

// YearView is twelve months in one currency.
type YearView struct {
	Currency string       `json:"currency"`
	Months   []MonthView  `json:"months"`
	Offer    bridge.Money `json:"offer"`
	Earned   bridge.Money `json:"earned"`
	Unknown  int          `json:"unknown"` // periods whose cost is not known: what they earn is in no figure
}

// OutlookView is a year back and a year ahead.
type OutlookView struct {
	Past  []YearView `json:"past"`
	Ahead []YearView `json:"ahead"`
}

// ItemView is a line for an invoice of the partner's.
type ItemView struct {
	Sale       string       `json:"sale"`
	Line       string       `json:"line"`
	Client     string       `json:"client"`
	ClientName string       `json:"clientName"`
	Quote      string       `json:"quote"` // number
	Product    LineView     `json:"product"`
	From       string       `json:"from"`
	To         string       `json:"to"`
	Net        bridge.Money `json:"net"`
	VAT        bridge.Money `json:"vat"`
	Code       string       `json:"code"`
	Invoiced   string       `json:"invoiced"` // day; "" as long as it is on no invoice
}

// ItemsView is some of the lines for invoices of a span.
type ItemsView struct {
	List  []ItemView `json:"list"`
	Found int        `json:"found"` // in all
	Open  int        `json:"open"`  // on no invoice
}

func optional(a *money.Amount) bridge.Money {
	if a == nil {
		return bridge.Money{}
	}
	return bridge.MoneyOf(*a)
}

// maxPeriodsShown is how many periods of a line the window is given: three years of months.
const maxPeriodsShown = 36

func (p Page) view(today day.Day) (ListView, error) {
	v := ListView{Sales: []SaleView{}, Found: p.Found, Waiting: []SaleView{}, More: bridge.MoneysOf(p.More), Today: today.String()}
	for _, part := range []struct {
		of    []Sale
		to    *[]SaleView
		until day.Day
	}{{p.Sales, &v.Sales, today}, {p.Unordered, &v.Waiting, 0}} {
		for _, of := range part.of {
			one, err := of.view(part.until)
			if err != nil {
				return v, err
			}
			*part.to = append(*part.to, one)
		}
	}
	return v, nil
}

func (l Line) view(today day.Day) LineView {
	v := LineView{
		ID: l.ID, Kind: string(l.Kind), Product: l.Product, Name: l.Name, Description: l.Description, Quantity: l.Quantity, Months: l.Months,
		Biller: l.Biller, Payer: l.Payer, Expected: optional(l.Expected), Offer: bridge.MoneyOf(l.Offer), Earned: optional(l.Earned),
		StartsOn: l.StartsOn.String(), EndedOn: l.EndedOn.String(), Periods: []PeriodView{},
	}
	if l.Expected == nil {
		return v
	}
	due := l.Due(0, today)
	for i := len(due) - 1; i >= max(0, len(due)-maxPeriodsShown); i-- {
		p := PeriodView{From: due[i].From.String(), To: due[i].To.String()}
		if c := l.charge(due[i].From); c != nil {
			p.Amount, p.On, p.Reference, p.KnownFrom = bridge.MoneyOf(c.Amount), c.On.String(), c.Reference, string(c.KnownFrom)
		}
		v.Periods = append(v.Periods, p)
	}
	return v
}

func (s Sale) view(today day.Day) (SaleView, error) {
	v := SaleView{
		ID: s.ID, Quote: s.QuoteID, Number: s.QuoteNumber, Client: s.ClientID, ClientName: s.Client, Scenario: s.Scenario,
		AcceptedOn: s.AcceptedOn.String(), AcceptedBy: s.AcceptedBy, Order: s.Number, OrderedOn: s.OrderedOn.String(), Lines: []LineView{},
	}
	for _, l := range s.Lines {
		v.Lines = append(v.Lines, l.view(today))
	}
	expected, charged, more, open, err := s.Difference(today)
	v.Expected, v.Charged, v.More, v.Open = bridge.MoneyOf(expected), bridge.MoneyOf(charged), bridge.MoneyOf(more), open
	return v, err
}

func (r Renewal) view() RenewalView {
	return RenewalView{
		Sale: r.Sale.ID, Client: r.Sale.ClientID, ClientName: r.Sale.Client, Line: r.Line.view(0), On: r.On.String(), Expected: optional(r.Expected),
		Offer: bridge.MoneyOf(r.Offer), Earned: optional(r.Earned), KnownFrom: string(r.KnownFrom), List: r.List, ListFrom: r.ListFrom.String(),
	}
}

func yearViews(list []Year) []YearView {
	out := []YearView{}
	for _, y := range list {
		v := YearView{Currency: string(y.Currency), Months: []MonthView{}, Offer: bridge.MoneyOf(y.Offer), Earned: bridge.MoneyOf(y.Earned), Unknown: y.Unknown}
		for _, m := range y.Months {
			v.Months = append(v.Months, MonthView{m.First.String(), bridge.MoneyOf(m.Offer), bridge.MoneyOf(m.Earned)})
		}
		out = append(out, v)
	}
	return out
}
