package app

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"kontor/internal/host/bridge"

	"kontor/internal/area/partner"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/export"
)

// PartnerService simulates prices and keeps what they are computed from.
type PartnerService struct{ app *App }

// QuestionInput is what a person asks, as typed. Empty texts take the default.
type QuestionInput struct {
	Book      string `json:"book"`
	Line      string `json:"line"`
	Quantity  string `json:"quantity"`
	Rate      string `json:"rate"`
	Step      string `json:"step"` // percentage of a step chosen by hand
	Mode      string `json:"mode"`
	Months    int    `json:"months"`
	Access    string `json:"access"`
	Means     string `json:"means"`
	Orders    string `json:"orders"`
	Managed   bool   `json:"managed"`
	Operation string `json:"operation"`
	Base      string `json:"base"`
	VAT       string `json:"vat"` // "excluded", "swiss", "country", "reverse_charge"
}

// PriceLineView is a product of a price list.
type PriceLineView struct {
	ID         string `json:"id"`
	Product    string `json:"product"`
	Name       string `json:"name"`
	Price      string `json:"price"`
	Per        string `json:"per"`
	Degressive bool   `json:"degressive"`
	Origin     string `json:"origin"`
	Source     string `json:"source"`
}

// PriceBookView is a price list.
type PriceBookView struct {
	ID         string          `json:"id"`
	Shipped    bool            `json:"shipped"`
	Name       string          `json:"name"`
	Currency   string          `json:"currency"`
	ValidFrom  string          `json:"validFrom"`
	ValidUntil string          `json:"validUntil"` // last day; "" has none
	Source     string          `json:"source"`
	Author     string          `json:"author"`
	InForce    bool            `json:"inForce"` // today
	Version    int64           `json:"version"`
	Lines      []PriceLineView `json:"lines"`
}

// TierView is a degressive step.
type TierView struct {
	From    string `json:"from"`
	Percent string `json:"percent"`
	Origin  string `json:"origin"`
	Source  string `json:"source"`
}

// ScheduleView is a table of degressive steps.
type ScheduleView struct {
	ID        string     `json:"id"`
	Shipped   bool       `json:"shipped"`
	Mode      string     `json:"mode"`
	ValidFrom string     `json:"validFrom"`
	Source    string     `json:"source"`
	Tiers     []TierView `json:"tiers"`
}

// TermsView is what every simulation starts from.
type TermsView struct {
	Rate      string `json:"rate"`
	Ceiling   string `json:"ceiling"`
	Base      string `json:"base"`
	VAT       string `json:"vat"` // the Swiss rate of today
	Country   string `json:"country"`
	Version   int64  `json:"version"`
	Published string `json:"published"` // the ceiling that Infomaniak publishes
}

// RuleView is a rule with where it was read; its sentence is the message partner_rule_<id>.
type RuleView struct {
	ID      string   `json:"id"`
	Origin  string   `json:"origin"`
	Guide   string   `json:"guide"`
	Read    []string `json:"read"`
	Derived bool     `json:"derived"`
}

// CaseView is a row of the decision table; empty texts are "makes no difference" and "no answer".
type CaseView struct {
	Access  string `json:"access"`
	Means   string `json:"means"`
	Orders  string `json:"orders"`
	Managed string `json:"managed"`
	Outcome string `json:"outcome"`
	Payer   string `json:"payer"`
	Rule    string `json:"rule"`
}

// DeskView is everything that a question can choose from.
type DeskView struct {
	Books    []PriceBookView `json:"books"`
	Schedule ScheduleView    `json:"schedule"`
	Shipped  ScheduleView    `json:"shipped"`
	Terms    TermsView       `json:"terms"`
	Asked    bool            `json:"asked"` // Last holds what the person asked last
	Last     QuestionInput   `json:"last"`
	CanEdit  bool            `json:"canEdit"`
	Today    string          `json:"today"`
	AgeDays  int             `json:"ageDays"` // of the list that applies in the organization's currency
	Stale    bool            `json:"stale"`
	Ended    string          `json:"ended"` // the last day of that list if it is over
	VATRates []VATRateView   `json:"vatRates"`
	VATOf    int64           `json:"vatOf"` // version of the rates
	Rules    []RuleView      `json:"rules"`
	Cases    []CaseView      `json:"cases"`
}

// FigureView is a price of the whole line. All empty where the rules give none.
type FigureView struct {
	Exact     string `json:"exact"`
	Rounded   string `json:"rounded"`
	Each      string `json:"each"`
	EachExact bool   `json:"eachExact"`
}

