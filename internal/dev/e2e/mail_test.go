//go:build e2e

package e2e_test

import (
	"strconv"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
	"kontor/internal/dev/testkit/mailserver"
)

// From an empty form to the first notice: what is wrong is said at its field, the password is never shown again, and
// signing in with a wrong password sends a mail.
func TestMailIsSetUpAndTellsOfASignIn(t *testing.T) {
	t.Parallel()
	server := mailserver.Start(t, mailserver.Options{User: "elena", Password: "post office"})
	w := e2e.Start(t, e2e.Env("SSL_CERT_FILE="+server.CA))
	begin(w)
	w.Link("Settings").Click()
	w.Find("tab", "E-mail").Click()
	w.See("Not set up: Kontor sends nothing")
	w.Axe()
	w.Screenshot("settings-mail-empty-light")

	w.Field("Server").Fill("https://localhost")
	w.Field("User · optional").Fill("elena")
	w.Field("Password").Fill("wrong")
	w.Button("Save").Click()
	w.See("A name like mail.ponteri.ch")
	w.Field("Server").Fill("localhost")
	w.Field("Port").Fill(strconv.Itoa(server.Port))
	w.Button("Send a test message").Click()
	w.See("The server refuses user and password.")
	w.Axe()
	w.Screenshot("settings-mail-refused-light")
	w.Field("Password").Fill("post office")
	w.Button("Send a test message").Click()
	w.See("The server has accepted the test message to elena@ponteri.example")
	w.Button("Save").Click()
	w.See("It is kept, encrypted. Leave the field empty to keep it.")
	w.Field("Password").Holds("")
	w.Button("Send a test message").Click() // with the password that is kept
	w.Until("the second test message", func() bool { return server.Taken() == 2 })

	w.Link("Sessions").Click()
	w.Find("tab", "Kontor’s sign-in").Click()
	w.See("E-mail at a sign-in to Kontor")
	w.See("to elena@ponteri.example")
	w.Find("switch", "Successful sign-in").Click()
	w.Axe()
	w.Screenshot("sessions-security-mail-light")

	w.Call(nil, "session.Window.SignOut")
	w.Restart()
	signIn(w, "wrong")
	w.See("E-mail and password do not match.")
	signIn(w, password)
	w.Heading("Home").Visible()
	w.Until("the notices", func() bool { return server.Taken() == 4 })
	told := string(server.Messages()[2])
	if !strings.Contains(told, "Subject: Kontor: failed sign-in to your account") || strings.Contains(told, password) {
		t.Errorf("the notice:\n%s", told)
	}
	w.Heading("First steps").Visible()
	w.Gone("failed sign-in") // the mail has told
	w.Link("Settings").Click()
	w.Find("tab", "E-mail").Click()
	w.See("Kontor: failed sign-in to your account")
	w.Axe()
	w.Screenshot("settings-mail-light")
}

// A message of which nobody knows whether it arrived waits for the person, on Home and in the queue.
func TestAnUncertainMessageIsDecidedByThePerson(t *testing.T) {
	t.Parallel()
	server := mailserver.Start(t, mailserver.Options{Security: mailserver.Plain, Drop: func(n int) bool { return n == 1 }})
	w := e2e.Start(t)
	begin(w)
	w.Call(nil, "mail.Window.Set", map[string]any{
		"host": "localhost", "port": server.Port, "security": "plain", "user": "", "password": "", "from": "kontor@ponteri.example",
	})
	w.Call(nil, "session.Window.SignOut")
	w.Restart()
	signIn(w, "wrong")
	w.See("E-mail and password do not match.")
	signIn(w, password)
	w.Heading("Home").Visible()
	w.Until("the first attempt", func() bool { return len(server.Messages()) == 1 })
	w.Restart()
	signIn(w, password)
	w.See("A message may not have been sent")
	w.Link("Decide: A message may not have been sent").Click()
	w.See("the server’s answer did not come")
	w.Axe()
	w.Screenshot("settings-mail-uncertain-light")
	w.Button("Send “Kontor: failed sign-in to your account in Kontor” now").Click()
	w.Until("the second attempt", func() bool { return server.Taken() == 1 })
	w.Gone("the server’s answer did not come")
}

// Without a mail server the desktop tells, and what the desktop cannot show stands in the window.
func TestNoticesWithoutAMailServer(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	service := d.Notifications()
	w := d.Start()
	begin(w)
	w.Call(nil, "session.Window.SignOut")
	w.Restart()
	signIn(w, "wrong")
	w.See("E-mail and password do not match.")
	desktop := func(n int) {
		w.Until("the desktop", func() bool { return len(service.Shown()) == n })
		last := service.Shown()[n-1]
		if last.Program != "Kontor" || last.Title != "Kontor: failed sign-in to your account in Kontor" || !strings.Contains(last.Text, hostname(t)) {
			t.Errorf("the desktop shows %+v", last)
		}
	}
	desktop(1)
	signIn(w, "wrong again")
	desktop(2)
	w.See("E-mail and password do not match.") // the answer comes after the notice
	signIn(w, password)
	w.See("2 failed sign-ins to your account in Kontor")
	w.Screenshot("home-notices-light")
	w.Link("Look: 2 failed sign-ins to your account in Kontor").Click()
	w.See("in Kontor")
	w.Find("tab", "Kontor’s notices").Visible()
	w.Axe()
	w.Screenshot("sessions-notices-light")
	w.Link("Home").Click()
	w.Heading("First steps").Visible()
	w.Gone("failed sign-ins")
}
