//go:build e2e

package e2e_test

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
)

// A person backs up, changes something, looks around in the backup, and puts it in place: what was changed is gone, and
// she signs in again.
func TestABackupIsMadeLookedAtAndPutInPlace(t *testing.T) {
	t.Parallel()
	const phrase = "larice pontile vela brina"
	w := e2e.Start(t)
	begin(w)
	safety := func() {
		w.Link("Settings").Click()
		w.Find("tab", "Safety").Click()
	}
	safety()
	w.Button("Back up to a file").Click()
	w.Field("Passphrase").Fill(phrase)
	w.Field("The same once more").Fill(phrase)
	w.Dialog("Back up to a file").Find("button", "Choose a place").Click()
	data := save(t, w, "Back up to a file", "mine.kontor-backup")
	if !bytes.HasPrefix(data, []byte("age-encryption.org/")) {
		t.Fatalf("%.20q", data)
	}
	w.See("The backup is made, and opens")
	file := filepath.Join(t.TempDir(), "back.kontor-backup") // carried elsewhere
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}

	w.Link("Organization").Click()
	w.Field("Name").Fill("Another name SA")
	w.Button("Save").Click()
	w.Heading("Another name SA").Visible()
	open := func() {
		safety()
		w.Button("Restore a backup file").Click()
		w.Dialog("Restore a backup file").Find("button", "Choose the file").Click()
		w.ChooseFile("Choose the file", file)
		w.Field("Passphrase of the backup").Fill(phrase)
		w.Button("Open it beside").Click()
		w.See("In the backup")
	}
	open()
	w.Axe()
	w.Screenshot("backup-restore-light")
	w.Button("Look around in it first").Click()
	w.See("Your workspace is closed meanwhile and unchanged.")
	w.Link("Organization").Click()
	w.Heading("Studio Ponteri SA").Visible()
	w.Button("Back to the workspace").Click()
	w.Heading("Another name SA").Visible()

	open()
	w.Field("Your password of Kontor").Fill(password)
	w.Button("Put in place").Click()
	w.Heading("Sign in to Kontor").Visible()
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill(password)
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
	w.Link("Organization").Click()
	w.Heading("Studio Ponteri SA").Visible()
}

// A double click on a backup starts the program with it; on another one while the window is there, that takes its place.
func TestABackupIsOpenedFromTheDesktop(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	first, second := filepath.Join(d.Home, "of June.kontor-backup"), filepath.Join(d.Home, "of July.kontor-backup")
	for _, file := range []string{first, second} {
		if err := os.WriteFile(file, []byte("not a backup"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := d.Start(e2e.Args(first))
	w.Dialog("Restore a backup file").See("of June.kontor-backup")
	if code, output := d.Launch(e2e.Args((&url.URL{Scheme: "file", Path: second}).String())); code != 0 {
		t.Fatalf("%d\n%s", code, output)
	}
	w.Dialog("Restore a backup file").See("of July.kontor-backup")
	w.Field("Passphrase of the backup").Fill("larice pontile vela brina")
	w.Button("Open it beside").Click()
	w.See("This file is no backup of a workspace. Nothing was changed.")
}
