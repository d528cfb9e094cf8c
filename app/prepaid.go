package app

import (
	"context"
	"time"

	"kontor/internal/area/prepaid"
)

// PrepaidService keeps the prepaid account: its ledger, orders, transfers and payouts.
type PrepaidService struct{ app *App }

// EntryView is a row of the ledger.
type EntryView struct {
	Seq     int64  `json:"seq"`
	At      string `json:"at"`
	Kind    string `json:"kind"`
	Change  string `json:"change"` // signed
	Amount  string `json:"amount"`
	Balance string `json:"balance"`
	Cause   string `json:"cause"`
}

// EntryPageView is a part of the ledger, newest first.
type EntryPageView struct {
	Currency string      `json:"currency"`
	Entries  []EntryView `json:"entries"`
	Total    int64       `json:"total"`
}

// BalanceView is the balance on a day.
type BalanceView struct {
	On      string `json:"on"`
	Balance string `json:"balance"`
	Change  string `json:"change"`
	What    string `json:"what"`
}

// ExpectedView is money that will probably come.
type ExpectedView struct {
	ID     string `json:"id"`
	Cause  string `json:"cause"`
	Amount string `json:"amount"`
	DueOn  string `json:"dueOn"`
}

// PrepaidView is the balance line: where it comes from and where it goes.
type PrepaidView struct {
	Currency string         `json:"currency"`
	Today    string         `json:"today"`
	Balance  string         `json:"balance"`
	Entries  int64          `json:"entries"`
	History  []BalanceView  `json:"history"`
	Forecast []BalanceView  `json:"forecast"`
	Until    string         `json:"until"`
	Lowest   string         `json:"lowest"`
	LowestOn string         `json:"lowestOn"`
	Short    bool           `json:"short"`
	ShortOn  string         `json:"shortOn"`
	TopUp    string         `json:"topUp"`
	Expected []ExpectedView `json:"expected"`
	Open     int            `json:"open"`
}

// OrderView is an order or invoice.
type OrderView struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Total    string `json:"total"`
	Paid     string `json:"paid"`
	Open     string `json:"open"`
	Currency string `json:"currency"`
	State    string `json:"state"`
	Again    bool   `json:"again"` // it repeats a cancelled one
	PlacedAt string `json:"placedAt"`
	ClosedAt string `json:"closedAt"`
	Version  int    `json:"version"`
}

