// Package sepa writes what a QR code asks a bank's program to fill a credit transfer in with, as the European Payments
// Council describes it (EPC069-12, version 002). It promises a text that is within the limits written there, or none.
package sepa

import (
	"slices"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
)

// Reasons why there is no code.
const (
	ReasonCurrency = "epc_currency" // a SEPA credit transfer is in euros
	ReasonIBAN     = "epc_iban"     // no account is known
	ReasonCountry  = "epc_country"  // outside the European Economic Area the code needs a BIC too
	ReasonAmount   = "epc_amount"   // nothing is to be paid, or too much
)

// Limits of the standard, in characters and bytes.
const (
	maxName = 70
	maxText = 140
	maxCode = 331
)

// area are the countries of the European Economic Area.
var area = strings.Fields("AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK")

// Transfer is what somebody is asked to pay.
type Transfer struct {
	Name   string // of who is paid; cut to what fits
	IBAN   string
	Amount money.Amount
	Text   string // for the payee; cut to what fits
}

// Code is the text of the code. Errors: Invalid with a reason of this package.
func (t Transfer) Code() (string, error) {
	iban, refusal := input.ParseIBAN(t.IBAN)
	largest := money.Must(money.ParseAmount("999999999.99", money.EUR))
	switch {
	case t.Amount.Currency() != money.EUR:
		return "", fault.New(fault.Invalid, ReasonCurrency)
	case refusal != nil:
		return "", fault.New(fault.Invalid, ReasonIBAN)
	}
	account := strings.ReplaceAll(iban.Reveal(), " ", "")
	order, err := t.Amount.Cmp(largest)
	switch {
	case err != nil:
		return "", err
	case !slices.Contains(area, account[:2]):
		return "", fault.New(fault.Invalid, ReasonCountry)
	case t.Amount.Sign() <= 0, order > 0:
		return "", fault.New(fault.Invalid, ReasonAmount)
	}
	name, text := cut(t.Name, maxName), cut(t.Text, maxText)
	for {
		code := strings.Join([]string{"BCD", "002", "1", "SCT", "", name, account, "EUR" + t.Amount.Decimal(), "", "", text}, "\n")
		switch {
		case len(code) <= maxCode:
			return code, nil
		case text != "":
			text = cut(text, len([]rune(text))-1)
		default:
			name = cut(name, len([]rune(name))-1)
		}
	}
}

// cut is a line of at most so many characters.
func cut(text string, most int) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	return strings.TrimSpace(string(line[:min(len(line), most)]))
}
