package quote

import (
	"slices"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Kind is where a line of a quote comes from.
type Kind string

// The kinds. A line of rules version 1 has none and comes from the price list.
const (
	Listed Kind = "listed" // Infomaniak's product, from the price list
	Own    Kind = "own"    // a product or service of the partner's own
	Text   Kind = "text"   // words without a price
)

// Unit is what one of an own product or service is.
type Unit string

// The units.
const (
	PerPiece Unit = "piece"
	PerHour  Unit = "hour"
	PerDay   Unit = "day"
	PerMonth Unit = "month"
	PerYear  Unit = "year"
	Flat     Unit = "flat" // a lump sum
)

// Units lists all, in the order in which a form shows them.
func Units() []Unit { return []Unit{PerPiece, PerHour, PerDay, PerMonth, PerYear, Flat} }

// Once stands for the billing period of what is due one time.
const Once = 0

// cycles are the billing periods of own products and services, in months.
var cycles = []int{Once, 1, 3, 6, 12, 24, 36}

// Line is one line of a quote.
type Line struct {
	Article     pricing.Line      `json:"article"` // of the list; of an own line only Product (its code in the own catalogue), Name and Category
	Months      int               `json:"months"`  // billing period; 0 is once
	Operation   pricing.Operation `json:"operation"`
	Managed     bool              `json:"managed"` // the partner manages it
	Kind        Kind              `json:"kind,omitempty"`
	Description string            `json:"description,omitempty"`
	Discount    *Discount         `json:"discount,omitempty"` // on what the partner asks for
	Class       pricing.VATClass  `json:"class,omitempty"`

	// Of a listed line only.
	Rate     *money.Rate       `json:"rate,omitempty"` // of the partner for this category; goes before the scenario's
	RateFrom Source            `json:"rateFrom,omitempty"`
	Schedule *pricing.Schedule `json:"schedule,omitempty"` // degressive steps of this product; nil has those of the basis
	Set      *money.Price      `json:"set,omitempty"`      // what this client pays for one of the category, by its conditions

	// Of an own line only.
	Unit  Unit         `json:"unit,omitempty"`
	Price *money.Price `json:"price,omitempty"` // of one, each time that it is due
	Cost  *money.Price `json:"cost,omitempty"`  // of one, to the partner; nil is not known
	Floor *money.Price `json:"floor,omitempty"` // below which one is not sold without asking
}

// listed tells whether the rules of Infomaniak's partners apply to the line.
func (l Line) listed() bool { return l.Kind == "" || l.Kind == Listed }

// Category is what kind of product or service the line is of.
func (l Line) Category() pricing.Category { return l.Article.CategoryOf() }

// Source says where a condition came from that nobody typed into the quote.
type Source string

// The sources.
const (
	Typed      Source = "" // in the quote itself
	OfClient   Source = "client"
	OfCategory Source = "category" // the partner's terms for the category
)

// Discount is a share that is taken off a price.
type Discount struct {
	Rate  money.Rate `json:"rate"`
	Shown bool       `json:"shown"` // on the paper; else the paper has the lower price alone
	From  Source     `json:"from,omitempty"`
}

// Resale is how the price is found that the partner asks for a listed line. An own price of the line goes before it.
type Resale string

// The ways. A scenario of rules version 1 has none: at its cost, with the mark-up if there is one.
const (
	AtMarkup Resale = "markup" // on cost: cost × (1 + rate); without a rate the cost is passed on
	AtMargin Resale = "margin" // on the sale price: cost ÷ (1 − rate)
	AtList   Resale = "list"   // the list price
	AtPublic Resale = "public" // what the public pays: the list price less the degressive rate
)

// resales lists all, in the order in which a form shows them.
var resales = []Resale{AtList, AtPublic, AtMarkup, AtMargin}

// takesRate tells whether the way needs a rate.
func (r Resale) takesRate() bool { return r == AtMarkup || r == AtMargin || r == "" }

// Priced says what the price of a line in a scenario is made of.
type Priced string

// What a price can be made of; the ways of Resale have their own names here.
const (
	ByInfomaniak Priced = "infomaniak" // Infomaniak charges the client: nothing of the partner's applies
	ByOwnPrice   Priced = "own"
	ByCondition  Priced = "condition" // the own price in the client's conditions
)

// count is how many of a line a scenario has, in millionths.
func (i Item) count() money.Factor {
	return money.Factor(i.Quantity)*money.One + money.Factor(i.Milli)*(money.One/1000) //nolint:gosec // neither is negative
}

// Pieces is the quantity as decimal text: "35", "2.5".
func (i Item) Pieces() string { return i.count().Exact().Text(0) }

// times is how often a billing period begins in twelve months; what is due once is due once.
func times(months int) int64 {
	if months == Once {
		return 1
	}
	return int64((12 + months - 1) / months)
}

// groupMonths are the billing periods that occur, shortest first and once before all.
func groupMonths(lines []Line) []int {
	list := []int{}
	for _, l := range lines {
		if l.Kind != Text && !slices.Contains(list, l.Months) {
			list = append(list, l.Months)
		}
	}
	slices.Sort(list)
	return list
}
