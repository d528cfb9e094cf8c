package client_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/bridge"
)

const clientsFile = "Client;Place;Organization number;Access;Product;Type of product;Rights\n" +
	"Fiduciaria Rezzoni;Lugano;12345;;rezzoni.example;Web hosting;technical, statistics\n" +
	"Fiduciaria Rezzoni;;;;Posta;email_hosting;\n" +
	"Atelier Brandt;Bern;;full access;;;\n" +
	"No Access SA;;;;;;\n" +
	"Bad Number;;12a;full;;;\n" +
	"Half;;;;a.example;Domain;technical\n" +
	"Half;;;;b.example;Rocket;technical\n" +
	"Twice;Bern;;full;;;\n" +
	"twice;Basel;;full;;;\n" +
	"Same Product;;;;a.example;Domain;\n" +
	"Same Product;;;;A.example;Domain;\n"

// reasons are why rows are left out, as "5 access required".
func reasons(list []input.Rejected) string {
	out := []string{}
	for _, r := range list {
		out = append(out, fmt.Sprint(r.Line, " ", r.Field, " ", r.Code))
	}
	return strings.Join(out, ", ")
}

// A client comes in whole or not at all; a row of which nobody knows what to ask is not guessed at, and a name that
// stands twice in two towns is that of two clients.
func TestClientsComeInFromAFile(t *testing.T) {
	r := newRig(t)
	before, err := r.Import(r.legal, []byte(clientsFile), client.ImportOptions{Preview: true, Unnamed: client.LeaveOut})
	must(t, err)
	const want = "5 access required, 6 number not_a_number, 7 name other_row, 8 family not_a_choice, 11 name other_row, 12 product not_unique"
	if before.Added != 4 || reasons(before.Rejected) != want || len(before.First) != 4 {
		t.Errorf("%+v\n%s", before, reasons(before.Rejected))
	}
	if list, _, err := r.List(r.legal, client.Filter{}); err != nil || len(list)+len(r.journal.Entries) != 0 {
		t.Fatalf("a preview wrote %+v, %+v, %v", list, r.journal.Entries, err)
	}
	done, err := r.Import(r.legal, []byte(clientsFile), client.ImportOptions{Unnamed: client.AskPayment})
	must(t, err)
	if done.Added != 5 || done.First[2].Rights.Access != client.Full || !done.First[2].Rights.Wallet || done.First[1].Rights.Wallet {
		t.Errorf("%+v", done)
	}
	list, _, err := r.List(r.legal, client.Filter{Search: "rezzoni"})
	must(t, err)
	d := r.get(t, list[0].ID)
	wanted := limited(site(true, true), client.Product{Name: "Posta", Family: "email_hosting", Technical: true})
	if fmt.Sprint(d.Asked) != fmt.Sprint(wanted) || d.Place != "Lugano" || d.Number != "12345" || d.State != client.Pending || d.History[0].Kind != "asked" {
		t.Errorf("%+v", d)
	}
	if len(r.journal.Entries) != 1 || r.journal.Entries[0].Action != audit.DataImported || r.journal.Entries[0].New != "5" {
		t.Errorf("journal: %+v", r.journal.Entries)
	}
}

// Who is a client already stays as it is, whatever the file says, unless the person chose it.
func TestDoublesAreLeftAloneUnlessChosen(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Atelier Brandt", limited(site(true, false)))
	past := r.ask(t, "Half", client.Rights{Access: client.Full})
	must(t, r.Withdraw(r.legal, past, 1))
	file := []byte("name;number;access\nATELIER BRANDT;77;full\nHalf;;full\n")
	done, err := r.Import(r.legal, file, client.ImportOptions{})
	must(t, err)
	if done.Added != 1 || done.Replaced != 0 || len(done.Doubles) != 1 || done.Doubles[0].ID != id || done.Doubles[0].Line != 2 {
		t.Errorf("%+v", done)
	}
	if d := r.get(t, id); d.Version != 1 || d.Asked.Access != client.Limited || d.Number != "" {
		t.Errorf("left alone: %+v", d)
	}
	done, err = r.Import(r.legal, file, client.ImportOptions{Decided: map[int]client.Decision{2: client.Renew, 3: client.Skip}})
	must(t, err)
	if d := r.get(t, id); done.Replaced != 1 || done.Added != 0 || d.Version != 2 || d.Asked.Access != client.Full || d.Number != "77" || d.Place != "Lugano" || d.Name != "Atelier Brandt" {
		t.Errorf("chosen: %+v, %+v", done, d)
	}
}

