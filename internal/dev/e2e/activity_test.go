//go:build e2e

package e2e_test

import (
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// journal opens the sample workspace on its organization's journal.
func journal(t *testing.T) *e2e.Window {
	t.Helper()
	w := e2e.Start(t)
	w.Button("Explore with sample data Invented organizations and people, kept apart. Erased on request. The password of the invented person is shown where one is asked for.").Click()
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
	w.Find("main", "").Find("button", "More actions").Click()
	w.Find("menuitem", "Show what is new").Click()
	w.Gone("Nothing was changed, removed or moved.") // it told of what was there before
}

// Who knows no filter by heart chooses days, products and actions; what is typed in another language and in the figures of
// the person means the same; signs alone are in nobody's way.
func TestFiltersAreChosenAndUnderstood(t *testing.T) {
	t.Parallel()
	w := journal(t)
	w.Find("main", "").Find("button", "Product").Click()
	w.Find("menuitemcheckbox", "Branding").Click()
	w.Button("Edit product: Branding").Visible()
	w.Find("main", "").Find("button", "Date").Click()
	w.Find("menuitemcheckbox", "last 30 days").Click()
	w.Button("Edit since: last 30 days").Visible()
	w.Find("main", "").Find("button", "Action").Click()
	w.Screenshot("activity-actions-light")
	w.Find("menuitemcheckbox", "Any action").Click()
	w.Find("main", "").Find("button", "Product").Click()
	w.Find("menuitemcheckbox", "Any product").Click()
	w.Button("Edit product: Branding").Gone()
	w.Button("Remove since: last 30 days").Click()

	box := w.Field("Search the journal")
	for typed, chip := range map[string]string{
		"since:ieri ": "since: yesterday", "until:1.1.2030 ": "until: 1 Jan 2030", "attore:io ": "person: me", "azione:\"elemento modificato\" ": "action: item changed",
	} {
		box.Click()
		box.Type(typed)
		w.Button("Edit " + chip).Visible()
		w.Button("Remove " + chip).Click()
		w.Button("Edit " + chip).Gone()
	}
	for _, typed := range []string{"signed - in / & &", "item changed", "branding"} { // words of the screen
		box.Click()
		box.Type(typed)
		w.Press("Enter")
		w.See("all searched")
		w.Gone("None of the")
		var rows int
		w.Until(typed, func() bool {
			w.Script(&rows, `return document.querySelectorAll(".vtable tbody tr.opens").length`)
			return rows > 0
		})
		w.Script(nil, `location.hash = "#/activity/organization"`)
		box.Holds("")
	}
	for _, typed := range []string{"a - b - c", "& & x", "foo:bar foo:bar"} { // whatever is typed twice
		box.Click()
		box.Type(typed)
		w.Press("Enter")
		w.Heading("Activity").Visible()
		w.Script(nil, `location.hash = "#/activity/organization"`)
		box.Holds("")
	}
}

// Every column is in sight in every language, rows say their time, and the end of the list is one step away.
func TestTheListTellsTheWholeTruth(t *testing.T) {
	t.Parallel()
	w := journal(t)
	for _, language := range []string{"en", "it", "es", "fr", "de"} {
		w.Call(nil, "settings.Window.Set", "language", language)
		w.Reload()
		w.Until(language, func() bool {
			var rows int
			w.Script(&rows, `return document.documentElement.lang === arguments[0] ? document.querySelectorAll(".vtable tbody tr.opens").length : 0`, language)
			return rows > 0
		})
		for _, width := range []int{1280, 800} {
			w.Resize(width, 800)
			var wrong string
			w.Script(&wrong, `
				const box = document.querySelector(".vtable")
				const of = [...box.querySelectorAll("thead th")].at(-1).getBoundingClientRect()
				const badge = box.querySelector("tbody tr.opens td:last-child .badge").getBoundingClientRect()
				const edge = Math.min(box.getBoundingClientRect().right, innerWidth)
				if (box.scrollWidth > box.clientWidth + 1) return "the table scrolls sideways: " + box.scrollWidth + " of " + box.clientWidth
				if (of.right > edge + 1 || badge.right > edge + 1) return "the result ends at " + Math.max(of.right, badge.right) + " of " + edge
				for (const row of box.querySelectorAll("tbody tr.opens"))
					if (!/\d\d:\d\d/.test(row.cells[0].textContent)) return "no time: " + row.cells[0].textContent
				return ""`)
			if wrong != "" {
				t.Errorf("%s at %d: %s", language, width, wrong)
			}
			w.Screenshot("activity-" + language + "-" + map[bool]string{true: "wide", false: "narrow"}[width > 1000])
		}
	}
	w.Resize(1280, 800)
	var count, high, end int
	w.Script(&count, `return Number(document.querySelector(".vtable table").getAttribute("aria-rowcount")) - 1`)
	w.Script(&high, `return document.querySelector(".vtable").scrollHeight`)
	if count < 1000 || high < count*40 {
		t.Errorf("%d entries in a list of %d pixels", count, high)
	}
	w.Script(nil, `const box = document.querySelector(".vtable"); box.scrollTop = box.scrollHeight`)
	w.Until("the oldest entry", func() bool {
		w.Script(&end, `return Math.max(...[...document.querySelectorAll(".vtable tbody tr.opens")].map((row) => Number(row.getAttribute("aria-rowindex"))))`)
		return end == count+1
	})

	// A day is one step away, and what others imported under one's name stands apart.
	w.Call(nil, "settings.Window.Set", "language", "en")
	w.Reload()
	w.See("all searched")
	w.Field("Go to a day").Fill(time.Now().AddDate(0, -6, 0).Format("02/01/2006"))
	w.Press("Enter")
	w.Until("the entries of that day", func() bool {
		var first int
		w.Script(&first, `return Math.min(...[...document.querySelectorAll(".vtable tbody tr.opens")].map((row) => Number(row.getAttribute("aria-rowindex"))))`)
		return first > 500
	})
	w.Screenshot("activity-day-light")
	w.Find("radio", "Account activities").Click()
	w.See("imported entries name you")
	w.Axe()
	w.Screenshot("activity-own-light")
	w.Button("Show them").Click()
	w.Button("Edit source: imported").Visible()
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
