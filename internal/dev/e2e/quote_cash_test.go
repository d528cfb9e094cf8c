//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// Twelve months of two scenarios: what differs, from when one is ahead, and nothing larger where both are equal.
func TestWhereAQuoteBreaksEven(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Press("g")
	w.Press("q")
	w.Heading("Quotes").Visible()
	w.Link("2026-0004").Click()
	w.See("Twelve months")
	w.See("Fee, days and units held elsewhere do not tell them apart")
	months := w.Find("region", "Twelve months")
	w.Script(nil, `[...document.querySelectorAll("main .panel")].find((one) => one.textContent.includes("Twelve months")).scrollIntoView()`)
	w.Axe()
	w.Screenshot("quote-even-light")
	months.Find("field", "Days until the cashback").Fill("200")
	w.See("At most 180.")
	months.Find("field", "Days until the cashback").Fill("60")
	w.Gone("At most 180.")
	w.Gone("do not tell them apart")
	months.Find("field", "Payout of the prepaid balance").Click()
	w.Find("option", "every three months").Click()
	months.Find("field", "Fee of a payout in CHF").Fill("5")
	w.See("Break-even at a fee of about")
	w.Screenshot("quote-even-fee-light")
	months.Find("field", "Scenario").Click()
	w.Find("option", "Scenario 2").Click()
	w.See("Paid out to the bank")
	w.Axe()
	w.Screenshot("quote-even-paid-light")
}
