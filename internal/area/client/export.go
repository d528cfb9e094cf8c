package client

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// exportFile is a file of clients for a spreadsheet, in the words of its reader.
type exportFile struct {
	kind  string // csv, xlsx
	what  string // clients, rights, orders
	book  *words.Book
	files map[string]Dossier // by client
	zone  *time.Location     // of its reader
	owner string             // the name of the organization whose clients they are
}

func (f exportFile) validate() error {
	var c fault.Check
	if f.kind != "csv" && f.kind != "xlsx" {
		c.Refuse("kind", "not_a_choice")
	}
	if f.what != "clients" && f.what != "rights" && f.what != "orders" {
		c.Refuse("what", "not_a_choice")
	}
	return c.Err()
}

func (f exportFile) dialog(to Target) bridge.SaveDialog {
	return bridge.SaveDialog{Title: to.Title, Name: to.Name + "." + f.kind, Filter: strings.ToUpper(f.kind), Ending: f.kind}
}

func (f exportFile) write(list []Client, orders []Order) ([]byte, error) {
	switch f.what {
	case "orders":
		return put(f, ordersOf(list, orders), f.orderFields())
	case "clients":
		return put(f, f.recordsOf(list), f.recordFields())
	}
	return put(f, rightsOf(list), f.rightFields())
}

func put[R any](f exportFile, list []R, fields []export.Field[R]) ([]byte, error) {
	var file bytes.Buffer
	var err error
	if f.kind == "xlsx" {
		err = export.WriteWorkbook(&file, "Kontor", list, fields...)
	} else {
		err = export.WriteCSV(&file, export.For(f.book.Locale), nil, list, fields...)
	}
	return file.Bytes(), err
}

// grantedRow is a product that one side names, with what both say of it; the zero Products of a client that names none.
type grantedRow struct {
	Client
	asked, granted Product
}

// product is the one that the row is about.
func (r grantedRow) product() Product {
	if r.granted.Name != "" {
		return r.granted
	}
	return r.asked
}

func rightsOf(list []Client) []grantedRow {
	rows := []grantedRow{}
	for _, one := range list {
		of := []grantedRow{}
		for _, p := range one.Granted.Products {
			of = append(of, grantedRow{one, Product{}, p})
		}
		for _, p := range one.Asked.Products {
			if i := slices.IndexFunc(of, func(r grantedRow) bool { return r.granted.key() == p.key() }); i >= 0 {
				of[i].asked = p
			} else {
				of = append(of, grantedRow{one, p, Product{}}) // asked, and not granted or not answered
			}
		}
		if len(of) == 0 {
			of = append(of, grantedRow{Client: one})
		}
		rows = append(rows, of...)
	}
	return rows
}

func (f exportFile) rightFields() []export.Field[grantedRow] {
	b := f.book
	return []export.Field[grantedRow]{
		export.TextField(b.T("client_column_client"), func(r grantedRow) string { return r.Name }),
		export.TextField(b.T("client_number"), func(r grantedRow) string { return r.Number }),
		export.TextField(b.T("client_place"), func(r grantedRow) string { return r.Place }),
		export.TextField(b.T("client_column_status"), func(r grantedRow) string { return words.Of(b, "client_state_", r.State) }),
		export.DayField(b.T("client_column_date"), func(r grantedRow) day.Day {
			if r.Granted.Access != "" {
				return r.GrantedOn
			}
			return day.Of(r.AskedAt, f.zone)
		}),
		export.TextField(b.T("client_asked"), func(r grantedRow) string { return f.access(r.Asked.Access) }),
		export.TextField(b.T("client_granted"), func(r grantedRow) string { return f.access(r.Granted.Access) }),
		export.TextField(b.T("client_pays"), func(r grantedRow) string {
			if r.Granted.Access == "" {
				return ""
			}
			return f.payer(r.Granted.Pays())
		}),
		export.TextField(b.T("client_column_family"), func(r grantedRow) string { return f.family(r.product().Family) }),
		export.TextField(b.T("client_product"), func(r grantedRow) string { return r.product().Name }),
		export.TextField(b.T("client_rights_asked"), func(r grantedRow) string { return f.rights(r.Asked, r.asked) }),
		export.TextField(b.T("client_rights_granted"), func(r grantedRow) string { return f.rights(r.Granted, r.granted) }),
	}
}

