package app

import (
	"strconv"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/export"
)

// paper is the quote as its recipient reads it: what is to be paid, to whom, and what is not included. What the partner
// pays and keeps stands in it only with Steps.
func (p quotePrinter) paper() export.Paper {
	q := p.q
	made := q.Created
	if !q.SentAt.IsZero() {
		made = q.SentAt
	}
	paper := export.Paper{
		Title: p.with("quote_page_title", "number", q.Number()),
		Lead: []string{
			p.with("quote_page_lead", "recipient", q.Recipient.Name),
			p.sender + " · " + p.day(made),
			p.word("quote_valid_until") + " " + p.day(q.ValidUntil.Time()),
		},
		At: made, Foot: p.sender + " · " + q.Number(), Unset: p.word("quote_unset"), Notes: p.notes(),
	}
	for i := range q.Basis.Scenarios {
		paper.Parts = append(paper.Parts, p.offer(i))
		if p.sheet.Steps {
			for j := range q.Basis.Lines {
				paper.Parts = append(paper.Parts, p.derivation(i, j))
			}
		}
	}
	return paper
}

func (p quotePrinter) notes() [][2]string {
	book := p.q.Basis.Book
	list := string(book.Currency)
	if from, err := day.Parse(string(book.ValidFrom)); err == nil {
		list += ", " + p.day(from.Time())
	}
	notes := [][2]string{{p.word("partner_vat"), p.vat()}}
	if len(p.q.Exclusions) > 0 {
		notes = append(notes, [2]string{p.word("quote_without"), p.exclusions()})
	}
	if p.q.Note != "" {
		notes = append(notes, [2]string{p.word("quote_note_short"), p.q.Note})
	}
	return append(notes, [2]string{p.word("partner_list"), list})
}

func (p quotePrinter) offer(i int) export.Part {
	r := p.q.Answer.Scenarios[i]
	part := export.Part{
		Title: p.scenario(i), Lead: []string{p.word("quote_client_pays_" + string(r.Payer))},
		Columns: []export.Column{
			{Title: p.word("partner_product"), Width: 5},
			{Title: p.word("partner_operation"), Width: 3},
			{Title: p.word("partner_quantity"), Width: 1.6, Right: true},
			{Title: p.word("partner_period"), Width: 3},
			{Title: string(p.q.Basis.Book.Currency), Width: 2.4, Right: true},
		},
		Sums: [][2]string{
			{p.word("quote_first_invoice"), p.money(r.Start.Offer)},
			{p.word("partner_vat") + ": " + p.vat(), p.money(r.VAT)},
			{p.word("quote_total"), p.money(r.Total)},
			{p.word("quote_year"), p.money(r.Year.Offer)},
		},
	}
	if p.q.Accepted == i+1 {
		part.Title += " · " + p.word("quote_state_accepted")
	}
	for j, l := range p.q.Basis.Lines {
		part.Rows = append(part.Rows, []string{
			p.product(l.Article), p.operation(l.Operation), p.period(l.Months),
			p.figures.Write(strconv.FormatInt(p.q.Basis.Scenarios[i].Items[j].Quantity, 10)), p.figures.Write(r.Lines[j].Offer.Decimal()),
		})
	}
	if p.sheet.Steps {
		part.Sums = append(part.Sums, [2]string{p.word("quote_charged"), p.money(r.Start.Charged)},
			[2]string{p.word("partner_" + string(r.Outcome)), p.money(r.Start.Gain)}, [2]string{p.word("quote_you_keep"), p.money(r.Start.Earned)})
	}
	return part
}

