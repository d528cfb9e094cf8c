package partner

import (
	"bytes"
	"fmt"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/derivation"
	"kontor/internal/host/export"
)

// simulationFile is an answer as a file: one row per step, in the words and figures of a locale.
type simulationFile struct {
	answer Answer
	book   *words.Book
	today  day.Day
	owner  string // the name of the organization that asked
}

func newSimulationFile(a Answer, owner, locale string, today day.Day) simulationFile {
	return simulationFile{a, words.For(words.Parse(locale)), today, owner}
}

func (f simulationFile) dialog() bridge.SaveDialog {
	return bridge.SaveDialog{
		Title: f.book.T("partner_export"), Filter: "CSV", Ending: "csv",
		Name: fmt.Sprintf("%s-%d-%s-%s.csv", f.book.T("partner_file"), f.answer.Input.Quantity, f.answer.Book.Currency, f.today),
	}
}

func (f simulationFile) csv() ([]byte, error) {
	b := f.book
	lead := []string{fmt.Sprintf("%d × %s", f.answer.Input.Quantity, derivation.Product(b, f.answer.Input.Line)), b.T("partner_excl_vat")}
	var out bytes.Buffer
	err := export.WriteCSV(&out, export.For(b.Locale), lead, f.answer.Result.Steps,
		export.TextField(b.T("partner_col_step"), func(s pricing.Step) string { return derivation.Name(b, s) }),
		export.TextField(b.T("partner_col_calculation"), func(s pricing.Step) string { return derivation.Calculation(b, s) }),
		export.NumberField(b.T("partner_col_exact"), func(s pricing.Step) string { return s.Exact }),
		export.AmountField(b.T("partner_col_rounded"), func(s pricing.Step) money.Amount { return s.Rounded }),
		export.CurrencyField(b.T("partner_currency"), func(s pricing.Step) money.Currency { return s.Rounded.Currency() }),
		export.OrganizationField(b.T("organization_title"), func(pricing.Step) string { return f.owner }),
		export.TextField(b.T("partner_col_rests"), func(s pricing.Step) string {
			text := derivation.RuleIDs(s)
			for _, r := range derivation.Rules(s) {
				text += " " + derivation.Sentence(b, r)
			}
			return text
		}),
	)
	return out.Bytes(), err
}
