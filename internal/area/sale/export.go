package sale

import (
	"bytes"
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// posting is a row for the accountant: a sale to a client, or a charge of Infomaniak's.
type posting struct {
	kind      string // sale_posting_sold, sale_posting_charged
	of        Sale
	line      Line
	period    Period
	on        day.Day // of the invoice or the charge; 0 is not known
	net       money.Amount
	vat       money.Amount // the zero Amount where it is not known
	code      string
	reference string
	knownFrom Origin
}

// Accounting is a CSV file for the accountant, in the words of its reader: every period that the partner sells and that
// begins in the span, and every charge of Infomaniak's that was noted with a day in it. Charges are before VAT, as they
// were noted; their VAT stands on Infomaniak's invoice. The journal tells of it.
//
// Formats of accounting programs are not written. Those of DATEV (developer.datev.de, DATEV-Format) and of Abacus
// (downloads.abacus.ch, AbaConnect, "XML Buchungen" and "ASCII Buchungen" of FIBU) are published, and both book from account
// to account: they ask for numbers of accounts that whoever keeps the partner's books gives, and that Kontor does not know.
// Of Bexio only templates by third parties were found, which ask for the same.
func (s *Service) Accounting(ctx context.Context, from, to day.Day, reader words.Locale) ([]byte, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	rows, err := s.postings(ctx, from, to)
	if err != nil {
		return nil, err
	}
	owner, err := s.o.Names.CurrentName(ctx)
	if err != nil {
		return nil, err
	}
	book := words.For(reader)
	var file bytes.Buffer
	err = export.WriteCSV(&file, export.For(book.Locale), nil, rows,
		export.TextField(book.T("sale_posting"), func(p posting) string { return book.T(p.kind) }),
		export.DayField(book.T("sale_posting_day"), func(p posting) day.Day { return p.on }),
		export.TextField(book.T("sale_client"), func(p posting) string { return p.of.Client }),
		export.TextField(book.T("sale_quote"), func(p posting) string { return p.of.QuoteNumber }),
		export.TextField(book.T("sale_number"), func(p posting) string { return p.of.Number }),
		export.TextField(book.T("sale_product"), func(p posting) string { return p.line.title(book) }),
		export.NumberField(book.T("sale_quantity"), func(p posting) string { return p.line.Quantity }),
		export.DayField(book.T("sale_period"), func(p posting) day.Day { return p.period.From }),
		export.DayField(book.T("sale_period_to"), func(p posting) day.Day { return p.period.To }),
		export.OrganizationField(book.T("organization_title"), func(posting) string { return owner }),
		export.CurrencyField(book.T("sale_currency"), func(p posting) money.Currency { return p.of.Currency }),
		export.AmountField(book.T("sale_net"), func(p posting) money.Amount { return p.net }),
		export.TextField(book.T("sale_vat_code"), func(p posting) string { return p.code }),
		export.AmountField(book.T("sale_vat"), func(p posting) money.Amount { return p.vat }),
		export.TextField(book.T("sale_reference"), func(p posting) string { return p.reference }),
		export.TextField(book.T("sale_known_from"), func(p posting) string { return words.Of(book, "sale_known_", p.knownFrom) }),
	)
	if err != nil {
		return nil, err
	}
	return file.Bytes(), s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Journal.Record(ctx, tx, audit.Entry{Action: audit.DataExported, Product: audit.Partner, ObjectID: actor.OrganizationID})
	})
}

func (s *Service) postings(ctx context.Context, from, to day.Day) ([]posting, error) {
	items, err := s.Items(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	rows := []posting{}
	for _, i := range items.List {
		rows = append(rows, posting{
			kind: "sale_posting_sold", of: i.Sale, line: i.Line, period: i.Period, on: i.Invoiced, net: i.Line.Offer, vat: i.VAT,
			code: i.Code, knownFrom: Quoted,
		})
	}
	all, err := s.List(ctx)
	for _, of := range all {
		for _, l := range of.Lines {
			if l.Payer != "partner" {
				continue
			}
			for _, c := range l.Charges {
				if c.On < from || c.On > to {
					continue
				}
				p := posting{kind: "sale_posting_charged", of: of, line: l, on: c.On, net: c.Amount, reference: c.Reference, knownFrom: c.KnownFrom, period: Period{From: c.Period}}
				if l.Months > 0 {
					p.period.To = c.Period.AddMonths(l.Months) - 1
				}
				rows = append(rows, p)
			}
		}
	}
	return rows, err
}

// Invoice notes which periods the partner has put on its invoices; with off it takes that back.
func (s *Service) Invoice(ctx context.Context, marks []Mark, off bool) error {
	return s.invoice(ctx, func(tx *sqlite.Tx, organizationID string, on day.Day) error {
		if off {
			on = 0
		}
		for _, m := range marks {
			var c fault.Check
			period := typedDay(&c, "period", m.Period)
			if err := c.Err(); err != nil {
				return err
			}
			if err := markInvoiced(ctx, tx, organizationID, m.Line, period, on); err != nil {
				return err
			}
		}
		return nil
	})
}

// InvoiceAll notes of every period that begins in [from, to] and is on no invoice that it is on one now.
func (s *Service) InvoiceAll(ctx context.Context, from, to day.Day) error {
	return s.invoice(ctx, func(tx *sqlite.Tx, organizationID string, on day.Day) error {
		due, err := invoiceable(ctx, tx, organizationID, from, to)
		for _, f := range due {
			if err == nil {
				err = markAllInvoiced(ctx, tx, f, on)
			}
		}
		return err
	})
}

func (s *Service) invoice(ctx context.Context, mark func(*sqlite.Tx, string, day.Day) error) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return mark(tx, actor.OrganizationID, s.o.Clock.Of(ctx, tx.Now))
	})
}
