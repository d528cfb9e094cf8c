package prepaid

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window is what the page may call of the prepaid account.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of whatever service the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Overview returns the balance line with its forecast to the end of the month that lies months ahead.
func (w *Window) Overview(months int) (OverviewView, error) {
	return bridge.Call(w.room, "prepaid.Overview", func(ctx context.Context, s *Service) (OverviewView, error) {
		o, err := s.Overview(ctx, months)
		if err != nil {
			return OverviewView{}, err
		}
		return overviewView(o), nil
	})
}

// Entries returns up to limit entries before the one with that number, newest first; 0 starts at the end.
func (w *Window) Entries(before int64, limit int) (EntryPageView, error) {
	return bridge.Call(w.room, "prepaid.Entries", func(ctx context.Context, s *Service) (EntryPageView, error) {
		p, err := s.Entries(ctx, before, limit)
		if err != nil {
			return EntryPageView{}, err
		}
		zone := s.o.Clock.Location(ctx)
		v := EntryPageView{Entries: []EntryView{}, Total: p.Total}
		for _, e := range p.Entries {
			v.Entries = append(v.Entries, entryView(e, zone))
		}
		return v, nil
	})
}

// Verify computes the ledger again and returns how many entries it has.
func (w *Window) Verify() (int64, error) {
	return bridge.Call(w.room, "prepaid.Verify", func(ctx context.Context, s *Service) (int64, error) { return s.Verify(ctx) })
}

// SetBalance books the difference to what the Manager shows.
func (w *Window) SetBalance(in Shown) error {
	return bridge.Do(w.room, "prepaid.SetBalance", func(ctx context.Context, s *Service) error { return s.SetBalance(ctx, in) })
}

// Reverse takes an entry back with another one.
func (w *Window) Reverse(seq int64) error {
	return bridge.Do(w.room, "prepaid.Reverse", func(ctx context.Context, s *Service) error { return s.Reverse(ctx, seq) })
}

// TopUp notes money to be paid in and returns its id.
func (w *Window) TopUp(in NewTopUp) (string, error) {
	return bridge.Call(w.room, "prepaid.TopUp", func(ctx context.Context, s *Service) (string, error) { return s.TopUp(ctx, in) })
}

// Expect notes money that will probably come.
func (w *Window) Expect(in NewExpected) error {
	return bridge.Do(w.room, "prepaid.Expect", func(ctx context.Context, s *Service) error { return s.Expect(ctx, in) })
}

// Receive credits money that was expected, with the amount that came on a day; "" is today.
func (w *Window) Receive(id, amount, on string) error {
	return bridge.Do(w.room, "prepaid.Receive", func(ctx context.Context, s *Service) error { return s.ReceiveOn(ctx, id, amount, on) })
}

// Forget drops money that is not expected any more.
func (w *Window) Forget(id string) error {
	return bridge.Do(w.room, "prepaid.Forget", func(ctx context.Context, s *Service) error { return s.Forget(ctx, id) })
}

// Orders lists what waits for money, the latest that is closed, and one besides that somebody was led to: its id, or "".
func (w *Window) Orders(closed int, besides string) ([]OrderView, error) {
	return bridge.Call(w.room, "prepaid.Orders", func(ctx context.Context, s *Service) ([]OrderView, error) {
		list, err := s.Orders(ctx, closed, besides)
		if err != nil {
			return nil, err
		}
		views := []OrderView{}
		for _, o := range list {
			views = append(views, orderView(o))
		}
		return views, nil
	})
}

// Place keeps an order or invoice that is to be paid and returns its id.
func (w *Window) Place(in OrderInput) (string, error) {
	return bridge.Call(w.room, "prepaid.Place", func(ctx context.Context, s *Service) (string, error) { return s.Place(ctx, in.order()) })
}

// Pay pays an order from the balance, wholly or in part.
func (w *Window) Pay(id string, version int, in HowInput) error {
	return bridge.Do(w.room, "prepaid.Pay", func(ctx context.Context, s *Service) error { return s.Pay(ctx, id, version, in.how()) })
}

// Cancel cancels an order that is not paid.
func (w *Window) Cancel(id string, version int) error {
	return bridge.Do(w.room, "prepaid.Cancel", func(ctx context.Context, s *Service) error { return s.Cancel(ctx, id, version) })
}

// Again repeats the order that a transfer was meant for and pays it.
func (w *Window) Again(transferID string, in OrderInput, pay HowInput) error {
	return bridge.Do(w.room, "prepaid.Again", func(ctx context.Context, s *Service) error {
		_, err := s.Again(ctx, transferID, in.order(), pay.how())
		return err
	})
}

