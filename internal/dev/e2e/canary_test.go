//go:build e2e

package e2e_test

import (
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// A card number typed into every field of every dialog of the payments is refused and is found nowhere afterwards.
func TestACardNumberInEveryField(t *testing.T) {
	t.Parallel()
	const card = "4111 1111 1111 1111"
	w := e2e.Start(t)
	explore(w)
	payments(w)
	fields := 0

	// press clicks a button, a menu item or a tab by its words.
	press := func(words string) {
		w.Until(words, func() (done bool) {
			w.Script(&done, `
				const all = [...document.querySelectorAll("main button, main [role=tab], [role=menuitem], [role=option]")]
				const words = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim()
				const found = all.find((one) => words(one) === arguments[0]) ?? all.find((one) => words(one).startsWith(arguments[0]))
				found?.click()
				return found !== undefined`, words)
			return done
		})
	}
	// type fills every field of the open dialog and submits: the dialog stays, and says at a field what is wrong.
	typeInto := func(name string) {
		w.Until("the dialog of "+name, func() (open bool) {
			w.Script(&open, `return document.querySelector("[role=dialog] form input") !== null`)
			return open
		})
		var filled int
		w.Script(&filled, `
			const inputs = [...document.querySelectorAll("[role=dialog] input")]
				.filter((one) => ["text", "email", "tel", "search", "password", "number", ""].includes(one.type) && !one.disabled)
			for (const one of inputs) {
				// As a person does: from then on the dialog holds what is typed. A window that is not in front tells of no focus.
				one.dispatchEvent(new Event("pointerdown", { bubbles: true }))
				one.focus()
				Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(one, arguments[0])
				one.dispatchEvent(new InputEvent("input", { bubbles: true }))
				one.dispatchEvent(new Event("change", { bubbles: true }))
			}
			return inputs.length`, card)
		if filled == 0 {
			t.Errorf("%s: no field was filled", name)
		}
		fields += filled
		w.Script(nil, `document.querySelector("[role=dialog] [type=submit]").click()`)
		w.Until("the refusal in "+name, func() (refused bool) {
			w.Script(&refused, `return document.querySelector("[role=dialog] [aria-invalid=true], [role=dialog] [role=alert]") !== null`)
			return refused
		})
		w.Press("Escape")
		w.Dialog("Discard what you typed?").Find("button", "Discard").Click()
		w.Until("the end of "+name, func() (closed bool) {
			w.Script(&closed, `return document.querySelector("[role=dialog]") === null`)
			return closed
		})
	}

	for _, means := range []string{"Card", "PostFinance", "TWINT", "PayPal", "eBill", "Bank account"} {
		press("Note a payment profile")
		w.Dialog("Note a payment profile").Find("field", "Payment method").Click()
		w.Find("option", means).Click()
		typeInto("a new profile: " + means)
	}
	w.Button("Actions for Visa 4417").Click()
	press("Edit")
	typeInto("a profile")
	for _, words := range []string{"Note a top-up", "Note the reorder", "Note a payout request"} {
		press(words)
		typeInto(words)
	}
	for tab, dialogs := range map[string][]string{
		"Orders and invoices": {"Note an order", "Actions for 2026-0412/Note the payment"},
		"Payouts":             {"Note a payout request"},
		"Expected":            {"Note expected cashback", "Received: Clinica Dr. Vannetti"},
	} {
		w.Script(nil, `location.hash = "#/payment/prepaid"`)
		w.Heading("Prepaid account").Visible()
		press(tab)
		for _, path := range dialogs {
			for part := range strings.SplitSeq(path, "/") {
				if strings.HasPrefix(part, "Actions for") {
					w.Button(part).Click()
				} else {
					press(part)
				}
			}
			typeInto(path)
		}
	}
	w.Script(nil, `location.hash = "#/payment/renewals"`)
	press("Note a product")
	typeInto("a product")

	if fields < 40 {
		t.Errorf("only %d fields were filled", fields)
	}
	if left := traces(t, w, card, strings.ReplaceAll(card, " ", ""), "1111 1111"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if len(traces(t, w, "isole-verbano.ch")) < 2 {
		t.Error("not even a product is found: the search proves nothing")
	}
}
