package client

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/dev/cents"
)

func someClients(t *testing.T) ([]Client, []Order) {
	t.Helper()
	on := day.Date(2026, time.November, 20)
	rate := money.Percent(20)
	chf := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }
	list := []Client{
		{
			ID: "a", Details: Details{Name: "=cmd|'calc'!A1", Place: "Lugano", Number: "4711"}, State: Active,
			Asked: Rights{Access: Full}, Granted: Rights{Access: Limited, Products: []Product{
				{Name: "rezzoni.example", Family: "web_hosting", Technical: true}, {Name: "info@rezzoni.example", Family: "email_hosting", Technical: true},
			}}, GrantedOn: on,
		},
		{ID: "b", Details: Details{Name: "Solari"}, State: Pending, Asked: Rights{Access: Full}, AskedAt: on.Time()},
	}
	return list, []Order{{
		ClientID: "a", Number: "20614", On: on, To: on + 29, Product: "web_hosting", Name: "35 sites", Operation: pricing.Renewal, Quantity: 35,
		Public: chf(34720), Rate: rate, Degressive: money.Percent(25), Net: chf(26040), VAT: chf(2109), Payer: pricing.Client,
		GainKind: pricing.Cashback, Gain: chf(5208), Receipt: Receipt{Entry: 3, Amount: chf(5208)},
	}}
}

func TestTheFileOfClientsIsSafeForSpreadsheets(t *testing.T) {
	list, orders := someClients(t)
	write := func(what string) string {
		f := exportFile{kind: "csv", what: what, book: words.For(words.In("it", "")), zone: time.UTC}
		data, err := f.write(list, orders)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, test := range map[string]struct{ got, want string }{
		"rights": {write("rights"), "\ufeffCliente;Numero dell’organizzazione;Località;Stato;Data;Chiesto;Concesso;Paga;Tipo di prodotto;Prodotto\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Hosting web;rezzoni.example\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Servizio mail;info@rezzoni.example\r\n" +
			"Solari;;;in attesa;2026-11-20;Accesso completo;;;;\r\n"},
		"orders": {write("orders"), "\ufeffCliente;Numero dell’organizzazione;Data;Numero dell’ordine o della fattura;Tipo di prodotto;Prodotto;" +
			"Operazione;Periodo dal;Periodo al;Quantità;Valuta;Prezzo pubblico;Partner %;Decrescente %;Addebitato;IVA;Paga;Tipo di guadagno;Guadagno;Stato\r\n" +
			"'=cmd|'calc'!A1;4711;2026-11-20;20614;Hosting web;35 sites;Rinnovo;2026-11-20;2026-12-19;35;" +
			"CHF;347,20;20;25;260,40;21,09;Cliente;Cashback;52,08;ricevuto\r\n"},
	} {
		if test.got != test.want {
			t.Errorf("%s:\n%q\nwant\n%q", name, test.got, test.want)
		}
	}
}

func TestTheWorkbookOfClientsCanBeOpened(t *testing.T) {
	list, orders := someClients(t)
	data, err := exportFile{kind: "xlsx", what: "orders", book: words.For(words.In("it", "")), zone: time.UTC}.write(list, orders)
	if err != nil || !strings.HasPrefix(string(data), "PK") {
		t.Errorf("%.2q, %v", data, err)
	}
}

// With a thousand clients that have not answered Home stays a page that one reads.
func TestHomeNamesAFewClientsAndCountsMany(t *testing.T) {
	list := []Entry{}
	for i := range manyWaiting {
		list = append(list, Entry{Name: strconv.Itoa(i), State: Pending, Since: time.Unix(int64(100-i), 0)})
	}
	if l := waitingAtOnce(list, Pending); l != nil {
		t.Errorf("%d clients: %+v", len(list), l)
	}
	list = append(list, Entry{Name: "x", State: Active, Since: time.Unix(1, 0)}, Entry{Name: "y", State: Pending, Since: time.Unix(200, 0)})
	l := waitingAtOnce(list, Pending)
	if l == nil || l.Params["count"] != "6" || l.Params["client"] != "4" || l.Route != "/client?show=pending" {
		t.Errorf("%d clients: %+v", len(list), l)
	}
}