// OrderInput is an order as typed.
type OrderInput struct {
	Kind   string `json:"kind"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Total  string `json:"total"`
}

// HowInput says how an order is paid.
type HowInput struct {
	FromBalance string `json:"fromBalance"`
	Rest        string `json:"rest"` // "", "other", "transfer"
	SentOn      string `json:"sentOn"`
	Source      string `json:"source"`
}

// StepOfMoneyView is one line of a thread.
type StepOfMoneyView struct {
	Kind   string `json:"kind"`
	At     string `json:"at"`
	Amount string `json:"amount"`
	Text   string `json:"text"`
	Now    bool   `json:"now"`
}

// ThreadView is the way of one transfer from sent to spent. Order fields are empty for money that was no order's.
type ThreadView struct {
	ID          string            `json:"id"`
	Purpose     string            `json:"purpose"`
	Reference   string            `json:"reference"`
	Amount      string            `json:"amount"`
	Currency    string            `json:"currency"`
	Arrived     string            `json:"arrived"`
	ArrivedIn   string            `json:"arrivedIn"`
	Outcome     string            `json:"outcome"`
	Reason      string            `json:"reason"`
	Settled     bool              `json:"settled"`
	OrderNumber string            `json:"orderNumber"`
	OrderTitle  string            `json:"orderTitle"`
	OrderTotal  string            `json:"orderTotal"`
	Entry       int64             `json:"entry"`
	Left        string            `json:"left"`
	Missing     string            `json:"missing"` // signed; "" where nothing is
	Meant       []string          `json:"meant"`
	Steps       []StepOfMoneyView `json:"steps"`
}

// ArrivalInput is money that came in, as typed.
type ArrivalInput struct {
	Reference string `json:"reference"`
	Amount    string `json:"amount"`
	Currency  string `json:"currency"`
	Credited  string `json:"credited"`
}

// PayoutView is money on its way out.
type PayoutView struct {
	ID          string `json:"id"`
	Amount      string `json:"amount"`
	Currency    string `json:"currency"`
	Target      string `json:"target"`
	Masked      string `json:"masked"`
	State       string `json:"state"`
	Reason      string `json:"reason"`
	RequestedAt string `json:"requestedAt"`
	ClosedAt    string `json:"closedAt"`
}

// PayoutInput is a payout as typed.
type PayoutInput struct {
	Amount     string `json:"amount"`
	ProfileID  string `json:"profileId"` // of a saved profile; "" where the target is typed
	Target     string `json:"target"`
	IBAN       string `json:"iban"`
	Email      string `json:"email"`
	TransferID string `json:"transferId"`
	Password   string `json:"password"`
}

// TopUpInput is money to be paid in, as typed.
type TopUpInput struct {
	Amount    string `json:"amount"`
	Means     string `json:"means"`
	Reference string `json:"reference"`
	SentOn    string `json:"sentOn"`
	Source    string `json:"source"`
}

// ExpectedInput is money that will probably come, as typed.
type ExpectedInput struct {
	Cause  string `json:"cause"`
	Amount string `json:"amount"`
	DueOn  string `json:"dueOn"`
}

// Overview returns the balance line with its forecast to the end of the month that lies months ahead.
func (s *PrepaidService) Overview(months int) (PrepaidView, error) {
	return call(s.app, "prepaid.Overview", func(ctx context.Context, h *workspace) (PrepaidView, error) {
		o, err := h.prepaid.Overview(ctx, months)
		if err != nil {
			return PrepaidView{}, err
		}
		return prepaidView(o), nil
	})
}

// Entries returns up to limit entries before the one with that number, newest first; 0 starts at the end.
func (s *PrepaidService) Entries(before int64, limit int) (EntryPageView, error) {
	return call(s.app, "prepaid.Entries", func(ctx context.Context, h *workspace) (EntryPageView, error) {
		p, err := h.prepaid.Entries(ctx, before, limit)
		if err != nil {
			return EntryPageView{}, err
		}
		v := EntryPageView{Entries: []EntryView{}, Total: p.Total}
		for _, e := range p.Entries {
			v.Currency = string(e.Amount.Currency())
			v.Entries = append(v.Entries, EntryView{
				e.Seq, e.At.Format(time.RFC3339), string(e.Kind), e.Change().Decimal(), e.Amount.Decimal(), e.Balance.Decimal(), e.Cause,
			})
		}
		return v, nil
	})
}

// Verify computes the ledger again and returns how many entries it has.
func (s *PrepaidService) Verify() (int64, error) {
	return call(s.app, "prepaid.Verify", func(ctx context.Context, h *workspace) (int64, error) { return h.prepaid.Verify(ctx) })
}

// TopUp pays money in.
func (s *PrepaidService) TopUp(in TopUpInput) error {
	return do(s.app, "prepaid.TopUp", func(ctx context.Context, h *workspace) error { return h.prepaid.TopUp(ctx, prepaid.NewTopUp(in)) })
}

// Expect notes money that will probably come.
func (s *PrepaidService) Expect(in ExpectedInput) error {
	return do(s.app, "prepaid.Expect", func(ctx context.Context, h *workspace) error { return h.prepaid.Expect(ctx, prepaid.NewExpected(in)) })
}

// Receive credits money that was expected, with the amount that came.
func (s *PrepaidService) Receive(id, amount string) error {
	return do(s.app, "prepaid.Receive", func(ctx context.Context, h *workspace) error { return h.prepaid.Receive(ctx, id, amount) })
}

// Forget drops money that is not expected any more.
func (s *PrepaidService) Forget(id string) error {
	return do(s.app, "prepaid.Forget", func(ctx context.Context, h *workspace) error { return h.prepaid.Forget(ctx, id) })
}

// Orders lists what waits for money and the latest that is closed.
func (s *PrepaidService) Orders(closed int) ([]OrderView, error) {
	return call(s.app, "prepaid.Orders", func(ctx context.Context, h *workspace) ([]OrderView, error) {
		list, err := h.prepaid.Orders(ctx, closed)
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
func (s *PrepaidService) Place(in OrderInput) (string, error) {
	return call(s.app, "prepaid.Place", func(ctx context.Context, h *workspace) (string, error) { return h.prepaid.Place(ctx, newOrder(in)) })
}

// Pay pays an order from the balance, wholly or in part.
func (s *PrepaidService) Pay(id string, version int, in HowInput) error {
	return do(s.app, "prepaid.Pay", func(ctx context.Context, h *workspace) error { return h.prepaid.Pay(ctx, id, version, how(in)) })
}

// Cancel cancels an order that is not paid.
func (s *PrepaidService) Cancel(id string, version int) error {
	return do(s.app, "prepaid.Cancel", func(ctx context.Context, h *workspace) error { return h.prepaid.Cancel(ctx, id, version) })
}

// Again repeats the order that a transfer was meant for and pays it.
func (s *PrepaidService) Again(transferID string, in OrderInput, pay HowInput) error {
	return do(s.app, "prepaid.Again", func(ctx context.Context, h *workspace) error {
		_, err := h.prepaid.Again(ctx, transferID, newOrder(in), how(pay))
		return err
	})
}

// Threads follows the latest transfers; those that wait come first.
func (s *PrepaidService) Threads(limit int) ([]ThreadView, error) {
	return call(s.app, "prepaid.Threads", func(ctx context.Context, h *workspace) ([]ThreadView, error) {
		list, err := h.prepaid.Threads(ctx, limit)
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
func (s *PrepaidService) Arrive(transferID string, in ArrivalInput) (string, error) {
	return call(s.app, "prepaid.Arrive", func(ctx context.Context, h *workspace) (string, error) {
		outcome, err := h.prepaid.Arrive(ctx, transferID, prepaid.NewArrival(in))
		return string(outcome), err
	})
}

// ArriveUnknown notes money that no transfer is known for and returns what became of it.
func (s *PrepaidService) ArriveUnknown(in ArrivalInput) (string, error) {
	return call(s.app, "prepaid.ArriveUnknown", func(ctx context.Context, h *workspace) (string, error) {
		outcome, err := h.prepaid.ArriveUnknown(ctx, prepaid.NewArrival(in))
		return string(outcome), err
	})
}

// Keep notes that a credit stays on the balance.
func (s *PrepaidService) Keep(transferID string) error {
	return do(s.app, "prepaid.Keep", func(ctx context.Context, h *workspace) error { return h.prepaid.Keep(ctx, transferID) })
}

// Payouts lists the latest payouts.
func (s *PrepaidService) Payouts(limit int) ([]PayoutView, error) {
	return call(s.app, "prepaid.Payouts", func(ctx context.Context, h *workspace) ([]PayoutView, error) {
		list, err := h.prepaid.Payouts(ctx, limit)
		if err != nil {
			return nil, err
		}
		views := []PayoutView{}
		for _, p := range list {
			views = append(views, PayoutView{
				p.ID, p.Amount.Decimal(), string(p.Amount.Currency()), string(p.Target), p.Masked, string(p.State), p.Reason,
				stamp(p.RequestedAt), stamp(p.ClosedAt),
			})
		}
		return views, nil
	})
}

// RequestPayout takes money from the balance to send it out.
func (s *PrepaidService) RequestPayout(in PayoutInput) error {
	return do(s.app, "prepaid.RequestPayout", func(ctx context.Context, h *workspace) error {
		return h.prepaid.RequestPayout(ctx, prepaid.NewPayout{
			Amount: in.Amount, ProfileID: in.ProfileID, Target: prepaid.Target(in.Target), IBAN: in.IBAN, Email: in.Email,
			TransferID: in.TransferID, Password: in.Password,
		})
	})
}

// PayoutArrived notes that a payout has arrived.
func (s *PrepaidService) PayoutArrived(id string) error {
	return do(s.app, "prepaid.PayoutArrived", func(ctx context.Context, h *workspace) error { return h.prepaid.PayoutArrived(ctx, id) })
}

// PayoutFailed notes that a payout came back.
func (s *PrepaidService) PayoutFailed(id, reason string) error {
	return do(s.app, "prepaid.PayoutFailed", func(ctx context.Context, h *workspace) error { return h.prepaid.PayoutFailed(ctx, id, reason) })
}

// RevealPayout shows the target of a payout to a person who gives the password.
func (s *PrepaidService) RevealPayout(id, password string) (string, error) {
	return call(s.app, "prepaid.RevealPayout", func(ctx context.Context, h *workspace) (string, error) {
		return h.prepaid.RevealPayout(ctx, id, password)
	})
}
