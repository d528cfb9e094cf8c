package partner

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
)

// windowOf is what the page has of a service.
func windowOf(t *testing.T, s *Service, dialogs bridge.Dialogs) *Window {
	t.Helper()
	return NewWindow(bridge.To(testkit.Shell(t, legal(t), dialogs), func() *Service { return s }))
}

func TestThePartnersDay(t *testing.T) {
	s, _, _ := newService(t)
	w := windowOf(t, s, nil)
	desk, err := w.Desk()
	if err != nil || len(desk.Books) != 2 || len(desk.Schedule.Tiers) != 5 || desk.Terms.Rate != "20" || !desk.CanEdit || desk.Asked {
		t.Fatalf("%+v, %v", desk, err)
	}
	a, err := w.Simulate(asked(), Around{By: ByRate})
	if err != nil || a.Answer.Charged.Amount != "208.32" || a.Answer.Preferential.Each.Amount != "5.952" || a.Answer.Reduction != "40" || a.Answer.Currency != "CHF" {
		t.Fatalf("%+v, %v", a, err)
	}
	if total := a.Table.Rows[a.Table.Current].Cells[9].Total.Amount; total != "208.32" {
		t.Errorf("%s in the table", total)
	}
	draft := bookDraft()
	draft.ID = "shipped-chf"
	id, err := w.SaveBook(draft)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{w.SaveSchedule(scheduleDraft("shipped")), w.SaveTerms(termsDraft()), w.Remember(asked())} {
		if err != nil {
			t.Error(err)
		}
	}
	desk, err = w.Desk()
	if err != nil || desk.Books[0].ID != id || len(desk.Schedule.Tiers) != 2 || desk.Terms.Rate != "30" || !desk.Asked || desk.Last != asked() {
		t.Errorf("%+v, %v", desk, err)
	}
	programme, err := w.Programme()
	if err != nil || !programme.Published {
		t.Errorf("%+v, %v", programme, err)
	}
	figures := programme.Figures
	figures.PayoutDays = "30"
	if err := w.SaveProgramme(figures); err != nil {
		t.Error(err)
	}
	if err := w.SaveVATRates(desk.VATRates, desk.VATOf); err != nil {
		t.Error(err)
	}
	if err := w.DeleteBook(id); err != nil {
		t.Error(err)
	}
	// What crosses to the window has no null in it.
	for _, v := range []any{desk, a, programme} {
		text, err := json.Marshal(v)
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s, %v", text, err)
		}
	}
}

// A keystroke asks one question, and none is written down.
func TestAnAnswerWritesNothing(t *testing.T) {
	s, journal, _ := newService(t)
	w := windowOf(t, s, nil)
	remembered := func() bool {
		t.Helper()
		desk, err := w.Desk()
		if err != nil {
			t.Fatal(err)
		}
		return desk.Asked
	}
	for _, quantity := range []string{"3", "35", "350"} {
		q := asked()
		q.Quantity = quantity
		if _, err := w.Simulate(q, Around{By: ByRate}); err != nil {
			t.Fatal(err)
		}
	}
	if remembered() || len(journal.Entries) != 0 {
		t.Errorf("a question was written down, %+v", journal.Entries)
	}
	if err := w.Remember(asked()); err != nil || !remembered() {
		t.Error(err)
	}
	bad := asked()
	bad.Quantity = "0"
	if err := w.Remember(bad); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a question without an answer was remembered: %v", err)
	}
}

