package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
)

func someClients(t *testing.T) ([]client.Client, []client.Order) {
	t.Helper()
	on := day.Date(2026, time.November, 20)
	rate := money.Percent(20)
	chf := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }
	list := []client.Client{
		{
			ID: "a", Details: client.Details{Name: "=cmd|'calc'!A1", Place: "Lugano", Number: "4711"}, State: client.Active,
			Asked: client.Rights{Access: client.Full}, Granted: client.Rights{Access: client.Limited, Products: []client.Product{
				{Name: "rezzoni.example", Family: "web_hosting", Technical: true}, {Name: "info@rezzoni.example", Family: "email_hosting", Technical: true},
			}}, GrantedOn: on,
		},
		{ID: "b", Details: client.Details{Name: "Solari"}, State: client.Pending, Asked: client.Rights{Access: client.Full}, AskedAt: on.Time()},
	}
	return list, []client.Order{{
		ClientID: "a", Number: "20614", On: on, To: on + 29, Product: "web_hosting", Name: "35 sites", Operation: pricing.Renewal, Quantity: 35,
		Public: chf(34720), Rate: rate, Degressive: money.Percent(25), Net: chf(26040), VAT: chf(2109), Payer: pricing.Client,
		GainKind: pricing.Cashback, Gain: chf(5208), Receipt: client.Receipt{Entry: 3, Amount: chf(5208)},
	}}
}

func TestTheFileOfClientsIsSafeForSpreadsheets(t *testing.T) {
	list, orders := someClients(t)
	words := map[string]string{
		"column.client": "Cliente", "family.web_hosting": "Hosting Web", "state.active": "attivo", "access.": "", "access.limited": "accesso limitato",
		"access.full": "accesso completo", "payer.client": "Cliente", "operation.renewal": "rinnovo", "gain.cashback": "cashback", "status.received": "ricevuto",
	}
	var rights, ordered bytes.Buffer
	sheet := ClientSheet{Language: "it", Kind: "csv", Words: words}
	if err := sheet.rights(&rights, list); err != nil {
		t.Fatal(err)
	}
	if err := sheet.orders(&ordered, list, orders); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ got, want string }{
		"rights": {rights.String(), "\ufeffCliente;organization;place;status;date;asked;granted;payer;product_type;product\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;accesso completo;accesso limitato;Cliente;Hosting Web;rezzoni.example\r\n" +
			"'=cmd|'calc'!A1;4711;Lugano;attivo;2026-11-20;accesso completo;accesso limitato;Cliente;email_hosting;info@rezzoni.example\r\n" +
			"Solari;;;pending;2026-11-20;accesso completo;;;;\r\n"},
		"orders": {ordered.String(), "\ufeffCliente;organization;date;number;product_type;product;operation;period_start;period_end;quantity;" +
			"currency;public;partner_rate;degressive_rate;net;vat;payer;gain_type;gain;status\r\n" +
			"'=cmd|'calc'!A1;4711;2026-11-20;20614;Hosting Web;35 sites;rinnovo;2026-11-20;2026-12-19;35;" +
			"CHF;347,20;20;25;260,40;21,09;Cliente;cashback;52,08;ricevuto\r\n"},
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
	if err := (ClientSheet{Language: "it", Kind: "xlsx"}).orders(f, list, orders); err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 2)
	if _, err := f.ReadAt(head, 0); err != nil || !strings.HasPrefix(string(head), "PK") {
		t.Errorf("%q, %v", head, err)
	}
}

// With a thousand clients that have not answered Home stays a page that one reads.
func TestHomeNamesAFewClientsAndCountsMany(t *testing.T) {
	list := []client.Entry{}
	for i := range manyWaiting {
		list = append(list, client.Entry{Name: strconv.Itoa(i), State: client.Pending, Since: time.Unix(int64(100-i), 0)})
	}
	if l := waitingAtOnce(list, client.Pending); l != nil {
		t.Errorf("%d clients: %+v", len(list), l)
	}
	list = append(list, client.Entry{Name: "x", State: client.Active, Since: time.Unix(1, 0)}, client.Entry{Name: "y", State: client.Pending, Since: time.Unix(200, 0)})
	l := waitingAtOnce(list, client.Pending)
	if l == nil || l.Params["count"] != "6" || l.Params["client"] != "4" || l.Route != "/client?show=pending" {
		t.Errorf("%d clients: %+v", len(list), l)
	}
}
