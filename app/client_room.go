package app

import (
	"context"
	"strconv"

	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/core/money"
)

// ClientRoomView is a client as one sees it from inside.
type ClientRoomView struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Place   string            `json:"place"`
	Granted RightsView        `json:"granted"`
	Payer   string            `json:"payer"`
	Since   string            `json:"since"` // of the payment means
	Acts    []ClientActView   `json:"acts"`
	Orders  []ClientOrderView `json:"orders"`
	Months  []ClientMonthView `json:"months"` // cashback; empty without orders
	// What an order may be of, by price list.
	Products []ClientProductChoice `json:"products"`
}

// ClientActView is something that may be done in a client, or why not.
type ClientActView struct {
	Act string `json:"act"` // technical, statistics, organization, order, invoices, reinvoice, record
	Bar string `json:"bar"` // not_granted, needs_full, lies_elsewhere, needs_role, "" if nothing is in the way
}

// ClientProductChoice is a product of the newest price list of a currency.
type ClientProductChoice struct {
	Book     string `json:"book"`
	Line     string `json:"line"`
	Product  string `json:"product"`
	Name     string `json:"name"` // as the partner calls it; "" for those with a translated name
	Price    string `json:"price"`
	Currency string `json:"currency"`
	Per      string `json:"per"` // month, year
}

// ClientOrderView is an order or renewal of a client.
type ClientOrderView struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	On         string `json:"on"`
	To         string `json:"to"`
	Product    string `json:"product"`
	Name       string `json:"name"`
	Operation  string `json:"operation"`
	Orders     string `json:"orders"`
	Quantity   string `json:"quantity"`
	Currency   string `json:"currency"`
	Public     string `json:"public"`
	Rate       string `json:"rate"`
	Degressive string `json:"degressive"`
	Net        string `json:"net"`
	VAT        string `json:"vat"`
	Payer      string `json:"payer"`
	GainKind   string `json:"gainKind"` // discount, cashback, not_covered
	Gain       string `json:"gain"`
	Status     string `json:"status"` // expected, received, ""
	DueOn      string `json:"dueOn"`
	Entry      int    `json:"entry"` // of the prepaid account; 0 is none
	CameOn     string `json:"cameOn"`
	Came       string `json:"came"`
}

// ClientMonthView is the cashback of one month.
type ClientMonthView struct {
	First    string `json:"first"`
	Currency string `json:"currency"`
	Expected string `json:"expected"`
	Received string `json:"received"`
}

// ClientOrderInput is an order or renewal as typed.
type ClientOrderInput struct {
	Number    string `json:"number"`
	On        string `json:"on"`
	Book      string `json:"book"`
	Line      string `json:"line"`
	Quantity  string `json:"quantity"`
	Months    int    `json:"months"`
	Operation string `json:"operation"`
	Orders    string `json:"orders"`
	VAT       string `json:"vat"`
	DueOn     string `json:"dueOn"`
}

// Enter opens an active client.
func (s *ClientService) Enter(id string) (ClientRoomView, error) {
	return call(s.app, "client.Enter", func(ctx context.Context, h *workspace) (ClientRoomView, error) {
		return clientRoom(ctx, h, id)
	})
}

// Price computes what an order would cost in a client and what it would bring, and records nothing.
func (s *ClientService) Price(id string, in ClientOrderInput) (ClientOrderView, error) {
	return call(s.app, "client.Price", func(ctx context.Context, h *workspace) (ClientOrderView, error) {
		o, err := h.clients.Price(ctx, id, client.NewOrder(in))
		if err != nil {
			return ClientOrderView{}, err
		}
		return orderOfClient(o), nil
	})
}

// RecordOrder keeps an order or renewal of a client.
func (s *ClientService) RecordOrder(id string, in ClientOrderInput) (ClientRoomView, error) {
	return s.inRoom("client.RecordOrder", id, func(ctx context.Context, h *workspace) error {
		return h.clients.RecordOrder(ctx, id, client.NewOrder(in))
	})
}

