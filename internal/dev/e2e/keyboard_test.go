//go:build e2e

package e2e_test

import (
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// tabToName presses Tab until what is called so has the focus, as somebody without a mouse gets there.
func tabToName(t *testing.T, w *e2e.Window, name string) {
	t.Helper()
	passed := []string{}
	for range 80 {
		var at string
		w.Script(&at, `
			const one = document.activeElement
			return (one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || "").trim().replace(/\s+/g, " ").slice(0, 80)`)
		if strings.HasPrefix(at, name) {
			return
		}
		passed = append(passed, at)
		w.Press("Tab")
	}
	t.Fatalf("no Tab leads to %q, but to %q", name, passed)
}

// typeHere types into whatever has the focus, key by key.
func typeHere(w *e2e.Window, text string) {
	for _, key := range text {
		w.Press(string(key))
	}
}

// Forms are reached, filled, refused, sent and left with Tab, letters, Enter and Esc alone, and who comes back stands where
// the form was opened.
func TestFormsByKeyboardAlone(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	for _, form := range []struct {
		route, opener, first string
		fields               [][2]string // label and what is typed, without the first
		told                 string
	}{
		{"#/payment/renewals", "Note a product", "Product", [][2]string{{"Expires", "2031-01-31"}, {"Amount", "10.65"}}, "Anna is noted in Kontor."},
		{"#/payment/prepaid/orders", "Note an order", "Number", [][2]string{{"What for", "Web"}, {"Total", "10.65"}}, "Anna is noted in Kontor."},
		{"#/organization/members", "Note a person", "Name", [][2]string{{"E-mail", "anna@ponteri.example"}}, "Noted: Anna. At Infomaniak nothing has changed."},
	} {
		w.Script(nil, `location.hash = arguments[0]`, form.route)
		w.Button(form.opener).Visible()
		tabToName(t, w, form.opener)
		w.Press("Enter")
		dialog := w.Dialog(form.opener)
		first := dialog.Find("field", form.first)
		if form.first == "Number" { // the kind stands before it
			dialog.Visible()
			tabToName(t, w, form.first)
		}
		first.Focused()
		w.Press("Escape") // nothing was typed: nothing is asked
		dialog.Gone()
		w.Button(form.opener).Focused()

		w.Press("Enter")
		dialog.Visible()
		tabToName(t, w, form.first)
		w.Press("Enter") // what is missing is said, and the field has the focus
		dialog.See("Please fill this in.")
		first.Focused()
		typeHere(w, "Anna")
		for _, field := range form.fields {
			w.Press("Tab")
			tabToName(t, w, field[0])
			typeHere(w, field[1])
		}
		w.Press("Enter")
		dialog.Gone()
		w.See(form.told)
		w.Button(form.opener).Focused()
	}
}
