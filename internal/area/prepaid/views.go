package prepaid

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/host/bridge"
)

// EntryView is a row of the ledger.
type EntryView struct {
	Seq     int64        `json:"seq"`
	At      string       `json:"at"`
	Kind    string       `json:"kind"`
	Change  bridge.Money `json:"change"` // signed
	Amount  bridge.Money `json:"amount"`
	Balance bridge.Money `json:"balance"`
	Cause   string       `json:"cause"`

	ValueOn    string `json:"valueOn"`    // the day on which it counts
	BackDated  bool   `json:"backDated"`  // that is another day than that of the booking
	TakenBack  int64  `json:"takenBack"`  // number of the entry that takes it back; 0 for none
	Reversible bool   `json:"reversible"` // it can be taken back
}

// EntryPageView is a part of the ledger, newest first.
type EntryPageView struct {
	Entries []EntryView `json:"entries"`
	Total   int64       `json:"total"`
}

// BalanceView is the balance on a day.
type BalanceView struct {
	On      string       `json:"on"`
	Balance bridge.Money `json:"balance"`
	Change  bridge.Money `json:"change"`
	What    string       `json:"what"`
}

// ExpectedView is money that will probably come.
type ExpectedView struct {
	ID     string       `json:"id"`
	Cause  string       `json:"cause"`
	Amount bridge.Money `json:"amount"`
	DueOn  string       `json:"dueOn"`
	Means  string       `json:"means"` // "card", "postfinance" of a top-up that is only noted; "" for cashback
	Over   bool         `json:"over"`  // its day is over: it does not count any more
}

// OverviewView is the balance line: where it comes from and where it goes.
type OverviewView struct {
	Today    string         `json:"today"`
	Balance  bridge.Money   `json:"balance"`
	Entries  int64          `json:"entries"`
	History  []BalanceView  `json:"history"`
	Forecast []BalanceView  `json:"forecast"`
	Until    string         `json:"until"`
	Lowest   bridge.Money   `json:"lowest"`
	LowestOn string         `json:"lowestOn"`
	Short    bool           `json:"short"`
	ShortOn  string         `json:"shortOn"`
	TopUp    bridge.Money   `json:"topUp"`
	Expected []ExpectedView `json:"expected"`
	Open     int            `json:"open"`
}

// OrderView is an order or invoice.
type OrderView struct {
	ID       string       `json:"id"`
	Kind     string       `json:"kind"`
	Number   string       `json:"number"`
	Title    string       `json:"title"`
	Total    bridge.Money `json:"total"`
	Paid     bridge.Money `json:"paid"`
	Open     bridge.Money `json:"open"`
	State    string       `json:"state"`
	Again    bool         `json:"again"`   // it repeats a cancelled one
	Renews   string       `json:"renews"`  // the product that it renews; "" for none
	Renewed  bool         `json:"renewed"` // it is the payment of a renewal
	PlacedAt string       `json:"placedAt"`
	ClosedAt string       `json:"closedAt"`
	Version  int          `json:"version"`
}