// StepView is one line of a derivation.
type StepView struct {
	Kind     string   `json:"kind"`
	Rule     string   `json:"rule"`
	Formula  string   `json:"formula"`
	Operands []string `json:"operands"`
	Factor   string   `json:"factor"`
	Exact    string   `json:"exact"`
	Rounded  string   `json:"rounded"`
}

// PointView is the price of one piece at a quantity.
type PointView struct {
	Quantity int64  `json:"quantity"`
	You      string `json:"you"`
	Public   string `json:"public"`
}

// InversionView is a stretch of quantities that cost more than the one after it.
type InversionView struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// AnswerView is a simulation. Amounts are decimal text in Currency; "" where the rules give no answer.
type AnswerView struct {
	Currency     string          `json:"currency"`
	Quantity     string          `json:"quantity"`
	Rate         string          `json:"rate"`
	Degressive   string          `json:"degressive"`
	CaseIndex    int             `json:"caseIndex"`
	Outcome      string          `json:"outcome"`
	Payer        string          `json:"payer"`
	Rule         string          `json:"rule"`
	Public       FigureView      `json:"public"`
	AfterPartner FigureView      `json:"afterPartner"`
	Preferential FigureView      `json:"preferential"`
	OpenPrice    FigureView      `json:"openPrice"`
	Reduction    string          `json:"reduction"`
	Saved        string          `json:"saved"`
	Charged      string          `json:"charged"`
	VAT          string          `json:"vat"`
	ChargedVAT   string          `json:"chargedVat"`
	Gain         string          `json:"gain"`
	Assumptions  []string        `json:"assumptions"`
	Steps        []StepView      `json:"steps"`
	Curve        []PointView     `json:"curve"`
	Inversions   []InversionView `json:"inversions"`
}

// CellView is one figure of a what-if table.
type CellView struct {
	Total    string `json:"total"`
	Step     bool   `json:"step"`
	Inverted bool   `json:"inverted"`
	Heat     int    `json:"heat"`
}

// ScenarioView is a row of a what-if table.
type ScenarioView struct {
	Rate  string     `json:"rate"`
	Mode  string     `json:"mode"`
	Cells []CellView `json:"cells"`
}

// TableView is a what-if table.
type TableView struct {
	Quantities []int64        `json:"quantities"`
	Rows       []ScenarioView `json:"rows"`
	Current    int            `json:"current"` // the row of the question itself
}

// Desk returns the price lists, steps, terms, rules, and what the person asked last.
func (s *PartnerService) Desk() (DeskView, error) {
	return call(s.app, "partner.Desk", func(ctx context.Context, h *workspace) (DeskView, error) {
		d, err := h.partner.Desk(ctx)
		if err != nil {
			return DeskView{}, err
		}
		age, err := h.partner.Age(ctx)
		if err != nil {
			return DeskView{}, err
		}
		v := deskView(d)
		v.AgeDays, v.Stale = age.Days, age.Stale
		if age.Ended {
			v.Ended = string(age.Book.ValidUntil)
		}
		return v, nil
	})
}

// Simulate answers a question with every step.
func (s *PartnerService) Simulate(q QuestionInput) (AnswerView, error) {
	return call(s.app, "pricing.Simulate", func(ctx context.Context, h *workspace) (AnswerView, error) {
		a, err := h.partner.Answer(ctx, partner.Question(q))
		if err != nil {
			return AnswerView{}, err
		}
		return answerView(a), nil
	})
}

// Table computes a what-if table around a question: by "rate" or "mode"; 1 to upTo, or the quantities that matter if
// upTo is 0.
func (s *PartnerService) Table(q QuestionInput, by string, upTo int) (TableView, error) {
	return call(s.app, "partner.Table", func(ctx context.Context, h *workspace) (TableView, error) {
		t, err := h.partner.Table(ctx, partner.Question(q), by, upTo)
		if err != nil {
			return TableView{}, err
		}
		return tableView(t), nil
	})
}

// PriceBookInput is a price list as typed.
type PriceBookInput struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Currency   string          `json:"currency"`
	ValidFrom  string          `json:"validFrom"`
	ValidUntil string          `json:"validUntil"`
	Source     string          `json:"source"`
	Author     string          `json:"author"`
	Version    int64           `json:"version"`
	Lines      []PriceLineView `json:"lines"`
}

