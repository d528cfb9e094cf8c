package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/sqlite"
)

// headings finds a column of a price list by its heading: as the window calls it in any language, or as others do.
var headings = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"product": "partner_product", "price": "partner_price_of_one", "per": "partner_per", "degressive": "partner_step_degressive", "source": "partner_source",
	}, map[string][]string{
		"price": {"Price", "Prezzo", "Precio", "Prix", "Preis"}, "per": {"Period", "Periodo"},
		"degressive": {"Degressive", "Decrescente", "Decreciente", "Dégressif", "Gestaffelt"}, "source": {"Fuente"},
	})
})

// products finds the products that Kontor knows by what they are called in any language.
var products = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{"web_hosting": "partner_product_web_hosting", "domain_ch": "partner_product_domain_ch"},
		map[string][]string{"web_hosting": {"web_hosting"}, "domain_ch": {"domain_ch"}})
})

var times = map[string]pricing.Per{
	"": pricing.PerMonth, "month": pricing.PerMonth, "mese": pricing.PerMonth, "mes": pricing.PerMonth, "mois": pricing.PerMonth, "monat": pricing.PerMonth,
	"year": pricing.PerYear, "anno": pricing.PerYear, "ano": pricing.PerYear, "an": pricing.PerYear, "annee": pricing.PerYear, "jahr": pricing.PerYear,
}

var answers = map[string]bool{
	"": false, "no": false, "non": false, "nein": false, "0": false, "false": false,
	"yes": true, "si": true, "oui": true, "ja": true, "1": true, "x": true, "true": true,
}

// BadRow is a row of a file that was set aside: where it stands, what it says, and why it is refused.
type BadRow struct {
	Line   int // from 1, the headings included
	Text   string
	Field  string
	Code   string
	Params fault.Params
}

