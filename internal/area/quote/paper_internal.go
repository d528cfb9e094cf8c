package quote

import (
	"strings"

	"kontor/internal/core/money"
	"kontor/internal/host/derivation"
	"kontor/internal/host/letter"
)

// internal is what the partner pays and keeps, with every step: a paper of its own that says on each page that it is not
// for the recipient.
func (d document) internal() letter.Internal {
	q := d.q
	in := letter.Internal{
		Language: d.Tag(), At: d.moment(), Author: d.sender, Mark: d.T("quote_internal"), Title: d.T("quote_internal_title", "number", q.Number()),
		Lead:  q.Recipient.Name + " · " + d.Day(d.made()) + " · " + d.sender,
		Notes: []string{d.T("quote_internal_note", "currency", string(q.Basis.Book.Currency)), d.list()}, Unset: d.T("ui_numbered"),
		PageOf: func(n, of int) string { return d.T("quote_paper_page", "n", n, "of", of) },
	}
	for i := range q.Basis.Scenarios {
		in.Tables = append(in.Tables, d.costs(i))
	}
	for i := range q.Basis.Scenarios {
		for j := range q.Basis.Lines {
			if q.Basis.Lines[j].Kind != Text {
				in.Tables = append(in.Tables, d.steps(i, j))
			}
		}
	}
	return in
}

// list names the price list that the quote rests on.
func (d document) list() string {
	book := d.q.Basis.Book
	text := d.T("partner_list") + ": " + string(book.Currency)
	if book.ValidFrom != 0 {
		text += ", " + d.Day(book.ValidFrom)
	}
	if book.Name != "" {
		text += ", " + book.Name
	}
	return text
}

func (d document) costs(i int) letter.InternalTable {
	r := d.q.Answer.Scenarios[i]
	t := letter.InternalTable{Columns: []letter.InternalColumn{
		{Title: d.T("partner_product"), Share: 28, Text: true},
		{Title: d.T("quote_offer"), Share: 18},
		{Title: d.T("quote_charged_short"), Share: 16},
		{Title: d.T("quote_you_keep"), Share: 14},
		{Title: d.T("quote_of_sale"), Share: 12},
		{Title: d.T("partner_col_rests"), Share: 14, Text: true},
	}}
	if len(d.q.Basis.Scenarios) > 1 {
		t.Title = d.scenario(i)
	}
	for _, g := range d.groups(r) {
		part := letter.InternalPart{Title: capital(d.period(g))}
		for _, j := range g.Lines {
			part.Rows = append(part.Rows, d.cost(i, j))
		}
		if d.q.Basis.Rules > 1 {
			part.Sum = d.costSum(g)
		}
		t.Parts = append(t.Parts, part)
	}
	return t
}

// cost is a line with what it costs; a cost that is not known stands as such and in no sum.
func (d document) cost(i, j int) letter.InternalRow {
	l, r := d.q.Basis.Lines[j], d.q.Answer.Scenarios[i].Lines[j]
	cost, known := r.Cost, r.Cost.Currency() != ""
	if d.q.Basis.Rules < 2 {
		cost, known = r.Charged, true
	}
	cells := []string{d.product(l), d.Number(r.Offer.Decimal()), d.T("quote_cost_not_known"), "–", "–", rests(r)}
	if r.By == Infomaniak {
		cells[2], cells[3] = "–", d.Number(derivation.Figure(r.Earned))
	} else if known {
		cells[2], cells[3] = d.Number(cost.Decimal()), d.Number(derivation.Figure(r.Earned))
		if share := money.Share(r.Earned, r.Offer); share != "" {
			cells[4] = d.Percent(share)
		}
	}
	return letter.InternalRow{Cells: cells, Detail: firstLine(l.Description)}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// rests are the rules on which a line's figures rest, each once.
func rests(r LineResult) string {
	ids := []string{}
	for _, s := range r.Steps {
		for id := range strings.SplitSeq(derivation.RuleIDs(s), ", ") {
			if id != "" && !strings.Contains(" "+strings.Join(ids, " ")+" ", " "+id+" ") {
				ids = append(ids, id)
			}
		}
	}
	return strings.Join(ids, ", ")
}

func (d document) costSum(g Group) []string {
	name := d.T("quote_paper_subtotal", "period", d.period(g))
	if g.Unknown > 0 {
		name += " · " + d.T("quote_cost_unknown", "n", g.Unknown)
	}
	if g.By == Infomaniak {
		return []string{name, d.Number(g.Net.Decimal()), "–", d.Number(g.Earned.Decimal()), "–", ""}
	}
	if g.Unknown == len(g.Lines) {
		return []string{name, "–", "–", "–", "–", ""}
	}
	share := "–"
	if s := money.Share(g.Earned, g.Costed); s != "" {
		share = d.Percent(s)
	}
	return []string{name, d.Number(g.Costed.Decimal()), d.Number(g.Cost.Decimal()), d.Number(g.Earned.Decimal()), share, ""}
}

// steps is every step of one line in one scenario.
func (d document) steps(i, j int) letter.InternalTable {
	title := d.T("partner_derivation") + ": " + d.product(d.q.Basis.Lines[j])
	if len(d.q.Basis.Scenarios) > 1 {
		title += ", " + d.scenario(i)
	}
	t := letter.InternalTable{Title: title, Columns: []letter.InternalColumn{
		{Title: d.T("partner_col_step"), Share: 26, Text: true},
		{Title: d.T("partner_col_calculation"), Share: 40, Text: true},
		{Title: string(d.q.Basis.Book.Currency), Share: 16},
		{Title: d.T("partner_col_rests"), Share: 16, Text: true},
	}, Parts: []letter.InternalPart{{}}}
	for _, s := range d.q.Answer.Scenarios[i].Lines[j].Steps {
		t.Parts[0].Rows = append(t.Parts[0].Rows, letter.InternalRow{Cells: []string{
			derivation.Name(d.Book, s), derivation.Calculation(d.Book, s), d.Number(s.Rounded.Decimal()), derivation.RuleIDs(s),
		}})
	}
	return t
}
