package app

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"kontor/internal/core/words"
	"kontor/internal/host/bridge"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// ClientSheet is how a file of clients is to be written. Words are the person's, by "column.<name>", "family.<name>",
// "access.<name>", "payer.<name>", "state.<name>", "operation.<name>", "gain.<name>" and "status.<name>".
type ClientSheet struct {
	Language string            `json:"language"`
	Title    string            `json:"title"` // of the dialog
	Name     string            `json:"name"`  // of the file, without its ending
	Kind     string            `json:"kind"`  // csv, xlsx
	What     string            `json:"what"`  // rights: who granted what; orders: what was ordered and what it brought
	Words    map[string]string `json:"words"`
}

// Export asks where to and writes one client, or with id "" all of them, as CSV or XLSX. It returns the file's name; "" if none
// was chosen.
func (s *ClientService) Export(id string, sheet ClientSheet) (string, error) {
	if err := do(s.app, "client.Export", func(ctx context.Context, _ *workspace) error {
		_, err := access.Require(ctx, access.ManageClients) // before a dialog opens that would lead nowhere
		return err
	}); err != nil {
		return "", err
	}
	var c fault.Check
	if sheet.Kind != "csv" && sheet.Kind != "xlsx" {
		c.Refuse("kind", "not_a_choice")
	}
	if sheet.What != "rights" && sheet.What != "orders" {
		c.Refuse("what", "not_a_choice")
	}
	if err := c.Err(); err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{
		Title: sheet.Title, Name: sheet.Name + "." + sheet.Kind, Filter: strings.ToUpper(sheet.Kind), Ending: sheet.Kind,
	})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "client.Export", func(ctx context.Context, h *workspace) (string, error) {
		list, orders, err := h.clients.Export(ctx, id)
		if err != nil {
			return "", err
		}
		if err := export.Save(path, func(w io.Writer) error {
			if sheet.What == "orders" {
				return sheet.orders(w, list, orders)
			}
			return sheet.rights(w, list)
		}); err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

func (c ClientSheet) word(kind, id string) export.Cell {
	if w, ok := c.Words[kind+"."+id]; ok {
		return export.Text(w)
	}
	return export.Text(id)
}

func (c ClientSheet) open(w io.Writer, columns ...string) export.Rows {
	head := []export.Cell{}
	for _, name := range columns {
		head = append(head, c.word("column", name))
	}
	if c.Kind == "xlsx" {
		return export.NewWorkbook(w, "Kontor", head...)
	}
	t := export.NewCSV(w, export.For(words.Parse(c.Language)))
	t.Row(head...)
	return t
}

// rights puts out a line for each product that a client entrusts, and one for a client that names none.
func (c ClientSheet) rights(w io.Writer, list []client.Client) error {
	t := c.open(w, "client", "organization", "place", "status", "date", "asked", "granted", "payer", "product_type", "product")
	for _, one := range list {
		payer, date := export.Text(""), export.Date(one.AskedAt)
		if one.Granted.Access != "" {
			payer, date = c.word("payer", one.Granted.Pays()), export.Date(one.GrantedOn.Time())
		}
		row := []export.Cell{
			export.Text(one.Name), export.Text(one.Number), export.Text(one.Place), c.word("state", string(one.State)), date,
			c.word("access", string(one.Asked.Access)), c.word("access", string(one.Granted.Access)), payer,
		}
		products := one.Granted.Products
		if len(products) == 0 {
			t.Row(append(row, export.Text(""), export.Text(""))...)
		}
		for _, p := range products {
			t.Row(append(row[:len(row):len(row)], c.word("family", p.Family), export.Text(p.Name))...)
		}
	}
	return t.Flush()
}

// orders puts out a line for each order: what was paid, by whom, and what it brought.
func (c ClientSheet) orders(w io.Writer, list []client.Client, orders []client.Order) error {
	t := c.open(w, "client", "organization", "date", "number", "product_type", "product", "operation", "period_start", "period_end", "quantity",
		"currency", "public", "partner_rate", "degressive_rate", "net", "vat", "payer", "gain_type", "gain", "status")
	clients := map[string]client.Client{}
	for _, one := range list {
		clients[one.ID] = one
	}
	for _, o := range orders {
		one := clients[o.ClientID]
		t.Row(
			export.Text(one.Name), export.Text(one.Number), export.Date(o.On.Time()), export.Text(o.Number), c.word("family", o.Product),
			export.Text(o.Name), c.word("operation", string(o.Operation)), export.Date(o.On.Time()), export.Date(o.To.Time()),
			export.Number(strconv.FormatInt(o.Quantity, 10)), export.Text(string(o.Public.Currency())), export.Number(o.Public.Decimal()),
			export.Number(o.Rate.String()), export.Number(o.Degressive.String()), export.Number(o.Net.Decimal()), export.Number(o.VAT.Decimal()),
			c.word("payer", string(o.Payer)), c.word("gain", string(o.GainKind)), export.Number(o.Gain.Decimal()), c.word("status", o.Status()),
		)
	}
	return t.Flush()
}
