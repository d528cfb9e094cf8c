//go:build e2e

package e2e_test

import (
	"bytes"
	"testing"

	"kontor/internal/dev/e2e"
	"kontor/internal/dev/testkit/mailserver"
)

// An invitation goes by e-mail, in the language of the client, as soon as a server is set up.
func TestAnInvitationByMail(t *testing.T) {
	t.Parallel()
	server := mailserver.Start(t, mailserver.Options{Security: mailserver.Plain})
	w := e2e.Start(t)
	sample(w)
	if failure := w.Call(nil, "mail.Window.Set", map[string]any{
		"host": "127.0.0.1", "port": server.Port, "security": "plain", "user": "", "password": "", "from": "elena@ponteri.example",
	}); failure != "" {
		t.Fatal(failure)
	}
	w.Link("Clients").Click()
	w.Field("Find a client or product").Fill("lavizza")
	w.See("1 of 43")
	w.Link("Tipografia Lavizza").Click()
	w.Find("tab", "Rights").Click()
	w.Button("Send by e-mail").Click()
	dialog := w.Dialog("Send by e-mail")
	dialog.Find("field", "E-mail address of the client").Fill("not an address")
	dialog.Find("button", "Send").Click()
	w.See("This is not an e-mail address")
	dialog.Find("field", "E-mail address of the client").Fill("info@lavizza.example")
	dialog.Find("field", "Language of the client").Click()
	w.Find("option", "Italiano").Click()
	dialog.See("Studio Ponteri SA chiede l’accesso ai Suoi prodotti")
	w.Axe()
	w.Screenshot("client-mail-light")
	dialog.Find("button", "Send").Click()
	w.See("is in the queue")
	w.See("By e-mail to info@lavizza.example")
	w.Until("the message", func() bool { return server.Taken() == 1 })
	if m := server.Messages()[0]; !bytes.Contains(m, []byte("invitation.kontor")) {
		t.Errorf("no invitation in it:\n%s", m)
	}
}
