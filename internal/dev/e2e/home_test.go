//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// speak changes the language of the window, by the menu of whoever is signed in.
func speak(w *e2e.Window, language, name string) {
	w.Call(nil, "settings.Window.Set", "language", language)
	w.Reload()
	w.Heading(name).Visible()
}

// Whoever entered nothing is told that nothing is known, and what to do first; never that nothing is waiting.
func TestTheFirstDay(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.See("First, Kontor has to know something.")
	w.Heading("First steps").Visible()
	w.See("0 of 3")
	w.See("While these are empty, Kontor cannot warn you of anything.")
	w.Gone("Nothing is waiting")
	w.Axe()
	w.Screenshot("firstday-light")
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("firstday-800")
	w.Resize(1280, 800)

	w.Button("Hide the steps").Click()
	w.Heading("Kontor knows of nothing yet").Visible()
	w.Gone("Nothing is waiting")
	w.Axe()
	w.Screenshot("firstday-unknown-light")
	w.Button("Show the first steps").Click()
	w.Heading("First steps").Visible()

	w.Button("Import").Click()
	w.Screenshot("firstday-import-light")
	w.Find("menuitem", "Renewals").Click()
	w.Heading("Renewals").Visible()

	for _, l := range []struct{ code, start, steps string }{{"de", "Start", "Erste Schritte"}, {"it", "Inizio", "Primi passi"}} {
		w.Script(nil, `location.hash = "#/home"`)
		speak(w, l.code, l.start)
		w.Heading(l.steps).Visible()
		w.Axe()
		w.Screenshot("firstday-" + l.code)
	}
	w.Call(nil, "settings.Window.Set", "theme", "dark")
	speak(w, "en", "Home")
	w.Screenshot("firstday-dark")

	// A renewal that is far away: something is known now, and nothing waits.
	w.Call(nil, "payment.Window.AddRenewal", map[string]any{"product": "fontana.example", "expiresOn": "2099-01-01", "amount": "22.40", "months": "12"})
	w.Reload()
	w.Heading("Nothing is waiting").Visible()
	w.See("Looked at: one renewal.")
	w.See("1 of 3")
	w.Axe()
	w.Screenshot("firstday-quiet-dark")
}

// A line is put off and brought back, and dealt with and taken back, each by the person's word.
func TestALineIsPutOffAndBroughtBack(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	const line = "The transfer of tre-larici.com has failed"
	w.See(line)
	w.Screenshot("home-lines-light")
	w.Button("Later: " + line).Click()
	w.Find("menuitem", "In a week").Click()
	w.See("Put off by you: " + line)
	w.Screenshot("home-put-off-light")
	w.Button("Bring back: " + line).Click()
	w.Gone("Put off by you: " + line)
	w.Button("Later: " + line).Click()
	w.Find("menuitem", "Choose a day").Click()
	dialog := w.Dialog("Put off")
	dialog.Find("field", "Until").Fill("2020-01-01")
	dialog.Find("button", "Put off").Click()
	w.See("Choose a day after today, within a year.")
	w.Axe()
	w.Screenshot("home-put-off-refused-light")
	w.Press("Escape")
	w.Dialog("Discard what you typed?").Find("button", "Discard").Click()
	dialog.Gone()
	w.Button("Dealt with: " + line).Click()
	w.See("Dealt with in the last 7 days")
	w.Gone(line)
	w.Button("Show").Click()
	w.See(line)
	w.Axe()
	w.Screenshot("home-dealt-light")
	w.Button("Undo").Click()
	w.Gone("Dealt with in the last 7 days")
	w.See(line)
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("home-800")
	speak(w, "it", "Inizio")
	w.Screenshot("home-800-it")
}

// The language of the first screen is that of the sample, and after a restart one is told where one is.
func TestTheSampleIsToldFromTheOwnWorkspace(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Button("Language: English").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	w.Heading("Wie möchten Sie beginnen?").Visible()
	w.Axe()
	w.Screenshot("welcome-de")
	w.Button("Mit Beispieldaten erkunden Erfundene Organisationen und Personen, getrennt gehalten. Auf Wunsch gelöscht. Das Passwort der erfundenen Person steht, wo eines verlangt wird.").Click()
	w.Heading("Start").Visible()
	w.Restart()
	w.See("Sie sind in Ihrem eigenen Arbeitsbereich.")
	w.Axe()
	w.Screenshot("welcome-left-open-de")
	w.Button("Im Beispiel weitermachen").Click()
	w.Heading("Start").Visible()
	w.Button("Beispiel: verlassen oder löschen").Click()
	w.Find("menuitem", "Beispiel verlassen").Click()
	w.Heading("Wie möchten Sie beginnen?").Visible()
	w.Gone("Sie sind in Ihrem eigenen Arbeitsbereich.")
}