// ReadList reads the rows of a file as a price list: headings, then one product a row. What cannot be read is set aside.
// Errors: Invalid "file" if the headings lack product or price, or there are too many rows.
func ReadList(rows [][]string, currency money.Currency) (lines []pricing.Line, bad []BadRow, err error) {
	var c fault.Check
	at := map[string]int{}
	if len(rows) > 0 {
		for i, title := range rows[0] {
			if name, known := headings()[text.Fold(title)]; known {
				at[name] = i
			}
		}
	}
	_, named := at["product"]
	_, priced := at["price"]
	switch {
	case !named || !priced:
		c.Refuse("file", "list_headings")
	case len(rows) < 2:
		c.Refuse("file", "required")
	case len(rows)-1 > pricing.MaxLines:
		c.Refuse("file", "too_many", "max", fmt.Sprint(pricing.MaxLines))
	}
	if err := c.Err(); err != nil {
		return nil, nil, err
	}
	bad = []BadRow{}
	for i, row := range rows[1:] {
		cell := func(name string) string {
			if n, there := at[name]; there && n < len(row) {
				return strings.TrimSpace(row[n])
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		line, refused := readRow(cell, currency, lines)
		if refused == nil {
			lines = append(lines, line)
			continue
		}
		bad = append(bad, BadRow{Line: i + 2, Text: strings.Join(row, "; "), Field: refused.Name, Code: refused.Code, Params: refused.Params})
	}
	return lines, bad, nil
}

// readRow reads one product, or gives the first reason why it cannot be taken.
func readRow(cell func(string) string, currency money.Currency, before []pricing.Line) (l pricing.Line, refused *fault.Field) {
	var c fault.Check
	l = pricing.Line{Product: products()[text.Fold(cell("product"))], Origin: pricing.Own, Source: input.Line(&c, "source", cell("source"), pricing.MaxSource, false)}
	if l.Product == "" {
		l.Name = input.Line(&c, "product", cell("product"), pricing.MaxName, true)
	}
	l.Price = input.Price(&c, "price", plainPrice(cell("price")), currency)
	var known bool
	if l.Per, known = times[text.Fold(cell("per"))]; !known {
		c.Refuse("per", "not_a_choice")
	}
	if l.Degressive, known = answers[text.Fold(cell("degressive"))]; !known {
		c.Refuse("degressive", "not_a_choice")
	}
	if slices.ContainsFunc(before, func(b pricing.Line) bool { return sameProduct(b, l) }) {
		c.Refuse("product", "not_unique")
	}
	if e, ok := c.Err().(*fault.Error); ok { //nolint:errorlint // Check makes no other
		return l, &e.Fields[0]
	}
	return l, nil
}

// plainPrice makes the decimal sign of a price a point: "1'234,50" and "1.234,50" are 1234.50.
func plainPrice(text string) string {
	text = strings.NewReplacer("'", "", "’", "", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	if point, comma := strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ','); comma > point {
		return strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	}
	return strings.ReplaceAll(text, ",", "")
}

func sameProduct(a, b pricing.Line) bool {
	return a.Product == b.Product && text.Fold(a.Name) == text.Fold(b.Name)
}

// Kinds of changes between two lists.
const (
	Added     = "added"
	Changed   = "changed"
	Removed   = "removed"
	Unchanged = "unchanged"
)

// Change is what becomes of one product.
type Change struct {
	Kind   string
	Line   pricing.Line
	Before pricing.Line // of what was changed
}

// compare tells what becomes of every product of two lists.
func compare(before, after []pricing.Line) []Change {
	changes := []Change{}
	for _, l := range after {
		i := slices.IndexFunc(before, func(b pricing.Line) bool { return sameProduct(b, l) })
		switch {
		case i < 0:
			changes = append(changes, Change{Kind: Added, Line: l})
		case before[i].Price != l.Price || before[i].Per != l.Per || before[i].Degressive != l.Degressive:
			changes = append(changes, Change{Changed, l, before[i]})
		default:
			changes = append(changes, Change{Unchanged, l, before[i]})
		}
	}
	for _, b := range before {
		if !slices.ContainsFunc(after, func(l pricing.Line) bool { return sameProduct(b, l) }) {
			changes = append(changes, Change{Kind: Removed, Line: b})
		}
	}
	return changes
}

// Effect is what a list would do to the quotes that are not answered yet, if they were made again with it.
type Effect struct {
	Open        int // that could change
	Count       int // that do
	Least, Most money.Amount
}

// Quotes knows what a list would do to them.
type Quotes interface {
	Effect(ctx context.Context, q sqlite.Queryer, organizationID string, book pricing.Book) (Effect, error)
}

// Preview is what taking over a file would do. Nothing is changed by it.
type Preview struct {
	Base    pricing.Book // the list that it is compared with
	Lines   []pricing.Line
	Changes []Change
	Bad     []BadRow
	Effect  Effect
}

// PreviewList compares a file with the list of its currency that applies, and tells what it would do to quotes.
// Requires access.EditPrices.
func (s *Service) PreviewList(ctx context.Context, rows [][]string, currency money.Currency, quotes Quotes) (p Preview, err error) {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return p, err
	}
	if currency, err = money.ParseCurrency(string(currency)); err != nil {
		var c fault.Check
		c.Refuse("currency", "not_a_choice")
		return p, c.Err()
	}
	if p.Lines, p.Bad, err = ReadList(rows, currency); err != nil {
		return p, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		books, err := readBooks(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		today := pricing.DateOf(s.db.Now())
		i := slices.IndexFunc(books, func(b pricing.Book) bool { return b.Currency == currency && b.HoldsOn(today) })
		if i >= 0 {
			p.Base = books[i]
		}
		p.Changes = compare(p.Base.Lines, p.Lines)
		p.Effect, err = quotes.Effect(ctx, q, actor.OrganizationID, pricing.Book{Currency: currency, Lines: p.Lines})
		return err
	})
	return p, err
}
