package client

import (
	"cmp"
	"slices"
	"strings"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// MaxOrderNumber is how long the number of an order may be.
const MaxOrderNumber = 40

// creditedAfter is when cashback is expected unless the person knows better; nobody publishes it.
const creditedAfter = 30 // days

// maxCharged is the largest amount that can be noted as charged, as decimal text.
const maxCharged = "10000000"

// NewOrder is an order or a renewal of a client as typed.
type NewOrder struct {
	Number    string `json:"number"` // of the order or invoice
	On        string `json:"on"`     // day; "" is today for a price
	Book      string `json:"book"`   // the list that was chosen from; the one that held on the day is what counts
	Line      string `json:"line"`
	Quantity  string `json:"quantity"`
	Months    int    `json:"months"`
	Operation string `json:"operation"` // order, renewal
	Orders    string `json:"orders"`    // client, partner: who ordered
	VAT       string `json:"vat"`       // excluded, swiss, country, reverse_charge
	Charged   string `json:"charged"`   // by Infomaniak, before VAT; "" is not known
	DueOn     string `json:"dueOn"`     // when the cashback is expected; "" is 30 days after the order
}

// Order is one that was recorded, with the price and the gain as they were then.
type Order struct {
	ID         string
	Number     string
	On         day.Day
	To         day.Day // last day that is paid for
	Product    string  // family
	Name       string
	Operation  pricing.Operation
	Orders     pricing.Party
	Quantity   int64
	Public     money.Amount
	Rate       money.Rate
	Degressive money.Rate
	Net        money.Amount // what the payer is charged before VAT
	VAT        money.Amount
	Charged    *money.Amount // what Infomaniak really charged, before VAT; nil is not known
	Payer      pricing.Party
	GainKind   pricing.Outcome
	Gain       money.Amount
	DueOn      day.Day // of a cashback
	Receipt    Receipt // of a cashback that has come
	ClientID   string
	expectedID string

	List pricing.Book // of a price that was only asked: the list that it is by
	Held bool         // of a price that was only asked: that list was in force on the day
}

// Charge is what the orders of a client were charged or earned in one currency, before VAT.
type Charge struct {
	ClientID string
	Amount   money.Amount
}

// Receipt is the entry of the prepaid account that a cashback became; Entry 0 is none yet.
type Receipt struct {
	Entry  int64
	On     day.Day
	Amount money.Amount
}

// Prices are the price lists of the organization, the newest first, and what it computes with on a day.
type Prices struct {
	pricing.Tariff
	Books []pricing.Book
	VAT   pricing.VATRates
}

// current are the price lists that hold on a day, the newest of each currency.
func (p Prices) current(on day.Day) []pricing.Book {
	var list []pricing.Book
	for _, b := range p.Books { // the newest comes first
		if b.HoldsOn(on) && !slices.ContainsFunc(list, func(one pricing.Book) bool { return one.Currency == b.Currency }) {
			list = append(list, b)
		}
	}
	return list
}

// chosen is the product that was chosen, at the price that it had on a day: by the list of that currency that held then.
// Where none held then, or none with this product, it is the list that it was chosen from. Errors: Invalid.
func (p Prices) chosen(book, line string, on day.Day) (pricing.Book, pricing.Line, error) {
	from := pricing.Book{} // has no line
	if i := slices.IndexFunc(p.Books, func(b pricing.Book) bool { return b.ID == book }); i >= 0 {
		from = p.Books[i]
	}
	l, err := from.Line(line)
	if err != nil {
		return from, l, err
	}
	for _, b := range p.current(on) {
		if b.Currency != from.Currency {
			continue
		}
		if j := slices.IndexFunc(b.Lines, func(o pricing.Line) bool { return o.Product == l.Product && o.Name == l.Name }); j >= 0 {
			return b, b.Lines[j], nil
		}
	}
	return from, l, nil
}

// terms are what a client's own conditions and what it has granted mean for an order.
type terms struct {
	granted    Rights
	conditions Conditions
}

// input turns what was typed into a question to the calculation, with the access and the payment means that the client
// has granted, and the partner's rate for it.
func (n NewOrder) input(c *fault.Check, p Prices, of terms, on day.Day) (pricing.Input, pricing.Book) {
	book, line, err := p.chosen(n.Book, n.Line, on)
	if err != nil {
		c.Merge("", err)
		return pricing.Input{}, book
	}
	in := p.Input(line)
	if i := slices.IndexFunc(of.conditions.Categories, func(k Condition) bool { return k.Category == string(line.CategoryOf()) }); i >= 0 && of.conditions.Categories[i].Partner != nil {
		in.Rate = *of.conditions.Categories[i].Partner
	}
	in.Months, in.Orders, in.Operation = n.Months, pricing.Party(n.Orders), pricing.Operation(n.Operation)
	in.Access, in.Means = pricing.Access(of.granted.Access), of.granted.Pays()
	in.Managed = of.granted.Access == Full || slices.ContainsFunc(of.granted.Products, func(g Product) bool { // domain_ch is a domain
		return g.Family == line.Product || strings.HasPrefix(line.Product, g.Family+"_")
	})
	in.Quantity = input.Whole(c, "quantity", n.Quantity, 1, pricing.MaxQuantity)
	in.VAT = pricing.VATKind(n.VAT).VAT(p.VAT.On(on).Rate, p.Terms.Country)
	return in, book
}

// day is the day of the order; today where none is typed, or none that can be read.
func (n NewOrder) day(today day.Day) day.Day {
	if on, err := day.Parse(n.On); err == nil {
		return on
	}
	return today
}

// order computes what is to be recorded, with prices as they were on its day. The number and the days are checked too
// unless only the price is asked.
func (n NewOrder) order(p Prices, of terms, today day.Day, priceOnly bool) (Order, error) {
	var c fault.Check
	o := Order{}
	if !priceOnly {
		o.Number = input.Line(&c, "number", n.Number, MaxOrderNumber, true)
		o.On = dayTyped(&c, "on", n.On)
		if n.DueOn != "" {
			o.DueOn = dayTyped(&c, "dueOn", n.DueOn)
		} else {
			o.DueOn = o.On + creditedAfter
		}
		o.To = o.On.AddMonths(n.Months) - 1
	}
	in, book := n.input(&c, p, of, n.day(today))
	if err := c.Err(); err != nil {
		return o, err
	}
	r, err := pricing.Simulate(in)
	if err != nil {
		return o, err
	}
	if in.Access == pricing.LimitedAccess && in.Orders == pricing.Partner {
		c.Refuse("orders", NeedsFull)
		return o, c.Err()
	}
	if n.Charged != "" && !priceOnly {
		charged := input.Amount(&c, "charged", n.Charged, book.Currency, maxCharged)
		o.Charged = &charged
		if err := c.Err(); err != nil {
			return o, err
		}
	}
	o.List, o.Held = book, book.HoldsOn(n.day(today))
	o.Product, o.Name, o.Operation, o.Orders, o.Quantity = in.Line.Product, in.Line.Name, in.Operation, in.Orders, in.Quantity
	o.Public, o.Rate, o.Degressive = r.Public.Rounded, in.Rate, r.Degressive
	o.Net, o.VAT, o.Payer, o.GainKind, o.Gain = r.Charged, r.VAT, r.Case.Payer, r.Case.Outcome, r.Gain
	if o.Gain.Sign() == 0 { // a rate of 0 % gives nothing to expect
		o.GainKind, o.Gain = pricing.NotCovered, money.Zero(o.Public.Currency())
	}
	if o.GainKind != pricing.Cashback {
		o.DueOn = 0
	}
	return o, nil
}

func dayTyped(c *fault.Check, field, text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		c.Refuse(field, "not_a_date")
	}
	return d
}

