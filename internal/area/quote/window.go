package quote

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window is what the page may call of quotes.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of the service that the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// List returns a part of the quotes that the person may see.
func (w *Window) List(f Filter) (PageView, error) {
	return bridge.Call(w.room, "quote.List", func(ctx context.Context, s *Service) (PageView, error) {
		p, err := s.List(ctx, f)
		if err != nil {
			return PageView{}, err
		}
		return pageView(p), nil
	})
}

// Get returns a quote with everything that it rests on.
func (w *Window) Get(id string) (QuoteView, error) {
	return bridge.Call(w.room, "quote.Get", func(ctx context.Context, s *Service) (QuoteView, error) { return viewOf(ctx, s, id) })
}

func viewOf(ctx context.Context, s *Service, id string) (QuoteView, error) {
	q, err := s.Get(ctx, id)
	if err != nil {
		return QuoteView{}, err
	}
	return quoteView(q, s.Today(ctx)), nil
}

// Clients lists whom a quote can be for, besides prospects.
func (w *Window) Clients() ([]Choice, error) {
	return bridge.Call(w.room, "quote.Clients", func(ctx context.Context, s *Service) ([]Choice, error) {
		list, err := s.Clients(ctx)
		return append([]Choice{}, list...), err
	})
}

// Client is what a quote takes from a client's record.
func (w *Window) Client(id string) (ClientView, error) {
	return bridge.Call(w.room, "quote.Client", func(ctx context.Context, s *Service) (ClientView, error) {
		c, err := s.Client(ctx, id)
		return c.view(), err
	})
}

// Preview computes a form without keeping it.
func (w *Window) Preview(form Form) (AnswerView, error) {
	return bridge.Call(w.room, "quote.Preview", func(ctx context.Context, s *Service) (AnswerView, error) {
		basis, answer, err := s.Preview(ctx, form)
		if err != nil {
			return AnswerView{}, err
		}
		return answerView(basis, answer), nil
	})
}

// Save keeps a new quote (id "") or changes a draft, and returns its id.
func (w *Window) Save(id string, version int, form Form) (string, error) {
	return bridge.Call(w.room, "quote.Save", func(ctx context.Context, s *Service) (string, error) { return s.Save(ctx, id, version, form) })
}

// Send marks a draft as sent; confirmed are the questions that the person said yes to.
func (w *Window) Send(id string, version int, confirmed []string) (QuoteView, error) {
	return w.step("quote.Send", id, func(ctx context.Context, s *Service) error { return s.Send(ctx, id, version, confirmed...) })
}

// Accept records that the recipient took a scenario, when and who said so.
func (w *Window) Accept(id string, version int, in Acceptance) (QuoteView, error) {
	return w.step("quote.Accept", id, func(ctx context.Context, s *Service) error { return s.Accept(ctx, id, version, in) })
}

// Decline records that the recipient said no.
func (w *Window) Decline(id string, version int) (QuoteView, error) {
	return w.step("quote.Decline", id, func(ctx context.Context, s *Service) error { return s.Decline(ctx, id, version) })
}

// step is a call for an act on one quote, answering with what it then is.
func (w *Window) step(name, id string, act func(context.Context, *Service) error) (QuoteView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (QuoteView, error) {
		if err := act(ctx, s); err != nil {
			return QuoteView{}, err
		}
		return viewOf(ctx, s, id)
	})
}

// Duplicate makes a draft with a new number of what a quote says and returns its id.
func (w *Window) Duplicate(id string) (string, error) {
	return bridge.Call(w.room, "quote.Duplicate", func(ctx context.Context, s *Service) (string, error) { return s.Duplicate(ctx, id) })
}

// Revise makes a draft of a quote's next revision and returns its id.
func (w *Window) Revise(id string) (string, error) {
	return bridge.Call(w.room, "quote.Revise", func(ctx context.Context, s *Service) (string, error) { return s.Revise(ctx, id) })
}

// Discard deletes a draft for good.
func (w *Window) Discard(id string, version int) error {
	return bridge.Do(w.room, "quote.Discard", func(ctx context.Context, s *Service) error { return s.Discard(ctx, id, version) })
}

// Recompute computes a quote again from what was kept of it and compares every step.
func (w *Window) Recompute(id string) (ProofView, error) {
	return bridge.Call(w.room, "quote.Recompute", func(ctx context.Context, s *Service) (ProofView, error) {
		p, err := s.Recompute(ctx, id)
		if err != nil {
			return ProofView{}, err
		}
		v := ProofView{Same: p.Same, Figures: p.Figures, Differences: []DifferenceView{}}
		for _, d := range p.Differences {
			v.Differences = append(v.Differences, DifferenceView(d))
		}
		return v, nil
	})
}

// Cash tells what moves in each of twelve months, for every scenario, and where two of them break even.
func (w *Window) Cash(id string, flow FlowForm, pair Pair) (CashView, error) {
	return bridge.Call(w.room, "quote.Cash", func(ctx context.Context, s *Service) (CashView, error) {
		years, breakeven, err := s.Cash(ctx, id, flow, pair)
		if err != nil {
			return CashView{}, err
		}
		return cashView(years, breakeven), nil
	})
}

// Export writes a quote to a file that the person chooses and returns its name; "" if none was chosen. A PDF is in the
// recipient's language; the dialog and a table have the words and figures of the person's locale ("it-CH").
func (w *Window) Export(id, format, locale string) (string, error) {
	var doc document
	d, err := bridge.Call(w.room, "quote.Get", func(ctx context.Context, s *Service) (d bridge.SaveDialog, err error) {
		if doc, err = s.document(ctx, id, format, locale); err != nil { // before a dialog opens that would lead nowhere
			return d, err
		}
		return doc.dialog(), nil
	})
	if err != nil {
		return "", err
	}
	return bridge.Export(w.room, "quote.Export", d,
		func(context.Context, *Service) ([]byte, error) { return doc.write() },
		func(ctx context.Context, s *Service) error { return s.Exported(ctx, id, format) })
}
