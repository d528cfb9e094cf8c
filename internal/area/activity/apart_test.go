package activity

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
)

// A file may name anybody. What it says somebody did is never among that person's own acts, nor counted with them, until
// they ask for it.
func TestWhatIsImportedUnderANameStaysApart(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	enter(t, ctx, db, s, renamed, renamed)
	var file strings.Builder
	file.WriteString("moment,account,product,action,object\n")
	for i := range 50 {
		fmt.Fprintf(&file, "2026-01-%02d 10:00,Elena Bernasconi,drive,item_deleted,forged-%d.pdf\n", 1+i%28, i)
	}
	if got, err := s.Import(ctx, "log.csv", file.String(), Mapping{Columns: map[Field]string{FieldMoment: "moment", FieldAccount: "account", FieldProduct: "product", FieldAction: "action", FieldObject: "object"}}, nil); err != nil || got.Added != 50 {
		t.Fatalf("%+v, %v", got, err)
	}
	for query, want := range map[string]int64{"": 3, "forged": 0, "product:drive": 2, "source:imported": 50, "forged source:imported": 50, "-source:own": 50, "source:own,imported": 53, "-source:imported": 3} {
		search := Search{Scope: Own, Query: read(query)}
		p, err := s.Page(ctx, search, 0, 0, MaxPage)
		c, countErr := s.Count(ctx, search)
		if err != nil || countErr != nil || int64(len(p.Entries)) != want || c.Matching.N != want || c.Total.N != 3 {
			t.Errorf("%s: %d entries, counted %+v of %+v, want %d of 3, %v %v", query, len(p.Entries), c.Matching, c.Total, want, err, countErr)
		}
		if asked := strings.Contains(query, "source:"); !asked && c.Apart != 50 || strings.HasSuffix(query, "source:imported") && !strings.HasPrefix(query, "-") && c.Apart != 0 {
			t.Errorf("%s: %d entries stand apart", query, c.Apart)
		}
		for _, e := range p.Entries {
			if e.ImportID != "" && query == "" {
				t.Error("a forged entry among one's own")
			}
		}
	}
	days, err := s.Days(ctx, Search{Scope: Own}, "2026-01-31", 31)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		if d.N != 0 {
			t.Errorf("%s counts %d entries that are nobody's own", d.Date, d.N)
		}
	}
	sheets, err := s.Sheets(ctx, db.Reader(), "account-1")
	if rows := sheets["activities"]; err != nil || len(rows) != 1+53 {
		t.Errorf("who leaves takes %d rows, %v", len(rows)-1, err)
	}
	if _, stays, err := s.Holds(ctx, db.Reader(), "account-1"); err != nil || stays["journal_entries"] != 53 {
		t.Errorf("%v, %v", stays, err)
	}
}

// A page that starts at a mark and skips is the page that one would have come to by turning every page.
func TestAnyPartOfALongListIsTheSameAsByTurningPages(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	s.countFor = time.Hour
	load(t, db, s, year(clock, 3000))
	ctx := as(t, "account-2", "org-1", access.Administrator)
	r := rand.New(rand.NewPCG(9, 9))
	for _, query := range []string{"", "product:drive", "invoice", "inv -product:vod", "result:ok,failed", "i", "-source:imported", "since:200d"} {
		for _, scope := range []Scope{Own, Organization} {
			search := Search{Scope: scope, Query: read(query)}
			list := []int64{}
			for before := int64(0); ; {
				p, err := s.Page(ctx, search, before, 0, MaxPage)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range p.Entries {
					list = append(list, e.ID)
				}
				if before = p.Next; before == 0 {
					break
				}
			}
			c, err := s.Count(ctx, search)
			if err != nil || c.Matching.N != int64(len(list)) || len(c.Marks) == 0 || c.Marks[len(c.Marks)-1].N != c.Matching.N {
				t.Fatalf("%s: %+v, %d, %v", query, c, len(list), err)
			}
			for _, mark := range append(c.Marks, Mark{}) {
				before, err := strconv.ParseInt(mark.Before, 10, 64)
				if mark.Before != "" && err != nil {
					t.Fatal(err)
				}
				rest := len(list) - int(mark.N)
				skip := r.IntN(rest + 1)
				p, err := s.Page(ctx, search, before, skip, 20)
				if err != nil || len(p.Entries) != min(20, rest-skip) {
					t.Fatalf("%s from %+v, %d skipped: %d entries, %v", query, mark, skip, len(p.Entries), err)
				}
				for i, e := range p.Entries {
					if e.ID != list[int(mark.N)+skip+i] {
						t.Fatalf("%s from %+v: entry %d is another", query, mark, skip+i)
					}
				}
			}
			day := clock.Now().AddDate(0, 0, -r.IntN(300)).UTC()
			n, err := s.Newer(ctx, search, day.Format(time.DateOnly))
			want := 0
			for _, id := range list {
				if moment(id).Format(time.DateOnly) > day.Format(time.DateOnly) {
					want++
				}
			}
			if err != nil || n != (Amount{N: int64(want)}) {
				t.Errorf("%s after %s: %+v, want %d, %v", query, day, n, want, err)
			}
			if place := r.IntN(len(list) + 1); place < len(list) { // an entry is found at its place, whatever its query
				if n, err := s.Above(ctx, search, list[place]); err != nil || n != (Amount{N: int64(place)}) {
					t.Errorf("%s: entry %d stands at %+v, %v", query, place, n, err)
				}
			}
		}
	}
}

