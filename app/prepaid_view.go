package app

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"time"

	"kontor/internal/host/bridge"

	"kontor/internal/area/prepaid"
	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// stamp is a moment as text, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func newOrder(in OrderInput) prepaid.NewOrder {
	return prepaid.NewOrder{Kind: prepaid.OrderKind(in.Kind), Number: in.Number, Title: in.Title, Total: in.Total}
}

func how(in HowInput) prepaid.How {
	return prepaid.How{FromBalance: in.FromBalance, Rest: prepaid.Rest(in.Rest), SentOn: in.SentOn, Source: in.Source}
}

func prepaidView(o prepaid.Overview) PrepaidView {
	f := o.Forecast
	v := PrepaidView{
		Currency: string(o.Balance.Currency()), Today: o.Today.String(), Balance: o.Balance.Decimal(), Entries: o.Entries,
		History: balances(o.History), Forecast: balances(f.Points), Until: f.Until.String(), Lowest: f.Lowest.Decimal(),
		LowestOn: f.LowestOn.String(), Short: f.Short, TopUp: f.TopUp.Decimal(), Expected: []ExpectedView{}, Open: o.Open,
	}
	if f.Short {
		v.ShortOn = f.ShortOn.String()
	}
	for _, e := range o.Expected {
		v.Expected = append(v.Expected, ExpectedView{e.ID, e.Cause, e.Amount.Decimal(), e.DueOn.String()})
	}
	return v
}

func balances(points []prepaid.Point) []BalanceView {
	list := []BalanceView{}
	for _, p := range points {
		list = append(list, BalanceView{p.On.String(), p.Balance.Decimal(), amount(p.Change), p.What})
	}
	return list
}

func orderView(o prepaid.Order) OrderView {
	return OrderView{
		o.ID, string(o.Kind), o.Number, o.Title, o.Total.Decimal(), o.Paid.Decimal(), o.Open().Decimal(), string(o.Total.Currency()),
		string(o.State), o.AgainOf != "", stamp(o.PlacedAt), stamp(o.ClosedAt), o.Version,
	}
}

func threadView(t prepaid.Thread) ThreadView {
	v := ThreadView{
		ID: t.Transfer.ID, Purpose: string(t.Transfer.Purpose), Reference: t.Transfer.Reference, Amount: t.Transfer.Amount.Decimal(),
		Currency: string(t.Transfer.Amount.Currency()), Arrived: t.Transfer.Arrived.Decimal(), ArrivedIn: string(t.Transfer.Arrived.Currency()),
		Outcome: string(t.Transfer.Outcome), Reason: string(t.Transfer.Reason), Settled: t.Transfer.Settled, Entry: t.Entry,
		Left: amount(t.Left), Meant: t.Meant, Steps: []StepOfMoneyView{},
	}
	if t.Order != nil {
		v.OrderNumber, v.OrderTitle, v.OrderTotal = t.Order.Number, t.Order.Title, t.Order.Total.Decimal()
	}
	if t.Missing.Sign() != 0 {
		v.Missing = t.Missing.Decimal()
	}
	for _, s := range t.Steps {
		v.Steps = append(v.Steps, StepOfMoneyView{string(s.Kind), stamp(s.At), amount(s.Amount), s.Text, s.Now})
	}
	return v
}

// StatementInput is a statement to be written, and its words in the person's language.
type StatementInput struct {
	From     string            `json:"from"`
	To       string            `json:"to"`
	Format   string            `json:"format"` // pdf, csv, xlsx
	Language string            `json:"language"`
	Dialog   string            `json:"dialog"` // title of the dialog
	Name     string            `json:"name"`   // proposed file name, with its ending
	Title    string            `json:"title"`
	Period   string            `json:"period"`  // the period, as it shall stand
	Head     []string          `json:"head"`    // number, moment, kind, cause, change, balance
	Kinds    map[string]string `json:"kinds"`   // the kinds of entries in words
	Means    map[string]string `json:"means"`   // the means of top-ups, which are their cause
	Group    string            `json:"group"`   // between thousands, on paper
	Decimal  string            `json:"decimal"` // the decimal mark, on paper
	Opening  string            `json:"opening"` // labels of the sums
	In       string            `json:"in"`
	Out      string            `json:"out"`
	Closing  string            `json:"closing"`
	Numbered string            `json:"numbered"` // said where the paper's fonts lack a character
}

