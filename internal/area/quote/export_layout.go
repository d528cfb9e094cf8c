package quote

import (
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/derivation"
	"kontor/internal/host/export"
)

// layout is the quote as a document: what is to be paid, to whom, and what is not included. What the partner pays and
// keeps stands in it only where it is internal, and then it says so.
func (d document) layout() export.Document {
	q := d.q
	out := export.Document{
		Title: d.T("quote_page_title", "number", q.Number()), Language: d.Tag(), Author: d.sender,
		Lead: []string{
			d.T("quote_page_lead", "recipient", q.Recipient.Name),
			d.sender + " · " + d.Day(d.made()),
			d.T("quote_valid_until") + " " + d.Day(q.ValidUntil),
		},
		At: d.moment(), Foot: d.sender + " · " + q.Number(), Unset: d.T("ui_numbered"), Notes: d.notes(),
	}
	internal := d.format == fileInternal
	if internal {
		out.Lead = append([]string{d.T("quote_internal")}, out.Lead...)
		out.Foot += " · " + d.T("quote_internal")
	}
	for i := range q.Basis.Scenarios {
		out.Parts = append(out.Parts, d.offer(i, internal))
		for j := range q.Basis.Lines {
			if internal {
				out.Parts = append(out.Parts, d.derivation(i, j))
			}
		}
	}
	return out
}

func (d document) notes() [][2]string {
	book := d.q.Basis.Book
	list := string(book.Currency)
	if book.ValidFrom != 0 {
		list += ", " + d.Day(book.ValidFrom)
	}
	notes := [][2]string{{d.T("partner_vat"), d.vat()}}
	if len(d.q.Exclusions) > 0 {
		notes = append(notes, [2]string{d.T("quote_without"), d.exclusions()})
	}
	if d.q.Note != "" {
		notes = append(notes, [2]string{d.T("quote_note_short"), d.q.Note})
	}
	return append(notes, [2]string{d.T("partner_list"), list})
}

// offered is a line of a quote with what a scenario says of it.
type offered struct {
	Line
	scenario int
	item     Item
	result   LineResult
}

// linesOf are the lines of a scenario.
func (d document) linesOf(i int) []offered {
	list := make([]offered, 0, len(d.q.Basis.Lines))
	for j, l := range d.q.Basis.Lines {
		list = append(list, offered{l, i, d.q.Basis.Scenarios[i].Items[j], d.q.Answer.Scenarios[i].Lines[j]})
	}
	return list
}

func (d document) offer(i int, internal bool) export.Part {
	r := d.q.Answer.Scenarios[i]
	part := export.Part{
		Title: d.scenario(i), Lead: []string{words.Of(d.Book, "quote_client_pays_", r.Payer)},
		Table: export.DocumentTableOf(d.linesOf(i),
			export.TextColumn(d.T("partner_product"), 5, func(l offered) string { return d.product(l.Line) }),
			export.TextColumn(d.T("partner_operation"), 3, func(l offered) string { return d.operation(l.Operation) }),
			export.TextColumn(d.T("partner_period"), 3, func(l offered) string { return derivation.Period(d.Book, l.Months) }),
			export.FigureColumn(d.T("partner_quantity"), 1.6, func(l offered) string { return d.Number(l.item.Decimal()) }),
			export.FigureColumn(string(d.q.Basis.Book.Currency), 2.4, func(l offered) string { return d.Number(derivation.Figure(l.result.Offer)) }),
		),
		Sums: d.sums(r),
	}
	if d.q.Accepted == i+1 {
		part.Title += " · " + d.T("quote_state_accepted")
	}
	if internal {
		kept := r.Start
		if d.q.Basis.Rules > 1 {
			kept = r.Year
		}
		part.Sums = append(part.Sums, [2]string{d.T("quote_charged"), d.Money(kept.Charged)},
			[2]string{words.Of(d.Book, "partner_", r.Outcome), d.Money(kept.Gain)}, [2]string{d.T("quote_you_keep"), d.Money(kept.Earned)})
	}
	return part
}

// sums are what a scenario comes to: by version 1 the first invoices of all lines, from version 2 on each period for itself.
func (d document) sums(r Result) [][2]string {
	if d.q.Basis.Rules < 2 {
		return [][2]string{
			{d.T("quote_first_invoice"), d.Money(r.Start.Offer)},
			{d.T("partner_vat") + ": " + d.vat(), d.Money(r.VAT)},
			{d.T("quote_total"), d.Money(r.Total)},
			{d.T("quote_year"), d.Money(r.Year.Offer)},
		}
	}
	list := [][2]string{}
	for _, g := range r.Groups {
		list = append(list, [2]string{derivation.Period(d.Book, g.Months), d.Money(g.Net)})
		for _, v := range g.VAT {
			list = append(list, [2]string{d.T("partner_vat") + " " + d.Percent(v.Rate.String()), d.Money(v.VAT)})
		}
		if len(g.VAT) > 0 {
			list = append(list, [2]string{d.T("quote_total"), d.Money(g.Total)})
		}
	}
	for _, f := range r.First {
		list = append(list, [2]string{d.T("quote_first_twelve"), d.Money(f.Total)})
	}
	return list
}

// derivation is every step of one line in one scenario.
func (d document) derivation(i, j int) export.Part {
	return export.Part{
		Title: d.T("partner_derivation") + ": " + d.product(d.q.Basis.Lines[j]) + ", " + d.scenario(i),
		Table: export.DocumentTableOf(d.q.Answer.Scenarios[i].Lines[j].Steps,
			export.TextColumn(d.T("partner_col_step"), 3, func(s pricing.Step) string { return derivation.Name(d.Book, s) }),
			export.TextColumn(d.T("partner_col_calculation"), 5, func(s pricing.Step) string { return derivation.Calculation(d.Book, s) }),
			export.FigureColumn(string(d.q.Basis.Book.Currency), 2, func(s pricing.Step) string { return d.Number(s.Rounded.Decimal()) }),
			export.TextColumn(d.T("partner_col_rests"), 2, derivation.RuleIDs),
		),
	}
}