// OrderInput is an order as typed.
type OrderInput struct {
	Kind   string `json:"kind"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Total  string `json:"total"`
	Renews string `json:"renews"` // the product that it renews; "" for none
}

// HowInput says how an order is paid.
type HowInput struct {
	FromBalance string `json:"fromBalance"`
	Rest        string `json:"rest"` // "", "other", "transfer"
	SentOn      string `json:"sentOn"`
	Source      string `json:"source"`
	On          string `json:"on"` // "" is today
}

// StepView is one line of a thread.
type StepView struct {
	Kind   string       `json:"kind"`
	At     string       `json:"at"`
	Day    bool         `json:"day"` // at is a day without an hour
	Amount bridge.Money `json:"amount"`
	Text   string       `json:"text"`
	Now    bool         `json:"now"`
}

// ThreadView is the way of one transfer from sent to spent. Order fields are empty for money that was no order's.
type ThreadView struct {
	ID          string       `json:"id"`
	Purpose     string       `json:"purpose"`
	Reference   string       `json:"reference"`
	Amount      bridge.Money `json:"amount"`
	Arrived     bridge.Money `json:"arrived"`
	Outcome     string       `json:"outcome"`
	Reason      string       `json:"reason"`
	Settled     bool         `json:"settled"`
	OrderNumber string       `json:"orderNumber"`
	OrderTitle  string       `json:"orderTitle"`
	OrderTotal  bridge.Money `json:"orderTotal"`
	Entry       int64        `json:"entry"`
	Left        bridge.Money `json:"left"`
	Missing     bridge.Money `json:"missing"` // signed; none where nothing is missing
	Meant       []string     `json:"meant"`
	Steps       []StepView   `json:"steps"`
}

// PayoutView is money on its way out.
type PayoutView struct {
	ID          string       `json:"id"`
	Amount      bridge.Money `json:"amount"`
	Target      string       `json:"target"`
	Masked      string       `json:"masked"`
	State       string       `json:"state"`
	Reason      string       `json:"reason"`
	NotedAt     string       `json:"notedAt"`
	RequestedAt string       `json:"requestedAt"` // "" until it was
	ClosedAt    string       `json:"closedAt"`
}

// PayoutInput is a payout as typed.
type PayoutInput struct {
	Amount     string `json:"amount"`
	ProfileID  string `json:"profileId"` // of a saved profile; "" where the target is typed
	Target     string `json:"target"`
	IBAN       string `json:"iban"`
	Email      string `json:"email"`
	TransferID string `json:"transferId"`
}

func (in OrderInput) order() NewOrder {
	return NewOrder{Kind: OrderKind(in.Kind), Number: in.Number, Title: in.Title, Total: in.Total, Renews: in.Renews}
}

func (in HowInput) how() How {
	return How{FromBalance: in.FromBalance, Rest: Rest(in.Rest), SentOn: in.SentOn, Source: in.Source, On: in.On}
}

func (in PayoutInput) payout() NewPayout {
	return NewPayout{
		Amount: in.Amount, ProfileID: in.ProfileID, Target: Target(in.Target), IBAN: in.IBAN, Email: in.Email,
		TransferID: in.TransferID,
	}
}

func payoutView(p Payout) PayoutView {
	return PayoutView{
		p.ID, bridge.MoneyOf(p.Amount), string(p.Target), p.Masked, string(p.State), p.Reason,
		bridge.Moment(p.NotedAt), bridge.Moment(p.RequestedAt), bridge.Moment(p.ClosedAt),
	}
}

func entryView(e Entry, zone *time.Location) EntryView {
	return EntryView{
		e.Seq, bridge.Moment(e.At), string(e.Kind), bridge.MoneyOf(e.Change()), bridge.MoneyOf(e.Amount), bridge.MoneyOf(e.Balance), e.Cause,
		e.ValueOn(zone).String(), e.ValueOn(zone) != day.Of(e.At, zone), e.TakenBack, e.Kind.Reversible() && e.TakenBack == 0,
	}
}

func overviewView(o Overview) OverviewView {
	f := o.Forecast
	v := OverviewView{
		Today: o.Today.String(), Balance: bridge.MoneyOf(o.Balance), Entries: o.Entries,
		History: balances(o.History), Forecast: balances(f.Points), Until: f.Until.String(), Lowest: bridge.MoneyOf(f.Lowest),
		LowestOn: f.LowestOn.String(), Short: f.Short, TopUp: bridge.MoneyOf(f.TopUp), Expected: []ExpectedView{}, Open: o.Open,
	}
	if f.Short {
		v.ShortOn = f.ShortOn.String()
	}
	for _, e := range o.Expected {
		v.Expected = append(v.Expected, ExpectedView{e.ID, e.what(), bridge.MoneyOf(e.Amount), e.DueOn.String(), e.Means, e.DueOn < o.Today})
	}
	return v
}

func balances(points []Point) []BalanceView {
	list := []BalanceView{}
	for _, p := range points {
		list = append(list, BalanceView{p.On.String(), bridge.MoneyOf(p.Balance), bridge.MoneyOf(p.Change), p.What})
	}
	return list
}

func orderView(o Order) OrderView {
	return OrderView{
		o.ID, string(o.Kind), o.Number, o.Title, bridge.MoneyOf(o.Total), bridge.MoneyOf(o.Paid), bridge.MoneyOf(o.Open()),
		string(o.State), o.AgainOf != "", o.Renews, o.Renewed != "", bridge.Moment(o.PlacedAt), bridge.Moment(o.ClosedAt), o.Version,
	}
}

func threadView(t Thread) ThreadView {
	v := ThreadView{
		ID: t.Transfer.ID, Purpose: string(t.Transfer.Purpose), Reference: t.Transfer.Reference, Amount: bridge.MoneyOf(t.Transfer.Amount),
		Arrived: bridge.MoneyOf(t.Transfer.Arrived),
		Outcome: string(t.Transfer.Outcome), Reason: string(t.Transfer.Reason), Settled: t.Transfer.Settled, Entry: t.Entry,
		Left: bridge.MoneyOf(t.Left), Meant: t.Meant, Steps: []StepView{},
	}
	if t.Order != nil {
		v.OrderNumber, v.OrderTitle, v.OrderTotal = t.Order.Number, t.Order.Title, bridge.MoneyOf(t.Order.Total)
	}
	if t.Missing.Sign() != 0 {
		v.Missing = bridge.MoneyOf(t.Missing)
	}
	for _, s := range t.Steps {
		v.Steps = append(v.Steps, StepView{string(s.Kind), bridge.Moment(s.At), s.Day, bridge.MoneyOf(s.Amount), s.Text, s.Now})
	}
	return v
}