// ForgetOrder removes an order that was recorded by mistake.
func (s *ClientService) ForgetOrder(id, order string) (ClientRoomView, error) {
	return s.inRoom("client.ForgetOrder", id, func(ctx context.Context, h *workspace) error {
		return h.clients.ForgetOrder(ctx, id, order)
	})
}

// Receive credits the cashback of an order to the prepaid account, with the amount that came.
func (s *ClientService) Receive(id, order, amount string) (ClientRoomView, error) {
	return s.inRoom("client.Receive", id, func(ctx context.Context, h *workspace) error {
		return h.clients.Receive(ctx, id, order, amount)
	})
}

func (s *ClientService) inRoom(name, id string, act func(context.Context, *workspace) error) (ClientRoomView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (ClientRoomView, error) {
		if err := act(ctx, h); err != nil {
			return ClientRoomView{}, err
		}
		return clientRoom(ctx, h, id)
	})
}

func clientRoom(ctx context.Context, h *workspace, id string) (ClientRoomView, error) {
	r, err := h.clients.Enter(ctx, id)
	if err != nil {
		return ClientRoomView{}, err
	}
	v := ClientRoomView{
		ID: r.ID, Name: r.Name, Place: r.Place, Granted: rightsView(r.Granted), Payer: r.Granted.Pays(), Since: dayText(r.PaidSince),
		Acts: []ClientActView{}, Orders: []ClientOrderView{}, Months: []ClientMonthView{}, Products: []ClientProductChoice{},
	}
	for _, act := range client.Acts() {
		v.Acts = append(v.Acts, ClientActView{string(act), r.Bars[act]})
	}
	for _, o := range r.Orders {
		v.Orders = append(v.Orders, orderOfClient(o))
	}
	for _, m := range r.Months {
		v.Months = append(v.Months, ClientMonthView{m.First.String(), string(m.Expected.Currency()), m.Expected.Decimal(), m.Received.Decimal()})
	}
	prices, err := clientPrices{h.partner}.Prices(ctx)
	seen := map[money.Currency]bool{} // the newest list of a currency comes first
	for _, b := range prices.Books {
		if seen[b.Currency] || !b.HoldsOn(prices.Today) {
			continue
		}
		seen[b.Currency] = true
		for _, l := range b.Lines {
			v.Products = append(v.Products, ClientProductChoice{b.ID, l.ID, l.Product, l.Name, l.Price.Decimal(), string(b.Currency), string(l.Per)})
		}
	}
	return v, err
}

func orderOfClient(o client.Order) ClientOrderView {
	v := ClientOrderView{
		ID: o.ID, Number: o.Number, On: dayText(o.On), To: dayText(o.To), Product: o.Product, Name: o.Name, Operation: string(o.Operation),
		Orders: string(o.Orders), Quantity: strconv.FormatInt(o.Quantity, 10), Currency: string(o.Public.Currency()), Public: o.Public.Decimal(),
		Rate: o.Rate.String(), Degressive: o.Degressive.String(), Net: o.Net.Decimal(), VAT: o.VAT.Decimal(), Payer: string(o.Payer),
		GainKind: string(o.GainKind), Gain: o.Gain.Decimal(), Status: o.Status(), DueOn: dayText(o.DueOn), Entry: int(o.Receipt.Entry),
		CameOn: dayText(o.Receipt.On),
	}
	if o.Receipt.Entry != 0 {
		v.Came = o.Receipt.Amount.Decimal()
	}
	return v
}

// clientPrices shows the partner's price lists and terms to the clients.
type clientPrices struct{ partner *partner.Service }

func (p clientPrices) Prices(ctx context.Context) (client.Prices, error) {
	d, err := p.partner.Desk(ctx)
	return client.Prices{Books: d.Books, Schedule: d.Schedule, Terms: d.Terms, VAT: d.VAT, Today: d.Today}, err
}
