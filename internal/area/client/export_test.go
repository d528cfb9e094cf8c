package client

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/input"
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
		f := exportFile{kind: "csv", what: what, book: words.For(words.In("it", "")), zone: time.UTC, owner: "Ponte SA"}
		data, err := f.write(list, orders)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, test := range map[string]struct{ got, want string }{
		"rights": {write("rights"), "\ufeffCliente;Numero dell’organizzazione;Località;Stato;Data;Richiesto;Concesso;Paga;Tipo di prodotto;Prodotto;Diritti richiesti;Diritti concessi\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Hosting web;rezzoni.example;\"tecnico, statistiche\";tecnico\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;Accesso completo;Accesso limitato;Cliente;Servizio mail;info@rezzoni.example;\"tecnico, statistiche\";tecnico\r\n" +
			"Solari;;;in attesa;2026-11-20;Accesso completo;;;;;\"tecnico, statistiche\";\r\n"},
		"orders": {write("orders"), "\ufeffCliente;Numero dell’organizzazione;Data;Numero dell’ordine o della fattura;Tipo di prodotto;Prodotto;" +
			"Operazione;Periodo dal;Periodo al;Quantità;Organizzazione;Valuta;Prezzo pubblico;Partner %;Degressivo %;Addebitato;IVA;Paga;Tipo di guadagno;Guadagno;Stato\r\n" +
			"'=cmd|'calc'!A1;4711;2026-11-20;20614;Hosting web;35 sites;Rinnovo;2026-11-20;2026-12-19;35;" +
			"Ponte SA;CHF;347,20;20;25;260,40;21,09;Cliente;Cashback;52,08;ricevuto\r\n"},
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

// The file of records has a line for each contact, the client whole in the first, under headings that the import knows.
func TestTheFileOfRecordsCanBeReadAgain(t *testing.T) {
	list := []Client{{ID: "a", Details: Details{Name: "Tre Larici", Place: "Chur", Record: Record{
		LegalName: "Hotel Tre Larici AG", Country: "CH", Language: "de", Currency: money.CHF, VATNumber: "CHE-123.456.788 MWST", Tags: []string{"Hotel"},
		Invoice: Address{Street: "Musterweg 4", Postcode: "7000"},
	}}, State: Listed}}
	files := map[string]Dossier{"a": {Contacts: []Contact{{Name: "Seraina", Roles: []Role{ForQuotes}, Phone: "+41812520000"}, {Email: "buchhaltung@tre-larici.example"}}}}
	for _, language := range words.Languages {
		f := exportFile{kind: "csv", what: "clients", book: words.For(words.In(language, "")), zone: time.UTC, files: files}
		data, err := f.write(list, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := input.Rows(data, ImportLimits)
		if err != nil || len(rows) != 3 {
			t.Fatalf("%s: %d rows, %v", language, len(rows), err)
		}
		file, err := input.Open(rows, importSchema(), nil)
		if err != nil {
			t.Fatalf("%s: %v in %s", language, err, data)
		}
		done := Imported{fresh: map[string]bool{}}
		found := readClients(file, OnlyList, &done)
		if len(found) != 1 || len(found[0].contacts) != 2 || found[0].Record.VATNumber != "CHE-123.456.788 MWST" || found[0].Record.Language != "de" ||
			found[0].contacts[0].Phone != "+41812520000" || found[0].contacts[0].Roles[0] != ForQuotes || found[0].Record.Invoice.Street != "Musterweg 4" {
			t.Errorf("%s: %+v, %+v from %s", language, found, done.Rejected, data)
		}
	}
}
