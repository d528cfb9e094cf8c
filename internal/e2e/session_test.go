//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/e2e"
)

// signIn signs in where the sign-in form stands.
func signIn(w *e2e.Window, secret string) {
	w.Field("Login e-mail").Fill("elena@ponteri.example")
	w.Field("Password").Fill(secret)
	w.Button("Sign in").Click()
}

// Two windows of two people of the computer on one workspace: ending the other one's session takes effect at its next
// step, and what has ended stays known.
func TestEndingASessionSignsItsWindowOut(t *testing.T) {
	t.Parallel()
	shared := t.TempDir()
	mine := e2e.NewDesktop(t).Start(e2e.Args("--workspace=" + shared))
	begin(mine)
	other := e2e.NewDesktop(t).Start(e2e.Args("--workspace=" + shared))
	signIn(other, password)
	other.Heading("Home").Visible()

	mine.Link("Sessions").Click()
	mine.Heading("Sessions").Visible()
	mine.See("This window")
	mine.Button("End all others").Click()
	mine.Dialog("End all other sessions?").Find("button", "End").Click()
	mine.See("1 session ended")
	mine.Find("tab", "History").Click()
	mine.See("from another window")

	other.Link("Settings").Click()
	other.Link("Home").Click()
	other.Field("Password").Visible() // the form to sign in again
}

func TestSessionsPage(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Press("g")
	w.Press("s")
	w.Heading("Sessions").Visible()
	w.Axe()
	w.Screenshot("sessions-light")

	w.Find("tab", "Security settings").Click()
	w.Field("Failed attempts until the lock").Fill("101")
	w.See("At most 100.")
	w.Field("Failed attempts until the lock").Fill("7")
	w.Gone("At most 100.")
	w.Axe()
	w.Screenshot("sessions-security-light")

	w.Button("Change password").Click()
	dialog := w.Dialog("Change password")
	dialog.Find("field", "Current password").Fill("wrong")
	dialog.Find("field", "New password").Fill("another quiet meadow 7")
	dialog.Find("button", "Change password").Click()
	w.See("This password is not right.")
	dialog.Find("field", "New password").Holds("another quiet meadow 7")
	dialog.Find("field", "Current password").Fill(password)
	dialog.Find("button", "Change password").Click()
	w.See("Password changed")

	w.Button("Make new codes").Click()
	codes := w.Dialog("Make new codes")
	codes.Find("field", "Current password").Fill("another quiet meadow 7")
	codes.Find("button", "Make new codes").Click()
	w.See("They are shown this once.")
	codes.Find("button", "I have kept them").Click()
	codes.Gone()
}
