package app

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kontor/internal/host/bridge"

	"kontor/internal/area/quote"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/host/export"
)

// formats are the endings in which a quote can be written, and how a dialog calls them.
var formats = map[string]string{"pdf": "PDF", "csv": "CSV", "xlsx": "XLSX"}

// QuoteSheet is how a file of a quote is to be written. Words are the texts of the window by their message keys: in the
// recipient's language for a PDF, in the person's for the rest.
type QuoteSheet struct {
	Format   string            `json:"format"` // pdf, csv, xlsx
	Language string            `json:"language"`
	Dialog   string            `json:"dialog"`
	Name     string            `json:"name"`  // of the file
	Steps    bool              `json:"steps"` // a PDF tells what the partner pays and keeps, with every step
	Words    map[string]string `json:"words"`
}

// Export asks where to and writes a quote. It returns the file's name; "" if none was chosen.
func (s *QuoteService) Export(id string, sheet QuoteSheet) (string, error) {
	if formats[sheet.Format] == "" {
		return "", fault.New(fault.Invalid, "")
	}
	if _, err := s.Get(id); err != nil { // before a dialog opens that would lead nowhere
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: sheet.Dialog, Name: sheet.Name, Filter: formats[sheet.Format], Ending: sheet.Format})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "quote.Export", func(ctx context.Context, h *workspace) (string, error) {
		q, err := h.quotes.Export(ctx, id, sheet.Format)
		if err != nil {
			return "", err
		}
		sender, err := h.organizations.CurrentName(ctx)
		if err != nil {
			return "", err
		}
		if err := export.Save(path, func(w io.Writer) error { return writeQuote(w, q, sender, sheet) }); err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

func writeQuote(w io.Writer, q quote.Quote, sender string, sheet QuoteSheet) error {
	p := quotePrinter{q, sender, sheet, export.FiguresIn(sheet.Language)}
	switch sheet.Format {
	case "pdf":
		return export.PDF(w, p.paper())
	case "xlsx":
		return p.rows(export.NewWorkbook(w, p.word("quote_title"), p.head()...))
	}
	out := export.NewCSV(w, export.For(sheet.Language))
	out.Row(p.head()...)
	return p.rows(out)
}

// quotePrinter writes one quote with the words and figures of one language.
type quotePrinter struct {
	q       quote.Quote
	sender  string
	sheet   QuoteSheet
	figures export.Figures
}

func (p quotePrinter) word(key string) string {
	if w := p.sheet.Words[key]; w != "" {
		return w
	}
	return key
}

// with is a word with its places filled.
func (p quotePrinter) with(key string, pairs ...string) string {
	for i := range pairs {
		if i%2 == 0 {
			pairs[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(pairs...).Replace(p.word(key))
}

func (p quotePrinter) day(t time.Time) string { return export.DayIn(p.sheet.Language, t) }

func (p quotePrinter) product(a pricing.Line) string {
	if a.Name != "" {
		return a.Name
	}
	return p.word("partner_product_" + a.Product)
}

func (p quotePrinter) scenario(i int) string {
	if name := p.q.Basis.Scenarios[i].Name; name != "" {
		return name
	}
	return p.with("quote_scenario_n", "n", strconv.Itoa(i+1))
}

// period is what an amount pays for.
func (p quotePrinter) period(months int) string {
	switch {
	case months == 1:
		return p.word("partner_per_month")
	case months == 12:
		return p.word("partner_per_year")
	case months%12 == 0:
		return p.with("partner_for_years", "n", strconv.Itoa(months/12))
	}
	return p.with("partner_for_months", "n", strconv.Itoa(months))
}

func (p quotePrinter) vat() string {
	rate := p.figures.Write(p.q.Basis.VAT.Rate.String()) + " %"
	switch p.q.Basis.VAT.Kind {
	case quote.SwissVAT:
		return p.with("partner_vat_swiss", "rate", rate)
	case quote.CountryVAT:
		return p.with("partner_vat_country", "rate", rate)
	case quote.ReverseCharge:
		return p.word("partner_vat_reverse")
	case quote.NoVAT:
	}
	return p.word("partner_vat_excluded")
}

func (p quotePrinter) exclusions() string {
	names := []string{}
	for _, e := range p.q.Exclusions {
		names = append(names, p.word("quote_without_"+e))
	}
	return strings.Join(names, ", ")
}

func (p quotePrinter) operation(o pricing.Operation) string { return p.word("partner_" + string(o)) }
