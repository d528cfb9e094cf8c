//go:build e2e

package e2e_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
)

// saveAs answers the system's dialog, which proposes a name, with a path.
func saveAs(t *testing.T, w *e2e.Window, title, path string) {
	t.Helper()
	w.Until("the dialog "+title, func() bool {
		_, err := w.Run("xdotool", "search", "--onlyvisible", "--name", "^"+title+"$", "windowactivate", "--sync")
		return err == nil
	})
	for _, step := range [][]string{
		{"sleep", "0.5"}, {"key", "ctrl+a"}, {"type", "--delay", "20", path}, {"sleep", "0.3"}, {"key", "Return"},
	} {
		if out, err := w.Run("xdotool", step...); err != nil {
			t.Fatalf("xdotool %v: %v %s", step, err, out)
		}
	}
	w.Until("the file "+path, func() bool { _, err := os.Stat(path); return err == nil })
}

func openSigned(w *e2e.Window, path string) {
	w.Button("Open a signed file").Click()
	w.Dialog("Open a signed file").Find("field", "Choose the file").Upload(path)
}

// An invitation goes from one Kontor to another as a file, and the signed reply comes back with less than was asked.
func TestAnInvitationBetweenTwoKontors(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	invitation, reply := filepath.Join(folder, "invitation.kontor"), filepath.Join(folder, "reply.kontor")

	partner := e2e.Start(t)
	begin(partner)
	partner.Link("Clients").Click()
	partner.Button("Note a client").Nth(1).Click()
	dialog := partner.Dialog("Note a client")
	dialog.Find("field", "Client’s name").Fill("Fiduciaria Rezzoni")
	dialog.Find("field", "Product").Fill("rezzoni.example")
	dialog.Find("field", "statistics").Click()
	dialog.Find("button", "Note a client").Click()
	partner.Heading("Fiduciaria Rezzoni").Visible()
	partner.Button("Save the invitation file…").Click()
	saveAs(t, partner, "Save the invitation file…", invitation)
	partner.See("valid until")
	partner.See("Fingerprint of your organization")
	partner.Axe()
	partner.Screenshot("client-invitation-light")
	var fingerprint string
	partner.Script(&fingerprint, `return document.querySelector("main code").textContent`)

	guest := e2e.Start(t)
	begin(guest)
	guest.Link("Clients").Click()
	changed := filepath.Join(folder, "changed.kontor")
	data, err := os.ReadFile(invitation)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(changed, bytes.Replace(data, []byte("rezzoni.example"), []byte("rezzoni.ch"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	openSigned(guest, changed)
	guest.See("The signature does not match the content")
	guest.Axe()
	guest.Press("Escape")
	openSigned(guest, invitation)
	dialog = guest.Dialog("Studio Ponteri SA asks for access")
	dialog.See(fingerprint)
	guest.Axe()
	guest.Screenshot("client-asked-light")
	dialog.Find("field", "statistics").Click()
	dialog.Find("button", "Sign the reply…").Click()
	saveAs(t, guest, "Sign the reply…", reply)
	guest.See("Send it to the partner")
	guest.See("Your partners")
	guest.See("limited access to 1 product")
	openSigned(guest, invitation)
	guest.See("This invitation has been answered already")

	partner.Link("Clients").Nth(1).Click()
	openSigned(partner, reply)
	dialog = partner.Dialog("Reply of Fiduciaria Rezzoni")
	dialog.See("less than requested")
	partner.Screenshot("client-reply-light")
	dialog.Find("button", "Record this reply").Click()
	partner.See("from a signed reply")
	partner.See("1 right missing")
	partner.See("Granted, by a signed reply: limited access to 1 product")
	partner.Link("Clients").Nth(1).Click()
	openSigned(partner, reply)
	partner.See("An answer counts once")
}
