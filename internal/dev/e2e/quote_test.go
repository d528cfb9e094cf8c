//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// An open quote of the sample: Home tells of its end, it computes to the same, the client takes it.
func TestAQuoteIsAnswered(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.See("Quote 2026-0004 for Libreria Bottini is about to expire")
	w.Press("g")
	w.Press("q")
	w.Heading("Quotes").Visible()
	w.See("Open 2")
	w.See("7 of 7")
	w.Axe()
	w.Screenshot("quotes-light")
	w.Field("Search number, recipient or product").Fill("bott")
	w.See("1 of 7")
	w.Link("2026-0004").Click()
	w.Heading("Quote 2026-0004").Visible()
	w.See("For Libreria Bottini")
	w.Button("Recalculate").Click()
	w.See("every one the same to the last digit")
	w.Axe()
	w.Screenshot("quote-open-light")
	w.Resize(1280, 1200)
	w.Script(nil, `document.querySelector("main").scrollTop = 560`)
	w.See("Infomaniak charges you")
	w.Screenshot("quote-whole-light")
	w.Resize(800, 600)
	w.Axe()
	var sideways bool
	if w.Script(&sideways, `const m = document.querySelector("main"); return m.scrollWidth > m.clientWidth`); sideways {
		t.Error("the page scrolls sideways at 800 × 600")
	}
	w.Resize(1280, 800)
	w.Button("Record acceptance").Click()
	w.Dialog("Quote 2026-0004 was accepted").Find("button", "Record acceptance").Click()
	w.See("Recorded as accepted")
	w.See("Scenario 1.")
	w.Button("Record acceptance").Gone()
}

// The simulator's question becomes a quote; a second scenario stands beside it; what is sent stays.
func TestAQuoteIsMadeFromTheSimulator(t *testing.T) {
	t.Parallel()
	w := simulator(t, "en", "light")
	w.Button("Make a quote").Click()
	w.Heading("New quote").Visible()
	w.Field("Name of the prospect").Fill("Hôtel Trè Larici")
	w.See("CHF 347.20")
	w.Button("Add a scenario").Click()
	w.See("CHF 260.40")
	w.Field("What the client pays for listed products").Click()
	w.Find("option", "My cost and a mark-up").Click()
	w.Field("Mark-up on cost · optional").Fill("150")
	w.See("At most 100.")
	w.Axe()
	w.Field("Mark-up on cost · optional").Fill("10")
	w.See("CHF 229.15")
	w.Screenshot("quote-edit-light")
	w.Button("Save the quote").Nth(1).Click()
	w.Heading("Quote 2026-0001").Visible()
	w.See("CHF 229.15")
	w.See("CHF 624.96, Cashback")
	w.Button("Note as sent").Click()
	w.See("From now on nothing of it changes.")
	w.Button("More for quote 2026-0001").Click()
	w.Find("menuitem", "Revise").Click()
	w.Heading("Quote 2026-0001/2: edit").Visible()
	w.Button("Save the quote").Nth(1).Click()
	w.Heading("Quote 2026-0001/2").Visible()
	w.Button("More for quote 2026-0001/2").Click()
	w.Find("menuitem", "Discard the draft").Click()
	w.Dialog("Discard quote 2026-0001/2").Find("button", "Discard the draft").Click()
	w.Heading("Quotes").Visible()
	w.See("1 of 1")
	w.Restart()
	w.Press("g")
	w.Press("q")
	w.See("Hôtel Trè Larici")
}

// By keyboard alone, in Italian and in the dark: a quote is found, opened and computed again.
func TestQuotesByKeyboard(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.See("is about to expire")
	for name, value := range map[string]string{"language": "it", "theme": "dark"} {
		if failure := w.Call(nil, "settings.Window.Set", name, value); failure != "" {
			t.Fatal(failure)
		}
		w.Script(nil, `localStorage.setItem("kontor." + arguments[0], arguments[1])`, name, value)
	}
	w.Reload()
	w.Heading("Inizio").Visible()
	w.See("sta per scadere")
	w.Press("g")
	w.Press("q")
	w.Heading("Preventivi").Visible()
	w.See("7 di 7")
	w.Axe()
	w.Screenshot("quotes-dark")
	w.Press("/")
	for _, letter := range "larici" {
		w.Press(string(letter))
	}
	w.See("1 di 7")
	tabTo(t, w, ".vtable")
	w.Press("ArrowDown")
	w.Press("Enter")
	w.Heading("Preventivo 2026-0001").Visible()
	w.See("Accettato, secondo te, il")
	tabTo(t, w, ".panel-head button")
	w.Press("Enter")
	w.See("tutti uguali fino all’ultima cifra")
	w.Resize(1280, 1200)
	w.Script(nil, `document.querySelector("main").scrollTop = 560`)
	w.Axe()
	w.Screenshot("quote-whole-dark")
}

// A list from a file changes nothing until it is taken over, tells what it does to quotes, and can be given back.
func TestAPriceListIsImported(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	everythingWaiting(w)
	w.See("The price list in CHF is 94 days old")
	w.Link("Check: The price list in CHF is 94 days old").Click()
	w.See("The current price list is 94 days old.")
	w.Button("Import a list").Click()
	d := w.Dialog("Import a price list")
	d.Find("field", "Choose a file").Upload(file(t, "autumn.csv", "Product;Price;Per;Degressive\nWeb hosting;10,40;month;yes\nkDrive;5;month;\n.ch domain;10.65;year;\nkSuite Pro;6.5;;\nMail;cheap;;\n"))
	d.See("1 added, 1 changed, 2 removed, 2 unchanged")
	d.See("unanswered quotes would change by +")
	d.See("Mail; cheap")
	d.See("Enter a number.")
	w.Axe()
	w.Screenshot("partner-import-light")
	d.Find("button", "Adopt the list").Click()
	d.Gone()
	w.See("List adopted")
	w.Button("Undo").Click()
	w.See("The current price list is 94 days old.")
}
