//go:build e2e

package e2e_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
)

const password = "quiet meadow lantern 41"

// begin creates the first account of a workspace, keeps its codes and stands on Home.
func begin(w *e2e.Window) { beginAs(w, "Elena", "Bianchi", "Studio Ponteri SA") }

func beginAs(w *e2e.Window, first, last, organization string) {
	w.Button("Create an account in Kontor For you and your organization, or for one that asked you in. Not an account at Infomaniak.").Click()
	w.Field("First name").Fill(first)
	w.Field("Last name").Fill(last)
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Organization").Fill(organization)
	w.Field("Password of Kontor").Fill(password)
	w.See("years of guessing")
	w.Button("Create an account in Kontor").Click()
	w.Heading("Keep your recovery codes of Kontor").Visible()
	w.Find("checkbox", "I have kept them in a safe place").Click()
	w.Button("Go to Kontor").Click()
	w.Heading("Home").Visible()
}

func TestFirstStart(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Heading("How do you want to begin?").Visible()
	w.Gone("Sign in") // nobody could yet
	w.Axe()
	w.Screenshot("welcome-light")

	w.Button("Create an account in Kontor For you and your organization, or for one that asked you in. Not an account at Infomaniak.").Click()
	w.Field("Sign-in e-mail").Fill("nobody")
	w.Field("Organization").Fill("Studio Ponteri SA")
	w.Field("Password of Kontor").Fill("password")
	w.Button("Create an account in Kontor").Click()
	w.See("This is not an e-mail address.")
	w.See("This would be guessed at once.")
	w.Field("Organization").Holds("Studio Ponteri SA")
	w.Axe()
	w.Screenshot("create-refused-light")
	w.Button("Back").Click()

	begin(w)
	w.Heading("First steps").Visible()
	w.Axe()
	w.Screenshot("home-light")
}

func TestSignOutAndIn(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)

	// What is told stands below the page, never on it, and leaves by itself.
	if refused := w.Call(nil, "payment.Window.Add", map[string]string{"kind": "card", "brand": "visa", "holder": "Elena Bianchi", "last4": "4417", "ends": "2031-01"}); refused != "" {
		t.Fatal(refused)
	}
	w.Script(nil, `location.hash = "#/payment"`)
	w.Find("radio", "Default: Visa 4417").Click()
	const told = "Noted: Visa 4417 by default."
	w.See(told)
	w.See("the former default counts until then")
	var covers bool
	w.Script(&covers, `
		const toast = document.querySelector(".toasts").getBoundingClientRect(), page = document.getElementById("main").getBoundingClientRect()
		return page.bottom > toast.top + 1`)
	if covers {
		t.Error("what is told lies on the page")
	}
	w.Until("it has left", func() (gone bool) {
		w.Script(&gone, `return document.querySelector(".toast") === null`)
		return gone
	})

	// Nor does it outlive the person who was told, and the next one begins at Home.
	w.Find("radio", "Default: Prepaid account").Click()
	w.Find("radio", "Default: Visa 4417").Click()
	w.See(told)
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitem", "Sign out").Click()
	w.Heading("Sign in to Kontor").Visible()
	w.Gone(told)
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill("something else entirely")
	w.Button("Sign in to Kontor").Click()
	w.See("E-mail and password do not match.")
	w.Field("Password of Kontor").Holds("")
	w.Axe()
	w.Screenshot("sign-in-refused-light")
	w.Field("Password of Kontor").Fill(password)
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
	w.Gone(told)
}

func TestStaySignedIn(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitem", "Sign out").Click()
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill(password)
	w.Find("checkbox", "Stay signed in to Kontor on this computer").Click()
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
	w.Restart()
	w.Heading("Home").Visible()
}

func TestSampleOpensAndIsErased(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Button("Explore with sample data Invented organizations and people, kept apart. Erased on request. The password of the invented person is shown where one is asked for.").Click()
	w.Heading("Home").Visible()
	w.See("Next 60 days")
	w.See("CHF 226.65 of it not covered")
	w.Heading("Prepaid account").Visible()
	w.Find("link", "Domains").Has("title", "Domains: 1 waiting")
	var state systemState
	if w.Call(&state, "SystemService.State"); filepath.Base(state.Workspace) != "sample" {
		t.Fatalf("%+v", state)
	}
	w.Axe()
	w.Screenshot("sample-light")
	w.Button("Sample data: leave or erase").Click()
	w.Find("menuitem", "Erase the sample").Click()
	w.Dialog("Erase the sample data?").Visible()
	w.Screenshot("sample-erase-light")
	w.Button("Erase the sample").Click()
	w.Heading("How do you want to begin?").Visible()
	if _, err := os.Stat(state.Workspace); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left in %s (%v)", state.Workspace, err)
	}
}

func TestFrameByKeyboard(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Press("g")
	w.Press("t")
	w.Heading("Settings").Visible()
	w.Find("radio", "Dark").Click()
	w.Axe()
	w.Screenshot("settings-dark")
	w.Press("Control+k")
	w.Field("Search records and commands").Fill("go to home")
	w.Screenshot("palette-dark")
	w.Press("Enter")
	w.Heading("Home").Visible()
	w.Press("?")
	w.Dialog("Keyboard shortcuts").Visible()
	w.Axe()
	w.Screenshot("shortcuts-dark")
	w.Press("Escape")
	w.Dialog("Keyboard shortcuts").Gone()
}

func TestLanguageChangesAtOnce(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Screenshot("menu-light")
	w.Find("menuitemcheckbox", "Deutsch").Click()
	w.Heading("Erste Schritte").Visible()
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("home-light-de-800x600")
	w.Restart()
	w.See("anmelden") // the choice outlives the window
}

func TestNoKeyringIsSaidAndAPassphraseHelps(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t, e2e.NoKeyring())
	begin(w)
	w.See("Secrets are kept only until Kontor is closed.")
	w.Axe()
	w.Screenshot("no-keyring-light")
	w.Button("Use a passphrase").Click()
	w.Dialog("Use a passphrase").Visible()
	w.Field("Passphrase").Fill("four words in a row")
	w.Field("Passphrase again").Fill("four words in a queue")
	w.Dialog("Use a passphrase").Find("button", "Use a passphrase").Click()
	w.See("The two entries differ.")
	w.Field("Passphrase again").Fill("four words in a row")
	w.Dialog("Use a passphrase").Find("button", "Use a passphrase").Click()
	w.Dialog("Use a passphrase").Gone()
	w.Gone("Secrets are kept only until Kontor is closed.")

	// What the passphrase seals signs the person in: it is asked for before anybody is.
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitem", "Sign out").Click()
	w.Field("Sign-in e-mail").Fill("elena@ponteri.example")
	w.Field("Password of Kontor").Fill(password)
	w.Find("checkbox", "Stay signed in to Kontor on this computer").Click()
	w.Button("Sign in to Kontor").Click()
	w.Heading("Home").Visible()
	w.Restart()
	w.See("Your secrets are locked. The passphrase opens them.")
	w.Axe()
	w.Screenshot("locked-secrets-light")
	w.Button("Unlock").Click()
	w.Field("Passphrase").Fill("four words in a row")
	w.Dialog("Unlock").Find("button", "Unlock").Click()
	w.Heading("Home").Visible()
}
