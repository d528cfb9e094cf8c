package partner

import (
	"strconv"

	"kontor/internal/core/input"
	"kontor/internal/core/pricing"
	"kontor/internal/host/bridge"
)

// LineView is a product of a price list.
type LineView struct {
	ID         string       `json:"id"`
	Product    string       `json:"product"`
	Name       string       `json:"name"`
	Price      bridge.Money `json:"price"`
	Per        string       `json:"per"`
	Degressive bool         `json:"degressive"`
	Origin     string       `json:"origin"`
	Source     string       `json:"source"`
	Category   string       `json:"category"`
	Rate       string       `json:"rate"`    // the partner's today
	OwnRate    bool         `json:"ownRate"` // it is that of the category, not of the terms
	Steps      string       `json:"steps"`   // which of DeskView.Schedules holds today; "" is the general one
}

// BookView is a price list.
type BookView struct {
	ID         string     `json:"id"`
	Shipped    bool       `json:"shipped"`
	Name       string     `json:"name"`
	Currency   string     `json:"currency"`
	ValidFrom  string     `json:"validFrom"`
	ValidUntil string     `json:"validUntil"` // last day; "" has none
	Source     string     `json:"source"`
	Author     string     `json:"author"`
	InForce    bool       `json:"inForce"` // today
	Version    int64      `json:"version"`
	Lines      []LineView `json:"lines"`
}

// ScheduleView is a table of degressive steps.
type ScheduleView struct {
	ID        string      `json:"id"`
	Shipped   bool        `json:"shipped"`
	Mode      string      `json:"mode"`
	ValidFrom string      `json:"validFrom"`
	Source    string      `json:"source"`
	Tiers     []TierDraft `json:"tiers"`
}

// TermsView is what every simulation starts from.
type TermsView struct {
	Rate      string `json:"rate"`
	Ceiling   string `json:"ceiling"`
	Base      string `json:"base"`
	VAT       string `json:"vat"` // the Swiss rate of today
	Country   string `json:"country"`
	Floor     string `json:"floor"` // the least margin on the sale price; "" asks about none
	Version   int64  `json:"version"`
	Published string `json:"published"` // the ceiling that Infomaniak publishes
}

// DeskView is everything that a question can choose from.
type DeskView struct {
	Books    []BookView        `json:"books"`
	Current  map[string]string `json:"current"` // id of the list that is offered first, by currency; in the organization's own under ""
	Schedule ScheduleView      `json:"schedule"`
	Shipped  ScheduleView      `json:"shipped"`
	Coming   []ScheduleView    `json:"coming"` // steps that begin later, the soonest first
	// Steps of single products that hold today, by the key that their lines have.
	Schedules map[string]ScheduleView `json:"schedules"`
	Terms     TermsView               `json:"terms"`
	Asked     bool                    `json:"asked"` // Last holds what the person asked last
	Last      Question                `json:"last"`
	CanEdit   bool                    `json:"canEdit"`
	Today     string                  `json:"today"`
	AgeDays   int                     `json:"ageDays"` // of the list that applies in the organization's currency
	Stale     bool                    `json:"stale"`
	Ended     string                  `json:"ended"` // the last day of that list if it is over
	VATRates  []VATDraft              `json:"vatRates"`
	VATOf     int64                   `json:"vatOf"` // version of the rates
	Rules     []pricing.Source        `json:"rules"`
	Own       Conditions              `json:"own"`      // what differs from the terms
	Products  []OwnProduct            `json:"products"` // of the partner's own
	Cases     []pricing.Decision      `json:"cases"`    // the decision table; empty texts are "makes no difference" and "no answer"
}

// ProgrammeView is what the partner programme asks for, and what becomes of cashback.
type ProgrammeView struct {
	Figures   ProgrammeDraft `json:"figures"`
	Published bool           `json:"published"` // the volumes are those that Infomaniak publishes
}

// VolumeView is the managed volume of a year in one currency, against what the programme asks for.
type VolumeView struct {
	Needed   bridge.Money `json:"needed"`
	Orders   bridge.Money `json:"orders"`
	Ordering int          `json:"ordering"`
	Quotes   bridge.Money `json:"quotes"`
	Quoted   int          `json:"quoted"`
	Managed  bridge.Money `json:"managed"`
	Missing  bridge.Money `json:"missing"`
	Reached  bool         `json:"reached"`
	Part     int          `json:"part"` // of what is needed, in percent, at most 100
}

// PreviewView is what taking over a file as a price list would do.
type PreviewView struct {
	BaseFrom string           `json:"baseFrom"` // day of the list that it is compared with; "" if there is none
	BaseName string           `json:"baseName"`
	Lines    []LineDraft      `json:"lines"`
	Changes  []ChangeView     `json:"changes"`
	Rejected []input.Rejected `json:"rejected"`
	Open     int              `json:"open"`   // quotes that are not answered
	Quotes   int              `json:"quotes"` // those of them that would come to something else
	Least    bridge.Money     `json:"least"`
	Most     bridge.Money     `json:"most"`
}

// ChangeView is what becomes of one product: added, changed, removed, unchanged.
type ChangeView struct {
	Kind    string       `json:"kind"`
	Product string       `json:"product"`
	Name    string       `json:"name"`
	Before  bridge.Money `json:"before"` // none if it was not there
	After   bridge.Money `json:"after"`  // none if it goes
	Per     string       `json:"per"`
}

// The maps from what the service answers to views: no rule, no arithmetic.

