package partner

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// rowsOf are rows as a file has them.
func rowsOf(table [][]string) []input.Row {
	rows := []input.Row{}
	for i, cells := range table {
		row := input.Row{Line: i + 1}
		for _, c := range cells {
			row.Cells = append(row.Cells, input.Cell{Text: c})
		}
		if !row.Empty() {
			rows = append(rows, row)
		}
	}
	return rows
}

func TestReadList(t *testing.T) {
	rows := [][]string{
		{" Produit ", "PRIX", "par", "dégressif", "source"},
		{"Hébergement web", "10,50", "mois", "oui", "offre"},
		{"kSuite Pro", "1’234.5", "an", ""},
		{"", "", ""},
		{"kDrive", "abc"},
		{"kDrive", ""},
		{"", "5"},
		{"kDrive", "5", "week"},
		{"kDrive", "5", "", "perhaps"},
		{"KSUITE pro", "7"},
		{"4111 1111 1111 1111", "7"},
		{"kDrive", "-1"},
	}
	read, err := ReadList(rowsOf(rows), money.EUR, nil)
	lines := read.Lines
	if err != nil || len(lines) != 2 || lines[0].Product != "web_hosting" || !lines[0].Degressive || lines[0].Price.String() != "EUR 10.50" ||
		lines[1].Name != "kSuite Pro" || lines[1].Per != pricing.PerYear || lines[1].Price.String() != "EUR 1234.50" {
		t.Errorf("%+v, %v", lines, err)
	}
	want := "5 price not_a_number, 6 price required, 7 product required, 8 per not_a_choice, 9 degressive not_a_choice, 10 product not_unique, " +
		"11 product looks_like_card, 12 price number_too_small"
	got := []string{}
	for _, b := range read.Rejected {
		got = append(got, fmt.Sprintf("%d %s %s", b.Line, b.Field, b.Code))
	}
	if strings.Join(got, ", ") != want {
		t.Errorf("set aside: %s", strings.Join(got, ", "))
	}
	for name, rows := range map[string][][]string{
		"nothing": nil, "no price": {{"product"}, {"x"}}, "headings only": {{"product", "price"}}, "too many": append([][]string{{"product", "price"}}, slices.Repeat([][]string{{"x", "1"}}, pricing.MaxLines+1)...),
	} {
		if _, err := ReadList(rowsOf(rows), money.CHF, nil); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// quotesOf tells an effect and remembers the list.
type quotesOf struct {
	Quotes
	asked pricing.Book
}

func (q *quotesOf) Effect(_ context.Context, _ sqlite.Queryer, _ string, book pricing.Book) (Effect, error) {
	q.asked = book
	return Effect{Open: 4, Count: 2, Least: cents.Amount(-210, money.CHF), Most: cents.Amount(740, money.CHF)}, nil
}

// file is rows as CSV.
func file(rows [][]string) []byte {
	text := ""
	for _, row := range rows {
		text += strings.Join(row, ";") + "\n"
	}
	return []byte(text)
}

func TestPreviewList(t *testing.T) {
	s, journal, _ := newService(t)
	rows := [][]string{{"product", "price", "per", "degressive"}, {"web_hosting", "9.92", "month", "yes"}, {"kSuite", "6.50"}, {"kDrive", "x"}}
	quotes := &quotesOf{}
	s.quotes = quotes
	p, err := s.PreviewList(legal(t), file(rows), money.CHF, nil)
	if err != nil || p.Base.ID != "shipped-chf" || len(p.Rejected) != 1 || p.Effect.Count != 2 || len(quotes.asked.Lines) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	got := []string{}
	for _, c := range p.Changes {
		got = append(got, c.Kind+" "+label(c.Line))
	}
	if strings.Join(got, ", ") != "unchanged web_hosting, added kSuite, removed domain_ch" {
		t.Errorf("%q", got)
	}
	rows[1][1] = "10"
	if p, err := s.PreviewList(legal(t), file(rows), money.CHF, nil); err != nil || p.Changes[0].Kind != Changed || p.Changes[0].Before.Price.Decimal() != "9.92" {
		t.Errorf("%+v, %v", p.Changes, err)
	}
	if desk, err := s.Desk(legal(t)); err != nil || len(desk.Books) != 2 || len(journal.Entries) != 0 {
		t.Errorf("a preview has changed something: %+v, %v", desk.Books, err)
	}
	if _, err := s.PreviewList(testkit.As(t, access.Collaborator), file(rows), money.CHF, nil); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator: %v", err)
	}
	if _, err := s.PreviewList(legal(t), file(rows), "GBP", nil); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("pounds: %v", err)
	}
}

