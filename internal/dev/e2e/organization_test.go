//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// sample opens the sample workspace and stands on Home.
func sample(w *e2e.Window) {
	w.Find("button", "Explore with sample data Invented organizations and people, kept apart. Erased on request. The password of the invented person is shown where one is asked for.").Click()
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
	w.See("Saved in Kontor. At Infomaniak nothing has changed.")
	w.Heading("Studio Ponteri & Figli SA").Visible()

	w.Find("tab", "Members in Kontor 6").Click()
	w.See("Łukasz Nowak")
	w.Axe()
	w.Screenshot("organization-members-light")
	w.Button("Add a user in Kontor").Click()
	dialog := w.Dialog("Add a user in Kontor")
	dialog.Find("field", "E-mail").Fill("nobody")
	dialog.Find("button", "Add a user in Kontor").Click()
	w.See("This is not an e-mail address.")
	dialog.Find("field", "E-mail").Fill("later@ponteri.example")
	dialog.Find("button", "Add a user in Kontor").Click()
	w.See("joins Kontor with this code")
	w.Screenshot("organization-invited-light")
	w.Dialog("Add a user in Kontor").Find("button", "Done").Click()
	w.See("makes an account with the code")
	w.Button("Withdraw the invitation of later@ponteri.example").Click()
	w.Gone("makes an account with the code")

	// Who holds which role at Infomaniak is noted, and is no member.
	w.Button("Note a person").Click()
	note := w.Dialog("Note a person")
	note.Find("field", "Name").Fill("Bruno Keller")
	note.Find("button", "Note").Click()
	note.Gone()
	w.See("Noted: Bruno Keller. At Infomaniak nothing has changed.")
	w.Axe()
	w.Screenshot("organization-noted-light")

	w.Button("Delete in Kontor").Click()
	w.See("5 other members still belong to it.")
	w.Axe()
}