// derivation is every step of one line in one scenario.
func (p quotePrinter) derivation(i, j int) export.Part {
	part := export.Part{
		Title: p.word("partner_derivation") + ": " + p.product(p.q.Basis.Lines[j].Article) + ", " + p.scenario(i),
		Columns: []export.Column{
			{Title: p.word("partner_col_step"), Width: 3},
			{Title: p.word("partner_col_calculation"), Width: 5},
			{Title: string(p.q.Basis.Book.Currency), Width: 2, Right: true},
			{Title: p.word("partner_col_rests"), Width: 2},
		},
	}
	for _, s := range p.q.Answer.Scenarios[i].Lines[j].Steps {
		part.Rows = append(part.Rows, []string{p.word("partner_step_" + string(s.Kind)), p.calculation(s), string(s.Rule), p.figures.Write(s.Rounded.Decimal())})
	}
	return part
}

// calculation is a step as it is written by hand: 347.20 × (1 − 0.20).
func (p quotePrinter) calculation(s pricing.Step) string {
	o := make([]string, len(s.Operands))
	for i, operand := range s.Operands {
		o[i] = p.figures.Write(operand)
	}
	join := func(sign string, parts []string) (text string) {
		for i, part := range parts {
			if i > 0 {
				text += " " + sign + " "
			}
			text += part
		}
		return text
	}
	switch s.Formula {
	case pricing.Product:
		return join("×", o)
	case pricing.Less:
		return o[0] + " × (1 − " + o[1] + ")"
	case pricing.Difference:
		return join("−", o)
	case pricing.Sum:
		return join("+", o)
	case pricing.Shares:
		parts := []string{}
		for i := 1; i+1 < len(o)-1; i += 2 {
			parts = append(parts, o[i]+" × "+o[i+1])
		}
		return o[0] + " × (" + join("+", parts) + ") ÷ " + o[len(o)-1]
	case pricing.Rounding:
	}
	return p.word("partner_rounding_note")
}

func (p quotePrinter) money(a money.Amount) string {
	return string(a.Currency()) + " " + p.figures.Write(a.Decimal())
}

// head and rows are the quote as a sheet: a row for each line in each scenario, everything that is known of it.
func (p quotePrinter) head() []export.Cell {
	cells := []export.Cell{}
	for _, key := range []string{
		"quote_number", "quote_recipient", "quote_state", "quote_valid_until", "quote_scenario", "partner_access", "partner_means", "partner_orders",
		"partner_rate", "partner_product", "partner_operation", "partner_period", "partner_quantity", "partner_currency", "partner_step_public",
		"partner_step_degressive", "partner_step_public_degressive", "quote_charged", "quote_gain", "quote_offer", "quote_you_keep",
	} {
		cells = append(cells, export.Text(p.word(key)))
	}
	return cells
}

func (p quotePrinter) rows(out export.Table) error {
	q := p.q
	for i, s := range q.Basis.Scenarios {
		means := ""
		if s.Access == pricing.FullAccess {
			means = p.word("partner_means_" + string(s.Means))
		}
		for j, l := range q.Basis.Lines {
			r := q.Answer.Scenarios[i].Lines[j]
			out.Row(
				export.Text(q.Number()), export.Text(q.Recipient.Name), export.Text(p.word("quote_state_"+string(q.State))), export.Date(q.ValidUntil.Time()),
				export.Text(p.scenario(i)), export.Text(p.word("partner_"+string(s.Access))), export.Text(means), export.Text(p.word("partner_the_"+string(s.Orders))),
				export.Number(s.Rate.String()), export.Text(p.product(l.Article)), export.Text(p.operation(l.Operation)), export.Number(strconv.Itoa(l.Months)),
				export.Number(strconv.FormatInt(s.Items[j].Quantity, 10)), export.Text(string(q.Basis.Book.Currency)), export.Number(r.Public.Rounded.Decimal()),
				export.Number(r.Degressive.String()), export.Number(r.OpenPrice.Rounded.Decimal()), export.Number(r.Charged.Decimal()), export.Number(amount(r.Gain)),
				export.Number(r.Offer.Decimal()), export.Number(r.Earned.Decimal()),
			)
		}
	}
	return out.Flush()
}
