//go:build e2e

package e2e_test

import (
	"math"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// simulator signs a new person in, in a language and a theme, and stands in the simulator.
func simulator(t *testing.T, language, theme string) *e2e.Window {
	t.Helper()
	w := e2e.Start(t)
	failure := w.Call(nil, "firststart.Window.Begin", map[string]any{
		"firstName": "Elena", "lastName": "Bianchi", "loginEmail": "elena@ponteri.example", "language": language,
		"organizationName": "Studio Ponteri SA", "country": "CH", "password": password, "stay": true,
	})
	if failure != "" {
		t.Fatal(failure)
	}
	for name, value := range map[string]string{"language": language, "theme": theme} {
		if failure := w.Call(nil, "settings.Window.Set", name, value); failure != "" {
			t.Fatal(failure)
		}
		w.Script(nil, `localStorage.setItem("kontor." + arguments[0], arguments[1])`, name, value)
	}
	w.Script(nil, `location.hash = "#/partner/simulator"`)
	w.Reload()
	w.Heading(partnerWords[language].title).Visible()
	w.See(partnerWords[language].result)
	return w
}

// partnerWords is what the page says in each language, as far as the tests need it.
var partnerWords = map[string]struct{ title, quantity, result, five, refused, old string }{
	"en": {"Price simulator", "Quantity", "CHF 208.32", "47.12", "At most 1,000,000.", "These figures answer the last question"},
	"it": {"Simulatore di prezzi", "Quantità", "CHF 208,32", "47,12", "Al massimo 1.000.000.", "Queste cifre rispondono"},
	"es": {"Simulador de precios", "Cantidad", "CHF 208,32", "47,12", "1.000.000", "Estas cifras responden"},
	"fr": {"Simulateur de prix", "Quantité", "CHF 208,32", "47,12", "Au plus 1 000 000.", "Ces chiffres répondent"},
	"de": {"Preissimulator", "Menge", "CHF 208.32", "47.12", "Höchstens 1’000’000.", "Diese Zahlen beantworten"},
}

// tabTo presses Tab until the element has the focus that has that role and name.
func tabTo(t *testing.T, w *e2e.Window, selector string) {
	t.Helper()
	for range 60 {
		var there bool
		w.Script(&there, `return document.activeElement?.matches(arguments[0])`, selector)
		if there {
			return
		}
		w.Press("Tab")
	}
	t.Fatalf("%s cannot be reached by keyboard", selector)
}

// The published example by keyboard alone, in every language: 35 is typed, then EUR chosen with an arrow key.
func TestPartnerByKeyboard(t *testing.T) {
	t.Parallel()
	for i, language := range []string{"en", "it", "es", "fr", "de"} {
		theme := []string{"light", "dark"}[i%2]
		word := partnerWords[language]
		w := simulator(t, language, theme)

		tabTo(t, w, ".stepper input")
		w.Press("Control+a")
		w.Press("4")
		w.See(map[bool]string{true: "31,74", false: "31.74"}[strings.Contains(word.five, ",")])
		w.Press("Control+a")
		w.Press("3")
		w.Press("5")
		w.See(word.result)
		w.Field(word.quantity).Holds("35")
		w.Screenshot("partner-" + language + "-" + theme)

		// 35 followed by eleven zeros, at once: refused in the person's language, and nothing is lost
		w.Field(word.quantity).Paste("3500000000000")
		w.See(word.refused)
		w.See(word.old)
		w.See(word.result)
		w.Field(word.quantity).Holds("3500000000000")
		w.Press("Control+a")
		w.Press("3")
		w.Press("5")
		w.Gone(word.old)

		tabTo(t, w, ".ask input[type=radio]")
		w.Press("ArrowRight")
		w.See(strings.NewReplacer("CHF", "EUR", "208", "120", "32", "75").Replace(word.result))
		w.Press("ArrowLeft")
		w.See(word.result)
		for _, wrong := range []string{"208.60", "208.25", "190.96", "208,60", "208,25", "190,96"} {
			if strings.Contains(w.Text(), wrong) {
				t.Errorf("%s: %s came out", language, wrong)
			}
		}
		w.Stop()
	}
}

// Bad input says so at its field, and loses neither what was typed nor what was computed.
func TestPartnerRefusesBadInput(t *testing.T) {
	t.Parallel()
	w := simulator(t, "en", "dark")
	for typed, refusal := range map[string]string{
		"0": "At least 1.", "-35": "At least", "1000000000000": "At most 1,000,000.", "10^12": "Enter a number.", "thirty": "Enter a number.", "": "Please fill this in.",
		"3.5": "whole number",
	} {
		w.Field("Quantity").Paste(typed)
		w.See(refusal)
		w.See("These figures answer the last question")
		w.See("208.32")
		w.Field("Quantity").Holds(typed)
	}
	w.Axe()
	w.Screenshot("partner-refused-dark")
	w.Field("Quantity").Fill("35")
	w.Gone("These figures answer the last question")
	w.Field("Partner discount").Fill("120")
	w.See("At most 35 %. Infomaniak publishes")
	w.Field("Partner discount").Fill("35.5")
	w.See("Infomaniak publishes a discount of up to 35 %")
	w.Field("Partner discount").Fill("20.00001")
	w.See("decimal places")
	w.Field("Partner discount").Holds("20.00001")
	w.Field("Partner discount").Fill("20")
	w.Gone("Infomaniak publishes a discount of up to 35 %")
}

// What was asked last is there again after a restart; prices and steps can be edited, and refuse what is wrong.
func TestPartnerKeepsAndEdits(t *testing.T) {
	t.Parallel()
	w := simulator(t, "en", "light")
	w.Field("Quantity").Fill("29")
	w.See("184.12")
	w.Find("radio", "Client’s").Click()
	w.See("to the prepaid account")
	w.Screenshot("partner-cashback-light")
	w.Find("radio", "Limited").Click()
	w.Find("switch", "The partner manages the product").Click()
	w.See("Not covered by the rules")
	w.Axe()
	w.Screenshot("partner-open-light")
	w.Find("radio", "Full").Click()
	w.See("to the prepaid account")
	top := func() (top float64) {
		w.Script(&top, `return document.activeElement.getBoundingClientRect().top`)
		return top
	}
	w.Find("radio", "Client’s").Focus()
	before := top()
	w.Press("ArrowRight") // the other of the two; the steps above become fewer
	w.See("instead of the public price")
	if after := top(); math.Abs(after-before) > 1 {
		t.Errorf("the switch was at %v, and is at %v", before, after)
	}

	w.Button("Edit the steps").Nth(1).Click()
	w.Dialog("Degressive steps").Visible()
	w.Axe()
	w.Screenshot("partner-steps-light")
	w.Dialog("Degressive steps").Find("field", "From quantity").Nth(2).Fill("3")
	w.Button("Save").Click()
	w.See("It has to be above 5")
	w.Dialog("Degressive steps").Find("field", "From quantity").Nth(2).Holds("3")
	w.Dialog("Degressive steps").Find("field", "From quantity").Nth(2).Fill("5") // overlaps the step before it
	w.Button("Save").Click()
	w.See("It has to be above 5")
	w.Dialog("Degressive steps").Find("field", "From quantity").Nth(2).Fill("10")
	w.Find("radio", "Graduated").Click()
	w.Button("Save").Click()
	w.See("Steps saved")
	w.See("each piece its step")

	w.Button("Edit the prices").Click()
	w.Dialog("Prices in CHF").Visible()
	w.Axe()
	w.Screenshot("partner-prices-light")
	w.Dialog("Prices in CHF").Find("field", "Unit price").Nth(1).Fill("10")
	w.Button("Save as my list").Click()
	w.See("Please fill this in.") // a list names its source
	w.Dialog("Prices in CHF").Find("field", "Source").Fill("Offer of 1 November")
	w.Button("Save as my list").Click()
	w.See("Prices saved")
	w.See("290.00")

	w.Button("Edit the terms").Click()
	w.Dialog("Your terms").Visible()
	w.Axe()
	w.Button("Cancel").Click()

	w.Until("the question to be written down", func() bool { // while the page stays
		var desk struct {
			Last  struct{ Quantity, Book string }
			Books []struct{ ID, Source string }
		}
		if failure := w.Call(&desk, "partner.Window.Desk"); failure != "" {
			t.Fatal(failure)
		}
		for _, book := range desk.Books {
			if book.ID == desk.Last.Book {
				return desk.Last.Quantity == "29" && book.Source == "Offer of 1 November"
			}
		}
		return false
	})
	w.Restart()
	w.Script(nil, `location.hash = "#/partner/simulator"`)
	w.Field("Quantity").Holds("29")
	w.See("290.00")
}

// At the smallest window, and in each theme, the page is whole and axe finds nothing.
func TestPartnerLooks(t *testing.T) {
	t.Parallel()
	for _, theme := range []string{"light", "dark", "contrast"} {
		w := simulator(t, "en", theme)
		w.Axe()
		w.Screenshot("partner-" + theme)
		w.Resize(1280, 1200)
		w.Script(nil, `document.querySelector("main").scrollTop = 700`)
		w.Screenshot("partner-lower-" + theme)
		w.Resize(800, 600)
		w.Axe()
		var sideways bool
		w.Script(&sideways, `const m = document.querySelector("main"); return m.scrollWidth > m.clientWidth`)
		if sideways {
			t.Error("the page scrolls sideways at 800 × 600")
		}
		w.Screenshot("partner-800-" + theme)
		w.Stop()
	}
}
