//go:build e2e

package e2e_test

import (
	"bytes"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// A partner's way, in Italian: from the price list through the simulator to a quote for a client, its paper and tables,
// its acceptance and order, and the letter that tells the client of another list.
func TestFromThePriceToTheLetter(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	if failure := w.Call(nil, "settings.Window.Set", "language", "it"); failure != "" {
		t.Fatal(failure)
	}
	w.Script(nil, `localStorage.setItem("kontor.language", "it"); location.hash = "#/partner/simulator"`)
	w.Reload()
	w.Field("Quantità").Fill("35")
	w.See("208,32")
	w.Button("Crea un preventivo").Click()
	w.Heading("Nuovo preventivo").Visible()
	w.Find("combobox", "Cliente").Fill("larici")
	w.Until("the one client", func() bool { return w.Find("option", "").Count() == 1 })
	w.Find("option", "").Click()
	w.Button("Aggiungi una voce tua").Click()
	w.Find("menuitem", "Altro prodotto o servizio").Click()
	w.Field("Prodotto o servizio").Fill("Messa in servizio sul posto")
	w.Field("Prezzo di uno, ogni volta che è dovuto").Fill("150,00")
	w.See("CHF 4.316,40") // once 150, twelve times 347.20
	w.Button("Salva il preventivo").Nth(1).Click()
	w.Heading("Preventivo 2026-0007").Visible()
	w.See("40,0 % del prezzo di vendita")
	for _, file := range []struct{ item, name, begins string }{
		{"PDF per il destinatario", "offerta.pdf", "%PDF-"}, {"CSV", "offerta.csv", "\ufeffOrganizzazione;Numero;Destinatario"}, {"XLSX", "offerta.xlsx", "PK"},
	} {
		w.Button("Esporta").Click()
		w.Find("menuitem", file.item).Click()
		if data := save(t, w, "Esporta", file.name); !bytes.HasPrefix(data, []byte(file.begins)) {
			t.Errorf("%s begins with %q", file.name, data[:min(len(data), 40)])
		}
		w.See("Salvato come " + file.name)
	}
	w.Button("Annota come inviato").Click()
	w.Button("Annota l’accettazione").Click()
	dialog := w.Dialog("Il preventivo 2026-0007 è stato accettato")
	dialog.Find("field", "Accettato da · facoltativo").Fill("Marta Larici")
	dialog.Find("button", "Annota l’accettazione").Click()
	w.Link("Crea l’ordine").Click()
	dialog = w.Dialog("Ordine dal preventivo 2026-0007")
	dialog.Find("field", "Numero d’ordine · facoltativo").Fill("20999")
	dialog.Find("button", "Crea l’ordine").Click()
	w.See("Hotel Tre Larici · 20999")

	w.Link("Listini e condizioni").Click()
	w.Button("Importa un listino").Click()
	dialog = w.Dialog("Importa un listino prezzi")
	dialog.Find("field", "Scegli un file").Upload(file(t, "nuovo.csv", "Product;Price;Per;Degressive\nWeb hosting;10.90;month;yes\n"))
	dialog.See("modificati: 1")
	dialog.Find("field", "Valido dal").Fill(time.Now().AddDate(0, 2, 0).Format(time.DateOnly))
	w.Press("Tab")
	dialog.Find("button", "Adotta il listino").Click()
	w.See("Listino adottato")
	w.Link("Ordini").Click()
	w.Find("tab", "Cambio di listino").Click()
	w.See("CHF 381,50")
	w.Button("Prepara le lettere").Click()
	w.See("Lettera a Hotel Tre Larici")
	w.Until("the letter in the client’s language", func() (there bool) {
		w.Script(&there, `return [...document.querySelectorAll("textarea")].some((one) => one.value.startsWith("Buongiorno ") && one.value.replace(/\s/g, " ").includes("35 × Hosting web: CHF 381,50 anziché CHF 347,20 al mese"))`)
		return there
	})
	w.Screenshot("partner-letter-light")
}
