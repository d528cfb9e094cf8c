package app

import (
	"context"

	"kontor/internal/area/quote"
)

// QuoteService makes quotes for clients and prospects.
type QuoteService struct{ app *App }

// QuoteFilter narrows the list down: Show is "", open, draft, accepted or past; Sort number, recipient, until or offer.
type QuoteFilter struct {
	Show       string `json:"show"`
	Search     string `json:"search"`
	Client     string `json:"client"`
	Sort       string `json:"sort"`
	Descending bool   `json:"descending"`
	Offset     int    `json:"offset"`
	Limit      int    `json:"limit"`
}

// List returns a part of the quotes that the person may see.
func (s *QuoteService) List(f QuoteFilter) (QuotePageView, error) {
	return call(s.app, "quote.List", func(ctx context.Context, h *workspace) (QuotePageView, error) {
		p, err := h.quotes.List(ctx, quote.Filter{
			Show: f.Show, Search: f.Search, ClientID: f.Client, Sort: f.Sort, Descending: f.Descending, Offset: f.Offset, Limit: f.Limit,
		})
		if err != nil {
			return QuotePageView{}, err
		}
		return quotePageView(p), nil
	})
}

// Get returns a quote with everything that it rests on.
func (s *QuoteService) Get(id string) (QuoteView, error) {
	return call(s.app, "quote.Get", func(ctx context.Context, h *workspace) (QuoteView, error) { return quoteOf(ctx, h, id) })
}

func quoteOf(ctx context.Context, h *workspace, id string) (QuoteView, error) {
	q, err := h.quotes.Get(ctx, id)
	if err != nil {
		return QuoteView{}, err
	}
	return quoteView(q, h.quotes.Today()), nil
}

// Clients lists whom a quote can be for, besides prospects.
func (s *QuoteService) Clients() ([]QuoteClientView, error) {
	return call(s.app, "quote.Clients", func(ctx context.Context, h *workspace) ([]QuoteClientView, error) {
		clients, err := h.quotes.Clients(ctx)
		if err != nil {
			return nil, err
		}
		views := []QuoteClientView{}
		for _, c := range clients {
			views = append(views, QuoteClientView(c))
		}
		return views, nil
	})
}

// Preview computes a form without keeping it.
func (s *QuoteService) Preview(form QuoteForm) (QuoteAnswerView, error) {
	return call(s.app, "quote.Preview", func(ctx context.Context, h *workspace) (QuoteAnswerView, error) {
		basis, answer, err := h.quotes.Preview(ctx, formOf(form))
		if err != nil {
			return QuoteAnswerView{}, err
		}
		return quoteAnswerView(basis, answer), nil
	})
}

// Save keeps a new quote (id "") or changes a draft, and returns its id.
func (s *QuoteService) Save(id string, version int, form QuoteForm) (string, error) {
	return call(s.app, "quote.Save", func(ctx context.Context, h *workspace) (string, error) {
		return h.quotes.Save(ctx, id, version, formOf(form))
	})
}

// Send marks a draft as sent.
func (s *QuoteService) Send(id string, version int) (QuoteView, error) {
	return s.step("quote.Send", id, func(ctx context.Context, h *workspace) error { return h.quotes.Send(ctx, id, version) })
}

// Accept records that the recipient took a scenario, counted from 1.
func (s *QuoteService) Accept(id string, version, scenario int) (QuoteView, error) {
	return s.step("quote.Accept", id, func(ctx context.Context, h *workspace) error { return h.quotes.Accept(ctx, id, version, scenario) })
}

// Decline records that the recipient said no.
func (s *QuoteService) Decline(id string, version int) (QuoteView, error) {
	return s.step("quote.Decline", id, func(ctx context.Context, h *workspace) error { return h.quotes.Decline(ctx, id, version) })
}

// step is call for an act on one quote, answering with what it then is.
func (s *QuoteService) step(name, id string, act func(context.Context, *workspace) error) (QuoteView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (QuoteView, error) {
		if err := act(ctx, h); err != nil {
			return QuoteView{}, err
		}
		return quoteOf(ctx, h, id)
	})
}

// Duplicate makes a draft with a new number of what a quote says and returns its id.
func (s *QuoteService) Duplicate(id string) (string, error) {
	return call(s.app, "quote.Duplicate", func(ctx context.Context, h *workspace) (string, error) { return h.quotes.Duplicate(ctx, id) })
}

// Revise makes a draft of a quote's next revision and returns its id.
func (s *QuoteService) Revise(id string) (string, error) {
	return call(s.app, "quote.Revise", func(ctx context.Context, h *workspace) (string, error) { return h.quotes.Revise(ctx, id) })
}

// Discard deletes a draft for good.
func (s *QuoteService) Discard(id string, version int) error {
	return do(s.app, "quote.Discard", func(ctx context.Context, h *workspace) error { return h.quotes.Discard(ctx, id, version) })
}

// Recompute computes a quote again from what was kept of it and compares every step.
func (s *QuoteService) Recompute(id string) (ProofView, error) {
	return call(s.app, "quote.Recompute", func(ctx context.Context, h *workspace) (ProofView, error) {
		p, err := h.quotes.Recompute(ctx, id)
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
