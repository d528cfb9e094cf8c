package client

import (
	"strconv"

	"kontor/internal/host/bridge"
)

// DashboardView is a client as one sees it from inside.
type DashboardView struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Place   string       `json:"place"`
	Number  string       `json:"number"` // of its organization at Infomaniak; "" is not known
	Granted Rights       `json:"granted"`
	Payer   string       `json:"payer"`
	Since   string       `json:"since"` // of the payment means
	Actions []ActionView `json:"actions"`
	Orders  []OrderView  `json:"orders"`
	Months  []MonthView  `json:"months"` // cashback, twelve for each currency; empty without orders
	// What an order may be of, by price list.
	Products []ProductChoice `json:"products"`
}

// ActionView is something that may be done in a client, or why not.
type ActionView struct {
	Action string `json:"action"` // technical, statistics, organization, order, invoices, reinvoice, record
	Denied string `json:"denied"` // not_granted, needs_full, lies_elsewhere, needs_role, "" if nothing is in the way
}

// ProductChoice is a product of the newest price list of a currency.
type ProductChoice struct {
	Book    string       `json:"book"`
	Line    string       `json:"line"`
	Product string       `json:"product"`
	Name    string       `json:"name"` // as the partner calls it; "" for those with a translated name
	Price   bridge.Money `json:"price"`
	Per     string       `json:"per"` // month, year
}

// OrderView is an order or renewal of a client.
type OrderView struct {
	ID         string       `json:"id"`
	Number     string       `json:"number"`
	On         string       `json:"on"`
	To         string       `json:"to"`
	Product    string       `json:"product"`
	Name       string       `json:"name"`
	Operation  string       `json:"operation"`
	Orders     string       `json:"orders"`
	Quantity   string       `json:"quantity"`
	Public     bridge.Money `json:"public"`
	Rate       string       `json:"rate"`
	Degressive string       `json:"degressive"`
	Net        bridge.Money `json:"net"`
	VAT        bridge.Money `json:"vat"`     // none where none is charged
	Charged    bridge.Money `json:"charged"` // really, by Infomaniak; none is not known
	List       string       `json:"list"`    // of a price that was asked: the list that it is by, "" where it has no name
	ListFrom   string       `json:"listFrom"`
	Held       bool         `json:"held"` // that list was in force on the day
	Payer      string       `json:"payer"`
	GainKind   string       `json:"gainKind"` // discount, cashback, not_covered
	Gain       bridge.Money `json:"gain"`
	Status     string       `json:"status"` // expected, received, ""
	DueOn      string       `json:"dueOn"`
	Entry      int          `json:"entry"` // of the prepaid account; 0 is none
	CameOn     string       `json:"cameOn"`
	Came       bridge.Money `json:"came"` // none as long as nothing came
}

// MonthView is the cashback of one month in one currency.
type MonthView struct {
	First    string       `json:"first"`
	Expected bridge.Money `json:"expected"`
	Received bridge.Money `json:"received"`
}

// FiguresView is what a client brings, and its orders of both kinds, the newest first.
type FiguresView struct {
	Gain    []bridge.Money `json:"gain"`    // this month
	Year    []bridge.Money `json:"year"`    // twelve months up to this one
	Charged []bridge.Money `json:"charged"` // really, in this calendar year
	Renews  string         `json:"renews"`  // day; "" is nothing
	Months  []GainView     `json:"months"`  // twelve for each currency
	Orders  []NotedView    `json:"orders"`
}

// GainView is what the orders of a month bring.
type GainView struct {
	First  string       `json:"first"`
	Amount bridge.Money `json:"amount"`
}

// NotedView is an order that was noted, or made of a quote.
type NotedView struct {
	ID       string       `json:"id"`
	OfQuote  string       `json:"ofQuote"` // number of the quote; "" is noted by hand
	Number   string       `json:"number"`
	On       string       `json:"on"`
	Product  string       `json:"product"`
	Name     string       `json:"name"`
	Lines    int          `json:"lines"`
	Expected bridge.Money `json:"expected"`
	Charged  bridge.Money `json:"charged"` // none is not known
	More     bridge.Money `json:"more"`    // charged beyond what was expected; none where it is as expected
	Open     int          `json:"open"`    // periods without a charge
}

// ProductsView is some of what runs for a client.
type ProductsView struct {
	List  []RunningView `json:"list"`
	Found int           `json:"found"` // in all
}

// RunningView is a product of a client that is paid again on a day.
type RunningView struct {
	On       string       `json:"on"`
	Product  string       `json:"product"`
	Name     string       `json:"name"`
	Quantity string       `json:"quantity"`
	Months   int          `json:"months"` // 0 is not known
	Payer    string       `json:"payer"`  // client, partner; "" for what is the partner's own
	Offer    bridge.Money `json:"offer"`  // none is not known
	Earned   bridge.Money `json:"earned"`
	List     string       `json:"list"` // the price list that holds then; "" is as the order had it
	ListFrom string       `json:"listFrom"`
	Order    string       `json:"order"` // id
	Number   string       `json:"number"`
	OfQuote  bool         `json:"ofQuote"`
}

