package prepaid

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
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

// fileName names a file after what it holds: "studio-ponteri-sa-aufzeichnung-von-kontor-2026-11-01-2026-11-30.pdf".
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
	var err error
	switch format {
	case "pdf":
		err = export.PDF(&file, f.paper())
	case "xlsx":
		err = export.WriteWorkbook(&file, f.T("prepaid_title"), f.rows(), f.fields()...)
	default:
		err = export.WriteCSV(&file, export.For(f.Locale), nil, f.rows(), f.fields()...)
	}
	return file.Bytes(), err
}

// statementRow is a row of the file for spreadsheets: an entry, or the balance of a day when Entry is nil.
type statementRow struct {
	*Entry
	day     day.Day
	title   string
	balance money.Amount
}

func (f statementFile) rows() []statementRow {
	list := []statementRow{{day: f.t.From, title: f.T("prepaid_opening"), balance: f.t.Opening}}
	for i := range f.t.Entries {
		e := &f.t.Entries[i]
		list = append(list, statementRow{Entry: e, title: f.kind(*e), balance: e.Balance})
	}
	return append(list, statementRow{day: f.t.To, title: f.T("prepaid_closing"), balance: f.t.Closing})
}

func (f statementFile) fields() []export.Field[statementRow] {
	// ofEntry is a text that only entries have.
	ofEntry := func(text func(Entry) string) func(statementRow) string {
		return func(r statementRow) string {
			if r.Entry == nil {
				return ""
			}
			return text(*r.Entry)
		}
	}
	return []export.Field[statementRow]{
		export.NumberField(f.T("prepaid_no"), ofEntry(number)),
		export.CellField(f.T("prepaid_moment"), func(r statementRow) export.Cell {
			if r.Entry == nil {
				return export.Day(r.day)
			}
			return export.Minute(r.At, f.t.Zone)
		}),
		export.CellField(f.T("prepaid_value"), func(r statementRow) export.Cell {
			if r.Entry == nil {
				return export.Day(r.day)
			}
			return export.Day(r.ValueOn(f.t.Zone))
		}),
		export.TextField(f.T("prepaid_kind"), func(r statementRow) string { return r.title }),
		export.TextField(f.T("prepaid_cause"), ofEntry(f.cause)),
		export.AmountField(f.T("payment_amount"), func(r statementRow) money.Amount {
			if r.Entry == nil {
				return money.Amount{}
			}
			return r.Change()
		}),
		export.AmountField(f.T("prepaid_balance"), func(r statementRow) money.Amount { return r.balance }),
		export.CurrencyField(f.T("prepaid_currency"), func(statementRow) money.Currency { return f.t.Currency }),
		export.OrganizationField(f.T("organization_title"), func(statementRow) string { return f.t.Organization }),
		export.TextField(f.T("prepaid_record"), func(statementRow) string { return f.T("prepaid_own_record_short") }),
	}
}

func (f statementFile) paper() export.Document {
	t := f.t
	return export.Document{
		Title: f.T("prepaid_title"), Language: f.Tag(), Author: t.Organization, At: t.MadeAt,
		Lead:  []string{t.Organization + " · " + string(t.Currency), f.T("prepaid_period", "from", t.From, "to", t.To), f.T("prepaid_own_record")},
		Foot:  fmt.Sprintf("Kontor · %s · %s", f.T("prepaid_own_record_short"), t.Seal()),
		Unset: f.T("ui_numbered"),
		Table: export.DocumentTableOf(t.Entries,
			export.FigureColumn(f.T("prepaid_no"), 1.1, number),
			export.TextColumn(f.T("prepaid_value"), 1.9, func(e Entry) string { return e.ValueOn(t.Zone).String() }),
			export.TextColumn(f.T("prepaid_moment"), 2.6, func(e Entry) string { return f.moment(e.At) }),
			export.TextColumn(f.T("prepaid_kind"), 3.6, f.kind),
			export.TextColumn(f.T("prepaid_cause"), 4.6, f.cause),
			export.FigureColumn(f.T("payment_amount"), 2.2, func(e Entry) string { return f.Number(e.Change().Decimal()) }),
			export.FigureColumn(f.T("prepaid_balance"), 2.2, func(e Entry) string { return f.Number(e.Balance.Decimal()) }),
		),
		Sums: [][2]string{
			{f.T("prepaid_opening"), f.Number(t.Opening.Decimal())},
			{f.T("prepaid_in"), f.Number(t.In.Decimal())},
			{f.T("prepaid_out"), f.Number(t.Out.Decimal())},
			{f.T("prepaid_closing"), f.Money(t.Closing)},
		},
	}
}

func number(e Entry) string { return strconv.FormatInt(e.Seq, 10) }

func (f statementFile) moment(at time.Time) string { return at.In(f.t.Zone).Format("2006-01-02 15:04") }

func (f statementFile) kind(e Entry) string { return words.Of(f.Book, "prepaid_entry_", e.Kind) }

// cause is what an entry is for; of a top-up it is the means.
func (f statementFile) cause(e Entry) string {
	switch {
	case e.Kind == TopUp && e.Cause == "card":
		return f.T("payment_kind_card")
	case e.Kind == TopUp && e.Cause == "postfinance":
		return "PostFinance"
	case e.Reverses != 0:
		return f.T("prepaid_entry", "number", e.Reverses)
	case e.Kind == AdjustedUp || e.Kind == AdjustedDown:
		return f.T("prepaid_shown_was", "amount", e.Cause)
	}
	return e.Cause
}
