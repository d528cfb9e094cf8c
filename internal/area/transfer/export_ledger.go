package transfer

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// ledger is the attempts as CSV in the words of its reader, newest first.
func ledger(d Detail, reader words.Locale, zone *time.Location) ([]byte, error) {
	var file bytes.Buffer
	book := words.For(reader)
	out := export.NewCSV(&file, export.For(book.Locale))
	out.Row(export.Text(book.T("transfer_attempt")), export.Text(book.T("transfer_started")), export.Text(book.T("transfer_ended")),
		export.Text(book.T("transfer_reason")), export.Text(book.T("transfer_currency")), export.Text(book.T("transfer_fee")))
	for _, a := range d.Attempts {
		currency, fee := d.Currency, ""
		if a.Fee != nil {
			currency, fee = a.Fee.Currency(), a.Fee.Decimal()
		}
		out.Row(export.Number(strconv.Itoa(a.Number)), export.Minute(a.Started, zone), export.Minute(a.Ended, zone),
			export.Text(a.reason(book)), export.Text(string(currency)), export.Number(fee))
	}
	err := out.Flush()
	return file.Bytes(), err
}

// reason is why an attempt failed, after the registry's code if it gave one; "" for one that has not failed.
func (a Attempt) reason(book *words.Book) string {
	if a.Outcome != Failed {
		return ""
	}
	code, cause := "", book.T("transfer_unknown_cause")
	if a.EPP != 0 {
		code = strconv.Itoa(a.EPP)
	}
	if a.Cause != "" {
		cause = words.Of(book, "transfer_cause_", a.Cause)
	}
	return strings.TrimSpace(code + " " + cause)
}
