//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// sample opens the sample workspace and stands on Home.
func sample(w *e2e.Window) {
	w.Find("button", "Explore with sample data Invented organizations and people, kept apart. Erased on request.").Click()
	w.Heading("Home").Visible()
}

func TestOrganizationDetailsAndMembers(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	sample(w)
	w.Link("Organization").Click()
	w.Heading("Studio Ponteri SA").Visible()
	w.Axe()
	w.Screenshot("organization-light")

	w.Field("Name").Fill("Studio Ponteri & Figli SA")
	w.Field("Place · optional").Fill("Locarno")
	w.Button("Save").Click()
	w.See("Organization saved")
	w.Heading("Studio Ponteri & Figli SA").Visible()

	w.Find("tab", "Members 6").Click()
	w.See("Łukasz Nowak")
	w.Axe()
	w.Screenshot("organization-members-light")
	w.Button("Add a user").Click()
	dialog := w.Dialog("Add a user")
	dialog.Find("field", "E-mail").Fill("nobody")
	dialog.Find("button", "Add a user").Click()
	w.See("This is not an e-mail address.")
	dialog.Find("field", "E-mail").Fill("later@ponteri.example")
	dialog.Find("button", "Add a user").Click()
	w.See("joins as soon as an account is created here")
	w.See("no account here yet")
	w.Button("Withdraw the invitation to later@ponteri.example").Click()
	w.Gone("no account here yet")

	w.Button("Delete the organization").Click()
	w.See("5 other members still belong to it.")
	w.Axe()
}