// A person's own values are found in every spelling, too, whole words and phrases as well as beginnings.
func TestOwnValuesAndPhrasesAreFoundInEverySpelling(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	enter(t, ctx, db, s, audit.Entry{Action: audit.ItemChanged, Product: audit.Account, PersonID: "account-1", Old: "Große Straße 5", New: "Sørensens vei, Łódź"})
	enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Domain, ObjectName: "Weiße Gasse", New: "Ærø strasse"})
	for query, want := range map[string]int{
		"strasse": 2, "STRAß": 2, `"grosse strasse"`: 1, `"große strasse"`: 1, "sorensens": 1, `"lodz"`: 1, `"weisse gasse"`: 1, `"weiße gasse"`: 1,
		`"aero straße"`: 1, `"gasse weisse"`: 0, "strassen": 0, `"grosse"`: 1,
	} {
		p, err := s.Page(ctx, Search{Scope: Organization, Query: read(query)}, 0, 0, 0)
		if err != nil || len(p.Entries) != want {
			t.Errorf("%s: %d entries, want %d, %v", query, len(p.Entries), want, err)
		}
	}
	if _, err := s.Save(ctx, Own, "card", read("4111 1111 1111 1111")); err == nil {
		t.Error("a saved search takes a card number")
	}
	if _, err := s.Save(ctx, Own, "4111 1111 1111 1111", read("product:drive")); err == nil {
		t.Error("its name takes a card number")
	}
}

// What areas write as codes stands on the screen in words, and is found by them.
func TestCodesAreShownAndFoundAsWords(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	for _, e := range []audit.Entry{
		{Action: audit.FundsTransferred, Product: audit.Prepaid, ObjectName: "top_up", New: "CHF 150.00"},
		{Action: audit.ItemChanged, Product: audit.Branding, ObjectName: "rectangular"},
		{Action: audit.ItemChanged, Product: audit.Domain, ObjectName: "xn--bergfhrer-davos-3vb.ch", New: "reachable=true"},
		{Action: audit.AdminRoleGiven, Product: audit.Organization, Old: "collaborator", New: "administrator+accounting"},
		{Action: audit.SettingsChanged, Product: audit.Session, New: "success=true failure=false lock=10"},
		{Action: audit.ItemAdded, Product: audit.Client, ObjectName: "sheet music Ltd"},
		{Action: audit.OrderHandled, Product: audit.Prepaid, ObjectName: "20614", Old: "awaiting_payment", New: "paid"},
		{Action: audit.ItemChanged, Product: audit.Domain, ObjectName: "ponteri.ch", New: "failed locked"},
		{Action: audit.ItemChanged, Product: audit.Partner, ObjectName: "schedule", New: "graduated; 10: 5 %"},
	} {
		enter(t, ctx, db, s, e)
	}
	w := &Window{zone: func(context.Context) *time.Location { return time.UTC }}
	for query, want := range map[string][3]string{
		"ricarica":       {"Ricarica", "", "CHF 150.00"},
		"rettangolare":   {"Logo rettangolare", "", ""},
		"bergführer":     {"bergführer-davos.ch", "", "L’e-mail del titolare risponde: sì"},
		"contabilità":    {"", "Collaboratore", "Amministratore + contabilità"},
		"blocco":         {"", "", "avviso degli accessi: sì, avviso dei tentativi falliti: no, errori fino al blocco: 10"},
		"product:client": {"sheet music Ltd", "", ""},
		"20614":          {"20614", "in attesa di pagamento", "pagato"},
		"ponteri.ch":     {"ponteri.ch", "", "Trasferimento fallito, Dominio bloccato"},
		"scaglioni":      {"scaglioni degressivi", "", "a scaglioni; 10: 5 %"},
	} {
		search := w.search(ctx, SearchInput{Scope: "organization", Query: query, Locale: "it-CH"})
		p, err := s.Page(ctx, search, 0, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		v, err := s.pageView(ctx, search, p)
		if err != nil || len(v.Entries) != 1 || v.Entries[0].Object != want[0] || v.Entries[0].Old != want[1] || v.Entries[0].New != want[2] {
			t.Errorf("%s: %+v, %v", query, v.Entries, err)
		}
	}
}