// cause is what an entry is for, in words.
func (in StatementInput) cause(e prepaid.Entry) string {
	if name := in.Means[e.Cause]; name != "" && e.Kind == prepaid.TopUp {
		return name
	}
	return e.Cause
}

// formats are the endings in which a statement can be written, and how a dialog calls them.
var formats = map[string]string{"pdf": "PDF", "csv": "CSV", "xlsx": "XLSX"}

// SaveStatement writes the ledger of a period to a file that the person chooses and returns its name; "" if none was
// chosen.
func (s *PrepaidService) SaveStatement(in StatementInput) (string, error) {
	if formats[in.Format] == "" || len(in.Head) != 6 {
		return "", fault.New(fault.Invalid, "")
	}
	statement := func(ctx context.Context, h *workspace) (prepaid.Statement, error) {
		return h.prepaid.Statement(ctx, in.From, in.To)
	}
	// Refused before anybody is asked for a file.
	t, err := call(s.app, "prepaid.Statement", statement)
	if err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: in.Dialog, Name: in.Name, Filter: formats[in.Format], Ending: in.Format})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "prepaid.SaveStatement", func(ctx context.Context, h *workspace) (string, error) {
		if err := h.prepaid.Exported(ctx, t, in.Format); err != nil {
			return "", err
		}
		err := export.Save(path, func(w io.Writer) error { return writeStatement(w, t, in) })
		if err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

// table is what CSV and XLSX writers have in common.
type table interface {
	Row(cells ...export.Cell)
	Flush() error
}

func writeStatement(w io.Writer, t prepaid.Statement, in StatementInput) error {
	head := make([]export.Cell, 0, len(in.Head)+1)
	for _, title := range in.Head {
		head = append(head, export.Text(title))
	}
	var out table
	switch in.Format {
	case "pdf":
		return export.PDF(w, statementPaper(t, in))
	case "xlsx":
		out = export.NewWorkbook(w, in.Title, head...)
	default:
		out = export.NewCSV(w, export.For(in.Language))
		out.Row(head...)
	}
	out.Row(export.Text(""), export.Date(t.From.Time()), export.Text(in.Opening), export.Text(""), export.Text(""), export.Number(t.Opening.Decimal()))
	for _, e := range t.Entries {
		out.Row(export.Number(strconv.FormatInt(e.Seq, 10)), export.Text(e.At.In(t.Zone).Format("2006-01-02 15:04")), export.Text(in.Kinds[string(e.Kind)]),
			export.Text(in.cause(e)), export.Number(e.Change().Decimal()), export.Number(e.Balance.Decimal()))
	}
	out.Row(export.Text(""), export.Date(t.To.Time()), export.Text(in.Closing), export.Text(""), export.Text(""), export.Number(t.Closing.Decimal()))
	return out.Flush()
}

func statementPaper(t prepaid.Statement, in StatementInput) export.Paper {
	figures := export.Figures{Group: in.Group, Decimal: in.Decimal}
	p := export.Paper{
		Title: in.Title, Lead: []string{t.Organization, in.Period}, At: t.MadeAt,
		Foot:  fmt.Sprintf("Kontor · %s · %s", t.Currency, t.Seal()),
		Unset: in.Numbered,
		Columns: []export.Column{
			{Title: in.Head[0], Width: 1.1, Right: true},
			{Title: in.Head[1], Width: 2.6},
			{Title: in.Head[2], Width: 3.6},
			{Title: in.Head[3], Width: 4.6},
			{Title: in.Head[4], Width: 2.2, Right: true},
			{Title: in.Head[5], Width: 2.2, Right: true},
		},
		Sums: [][2]string{
			{in.Opening, figures.Write(t.Opening.Decimal())},
			{in.In, figures.Write(t.In.Decimal())},
			{in.Out, figures.Write(t.Out.Decimal())},
			{in.Closing, string(t.Currency) + " " + figures.Write(t.Closing.Decimal())},
		},
	}
	for _, e := range t.Entries {
		p.Rows = append(p.Rows, []string{
			strconv.FormatInt(e.Seq, 10), e.At.In(t.Zone).Format("2006-01-02 15:04"), in.Kinds[string(e.Kind)], in.cause(e),
			figures.Write(e.Change().Decimal()), figures.Write(e.Balance.Decimal()),
		})
	}
	return p
}
