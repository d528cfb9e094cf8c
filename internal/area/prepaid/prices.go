package prepaid

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/bridge"
)

// Prices knows what Infomaniak charges today.
type Prices interface {
	// InForce is the list that today's public prices in a currency are taken from; found is false where there is none.
	InForce(ctx context.Context, currency money.Currency) (book pricing.Book, found bool, err error)
	// PublicTotal is what anybody pays today for so many pieces and months of a line of a list, before VAT.
	PublicTotal(ctx context.Context, list, line, quantity string, months int) (money.Amount, error)
	// SwissVAT is the rate that is added on a day where Swiss VAT is due.
	SwissVAT(ctx context.Context, on day.Day) (money.Rate, error)
}

// PriceToday is what a line costs today.
type PriceToday struct {
	Net     money.Amount // before VAT
	Due     money.Amount // what is to be paid: with Swiss VAT where it is known to be due, else the same as Net
	Rate    money.Rate   // that was added; none elsewhere
	Country string       // where the organization is invoiced: it decides
}

// PriceToday returns what anybody pays today for so many pieces and months of a line. In Switzerland and Liechtenstein
// the Swiss rate of the day is due. Elsewhere it depends on the country and on whether a company declares VAT itself, so
// the price stays before VAT.
func (s *Service) PriceToday(ctx context.Context, list, line, quantity string, months int) (PriceToday, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return PriceToday{}, err
	}
	var p PriceToday
	if p.Net, err = s.o.Prices.PublicTotal(ctx, list, line, quantity, months); err != nil {
		return p, err
	}
	p.Due = p.Net
	if p.Country, err = s.o.Organizations.Country(ctx, s.db.Reader(), actor.OrganizationID); err != nil {
		return p, err
	}
	if p.Country != "CH" && p.Country != "LI" {
		return p, nil
	}
	if p.Rate, err = s.o.Prices.SwissVAT(ctx, s.today(ctx)); err != nil {
		return p, err
	}
	p.Due, err = p.Net.Exact().Add(p.Net.Exact().MulFactor(p.Rate.Part())).Round(p.Net.Currency())
	return p, err
}

// PriceTodayView is what a line costs today.
type PriceTodayView struct {
	Net     bridge.Money `json:"net"`
	Due     bridge.Money `json:"due"`
	Rate    string       `json:"rate"` // percent that was added; "" where Kontor does not know the VAT
	Country string       `json:"country"`
}

// Prices returns the price list in force in the organization's currency, to order again from it. It is the zero Book
// where there is none, and for whoever may not see prices.
func (s *Service) Prices(ctx context.Context) (pricing.Book, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return pricing.Book{}, err
	}
	currency, err := s.o.Organizations.Currency(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return pricing.Book{}, err
	}
	book, _, err := s.o.Prices.InForce(ctx, currency)
	if fault.CodeOf(err) == fault.Forbidden {
		return pricing.Book{}, nil
	}
	return book, err
}

// PriceLineView is a line of a price list.
type PriceLineView struct {
	ID      string `json:"id"`
	Product string `json:"product"` // "" for a line that the organization has made up
	Name    string `json:"name"`
}

// PriceListView is the list that today's public prices come from; its id is "" where there is none.
type PriceListView struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	ValidFrom string          `json:"validFrom"`
	Lines     []PriceLineView `json:"lines"`
}

func priceListView(b pricing.Book) PriceListView {
	v := PriceListView{ID: b.ID, Name: b.Name, ValidFrom: b.ValidFrom.String(), Lines: []PriceLineView{}}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, PriceLineView{ID: l.ID, Product: l.Product, Name: l.Name})
	}
	return v
}
