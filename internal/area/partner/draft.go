package partner

import (
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
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
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Currency   string      `json:"currency"`
	ValidFrom  string      `json:"validFrom"`
	ValidUntil string      `json:"validUntil"`
	Source     string      `json:"source"`
	Author     string      `json:"author"`
	Version    int64       `json:"version"`
	Lines      []LineDraft `json:"lines"`
}

// LineDraft is a product of a list as typed.
type LineDraft struct {
	Product    string `json:"product"`
	Name       string `json:"name"`
	Price      string `json:"price"`
	Per        string `json:"per"`
	Degressive bool   `json:"degressive"`
	Origin     string `json:"origin"`
	Source     string `json:"source"`
	Category   string `json:"category"` // "" is known from the product
}

// ScheduleDraft is a table of steps as typed; ID is the one that the person saw.
type ScheduleDraft struct {
	ID        string      `json:"id"`
	Mode      string      `json:"mode"`
	ValidFrom string      `json:"validFrom"`
	Source    string      `json:"source"`
	Tiers     []TierDraft `json:"tiers"`
}

// TierDraft is one step, as typed and as shown.
type TierDraft struct {
	From    string `json:"from"`
	Percent string `json:"percent"`
	Origin  string `json:"origin"`
	Source  string `json:"source"`
}

// TermsDraft is the terms as typed.
type TermsDraft struct {
	Rate    string `json:"rate"`
	Ceiling string `json:"ceiling"`
	Base    string `json:"base"`
	Country string `json:"country"`
	Floor   string `json:"floor"` // the least margin on the sale price; "" asks about none
	Version int64  `json:"version"`
}

// VATDraft is the Swiss VAT rate from a day on, as typed and as shown.
type VATDraft struct {
	From   string `json:"from"`
	Rate   string `json:"rate"`
	Source string `json:"source"`
}

// ProgrammeDraft is what the partner programme asks for, and what becomes of cashback, as typed and as shown.
type ProgrammeDraft struct {
	VolumeCHF  string `json:"volumeChf"`
	VolumeEUR  string `json:"volumeEur"`
	FeeCHF     string `json:"feeChf"`
	FeeEUR     string `json:"feeEur"`
	PayoutDays string `json:"payoutDays"`
	Version    int64  `json:"version"`
}

// parse turns a question into an input over what the organization has.
func (q Question) parse(line pricing.Line, tariff pricing.Tariff, swiss money.Rate) (pricing.Input, error) {
	var c fault.Check
	in := tariff.Input(line)
	in.Months, in.Managed, in.Access, in.Means = q.Months, q.Managed, pricing.Access(q.Access), pricing.Party(q.Means)
	in.Orders, in.Operation = pricing.Party(q.Orders), pricing.Operation(q.Operation)
	in.Quantity = input.Whole(&c, "quantity", q.Quantity, 1, pricing.MaxQuantity)
	if q.Rate != "" {
		in.Rate = pricing.PartnerRate(&c, "rate", q.Rate, tariff.Terms.Ceiling)
	}
	if q.Step != "" {
		step := input.Rate(&c, "step", q.Step)
		in.Step = &step
	}
	if q.Mode != "" {
		in.Schedule.Mode = pricing.Mode(q.Mode)
	}
	if q.Base != "" {
		in.Base = pricing.Base(q.Base)
	}
	in.VAT = pricing.VATKind(q.VAT).VAT(swiss, tariff.Terms.Country)
	c.Merge("", in.Validate())
	return in, c.Err()
}

