package payment

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of a file of renewals.
const (
	MaxImport     = 4 << 20 // bytes
	MaxImportRows = 10_000
	maxProblems   = 50 // more would help nobody
)

// Imported is what an import did.
type Imported struct {
	Added int `json:"added"`
	Known int `json:"known"` // rows that stood in the workspace before
}

// columns finds a column by its heading: as the window calls it in any language, or as others do.
var columns = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"product": "payment_product", "expiresOn": "payment_expires", "amount": "payment_amount", "months": "payment_months",
		"automatic": "payment_automatic",
	}, map[string][]string{"expiresOn": {"Expires on", "Expiry", "Échéance", "Ablauf", "Scadenza", "Vencimiento", "Caducidad"}})
})

var yes = map[string]bool{"1": true, "x": true, "yes": true, "true": true, "oui": true, "ja": true, "si": true, "sì": true, "sí": true}

// Template is an example of the file that Import reads.
const Template = "\uFEFFproduct;expires;amount;months;automatic\r\nMail service, 12 addresses;2027-01-15;216.00;12;yes\r\n"

// Import reads renewals from a CSV file: comma, semicolon or tab, with headings in one of the five languages. It takes
// all rows or none, and says for every row what is wrong with it. A product that is kept with the same date is skipped.
func (s *Service) Import(ctx context.Context, data []byte) (Imported, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Imported{}, err
	}
	rows, err := parseCSV(data)
	if err != nil {
		return Imported{}, err
	}
	var done Imported
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		currency, err := currencyOf(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		problems := 0
		for _, row := range rows {
			r, err := row.fields.check(Renewal{}, currency, s.today())
			if err != nil {
				if problems++; problems <= maxProblems {
					c.Merge(strconv.Itoa(row.line)+".", err)
				}
				continue
			}
			known, err := hasRenewal(ctx, tx, actor.OrganizationID, r)
			if err != nil {
				return err
			}
			if known {
				done.Known++
				continue
			}
			r.ID = tx.NewID()
			if err := insertRenewal(ctx, tx, actor.OrganizationID, r); err != nil {
				return err
			}
			done.Added++
		}
		if err := c.Err(); err != nil {
			return err
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataImported, Product: audit.Payment, ObjectID: actor.OrganizationID, New: strconv.Itoa(done.Added),
		})
	})
	if err != nil {
		return Imported{}, err
	}
	return done, nil
}

type importRow struct {
	line   int
	fields RenewalFields
}

// parseCSV splits the file and names its columns. Errors: Invalid with the reason what kind of file it is not.
func parseCSV(data []byte) ([]importRow, error) {
	if len(data) > MaxImport {
		return nil, fault.New(fault.Invalid, "file_too_large").With("max", strconv.Itoa(MaxImport>>20)+" MiB")
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return nil, fault.New(fault.Invalid, "file_not_utf8")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = delimiter(data), -1, true
	head, err := r.Read()
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file_not_csv")
	}
	at := map[string]int{}
	for i, name := range head {
		if column := columns()[text.Fold(name)]; column != "" {
			at[column] = i
		}
	}
	for _, column := range []string{"product", "expiresOn", "amount", "months"} {
		if _, ok := at[column]; !ok {
			return nil, fault.New(fault.Invalid, "file_column_missing").With("column", column)
		}
	}
	list := []importRow{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "file_not_csv")
		}
		if len(list) == MaxImportRows {
			return nil, fault.New(fault.Invalid, "file_too_many_rows").With("max", strconv.Itoa(MaxImportRows))
		}
		cell := func(column string) string {
			if i, ok := at[column]; ok && i < len(record) {
				return strings.TrimSpace(record[i])
			}
			return ""
		}
		line, _ := r.FieldPos(0)
		list = append(list, importRow{line, RenewalFields{
			Product: cell("product"), ExpiresOn: isoDate(cell("expiresOn")), Amount: plainAmount(cell("amount")), Months: cell("months"),
			Automatic: yes[strings.ToLower(cell("automatic"))],
		}})
	}
}

// delimiter is the sign that the heading uses most.
func delimiter(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ';', 0
	for _, d := range ";,\t" {
		if n := bytes.Count(head, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

// isoDate turns 31.12.2026 and 31/12/2026 into 2026-12-31 and leaves the rest to be refused.
func isoDate(text string) string {
	for _, layout := range []string{"2.1.2006", "2/1/2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return day.Of(t, time.UTC).String()
		}
	}
	return text
}

// plainAmount takes grouping signs out of an amount and makes its decimal sign a point: "1'234,50" is 1234.50. A sign
// with exactly three digits behind it could be either; then the amount is left as it is and refused.
func plainAmount(text string) string {
	text = strings.NewReplacer("'", "", "’", "", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	point, comma := strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ',')
	switch {
	case comma > point && len(text)-comma <= 3:
		return strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	case point > comma && comma >= 0:
		return strings.ReplaceAll(text, ",", "")
	}
	return text
}
