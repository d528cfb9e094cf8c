package app

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"kontor/internal/access"
	"kontor/internal/client"
	"kontor/internal/export"
	"kontor/internal/fault"
)

// ClientSheet is how a file of clients is to be written. Words are the person's, by "column.<name>", "family.<name>",
// "access.<name>", "payer.<name>" and "state.<name>".
type ClientSheet struct {
	Language string            `json:"language"`
	Title    string            `json:"title"` // of the dialog
	Name     string            `json:"name"`  // of the file, without its ending
	Kind     string            `json:"kind"`  // csv, xlsx
	Words    map[string]string `json:"words"`
}

// Export asks where to and writes one client, or with id "" all of them, as CSV or XLSX. It returns the file's name; "" if none
// was chosen.
func (s *ClientService) Export(id string, sheet ClientSheet) (string, error) {
	if err := do(s.app, "client.Export", func(ctx context.Context, _ *house) error {
		_, err := access.Require(ctx, access.ManageClients) // before a dialog opens that would lead nowhere
		return err
	}); err != nil {
		return "", err
	}
	if sheet.Kind != "csv" && sheet.Kind != "xlsx" {
		var c fault.Check
		c.Refuse("kind", "not_a_choice")
		return "", c.Err()
	}
	path, err := s.app.savePath(SaveDialog{
		Title: sheet.Title, Name: sheet.Name + "." + sheet.Kind, Filter: strings.ToUpper(sheet.Kind), Ending: sheet.Kind,
	})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "client.Export", func(ctx context.Context, h *house) (string, error) {
		list, err := h.clients.Export(ctx, id)
		if err != nil {
			return "", err
		}
		if err := export.Save(path, func(w io.Writer) error { return sheet.write(w, list) }); err != nil {
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

func (c ClientSheet) open(w io.Writer, head []export.Cell) rows {
	if c.Kind == "xlsx" {
		return export.NewWorkbook(w, "Kontor", head...)
	}
	t := export.NewCSV(w, export.For(c.Language))
	t.Row(head...)
	return t
}

// write puts out a line for each product that a client entrusts, and one for a client that names none.
func (c ClientSheet) write(w io.Writer, list []client.Client) error {
	head := []export.Cell{}
	for _, name := range []string{"client", "organization", "place", "status", "date", "asked", "granted", "payer", "product_type", "product"} {
		head = append(head, c.word("column", name))
	}
	t := c.open(w, head)
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
