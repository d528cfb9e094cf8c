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
	w.Find("option", "„montebrunx.ch“ im Protokoll suchen").Visible()
	w.Axe()
	w.Screenshot("search-none-de")
	w.Press("Escape")
}
