//go:build e2e

package e2e_test

import (
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// journal opens the sample workspace on its organization's journal.
func journal(t *testing.T) *e2e.Window {
	t.Helper()
	w := e2e.Start(t)
	w.Button("Explore with sample data Invented organizations and people, kept apart. Erased on request.").Click()
	w.Heading("Home").Visible()
	w.Link("Activity").Click()
	w.Heading("Activity").Visible()
	w.Find("radio", "Organization").Click()
	w.See("all searched")
	return w
}

func TestTheJournalIsSearched(t *testing.T) {
	t.Parallel()
	w := journal(t)
	w.Axe()
	w.Screenshot("activity-light")

	// One box, two ways: what is typed becomes chips, a chip becomes text again.
	box := w.Field("Search the journal")
	box.Click()
	box.Type("action:deleted -actor:me ")
	w.Button("Edit action: anything deleted").Visible()
	w.Button("Edit not person: me").Visible()
	w.Gone("item added")
	w.See("item deleted")
	w.Press("Backspace")
	box.Holds("-actor:me")
	w.Press("Enter")
	box.Holds("")
	w.Button("Remove not person: me").Click()
	w.Button("Remove not person: me").Gone()

	// A word of the interface is offered as a filter.
	box.Type("invoice gen")
	w.Find("option", "action: invoice generated action:invoice_generated").Visible()
	w.Press("ArrowDown")
	w.Press("Enter")
	w.Button("Edit action: invoice generated").Visible()
	w.Screenshot("activity-chips-light")

	// What is not understood stays, says why, and finds nothing in the meantime.
	box.Type("foo:bar")
	w.Press("Enter")
	w.See("Kontor does not know this filter: foo:bar")
	w.Axe()
	w.Button("Remove foo:bar").Click()
	w.Gone("Kontor does not know this filter")

	w.Button("Remove action: invoice generated").Click()
	w.Button("Remove action: anything deleted").Click()
	box.Type("zzzznothing")
	w.See("None of the")
	w.Button("Show everything").Click()
	w.Gone("None of the")
}

func TestAnEntryIsOpenedAndLeadsOn(t *testing.T) {
	t.Parallel()
	w := journal(t)
	w.Script(nil, `document.querySelector('.vtable').focus()`)
	w.Press("ArrowDown")
	w.Press("Enter")
	w.See("Number in the chain")
	w.See("Entries are only ever added.")
	w.Axe()
	w.Screenshot("activity-entry-light")
	w.Button("Every entry of this kind").Click()
	w.Until("the two chips of an entry that was followed", func() bool {
		var chips int
		w.Script(&chips, `return document.querySelectorAll('.query .chip').length`)
		return chips == 2
	})
}

func TestASearchIsKeptAndTheChainVerified(t *testing.T) {
	t.Parallel()
	w := journal(t)
	box := w.Field("Search the journal")
	box.Click()
	box.Type("result:failed ")
	w.Button("Edit result: failed").Visible()
	w.Find("main", "").Find("button", "Save").Click()
	w.Dialog("Save the search").Find("field", "Name").Fill("Failures")
	w.Dialog("Save the search").Find("button", "Save").Click()
	w.See("The search Failures is saved.")
	w.Button("Everything").Click()
	w.Button("Edit result: failed").Gone()
	w.Button("Failures").Click()
	w.Button("Edit result: failed").Visible()

	w.Find("main", "").Find("button", "More actions").Click()
	w.Find("menuitem", "Verify the journal").Click()
	w.See("Nothing was changed, removed or moved.")
	w.Axe()
}

func TestTheStripIsDraggedAndWorksByKeyboard(t *testing.T) {
	t.Parallel()
	w := journal(t)
	w.Drag(".strip svg.chart", 0.5, 0.8)
	var dragged string
	w.Until("the range of the drag", func() bool {
		w.Script(&dragged, `return location.hash`)
		return strings.Contains(dragged, "since%3A20") && strings.Contains(dragged, "until%3A20")
	})
	w.Screenshot("activity-dragged-light")
	w.Press("Escape")
	w.Script(nil, `location.hash = "#/activity/organization"`)
	w.See("all searched")
	w.Find("slider", "First day of the range").Focus()
	w.Press("PageDown")
	w.Until("the range of the key", func() bool {
		var query string
		w.Script(&query, `return location.hash`)
		return strings.Contains(query, "since%3A20")
	})
	w.Button("Activities per day: show the table").Click()
	w.Button("Activities per day: show the chart").Visible()
	w.See("Day Entries")
	w.Axe()
}

func TestTheJournalInEveryThemeAndLanguage(t *testing.T) {
	t.Parallel()
	w := journal(t)
	w.Resize(800, 600)
	w.Screenshot("activity-small-light")
	var wide bool
	w.Script(&wide, `const m = document.querySelector('main'); return m.scrollWidth > m.clientWidth + 1`)
	if wide {
		t.Error("the page scrolls sideways at 800 × 600")
	}
	for _, theme := range []string{"dark", "contrast"} {
		w.Script(nil, `document.documentElement.dataset.theme = arguments[0]`, theme)
		w.Axe()
		w.Screenshot("activity-small-" + theme)
	}
}
