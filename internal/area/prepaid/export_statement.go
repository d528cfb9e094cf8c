package prepaid

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// formats are the endings in which a statement can be written, and how a dialog calls them.
var formats = map[string]string{"pdf": "PDF", "csv": "CSV", "xlsx": "XLSX"}

// SaveStatement writes the ledger of the days from first to last, as "pdf", "csv" or "xlsx" and in the words and figures
// of a locale ("it-CH"), to a file that the person chooses, and returns its name; "" if none was chosen.
func (w *Window) SaveStatement(first, last, format, locale string) (string, error) {
	if formats[format] == "" {
		return "", fault.New(fault.Invalid, "")
	}
	book := words.For(words.Parse(locale))
	t, err := bridge.Call(w.room, "prepaid.Statement", func(ctx context.Context, s *Service) (Statement, error) {
		return s.Statement(ctx, first, last)
	})
	if err != nil {
		return "", err
	}
	title := book.T("prepaid_statement")
	d := bridge.SaveDialog{Title: title, Name: fileName(format, t.Organization, title, first, last), Filter: formats[format], Ending: format}
	return bridge.Export(w.room, "prepaid.SaveStatement", d, func(context.Context, *Service) ([]byte, error) {
		return statementFile{book, t}.write(format)
	}, func(ctx context.Context, s *Service) error { return s.Exported(ctx, t, format) })
}

var notInName = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// fileName names a file after what it holds: "studio-ponteri-sa-statement-2026-11-01-2026-11-30.pdf".
func fileName(ending string, parts ...string) string {
	return strings.Trim(notInName.ReplaceAllString(text.Fold(strings.Join(parts, "-")), "-"), "-") + "." + ending
}

// statementFile is a statement in the words of its reader.
type statementFile struct {
	*words.Book
	t Statement
}

func (f statementFile) write(format string) ([]byte, error) {
	var file bytes.Buffer
	var out export.Table
	head := []export.Cell{}
	for _, title := range f.head() {
		head = append(head, export.Text(title))
	}
	switch format {
	case "pdf":
		err := export.PDF(&file, f.paper())
		return file.Bytes(), err
	case "xlsx":
		out = export.NewWorkbook(&file, f.T("prepaid_title"), head...)
	default:
		out = export.NewCSV(&file, export.For(f.Locale))
		out.Row(head...)
	}
	none := export.Text("")
	out.Row(none, export.Day(f.t.From), export.Text(f.T("prepaid_opening")), none, none, export.Number(f.t.Opening.Decimal()))
	for _, e := range f.t.Entries {
		out.Row(export.Number(strconv.FormatInt(e.Seq, 10)), export.Minute(e.At, f.t.Zone), export.Text(f.kind(e)),
			export.Text(f.cause(e)), export.Number(e.Change().Decimal()), export.Number(e.Balance.Decimal()))
	}
	out.Row(none, export.Day(f.t.To), export.Text(f.T("prepaid_closing")), none, none, export.Number(f.t.Closing.Decimal()))
	err := out.Flush()
	return file.Bytes(), err
}

func (f statementFile) head() []string {
	return []string{
		f.T("prepaid_no"), f.T("prepaid_moment"), f.T("prepaid_kind"), f.T("prepaid_cause"), f.T("payment_amount"), f.T("prepaid_balance"),
	}
}

func (f statementFile) paper() export.Paper {
	t, head := f.t, f.head()
	p := export.Paper{
		Title: f.T("prepaid_title"), Lead: []string{t.Organization, f.T("prepaid_period", "from", t.From, "to", t.To)}, At: t.MadeAt,
		Foot:  fmt.Sprintf("Kontor · %s · %s", t.Currency, t.Seal()),
		Unset: f.T("ui_numbered"),
		Columns: []export.Column{
			{Title: head[0], Width: 1.1, Right: true},
			{Title: head[1], Width: 2.6},
			{Title: head[2], Width: 3.6},
			{Title: head[3], Width: 4.6},
			{Title: head[4], Width: 2.2, Right: true},
			{Title: head[5], Width: 2.2, Right: true},
		},
		Sums: [][2]string{
			{f.T("prepaid_opening"), f.Number(t.Opening.Decimal())},
			{f.T("prepaid_in"), f.Number(t.In.Decimal())},
			{f.T("prepaid_out"), f.Number(t.Out.Decimal())},
			{f.T("prepaid_closing"), f.Money(t.Closing)},
		},
	}
	for _, e := range t.Entries {
		p.Rows = append(p.Rows, []string{
			strconv.FormatInt(e.Seq, 10), f.moment(e.At), f.kind(e), f.cause(e), f.Number(e.Change().Decimal()), f.Number(e.Balance.Decimal()),
		})
	}
	return p
}

func (f statementFile) moment(at time.Time) string { return at.In(f.t.Zone).Format("2006-01-02 15:04") }

func (f statementFile) kind(e Entry) string { return words.Of(f.Book, "prepaid_entry_", e.Kind) }

// cause is what an entry is for; of a top-up it is the means.
func (f statementFile) cause(e Entry) string {
	switch {
	case e.Kind == TopUp && e.Cause == "card":
		return f.T("payment_kind_card")
	case e.Kind == TopUp && e.Cause == "postfinance":
		return "PostFinance"
	}
	return e.Cause
}
