//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// What became of a quote: Home tells of a charge that differs, the order shows it, the client's page has both kinds of
// orders, and an accepted quote becomes an order.
func TestAnAcceptedQuoteBecomesAnOrderAndIsFollowed(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Button("7 more").Click()
	w.Find("link", "Open: Infomaniak charged CHF 3.60 more than expected for Hotel Tre Larici").Click()
	w.Heading("Orders").Visible()
	w.See("Hotel Tre Larici · 20563")
	w.Axe()
	w.Screenshot("sale-light")

	w.Press("g")
	w.Press("q")
	w.Link("2026-0004").Click()
	w.Button("Record acceptance").Click()
	w.Dialog("Quote 2026-0004 was accepted").Find("button", "Record acceptance").Click()
	w.See("Recorded as accepted")
	w.Press("g")
	w.Press("h")
	w.Heading("Home").Visible()
	w.Button("7 more").Click()
	w.Find("link", "Make the order: Quote 2026-0004 was accepted by Libreria Bottini, and no order was made of it").Click()
	dialog := w.Dialog("Order of quote 2026-0004")
	dialog.Find("field", "Order number · optional").Fill("20563")
	dialog.Find("button", "Make the order").Click()
	dialog.See("This already exists.")
	dialog.Find("field", "Order number · optional").Fill("20701")
	dialog.Find("button", "Make the order").Click()
	w.See("Libreria Bottini · 20701")

	w.Press("g")
	w.Press("c")
	w.Field("Find a client or product").Fill("larici")
	w.See("1 of 43")
	w.Link("Hotel Tre Larici").Click()
	w.See("Really charged, ")
	w.See("Gain per month")
	w.See("of quote 2026-0001")
	w.See("CHF 3.60 more")
	w.See("noted by hand")
	w.Axe()
	w.Screenshot("client-page-light")
}
