//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// What the programme asks for, the price lists with validity, source and author, and VAT by day: seen, and changed.
func TestPriceListsAndTerms(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Link("Partner").Click()
	w.Link("Price lists and terms").Click()
	w.Heading("Price lists and terms").Visible()
	w.See("Volume managed in a year")
	w.See("Autumn offer")
	w.See("Elena Bernasconi")
	w.Axe()
	w.Screenshot("partner-terms-light")
	w.Resize(1280, 1200)
	w.Screenshot("partner-terms-whole-light")
	w.Resize(1280, 800)

	w.Button("Edit programme and payouts").Click()
	dialog := w.Dialog("Programme and payouts")
	w.Axe()
	w.Screenshot("partner-programme-light")
	dialog.Find("field", "Volume a year in CHF").Fill("much")
	dialog.Find("button", "Save").Click()
	w.See("Not a number: “much”")
	dialog.Find("field", "Volume a year in CHF").Fill("12000")
	dialog.Find("field", "Fee of a payout in CHF").Fill("2.50")
	dialog.Find("button", "Save").Click()
	w.See("Programme saved")
	w.See("CHF 12,000.00")
	w.See("The thresholds are your own")

	w.Button("Edit the rates").Click()
	dialog = w.Dialog("Swiss VAT")
	w.Axe()
	w.Screenshot("partner-vat-light")
	dialog.Find("button", "Add a rate").Click()
	w.Button("Remove Rate 3").Visible()
	dialog.Find("field", "Rate").Nth(3).Fill("8.8")
	dialog.Find("field", "Source").Nth(3).Fill("Bill of 2026")
	dialog.Find("button", "Save").Click()
	w.See("Rates saved")
	w.See("Bill of 2026")

	w.Find("button", "Edit CHF, Autumn offer").Click()
	dialog = w.Find("dialog", "Prices in CHF")
	dialog.Find("field", "Valid until · optional").Fill("2026-01-01")
	w.Screenshot("partner-book-light")
	dialog.Find("button", "Save").Click()
	w.See("It ends before it begins.")
	w.Press("Escape")
}