func (d BookDraft) parse() (pricing.Book, error) {
	var c fault.Check
	b := pricing.Book{ID: d.ID, Name: d.Name, Currency: money.Currency(d.Currency), Source: d.Source, Version: d.Version}
	b.ValidFrom, b.ValidUntil = input.Day(&c, "validFrom", d.ValidFrom, true), input.Day(&c, "validUntil", d.ValidUntil, false)
	b.Author = input.Line(&c, "author", d.Author, pricing.MaxName, false)
	for i, l := range d.Lines {
		price := input.Price(&c, "lines."+strconv.Itoa(i)+".price", l.Price, b.Currency)
		b.Lines = append(b.Lines, pricing.Line{
			Product: l.Product, Name: l.Name, Price: price, Per: pricing.Per(l.Per), Degressive: l.Degressive, Origin: pricing.Origin(l.Origin), Source: l.Source,
			Category: pricing.Category(l.Category),
		})
	}
	c.Merge("", b.Validate())
	return b, c.Err()
}

func (d ScheduleDraft) parse() (pricing.Schedule, error) {
	var c fault.Check
	s := pricing.Schedule{ID: d.ID, Mode: pricing.Mode(d.Mode), ValidFrom: input.Day(&c, "validFrom", d.ValidFrom, true), Source: d.Source}
	for i, t := range d.Tiers {
		at := "tiers." + strconv.Itoa(i) + "."
		s.Tiers = append(s.Tiers, pricing.Tier{
			From: input.Whole(&c, at+"from", t.From, 1, pricing.MaxQuantity), Percent: input.Rate(&c, at+"percent", t.Percent),
			Origin: pricing.Origin(t.Origin), Source: t.Source,
		})
	}
	c.Merge("", s.Validate())
	return s, c.Err()
}

func (d TermsDraft) parse() (pricing.Terms, error) {
	var c fault.Check
	ceiling := input.Rate(&c, "ceiling", d.Ceiling)
	t := pricing.Terms{
		Rate: pricing.PartnerRate(&c, "rate", d.Rate, ceiling), Ceiling: ceiling, Base: pricing.Base(d.Base),
		Country: input.Rate(&c, "country", d.Country), Version: d.Version,
	}
	if d.Floor != "" {
		floor := input.Rate(&c, "floor", d.Floor)
		t.Floor = &floor
	}
	c.Merge("", t.Validate())
	return t, c.Err()
}

func parseVATRates(drafts []VATDraft) (pricing.VATRates, error) {
	var c fault.Check
	rates := pricing.VATRates{}
	for i, d := range drafts {
		at := "rates." + strconv.Itoa(i) + "."
		rates = append(rates, pricing.VATRate{
			From: input.Day(&c, at+"from", d.From, true), Rate: input.Rate(&c, at+"rate", d.Rate), Source: input.Line(&c, at+"source", d.Source, pricing.MaxSource, false),
		})
	}
	c.Merge("", rates.Validate())
	return rates, c.Err()
}

func (d ProgrammeDraft) parse() (pricing.Programme, error) {
	var c fault.Check
	p := pricing.Programme{
		VolumeCHF: amountOrNone(&c, "volumeChf", d.VolumeCHF, money.CHF, pricing.MaxVolume),
		VolumeEUR: amountOrNone(&c, "volumeEur", d.VolumeEUR, money.EUR, pricing.MaxVolume),
		FeeCHF:    amountOrNone(&c, "feeChf", d.FeeCHF, money.CHF, pricing.MaxPayoutFee),
		FeeEUR:    amountOrNone(&c, "feeEur", d.FeeEUR, money.EUR, pricing.MaxPayoutFee),
		Version:   d.Version,
	}
	if d.PayoutDays != "" {
		p.PayoutDays = int(input.Whole(&c, "payoutDays", d.PayoutDays, 0, pricing.MaxPayoutDays))
	}
	return p, c.Err()
}

// amountOrNone reads an amount; an empty text and zero are none.
func amountOrNone(c *fault.Check, field, text string, currency money.Currency, most string) money.Amount {
	if a, err := money.ParseAmount(text, currency); text == "" || err == nil && a.Sign() == 0 {
		return money.Zero(currency)
	}
	return input.Amount(c, field, text, currency, most)
}