// orderRow is an order: what was paid, by whom, and what it brought.
type orderRow struct {
	Order
	client Client
}

func ordersOf(list []Client, orders []Order) []orderRow {
	clients := map[string]Client{}
	for _, one := range list {
		clients[one.ID] = one
	}
	rows := []orderRow{}
	for _, o := range orders {
		rows = append(rows, orderRow{o, clients[o.ClientID]})
	}
	return rows
}

func (f exportFile) orderFields() []export.Field[orderRow] {
	b := f.book
	return []export.Field[orderRow]{
		export.TextField(b.T("client_column_client"), func(r orderRow) string { return r.client.Name }),
		export.TextField(b.T("client_number"), func(r orderRow) string { return r.client.Number }),
		export.DayField(b.T("client_column_date"), func(r orderRow) day.Day { return r.On }),
		export.TextField(b.T("client_order_number"), func(r orderRow) string { return r.Number }),
		export.TextField(b.T("client_column_family"), func(r orderRow) string { return f.family(r.Product) }),
		export.TextField(b.T("client_product"), func(r orderRow) string { return r.Name }),
		export.TextField(b.T("client_operation"), func(r orderRow) string { return words.Of(b, "client_operation_", r.Operation) }),
		export.DayField(b.T("client_column_period_start"), func(r orderRow) day.Day { return r.On }),
		export.DayField(b.T("client_column_period_end"), func(r orderRow) day.Day { return r.To }),
		export.NumberField(b.T("client_quantity"), func(r orderRow) string { return strconv.FormatInt(r.Quantity, 10) }),
		export.OrganizationField(b.T("organization_title"), func(orderRow) string { return f.owner }),
		export.CurrencyField(b.T("client_column_currency"), func(r orderRow) money.Currency { return r.Public.Currency() }),
		export.AmountField(b.T("client_public"), func(r orderRow) money.Amount { return r.Public }),
		export.NumberField(b.T("client_column_rate"), func(r orderRow) string { return r.Rate.String() }),
		export.NumberField(b.T("client_column_degressive"), func(r orderRow) string { return r.Degressive.String() }),
		export.AmountField(b.T("client_charged_column"), func(r orderRow) money.Amount { return r.Net }),
		export.AmountField(b.T("client_vat"), func(r orderRow) money.Amount { return r.VAT }),
		export.TextField(b.T("client_pays"), func(r orderRow) string { return f.payer(r.Payer) }),
		export.TextField(b.T("client_column_gain_type"), func(r orderRow) string { return f.gain(r.GainKind) }),
		export.AmountField(b.T("client_gain"), func(r orderRow) money.Amount { return r.Gain }),
		export.TextField(b.T("client_column_status"), func(r orderRow) string { return f.status(r.Status()) }),
	}
}

func (f exportFile) access(a Access) string {
	if a == "" {
		return ""
	}
	return words.Of(f.book, "client_access_", a)
}

// rights are those that a side names on a product; all under full access.
func (f exportFile) rights(of Rights, p Product) string {
	technical, statistics := p.Technical, p.Statistics
	if of.Access == Full {
		technical, statistics = true, true
	}
	switch {
	case technical && statistics:
		return f.book.T("client_right_both")
	case technical:
		return f.book.T("client_right_technical")
	case statistics:
		return f.book.T("client_right_statistics")
	case of.Access == "":
		return ""
	}
	return f.book.T("client_right_none")
}

func (f exportFile) family(name string) string {
	if text, ok := f.book.Lookup("client_family_" + name); ok {
		return text
	}
	return name
}

func (f exportFile) payer(side pricing.Party) string {
	return words.Of(f.book, "client_payer_", side)
}

func (f exportFile) gain(kind pricing.Outcome) string {
	switch kind {
	case pricing.Discount:
		return f.book.T("client_gain_discount")
	case pricing.Cashback:
		return f.book.T("client_gain_cashback")
	}
	return f.book.T("client_gain_none")
}

func (f exportFile) status(of string) string {
	switch of {
	case "expected":
		return f.book.T("client_expected")
	case "received":
		return f.book.T("client_received")
	}
	return ""
}