// Month is the cashback of one month: what was expected in it, and what came in it.
type Month struct {
	First    day.Day
	Expected money.Amount
	Received money.Amount
}

// Months adds the cashback up over the twelve months that end with the later of today's and the last expected one. Each
// currency in which there is any has twelve months of its own, in the order of money.Currencies.
func Months(list []Order, today day.Day) ([]Month, error) {
	last := today
	for _, o := range list {
		if o.GainKind == pricing.Cashback {
			last = max(last, o.DueOn, o.Receipt.On)
		}
	}
	var months []Month
	for _, currency := range money.Currencies() {
		mine := slices.Collect(func(yield func(Order) bool) {
			for _, o := range list {
				if o.GainKind == pricing.Cashback && o.Gain.Currency() == currency && !yield(o) {
					return
				}
			}
		})
		if len(mine) == 0 {
			continue
		}
		year, err := monthsOf(mine, last.EndOfMonth()+1, currency)
		if err != nil {
			return nil, err
		}
		months = append(months, year...)
	}
	return months, nil
}

// monthsOf are the twelve months before a day in one currency.
func monthsOf(list []Order, before day.Day, currency money.Currency) ([]Month, error) {
	months := make([]Month, 12)
	var expected, received [12]money.Sums
	for i := range months {
		months[i].First = before.AddMonths(i - 12)
	}
	at := func(d day.Day) int { // -1 before the first
		i, _ := slices.BinarySearchFunc(months, d, func(m Month, d day.Day) int { return cmp.Compare(m.First, d+1) })
		return i - 1
	}
	for _, o := range list {
		if i := at(o.DueOn); i >= 0 {
			expected[i].Add(o.Gain)
		}
		if i := at(o.Receipt.On); o.Receipt.Entry != 0 && i >= 0 {
			received[i].Add(o.Receipt.Amount)
		}
	}
	var err error
	for i := range months {
		if months[i].Expected, err = expected[i].In(currency); err != nil {
			return nil, err
		}
		if months[i].Received, err = received[i].In(currency); err != nil {
			return nil, err
		}
	}
	return months, nil
}

// cause is how the prepaid account names the cashback of an order.
func (o Order) cause(client string) string {
	const most = 80 // leaves room for the number
	if r := []rune(client); len(r) > most {
		client = string(r[:most])
	}
	return client + ", " + o.Number
}

// Status is expected or received for a cashback, "" for all else.
func (o Order) Status() string {
	switch {
	case o.GainKind != pricing.Cashback:
		return ""
	case o.Receipt.Entry != 0:
		return "received"
	}
	return "expected"
}
