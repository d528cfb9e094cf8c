package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kontor/app"
	"kontor/internal/area/organization"
	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/home"
	"kontor/internal/host/bridge"
)

type moneyDesk struct {
	payments *payment.Window
	prepaid  *prepaid.Window
	home     *home.Window
	places   *organization.Window
	dir, out string
	log      *bytes.Buffer
}

func newPaymentDesk(t *testing.T) moneyDesk {
	t.Helper()
	d := moneyDesk{dir: t.TempDir(), out: t.TempDir(), log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a := app.New(app.Options{Workspace: d.dir, Version: "test", Log: log})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.Startup(testkit.Deaf, &testkit.Dialogs{Folder: d.out})
	d.payments, d.prepaid = testkit.Bound[*payment.Window](a), testkit.Bound[*prepaid.Window](a)
	d.home, d.places = testkit.Bound[*home.Window](a), testkit.Bound[*organization.Window](a)
	begin(t, services{app: a, first: testkit.Bound[*firststart.Window](a)}, false)
	return d
}

// credit notes a top-up and says that it was credited.
func (d moneyDesk) credit(t *testing.T, amount string) {
	t.Helper()
	id, err := d.prepaid.TopUp(prepaid.NewTopUp{Amount: amount, Means: "card"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.prepaid.Receive(id, amount, ""); err != nil {
		t.Fatal(err)
	}
}

func (d moneyDesk) statement(t *testing.T, format string) []byte {
	t.Helper()
	name, err := d.prepaid.SaveStatement("2020-01-01", "2099-12-31", format, "de-CH")
	if err != nil || !strings.HasSuffix(name, "-aufzeichnung-von-kontor-2020-01-01-2099-12-31."+format) {
		t.Fatalf("%q, %v", name, err)
	}
	data, err := os.ReadFile(filepath.Join(d.out, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestStatementInEveryForm(t *testing.T) {
	d := newPaymentDesk(t)
	d.credit(t, "1234.50")
	csv := string(d.statement(t, "csv"))
	for _, want := range []string{"\ufeffNr.;Wann;Wertstellung;Art;Grund;Betrag;Saldo;Währung;Organisation;Aufzeichnung von\r\n", ";Einzahlung;Karte;1234.50;1234.50;CHF;Studio Ponteri SA;", ";2099-12-31;Endsaldo;;;1234.50;CHF;"} {
		if !strings.Contains(csv, want) {
			t.Errorf("no %q in\n%s", want, csv)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(d.statement(t, "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	if cell, err := book.GetCellValue("Prepaid-Konto", "G3"); err != nil || cell != "1,234.50" {
		t.Errorf("G3 is %q, %v", cell, err)
	}
	first, second := d.statement(t, "pdf"), d.statement(t, "pdf")
	if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Equal(first, second) {
		t.Error("the same statement is another file the second time")
	}
	rows := testkit.ReadPDF(t, first).Rows("Nr.", "Wertstellung", "Wann", "Art", "Grund", "Betrag", "Saldo")
	if len(rows) != 1 || rows[0]["Nr."] != "1" || rows[0]["Art"] != "Einzahlung" || rows[0]["Grund"] != "Karte" || rows[0]["Betrag"] != "1’234.50" ||
		rows[0]["Saldo"] != "1’234.50" || !strings.HasPrefix(rows[0]["Wann"], rows[0]["Wertstellung"]) {
		t.Errorf("on paper stands %v of %v", rows, testkit.ReadPDF(t, first).Lines())
	}
	if _, err := d.prepaid.SaveStatement("2026-02-01", "2026-01-01", "pdf", "de-CH"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a period that ends before it begins: %v", err)
	}
}

// Whoever orders again takes today's price from the list that is in force.
func TestPriceTodayComesFromTheList(t *testing.T) {
	d := newPaymentDesk(t)
	list, err := d.prepaid.Prices()
	if err != nil || list.ID == "" || len(list.Lines) == 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	total, err := d.prepaid.PriceToday(list.ID, list.Lines[0].ID, "35", 1)
	if err != nil || total.Net.Amount != "260.40" || total.Due.Amount != "281.49" || total.Due.Currency != "CHF" || total.Rate != "8.1" || list.Lines[0].Product != "web_hosting" {
		t.Errorf("35 of %s cost %v, %v", list.Lines[0].Product, total, err)
	}
	if _, err := d.prepaid.PriceToday(list.ID, list.Lines[0].ID, "many", 1); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("many: %v", err)
	}
}

// What is typed as a card number, an account number or a password is found nowhere afterwards: not in the workspace with
// its write-ahead log and copies, not in what was exported, not in the program's log.
func TestSecretsOfPaymentsLeaveNoTrace(t *testing.T) {
	const card, iban, address, password = "4111 1111 1111 1111", "CH93 0076 2011 6238 5295 7", "conti.riservati@ponteri.example", "correct horse battery"
	d := newPaymentDesk(t)
	for _, in := range []payment.ProfileInput{
		{Kind: "card", Brand: "visa", Holder: card, Last4: card, Ends: card, Label: card},
		{Kind: "bank", Holder: "Studio Ponteri SA", IBAN: iban, BIC: "POFICHBEXXX"},
		{Kind: "bank", Holder: card, IBAN: card, BIC: card},
		{Kind: "paypal", Email: address},
		{Kind: "paypal", Email: card},
		{Kind: "twint", Mobile: card},
	} {
		_, _ = d.payments.Add(in)
	}
	d.credit(t, "100.00")
	payout, err := d.prepaid.NotePayout(prepaid.PayoutInput{Amount: "5.00", Target: "bank", IBAN: iban})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = d.prepaid.RevealPayout(payout, "wrong")
	if shown, err := d.prepaid.RevealPayout(payout, password); err != nil || shown != iban {
		t.Errorf("revealed %q, %v", shown, err)
	}
	_, err = d.prepaid.TopUp(prepaid.NewTopUp{Amount: "5.00", Means: "transfer", Reference: "R1", SentOn: "2020-01-01", Source: iban})
	if err != nil {
		t.Fatal(err)
	}
	overview, err := d.payments.Overview()
	if err != nil || len(overview.Profiles) != 3 {
		t.Fatalf("%d profiles, %v", len(overview.Profiles), err)
	}
	for _, p := range overview.Profiles {
		if p.Kind == "bank" {
			if shown, err := d.payments.Reveal(p.ID, password); err != nil || shown.Target != iban {
				t.Errorf("revealed %q, %v", shown.Target, err)
			}
		}
	}
	_, _ = d.payments.Import(payment.ImportInput{Upload: bridge.Upload{Data: base64.StdEncoding.EncodeToString([]byte("product;expires;amount;months\n" + card + ";2030-01-01;1.00;12\n"))}})
	for _, format := range []string{"pdf", "csv", "xlsx"} {
		d.statement(t, format)
	}
	if _, err := d.payments.SaveCalendar(payment.FileInput{Name: "renewals.ics"}); err != nil {
		t.Fatal(err)
	}
	places := map[string]string{"the log": d.log.String()}
	for _, root := range []string{d.dir, d.out} {
		err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			places[path] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	mask := false
	for place, text := range places {
		for _, secret := range []string{card, "4111111111111111", iban, "CH9300762011623852957", "0076 2011", address, "conti.riservati", password} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q", place, secret)
			}
		}
		mask = mask || strings.Contains(text, "·295 7")
	}
	if !mask || len(places) < 6 || !strings.Contains(places["the log"], "prepaid.NotePayout") {
		t.Errorf("searched %d places and found no trace of anything: that proves nothing", len(places))
	}
}

func TestHomeHearsOfWhatIsNotCovered(t *testing.T) {
	d := newPaymentDesk(t)
	soon := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	if _, err := d.payments.AddRenewal(payment.RenewalFields{Product: "corte-solari.ch", ExpiresOn: soon, Amount: "22.40", Months: "12", Automatic: true}); err != nil {
		t.Fatal(err)
	}
	board, err := d.home.Board()
	if err != nil {
		t.Fatal(err)
	}
	lines := board.Lines
	for _, l := range lines {
		if l.Kind == "cover_short" {
			if l.Params["amount"] != "CHF 22.40" || l.Params["count"] != "1" || l.Route != "/payment" {
				t.Errorf("%+v", l)
			}
			return
		}
	}
	t.Errorf("Home says nothing of a renewal that an empty account shall pay: %+v", lines)
}

// Who moves from Switzerland to Italy has renewals in francs and in euros. Wherever they are told of, each currency has
// a figure of its own, and nothing is the sum of both.
func TestTwoCurrenciesAreNeverOneFigure(t *testing.T) {
	d := newPaymentDesk(t)
	soon := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	renewal := payment.RenewalFields{Product: "studio-ponteri.ch", ExpiresOn: soon, Amount: "100", Months: "12", Automatic: true}
	id, err := d.payments.AddRenewal(renewal)
	if err != nil {
		t.Fatal(err)
	}
	here, err := d.places.Current()
	if err != nil {
		t.Fatal(err)
	}
	italy := "IT"
	if _, err := d.places.Update(organization.Update{Version: here.Version, Country: &italy}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.payments.AddRenewal(payment.RenewalFields{Product: "studio-ponteri.it", ExpiresOn: soon, Amount: "50", Months: "12", Automatic: true}); err != nil {
		t.Fatal(err)
	}
	report, err := d.payments.Cover()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(report.Total, report.Uncovered, report.TopUp, report.Beyond); got != "[{100.00 CHF} {50.00 EUR}] [{100.00 CHF} {50.00 EUR}] {50.00 EUR} 1" {
		t.Error(got)
	}
	board, err := d.home.Board()
	if err != nil {
		t.Fatal(err)
	}
	lines := board.Lines
	told := map[string]string{}
	for _, l := range lines {
		told[l.Kind] = l.Params["amount"]
	}
	if told["cover_not_offered"] != "CHF 100.00" || told["cover_short"] != "EUR 50.00" {
		t.Errorf("Home says %v", told)
	}
	overview, err := d.payments.Overview()
	if err != nil {
		t.Fatal(err)
	}
	account, err := d.prepaid.Overview(3)
	if err != nil {
		t.Fatal(err)
	}
	shown := amounts(t, report, lines, overview, account)
	if !slices.Contains(shown, "100.00 CHF") || !slices.Contains(shown, "EUR 50.00") {
		t.Errorf("the amounts were not found, so that nothing is proven: %q", shown)
	}
	for _, amount := range shown {
		if strings.Contains(amount, "150") {
			t.Errorf("somewhere both are one figure: %s", amount)
		}
	}

	// The dialog of the older one, opened and saved, leaves the francs francs.
	list, err := d.payments.Renewals()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.ID != id {
			continue
		}
		renewal.Amount, renewal.Currency = r.Amount.Amount, r.Amount.Currency
		if err := d.payments.UpdateRenewal(id, r.Version, renewal); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := d.payments.Cover(); err != nil || fmt.Sprint(again.Total) != fmt.Sprint(report.Total) {
		t.Errorf("saved without a change: %v, %v", again.Total, err)
	}
	renewal.Currency = "USD"
	if _, err := d.payments.AddRenewal(renewal); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("dollars: %v", err)
	}
}

// amounts lists the amounts in what the window is shown, and nothing else of it: ids, versions and moments hold any digits.
func amounts(t *testing.T, views ...any) (list []string) {
	t.Helper()
	data, err := json.Marshal(views)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`\b(CHF|EUR) ?[0-9.]+|[0-9.]+ ?(CHF|EUR)\b`)
	var collect func(any)
	collect = func(value any) {
		switch v := value.(type) {
		case string:
			list = append(list, text.FindAllString(v, -1)...)
		case []any:
			for _, one := range v {
				collect(one)
			}
		case map[string]any:
			if amount, is := v["amount"].(string); is {
				list = append(list, fmt.Sprint(amount, " ", v["currency"]))
			}
			for _, one := range v {
				collect(one)
			}
		}
	}
	collect(value)
	slices.Sort(list)
	return list
}

// A file whose headings nobody knows: its columns are named, what would happen is shown, and the row that cannot be read
// comes back as a file with its reason. Only then anything is written.
func TestRenewalsComeInByAMapping(t *testing.T) {
	d := newPaymentDesk(t)
	file := base64.StdEncoding.EncodeToString([]byte("was;bis;wieviel;dauer\nMail;2030-01-15;216.00;12\nBackup;irgendwann;59.00;12\n"))
	outline, err := d.payments.OutlineImport(payment.ImportInput{Upload: bridge.Upload{Data: file}})
	if err != nil || fmt.Sprint(outline.Columns, outline.Required) != "[was bis wieviel dauer] [product expiresOn amount months]" {
		t.Fatalf("%+v, %v", outline, err)
	}
	in := payment.ImportInput{Upload: bridge.Upload{Data: file, Mapping: outline.Mapping}}
	in.Mapping.Columns = map[string]int{"product": 0, "expiresOn": 1, "amount": 2, "months": 3}
	before, err := d.payments.PreviewImport(in)
	if err != nil || before.Added != 1 || len(before.Rejected) != 1 || before.First[0].Amount.Amount != "216.00" {
		t.Fatalf("%+v, %v", before, err)
	}
	if list, err := d.payments.Renewals(); err != nil || len(list) != 0 {
		t.Errorf("a preview wrote %v, %v", list, err)
	}
	if name, err := d.payments.SaveRejected(in, bridge.Target{Name: "rest.csv", Locale: "de"}); err != nil || name != "rest.csv" {
		t.Fatal(name, err)
	}
	rest, err := os.ReadFile(filepath.Join(d.out, "rest.csv"))
	if want := "\ufeffwas;bis;wieviel;dauer;Was nicht stimmt\r\nBackup;irgendwann;59.00;12;Das ist kein Datum."; err != nil || !strings.HasPrefix(string(rest), want) {
		t.Errorf("%q, %v", rest, err)
	}
	if _, err := d.payments.Import(in); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("all rows or none: %v", err)
	}
	in.LeaveOut = true
	if done, err := d.payments.Import(in); err != nil || done.Added != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

// The ledger has one currency: whoever wants another one is told at the field, and nothing has changed.
func TestTheCurrencyStaysWithTheBookings(t *testing.T) {
	d := newPaymentDesk(t)
	euro, italy := "EUR", "IT"
	for name, in := range map[string]organization.Update{"currency": {Currency: &euro}, "country": {Country: &italy}} {
		d.credit(t, "10.00")
		before, err := d.places.Current()
		if err != nil {
			t.Fatal(err)
		}
		in.Version = before.Version
		if _, err := d.places.Update(in); !strings.HasPrefix(fmt.Sprint(err), "invalid currency:currency_booked") {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := d.places.Current(); err != nil || after != before {
			t.Errorf("%s: %+v, %v", name, after, err)
		}
	}
}
