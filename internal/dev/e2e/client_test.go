//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// From the request to the end of a collaboration, in one's own workspace: the sample has no password to stop with.
func TestAClientFromTheRequestToTheEnd(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Clients").Click()
	w.Heading("Managed clients").Visible()
	w.See("No clients yet.")
	w.Button("Add a client").Nth(1).Click()
	dialog := w.Dialog("Add a client")
	dialog.Find("button", "Add a client").Click()
	w.See("Please fill this in.")
	w.Axe()
	dialog.Find("field", "Client’s name").Fill("Fiduciaria Rezzoni")
	dialog.Find("field", "Product").Fill("rezzoni.example")
	dialog.Find("field", "statistics").Click()
	w.Screenshot("client-add-light")
	dialog.Find("button", "Add a client").Click()
	w.Heading("Fiduciaria Rezzoni").Visible()
	w.See("awaiting answer")

	w.Button("Record the answer").Click()
	dialog = w.Dialog("Record the answer")
	dialog.Find("field", "statistics").Click()
	w.Axe()
	dialog.Find("button", "Record the answer").Click()
	w.See("1 right missing")
	w.See("recorded by hand")
	w.See("Granted, recorded by hand: limited access to 1 product")
	w.Link("Home").Click()
	w.See("Fiduciaria Rezzoni granted less than requested")
	w.Find("link", "Compare: Fiduciaria Rezzoni granted less than requested").Click()

	w.Button("Action menu of Fiduciaria Rezzoni").Click()
	w.Find("menuitem", "Correct the details").Click()
	dialog = w.Dialog("Correct the details")
	dialog.Find("field", "Place · optional").Nth(1).Fill("Lugano")
	dialog.Find("button", "Save").Click()
	w.See("Details corrected")

	w.Button("Action menu of Fiduciaria Rezzoni").Click()
	w.Find("menuitem", "Stop the collaboration").Click()
	dialog = w.Dialog("Stop the collaboration with Fiduciaria Rezzoni in Kontor?")
	dialog.Find("button", "Go on").Click()
	dialog.Find("field", "Your password of Kontor").Fill("wrong")
	dialog.Find("button", "Stop the collaboration").Click()
	w.See("This password is wrong.")
	w.Axe()
	dialog.Find("field", "Your password of Kontor").Fill(password)
	dialog.Find("button", "Stop the collaboration").Click()
	dialog.Gone()
	w.See("Collaboration stopped in Kontor")
	w.Link("Clients").Nth(1).Click()
	w.See("No clients yet.")
}

func TestClientsOfTheSample(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	sample(w)
	w.Button("6 more").Click() // Home shows the most urgent first
	w.See("Tipografia Lavizza has not answered")
	w.Link("Clients").Click()
	w.See("43 of 43")
	w.Axe()
	w.Screenshot("clients-light")
	w.Field("Find a client or product").Fill("optica")
	w.See("1 of 43")
	w.Field("Find a client or product").Fill("vannetti.example")
	w.See("8 rights missing")
	w.Button("Action menu of Clinica Dr. Vannetti").Click()
	w.Screenshot("client-menu-light")
	w.Find("menuitem", "Export this client").Click()
	w.Dialog("Export Clinica Dr. Vannetti").See("No text can act as a formula")
	w.Axe()
	w.Press("Escape")
	w.Link("Clinica Dr. Vannetti").Click()
	w.Heading("Clinica Dr. Vannetti").Visible()
	w.Axe()
	w.Screenshot("client-light")
	w.Find("tab", "Rights").Click()
	w.Field("Claire Vuilleumier").Click()
	w.See("1 collaborator may see the client")

	w.Link("Clients").Nth(1).Click()
	w.Heading("Managed clients").Visible()
	w.Script(nil, "document.documentElement.dataset.theme = 'dark'")
	w.Axe()
	w.Screenshot("clients-dark")
	w.Resize(800, 600)
	w.Screenshot("clients-small-dark")
}
