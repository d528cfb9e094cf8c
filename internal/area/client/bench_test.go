package client_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/find"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// promised is how long a search, a filter or a page of 5,000 clients may take at the 95th percentile.
const promised = 20 * time.Millisecond

// crowd is a workspace with 5,000 clients and 200,000 lines of orders.
func crowd(b *testing.B) *client.Service {
	b.Helper()
	db := testkit.NewDB(b, nil)
	testkit.Seed(b, db)
	err := db.Write(context.Background(), func(tx *sqlite.Tx) error {
		if _, err := tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
			INSERT INTO client (id, organization_id, name, name_key, place, number, state, since, asked_access, asked_wallet, asked_products, asked_at,
				granted_access, granted_products, granted_on, paid_since, difference, missing, search, created_at)
			SELECT 'c' || i, 'org-1', 'Client ' || i, 'client ' || i, 'Lugano', '', iif(i % 10 = 0, 'pending', 'active'), i * 86400000,
				'limited', 0, products, 0, iif(i % 10 = 0, '', 'limited'), iif(i % 10 = 0, '[]', products), '2026-01-01', '2026-01-01',
				iif(i % 10 = 0, '', iif(i % 7 = 0, 'less', 'same')), i % 7 = 0,
				'client ' || i || char(10) || 'lugano' || char(10) || 'site' || i || '.example', 0
			FROM n, (SELECT '[{"name":"a.example","family":"web_hosting","technical":true},{"name":"b.example","family":"domain","technical":true}]' AS products)`); err != nil {
			return err
		}
		_, err := tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199999)
			INSERT INTO client_order (id, client_id, organization_id, number, ordered_on, period_to, product, name, operation, orders, quantity,
				currency, public, rate, degressive, net, vat, payer, gain_kind, gain, due_on, expected_id)
			SELECT 'o' || i, 'c' || (1 + i % 5000), 'org-1', 'n' || i, '2026-01-01', '2026-12-31', 'web_hosting', '', 'renewal', 'client', 35,
				'CHF', 34720, '20', '25', 26040, 0, 'client', 'cashback', 5208, '2026-02-01', 'e' || i FROM n`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return client.NewService(client.Options{DB: db, Account: &account{}, Prices: list{}})
}

// BenchmarkCrowd measures what the page of the clients asks for, and tells whether the promise is kept.
func BenchmarkCrowd(b *testing.B) {
	s := crowd(b)
	ctx := access.With(context.Background(), access.Actor{AccountID: "account-1", OrganizationID: "org-1", Role: access.LegalRepresentative})
	asks := func(f client.Filter, want int) func() error {
		return func() error {
			list, _, err := s.List(ctx, f)
			if err == nil && len(list) != want {
				err = fmt.Errorf("%+v finds %d, want %d", f, len(list), want)
			}
			return err
		}
	}
	for _, test := range []struct {
		name string
		do   func() error
	}{
		{"everywhere", func() error {
			f, err := s.Search(ctx, find.Ask("client 4", 5))
			if err == nil && (f.Searched != 5000 || f.Total < 1000 || len(f.Hits) != 5) {
				err = fmt.Errorf("finds %+v", f)
			}
			return err
		}},
		{"all", asks(client.Filter{}, 5000)},
		{"filter", asks(client.Filter{Show: "less"}, 643)},
		{"search", asks(client.Filter{Search: "site4321"}, 1)},
		{"search that finds many", asks(client.Filter{Search: "lugano 12"}, 199)},
		{"enter", func() error {
			r, err := s.Open(ctx, "c1")
			if err == nil && len(r.Orders) != 40 {
				err = fmt.Errorf("%d orders", len(r.Orders))
			}
			return err
		}},
	} {
		b.Run(test.name, func(b *testing.B) {
			took := []time.Duration{}
			for b.Loop() {
				start := time.Now()
				if err := test.do(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			at := took[len(took)*95/100]
			b.ReportMetric(float64(at.Microseconds()), "p95-µs")
			if at > promised {
				b.Logf("the 95th percentile takes %s, promised are %s", at, promised)
			}
		})
	}
}
