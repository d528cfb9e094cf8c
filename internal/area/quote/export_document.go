package quote

import (
	"bytes"
	"context"
	"strings"
	"time"
	"unicode"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/core/sepa"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/derivation"
	"kontor/internal/host/export"
)

// The files that a quote can be written to.
const (
	fileOffer    = "pdf"      // what the recipient reads
	fileInternal = "internal" // a PDF of what the partner pays and keeps, with every step
	fileCSV      = "csv"
	fileXLSX     = "xlsx"
	filePayment  = "payment" // a PDF with a code to pay by
)

// kinds are the files with their endings, and how a dialog calls them.
var kinds = map[string]struct{ ending, filter string }{
	fileOffer: {"pdf", "PDF"}, fileInternal: {"pdf", "PDF"}, fileCSV: {"csv", "CSV"}, fileXLSX: {"xlsx", "XLSX"}, filePayment: {"pdf", "PDF"},
}

// document is a quote as a file, in the words and figures of whoever reads it.
type document struct {
	*words.Book             // the reader's: the recipient of an offer in the person's region, else the person
	person      *words.Book // of the dialog
	q           Quote
	sender      string
	format      string
	paper       Paper
	zone        *time.Location
	paid        sepa.Transfer // of a code to pay by
	code        string
}

// document reads a quote to be written. Requires access.WriteQuotes. Errors: Invalid for a format that there is not.
func (s *Service) document(ctx context.Context, id, format, locale string) (document, error) {
	if kinds[format].ending == "" {
		return document{}, fault.New(fault.Invalid, "")
	}
	q, err := s.Get(ctx, id)
	if err != nil {
		return document{}, err
	}
	sender, err := s.names.CurrentName(ctx)
	if err != nil {
		return document{}, err
	}
	paper, _, err := s.paper(ctx, q)
	if err != nil {
		return document{}, err
	}
	d := newDocument(q, sender, paper, format, words.Parse(locale), s.clock.Location(ctx))
	if format == filePayment {
		head, err := s.sender.Letterhead(ctx, q.Language) // the account of today, whatever stood on the paper that went out
		if err != nil {
			return document{}, err
		}
		err = d.payable(head)
		return d, err
	}
	return d, nil
}

func newDocument(q Quote, sender string, paper Paper, format string, person words.Locale, zone *time.Location) document {
	d := document{person: words.For(person), q: q, sender: sender, paper: paper, format: format, zone: zone}
	d.Book = d.person
	if format == fileOffer || format == filePayment {
		d.Book = words.For(person.Beside(q.Language))
	}
	return d
}

// dialog asks where the file shall go. A file with what the partner keeps is not called like the one for the recipient.
func (d document) dialog() bridge.SaveDialog {
	kind := kinds[d.format]
	return bridge.SaveDialog{Title: d.person.T("quote_export"), Filter: kind.filter, Ending: kind.ending, Name: d.file()}
}

// file is the name of the file: "Offerte-2026-0007-Hotel-Tre-Larici.pdf", and what is not for the recipient begins with a
// word that says so.
func (d document) file() string {
	parts := []string{d.T("quote_file"), d.q.Number(), d.q.Recipient.Name}
	switch d.format {
	case filePayment:
		parts[0] = d.T("quote_payment_file")
	case fileInternal:
		parts = []string{d.T("quote_file_internal"), d.q.Number(), d.T("quote_file_costs")}
	}
	name := []rune{}
	for _, r := range strings.Join(parts, "-") {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == '_':
			name = append(name, r)
		case len(name) > 0 && name[len(name)-1] != '-':
			name = append(name, '-')
		}
	}
	return strings.Trim(string(name[:min(len(name), maxFile)]), "-.") + "." + kinds[d.format].ending
}

// maxFile is the longest name of a file that is proposed, in characters, without its ending.
const maxFile = 100

func (d document) write() ([]byte, error) {
	var out bytes.Buffer
	var err error
	switch d.format {
	case fileCSV:
		err = export.WriteCSV(&out, export.For(d.Locale), nil, d.lines(), d.fields()...)
	case fileXLSX:
		err = export.WriteWorkbook(&out, d.T("quote_title"), d.lines(), d.fields()...)
	default:
		return d.pdf()
	}
	return out.Bytes(), err
}

// pdf is a paper: for the recipient, or the internal one.
func (d document) pdf() ([]byte, error) {
	switch d.format {
	case fileInternal:
		return d.internal().PDF()
	case filePayment:
		return d.payment().PDF()
	}
	return d.letter().PDF()
}

// made is the day that the quote bears: when it was sent, or begun.
func (d document) made() day.Day { return day.Of(d.moment(), d.zone) }

func (d document) moment() time.Time {
	if d.q.SentAt.IsZero() {
		return d.q.Created
	}
	return d.q.SentAt
}

func (d document) scenario(i int) string {
	if name := d.q.Basis.Scenarios[i].Name; name != "" {
		return name
	}
	return d.T("quote_scenario_n", "n", i+1)
}

func (d document) vat() string {
	rate := d.Percent(d.q.Basis.VAT.Rate.String())
	switch d.q.Basis.VAT.Kind {
	case pricing.SwissVAT:
		return d.T("partner_vat_swiss", "rate", rate)
	case pricing.CountryVAT:
		return d.T("partner_vat_country", "rate", rate)
	case pricing.ReverseCharge:
		return d.T("partner_vat_reverse")
	case pricing.NoVAT:
	}
	return d.T("partner_vat_excluded")
}

func (d document) exclusions() string {
	names := []string{}
	left, _ := d.q.left()
	for _, e := range left {
		names = append(names, words.Of(d.Book, "quote_without_", e))
	}
	return strings.Join(names, ", ")
}

func (d document) operation(o pricing.Operation) string { return words.Of(d.Book, "partner_", o) }

func (d document) product(l Line) string { return derivation.Product(d.Book, l.Article) }
