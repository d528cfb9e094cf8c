package sale_test

import (
	"fmt"
	"testing"

	"kontor/internal/area/sale"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/find"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// BenchmarkMany opens each page of 500 orders with 40 lines each, a quarter of 2,000 quotes that were accepted, with
// 30,000 charges. Aim: 100 ms a click.
func BenchmarkMany(b *testing.B) {
	clock := testkit.NewClock()
	db := testkit.NewDB(b, clock)
	testkit.Seed(b, db)
	const orders, lines, charges = 500, 40, 3
	if err := db.Write(b.Context(), func(tx *sqlite.Tx) error {
		for i := range orders {
			id := fmt.Sprintf("s%d", i)
			if _, err := tx.ExecContext(b.Context(), `INSERT INTO sale VALUES (?, 'org-1', ?, ?, ?, ?, 1, '2026-01-05', '', ?, '2026-01-10', 'CHF', 'swiss', ?)`,
				id, "q"+id, fmt.Sprintf("2026-%04d", i), fmt.Sprintf("c%d", i%5000), fmt.Sprintf("Client %d", i), fmt.Sprint(20000+i), i); err != nil {
				return err
			}
			for j := range lines {
				line := fmt.Sprintf("%s-%d", id, j)
				if _, err := tx.ExecContext(b.Context(), `INSERT INTO sale_line VALUES (?, ?, ?, ?, 'listed', 'web_hosting', '', '', '3', '', ?, 'partner', 'partner', 'CHF', 2232, 2976, 744, '8.1', '2026-01-10', '')`,
					line, id, j, j+1, []int{1, 12}[j%2]); err != nil {
					return err
				}
				for k := range charges * ((j + 1) % 2) {
					if _, err := tx.ExecContext(b.Context(), `INSERT INTO sale_charge VALUES (?, ?, ?, ?, 'CHF', ?, ?, 'imported', 0)`,
						fmt.Sprint(line, k), line, fmt.Sprintf("2026-%02d-10", k+8), fmt.Sprintf("2026-%02d-11", k+8), 2232+k, "R"+line); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	s := sale.NewService(sale.Options{DB: db, Journal: &testkit.Journal{}, Quotes: quotes{b}, Prices: lists{}, Clock: day.Clock{Now: db.Now}})
	ctx := testkit.As(b, access.LegalRepresentative)
	for name, open := range map[string]func() error{
		"orders":   func() error { _, err := s.Page(ctx, sale.Filter{Limit: 20}); return err },
		"search":   func() error { _, err := s.Page(ctx, sale.Filter{Limit: 20, Search: "client 47"}); return err },
		"find":     func() error { _, err := s.Search(ctx, find.Ask("20047", 5)); return err },
		"home":     func() error { _, err := s.Waiting(ctx); return err },
		"client":   func() error { _, err := s.OrdersOfClient(ctx, db.Reader(), "org-1", "c7"); return err },
		"renewals": func() error { _, err := s.Renewals(ctx, "", 50); return err },
		"outlook":  func() error { _, err := s.Outlook(ctx, ""); return err },
		"changes":  func() error { _, err := s.Changes(ctx, "b2", "", 50); return err },
		"items":    func() error { _, err := s.Items(ctx, day.Date(2026, 11, 1), day.Date(2026, 11, 30), 50); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := open(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
