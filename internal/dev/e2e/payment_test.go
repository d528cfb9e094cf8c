//go:build e2e

package e2e_test

import (
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// explore opens the sample workspace.
func explore(w *e2e.Window) {
	w.Button("Explore with sample data Invented organizations and people, kept apart. Erased on request. The password of the invented person is shown where one is asked for.").Click()
	w.Heading("Home").Visible()
}

// everythingWaiting opens all lines of the sample's Home, which shows the most urgent first: however many there are.
func everythingWaiting(w *e2e.Window) {
	w.See("more Next 60 days")
	w.Script(nil, `[...document.querySelectorAll("main button")].find((one) => /^\d+ more$/.test(one.textContent.trim())).click()`)
}

// payments goes to the payments by keyboard.
func payments(w *e2e.Window) {
	w.Press("g")
	w.Press("y")
	w.Heading("Payments").Visible()
}

// The page as the design draws it, and everything behind it, in the sample workspace.
func TestPaymentsOfTheSample(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.See("Visa 4417 cannot pay 2 renewals")
	everythingWaiting(w)
	w.See("CHF 138.00 from a cancelled order awaits your decision")
	payments(w)
	w.See("card expires first")
	w.See("2 not covered")
	w.Axe()
	w.Screenshot("payments-light")

	w.Button("Plan to pay from prepaid").Click()
	cover := w.Dialog("Plan to pay from prepaid")
	cover.See("At Infomaniak Visa 4417 is still tried")
	cover.See("Afterwards CHF")
	w.Screenshot("payments-cover-light")
	cover.Find("button", "Note the plan").Click()
	cover.Gone()
	w.See("Planned: 2 renewals from prepaid. Now change them in the Manager.")
	w.See("2 not covered") // a plan covers nothing
	w.See("planned: prepaid")
	w.Button("I have changed them: 2 renewals from prepaid").Click()
	w.See("the prepaid account lacks")
	w.Link("Ledger").Click()
	w.Heading("Prepaid account").Visible()
	w.Button("Note a top-up").Click()
	credit := w.Dialog("Note a top-up")
	credit.Find("field", "Amount").Fill("600.00")
	credit.Find("button", "Note a top-up").Click()
	credit.Gone()
	w.See("Noted: CHF 600.00, expected. Now credit the account in the Manager.")
	payments(w)
	w.See("only if money comes") // what is expected covers nothing for sure
	w.Script(nil, `location.hash = "#/payment/prepaid/expected"`)
	w.See("Not in the balance: it counts as expected.")
	w.Button("It has been credited: Top-up, CHF 600.00").Click()
	w.See("Noted as done, by your word.")
	payments(w)
	w.See("all covered")

	w.Button("Note the reorder").Click()
	again := w.Dialog("Note the reorder of 20614")
	again.See("It cost CHF 138.00; the change is CHF 15.07.") // as the price list has it
	again.See("CHF 141.60 before VAT, CHF 153.07 with 8.1 % Swiss VAT")
	again.Find("field", "Number of the new order").Fill("20711")
	again.Find("field", "Quantity").Fill("12")
	again.See("the change is CHF 91.60.")
	again.Find("field", "Months").Click()
	w.Find("option", "24").Click()
	again.See("CHF 424.80 before VAT, CHF 459.21 with 8.1 % Swiss VAT")
	again.See("the change is CHF 321.21.")
	again.Find("field", "Price today").Fill("141.50")
	again.See("It cost CHF 138.00; the change is CHF 3.50.")
	w.Axe()
	w.Screenshot("payments-again-light")
	again.Find("button", "Note the order").Click()
	again.Gone()
	w.See("Noted: ordered again as 20711. Now order it in the Manager.")

	w.Link("Ledger").Click()
	w.Heading("Prepaid account").Visible()
	w.See("20711")
	w.Axe()
	w.Screenshot("payments-ledger-light")
	w.Button("Check the record").Click()
	w.See("all are as they were posted")
	for _, tab := range []string{"Orders and invoices", "Payouts", "Expected"} {
		w.Script(nil, `[...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent.includes(arguments[0])).click()`, tab)
		w.Axe()
		w.Screenshot("payments-" + strings.ToLower(strings.Fields(tab)[0]) + "-light")
	}
}

// Dark, high contrast, German, small: the layout holds.
func TestPaymentsInEveryDress(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	for _, name := range []string{"Dark", "High contrast"} {
		w.Link("Settings").Click()
		w.Find("radio", name).Click()
		payments(w)
		w.See("Where is my money")
		w.Axe()
		w.Screenshot("payments-" + strings.ToLower(strings.Fields(name)[0]))
	}
	w.Link("Settings").Click()
	w.Find("radio", "Light").Click()
	w.Button("Elena Bernasconi: profile, language, theme, sign out").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	w.Press("g")
	w.Press("y")
	w.Heading("Zahlungen").Visible()
	w.See("Deckungsprüfung")
	w.Screenshot("payments-light-de")
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("payments-light-de-800x600")
	w.Script(nil, `if (document.documentElement.scrollWidth > innerWidth) throw new Error('wider than the window: ' + document.documentElement.scrollWidth)`)
}

// Secrets typed into the window are not kept: a card number is refused in every field, an account number goes to the
// vault and is shown only after the password; nothing of them stays in the page, the database or the log.
func TestPaymentSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	const card, iban = "4111 1111 1111 1111", "CH93 0076 2011 6238 5295 7"
	w := e2e.Start(t)
	begin(w)
	payments(w)
	w.Press("n")
	add := w.Dialog("Note a payment profile")
	add.Find("field", "Holder").Fill(card)
	add.Find("field", "Last four digits").Fill(card)
	add.Find("field", "Valid until").Fill("11/29")
	add.Find("field", "Label · optional").Fill(card)
	add.Find("button", "Save").Click()
	add.See("This looks like a card number. It is not kept.")
	w.Screenshot("payments-card-refused-light")
	add.Find("field", "Holder").Fill("Elena Bianchi")
	add.Find("field", "Last four digits").Fill("1111")
	add.Find("field", "Label · optional").Fill("")
	w.Press("Enter")
	add.Gone()
	w.See("ending 1111")

	w.Press("n")
	add.Find("field", "Payment method").Click()
	w.Find("option", "Bank account").Click()
	add.Find("field", "Holder").Fill("Studio Ponteri SA")
	add.Find("field", "IBAN").Fill(iban)
	add.Find("button", "Save").Click()
	add.Gone()
	w.See("CH·· ···· ···· ···· ·295 7")
	w.Button("Actions for Bank account").Click()
	w.Find("menuitem", "Show in full").Click()
	show := w.Dialog("Bank account in full")
	show.Find("field", "Your password of Kontor").Fill(password)
	show.Find("button", "Show in full").Click()
	show.See(iban)
	w.Press("Escape")
	show.Gone()

	if left := traces(t, w, card, strings.ReplaceAll(card, " ", ""), iban, strings.ReplaceAll(iban, " ", ""), "0076 2011", password); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if len(traces(t, w, "·295 7")) < 2 {
		t.Error("not even the mask is found: the search proves nothing")
	}
}
