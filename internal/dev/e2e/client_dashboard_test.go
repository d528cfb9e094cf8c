//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// Entered by the icon at the right of the row: a price, an order, its cashback, the entry that it became, and out again.
func TestInAClientByMouse(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	sample(w)
	w.Link("Clients").Click()
	w.Field("Find a client or product").Fill("larici")
	w.See("1 of 43")
	w.Button("Enter Hotel Tre Larici").Click()
	w.Find("region", "Client").See("In the client Hotel Tre Larici")
	w.See("Order and renew for it")
	w.See("Cashback expected and received")
	w.Axe()
	w.Screenshot("client-inside-light")

	w.Field("Quantity").Fill("35")
	w.Field("Period").Click()
	w.Find("option", "1 month").Click()
	w.See("CHF 260.40")
	w.See("CHF 52.08")
	w.Find("radio", "We").Click()
	w.See("CHF 208.32")
	w.Find("radio", "The client").Click()
	w.See("CHF 260.40")
	w.Button("Record it as an order…").Click()
	dialog := w.Dialog("Record it as an order…")
	dialog.Find("button", "Record the order").Click()
	w.See("Please fill this in.")
	dialog.Find("field", "Number of the order or invoice").Fill("20700")
	w.Axe()
	dialog.Find("button", "Record the order").Click()
	w.See("Order 20700 noted")
	w.Button("Actions of order 20700").Click()
	w.Find("menuitem", "The cashback has arrived").Click()
	dialog = w.Dialog("The cashback has arrived")
	dialog.Find("field", "Amount received (CHF)").Fill("52.00")
	dialog.Find("button", "The cashback has arrived").Click()
	w.See("Booked in Kontor’s prepaid account")
	w.Button("Actions of order 20700").Gone()
	w.Script(nil, `document.querySelector("main svg[role], main figure, main .chart")?.scrollIntoView({ block: "center" })`)
	w.Screenshot("client-cashback-light")

	w.Button("Leave the client").Click()
	w.Heading("Hotel Tre Larici").Visible()
	w.Find("region", "Client").Gone()
	w.See("Own terms")
}

// The same room by keyboard, in Italian and dark: in through the arrow at the top left, out by the shortcut.
func TestInAClientByKeyboard(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	sample(w)
	for name, value := range map[string]string{"language": "it", "theme": "dark"} {
		w.Call(nil, "settings.Window.Set", name, value)
		w.Script(nil, `localStorage.setItem("kontor." + arguments[0], arguments[1])`, name, value)
	}
	w.Reload()
	w.Heading("Inizio").Visible()
	w.Button("Studio Ponteri SA. Cambia organizzazione").Focus()
	w.Press("Enter")
	w.See("Tutti i 41 clienti")
	w.Screenshot("client-shortlist-it-dark")
	for range 4 {
		w.Press("ArrowDown")
	}
	w.Press("Enter")
	w.Find("region", "Cliente").See("Nel cliente")
	w.See("Che cosa puoi fare qui")
	w.Axe()
	w.Screenshot("client-inside-it-dark")
	w.Resize(800, 600)
	w.Screenshot("client-inside-small-it-dark")
	w.Press("g")
	w.Press("b")
	w.Find("region", "Cliente").Gone()
	w.See("Condizioni proprie")
}