func deskView(d Desk, age Age) DeskView {
	v := DeskView{
		Books: []BookView{}, Schedule: scheduleView(d.Schedule), Shipped: scheduleView(d.Shipped), CanEdit: d.CanEdit,
		Today: d.Today.String(), Rules: pricing.Sources(), Cases: pricing.Cases(), VATRates: []VATDraft{}, VATOf: d.VATOf,
		AgeDays: age.Days, Stale: age.Stale, Current: d.Current, Own: d.Own, Products: d.Products, Coming: []ScheduleView{},
		Schedules: map[string]ScheduleView{},
		Terms: TermsView{
			Rate: d.Terms.Rate.String(), Ceiling: d.Terms.Ceiling.String(), Base: string(d.Terms.Base), VAT: d.VAT.On(d.Today).Rate.String(),
			Country: d.Terms.Country.String(), Floor: floorText(d.Terms), Version: d.Terms.Version, Published: pricing.PublishedCeiling.String(),
		},
	}
	if age.Ended {
		v.Ended = age.Book.ValidUntil.String()
	}
	if d.Last != nil {
		v.Asked, v.Last = true, *d.Last
	}
	for key, s := range d.Schedules {
		v.Schedules[key] = scheduleView(s)
	}
	for _, s := range d.Coming {
		v.Coming = append(v.Coming, scheduleView(s))
	}
	for _, b := range d.Books {
		book := bookView(b, d.Tariff)
		book.InForce = b.HoldsOn(d.Today)
		v.Books = append(v.Books, book)
	}
	for _, r := range d.VAT {
		v.VATRates = append(v.VATRates, VATDraft{r.From.String(), r.Rate.String(), r.Source})
	}
	return v
}

func bookView(b pricing.Book, t pricing.Tariff) BookView {
	v := BookView{
		ID: b.ID, Shipped: b.Shipped, Name: b.Name, Currency: string(b.Currency), ValidFrom: b.ValidFrom.String(),
		ValidUntil: b.ValidUntil.String(), Source: b.Source, Author: b.Author, Version: b.Version, Lines: []LineView{},
	}
	for _, l := range b.Lines {
		view := LineView{
			ID: l.ID, Product: l.Product, Name: l.Name, Price: bridge.PriceOf(l.Price), Per: string(l.Per), Degressive: l.Degressive,
			Origin: string(l.Origin), Source: l.Source, Category: string(l.CategoryOf()),
		}
		rate, own := t.RateOf(l)
		view.Rate, view.OwnRate = rate.String(), own
		view.Steps = t.StepsOf(l)
		v.Lines = append(v.Lines, view)
	}
	return v
}

func scheduleView(s pricing.Schedule) ScheduleView {
	v := ScheduleView{ID: s.ID, Shipped: s.Shipped, Mode: string(s.Mode), ValidFrom: s.ValidFrom.String(), Source: s.Source, Tiers: []TierDraft{}}
	for _, t := range s.Tiers {
		v.Tiers = append(v.Tiers, TierDraft{strconv.FormatInt(t.From, 10), t.Percent.String(), string(t.Origin), t.Source})
	}
	return v
}

func programmeView(p pricing.Programme) ProgrammeView {
	shipped := pricing.ShippedProgramme()
	return ProgrammeView{
		Figures: ProgrammeDraft{
			VolumeCHF: p.VolumeCHF.Decimal(), VolumeEUR: p.VolumeEUR.Decimal(), FeeCHF: p.FeeCHF.Decimal(), FeeEUR: p.FeeEUR.Decimal(),
			PayoutDays: strconv.Itoa(p.PayoutDays), Version: p.Version,
		},
		Published: p.VolumeCHF == shipped.VolumeCHF && p.VolumeEUR == shipped.VolumeEUR,
	}
}

func volumeViews(volumes []Volume) []VolumeView {
	views := []VolumeView{}
	for _, v := range volumes {
		views = append(views, VolumeView{
			Needed: bridge.MoneyOf(v.Needed), Orders: bridge.MoneyOf(v.Orders), Ordering: v.Ordering,
			Quotes: bridge.MoneyOf(v.Quotes), Quoted: v.Quoted, Managed: bridge.MoneyOf(v.Managed), Missing: bridge.MoneyOf(v.Missing),
			Reached: v.Missing.Sign() == 0, Part: v.Part(),
		})
	}
	return views
}

func previewView(p Preview) PreviewView {
	v := PreviewView{
		BaseFrom: p.Base.ValidFrom.String(), BaseName: p.Base.Name, Lines: []LineDraft{}, Changes: []ChangeView{}, Rejected: p.Rejected,
		Open: p.Effect.Open, Quotes: p.Effect.Count, Least: bridge.MoneyOf(p.Effect.Least), Most: bridge.MoneyOf(p.Effect.Most),
	}
	for _, l := range p.Lines {
		v.Lines = append(v.Lines, LineDraft{l.Product, l.Name, l.Price.Decimal(), string(l.Per), l.Degressive, string(l.Origin), l.Source, string(l.Category)})
	}
	for _, c := range p.Changes {
		view := ChangeView{Kind: c.Kind, Product: c.Line.Product, Name: c.Line.Name, Per: string(c.Line.Per), After: bridge.PriceOf(c.Line.Price)}
		switch c.Kind {
		case Removed:
			view.Before, view.After = view.After, bridge.Money{}
		case Changed, Unchanged:
			view.Before = bridge.PriceOf(c.Before.Price)
		}
		v.Changes = append(v.Changes, view)
	}
	return v
}