// Threads follows the latest transfers; those that wait come first.
func (w *Window) Threads(limit int) ([]ThreadView, error) {
	return bridge.Call(w.room, "prepaid.Threads", func(ctx context.Context, s *Service) ([]ThreadView, error) {
		list, err := s.Threads(ctx, limit)
		if err != nil {
			return nil, err
		}
		views := []ThreadView{}
		for _, t := range list {
			views = append(views, threadView(t))
		}
		return views, nil
	})
}

// Arrive notes that a transfer has arrived and returns what became of it.
func (w *Window) Arrive(transferID string, in NewArrival) (string, error) {
	return bridge.Call(w.room, "prepaid.Arrive", func(ctx context.Context, s *Service) (string, error) {
		outcome, err := s.Arrive(ctx, transferID, in)
		return string(outcome), err
	})
}

// ArriveUnknown notes money that no transfer is known for and returns what became of it.
func (w *Window) ArriveUnknown(in NewArrival) (string, error) {
	return bridge.Call(w.room, "prepaid.ArriveUnknown", func(ctx context.Context, s *Service) (string, error) {
		outcome, err := s.ArriveUnknown(ctx, in)
		return string(outcome), err
	})
}

// Keep notes that a credit stays on the balance.
func (w *Window) Keep(transferID string) error {
	return bridge.Do(w.room, "prepaid.Keep", func(ctx context.Context, s *Service) error { return s.Keep(ctx, transferID) })
}

// Payouts lists the latest payouts.
func (w *Window) Payouts(limit int) ([]PayoutView, error) {
	return bridge.Call(w.room, "prepaid.Payouts", func(ctx context.Context, s *Service) ([]PayoutView, error) {
		list, err := s.Payouts(ctx, limit)
		if err != nil {
			return nil, err
		}
		views := []PayoutView{}
		for _, p := range list {
			views = append(views, payoutView(p))
		}
		return views, nil
	})
}

// NotePayout notes money to be paid out and returns its id.
func (w *Window) NotePayout(in PayoutInput) (string, error) {
	return bridge.Call(w.room, "prepaid.NotePayout", func(ctx context.Context, s *Service) (string, error) {
		return s.NotePayout(ctx, in.payout())
	})
}

// PayoutRequested notes that a payout was requested in the Manager on a day; "" is today.
func (w *Window) PayoutRequested(id, on string) error {
	return bridge.Do(w.room, "prepaid.PayoutRequested", func(ctx context.Context, s *Service) error { return s.PayoutRequested(ctx, id, on) })
}

// PayoutArrived notes that a payout has arrived on a day; "" is today.
func (w *Window) PayoutArrived(id, on string) error {
	return bridge.Do(w.room, "prepaid.PayoutArrived", func(ctx context.Context, s *Service) error { return s.PayoutArrived(ctx, id, on) })
}

// PayoutFailed notes that a payout came back on a day; "" is today.
func (w *Window) PayoutFailed(id, reason, on string) error {
	return bridge.Do(w.room, "prepaid.PayoutFailed", func(ctx context.Context, s *Service) error { return s.PayoutFailed(ctx, id, reason, on) })
}

// RevealPayout shows the target of a payout to a person who gives the password.
func (w *Window) RevealPayout(id, password string) (string, error) {
	return bridge.Call(w.room, "prepaid.RevealPayout", func(ctx context.Context, s *Service) (string, error) {
		return s.RevealPayout(ctx, id, password)
	})
}

// Prices returns the price list in force, to order again from it. It is empty for whoever may not see prices.
func (w *Window) Prices() (PriceListView, error) {
	return bridge.Call(w.room, "prepaid.Prices", func(ctx context.Context, s *Service) (PriceListView, error) {
		book, err := s.Prices(ctx)
		if err != nil {
			return PriceListView{}, err
		}
		return priceListView(book), nil
	})
}

// PriceToday is what anybody pays today for so many pieces and months of a line, before VAT and with it.
func (w *Window) PriceToday(list, line, quantity string, months int) (PriceTodayView, error) {
	return bridge.Call(w.room, "prepaid.PriceToday", func(ctx context.Context, s *Service) (PriceTodayView, error) {
		p, err := s.PriceToday(ctx, list, line, quantity, months)
		if err != nil {
			return PriceTodayView{}, err
		}
		v := PriceTodayView{Net: bridge.MoneyOf(p.Net), Due: bridge.MoneyOf(p.Due), Country: p.Country}
		if !p.Rate.IsZero() {
			v.Rate = p.Rate.String()
		}
		return v, nil
	})
}
