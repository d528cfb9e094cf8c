package partner

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"

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
		"currency": "partner_currency",
	}, map[string][]string{
		"product": {
			"Article", "Item", "Description", "Designation", "Service", "Articolo", "Descrizione", "Denominazione", "Servizio", "Artículo", "Descripción",
			"Denominación", "Servicio", "Désignation", "Libellé", "Prestation", "Artikel", "Bezeichnung", "Beschreibung", "Leistung", "Dienst",
		},
		"price": {
			"Price", "Prezzo", "Precio", "Prix", "Preis", "Unit price", "Price per month", "List price", "Amount", "Prezzo unitario", "Prezzo al mese",
			"Prezzo di listino", "Importo", "Precio unitario", "Precio al mes", "Precio de lista", "Importe", "Prix unitaire", "Prix unitaire HT", "Prix HT",
			"Prix par mois", "Montant", "Einzelpreis", "Stückpreis", "Preis pro Monat", "Listenpreis", "Betrag",
		},
		"per": {
			"Period", "Periodo", "Billing period", "Periodo di fatturazione", "Cadenza", "Período", "Periodicidad", "Période", "Périodicité", "Periode",
			"Abrechnungsperiode", "Turnus", "Laufzeit",
		},
		"currency":   {"Currency", "Valuta", "Divisa", "Moneda", "Devise", "Monnaie", "Währung"},
		"degressive": {"Degressive", "Decrescente", "Decreciente", "Dégressif", "Gestaffelt"}, "source": {"Fuente"},
	})
})

// products finds the products that Kontor knows by what they are called in any language.
var products = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{"web_hosting": "partner_product_web_hosting", "domain_ch": "partner_product_domain_ch"},
		map[string][]string{"web_hosting": {"web_hosting"}, "domain_ch": {"domain_ch"}})
})

// term is what the price of a file pays for: a list has prices by the month or by the year, so what is for several of them
// is divided.
type term struct {
	per pricing.Per
	by  uint64
}

// terms are what files write for a period, without what stands before it ("per", "al", "pro").
var terms = func() map[string]term {
	all := map[string]term{"": {pricing.PerMonth, 1}}
	for t, names := range map[term]string{
		{pricing.PerMonth, 1}: "month months monthly mese mensile mensual mes mois mensuel monat monatlich m 1",
		{pricing.PerMonth, 3}: "quarter quarterly trimestre trimestrale trimestral trimestriel quartal quartalsweise 3",
		{pricing.PerMonth, 6}: "semester semestre semestrale semestral semestriel halbjahr 6",
		{pricing.PerYear, 1}:  "year years yearly annual annually anno annuale annuo ano anual an annee annuel jahr jahrlich y 12",
		{pricing.PerYear, 2}:  "biennium biennial biennio biennale bienio bienal biennal 24",
		{pricing.PerYear, 3}:  "triennium triennial triennio triennale trienio trienal triennal 36",
	} {
		for name := range strings.FieldsSeq(names) {
			all[name] = t
		}
	}
	return all
}()

// termOf reads a period: "per month", "al trimestre", "2 years", "12 Monate".
func termOf(typed string) (term, bool) {
	count := uint64(1)
	found, known := term{}, false
	for word := range strings.FieldsFuncSeq(text.Fold(typed), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if n, err := strconv.ParseUint(word, 10, 8); err == nil && n > 0 {
			count = n
			continue
		}
		for _, name := range []string{word, strings.TrimSuffix(word, "s"), strings.TrimSuffix(word, "e"), strings.TrimSuffix(word, "i") + "o", strings.TrimSuffix(word, "i") + "e"} {
			if t, ok := terms[name]; ok && !known {
				found, known = t, true
			}
		}
	}
	switch {
	case known:
		found.by *= count
		if found.per == pricing.PerMonth && found.by%12 == 0 {
			found = term{pricing.PerYear, found.by / 12}
		}
		return found, true
	case text.Fold(typed) == "":
		return terms[""], true
	}
	found, known = terms[strconv.FormatUint(count, 10)]
	return found, known && count > 1
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
		{Name: "currency"},
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
	case fault.ReasonOf(err) == input.FileTooWide:
		c.Refuse("file", "too_many_columns")
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
	seen := map[string]bool{}
	for record := range r.Records {
		line, refused := readRow(record, currency, seen)
		if refused == nil {
			seen[key(line)] = true
			l.Lines = append(l.Lines, line)
		} else {
			l.Rejected = append(l.Rejected, record.Reject(*refused))
		}
	}
	return l, nil
}