func TestOnlyWhoMayAddAClientMayImport(t *testing.T) {
	r := newRig(t)
	for _, role := range []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator, access.External} {
		want := fault.Forbidden
		if role == access.LegalRepresentative {
			want = ""
		}
		_, err := r.Import(as(t, role), []byte(clientsFile), client.ImportOptions{Preview: true})
		_, outline := r.OutlineImport(as(t, role), []byte(clientsFile), nil)
		if fault.CodeOf(err) != want || fault.CodeOf(outline) != want {
			t.Errorf("%s: %v, %v", role, err, outline)
		}
	}
	if _, err := r.Import(r.legal, []byte(clientsFile), client.ImportOptions{Unnamed: "all"}); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
}

// Headings that nobody knows are named by the person; what is left out comes back as a file that can be mended and read
// again.
func TestClientsComeInByAMapping(t *testing.T) {
	r := newRig(t)
	out := t.TempDir()
	w := client.NewWindow(bridge.To(testkit.Shell(t, r.legal, &testkit.Dialogs{Folder: out}), func() *client.Service { return r.Service }))
	in := client.ImportInput{Upload: bridge.Upload{Data: base64.StdEncoding.EncodeToString([]byte("wer;was\nAtelier Brandt;full\nRezzoni;perhaps\n"))}}
	o, err := w.OutlineImport(in)
	if err != nil || len(o.Mapping.Columns) != 0 || fmt.Sprint(o.Required) != "[name]" {
		t.Fatalf("%+v, %v", o, err)
	}
	if _, err := w.PreviewImport(in); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("without a name: %v", err)
	}
	in.Mapping.Columns = map[string]int{"name": 0, "access": 1}
	v, err := w.PreviewImport(in)
	if err != nil || v.Added != 1 || len(v.Rejected) != 1 || v.First[0].Name != "Atelier Brandt" {
		t.Fatalf("%+v, %v", v, err)
	}
	name, err := w.SaveRejected(in, bridge.Target{Name: "rest.csv", Locale: "de-CH"})
	must(t, err)
	rest, err := os.ReadFile(filepath.Join(out, name))
	if !strings.HasPrefix(string(rest), "\ufeffwer;was;Was nicht stimmt\r\nRezzoni;perhaps;") || err != nil {
		t.Errorf("%q, %v", rest, err)
	}
	in.Data = base64.StdEncoding.EncodeToString([]byte(strings.Replace(string(rest), "perhaps", "limited", 1)))
	if v, err := w.Import(in); err != nil || v.Added != 0 || reasons(v.Rejected) != "2 product required" {
		t.Errorf("limited access without a product: %+v, %v", v, err)
	}
	in.Data = base64.StdEncoding.EncodeToString([]byte(strings.Replace(string(rest), "perhaps", "Voll", 1)))
	if v, err := w.Import(in); err != nil || v.Added != 1 {
		t.Errorf("mended: %+v, %v", v, err)
	}
}

