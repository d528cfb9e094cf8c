//go:build e2e

package e2e_test

import (
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// A window that is locked with the screen shows nothing and answers nothing; whoever worked in it comes back to what was
// being typed.
func TestTheWindowLocksWithTheScreen(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	signal := func(on string) {
		t.Helper()
		if out, err := w.Run("dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
			"org.freedesktop.ScreenSaver.ActiveChanged", "boolean:"+on); err != nil {
			t.Fatal(err, out)
		}
	}
	shown := func() string {
		t.Helper()
		var text string
		w.Script(&text, `return document.body.innerText`)
		return text
	}
	w.Link("Domains").Click()
	w.Button("Note a transfer").Nth(1).Click()
	w.Dialog("Note a transfer").Find("field", "Domain").Fill("tre-larici.com")

	signal("true")
	w.Dialog("Kontor is locked").Visible()
	w.Screenshot("locked-light")
	if text := shown(); strings.Contains(text, "Note a transfer") || strings.Contains(text, "Studio Ponteri") || strings.Contains(text, "Domains") {
		t.Errorf("a locked window shows\n%s", text)
	}
	if failure := w.Call(nil, "home.Window.Board"); !strings.Contains(failure, "unauthenticated") {
		t.Errorf("a locked window answers %q", failure)
	}
	signal("false") // the screen is open again, the window is not
	w.Dialog("Kontor is locked").Find("field", "Password of Kontor").Fill("not the password")
	w.Dialog("Kontor is locked").Find("button", "Sign in to Kontor").Click()
	w.See("E-mail and password do not match.")
	w.Dialog("Kontor is locked").Find("field", "Password of Kontor").Fill(password)
	w.Dialog("Kontor is locked").Find("button", "Sign in to Kontor").Click()
	w.Dialog("Note a transfer").Find("field", "Domain").Holds("tre-larici.com")
	w.Dialog("Note a transfer").Find("button", "Cancel").Click()

	w.Link("Sessions").Click()
	w.Find("tab", "Kontor’s sign-in").Click()
	w.Heading("Locking the window").Visible()
	w.Find("switch", "Also when the screen locks and when the computer goes to sleep").Visible()
	w.Script(nil, `document.querySelector("main").scrollTop = 1e6`)
	w.Screenshot("lock-rule")

	// By hand; a window that is opened anew is not open either.
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitem", "Lock").Click()
	w.Dialog("Kontor is locked").Visible()
	w.Restart()
	w.Button("Sign in to Kontor").Visible()
}