func TestExportCSV(t *testing.T) {
	s, journal, _ := newService(t)
	if _, err := windowOf(t, s, &testkit.Dialogs{Err: errors.New("no display")}).ExportCSV(asked(), "it"); fault.ReasonOf(err) != "no_dialog" {
		t.Errorf("a dialog that failed: %v", err)
	}
	path := filepath.Join(t.TempDir(), "out.csv")
	dialogs := &testkit.Dialogs{Path: path}
	w := windowOf(t, s, dialogs)
	bad := asked()
	bad.Quantity = "0"
	if _, err := w.ExportCSV(bad, "it"); fault.CodeOf(err) != fault.Invalid || len(dialogs.Saved) != 0 {
		t.Errorf("a dialog for a refused question: %v, %v", err, dialogs)
	}
	name, err := w.ExportCSV(asked(), "it")
	if err != nil || name != "out.csv" || dialogs.Saved[0].Name != "simulazione-35-CHF-2026-11-20.csv" || len(journal.Entries) != 1 {
		t.Fatal(name, err, dialogs, journal.Entries)
	}
	data, err := os.ReadFile(path) //nolint:gosec // chosen above
	rows := strings.Split(string(data), "\r\n")
	if err != nil || rows[0] != "\ufeff35 × Hosting web" || rows[2] != "Passo;Calcolo;Esatto;Arrotondato;Valuta;Organizzazione;Si basa su" ||
		!strings.HasPrefix(rows[3], "Prezzo pubblico;\"35 × 9,92\";347,20;347,20;CHF;Studio Ponteri SA;\"L1 ") ||
		!strings.HasPrefix(rows[5], "Tariffa degressiva;\"277,76 × (1 − 0,25)\";208,32;208,32;CHF;Studio Ponteri SA;A1 ") {
		t.Errorf("%v\n%s", err, data)
	}
	swiss, err := newSimulationFile(answerTo(t, s), "Ponte SA", "it-CH", day.Date(2026, 11, 20)).csv()
	if err != nil || !strings.Contains(string(swiss), ";347.20;347.20;CHF;") {
		t.Errorf("a Swiss table: %v\n%s", err, swiss)
	}
	none := windowOf(t, s, &testkit.Dialogs{})
	if name, err := none.ExportCSV(asked(), "it"); name != "" || err != nil || len(journal.Entries) != 1 {
		t.Errorf("thought better of it: %q, %v, %+v", name, err, journal.Entries)
	}
}

func answerTo(t *testing.T, s *Service) Answer {
	t.Helper()
	a, err := s.Explain(legal(t), asked())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A file whose figures can be read in two ways is asked about once, and read as the person answers.
func TestAPriceListIsReadAsThePersonSays(t *testing.T) {
	s, _, _ := newService(t)
	s.quotes = &quotesOf{}
	w := windowOf(t, s, nil)
	in := ListInput{Currency: "CHF", Upload: bridge.Upload{
		Data:    base64.StdEncoding.EncodeToString([]byte("Listino 2027\nArtikel;Preis pro Monat\nkDrive;1.234\n")),
		Mapping: input.Mapping{Columns: map[string]int{"product": 0, "price": 1}},
	}}
	o, err := w.OutlineList(in)
	if err != nil || len(o.Questions) != 1 || o.Questions[0].Text != "1.234" || o.Rows != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	for answer, want := range map[string]string{".": "1.234", ",": "1234.00"} {
		in.Mapping.Decimal = answer
		p, err := w.PreviewList(in)
		if err != nil || len(p.Lines) != 1 || p.Lines[0].Price != want {
			t.Errorf("with %q as the mark: %+v, %v", answer, p, err)
		}
	}
}

// What cannot be taken over comes back as a file with its reason, and nothing else does.
func TestRowsThatAPriceListLeavesOutComeBackAsAFile(t *testing.T) {
	s, _, _ := newService(t)
	s.quotes = &quotesOf{}
	out := t.TempDir()
	w := windowOf(t, s, &testkit.Dialogs{Folder: out})
	in := ListInput{Currency: "CHF", Upload: bridge.Upload{
		Data: base64.StdEncoding.EncodeToString([]byte("product;price;note\nkDrive;5.00;a\nkSuite;free;b\n")),
	}}
	name, err := w.SaveRejected(in, bridge.Target{Name: "rest.csv", Locale: "de-DE"})
	if err != nil || name != "rest.csv" {
		t.Fatal(name, err)
	}
	rest, err := os.ReadFile(filepath.Join(out, name))
	if want := "\ufeffproduct;price;note;Was nicht stimmt\r\nkSuite;free;b;"; err != nil || !strings.HasPrefix(string(rest), want) || strings.Contains(string(rest), "kDrive") {
		t.Errorf("%q, %v", rest, err)
	}
}

// The example that is offered in each language comes in whole, with the marks of each region.
func TestTheExampleOfAPriceListComesIn(t *testing.T) {
	s, _, _ := newService(t)
	s.quotes = &quotesOf{}
	out := t.TempDir()
	w := windowOf(t, s, &testkit.Dialogs{Folder: out})
	for _, language := range words.Languages {
		name, err := w.SaveExample(bridge.Target{Name: language + ".csv", Locale: language})
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.PreviewList(ListInput{Currency: "CHF", Upload: bridge.Upload{Data: base64.StdEncoding.EncodeToString(file)}})
		if err != nil || len(p.Rejected) != 0 || len(p.Lines) != 2 || p.Lines[0].Price != "9.92" || p.Lines[0].Product != "web_hosting" || p.Lines[1].Per != "year" {
			t.Errorf("%s: %+v, %v from %s", language, p, err, file)
		}
	}
}
