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

// Renewals returns what renews within twelve months, and at which price.
func (w *Window) Renewals() ([]RenewalView, error) {
	return bridge.Call(w.room, "sale.Renewals", func(ctx context.Context, s *Service) ([]RenewalView, error) {
		list, err := s.Renewals(ctx)
		out := []RenewalView{}
		for _, r := range list {
			out = append(out, r.view())
		}
		return out, err
	})
}

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

// Changes returns what a price list does to what runs.
func (w *Window) Changes(book string) ([]ChangeView, error) {
	return bridge.Call(w.room, "sale.Changes", func(ctx context.Context, s *Service) ([]ChangeView, error) {
		list, err := s.Changes(ctx, book)
		out := []ChangeView{}
		for _, c := range list {
			out = append(out, ChangeView{c.Before.view(), c.After.view()})
		}
		return out, err
	})
}

// Letters prepares the letters that tell clients of it; nothing is sent.
func (w *Window) Letters(book string) ([]LetterView, error) {
	return bridge.Call(w.room, "sale.Letters", func(ctx context.Context, s *Service) ([]LetterView, error) {
		list, err := s.Letters(ctx, book)
		out := []LetterView{}
		for _, l := range list {
			out = append(out, LetterView{l.ClientID, l.Client, l.Email, l.Language, l.Subject, l.Text})
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

// Items returns the lines for the partner's own invoices whose periods begin in a span.
func (w *Window) Items(in Span) ([]ItemView, error) {
	return bridge.Call(w.room, "sale.Items", func(ctx context.Context, s *Service) ([]ItemView, error) { return s.itemViews(ctx, in) })
}

func (s *Service) itemViews(ctx context.Context, in Span) ([]ItemView, error) {
	from, to, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Items(ctx, from, to)
	out := []ItemView{}
	for _, i := range list {
		out = append(out, ItemView{
			Sale: i.Sale.ID, Line: i.Line.ID, Client: i.Sale.ClientID, ClientName: i.Sale.Client, Quote: i.Sale.QuoteNumber, Product: i.Line.view(0),
			From: i.Period.From.String(), To: i.Period.To.String(), Net: bridge.MoneyOf(i.Line.Offer), VAT: bridge.MoneyOf(i.VAT), Code: i.Code,
			Invoiced: i.Invoiced.String(),
		})
	}
	return out, err
}

// Mark is a period that was put on an invoice, or taken off it.
type Mark struct {
	Line   string `json:"line"`
	Period string `json:"period"`
}

// Invoice notes which periods the partner has put on its invoices; with off it takes that back.
func (w *Window) Invoice(marks []Mark, off bool, in Span) ([]ItemView, error) {
	return bridge.Call(w.room, "sale.Invoice", func(ctx context.Context, s *Service) ([]ItemView, error) {
		if err := s.Invoice(ctx, marks, off); err != nil {
			return nil, err
		}
		return s.itemViews(ctx, in)
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
