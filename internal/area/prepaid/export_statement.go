package prepaid

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

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
func (in StatementInput) cause(e Entry) string {
	if name := in.Means[e.Cause]; name != "" && e.Kind == TopUp {
		return name
	}
	return e.Cause
}

// formats are the endings in which a statement can be written, and how a dialog calls them.
var formats = map[string]string{"pdf": "PDF", "csv": "CSV", "xlsx": "XLSX"}

// SaveStatement writes the ledger of a period to a file that the person chooses and returns its name; "" if none was
// chosen.
func (w *Window) SaveStatement(in StatementInput) (string, error) {
	if formats[in.Format] == "" || len(in.Head) != 6 {
		return "", fault.New(fault.Invalid, "")
	}
	var t Statement
	d := bridge.SaveDialog{Title: in.Dialog, Name: in.Name, Filter: formats[in.Format], Ending: in.Format}
	return bridge.Export(w.room, "prepaid.SaveStatement", d, func(ctx context.Context, s *Service) (_ []byte, err error) {
		if t, err = s.Statement(ctx, in.From, in.To); err != nil {
			return nil, err
		}
		var file bytes.Buffer
		err = writeStatement(&file, t, in)
		return file.Bytes(), err
	}, func(ctx context.Context, s *Service) error { return s.Exported(ctx, t, in.Format) })
}

func writeStatement(w io.Writer, t Statement, in StatementInput) error {
	head := make([]export.Cell, 0, len(in.Head)+1)
	for _, title := range in.Head {
		head = append(head, export.Text(title))
	}
	var out export.Table
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

func statementPaper(t Statement, in StatementInput) export.Paper {
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