// MaxRunning is how many products of a client the window is given.
const MaxRunning = 5_000

// GainsView is what clients earn in this month; who brings nothing is not in it.
type GainsView struct {
	Clients []ClientGain   `json:"clients"`
	Total   []bridge.Money `json:"total"`
}

// ClientGain is what one client earns, each currency by itself.
type ClientGain struct {
	ID   string         `json:"id"`
	Gain []bridge.Money `json:"gain"`
}

func (r Running) view() RunningView {
	v := RunningView{
		On: r.On.String(), Product: r.Product, Name: r.Name, Quantity: r.Quantity, Months: r.Months, Payer: string(r.Payer),
		List: r.List, ListFrom: r.ListFrom.String(), Order: r.Order, Number: r.Number, OfQuote: r.OfQuote,
	}
	if r.Offer != nil {
		v.Offer = bridge.MoneyOf(*r.Offer)
	}
	if r.Earned != nil {
		v.Earned = bridge.MoneyOf(*r.Earned)
	}
	return v
}

func (f Figures) view() (FiguresView, error) {
	v := FiguresView{
		Gain: bridge.MoneysOf(f.Gain), Year: bridge.MoneysOf(f.Year), Charged: bridge.MoneysOf(f.Charged), Renews: f.Renews.String(),
		Months: []GainView{}, Orders: []NotedView{},
	}
	for _, m := range f.Months {
		v.Months = append(v.Months, GainView{m.First.String(), bridge.MoneyOf(m.Amount)})
	}
	for _, o := range f.Orders {
		row := NotedView{
			ID: o.ID, OfQuote: o.OfQuote, Number: o.Number, On: o.On.String(), Product: o.Product, Name: o.Name, Lines: o.Lines,
			Expected: bridge.MoneyOf(o.Expected), Open: o.Open,
		}
		if o.Charged != nil {
			more, err := o.Charged.Sub(o.Expected)
			if err != nil {
				return v, err
			}
			if row.Charged = bridge.MoneyOf(*o.Charged); more.Sign() != 0 {
				row.More = bridge.MoneyOf(more)
			}
		}
		v.Orders = append(v.Orders, row)
	}
	return v, nil
}

func (d Dashboard) view() DashboardView {
	v := DashboardView{
		ID: d.ID, Name: d.Name, Place: d.Place, Number: d.Number, Granted: d.Granted, Payer: d.Granted.payer(), Since: d.PaidSince.String(),
		Actions: []ActionView{}, Orders: []OrderView{}, Months: []MonthView{}, Products: []ProductChoice{},
	}
	for _, a := range Actions() {
		v.Actions = append(v.Actions, ActionView{string(a), d.Denied[a]})
	}
	for _, o := range d.Orders {
		v.Orders = append(v.Orders, o.view())
	}
	for _, m := range d.Months {
		v.Months = append(v.Months, MonthView{m.First.String(), bridge.MoneyOf(m.Expected), bridge.MoneyOf(m.Received)})
	}
	for _, b := range d.Books {
		for _, l := range b.Lines {
			v.Products = append(v.Products, ProductChoice{
				b.ID, l.ID, l.Product, l.Name, bridge.PriceOf(l.Price), string(l.Per),
			})
		}
	}
	return v
}

func (o Order) view() OrderView {
	v := OrderView{
		ID: o.ID, Number: o.Number, On: o.On.String(), To: o.To.String(), Product: o.Product, Name: o.Name, Operation: string(o.Operation),
		Orders: string(o.Orders), Quantity: strconv.FormatInt(o.Quantity, 10), Public: bridge.MoneyOf(o.Public),
		Rate: o.Rate.String(), Degressive: o.Degressive.String(), Net: bridge.MoneyOf(o.Net), Payer: string(o.Payer),
		GainKind: string(o.GainKind), Gain: bridge.MoneyOf(o.Gain), Status: o.Status(), DueOn: o.DueOn.String(), Entry: int(o.Receipt.Entry),
		CameOn: o.Receipt.On.String(), List: o.List.Name, ListFrom: o.List.ValidFrom.String(), Held: o.Held,
	}
	if o.Charged != nil {
		v.Charged = bridge.MoneyOf(*o.Charged)
	}
	if o.VAT.Sign() != 0 {
		v.VAT = bridge.MoneyOf(o.VAT)
	}
	if o.Receipt.Entry != 0 {
		v.Came = bridge.MoneyOf(o.Receipt.Amount)
	}
	return v
}
