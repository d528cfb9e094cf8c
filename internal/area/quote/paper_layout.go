package quote

import (
	"cmp"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/vat"
	"kontor/internal/core/words"
	"kontor/internal/host/derivation"
	"kontor/internal/host/letter"
)

// letter is the quote as the recipient gets it: what is to be paid, when, to whom, and what is not included. What the
// partner pays and keeps stands nowhere in it.
func (d document) letter() letter.Letter {
	q, p := d.q, d.paper
	number := q.Number()
	l := letter.Letter{
		Language: d.Tag(), At: d.moment(), Head: headOf(p.Head), Address: p.Address, Small: p.Small,
		Title: d.T("quote_page_title", "number", number), Subject: p.Texts.Subject, Running: q.Recipient.Name + " · " + d.Day(d.made()),
		Facts: d.facts(), Closing: closing(p.Texts.Closing, p.Texts.Contact, p.Head.Name), Unset: d.T("ui_numbered"),
		PageOf: func(n, of int) string { return d.T("quote_paper_page", "n", n, "of", of) },
		Terms:  letter.Terms{Title: d.T("quote_conditions"), List: d.conditions()},
		Accept: letter.Accept{
			Title: d.T("quote_paper_accept"), Text: d.T("quote_paper_accept_text", "number", number, "date", d.Day(d.made())),
			Fields: [3]string{d.T("quote_paper_accept_place"), d.T("quote_paper_accept_name"), d.T("quote_paper_accept_signature")},
		},
	}
	for _, text := range []string{p.Texts.Salutation, d.fill(p.Texts.Intro)} {
		if text != "" {
			l.Opening = append(l.Opening, text)
		}
	}
	for i := range q.Basis.Scenarios {
		l.Offers = append(l.Offers, d.variant(i))
		if len(q.Basis.Scenarios) > 1 && q.Accepted == 0 {
			l.Accept.Choices = append(l.Accept.Choices, d.option(i))
		}
	}
	return l
}

func headOf(h Letterhead) letter.Head {
	accent, err := strconv.ParseUint(strings.TrimPrefix(h.Accent, "#"), 16, 24)
	if err != nil {
		accent = 0x0b4d66
	}
	return letter.Head{
		Name: h.Name, Lines: h.Lines, Sender: h.Sender, Footer: h.Footer, Right: h.Right, Logo: letter.Logo{PNG: h.Logo, Width: h.Width, Height: h.Height},
		Accent: color.NRGBA{uint8(accent >> 16), uint8(accent >> 8), uint8(accent), 0xff}, //nolint:gosec // each a byte of it
	}
}

func closing(text, contact, name string) []string {
	list := []string{}
	for _, line := range []string{text, contact, name} {
		if line != "" {
			list = append(list, line)
		}
	}
	return list
}

// fill writes the day and the term into a standard text.
func (d document) fill(text string) string {
	return strings.NewReplacer("{valid}", d.Day(d.q.ValidUntil), "{number}", d.q.Number()).Replace(text)
}

