//go:build e2e

package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// logFile writes n rows of another program's log over 200 days, with ten days of silence, two rows that cannot be read
// and headings of its own.
func logFile(t *testing.T, n int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("When;Who did it;Service;What;Thing\n")
	start := time.Now().UTC().AddDate(0, 0, -200)
	actions := []string{"item_added", "item_changed", "item_deleted", "invoice_generated"}
	for i := range n {
		at := start.Add(time.Duration(float64(195*24*time.Hour) * float64(i) / float64(n)))
		if day := int(at.Sub(start).Hours() / 24); day >= 170 && day < 180 {
			continue
		}
		fmt.Fprintf(&text, "%s;Person %d;%s;%s;clients/rechnung-%d.pdf\n", at.Format("2006-01-02 15:04:05"), i%7, []string{"drive", "domain"}[i%2], actions[i%4], i)
	}
	text.WriteString("tomorrow;Person 1;drive;item_added;a.pdf\n2026-01-01 10:00:00;Person 1;teapot;item_added;b.pdf\n")
	path := filepath.Join(t.TempDir(), fmt.Sprintf("log-%d.csv", n))
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Ten thousand rows come in: looked at first, stopped once, taken, recognised the second time. They go out in three forms.
// In German, at 200 %, all of it is there and works by keyboard.
func TestTenThousandEntriesComeInAndGoOut(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	w := d.Start()
	begin(w)
	w.Link("Activity").Click()
	w.Find("radio", "Organization").Click()
	w.See("all searched")
	open := func(path string) *e2e.Element {
		w.Find("main", "").Find("button", "More actions").Click()
		w.Find("menuitem", "Import entries").Click()
		dialog := w.Dialog("Import entries")
		dialog.Find("field", "Choose a file").Upload(path)
		dialog.See("Who did it")
		return dialog
	}
	chosen := func(dialog *e2e.Element) {
		for _, pair := range [][2]string{{"Person", "Who did it"}, {"Action", "What"}, {"Object", "Thing"}} {
			dialog.Find("field", pair[0]).Click()
			w.Find("option", pair[1]).Click()
		}
	}

	dialog := open(logFile(t, 120_000))
	chosen(dialog)
	dialog.Find("button", "Next").Click()
	dialog.Find("button", "Preview").Click()
	dialog.Find("button", "Import 113,847").Click()
	dialog.Find("progressbar", "").Visible()
	dialog.Find("button", "Cancel").Nth(1).Click()
	w.See("Stopped. Nothing of it remains.")
	w.Press("Escape")
	dialog.Gone()

	path, came := logFile(t, 10_000), "9,488"
	dialog = open(path)
	w.Screenshot("activity-import-columns-light")
	chosen(dialog)
	w.Axe()
	dialog.Find("button", "Next").Click()
	dialog.See("teapot") // a product that Kontor does not know stays as it is written
	w.Axe()
	w.Screenshot("activity-import-words-light")
	dialog.Find("button", "Preview").Click()
	dialog.See("Set aside")
	w.Axe()
	w.Screenshot("activity-import-preview-light")
	dialog.Find("button", "Import "+came).Click()
	w.See(came + " entries are imported.")
	w.Screenshot("activity-import-done-light")
	dialog.See("each marked as imported")
	dialog.Find("button", "Save the rows set aside").Click()
	if aside := string(save(t, w, "Save the rows set aside", "aside.csv")); strings.Contains(aside, "teapot") || !strings.Contains(aside, "tomorrow") {
		t.Errorf("kept aside: %s", aside)
	}
	w.Press("Escape")
	dialog.Gone()

	dialog = open(path)
	chosen(dialog)
	dialog.Find("button", "Next").Click()
	dialog.Find("button", "Preview").Click()
	dialog.See("Nothing in this file is new.")
	w.Press("Escape")
	dialog.Gone()

	box := w.Field("Search the journal")
	box.Click()
	box.Type("source:imported ")
	w.See(came + " of ")
	for _, form := range []struct{ item, ending string }{
		{"CSV, for a spreadsheet", "csv"}, {"Workbook (XLSX)", "xlsx"}, {"JSON Lines, for programs", "jsonl"},
	} {
		w.Button("Export the results").Click()
		w.Find("menuitem", form.item).Click()
		if data := save(t, w, "Export the results", "out."+form.ending); len(data) < 100_000 {
			t.Errorf("%s: %d bytes", form.item, len(data))
		}
		w.See(came + " entries are in out." + form.ending)
	}

	w.Call(nil, "settings.Window.Set", "language", "de")
	w.Stop()
	w = d.Start(e2e.Zoom(2))
	w.Field("Anmelde-E-Mail").Fill("elena@ponteri.example")
	w.Field("Passwort von Kontor").Fill(password)
	w.Press("Enter")
	w.Heading("Start").Visible()
	w.Press("g")
	w.Press("a")
	w.Heading("Aktivität").Visible()
	w.See("alle durchsucht")
	// From here on by keyboard alone.
	reached := func(selector string) {
		w.Until("the focus in "+selector, func() bool {
			var there bool
			w.Script(&there, `return document.activeElement.matches(arguments[0])`, selector)
			if !there {
				w.Press("Tab")
			}
			return there
		})
	}
	reached("main [role=radio], main input[type=radio]")
	w.Press("ArrowRight")
	w.Until("the organization", func() bool {
		var hash string
		w.Script(&hash, `return location.hash`)
		return strings.Contains(hash, "organization")
	})
	w.See("rechnung-9999.pdf")
	w.Axe()
	w.Screenshot("activity-de-200-light")
	var wide string
	w.Script(&wide, `const m = document.querySelector("main"); return m.scrollWidth > m.clientWidth + 1 ? m.scrollWidth + " of " + m.clientWidth : ""`)
	if wide != "" {
		t.Errorf("at 200 %% the page scrolls sideways: %s", wide)
	}

	w.Press("/")
	for _, key := range "rechnung " {
		w.Press(strings.ReplaceAll(string(key), " ", "Space"))
	}
	w.See("9’487 von ")
	reached(".vtable")
	w.Press("End") // the scroll bar stands for all of them: the end is the oldest entry, in one step
	w.See("rechnung-0.pdf")
	w.Screenshot("activity-de-200-end-light")
	w.Press("Home")
	w.Press("ArrowDown")
	w.Press("Enter")
	w.See("Nummer in der Kette")
	w.Axe()
	w.Screenshot("activity-de-200-entry-light")
	w.Press("Escape")
	w.Gone("Nummer in der Kette")
}
