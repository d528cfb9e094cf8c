//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// save answers the system's save dialog with a file in a folder of the test, waits for it and gives what it holds.
func save(t *testing.T, w *e2e.Window, title, name string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	w.ChooseFile(title, strings.TrimSuffix(path, filepath.Ext(path))) // the dialog leaves the ending of its proposal
	var data []byte
	w.Until(name+" to be written", func() bool {
		data, _ = os.ReadFile(path) //nolint:gosec // our own temporary file
		return len(data) > 0
	})
	return data
}

// What a person hands on leaves through the system's own save dialog, and is the file that it says it is.
func TestFilesLeaveThroughTheSystemsDialog(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Press("g")
	w.Press("q")
	w.Link("2026-0004").Click()
	w.Heading("Quote 2026-0004").Visible()
	begins := func(item, title, name, start string) {
		t.Helper()
		w.Button("Export").Click()
		w.Find("menuitem", item).Click()
		if data := save(t, w, title, name); !bytes.HasPrefix(data, []byte(start)) {
			t.Errorf("%s begins with %q", name, data[:min(len(data), 20)])
		}
		w.See("Saved as " + name)
	}
	begins("PDF for the recipient", "Export", "offer.pdf", "%PDF-")
	begins("CSV", "Export", "offer.csv", "\ufeffOrganization,Number,Recipient")
	begins("XLSX", "Export", "offer.xlsx", "PK")

	w.Link("Clients").Click()
	w.Field("Find a client or product").Fill("vannetti.example")
	w.See("1 of 43")
	w.Button("Action menu of Clinica Dr. Vannetti").Click()
	w.Find("menuitem", "Export this client").Click()
	w.Dialog("Export Clinica Dr. Vannetti").Find("button", "Save the file…").Click()
	if data := save(t, w, "Export Clinica Dr. Vannetti", "client.csv"); !bytes.Contains(data, []byte("Clinica Dr. Vannetti")) {
		t.Errorf("the client is not in its file: %q", data)
	}
	w.See("client.csv saved")

	w.Link("Domains").Click()
	w.Link("tre-larici.com").Click()
	w.Button("Deadlines (.ics)").Click()
	if data := save(t, w, "Deadlines (.ics)", "deadlines.ics"); !bytes.Contains(data, []byte("BEGIN:VEVENT")) {
		t.Errorf("no deadline in %q", data)
	}
	w.See("Saved as deadlines.ics")
}

// A failure e-mail that is dropped is read like one that is chosen.
func TestAFailureMailIsDropped(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Domains").Click()
	w.Button("Explain a message").Click()
	w.Field("Message").Visible()
	mail := "From: aiuto@nordhost.example\r\nSubject: Trasferimento non riuscito\r\n\r\n2304 Object status prohibits operation\r\n"
	w.Script(nil, `
		const given = new DataTransfer()
		given.items.add(new File([atob(arguments[0])], "failure.eml", { type: "message/rfc822" }))
		document.querySelector("[role=dialog] .drop").dispatchEvent(
			new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: given }))`,
		base64.StdEncoding.EncodeToString([]byte(mail)))
	w.See("Domain is locked")
	w.See("It is not a statement by Infomaniak.")
}

// The quotes of a client: from its row, and from inside, limited to what it granted.
func TestTheQuotesOfAClient(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	w.Link("Clients").Click()
	w.Field("Find a client or product").Fill("larici")
	w.See("1 of 43")
	w.Button("Action menu of Hotel Tre Larici").Click()
	w.Find("menuitem", "Quotes").Click()
	w.See("Only for Hotel Tre Larici")
	w.Link("2026-0001").Visible()
	w.Axe()
	w.Screenshot("quotes-of-a-client-light")
	w.Button("Show for all clients").Click()
	w.See("7 of 7")
	w.Link("Clients").Click()
	w.Field("Find a client or product").Fill("larici")
	w.See("1 of 43")
	w.Button("Enter Hotel Tre Larici").Click()
	w.Link("2026-0001").Visible()
	w.Axe()
	w.Script(nil, `[...document.querySelectorAll("main .panel")].at(-1).scrollIntoView()`)
	w.Screenshot("client-inside-quotes-light")
	w.Link("New quote").Click()
	w.Heading("New quote").Visible()
	w.Field("Client").Nth(2).Holds("Hotel Tre Larici")
}
