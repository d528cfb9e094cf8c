package partner

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
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

// ListLimits are what the file of a price list may bring.
var ListLimits = input.Limits{Bytes: 8 << 20, Rows: pricing.MaxLines + 100, Columns: 100, Cell: 4096}

// ListSchema are the columns of a price list in a currency.
func ListSchema(currency money.Currency) input.Schema {
	return input.Schema{
		{Name: "product", Required: true},
		{Name: "price", Required: true, Holds: input.Numbers, Unit: input.Unit{Currency: currency}},
		{Name: "per"},
		{Name: "degressive"},
		{Name: "source"},
	}.Titled(headings())
}

// listExample is a file that ReadList takes as it stands.
func listExample(b *words.Book) [][]string {
	return [][]string{
		{b.T("partner_product"), b.T("partner_price_of_one"), b.T("partner_per"), b.T("partner_step_degressive"), b.T("partner_source")},
		{b.T("partner_product_web_hosting"), b.Number("9.92"), b.T("partner_month"), "x", "infomaniak.com"},
		{b.T("partner_product_domain_ch"), b.Number("11.50"), b.T("partner_year"), "", "infomaniak.com"},
	}
}

// List is what a file of prices says.
type List struct {
	Lines     []pricing.Line
	Rejected  []input.Rejected // rows that were set aside
	Questions []input.Question // that have to be answered before all prices can be read
	Table     input.Table
}

// ReadList reads the rows of a file as a price list: headings, then one product a row. What cannot be read is set aside;
// so is a price whose mark has two meanings until the mapping answers the question (see input.Question). A nil mapping
// is the one that the headings suggest.
// Errors: Invalid "file" if the headings lack product or price, or there are too many rows.
func ReadList(rows []input.Row, currency money.Currency, m *input.Mapping) (List, error) {
	var c fault.Check
	r, err := input.Open(rows, ListSchema(currency), m)
	switch {
	case fault.ReasonOf(err) == input.FileEmpty:
		c.Refuse("file", "required")
	case err != nil && m == nil:
		c.Refuse("file", "list_headings")
	case err != nil:
		return List{}, err
	case len(r.Table().Rows) > pricing.MaxLines:
		c.Refuse("file", "too_many", "max", fmt.Sprint(pricing.MaxLines))
	}
	if err := c.Err(); err != nil {
		return List{}, err
	}
	l := List{Rejected: []input.Rejected{}, Questions: r.Questions(), Table: r.Table()}
	for record := range r.Records {
		line, refused := readRow(record, currency, l.Lines)
		if refused == nil {
			l.Lines = append(l.Lines, line)
		} else {
			l.Rejected = append(l.Rejected, record.Reject(*refused))
		}
	}
	return l, nil
}

// readRow reads one product, or gives the first reason why it cannot be taken.
func readRow(r input.Record, currency money.Currency, before []pricing.Line) (l pricing.Line, refused *fault.Field) {
	var c fault.Check
	if r.Fault != "" {
		return l, &fault.Field{Code: r.Fault}
	}
	cell := r.Text
	l = pricing.Line{Product: products()[text.Fold(cell("product"))], Origin: pricing.Own, Source: input.Line(&c, "source", cell("source"), pricing.MaxSource, false)}
	if l.Product == "" {
		l.Name = input.Name(&c, "product", cell("product"), pricing.MaxName, true)
	}
	l.Price = input.Price(&c, "price", r.Figure(&c, "price"), currency)
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

// Quotes knows what is offered with these prices.
type Quotes interface {
	// Effect is what a list would do to the quotes that are not answered yet.
	Effect(ctx context.Context, q sqlite.Queryer, organizationID string, book pricing.Book) (Effect, error)
	// AcceptedSince is what the quotes come to in a year that were accepted since a day.
	AcceptedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]Charge, error)
	// Any tells whether there is a quote that the actor may see.
	Any(ctx context.Context) (bool, error)
}

// Preview is what taking over a file would do. Nothing is changed by it.
type Preview struct {
	List
	Base    pricing.Book // the list that it is compared with
	Changes []Change
	Effect  Effect
}

// OutlineList looks at a file before it is taken as a price list: what its columns mean, and what has to be asked; a nil
// mapping is the one that the headings suggest. Requires access.EditPrices.
func (s *Service) OutlineList(ctx context.Context, file []byte, currency money.Currency, m *input.Mapping) (input.Outline, error) {
	if _, err := access.Require(ctx, access.EditPrices); err != nil {
		return input.Outline{}, err
	}
	rows, err := listRows(file)
	if err != nil {
		return input.Outline{}, err
	}
	o, err := input.NewOutline(rows, ListSchema(currency), m)
	if fault.ReasonOf(err) == input.FileEmpty {
		var c fault.Check
		c.Refuse("file", "required")
		err = c.Err()
	}
	return o, err
}

// listRows reads a file. Errors: Invalid "file".
func listRows(file []byte) ([]input.Row, error) {
	rows, err := export.Read(file, ListLimits)
	if err != nil {
		var c fault.Check
		c.Refuse("file", "not_a_table")
		return nil, c.Err()
	}
	return rows, nil
}

// PreviewList compares a file (CSV or XLSX) with the list of its currency that applies, and tells what it would do to
// quotes. Requires access.EditPrices.
func (s *Service) PreviewList(ctx context.Context, file []byte, currency money.Currency, m *input.Mapping) (p Preview, err error) {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return p, err
	}
	rows, err := listRows(file)
	if err != nil {
		return p, err
	}
	if currency, err = money.ParseCurrency(string(currency)); err != nil {
		var c fault.Check
		c.Refuse("currency", "not_a_choice")
		return p, c.Err()
	}
	if p.List, err = ReadList(rows, currency, m); err != nil {
		return p, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		books, err := readBooks(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		today := s.today(ctx)
		if b, found := offered(books, currency, today); found && b.HoldsOn(today) {
			p.Base = b
		}
		p.Changes = compare(p.Base.Lines, p.Lines)
		p.Effect, err = s.quotes.Effect(ctx, q, actor.OrganizationID, pricing.Book{Currency: currency, Lines: p.Lines})
		return err
	})
	return p, err
}