func (d document) facts() [][2]string {
	facts := [][2]string{{d.T("quote_number"), d.q.Number()}, {d.T("quote_paper_date"), d.Day(d.made())}, {d.T("quote_valid_until"), d.Day(d.q.ValidUntil)}}
	for _, f := range [][2]string{{d.T("quote_paper_customer"), d.paper.Customer}, {d.T("quote_paper_contact"), d.paper.Texts.Contact}} {
		if f[1] != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func (d document) conditions() [][2]string {
	t := d.paper.Texts
	excluded := []string{}
	if names := d.exclusions(); names != "" {
		excluded = append(excluded, names)
	}
	if text := d.fill(t.Excluded); text != "" {
		excluded = append(excluded, text)
	}
	list := [][2]string{}
	for _, c := range [][2]string{
		{d.T("quote_paper_payment"), d.fill(t.Payment)},
		{d.T("quote_paper_validity"), d.fill(t.Validity)},
		{d.T("quote_paper_duration"), d.fill(t.Duration)},
		{d.T("quote_without"), strings.Join(excluded, "\n")},
		{d.T("quote_note_short"), d.q.Note},
	} {
		if c[1] != "" {
			list = append(list, c)
		}
	}
	return list
}

// option is what a scenario is called on paper.
func (d document) option(i int) string {
	if name := d.q.Basis.Scenarios[i].Name; name != "" {
		return name
	}
	return d.T("quote_paper_variant", "n", i+1)
}

// variant is one scenario as the recipient reads it.
func (d document) variant(i int) letter.Offer {
	q, r := d.q, d.q.Answer.Scenarios[i]
	o := letter.Offer{
		Columns: [5]string{d.T("quote_paper_item"), d.T("partner_quantity"), d.T("quote_paper_price"), d.T("quote_paper_discount"), string(q.Basis.Book.Currency)},
		Bare:    !slices.ContainsFunc(q.Basis.Lines, func(l Line) bool { return l.Discount != nil && l.Discount.Shown }),
	}
	if len(q.Basis.Scenarios) > 1 {
		o.Title = d.option(i)
		if q.Accepted == i+1 {
			o.Title += " · " + d.T("quote_state_accepted")
		}
	}
	for _, g := range d.groups(r) {
		o.Parts = append(o.Parts, d.part(i, g))
	}
	if texts := d.texts(); len(texts.Rows) > 0 {
		o.Parts = append(o.Parts, texts)
	}
	d.sums(&o, r)
	return o
}

// groups are the parts of a scenario. A quote by rules version 1 has no sums of its own by period: its lines are put
// together as they fall due, before VAT.
func (d document) groups(r Result) []Group {
	if d.q.Basis.Rules > 1 {
		return r.Groups
	}
	by := Infomaniak
	if r.Payer == pricing.Partner {
		by = Partner
	}
	list := []Group{}
	for _, months := range groupMonths(d.q.Basis.Lines) {
		g := Group{By: by, Months: months, Times: times(months)}
		s := summing{currency: d.q.Basis.Book.Currency}
		g.Net = s.zero()
		for j, l := range d.q.Basis.Lines {
			if l.Months == months {
				g.Lines = append(g.Lines, j)
				s.add(&g.Net, r.Lines[j].Offer)
			}
		}
		list = append(list, g)
	}
	return list
}

// period names a part: once, or how often.
func (d document) period(g Group) string {
	name := derivation.Period(d.Book, g.Months)
	if g.By == Infomaniak {
		return d.T("quote_by_infomaniak", "period", name)
	}
	return name
}

func capital(text string) string {
	for i, r := range text {
		if i > 0 {
			return strings.ToUpper(text[:i]) + text[i:]
		}
		_ = r
	}
	return strings.ToUpper(text)
}

func (d document) part(i int, g Group) letter.Part {
	part := letter.Part{Title: capital(d.period(g))}
	for _, j := range g.Lines {
		part.Rows = append(part.Rows, d.row(i, j))
	}
	if g.Discount.Currency() != "" && g.Discount.Sign() != 0 && d.q.Basis.Discount != nil {
		part.Sums = append(part.Sums, letter.Sum{
			Name: d.T("quote_whole_discount", "rate", d.Percent(d.q.Basis.Discount.Rate.String())), Amount: "– " + d.Number(g.Discount.Decimal()),
		})
	}
	part.Sums = append(part.Sums, letter.Sum{Name: d.T("quote_paper_subtotal", "period", d.period(g)), Amount: d.Number(g.Net.Decimal())})
	return part
}

// row is a line as the recipient reads it: a discount that is not to be shown stands in the price alone.
func (d document) row(i, j int) letter.Row {
	l, item, r := d.q.Basis.Lines[j], d.q.Basis.Scenarios[i].Items[j], d.q.Answer.Scenarios[i].Lines[j]
	row := letter.Row{
		Item: d.product(l), Detail: l.Description, Quantity: d.quantity(l, item), Amount: d.Number(r.Offer.Decimal()),
	}
	taken := l.Discount != nil && r.By != Infomaniak // what Infomaniak charges has no discount of the partner's
	shown := taken && l.Discount.Shown
	switch {
	case r.Each != "" && (!taken || shown):
		row.Price = d.Number(r.Each)
	case r.Each != "" && r.EachExact:
		if each, err := money.ParsePrice(r.Each, r.Offer.Currency()); err == nil {
			row.Price = d.Number(each.Exact().MulFactor(l.Discount.Rate.Rest()).Text(2))
		}
	case item.Own != nil:
		row.Price = d.Number(item.Own.Decimal())
	}
	if shown {
		row.Discount = "– " + d.Percent(l.Discount.Rate.String())
	}
	return row
}

// quantity is how much of a line there is, with its unit.
func (d document) quantity(l Line, item Item) string {
	unit := l.Unit
	if unit == "" {
		unit = PerPiece
	}
	if n := item.Pieces(); n != "1" {
		return words.Of(d.Book, "quote_paper_unit_", unit, "n", d.Number(n))
	}
	return words.Of(d.Book, "quote_paper_one_", unit, "n", d.Number("1"))
}

// texts are the lines without a price.
func (d document) texts() letter.Part {
	part := letter.Part{Title: d.T("quote_paper_remarks")}
	for _, l := range d.q.Basis.Lines {
		if l.Kind == Text {
			part.Rows = append(part.Rows, letter.Row{Detail: l.Description})
		}
	}
	return part
}

// sums are what each part comes to, with VAT by rate. Parts stand beside one another; only the figure for the first twelve
// months adds them up, and says how.
func (d document) sums(o *letter.Offer, r Result) {
	if d.q.Basis.Rules < 2 {
		o.Notes = []string{
			d.T("quote_first_invoice") + ": " + d.Money(r.Start.Offer) + " · " + d.vat() + ": " + d.Money(r.VAT) + " · " + d.T("quote_total") + ": " + d.Money(r.Total),
			d.T("quote_year") + ": " + d.Money(r.Year.Offer),
		}
		return
	}
	rates := ratesOf(r.Groups)
	currency := string(d.q.Basis.Book.Currency)
	o.Summary = letter.Summary{Title: d.T("quote_paper_summary"), Columns: []string{"", d.T("quote_paper_net")}}
	for _, rate := range rates {
		o.Summary.Columns = append(o.Summary.Columns, d.T("partner_vat")+" "+d.Percent(rate))
	}
	o.Summary.Columns = append(o.Summary.Columns, d.T("quote_total")+" "+currency)
	for _, g := range r.Groups {
		row := []string{capital(d.period(g)), d.Number(g.Net.Decimal())}
		for _, rate := range rates {
			cell := "–"
			for _, v := range g.VAT {
				if v.Rate.String() == rate {
					cell = d.Number(v.VAT.Decimal())
				}
			}
			row = append(row, cell)
		}
		o.Summary.Rows = append(o.Summary.Rows, append(row, d.Number(g.Total.Decimal())))
	}
	for _, f := range r.First {
		name := d.T("quote_first_twelve")
		switch {
		case f.By == Infomaniak:
			name = d.T("quote_first_twelve_direct")
		case d.q.Basis.VAT.added():
			name = d.T("quote_first_twelve_vat")
		}
		figure := letter.Figure{Name: name, Detail: d.added(r.Groups, f.By), Amount: d.Money(f.Total)}
		if o.First.Amount == "" {
			o.First = figure
		} else {
			o.Notes = append(o.Notes, figure.Name+": "+figure.Amount+" ("+figure.Detail+")")
		}
	}
	if slices.ContainsFunc(r.Groups, func(g Group) bool { return g.By == Infomaniak }) {
		o.Notes = append(o.Notes, d.T("quote_vat_infomaniak"))
	}
	if !d.q.Basis.VAT.added() && slices.ContainsFunc(r.Groups, func(g Group) bool { return g.By == Partner }) {
		o.Notes = append(o.Notes, d.untaxed())
	}
}

// untaxed is the sentence that a quote needs on which no VAT is added.
func (d document) untaxed() string {
	switch {
	case d.paper.Sentence != "":
		return words.Of(d.Book, "client_tax_says_", vat.Sentence(d.paper.Sentence))
	case d.q.Basis.VAT.Kind == pricing.ReverseCharge:
		return d.T("quote_paper_vat_reverse")
	}
	return d.T("quote_paper_vat_none")
}

// ratesOf are the rates of VAT that occur, the highest first.
func ratesOf(groups []Group) (rates []string) {
	found := []VATSum{}
	for _, g := range groups {
		for _, v := range g.VAT {
			if !slices.ContainsFunc(found, func(o VATSum) bool { return o.Rate == v.Rate }) {
				found = append(found, v)
			}
		}
	}
	slices.SortFunc(found, func(a, b VATSum) int { return cmp.Compare(b.Rate.Part(), a.Rate.Part()) })
	for _, v := range found {
		rates = append(rates, v.Rate.String())
	}
	return rates
}

// added says how often each part is in the first twelve months.
func (d document) added(groups []Group, by Biller) string {
	list := []string{}
	for _, g := range groups {
		if g.By != by {
			continue
		}
		name := derivation.Period(d.Book, g.Months)
		if g.Months != Once {
			name = strconv.FormatInt(g.Times, 10) + " × " + name
		}
		list = append(list, name)
	}
	return strings.Join(list, " + ")
}

// left tells which exclusions the paper names: none that a line contradicts.
func (q Quote) left() (kept, contradicted []Exclusion) {
	for _, e := range q.Exclusions {
		if q.quotes(e) {
			contradicted = append(contradicted, e)
		} else {
			kept = append(kept, e)
		}
	}
	return kept, contradicted
}

// quotes tells whether the quote has in its lines what an exclusion leaves out.
func (q Quote) quotes(e Exclusion) bool {
	switch e {
	case WithoutVAT:
		return q.Basis.VAT.added()
	case WithoutDomains:
		return slices.ContainsFunc(q.Basis.Lines, func(l Line) bool { return l.Kind != Text && l.Category() == pricing.Domain })
	case WithoutSetup, WithoutMigration, WithoutSupport:
	}
	for _, language := range Languages {
		w := words.For(words.In(language, ""))
		called := w.T("quote_without_words_setup")
		switch e {
		case WithoutMigration:
			called = w.T("quote_without_words_migration")
		case WithoutSupport:
			called = w.T("quote_without_words_support")
		case WithoutVAT, WithoutDomains, WithoutSetup:
		}
		for word := range strings.FieldsSeq(called) {
			if slices.ContainsFunc(q.Basis.Lines, func(l Line) bool { return mentions(l.Article.Name, word) }) {
				return true
			}
		}
	}
	return false
}
