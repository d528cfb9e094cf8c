package pricing

import "kontor/internal/core/money"

// OpenPrice is what the public pays for a line, with every digit, and the step that leads to it from the list price.
// Errors: Invalid with the refused fields.
func OpenPrice(in Input) (money.Exact, Step, error) {
	if err := in.Validate(); err != nil {
		return money.Exact{}, Step{}, err
	}
	d := derivation{in: in, currency: in.Line.Price.Currency()}
	d.figures()
	d.degressive(StepOpenPrice, d.result.Public.Exact, d.result.OpenPrice)
	return d.open, d.result.Steps[0], d.err
}
