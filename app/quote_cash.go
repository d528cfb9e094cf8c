package app

import (
	"context"

	"kontor/internal/area/quote"
)

// QuoteFlowInput is how cashback reaches the partner, as typed, and the two scenarios that are compared, from 0; With is
// -1 for none.
type QuoteFlowInput struct {
	Days     string `json:"days"`
	Fee      string `json:"fee"`
	Every    int    `json:"every"` // months from one payout to the next; 0 is never
	Scenario int    `json:"scenario"`
	With     int    `json:"with"`
}

// QuoteCashView is twelve months of every scenario, and two of them beside each other.
type QuoteCashView struct {
	Years []QuoteYearView `json:"years"`
	Even  []QuoteEvenView `json:"even"` // one, or none where nothing is compared
}

// QuoteYearView is twelve months of a scenario.
type QuoteYearView struct {
	Months  []QuoteMonthView `json:"months"`
	After   string           `json:"after"` // cashback of these months that comes after them
	Total   string           `json:"total"` // with what comes after
	Payouts int              `json:"payouts"`
}

// QuoteMonthView is what moves in a month, before VAT, and where the partner stands at its end.
type QuoteMonthView struct {
	Charged  string `json:"charged"`
	Invoiced string `json:"invoiced"`
	Cashback string `json:"cashback"`
	Paid     string `json:"paid"`
	Fee      string `json:"fee"`
	Purse    string `json:"purse"`
	Position string `json:"position"`
}

// QuoteEvenView is two scenarios beside each other; scenarios count from 0, -1 is neither.
type QuoteEvenView struct {
	Ahead   int    `json:"ahead"`
	By      string `json:"by"`
	From    int    `json:"from"`
	Sooner  int    `json:"sooner"`
	Always  bool   `json:"always"`
	Differ  bool   `json:"differ"` // fees, days or pieces held elsewhere tell the two apart
	Fee     string `json:"fee"`    // "" is none
	Pieces  int64  `json:"pieces"`
	Pooling int    `json:"pooling"`
}

// Cash tells what moves in each of twelve months, for every scenario, and where two of them break even.
func (s *QuoteService) Cash(id string, in QuoteFlowInput) (QuoteCashView, error) {
	return call(s.app, "quote.Cash", func(ctx context.Context, h *workspace) (QuoteCashView, error) {
		q, err := h.quotes.Get(ctx, id)
		if err != nil {
			return QuoteCashView{}, err
		}
		flow, err := quote.FlowForm{Days: in.Days, Fee: in.Fee, Every: in.Every}.Parse(q.Basis.Book.Currency)
		if err != nil {
			return QuoteCashView{}, err
		}
		years, err := quote.Cash(q.Basis, q.Answer, flow)
		if err != nil {
			return QuoteCashView{}, err
		}
		v := QuoteCashView{Years: yearViews(years), Even: []QuoteEvenView{}}
		if in.With < 0 {
			return v, nil
		}
		e, err := quote.Compare(q.Basis, q.Answer, flow, in.Scenario, in.With)
		if err != nil {
			return QuoteCashView{}, err
		}
		v.Even = append(v.Even, evenView(e))
		return v, nil
	})
}

func yearViews(years []quote.Year) []QuoteYearView {
	views := []QuoteYearView{}
	for _, y := range years {
		v := QuoteYearView{Months: []QuoteMonthView{}, After: y.After.Decimal(), Total: y.Total.Decimal(), Payouts: y.Payouts}
		for _, m := range y.Months {
			v.Months = append(v.Months, QuoteMonthView{
				m.Charged.Decimal(), m.Invoiced.Decimal(), m.Cashback.Decimal(), m.Paid.Decimal(), m.Fee.Decimal(), m.Purse.Decimal(), m.Position.Decimal(),
			})
		}
		views = append(views, v)
	}
	return views
}

func evenView(e quote.Even) QuoteEvenView {
	v := QuoteEvenView{
		Ahead: e.Ahead, By: e.By.Decimal(), From: e.From, Sooner: e.Sooner, Always: e.Always, Differ: e.Fees || e.Days || e.Pooled,
		Pieces: e.Pieces, Pooling: e.Pooling,
	}
	if e.Fee.Sign() > 0 {
		v.Fee = e.Fee.Decimal()
	}
	return v
}
