//go:build e2e

package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
	"kontor/internal/dev/testkit/sshd"
)

// A person sends the workspace to a server over SSH, whose key she is asked about first, changes something, and goes on from the state that was sent: what is there is
// sealed, she sees what would change, and signs in again.
func TestTheWorkspaceIsSentAndTakenOver(t *testing.T) {
	t.Parallel()
	const phrase = "larice pontile vela brina"
	server := sshd.Serve(t)
	folder := filepath.Join(server.Folder, "Kontor")
	w := e2e.Start(t)
	begin(w)
	safety := func() {
		w.Link("Settings").Click()
		w.Find("tab", "Safety").Click()
	}
	safety()
	w.Button("Send to a place").Click()
	w.Axe()
	w.Field("Folder, WebDAV or SFTP address").Fill("http://dav.example/kontor")
	w.Field("Passphrase").Fill(phrase)
	w.Field("The same once more").Fill(phrase)
	w.Button("Try it and begin").Click()
	w.See("The address has to begin with https://")
	w.Field("Folder, WebDAV or SFTP address").Fill(server.Address("Kontor"))
	w.Field("Password of the server").Fill(sshd.Password)
	w.Button("Try it and begin").Click()
	w.See("Nobody has confirmed this server yet")
	w.Axe()
	w.Screenshot("replica-key-light")
	w.Dialog("Send to a place").Find("checkbox", "").Click()
	w.Button("Try it and begin").Click()
	w.See("up to date")
	w.Screenshot("replica-light")
	if sent, err := filepath.Glob(filepath.Join(folder, "*", "*-b")); err != nil || len(sent) != 1 {
		t.Fatal(sent, err)
	} else if data, err := os.ReadFile(sent[0]); err != nil || string(data[:22]) != "age-encryption.org/v1\n" {
		t.Fatalf("%.30q, %v", data, err)
	}

	w.Button("Go on from another computer").Click()
	w.Button("Look there").Click()
	w.Find("combobox", "State of").Visible()
	w.Button("Open it beside").Click()
	w.See("In the backup")
	w.See("This computer writes from then on")
	w.Axe()
	w.Field("Your password of Kontor").Fill(password)
	w.Button("Put in place").Click()
	w.Heading("Sign in to Kontor").Visible()
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill(password)
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
	safety()
	w.See("up to date")
	if heads, err := filepath.Glob(filepath.Join(folder, "head-*")); err != nil || len(heads) != 2 {
		t.Fatal(heads, err)
	}
}
