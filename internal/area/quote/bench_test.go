package quote

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// many is a workspace with that many quotes of 5 lines for 5,000 clients.
func many(b testing.TB, quotes int) *Service {
	b.Helper()
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "kontor.db"), sqlite.Options{Now: testkit.NewClock().Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	testkit.Seed(b, db)
	const lines, clients = 5, 5_000
	products := []string{"web hosting", "domain ch", "kSuite Pro", "Swiss Backup", "kDrive", "Mail service", "Public Cloud"}
	states := []string{"draft", "sent", "sent", "accepted", "declined"}
	if err := db.Write(b.Context(), func(tx *sqlite.Tx) error {
		for i := range quotes {
			id, client, state := fmt.Sprintf("q%d", i), fmt.Sprintf("Client %d %s", i%clients, products[i%7]), states[i%5]
			until := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%700).Format(time.DateOnly)
			if _, err := tx.ExecContext(b.Context(), `INSERT INTO quote (seq, id, organization_id, year, serial, revision, client_id, recipient, recipient_key, author_id,
				language, state, valid_until, exclusions, note, accepted, scenarios, currency, book_id, offer, earned, version, created_at, updated_at)
				VALUES (?1, ?2, 'org-1', ?3, ?4, 1, ?5, ?6, lower(?6), 'account-1', 'it', ?7, ?8, '[]', '', ?9, 2, ?10, 'b', ?11, ?12, 1, 0, 0)`,
				i+1, id, 2020+i/6000, i%6000+1, fmt.Sprintf("c%d", i%clients), client, state, until, map[bool]int{true: 1}[state == "accepted"],
				[]string{"CHF", "EUR"}[i%2], i*7919%1_000_000, i); err != nil {
				return err
			}
			words := number("", 2020+i/6000, i%6000+1, 1) + "\n" + client
			for j := range lines {
				product := products[(i+j)%7]
				words += "\n" + product
				if _, err := tx.ExecContext(b.Context(), `INSERT INTO quote_line VALUES (?, 1, ?, ?, '', ?, 1, 'order', 'discount', 1, 1, 1, 'listed', '')`, id, j+1, product, i%90+1); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(b.Context(), "INSERT INTO quote_search (rowid, words) VALUES (?, ?)", i+1, words); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	if _, err := sqlite.One(b.Context(), db.Reader(), sqlite.Value[int], "SELECT count(*) FROM quote_line"); err != nil {
		b.Fatal(err)
	}
	return NewService(Options{DB: db, Journal: &testkit.Journal{}, Prices: real{}, Clients: known{}, Sender: letterhead{}, Post: &postbox{}, Clock: day.Clock{Now: db.Now}})
}

// Aim: list, search, filter and sort within 20 ms at the 95th percentile.
func BenchmarkListOf200000Lines(b *testing.B) {
	s := many(b, 40_000)
	ctx := access.With(context.Background(), access.Actor{AccountID: "account-1", OrganizationID: "org-1", Role: access.Administrator})
	for name, f := range map[string]Filter{
		"first page":     {Sort: "number", Descending: true},
		"last page":      {Sort: "number", Offset: 39_900},
		"by recipient":   {Sort: "recipient"},
		"by offer":       {Sort: "offer", Descending: true},
		"open by end":    {Show: "open", Sort: "until"},
		"past by offer":  {Show: "past", Sort: "offer"},
		"one client":     {ClientID: "c77", Sort: "number"},
		"search rare":    {Search: "2023-0815", Sort: "number"},
		"search name":    {Search: "client 4711", Sort: "number"},
		"search common":  {Search: "ksuite", Sort: "number", Descending: true},
		"search by name": {Search: "swiss back", Sort: "recipient"},
		"search shown":   {Search: "swiss backup", Show: "accepted", Sort: "recipient"},
		"search a year":  {Search: "2020", Sort: "offer"},
		"search letter":  {Search: "k", Show: "past", Sort: "until", Offset: 900},
	} {
		f.Limit = 100
		b.Run(name, func(b *testing.B) {
			took := []time.Duration{}
			for b.Loop() {
				start := time.Now()
				if _, err := s.List(ctx, f); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
