package sale

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// Window is what the page may call of the orders.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of whatever service the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// List returns the newest orders, and the accepted quotes of which none was made yet.
func (w *Window) List(f Filter) (ListView, error) {
	return bridge.Call(w.room, "sale.List", func(ctx context.Context, s *Service) (ListView, error) {
		page, err := s.Page(ctx, f)
		if err != nil {
			return ListView{}, err
		}
		return page.view(s.o.Clock.Today(ctx))
	})
}

// Make makes an order of an accepted quote and returns its id.
func (w *Window) Make(quote string, in Order) (string, error) {
	return bridge.Call(w.room, "sale.Make", func(ctx context.Context, s *Service) (string, error) { return s.Make(ctx, quote, in) })
}

// Remove deletes an order with its charges.
func (w *Window) Remove(id string) error {
	return bridge.Do(w.room, "sale.Remove", func(ctx context.Context, s *Service) error { return s.Remove(ctx, id) })
}

// Stop notes that a line ends with a day; "" lets it run on.
func (w *Window) Stop(id, line, on string) error {
	return bridge.Do(w.room, "sale.Stop", func(ctx context.Context, s *Service) error { return s.Stop(ctx, id, line, on) })
}

// Charge notes what was really charged for a period.
func (w *Window) Charge(id string, in Charged) error {
	return bridge.Do(w.room, "sale.Charge", func(ctx context.Context, s *Service) error { return s.Charge(ctx, id, in) })
}

// Renewals returns what renews within twelve months for a client ("" for all), at which price, the soonest few of it.
func (w *Window) Renewals(client string, limit int) (RenewalsView, error) {
	return bridge.Call(w.room, "sale.Renewals", func(ctx context.Context, s *Service) (RenewalsView, error) {
		r, err := s.Renewals(ctx, client, shown(limit))
		v := RenewalsView{List: []RenewalView{}, Found: r.Found}
		for _, one := range r.List {
			v.List = append(v.List, one.view())
		}
		return v, err
	})
}

// shown is how many rows a page asks for, within what it may.
func shown(limit int) int { return max(1, min(limit, MaxRows)) }

// Lists returns the price lists that something can be compared with.
func (w *Window) Lists() ([]BookView, error) {
	return bridge.Call(w.room, "sale.Lists", func(ctx context.Context, s *Service) ([]BookView, error) {
		books, err := s.Lists(ctx)
		out := []BookView{}
		for _, b := range books {
			out = append(out, BookView{b.ID, b.Name, string(b.Currency), b.ValidFrom.String()})
		}
		return out, err
	})
}

// Changes returns what a price list does to what runs for a client ("" for all), the first few of it.
func (w *Window) Changes(book, client string, limit int) (ChangesView, error) {
	return bridge.Call(w.room, "sale.Changes", func(ctx context.Context, s *Service) (ChangesView, error) {
		found, err := s.Changes(ctx, book, client, shown(limit))
		v := ChangesView{List: []ChangeView{}, More: found.More}
		for _, c := range found.List {
			v.List = append(v.List, ChangeView{c.Before.view(), c.After.view()})
		}
		return v, err
	})
}

// Letters prepares the letters that tell a client ("" for all) of it; nothing is sent.
func (w *Window) Letters(book, client string) ([]LetterView, error) {
	return bridge.Call(w.room, "sale.Letters", func(ctx context.Context, s *Service) ([]LetterView, error) {
		list, err := s.Letters(ctx, book, client)
		out := []LetterView{}
		for _, l := range list {
			out = append(out, LetterView{l.ClientID, l.Client, l.Email, l.Language, l.Subject, l.Text})
		}
		return out, err
	})
}

// LettersTo returns the letters to a client that were handed to the queue of e-mails, newest first.
func (w *Window) LettersTo(client string) ([]KeptView, error) {
	return bridge.Call(w.room, "sale.LettersTo", func(ctx context.Context, s *Service) ([]KeptView, error) {
		list, err := s.LettersTo(ctx, client)
		out := []KeptView{}
		for _, k := range list {
			out = append(out, KeptView{k.To, k.Subject, k.Text, bridge.Moment(k.At)})
		}
		return out, err
	})
}

// Send hands a letter to the queue of e-mails.
func (w *Window) Send(in Written) error {
	return bridge.Do(w.room, "sale.Send", func(ctx context.Context, s *Service) error { return s.Send(ctx, in) })
}

// Outlook returns what the orders of a client ("" for all) bring, by month.
func (w *Window) Outlook(client string) (OutlookView, error) {
	return bridge.Call(w.room, "sale.Outlook", func(ctx context.Context, s *Service) (OutlookView, error) {
		o, err := s.Outlook(ctx, client)
		return OutlookView{yearViews(o.Past), yearViews(o.Ahead)}, err
	})
}

// Span is a stretch of days, both included.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// read asks for the permission first: whoever has none is told nothing of the fields.
func (in Span) read(ctx context.Context) (from, to day.Day, err error) {
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return 0, 0, err
	}
	var c fault.Check
	from, to = typedDay(&c, "from", in.From), typedDay(&c, "to", in.To)
	if c.Err() == nil && to < from {
		c.Refuse("to", "ends_before_start")
	}
	return from, to, c.Err()
}

