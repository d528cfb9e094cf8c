//go:build e2e

package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kontor/internal/dev/e2e"
	example "kontor/internal/flow/sample"
)

// file writes what a person would choose or drop.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFailedTransferIsDiagnosedAndRestarted(t *testing.T) {
	t.Parallel()
	path, opened := browser(t)
	w := e2e.Start(t, e2e.Env(path))
	explore(w)
	w.See("The transfer of tre-larici.com has failed")
	w.See("Domain is locked. By Infomaniak’s guide a restart costs no new fee.")
	w.Link("Diagnose: The transfer of tre-larici.com has failed").Click()
	w.Heading("tre-larici.com").Visible()
	w.Find("alert", "").See("The domain is locked at Nordhost (clientTransferProhibited).")
	w.See("2304 Domain is locked")
	w.See("Paid for this transfer, however many attempts it takes")
	w.See("and nothing for a restart.")
	w.Axe()
	w.Screenshot("transfer-failed-light")

	w.Button("Read the e-mail").Click()
	w.Dialog("Trasferimento di tre-larici.com non riuscito").See("EPP 2304 Object status prohibits operation")
	w.Axe()
	w.Press("Escape")
	w.Button("Restart it in the Manager").Disabled()
	w.See("Waits for: Transfer lock is off, Authorization code is fresh.")

	w.Button("Answer: Transfer lock is off, as when it failed").Click()
	w.Find("menuitem", "Checked: it is so").Click()
	w.See("Waits for: Authorization code is fresh.")
	w.Button("Enter").Click()
	w.Dialog("Authorization code").Find("field", "Authorization code").Fill("nEw#1 x")
	w.Button("Save").Click()
	w.See("A code contains no spaces.")
	w.Dialog("Authorization code").Find("field", "Authorization code").Fill("nEw#1x")
	w.Button("Save").Click()
	w.Gone("Waits for:")
	w.Gone("nEw#1x")
	w.Button("Show the code").Click()
	prove(w, "Show the code", "Show the code", example.Password)
	w.See("nEw#1x")

	w.Button("Note the records").Click()
	w.Field("Records").Fill("@ 3600 MX 10 mail.tre-larici.com.")
	w.Axe()
	w.Button("Save").Click()
	w.See("1 record")
	w.Screenshot("transfer-ready-light")

	w.Button("Restart it in the Manager").Click()
	w.See("The transfer is still failed until you restart it there.")
	w.Until("the browser", func() bool {
		return slices.Contains(opened(), "https://manager.infomaniak.com/v3/ng/products/web/domains")
	})
	w.See("Still failed, until it is restarted there.")
	w.Axe()
	w.Screenshot("transfer-noted-light")
	w.Button("I have restarted it: Restart the transfer of tre-larici.com").Click()
	w.See("Attempt 3: restarted in the Manager, by your word")
	w.Button("Undo").Click()
	w.See("Still failed, until it is restarted there.")
	w.Button("I have restarted it: Restart the transfer of tre-larici.com").Click()
	w.See("Attempt 3: restarted in the Manager, by your word")
	w.Axe()
	w.Screenshot("transfer-asked-light")
	w.Button("The code was accepted").Click()
	w.Gone("Attempt 3: restarted in the Manager, by your word")
	w.Button("The domain has arrived").Click()
	w.See("Kontor has erased its authorization code.")
	w.Axe()
	w.Screenshot("transfer-done-light")
}

// fits fails the test if the page has to be scrolled sideways.
func fits(t *testing.T, w *e2e.Window) {
	t.Helper()
	var over int
	w.Script(&over, `const main = document.querySelector("main"); return main.scrollWidth - main.clientWidth`)
	if over > 0 {
		t.Errorf("the page is %d pixels too wide", over)
	}
}

