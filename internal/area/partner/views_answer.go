package partner

import (
	"strconv"

	"kontor/internal/core/pricing"
	"kontor/internal/host/bridge"
	"kontor/internal/host/derivation"
)

// SimulationView is an answer with the table around it.
type SimulationView struct {
	Answer AnswerView `json:"answer"`
	Table  TableView  `json:"table"`
}

// AnswerView is the answer to a question. Amounts are none where the rules give no answer.
type AnswerView struct {
	Currency     string              `json:"currency"`
	Quantity     string              `json:"quantity"`
	Rate         string              `json:"rate"`
	Degressive   string              `json:"degressive"`
	CaseIndex    int                 `json:"caseIndex"`
	Outcome      string              `json:"outcome"`
	Payer        string              `json:"payer"`
	Rule         string              `json:"rule"`
	Public       FigureView          `json:"public"`
	AfterPartner FigureView          `json:"afterPartner"`
	Preferential FigureView          `json:"preferential"`
	OpenPrice    FigureView          `json:"openPrice"`
	Reduction    string              `json:"reduction"`
	Saved        bridge.Money        `json:"saved"`
	Charged      bridge.Money        `json:"charged"`
	VAT          bridge.Money        `json:"vat"`
	ChargedVAT   bridge.Money        `json:"chargedVat"`
	Gain         bridge.Money        `json:"gain"`
	Assumptions  []string            `json:"assumptions"`
	Steps        []derivation.Step   `json:"steps"`
	Curve        []pricing.Point     `json:"curve"`
	Inversions   []pricing.Inversion `json:"inversions"`
}

// FigureView is a price of the whole line. All empty where the rules give none.
type FigureView struct {
	Exact     string       `json:"exact"`
	Rounded   bridge.Money `json:"rounded"`
	Each      bridge.Money `json:"each"` // the price of one
	EachExact bool         `json:"eachExact"`
}

// TableView is a what-if table.
type TableView struct {
	Quantities []int64        `json:"quantities"`
	Rows       []ScenarioView `json:"rows"`
	Current    int            `json:"current"` // the row of the question itself
}

// ScenarioView is a row of a what-if table.
type ScenarioView struct {
	Rate  string     `json:"rate"`
	Mode  string     `json:"mode"`
	Cells []CellView `json:"cells"`
}

// CellView is one figure of a what-if table.
type CellView struct {
	Total    bridge.Money `json:"total"`
	Step     bool         `json:"step"`
	Inverted bool         `json:"inverted"`
	Heat     int          `json:"heat"`
}

func answerView(a Answer) AnswerView {
	r := a.Result
	v := AnswerView{
		Currency: string(a.Book.Currency), Quantity: strconv.FormatInt(a.Input.Quantity, 10), Rate: a.Input.Rate.String(),
		Degressive: r.Degressive.String(), CaseIndex: r.CaseIndex, Outcome: string(r.Case.Outcome), Payer: string(r.Case.Payer),
		Rule: string(r.Case.Rule), Public: figureView(r.Public), AfterPartner: figureView(r.AfterPartner),
		Preferential: figureView(r.Preferential), OpenPrice: figureView(r.OpenPrice), Reduction: r.Reduction,
		Saved: bridge.MoneyOf(r.Saved), Charged: bridge.MoneyOf(r.Charged), VAT: bridge.MoneyOf(r.VAT),
		ChargedVAT: bridge.MoneyOf(r.ChargedVAT), Gain: bridge.MoneyOf(r.Gain),
		Assumptions: []string{}, Steps: derivation.Steps(r.Steps), Curve: a.Curve, Inversions: a.Inversions,
	}
	for _, rule := range r.Assumptions {
		v.Assumptions = append(v.Assumptions, string(rule))
	}
	return v
}

func figureView(f pricing.Figure) FigureView {
	return FigureView{f.Exact, bridge.MoneyOf(f.Rounded), bridge.Money{Amount: f.Each, Currency: string(f.Rounded.Currency())}, f.EachExact}
}

func tableView(t Table) TableView {
	v := TableView{Quantities: append([]int64{}, t.Quantities...), Rows: []ScenarioView{}, Current: t.Current}
	for i, row := range t.Rows {
		s := ScenarioView{Rate: t.Scenarios[i].Rate.String(), Mode: string(t.Scenarios[i].Mode), Cells: []CellView{}}
		for _, c := range row {
			s.Cells = append(s.Cells, CellView{bridge.MoneyOf(c.Total), c.Step, c.Inverted, c.Heat})
		}
		v.Rows = append(v.Rows, s)
	}
	return v
}
