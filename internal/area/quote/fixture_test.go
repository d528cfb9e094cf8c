package quote

import (
	"compress/gzip"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/core/day"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// What quotes were kept as in every schema that they have had is put into a workspace of that schema, which is then
// brought up to date; every quote in it computes to the same bytes. A fixture is written once, by
// KONTOR_WRITE_FIXTURE=00310 go test -run TestWriteFixture, and never changed.
func TestQuotesOfEverySchemaRecompute(t *testing.T) {
	fixtures, err := filepath.Glob("testdata/schema-*.sql.gz")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures, %v", err)
	}
	for _, name := range fixtures {
		t.Run(filepath.Base(name), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kontor.db")
			var version int64
			_, err := fmt.Sscanf(filepath.Base(name), "schema-%d.sql.gz", &version)
			must(t, err)
			older(t, path, version, unpack(t, name))
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: testkit.NewClock().Now, Copies: t.TempDir()})
			must(t, err)
			defer func() { must(t, db.Close()) }()
			recomputes(t, db)
		})
	}
}

// recomputes wants every quote of a workspace to compute to what was kept, and its list to show it.
func recomputes(t *testing.T, db *sqlite.DB) {
	t.Helper()
	w := &world{Service: NewService(Options{DB: db, Journal: &testkit.Journal{}, Prices: real{}, Clients: known{}, Sender: letterhead{}, Post: &postbox{}, Clock: day.Clock{Now: db.Now}}), db: db}
	p, err := w.List(legal(t), Filter{Sort: "number", Limit: MaxPage})
	must(t, err)
	if p.Found < 8 {
		t.Errorf("%d quotes", p.Found)
	}
	for _, e := range p.Entries {
		proof, err := w.Recompute(legal(t), e.ID)
		if err != nil || !proof.Same || proof.Figures == 0 {
			t.Errorf("%s: %+v, %v", e.Number, proof, err)
		}
		q := w.get(t, e.ID)
		if got := q.Answer.Scenarios[max(q.Accepted, 1)-1].Year.Offer; got != e.Offer {
			t.Errorf("%s: %s in the list, %s in the quote", e.Number, e.Offer, got)
		}
	}
}

func unpack(t *testing.T, name string) string {
	t.Helper()
	packed, err := os.Open(name) //nolint:gosec // a fixture
	must(t, err)
	defer func() { _ = packed.Close() }()
	reader, err := gzip.NewReader(packed)
	must(t, err)
	data, err := io.ReadAll(reader)
	must(t, err)
	return string(data)
}

// older makes a workspace of an older schema and fills it.
func older(t *testing.T, path string, version int64, fill string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	db.SetMaxOpenConns(1)
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("../../host/sqlite/migrations"))
	must(t, err)
	_, err = p.UpTo(t.Context(), version)
	must(t, err)
	_, err = db.ExecContext(t.Context(), fill)
	must(t, err)
}

// variety are quotes that take every way through the calculation.
func variety(t *testing.T, w *world) {
	t.Helper()
	prices := partner.NewService(partner.Options{DB: w.db, Journal: w.journal, Organizations: organization.NewDirectory(w.db), Clock: day.Clock{Now: w.db.Now}})
	w.save(t, published())
	f := published()
	f.VAT, f.Lines[0].Months, f.Lines[1].Months = "reverse_charge", 36, 24
	f.Scenarios[0].Pooled, f.Scenarios[0].Prices = "12", []string{"8.123456", ""}
	w.save(t, f)
	f = published()
	f.ClientID, f.Name, f.Book, f.Lines, f.VAT = "", "Casa Rural El Olivar", "shipped-eur", f.Lines[:1], "country"
	for i := range f.Scenarios {
		f.Scenarios[i].Quantities = f.Scenarios[i].Quantities[:1]
	}
	w.save(t, f)
	f.VAT, f.Scenarios[2].Rate = "excluded", "35"
	w.save(t, f)
	must(t, prices.SaveTerms(legal(t), partner.TermsDraft{Rate: "12.5", Ceiling: "60", Base: "before", Country: "22"}))
	must(t, prices.SaveVATRates(legal(t), []partner.VATDraft{{From: "2018-01-01", Rate: "7.7", Source: "law"}}, 0))
	f = published()
	f.Scenarios[1].Rate, f.Lines[0].Managed, f.Lines[0].Months = "60", false, 3
	w.save(t, f)
	must(t, prices.SaveSchedule(legal(t), partner.ScheduleDraft{ID: "shipped", Mode: "graduated", ValidFrom: "2026-11-20", Tiers: []partner.TierDraft{
		{From: "3", Percent: "12.5", Origin: "own"}, {From: "20", Percent: "33.3333", Origin: "own"},
	}}))
	sent := w.save(t, published())
	must(t, w.Send(legal(t), sent.ID, sent.Version))
	revised, err := w.Revise(legal(t), sent.ID)
	must(t, err)
	must(t, w.Send(legal(t), revised, 1))
	must(t, w.Accept(legal(t), revised, 2, Acceptance{Scenario: 3}))
	_, err = w.Duplicate(legal(t), revised)
	must(t, err)
}

// What a fixture of today would hold can be read into today's schema and recomputes; KONTOR_WRITE_FIXTURE writes it.
func TestWriteFixture(t *testing.T) {
	w := newWorld(t)
	variety(t, w)
	fill := dump(t, w)
	path := filepath.Join(t.TempDir(), "kontor.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: testkit.NewClock().Now})
	must(t, err)
	must(t, db.Write(t.Context(), func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(t.Context(), fill)
		return err
	}))
	recomputes(t, db)
	if version := os.Getenv("KONTOR_WRITE_FIXTURE"); version != "" {
		pack(t, "testdata/schema-"+version+".sql.gz", fill)
	}
}

// dump writes the quotes of a workspace as SQL.
func dump(t *testing.T, w *world) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-1', 'Studio Ponteri SA', 'CHF', 0, 0);\n")
	for _, table := range []string{"quote", "quote_frozen", "quote_line"} {
		columns, err := sqlite.All(t.Context(), w.db.Reader(), sqlite.Value[string], `SELECT name FROM pragma_table_info(?)`, table)
		must(t, err)
		rows, err := sqlite.All(t.Context(), w.db.Reader(), sqlite.Value[string],
			"SELECT '(' || quote("+strings.Join(columns, ") || ', ' || quote(")+") || ')' FROM "+table)
		must(t, err)
		for _, row := range rows {
			out.WriteString("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + row + ";\n")
		}
	}
	return out.String()
}

func pack(t *testing.T, path, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o750))
	file, err := os.Create(path) //nolint:gosec // a fixture
	must(t, err)
	z := gzip.NewWriter(file)
	_, err = z.Write([]byte(text))
	must(t, err)
	must(t, z.Close())
	must(t, file.Close())
}
