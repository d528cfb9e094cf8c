//go:build e2e

package e2e_test

import (
	"strconv"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// pages are those that are looked at in every dress, in the sample workspace.
var pages = []struct{ name, route, sign string }{
	{"home", "#/home", "svg.chart"},
	{"simulator", "#/partner/simulator", ".ask"},
	{"settings", "#/settings", ".pairs"},
	{"organization", "#/organization", "form"},
	{"members", "#/organization/members", "tbody tr"},
	{"activity", "#/activity", ".page-head"},
	{"sso", "#/organization/sso", "h2"},
	{"profile", "#/profile", "h1"},
	{"partner", "#/partner", ".figure"},
	{"terms", "#/partner/terms", "[role=meter]"},
	{"quotes", "#/quote", "tbody tr"},
	{"quote-new", "#/quote/new", ".field"},
	{"clients", "#/client", "tbody tr"},
	{"branding", "#/branding", ".facts"},
	{"payments", "#/payment", ".covers"},
	{"renewals", "#/payment/renewals", "tbody tr"},
	{"prepaid", "#/payment/prepaid", "[role=tabpanel]"},
	{"sessions", "#/session", "tbody tr"},
	{"security", "#/session/security", ".adviser"},
	{"history", "#/session/history", "tbody tr"},
	{"notices", "#/session/notices", ".empty"},
	{"mail", "#/settings/mail", "form"},
	{"transfers", "#/transfer", "tbody tr"}, // the last: from here to one of them
}

// visit goes to a page and takes its picture: no breach of accessibility, nothing wider than its
// place, no hole below the title.
func visit(t *testing.T, w *e2e.Window, name, route, sign, dress string) {
	t.Helper()
	w.Script(nil, `location.hash = arguments[0]`, route)
	w.Until(name, func() bool {
		var there bool
		w.Script(&there, `return document.querySelector("main " + arguments[0]) !== null && document.querySelector("main .skeleton") === null`, sign)
		return there
	})
	w.Axe()
	var wrong string
	w.Script(&wrong, `
		if (document.documentElement.scrollWidth > innerWidth) return "wider than the window"
		const main = document.querySelector("main")
		if (main.scrollWidth > main.clientWidth + 1) return "the page is wider than its place: " + main.scrollWidth + " of " + main.clientWidth
		const scrolls = (one, panel) => getComputedStyle(one).overflowX !== "visible" || one !== panel && scrolls(one.parentElement, panel)
		for (const table of document.querySelectorAll("main .panel table")) {
			const panel = table.closest(".panel")
			const over = table.getBoundingClientRect().right - panel.getBoundingClientRect().right
			if (over > 1 && !scrolls(table, panel)) return "a table is " + Math.round(over) + " pixels wider than its panel, " + panel.querySelector("h2")?.textContent
		}
		const titles = document.querySelector(".page-head .titles")
		const bottom = Math.max(...[...titles.children].map((one) => one.getBoundingClientRect().bottom))
		const gap = titles.getBoundingClientRect().bottom - bottom
		return gap > 24 ? "a hole of " + Math.round(gap) + " pixels below the title" : ""`)
	if wrong != "" {
		t.Errorf("%s, %s: %s", name, dress, wrong)
	}
	w.Screenshot("dress-" + name + "-" + dress)
}

func TestEveryDress(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	everyPage := func(dress string) {
		for _, p := range pages {
			visit(t, w, p.name, p.route, p.sign, dress)
		}
		w.Script(nil, `location.hash = "#/transfer"`)
		w.Link("tre-larici.com").Click()
		w.Heading("tre-larici.com").Visible()
		w.Axe()
		w.Screenshot("dress-transfer-" + dress)
	}
	for _, theme := range []string{"High contrast", "Dark"} {
		w.Link("Settings").Click()
		w.Find("radio", theme).Click()
		everyPage(map[string]string{"High contrast": "contrast", "Dark": "dark"}[theme])
	}
	w.Link("Settings").Click()
	w.Find("radio", "Light").Click()
	w.Button("Elena Bernasconi: profile, language, theme, sign out").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	everyPage("de")
	w.Resize(800, 600)
	everyPage("de-800x600")
}

// Names of 128 characters, some of them without a space, and nothing kept yet: every page shows what would be there.
func TestLongNamesOnEmptyPages(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	first, last := strings.Repeat("Anna-Katharina ", 8)+"Leonhard", strings.Repeat("W", 128)
	beginAs(w, first, last, strings.Repeat("Grundstücksverwaltungsgesellschaft", 3)+" für Südtirol und Umland")
	w.Button(first + " " + last + ": profile, language, theme, sign out").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	for _, size := range [][2]int{{1280, 800}, {800, 600}} {
		w.Resize(size[0], size[1])
		for _, p := range []struct{ name, route string }{
			{"home", "#/home"},
			{"profile", "#/profile"},
			{"organization", "#/organization"},
			{"members", "#/organization/members"},
			{"payments", "#/payment"},
			{"renewals", "#/payment/renewals"},
			{"prepaid", "#/payment/prepaid"},
			{"branding", "#/branding"},
			{"sessions", "#/session"},
			{"security", "#/session/security"},
			{"history", "#/session/history"},
			{"activity", "#/activity"},
			{"simulator", "#/partner/simulator"},
			{"terms", "#/partner/terms"},
			{"quotes", "#/quote"},
			{"clients", "#/client"},
			{"transfers", "#/transfer"},
			{"settings", "#/settings"},
		} {
			visit(t, w, p.name, p.route, "h1", "long-"+strconv.Itoa(size[0]))
		}
	}
}

// At 200 % the page is 640 pixels wide, and nothing is lost.
func TestTwiceAsLarge(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t, e2e.Zoom(2))
	// The driver's pointer does not know of the enlargement: it would click elsewhere.
	click := func(words string) {
		w.Until(words, func() (done bool) {
			w.Script(&done, `
				const found = [...document.querySelectorAll("button, a")].find((one) => one.textContent.includes(arguments[0]))
				found?.click()
				return found !== undefined`, words)
			return done
		})
	}
	click("Explore with sample data")
	w.Heading("Home").Visible()
	for _, p := range pages {
		visit(t, w, p.name, p.route, p.sign, "200")
	}
	click("tre-larici.com")
	w.Heading("tre-larici.com").Visible()
	w.Axe()
	w.Screenshot("dress-transfer-200")
}

