//go:build e2e

package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
	"kontor/internal/host/sqlite"
)

// kept begins a workspace, closes the window, and hands its file over.
func kept(t *testing.T, d *e2e.Desktop, with func(db *sqlite.DB)) (file string) {
	t.Helper()
	w := d.Start()
	begin(w)
	var state systemState
	w.Call(&state, "SystemService.State")
	w.Stop()
	file = filepath.Join(state.Workspace, "kontor.db")
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	with(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNewerWorkspaceIsSaidAndLeftAlone(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	file := kept(t, d, func(db *sqlite.DB) {
		if err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w := d.Start()
	w.Heading("The workspace could not be opened").Visible()
	w.See("This workspace was written by a newer Kontor (version 99999;")
	w.See("Install the newest Kontor")
	w.Axe()
	w.Screenshot("workspace-newer-light")
	w.Stop()
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

func TestDamagedWorkspaceIsPutBackFromACopy(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	file := kept(t, d, func(db *sqlite.DB) {
		copies := filepath.Join(filepath.Dir(db.Path()), "copies")
		if err := os.MkdirAll(copies, 0o700); err != nil {
			t.Fatal(err)
		}
		// Newer than the copy of the day, which a slow machine makes before anybody has an account.
		name := "before-update-" + time.Now().UTC().Add(time.Hour).Format("20060102T150405.000") + ".db"
		if err := db.CopyTo(t.Context(), filepath.Join(copies, name)); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(file, []byte(strings.Repeat("this was a database once. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	w := d.Start()
	w.See("The file of the workspace is damaged.")
	w.See("each was checked when it was made")
	w.Axe()
	w.Screenshot("workspace-copies-light")
	w.Button("Put back").Nth(1).Click() // the newest
	w.Dialog("Put this copy back?").Find("button", "Put back").Click()
	w.Heading("Sign in to Kontor").Visible()
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill(password)
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
}

// Two people, each with a desktop and a keyring of their own, work in one workspace at the same time.
func TestTwoPeopleInOneWorkspace(t *testing.T) {
	t.Parallel()
	workspace := filepath.Join(t.TempDir(), "shared")
	one, two := e2e.Start(t, e2e.Args("--workspace", workspace)), e2e.Start(t, e2e.Args("--workspace", workspace))
	begin(one)
	two.Restart()
	two.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	two.Field("Password of Kontor").Fill(password)
	two.Button("Sign in to Kontor").Click()
	two.Heading("Home").Visible()
	for i, w := range []*e2e.Window{one, two, one} { // each finds what the other has written
		before, after := fmt.Sprintf("Studio Ponteri %d", i), fmt.Sprintf("Studio Ponteri %d", i+1)
		w.Link("Home").Click()
		w.Heading("Home").Visible()
		w.Link("Organization").Click()
		if i > 0 {
			w.Field("Name").Holds(before)
		}
		w.Field("Name").Fill(after)
		w.Button("Save").Click()
		w.Heading(after).Visible()
	}
}