// readRow reads one product, or gives the first reason why it cannot be taken.
func readRow(r input.Record, currency money.Currency, seen map[string]bool) (l pricing.Line, refused *fault.Field) {
	var c fault.Check
	if r.Fault != "" {
		return l, &fault.Field{Code: r.Fault}
	}
	cell := r.Text
	l = pricing.Line{Product: products()[text.Fold(cell("product"))], Origin: pricing.Own, Source: input.Line(&c, "source", cell("source"), pricing.MaxSource, false)}
	if l.Product == "" {
		l.Name = input.Name(&c, "product", cell("product"), pricing.MaxName, true)
	}
	if own, written := currencyOf(cell("currency")); written && own != currency { // never read as one of this list
		c.Refuse("currency", "wrong_currency", "currency", string(currency))
	}
	l.Price = input.Price(&c, "price", r.Figure(&c, "price"), currency)
	t, known := termOf(cell("per"))
	if !known {
		c.Refuse("per", "not_a_choice")
	} else if l.Per = t.per; t.by > 1 {
		each, exact := l.Price.Exact().DivRound(t.by, money.PriceDigits)
		if !exact {
			c.Refuse("per", "price_not_divisible", "by", strconv.FormatUint(t.by, 10))
		} else if l.Price.Currency() != "" {
			l.Price, _ = money.ParsePrice(each.Text(0), currency)
		}
	}
	if l.Degressive, known = answers[text.Fold(cell("degressive"))]; !known {
		c.Refuse("degressive", "not_a_choice")
	}
	if seen[key(l)] {
		c.Refuse("product", "not_unique")
	}
	if e, ok := c.Err().(*fault.Error); ok { //nolint:errorlint // Check makes no other
		return l, &e.Fields[0]
	}
	return l, nil
}

// key is by what a product is the same in two lists.
func key(l pricing.Line) string { return l.Product + "\x00" + text.Fold(l.Name) }

// currencyOf is the currency that a cell names, by its code or as people write it; an empty one names none.
func currencyOf(cell string) (c money.Currency, written bool) {
	switch name := strings.Trim(text.Fold(cell), " ."); name {
	case "":
		return "", false
	case "chf", "fr", "sfr", "francs", "franken", "franchi", "francos":
		return money.CHF, true
	case "eur", "€", "euro", "euros":
		return money.EUR, true
	default:
		return money.Currency(strings.ToUpper(name)), true
	}
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
	changes := make([]Change, 0, len(after))
	place, stays := make(map[string]int, len(before)), make(map[string]bool, len(after))
	for i, b := range before {
		place[key(b)] = i
	}
	for _, l := range after {
		i, there := place[key(l)]
		stays[key(l)] = true
		switch {
		case !there:
			changes = append(changes, Change{Kind: Added, Line: l})
		case before[i].Price != l.Price || before[i].Per != l.Per || before[i].Degressive != l.Degressive:
			changes = append(changes, Change{Changed, l, before[i]})
		default:
			changes = append(changes, Change{Unchanged, l, before[i]})
		}
	}
	for _, b := range before {
		if !stays[key(b)] {
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
	var c fault.Check
	switch fault.ReasonOf(err) {
	case input.FileEmpty:
		c.Refuse("file", "required")
	case input.FileTooWide:
		c.Refuse("file", "too_many_columns")
	default:
		return o, err
	}
	return o, c.Err()
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
