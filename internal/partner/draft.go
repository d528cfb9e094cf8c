package partner

import (
	"strconv"

	"kontor/internal/fault"
	"kontor/internal/money"
)

// Question is what a person asks, as typed. Empty texts take the default: the newest list, its first product, the
// organization's terms, the step that the quantity reaches.
type Question struct {
	Book      string `json:"book"`
	Line      string `json:"line"`
	Quantity  string `json:"quantity"`
	Rate      string `json:"rate"`
	Step      string `json:"step"` // percentage of a step chosen by hand
	Mode      string `json:"mode"`
	Months    int    `json:"months"`
	Access    string `json:"access"`
	Means     string `json:"means"`
	Orders    string `json:"orders"`
	Managed   bool   `json:"managed"`
	Operation string `json:"operation"`
	Base      string `json:"base"`
	VAT       string `json:"vat"` // "excluded", "swiss", "country", "reverse_charge"
}

// BookDraft is a price list as typed. Without an id, or with a shipped list's, it becomes a list of one's own.
type BookDraft struct {
	ID, Name, Currency, ValidFrom, Source string
	Version                               int64
	Lines                                 []LineDraft
}

// LineDraft is a product of a list as typed.
type LineDraft struct {
	Product, Name, Price, Per, Origin, Source string
	Degressive                                bool
}

// ScheduleDraft is a table of steps as typed; ID is the one that the person saw.
type ScheduleDraft struct {
	ID, Mode, ValidFrom, Source string
	Tiers                       []TierDraft
}

// TierDraft is one step as typed.
type TierDraft struct{ From, Percent, Origin, Source string }

// TermsDraft is the terms as typed.
type TermsDraft struct {
	Rate, Ceiling, Base, VAT, Country string
	Version                           int64
}

// parse turns a question into an input over what the organization has.
func (q Question) parse(line Line, schedule Schedule, terms Terms) (Input, error) {
	var c fault.Check
	in := Input{
		Line: line, Schedule: schedule, Ceiling: terms.Ceiling, Months: q.Months, Managed: q.Managed,
		Access: Access(q.Access), Means: Party(q.Means), Orders: Party(q.Orders), Operation: Operation(q.Operation), Base: Base(q.Base),
	}
	in.Quantity = whole(&c, "quantity", q.Quantity, MaxQuantity)
	in.Rate = percentage(&c, "rate", q.Rate)
	if q.Step != "" {
		step := percentage(&c, "step", q.Step)
		in.Step = &step
	}
	if q.Mode != "" {
		in.Schedule.Mode = Mode(q.Mode)
	}
	if in.Base == "" {
		in.Base = terms.Base
	}
	switch q.VAT {
	case "swiss":
		in.VAT = VAT{VATAdded, terms.VAT}
	case "country":
		in.VAT = VAT{VATAdded, terms.Country}
	default:
		in.VAT.Treatment = Treatment(q.VAT)
	}
	c.Merge("", in.Validate())
	return in, c.Err()
}

func (d BookDraft) parse() (Book, error) {
	var c fault.Check
	b := Book{ID: d.ID, Name: d.Name, Currency: money.Currency(d.Currency), ValidFrom: Date(d.ValidFrom), Source: d.Source, Version: d.Version}
	for i, l := range d.Lines {
		price, err := money.ParsePrice(l.Price, b.Currency)
		if err != nil {
			refuse(&c, "lines."+strconv.Itoa(i)+".price", l.Price, err, money.PriceDigits, money.MaxPrice)
		}
		b.Lines = append(b.Lines, Line{
			Product: l.Product, Name: l.Name, Price: price, Per: Per(l.Per), Degressive: l.Degressive, Origin: Origin(l.Origin), Source: l.Source,
		})
	}
	c.Merge("", b.Validate())
	return b, c.Err()
}

func (d ScheduleDraft) parse() (Schedule, error) {
	var c fault.Check
	s := Schedule{ID: d.ID, Mode: Mode(d.Mode), ValidFrom: Date(d.ValidFrom), Source: d.Source}
	for i, t := range d.Tiers {
		at := "tiers." + strconv.Itoa(i) + "."
		s.Tiers = append(s.Tiers, Tier{
			From: whole(&c, at+"from", t.From, MaxQuantity), Percent: percentage(&c, at+"percent", t.Percent),
			Origin: Origin(t.Origin), Source: t.Source,
		})
	}
	c.Merge("", s.Validate())
	return s, c.Err()
}

func (d TermsDraft) parse() (Terms, error) {
	var c fault.Check
	t := Terms{
		Rate: percentage(&c, "rate", d.Rate), Ceiling: percentage(&c, "ceiling", d.Ceiling), Base: Base(d.Base),
		VAT: percentage(&c, "vat", d.VAT), Country: percentage(&c, "country", d.Country), Version: d.Version,
	}
	c.Merge("", t.Validate())
	return t, c.Err()
}

// percentage reads a rate of 0 to 100 %.
func percentage(c *fault.Check, field, text string) money.Rate {
	r, err := money.ParseRate(text)
	refuse(c, field, text, err, money.RateDigits, "100")
	return r
}

// whole reads a whole number from 0 to most. What is below zero, too large or broken is told as such.
func whole(c *fault.Check, field, text string, most int64) int64 {
	n, err := money.ParseWhole(text, most)
	refuse(c, field, text, err, 0, strconv.FormatInt(most, 10))
	return n
}

// refuse is money.Refuse, which calls an empty text no number; here it is one that is missing.
func refuse(c *fault.Check, field, text string, err error, digits int, most string) {
	if text == "" {
		c.Refuse(field, "required")
		return
	}
	money.Refuse(c, field, err, digits, most)
}
