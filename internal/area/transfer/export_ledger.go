package transfer

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// ledger is the attempts of a transfer of the organization owner as CSV in the words of its reader, newest first.
func ledger(d Detail, owner string, reader words.Locale, zone *time.Location) ([]byte, error) {
	var file bytes.Buffer
	book := words.For(reader)
	err := export.WriteCSV(&file, export.For(book.Locale), nil, d.Attempts,
		export.NumberField(book.T("transfer_attempt"), func(a Attempt) string { return strconv.Itoa(a.Number) }),
		export.MinuteField(book.T("transfer_started"), zone, func(a Attempt) time.Time { return a.Started }),
		export.MinuteField(book.T("transfer_ended"), zone, func(a Attempt) time.Time { return a.Ended }),
		export.TextField(book.T("transfer_reason"), func(a Attempt) string { return a.reason(book) }),
		export.OrganizationField(book.T("organization_title"), func(Attempt) string { return owner }),
		export.CurrencyField(book.T("transfer_currency"), func(a Attempt) money.Currency {
			if a.Fee == nil {
				return d.Currency
			}
			return a.Fee.Currency()
		}),
		export.AmountField(book.T("transfer_fee"), func(a Attempt) money.Amount {
			if a.Fee == nil {
				return money.Amount{}
			}
			return *a.Fee
		}),
	)
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