// Days are shown and typed in the figures of the person's language, whatever the system's is, and chosen from a month.
func TestDaysAreTypedAndChosen(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Button("Elena Bernasconi: profile, language, theme, sign out").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	w.Script(nil, `location.hash = "#/payment/renewals"`)
	w.Button("Produkt vermerken").Click()
	dialog := w.Dialog("Produkt vermerken")
	day := dialog.Find("field", "Läuft ab")
	day.Fill("30.2.2027")
	dialog.Find("field", "Produkt").Fill("Web")
	dialog.Find("field", "Betrag").Fill("10.65")
	dialog.Find("button", "Speichern").Click()
	w.See("Das ist kein Datum.")
	day.Holds("30.2.2027")
	day.Fill("31.1.27")
	dialog.Find("field", "Produkt").Focus()
	day.Holds("31.01.2027")
	dialog.Find("button", "Tag wählen").Click()
	w.See("Januar 2027")
	w.Axe()
	w.Screenshot("day-light-de")
	w.Button("Nächster Monat").Click()
	w.See("Februar 2027")
	w.Button("Voriger Monat").Click()
	w.See("Januar 2027")
	w.Press("Escape")
	w.Gone("Januar 2027")
	dialog.Find("button", "Tag wählen").Click()
	w.See("Januar 2027")
	dialog.Find("field", "Produkt").Click() // whoever goes elsewhere is not called back
	w.Gone("Januar 2027")
	var at string
	w.Script(&at, `return document.activeElement.labels?.[0]?.textContent ?? document.activeElement.outerHTML.slice(0, 200)`)
	if !strings.HasPrefix(at, "Produkt") {
		t.Errorf("the keyboard is at %s", at)
	}
	dialog.Find("button", "Tag wählen").Click()
	w.See("Januar 2027")
	w.Press("ArrowRight")
	w.See("Februar 2027")
	w.Press("Enter")
	w.Gone("Februar 2027")
	day.Holds("01.02.2027")
	dialog.Find("button", "Speichern").Click()
	dialog.Gone()
	w.See("1. Feb. 2027")
}
