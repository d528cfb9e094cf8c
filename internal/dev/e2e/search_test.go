//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

const box = "Search records and commands"

// A record is found and opened with the keyboard alone, and an act from a page that has nothing to do with it.
func TestTheSearchBoxFindsRecordsAndActs(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Press("Control+k")
	w.Find("option", "Import a list Partner").Visible()
	w.Axe()
	w.Screenshot("search-empty")
	w.Field(box).Fill("montebruno")
	w.Find("group", "Clients").Visible()
	w.Find("group", "Journal").Visible()
	w.Axe()
	w.Screenshot("search")
	w.Press("Enter")
	w.Heading("Cantina Montebruno").Visible()

	w.Press("Control+k")
	w.Find("group", "Last opened").Visible()
	w.Field(box).Fill("payout")
	w.Find("group", "What you can do").Visible()
	w.Press("Enter")
	w.Dialog("Note a payout request").Visible()
	w.Press("Escape")

	w.Press("Control+k")
	w.Field(box).Fill("tedesco")
	w.Find("option", "Language: Deutsch Settings").Visible()
	w.Press("Enter")
	w.Heading("Prepaid-Konto").Visible()
	w.Press("Control+k")
	w.Field("Einträge und Befehle suchen").Fill("> dunkel")
	w.Screenshot("search-acts-de")
	w.Press("Enter")
	w.Press("Control+k")
	w.Field("Einträge und Befehle suchen").Fill("montebrunx.ch")
	w.Find("option", "«montebrunx.ch» im Journal suchen").Visible()
	w.Axe()
	w.Screenshot("search-none-de")
	w.Press("Escape")
}

// Whatever kind of record is chosen, by keyboard alone and from wherever one is: its own page opens, or its row is in sight,
// marked, and has the focus, though the list had been narrowed to something else.
func TestAHitLeadsToItsRecord(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	choose := func(typed, group string) {
		w.Press("Control+k")
		w.Field(box).Fill(typed)
		w.Find("group", group).Visible()
		w.Until("a hit of "+group+" is the one that Enter opens", func() (chosen bool) {
			w.Script(&chosen, `return document.querySelector("[role=option][aria-selected=true]")?.parentElement.getAttribute("aria-label") === arguments[0]`, group)
			if !chosen {
				w.Press("Tab")
			}
			return chosen
		})
		w.Press("Enter")
	}
	atItsRow := func(text string) {
		w.Until("the row of "+text+" has the focus", func() (there bool) {
			w.Script(&there, `
				const row = document.activeElement, place = row.getBoundingClientRect()
				const list = row.closest(".vtable")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight }
				return row.matches("main .is-selected") && row.innerText.includes(arguments[0]) && document.querySelector(".palette") === null &&
					place.top >= Math.max(0, list.top) && place.bottom <= Math.min(innerHeight, list.bottom) + 1`, text)
			return there
		})
	}
	for _, one := range []struct{ typed, group, row, heading string }{
		{"montebruno", "Clients", "", "Cantina Montebruno"},
		{"tre larici", "Orders of quotes", "Tre Larici", ""},
		{"20614", "Orders", "20614", ""},
		{"35 sites", "Renewals", "35 sites", ""},
		{"swiss backup", "Renewals", "Swiss Backup, 1 TB", ""}, // from the same page
		{"swiss backup", "Renewals", "Swiss Backup, 1 TB", ""}, // the very same once more
		{"visa", "Payment profiles", "Visa", ""},
		{"chf", "Price lists", "CHF", ""},
		{"elena", "People", "Elena", ""},
		{"debian", "Sessions in Kontor", "", ""},
		{"montebruno", "Journal", "montebruno", ""},
		{"region", "What you can do", "Region", ""},
		{"ponteri", "Organizations", "", "Studio Ponteri SA"},
		{"tre-lar", "Domains", "", "tre-larici.com"},
		{"tre larici", "Organizations", "", "Hotel Tre Larici"}, // the window shows it from then on
	} {
		choose(one.typed, one.group)
		if one.heading != "" {
			w.Heading(one.heading).Visible()
		} else {
			atItsRow(one.row)
		}
		if one.group == "Renewals" {
			w.Field("Find a product").Fill("zzz")
		}
	}
}