// The example that is offered in each language comes in whole.
func TestTheExampleOfClientsComesIn(t *testing.T) {
	r := newRig(t)
	out := t.TempDir()
	w := client.NewWindow(bridge.To(testkit.Shell(t, r.legal, &testkit.Dialogs{Folder: out}), func() *client.Service { return r.Service }))
	for _, language := range words.Languages {
		name, err := w.SaveExample(bridge.Target{Name: language + ".csv", Locale: language})
		must(t, err)
		file, err := os.ReadFile(filepath.Join(out, name))
		must(t, err)
		v, err := w.PreviewImport(client.ImportInput{Upload: bridge.Upload{Data: base64.StdEncoding.EncodeToString(file)}})
		must(t, err)
		if v.Added != 2 || len(v.Rejected) != 0 || !v.First[0].Rights.Wallet || len(v.First[1].Rights.Products) != 2 {
			t.Errorf("%s: %+v from %s", language, v, file)
		}
	}
}

// Everything that a record holds comes in, several contacts in rows of their own; what is known already is updated, added as
// another client, or skipped, row by row; nothing is asked of a client of whom the file says nothing.
func TestARecordComesInFromAFile(t *testing.T) {
	r := newRig(t)
	const file = "Kunde;Ort;Firmenname;Strasse;PLZ;Land;Sprache;Währung;UID;Website;Tags;Kontakt;Rolle;E-Mail;Telefon\n" +
		"Tre Larici;Chur;Hotel Tre Larici AG;Musterweg 4;7000;CH;Deutsch;chf;CHE-123.456.788 MWST;tre-larici.example;Hotel, Winter;Seraina Muster;Offerten;s@tre-larici.example;081 252 00 00\n" +
		"Tre Larici;;;;;;;;;;;;Rechnungen;buchhaltung@tre-larici.example;\n" +
		"Solari;Bern;;;;DE;de;EUR;DE136695978;;;;;;\n" +
		"Calanda;;;;;;;;;;;Anna;boss;;\n"
	done, err := r.Import(r.legal, []byte(file), client.ImportOptions{})
	must(t, err)
	if done.Added != 1 || reasons(done.Rejected) != "4 vatNumber vat_check_digit, 5 roles not_a_choice" {
		t.Fatalf("%+v\n%s", done, reasons(done.Rejected))
	}
	list, _, err := r.List(r.legal, client.Filter{Search: "buchhaltung muster"})
	must(t, err)
	d := r.get(t, list[0].ID)
	rec := d.Record
	if d.State != client.Listed || d.OnPaper() != "Hotel Tre Larici AG" || rec.Invoice.Street != "Musterweg 4" || rec.Invoice.Postcode != "7000" || rec.Country != "CH" ||
		rec.Language != "de" || rec.Currency != "CHF" || rec.VATNumber != "CHE-123.456.788 MWST" || rec.Website != "https://tre-larici.example" ||
		fmt.Sprint(rec.Tags) != "[Hotel Winter]" || len(d.Contacts) != 2 || d.Contacts[0].Phone != "+41812520000" || d.Contacts[1].Roles[0] != client.ForInvoices {
		t.Errorf("%+v %+v", d.Client, d.Contacts)
	}
	const again = "name;place;vat;contact;e-mail\nLarici neu;Davos;CHE-123.456.788;Seraina Muster;neu@tre-larici.example\n"
	for decision, want := range map[client.Decision][3]int{client.Skip: {0, 0, 1}, client.AddToo: {1, 0, 1}, client.Renew: {0, 1, 1}} {
		done, err := r.Import(r.legal, []byte(strings.Replace(again, "788;", "788 MWST;", 1)), client.ImportOptions{Preview: true, Decided: map[int]client.Decision{2: decision}})
		must(t, err)
		if done.Added != want[0] || done.Replaced != want[1] || len(done.Doubles) != want[2] || done.Doubles[0].Decided != decision {
			t.Errorf("%s: %+v", decision, done)
		}
	}
	_, err = r.Import(r.legal, []byte(strings.Replace(again, "788;", "788 MWST;", 1)), client.ImportOptions{Decided: map[int]client.Decision{2: client.Renew}})
	must(t, err)
	if d := r.get(t, list[0].ID); d.Place != "Davos" || len(d.Contacts) != 3 || d.Record.Language != "de" || d.State != client.Listed {
		t.Errorf("updated: %+v %+v", d.Client, d.Contacts)
	}
}
