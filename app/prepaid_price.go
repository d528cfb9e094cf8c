package app

import (
	"context"

	"kontor/internal/core/money"
)

// PriceListView is the list that today's public prices come from; its id is "" where there is none.
type PriceListView struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	ValidFrom string          `json:"validFrom"`
	Lines     []PriceLineView `json:"lines"`
}

// Prices returns the price list in force, to order again from it. It is empty for whoever may not see prices.
func (s *PrepaidService) Prices() (PriceListView, error) {
	return call(s.app, "prepaid.Prices", func(ctx context.Context, h *workspace) (PriceListView, error) {
		v := PriceListView{Lines: []PriceLineView{}}
		o, err := h.payments.Overview(ctx)
		if err != nil {
			return v, err
		}
		book, found, err := h.partner.InForce(ctx, o.Currency)
		if err != nil || !found {
			return v, hidden(err)
		}
		b := bookView(book)
		return PriceListView{b.ID, b.Name, b.ValidFrom, b.Lines}, nil
	})
}

// PriceToday is what anybody pays today for so many pieces and months of a line, before VAT.
func (s *PrepaidService) PriceToday(list, line, quantity string, months int) (string, error) {
	total, err := call(s.app, "prepaid.PriceToday", func(ctx context.Context, h *workspace) (money.Amount, error) {
		return h.partner.PublicTotal(ctx, list, line, quantity, months)
	})
	return total.Decimal(), err
}
