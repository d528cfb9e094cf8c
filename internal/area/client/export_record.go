package client

import (
	"strconv"
	"strings"

	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// recordRow is a client with one of its contacts; the zero Contact of one that has none.
type recordRow struct {
	Client
	first   bool // the row in which the client stands whole
	contact Contact
	days    int
}

// recordsOf are the records of clients, in the rows that Import takes.
func (f exportFile) recordsOf(list []Client) []recordRow {
	rows := []recordRow{}
	for _, c := range list {
		file := f.files[c.ID]
		rows = append(rows, recordRow{Client: c, first: true, days: file.Conditions.PaymentDays})
		for i, p := range file.Contacts {
			if i > 0 {
				rows = append(rows, recordRow{Client: c})
			}
			rows[len(rows)-1].contact = p
		}
	}
	return rows
}

func (f exportFile) recordFields() []export.Field[recordRow] {
	b := f.book
	whole := func(title string, of func(r recordRow) string) export.Field[recordRow] {
		return export.TextField(title, func(r recordRow) string {
			if !r.first {
				return ""
			}
			return of(r)
		})
	}
	each := func(title string, of func(r recordRow) string) export.Field[recordRow] {
		return export.TextField(title, of)
	}
	return []export.Field[recordRow]{
		each(b.T("client_name"), func(r recordRow) string { return r.Name }),
		each(b.T("client_place"), func(r recordRow) string { return r.Place }),
		each(b.T("client_number"), func(r recordRow) string { return r.Number }),
		whole(b.T("client_column_status"), func(r recordRow) string { return words.Of(b, "client_state_", r.State) }),
		whole(b.T("client_legal_name"), func(r recordRow) string { return r.Record.LegalName }),
		whole(b.T("client_street"), func(r recordRow) string { return r.Record.Invoice.Street }),
		whole(b.T("client_extra"), func(r recordRow) string { return r.Record.Invoice.Extra }),
		whole(b.T("client_postcode"), func(r recordRow) string { return r.Record.Invoice.Postcode }),
		whole(b.T("client_addressee"), func(r recordRow) string { return r.Record.Invoice.Addressee }),
		whole(b.T("client_country"), func(r recordRow) string { return r.Record.Country }),
		whole(b.T("client_documents_in"), func(r recordRow) string { return r.Record.Language }),
		whole(b.T("client_currency"), func(r recordRow) string { return string(r.Record.Currency) }),
		each(b.T("client_vat_number"), func(r recordRow) string { return r.Record.VATNumber }),
		whole(b.T("client_website"), func(r recordRow) string { return r.Record.Website }),
		whole(b.T("client_tags"), func(r recordRow) string { return strings.Join(r.Record.Tags, ", ") }),
		whole(b.T("client_payment_days"), func(r recordRow) string {
			if r.days == 0 {
				return ""
			}
			return strconv.Itoa(r.days)
		}),
		whole(b.T("client_address_delivery"), func(r recordRow) string { return strings.Join(r.Record.Delivery.Lines("", ""), ", ") }),
		each(b.T("client_contact"), func(r recordRow) string { return r.contact.Name }),
		each(b.T("client_salutation"), func(r recordRow) string { return r.contact.Salutation }),
		each(b.T("client_roles"), func(r recordRow) string {
			list := []string{}
			for _, role := range r.contact.Roles {
				list = append(list, words.Of(b, "client_role_", role))
			}
			return strings.Join(list, ", ")
		}),
		each(b.T("client_email"), func(r recordRow) string { return r.contact.Email }),
		each(b.T("client_phone"), func(r recordRow) string { return input.ShowPhone(r.contact.Phone) }),
	}
}