func TestStale(t *testing.T) {
	clock := testkit.NewClock() // 94 days after the shipped lists
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	s := NewService(Options{DB: db, Journal: &testkit.Journal{}, Organizations: organization.NewDirectory(db), Drafts: settings.NewStore(db), Clock: day.Clock{Now: db.Now}})
	a, err := s.Age(legal(t))
	if err != nil || a.Days != 94 || !a.Stale || a.Book.ID != "shipped-chf" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := s.SaveBook(legal(t), bookDraft()); err != nil {
		t.Fatal(err)
	}
	if a, err := s.Age(legal(t)); err != nil || a.Days != 19 || a.Stale || a.Book.Shipped {
		t.Errorf("%+v, %v", a, err)
	}
	clock.Advance(72 * 24 * time.Hour)
	if a, err := s.Age(legal(t)); err != nil || a.Days != StaleAfter+1 || !a.Stale {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := s.Age(testkit.As(t, access.External)); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("an external: %v", err)
	}
}

// What has two meanings is asked once and read as answered; what the file itself tells is not asked.
func TestReadListAsksForTheMark(t *testing.T) {
	rows := rowsOf([][]string{{"product", "price"}, {"Web hosting", "1,250"}, {"Mail", "1.250"}})
	l, err := ReadList(rows, money.CHF, nil)
	if err != nil || len(l.Lines) != 0 || len(l.Rejected) != 2 || l.Rejected[0].Code != "number_ambiguous" || len(l.Questions) != 1 || l.Questions[0].Count != 2 {
		t.Fatalf("%+v, %v", l, err)
	}
	l, err = ReadList(rows, money.CHF, &input.Mapping{Columns: map[string]int{"product": 0, "price": 1}, Decimal: ","})
	if err != nil || len(l.Rejected)+len(l.Questions) != 0 || l.Lines[0].Price.Decimal() != "1.25" || l.Lines[1].Price.Decimal() != "1250.00" {
		t.Errorf("%+v, %v", l, err)
	}
	rows[1].Cells[1].Text = "9.92"
	if l, _ := ReadList(rows, money.CHF, nil); len(l.Questions) != 0 || len(l.Lines) != 2 || l.Lines[1].Price.Decimal() != "1.25" {
		t.Errorf("%+v", l)
	}
}

// Lists as people have them: their own headings, a title above, a currency in each row, periods of several months.
func TestRealLists(t *testing.T) {
	rows, err := listRows([]byte("Preisliste 2027;;;\n\nArtikel;Preis pro Monat (CHF);Periode;Währung\n" +
		"Hosting S;10,00 CHF;Monat;CHF\nHosting M;CHF 12.50;;\nBackup;29.70;pro Quartal;Fr.\nDomain;24;biennio;chf\nMail;5.75;Monat;EUR\nArchive;10;trimestre;CHF\nNAS;9;Woche;CHF\n"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := ReadList(rows, money.CHF, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, line := range l.Lines {
		got = append(got, line.Name+" "+line.Price.Decimal()+" "+string(line.Per))
	}
	if strings.Join(got, ", ") != "Hosting S 10.00 month, Hosting M 12.50 month, Backup 9.90 month, Domain 12.00 year" {
		t.Errorf("%q", got)
	}
	refused := []string{}
	for _, r := range l.Rejected {
		refused = append(refused, r.Cells[0]+" "+r.Field+" "+r.Code)
	}
	if strings.Join(refused, ", ") != "Mail currency wrong_currency, Archive per price_not_divisible, NAS per not_a_choice" {
		t.Errorf("%q", refused)
	}
	for _, head := range []string{"Désignation;Prix unitaire HT", "Articolo;Prezzo unitario", "Descripción;Precio unitario", "Item;Unit price"} {
		rows, err := listRows([]byte(head + "\nx;1.50\n"))
		if err != nil {
			t.Fatal(err)
		}
		if l, err := ReadList(rows, money.CHF, nil); err != nil || len(l.Lines) != 1 {
			t.Errorf("%s: %+v, %v", head, l, err)
		}
	}
}

// A list of 5,000 lines is read, compared, kept and read again at once.
func TestAListOfFiveThousandLines(t *testing.T) {
	s, _, _ := newService(t)
	s.quotes = &quotesOf{}
	rows := [][]string{{"product", "price", "per"}}
	for i := range pricing.MaxLines {
		rows = append(rows, []string{"Product " + strconv.Itoa(i), "9.92", "month"})
	}
	p, err := s.PreviewList(legal(t), file(rows), money.CHF, nil)
	if err != nil || len(p.Lines) != pricing.MaxLines || len(p.Rejected) != 0 {
		t.Fatalf("%d lines, %d refused, %v", len(p.Lines), len(p.Rejected), err)
	}
	d := bookDraft()
	d.Lines = previewView(p).Lines
	if _, err := s.SaveBook(legal(t), d); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PreviewList(legal(t), file(append(rows, []string{"one more", "1", ""})), money.CHF, nil); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("one more: %v", err)
	}
}
