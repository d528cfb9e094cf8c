package client

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// exportFile is a file of clients for a spreadsheet, in the words of its reader.
type exportFile struct {
	kind string // csv, xlsx
	what string // rights, orders
	book *words.Book
	zone *time.Location // of its reader
}

func (f exportFile) validate() error {
	var c fault.Check
	if f.kind != "csv" && f.kind != "xlsx" {
		c.Refuse("kind", "not_a_choice")
	}
	if f.what != "rights" && f.what != "orders" {
		c.Refuse("what", "not_a_choice")
	}
	return c.Err()
}

func (f exportFile) dialog(to Target) bridge.SaveDialog {
	return bridge.SaveDialog{Title: to.Title, Name: to.Name + "." + f.kind, Filter: strings.ToUpper(f.kind), Ending: f.kind}
}

func (f exportFile) write(list []Client, orders []Order) ([]byte, error) {
	var file bytes.Buffer
	write := f.rights
	if f.what == "orders" {
		write = func(w io.Writer, list []Client) error { return f.orders(w, list, orders) }
	}
	err := write(&file, list)
	return file.Bytes(), err
}

func (f exportFile) open(w io.Writer, head ...string) export.Rows {
	cells := []export.Cell{}
	for _, name := range head {
		cells = append(cells, export.Text(name))
	}
	if f.kind == "xlsx" {
		return export.NewWorkbook(w, "Kontor", cells...)
	}
	t := export.NewCSV(w, export.For(f.book.Locale))
	t.Row(cells...)
	return t
}

// rights puts out a line for each product that a client entrusts, and one for a client that names none.
func (f exportFile) rights(w io.Writer, list []Client) error {
	b := f.book
	t := f.open(w, b.T("client_column_client"), b.T("client_number"), b.T("client_place"), b.T("client_column_status"), b.T("client_column_date"),
		b.T("client_asked"), b.T("client_granted"), b.T("client_pays"), b.T("client_column_family"), b.T("client_product"))
	for _, one := range list {
		payer, date := export.Text(""), export.Day(day.Of(one.AskedAt, f.zone))
		if one.Granted.Access != "" {
			payer, date = f.payer(one.Granted.Pays()), export.Day(one.GrantedOn)
		}
		row := []export.Cell{
			export.Text(one.Name), export.Text(one.Number), export.Text(one.Place), export.Text(words.Of(b, "client_state_", one.State)), date,
			f.access(one.Asked.Access), f.access(one.Granted.Access), payer,
		}
		products := one.Granted.Products
		if len(products) == 0 {
			t.Row(append(row, export.Text(""), export.Text(""))...)
		}
		for _, p := range products {
			t.Row(append(row[:len(row):len(row)], f.family(p.Family), export.Text(p.Name))...)
		}
	}
	return t.Flush()
}

// orders puts out a line for each order: what was paid, by whom, and what it brought.
func (f exportFile) orders(w io.Writer, list []Client, orders []Order) error {
	b := f.book
	t := f.open(w, b.T("client_column_client"), b.T("client_number"), b.T("client_column_date"), b.T("client_order_number"),
		b.T("client_column_family"), b.T("client_product"), b.T("client_operation"), b.T("client_column_period_start"),
		b.T("client_column_period_end"), b.T("client_quantity"), b.T("client_column_currency"), b.T("client_public"),
		b.T("client_column_rate"), b.T("client_column_degressive"), b.T("client_charged_column"), b.T("client_vat"), b.T("client_pays"),
		b.T("client_column_gain_type"), b.T("client_gain"), b.T("client_column_status"))
	clients := map[string]Client{}
	for _, one := range list {
		clients[one.ID] = one
	}
	for _, o := range orders {
		one := clients[o.ClientID]
		t.Row(
			export.Text(one.Name), export.Text(one.Number), export.Day(o.On), export.Text(o.Number), f.family(o.Product),
			export.Text(o.Name), export.Text(words.Of(b, "client_operation_", o.Operation)), export.Day(o.On), export.Day(o.To),
			export.Number(strconv.FormatInt(o.Quantity, 10)), export.Text(string(o.Public.Currency())), export.Number(o.Public.Decimal()),
			export.Number(o.Rate.String()), export.Number(o.Degressive.String()), export.Number(o.Net.Decimal()), export.Number(o.VAT.Decimal()),
			f.payer(o.Payer), f.gain(o.GainKind), export.Number(o.Gain.Decimal()), f.status(o.Status()),
		)
	}
	return t.Flush()
}

func (f exportFile) access(a Access) export.Cell {
	if a == "" {
		return export.Text("")
	}
	return export.Text(words.Of(f.book, "client_access_", a))
}

func (f exportFile) family(name string) export.Cell {
	if text, ok := f.book.Lookup("client_family_" + name); ok {
		return export.Text(text)
	}
	return export.Text(name)
}

func (f exportFile) payer(side pricing.Party) export.Cell {
	return export.Text(words.Of(f.book, "client_payer_", side))
}

func (f exportFile) gain(kind pricing.Outcome) export.Cell {
	switch kind {
	case pricing.Discount:
		return export.Text(f.book.T("client_gain_discount"))
	case pricing.Cashback:
		return export.Text(f.book.T("client_gain_cashback"))
	}
	return export.Text(f.book.T("client_gain_none"))
}

func (f exportFile) status(of string) export.Cell {
	switch of {
	case "expected":
		return export.Text(f.book.T("client_expected"))
	case "received":
		return export.Text(f.book.T("client_received"))
	}
	return export.Text("")
}
