package quote

import (
	"strconv"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// lines are the lines of every scenario, one scenario after the other.
func (d document) lines() (all []offered) {
	for i := range d.q.Basis.Scenarios {
		all = append(all, d.linesOf(i)...)
	}
	return all
}

// fields are the columns of the quote for a spreadsheet: everything that is known of a line in a scenario.
func (d document) fields() []export.Field[offered] {
	q := d.q
	in := func(l offered) Scenario { return q.Basis.Scenarios[l.scenario] }
	return []export.Field[offered]{
		export.OrganizationField(d.T("organization_title"), func(offered) string { return d.sender }),
		export.TextField(d.T("quote_number"), func(offered) string { return q.Number() }),
		export.TextField(d.T("quote_recipient"), func(offered) string { return q.Recipient.Name }),
		export.TextField(d.T("quote_state"), func(offered) string { return words.Of(d.Book, "quote_state_", q.State) }),
		export.DayField(d.T("quote_valid_until"), func(offered) day.Day { return q.ValidUntil }),
		export.TextField(d.T("quote_scenario"), func(l offered) string { return d.scenario(l.scenario) }),
		export.TextField(d.T("partner_access"), func(l offered) string { return words.Of(d.Book, "partner_", in(l).Access) }),
		export.TextField(d.T("partner_means"), func(l offered) string {
			if in(l).Access != pricing.FullAccess {
				return ""
			}
			return words.Of(d.Book, "partner_means_", in(l).Means)
		}),
		export.TextField(d.T("partner_orders"), func(l offered) string { return words.Of(d.Book, "partner_the_", in(l).Orders) }),
		export.NumberField(d.T("partner_rate"), func(l offered) string { return in(l).Rate.String() }),
		export.TextField(d.T("partner_product"), func(l offered) string { return d.product(l.Line) }),
		export.TextField(d.T("partner_operation"), func(l offered) string { return d.operation(l.Operation) }),
		export.NumberField(d.T("partner_period"), func(l offered) string { return strconv.Itoa(l.Months) }),
		export.NumberField(d.T("partner_quantity"), func(l offered) string { return l.item.Pieces() }),
		export.CurrencyField(d.T("partner_currency"), func(offered) money.Currency { return q.Basis.Book.Currency }),
		export.AmountField(d.T("partner_step_public"), func(l offered) money.Amount { return l.result.Public.Rounded }),
		export.NumberField(d.T("partner_step_degressive"), func(l offered) string { return l.result.Degressive.String() }),
		export.AmountField(d.T("partner_step_public_degressive"), func(l offered) money.Amount { return l.result.OpenPrice.Rounded }),
		export.AmountField(d.T("quote_charged"), func(l offered) money.Amount { return l.result.Charged }),
		export.AmountField(d.T("quote_gain"), func(l offered) money.Amount { return l.result.Gain }),
		export.AmountField(d.T("quote_offer"), func(l offered) money.Amount { return l.result.Offer }),
		export.AmountField(d.T("quote_you_keep"), func(l offered) money.Amount { return l.result.Earned }),
		export.NumberField(d.T("quote_column_vat"), d.vatRate),
	}
}

// vatRate is the VAT that the partner adds to a line, in per cent; "" where it adds none. Its amount is no line's: VAT is
// rounded once, on all lines of a rate.
func (d document) vatRate(l offered) string {
	b := d.q.Basis
	if !b.VAT.added() || l.Kind == Text || l.result.By == Infomaniak || l.result.By == "" && d.q.Answer.Scenarios[l.scenario].Payer != pricing.Partner {
		return ""
	}
	return b.VAT.of(l.Class).String()
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
