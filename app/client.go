package app

import (
	"context"
	"io"
	"path/filepath"

	"kontor/internal/access"
	"kontor/internal/client"
	"kontor/internal/day"
	"kontor/internal/export"
	"kontor/internal/fault"
	"kontor/internal/home"
)

// ClientService keeps the clients of a partner.
type ClientService struct{ app *App }

// List returns the clients of a kind ("" under management, active, pending, differs, less, past) that hold every word of
// search.
func (s *ClientService) List(show, search string) (ClientListView, error) {
	return call(s.app, "client.List", func(ctx context.Context, h *house) (ClientListView, error) {
		list, n, err := h.clients.List(ctx, client.Filter{Show: show, Search: search})
		if err != nil {
			return ClientListView{}, err
		}
		return clientListView(list, n), nil
	})
}

// Get returns everything about one client.
func (s *ClientService) Get(id string) (ClientView, error) {
	return call(s.app, "client.Get", func(ctx context.Context, h *house) (ClientView, error) {
		return clientDetail(ctx, h, id)
	})
}

// Families lists the families of products.
func (s *ClientService) Families() []string { return client.Families }

// Ask records that a client is asked for access, and returns its id.
func (s *ClientService) Ask(in ClientInput) (string, error) {
	return call(s.app, "client.Ask", func(ctx context.Context, h *house) (string, error) {
		return h.clients.Ask(ctx, client.New{Name: in.Name, Place: in.Place, Number: in.Number, Rights: rightsOf(in.Rights)})
	})
}

// AskAgain replaces what is asked of a client.
func (s *ClientService) AskAgain(id string, version int, in RightsView) (ClientView, error) {
	return s.change("client.AskAgain", id, func(ctx context.Context, h *house) error {
		return h.clients.AskAgain(ctx, id, version, rightsOf(in))
	})
}

// Answer records by hand what the client has granted since a day (2026-11-20).
func (s *ClientService) Answer(id string, version int, in RightsView, since string) (ClientView, error) {
	return s.change("client.Answer", id, func(ctx context.Context, h *house) error {
		on, err := day.Parse(since)
		if err != nil {
			var c fault.Check
			c.Refuse("since", "not_a_date")
			return c.Err()
		}
		return h.clients.Answer(ctx, id, version, rightsOf(in), on)
	})
}

// Refuse records by hand that the client grants nothing.
func (s *ClientService) Refuse(id string, version int) (ClientView, error) {
	return s.change("client.Refuse", id, func(ctx context.Context, h *house) error {
		return h.clients.Refuse(ctx, id, version)
	})
}

// Withdraw takes back a request that has no answer.
func (s *ClientService) Withdraw(id string, version int) (ClientView, error) {
	return s.change("client.Withdraw", id, func(ctx context.Context, h *house) error {
		return h.clients.Withdraw(ctx, id, version)
	})
}

// Stop ends the collaboration, after the password of the account was given.
func (s *ClientService) Stop(id string, version int, password string) (ClientView, error) {
	return s.change("client.Stop", id, func(ctx context.Context, h *house) error {
		return h.clients.Stop(ctx, id, version, password)
	})
}

// Allow says which collaborators may see a client.
func (s *ClientService) Allow(id string, accounts []string) (ClientView, error) {
	return s.change("client.Allow", id, func(ctx context.Context, h *house) error {
		return h.clients.Allow(ctx, id, accounts)
	})
}

// change is call for an act on one client, answering with what it then is.
func (s *ClientService) change(name, id string, act func(context.Context, *house) error) (ClientView, error) {
	return call(s.app, name, func(ctx context.Context, h *house) (ClientView, error) {
		if err := act(ctx, h); err != nil {
			return ClientView{}, err
		}
		return clientDetail(ctx, h, id)
	})
}

// ClientSheet is how a file of clients is to be written. Words are the person's, by "column.<name>", "family.<name>",
// "access.<name>", "payer.<name>" and "state.<name>".
type ClientSheet struct {
	Language string            `json:"language"`
	Title    string            `json:"title"` // of the dialog
	Name     string            `json:"name"`  // of the file
	Words    map[string]string `json:"words"`
}

// Export asks where to and writes one client, or with id "" all of them, as CSV. It returns the file's name; "" if none
// was chosen.
func (s *ClientService) Export(id string, sheet ClientSheet) (string, error) {
	if err := do(s.app, "client.Export", func(ctx context.Context, _ *house) error {
		_, err := access.Require(ctx, access.ManageClients) // before a dialog opens that would lead nowhere
		return err
	}); err != nil {
		return "", err
	}
	path, err := s.app.savePath(SaveDialog{Title: sheet.Title, Name: sheet.Name, Filter: "CSV", Ending: "csv"})
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

// write puts out a line for each product that a client entrusts, and one for a client that names none.
func (c ClientSheet) write(w io.Writer, list []client.Client) error {
	t := export.NewCSV(w, export.For(c.Language))
	head := []export.Cell{}
	for _, name := range []string{"client", "organization", "place", "status", "date", "asked", "granted", "payer", "product_type", "product"} {
		head = append(head, c.word("column", name))
	}
	t.Row(head...)
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

// waitingClients is the share of the clients in what waits.
func waitingClients(s *client.Service) home.Source {
	return func(ctx context.Context) ([]home.Line, error) {
		list, err := s.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		lines := []home.Line{}
		for _, e := range list {
			l := home.Line{
				Area: "client", Kind: "client_less", Urgency: home.Unusual, At: e.Since, Route: "/client/" + e.ID,
				Params: map[string]string{"client": e.Name},
			}
			if e.State == client.Pending {
				l.Kind, l.Urgency = "client_unanswered", home.Answer
			}
			lines = append(lines, l)
		}
		return lines, nil
	}
}

func rightsOf(in RightsView) client.Rights {
	r := client.Rights{Access: client.Access(in.Access), Wallet: in.Wallet, Products: []client.Product{}}
	for _, p := range in.Products {
		r.Products = append(r.Products, client.Product(p))
	}
	return r
}
