package app

import (
	"context"
	"strconv"

	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/waiting"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// ListPreviewView is what taking over a file as a price list would do.
type ListPreviewView struct {
	BaseFrom string           `json:"baseFrom"` // day of the list that it is compared with; "" if there is none
	BaseName string           `json:"baseName"`
	Lines    []PriceLineView  `json:"lines"`
	Changes  []ListChangeView `json:"changes"`
	Bad      []BadRowView     `json:"bad"`
	Open     int              `json:"open"`   // quotes that are not answered
	Quotes   int              `json:"quotes"` // those of them that would come to something else
	Least    string           `json:"least"`
	Most     string           `json:"most"`
}

// ListChangeView is what becomes of one product: added, changed, removed, unchanged.
type ListChangeView struct {
	Kind    string `json:"kind"`
	Product string `json:"product"`
	Name    string `json:"name"`
	Before  string `json:"before"` // "" if it was not there
	After   string `json:"after"`  // "" if it goes
	Per     string `json:"per"`
}

// BadRowView is a row that was set aside.
type BadRowView struct {
	Line   int               `json:"line"`
	Text   string            `json:"text"`
	Field  string            `json:"field"`
	Code   string            `json:"code"`
	Params map[string]string `json:"params"`
}

// PreviewList reads a file (CSV or XLSX, in base64) as a price list and tells what it would change. Nothing is kept:
// SaveBook takes the lines over.
func (s *PartnerService) PreviewList(data, currency string) (ListPreviewView, error) {
	return call(s.app, "partner.PreviewList", func(ctx context.Context, h *workspace) (ListPreviewView, error) {
		if _, err := access.Require(ctx, access.EditPrices); err != nil {
			return ListPreviewView{}, err
		}
		file, err := unwrap("file", data)
		if err != nil {
			return ListPreviewView{}, err
		}
		rows, err := export.Read(file, partner.ListLimits)
		if err != nil {
			var c fault.Check
			c.Refuse("file", "not_a_table")
			return ListPreviewView{}, c.Err()
		}
		p, err := h.partner.PreviewList(ctx, rows, money.Currency(currency), nil, quoteEffect{h.quotes})
		if err != nil {
			return ListPreviewView{}, err
		}
		return listPreviewView(p), nil
	})
}

func listPreviewView(p partner.Preview) ListPreviewView {
	v := ListPreviewView{
		BaseFrom: string(p.Base.ValidFrom), BaseName: p.Base.Name, Lines: bookView(pricing.Book{Lines: p.Lines}).Lines, Changes: []ListChangeView{},
		Bad: []BadRowView{}, Open: p.Effect.Open, Quotes: p.Effect.Count, Least: p.Effect.Least.Decimal(), Most: p.Effect.Most.Decimal(),
	}
	for _, c := range p.Changes {
		view := ListChangeView{Kind: c.Kind, Product: c.Line.Product, Name: c.Line.Name, Per: string(c.Line.Per), After: c.Line.Price.Decimal()}
		switch c.Kind {
		case partner.Removed:
			view.Before, view.After = view.After, ""
		case partner.Changed, partner.Unchanged:
			view.Before = c.Before.Price.Decimal()
		}
		v.Changes = append(v.Changes, view)
	}
	for _, b := range p.Bad {
		row := BadRowView{Line: b.Line, Text: b.Text, Field: b.Field, Code: b.Code, Params: b.Params}
		if row.Params == nil {
			row.Params = map[string]string{}
		}
		v.Bad = append(v.Bad, row)
	}
	return v
}

// quoteEffect tells the partner what a list would do to quotes.
type quoteEffect struct{ quotes *quote.Service }

// Effect implements partner.Quotes.
func (e quoteEffect) Effect(ctx context.Context, q sqlite.Queryer, organizationID string, book pricing.Book) (partner.Effect, error) {
	found, err := e.quotes.Effect(ctx, q, organizationID, book)
	return partner.Effect(found), err
}

// pricesWaiting tells Home of a price list that has become old, where there are quotes made from one.
func (h *workspace) pricesWaiting(ctx context.Context) ([]waiting.Line, error) {
	age, err := h.partner.Age(ctx)
	if err != nil || !age.Stale && !age.Ended {
		return nil, waiting.Visible(err)
	}
	page, err := h.quotes.List(ctx, quote.Filter{Sort: "number", Limit: 1})
	if err != nil || age.Book.Shipped && page.Counts.All == 0 {
		return nil, waiting.Visible(err)
	}
	if age.Ended {
		return []waiting.Line{{
			Area: "partner", Kind: "price_list_ended", Urgency: waiting.Stale, Route: "/partner/terms",
			Params: map[string]string{"currency": string(age.Book.Currency)},
		}}, nil
	}
	return []waiting.Line{{
		Area: "partner", Kind: "price_list_stale", Urgency: waiting.Stale, Route: "/partner",
		Params: map[string]string{"days": strconv.Itoa(age.Days), "currency": string(age.Book.Currency)},
	}}, nil
}
