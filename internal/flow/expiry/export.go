package expiry

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// Sheet returns what a query finds as a table in the words of its reader: "csv" or "xlsx". A price that is not known is an
// empty cell, never a nought.
func (s *Service) Sheet(ctx context.Context, q Query, format string, reader words.Locale) ([]byte, error) {
	list, err := s.found(ctx, q)
	if err != nil {
		return nil, err
	}
	book, zone, today := words.For(reader), s.o.Clock.Location(ctx), s.o.Clock.Today(ctx)
	var file bytes.Buffer
	if format == "xlsx" {
		err = export.WriteWorkbook(&file, book.T("expiry_title"), list, fields(book, zone, today)...)
	} else {
		err = export.WriteCSV(&file, export.For(book.Locale), nil, list, fields(book, zone, today)...)
	}
	return file.Bytes(), err
}

func fields(b *words.Book, zone *time.Location, today day.Day) []export.Field[Entry] {
	return []export.Field[Entry]{
		export.DayField(b.T("expiry_ends"), func(e Entry) day.Day { return e.Ends }),
		export.NumberField(b.T("expiry_days"), func(e Entry) string { return strconv.FormatInt(int64(e.Ends-today), 10) }),
		export.TextField(b.T("expiry_name"), func(e Entry) string { return e.Name }),
		export.TextField(b.T("expiry_kind"), func(e Entry) string { return words.Of(b, "expiry_kind_", e.Kind) }),
		export.TextField(b.T("expiry_service"), func(e Entry) string { return e.Service }),
		export.OrganizationField(b.T("expiry_organization"), func(e Entry) string { return e.Organization }),
		export.TextField(b.T("expiry_pays"), func(e Entry) string { return words.Of(b, "expiry_pays_", e.Pays) }),
		export.TextField(b.T("expiry_means"), func(e Entry) string { return e.Means }),
		export.CurrencyField(b.T("expiry_currency"), func(e Entry) money.Currency { return e.Price.Currency() }),
		export.AmountField(b.T("expiry_price"), func(e Entry) money.Amount { return e.Price }),
		export.TextField(b.T("expiry_source"), func(e Entry) string { return words.Of(b, "expiry_source_", e.Source) }),
		export.MinuteField(b.T("expiry_read_at"), zone, func(e Entry) time.Time { return e.At }),
		export.TextField(b.T("expiry_stale"), func(e Entry) string {
			if e.Stale {
				return b.T("expiry_stale_yes")
			}
			return ""
		}),
		export.DayField(b.T("expiry_noted_day"), func(e Entry) day.Day { return e.Noted }),
		export.TextField(b.T("expiry_note"), func(e Entry) string { return e.Note }),
	}
}

// said is an entry in a few lines: what it is and whose, who pays, what is known of the price, and how old the reading is.
func (e Entry) said(b *words.Book, zone *time.Location) []string {
	lines := []string{words.Of(b, "expiry_kind_", e.Kind)}
	if e.Organization != "" {
		lines[0] += " · " + e.Organization
	}
	if e.Pays != Nothing {
		line := b.T("expiry_pays") + ": " + words.Of(b, "expiry_pays_", e.Pays)
		if e.Means != "" {
			line += " (" + e.Means + ")"
		}
		price := b.T("expiry_price_unknown")
		if e.Price.Currency() != "" {
			price = b.Money(e.Price)
		}
		lines = append(lines, line, b.T("expiry_price")+": "+price)
	}
	if e.Stale {
		lines = append(lines, b.T("expiry_as_of", "when", b.Moment(e.At.In(zone))))
	}
	if e.Note != "" {
		lines = append(lines, e.Note)
	}
	return lines
}