// SaveBook keeps a price list and returns its id; one that came with Kontor becomes a list of one's own.
func (s *PartnerService) SaveBook(in PriceBookInput) (string, error) {
	return call(s.app, "partner.SaveBook", func(ctx context.Context, h *workspace) (string, error) {
		d := partner.BookDraft{
			ID: in.ID, Name: in.Name, Currency: in.Currency, ValidFrom: in.ValidFrom, ValidUntil: in.ValidUntil, Source: in.Source,
			Author: in.Author, Version: in.Version,
		}
		for _, l := range in.Lines {
			d.Lines = append(d.Lines, partner.LineDraft{
				Product: l.Product, Name: l.Name, Price: l.Price, Per: l.Per, Degressive: l.Degressive, Origin: l.Origin, Source: l.Source,
			})
		}
		return h.partner.SaveBook(ctx, d)
	})
}

// DeleteBook removes a list of one's own.
func (s *PartnerService) DeleteBook(id string) error {
	return do(s.app, "partner.DeleteBook", func(ctx context.Context, h *workspace) error { return h.partner.DeleteBook(ctx, id) })
}

// ScheduleInput is a table of steps as typed; ID is the one that the person saw.
type ScheduleInput struct {
	ID        string     `json:"id"`
	Mode      string     `json:"mode"`
	ValidFrom string     `json:"validFrom"`
	Source    string     `json:"source"`
	Tiers     []TierView `json:"tiers"`
}

// SaveSchedule makes these steps the ones that apply.
func (s *PartnerService) SaveSchedule(in ScheduleInput) error {
	return do(s.app, "partner.SaveSchedule", func(ctx context.Context, h *workspace) error {
		d := partner.ScheduleDraft{ID: in.ID, Mode: in.Mode, ValidFrom: in.ValidFrom, Source: in.Source}
		for _, t := range in.Tiers {
			d.Tiers = append(d.Tiers, partner.TierDraft(t))
		}
		return h.partner.SaveSchedule(ctx, d)
	})
}

// TermsInput is the terms as typed.
type TermsInput struct {
	Rate    string `json:"rate"`
	Ceiling string `json:"ceiling"`
	Base    string `json:"base"`
	Country string `json:"country"`
	Version int64  `json:"version"`
}

// SaveTerms keeps the partner's rate, its ceiling, the base of the cashback and the VAT rate of another country.
func (s *PartnerService) SaveTerms(in TermsInput) error {
	return do(s.app, "partner.SaveTerms", func(ctx context.Context, h *workspace) error {
		return h.partner.SaveTerms(ctx, partner.TermsDraft(in))
	})
}

// SheetInput is what a file of a simulation says in the person's language.
type SheetInput struct {
	Language string     `json:"language"`
	Title    string     `json:"title"` // of the dialog
	Name     string     `json:"name"`  // proposed file name
	Head     []string   `json:"head"`  // the six column titles
	Steps    []StepText `json:"steps"` // one per step of the answer, in its order
	Lead     []string   `json:"lead"`  // lines above the table
}

// StepText is a step of a derivation in words.
type StepText struct {
	Step        string `json:"step"`
	Calculation string `json:"calculation"`
	Rule        string `json:"rule"` // its sentence
}

// ExportCSV writes a simulation to a file that the person chooses and returns its name; "" if none was chosen.
func (s *PartnerService) ExportCSV(q QuestionInput, sheet SheetInput) (string, error) {
	// Refused before anybody is asked for a file.
	if _, err := s.Simulate(q); err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: sheet.Title, Name: sheet.Name, Filter: "CSV", Ending: "csv"})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "partner.ExportCSV", func(ctx context.Context, h *workspace) (string, error) {
		a, err := h.partner.Export(ctx, partner.Question(q))
		if err != nil {
			return "", err
		}
		err = export.Save(path, func(w io.Writer) error { return writeSheet(w, a, sheet) })
		if err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

// writeSheet writes one row per step: the words are the window's, every figure is Go's.
func writeSheet(w io.Writer, a partner.Answer, sheet SheetInput) error {
	if len(sheet.Steps) != len(a.Result.Steps) {
		return fmt.Errorf("%d texts for %d steps", len(sheet.Steps), len(a.Result.Steps))
	}
	c := export.NewCSV(w, export.For(sheet.Language))
	for _, line := range sheet.Lead {
		c.Row(export.Text(line))
	}
	var head []export.Cell
	for _, title := range sheet.Head {
		head = append(head, export.Text(title))
	}
	c.Row(head...)
	for i, s := range a.Result.Steps {
		t := sheet.Steps[i]
		c.Row(export.Text(t.Step), export.Text(t.Calculation), export.Number(s.Exact), export.Number(s.Rounded.Decimal()),
			export.Text(string(s.Rounded.Currency())), export.Text(strings.TrimSpace(string(s.Rule)+" "+t.Rule)))
	}
	return c.Flush()
}

// amount is decimal text, "" for an amount that is not there.
func amount(a money.Amount) string {
	if a.Currency() == "" {
		return ""
	}
	return a.Decimal()
}
