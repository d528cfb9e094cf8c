package quote

import (
	"context"

	"kontor/internal/host/bridge"
)

// CashView is twelve months of every scenario, and two of them beside each other.
type CashView struct {
	Years     []YearView      `json:"years"`
	Breakeven []BreakevenView `json:"breakeven"` // one, or none where nothing is compared
}

// YearView is twelve months of a scenario.
type YearView struct {
	Months  []MonthView  `json:"months"`
	After   bridge.Money `json:"after"` // cashback of these months that comes after them
	Total   bridge.Money `json:"total"` // with what comes after
	Payouts int          `json:"payouts"`
}

// MonthView is what moves in a month, before VAT, and where the partner stands at its end.
type MonthView struct {
	Charged  bridge.Money `json:"charged"`
	Invoiced bridge.Money `json:"invoiced"`
	Cashback bridge.Money `json:"cashback"`
	Paid     bridge.Money `json:"paid"`
	Fee      bridge.Money `json:"fee"`
	Prepaid  bridge.Money `json:"prepaid"`
	Position bridge.Money `json:"position"`
}

// BreakevenView is two scenarios beside each other; scenarios count from 0, -1 is neither.
type BreakevenView struct {
	Ahead   int          `json:"ahead"`
	By      bridge.Money `json:"by"`
	From    int          `json:"from"`
	Sooner  int          `json:"sooner"`
	Always  bool         `json:"always"`
	Differ  bool         `json:"differ"` // fees, days or pieces held elsewhere tell the two apart
	Fee     bridge.Money `json:"fee"`    // "" is none
	Pieces  int64        `json:"pieces"`
	Pooling int          `json:"pooling"`
}

// Pair names the two scenarios that are compared, from 0; With is -1 for none.
type Pair struct {
	Scenario int `json:"scenario"`
	With     int `json:"with"`
}

// Cash tells what moves in each of twelve months, for every scenario of a quote, and where two of them break even; nil
// where nothing is compared. Requires access.WriteQuotes. Errors: Invalid "days", "fee", "every", "with".
func (s *Service) Cash(ctx context.Context, id string, f FlowForm, pair Pair) ([]Year, *Breakeven, error) {
	q, err := s.Get(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	flow, err := f.Parse(q.Basis.Book.Currency)
	if err != nil {
		return nil, nil, err
	}
	years, err := Cash(q.Basis, q.Answer, flow)
	if err != nil || pair.With < 0 {
		return years, nil, err
	}
	e, err := Compare(q.Basis, q.Answer, flow, pair.Scenario, pair.With)
	return years, &e, err
}

func cashView(years []Year, breakeven *Breakeven) CashView {
	v := CashView{Years: yearViews(years), Breakeven: []BreakevenView{}}
	if breakeven != nil {
		v.Breakeven = append(v.Breakeven, breakevenView(*breakeven))
	}
	return v
}

func yearViews(years []Year) []YearView {
	views := []YearView{}
	for _, y := range years {
		v := YearView{Months: []MonthView{}, After: bridge.MoneyOf(y.After), Total: bridge.MoneyOf(y.Total), Payouts: y.Payouts}
		for _, m := range y.Months {
			v.Months = append(v.Months, MonthView{
				bridge.MoneyOf(m.Charged), bridge.MoneyOf(m.Invoiced), bridge.MoneyOf(m.Cashback), bridge.MoneyOf(m.Paid), bridge.MoneyOf(m.Fee), bridge.MoneyOf(m.Prepaid), bridge.MoneyOf(m.Position),
			})
		}
		views = append(views, v)
	}
	return views
}

func breakevenView(e Breakeven) BreakevenView {
	v := BreakevenView{
		Ahead: e.Ahead, By: bridge.MoneyOf(e.By), From: e.From, Sooner: e.Sooner, Always: e.Always, Differ: e.Fees || e.Days || e.Pooled,
		Pieces: e.Pieces, Pooling: e.Pooling,
	}
	if e.Fee.Sign() > 0 {
		v.Fee = bridge.MoneyOf(e.Fee)
	}
	return v
}
