package client

import (
	"bytes"
	"os"
	"path/filepath"
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
	var rights, ordered bytes.Buffer
	f := exportFile{kind: "csv", book: words.For(words.In("it", "")), zone: time.UTC}
	if err := f.rights(&rights, list); err != nil {
		t.Fatal(err)
	}
	if err := f.orders(&ordered, list, orders); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ got, want string }{
		"rights": {rights.String(), "\ufeffCliente;Numero dell’organizzazione;Località;Stato;Data;Chiesto;Concesso;Paga;Tipo di prodotto;Prodotto\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Hosting web;rezzoni.example\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Servizio mail;info@rezzoni.example\r\n" +
			"Solari;;;in attesa;2026-11-20;Accesso completo;;;;\r\n"},
		"orders": {ordered.String(), "\ufeffCliente;Numero dell’organizzazione;Data;Numero dell’ordine o della fattura;Tipo di prodotto;Prodotto;" +
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
	path := filepath.Join(t.TempDir(), "clients.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := (exportFile{kind: "xlsx", book: words.For(words.In("it", "")), zone: time.UTC}).orders(f, list, orders); err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 2)
	if _, err := f.ReadAt(head, 0); err != nil || !strings.HasPrefix(string(head), "PK") {
		t.Errorf("%q, %v", head, err)
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