// Items returns the first few lines for the partner's own invoices whose periods begin in a span.
func (w *Window) Items(in Span, limit int) (ItemsView, error) {
	return bridge.Call(w.room, "sale.Items", func(ctx context.Context, s *Service) (ItemsView, error) { return s.itemViews(ctx, in, limit) })
}

func (s *Service) itemViews(ctx context.Context, in Span, limit int) (ItemsView, error) {
	from, to, err := in.read(ctx)
	if err != nil {
		return ItemsView{}, err
	}
	items, err := s.Items(ctx, from, to, shown(limit))
	v := ItemsView{List: []ItemView{}, Found: items.Found, Open: items.Open}
	for _, i := range items.List {
		v.List = append(v.List, ItemView{
			Sale: i.Sale.ID, Line: i.Line.ID, Client: i.Sale.ClientID, ClientName: i.Sale.Client, Quote: i.Sale.QuoteNumber, Product: i.Line.view(0),
			From: i.Period.From.String(), To: i.Period.To.String(), Net: bridge.MoneyOf(i.Line.Offer), VAT: bridge.MoneyOf(i.VAT), Code: i.Code,
			Invoiced: i.Invoiced.String(),
		})
	}
	return v, err
}

// Mark is a period that was put on an invoice, or taken off it.
type Mark struct {
	Line   string `json:"line"`
	Period string `json:"period"`
}

// Invoice notes which periods the partner has put on its invoices; with off it takes that back.
func (w *Window) Invoice(marks []Mark, off bool, in Span, limit int) (ItemsView, error) {
	return bridge.Call(w.room, "sale.Invoice", func(ctx context.Context, s *Service) (ItemsView, error) {
		if err := s.Invoice(ctx, marks, off); err != nil {
			return ItemsView{}, err
		}
		return s.itemViews(ctx, in, limit)
	})
}

// InvoiceAll notes of everything in a span that is on no invoice that it is on one now.
func (w *Window) InvoiceAll(in Span, limit int) (ItemsView, error) {
	return bridge.Call(w.room, "sale.InvoiceAll", func(ctx context.Context, s *Service) (ItemsView, error) {
		from, to, err := in.read(ctx)
		if err != nil {
			return ItemsView{}, err
		}
		if err := s.InvoiceAll(ctx, from, to); err != nil {
			return ItemsView{}, err
		}
		return s.itemViews(ctx, in, limit)
	})
}

// OutlineImport tells what a file of charges looks like.
func (w *Window) OutlineImport(in bridge.Upload) (input.Outline, error) {
	return bridge.Call(w.room, "sale.OutlineImport", func(ctx context.Context, s *Service) (input.Outline, error) {
		file, err := in.File(MaxImport)
		if err != nil {
			return input.Outline{}, err
		}
		return s.OutlineImport(ctx, file, in.Chosen())
	})
}

// PreviewImport tells what an import of charges would do. It changes nothing.
func (w *Window) PreviewImport(in bridge.Upload) (Brought, error) {
	return w.bring("sale.PreviewImport", in, true)
}

// Import takes charges from a file.
func (w *Window) Import(in bridge.Upload) (Brought, error) { return w.bring("sale.Import", in, false) }

func (w *Window) bring(name string, in bridge.Upload, preview bool) (Brought, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (Brought, error) {
		file, err := in.File(MaxImport)
		if err != nil {
			return Brought{}, err
		}
		return s.Import(ctx, file, in.Chosen(), preview)
	})
}

// SaveRejected writes the rows that an import would leave out, see bridge.SaveRejected.
func (w *Window) SaveRejected(in bridge.Upload, to bridge.Target) (string, error) {
	return bridge.SaveRejected(w.room, "sale.SaveRejected", to, func(ctx context.Context, s *Service) (bridge.Rejects, error) {
		file, err := in.File(MaxImport)
		if err != nil {
			return bridge.Rejects{}, err
		}
		found, err := s.Import(ctx, file, in.Chosen(), true)
		if err != nil {
			return bridge.Rejects{}, err
		}
		rows, err := export.Read(file, importLimits)
		if err != nil {
			return bridge.Rejects{}, err
		}
		table, err := input.NewTable(rows, importSchema())
		return bridge.Rejects{Table: table, Rows: found.Rejected}, err
	})
}

// SaveAccounting writes what was sold and charged in a span for the accountant; see Service.Accounting.
func (w *Window) SaveAccounting(in Span, to bridge.Target) (string, error) {
	d := bridge.SaveDialog{Title: to.Title, Name: to.Name, Filter: "CSV", Ending: "csv"}
	return bridge.Save(w.room, "sale.SaveAccounting", d, func(ctx context.Context, s *Service) ([]byte, error) {
		from, until, err := in.read(ctx)
		if err != nil {
			return nil, err
		}
		return s.Accounting(ctx, from, until, words.Parse(to.Locale))
	})
}