// In German, in the dark, by keyboard, and in the smallest window.
func TestTransfersByKeyboard(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Link("Settings").Click()
	w.Find("radio", "Dark").Click()
	w.Field("Language").Click()
	w.Find("option", "Deutsch").Click()
	w.Heading("Einstellungen").Visible()
	w.Press("g")
	w.Press("d")
	w.Heading("Domains").Visible()
	w.See("Übertragung gescheitert")
	w.Axe()
	w.Screenshot("transfer-list-de-dark")
	w.Press("/")
	w.Find("field", "Domain, Inhaber, Registrar suchen").Focused()
	w.Find("field", "Domain, Inhaber, Registrar suchen").Fill("chur")
	w.See("1 von 6")
	w.Find("group", "Domains").Focus()
	w.Press("ArrowDown")
	w.Press("Enter")
	w.Heading("tre-larici.com").Visible()
	w.Axe()
	fits(t, w)
	w.Screenshot("transfer-failed-de-dark")
	w.Resize(800, 600)
	w.Axe()
	fits(t, w)
	w.Screenshot("transfer-failed-de-dark-800")
	w.Press("m")
	w.Field("Meldung").Fill("Der Transfercode für die Domain tre-larici.com ist abgelaufen.")
	w.Button("Diagnostizieren").Click()
	w.See("Autorisierungscode ist veraltet")
	w.Axe()
	w.Screenshot("transfer-message-de-dark-800")
	w.Button("Diagnose übernehmen").Click()
	w.Find("alert", "").See("Der Autorisierungscode ist abgelaufen oder ersetzt.")
	w.Press("g")
	w.Press("d")
	w.Heading("Domains").Visible()
	fits(t, w)
	w.Axe()
	w.Screenshot("transfer-list-de-dark-800")
}

func TestMessagesAndListsAreLookedAtFirst(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Domains").Click()
	w.See("No transfers yet.")
	w.Axe()
	w.Screenshot("transfer-empty-light")

	w.Button("Explain a message").Click()
	w.Field("Message").Fill("Big sale on domains this week.")
	w.Button("Diagnose").Click()
	w.See("Not recognized.")
	w.Field("Choose an e-mail file").Upload(file(t, "failure.eml",
		"From: help@nordhost.example\r\nSubject: Transfer of a-b.ch failed\r\n\r\n2202 Invalid authorization information\r\n"))
	w.See("Authorization code is wrong")
	w.See("It is not a statement by Infomaniak.")
	w.Axe()
	w.Screenshot("transfer-diagnosis-light")
	w.Press("Escape")

	w.Button("Import a list").Click()
	w.Button("Check the list").Click()
	w.See("Please fill this in.")
	w.Field("Choose a CSV file").Upload(file(t, "domains.csv",
		"domain;code\ncorte-solari.ch;aB3\nwww.a-b.ch;zz\ncorte-solari.ch;again\ncaffe-aurora.ch\n"))
	w.See("1 domain ready")
	w.See("3 rows set aside")
	w.See("Twice in the list, first in row 2")
	w.Axe()
	w.Screenshot("transfer-bulk-light")
	w.Button("Import 1 domain").Click()
	w.See("1 transfer noted")
	w.Link("corte-solari.ch").Visible()

	w.Button("Note a transfer").Nth(0).Click()
	w.Field("Domain").Fill("www.tre-larici.com")
	w.Dialog("Note a transfer").Find("button", "Note a transfer").Click()
	w.See("Enter the name that is registered")
	w.Field("Requested on · optional").Fill("20/11/2026")
	w.Field("Time of day").Fill("9h30")
	w.Field("Domain").Focus()
	w.Field("Time of day").Holds("09:30")
	w.Axe()
	w.Screenshot("transfer-add-light")
	w.Field("Domain").Fill("tre-larici.com")
	w.Dialog("Note a transfer").Find("button", "Note a transfer").Click()
	w.Heading("tre-larici.com").Visible()
	w.Button("It failed").Click()
	w.Button("Without a message").Click()
	w.Find("alert", "").See("The cause is not known yet.")
	w.Button("Restart it there all the same").Click()
	w.Dialog("Restart tre-larici.com all the same").Find("button", "Restart it there all the same").Click()
	w.See("Still failed, until it is restarted there.")
}
