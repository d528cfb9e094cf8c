package sqlite

import (
	"testing"
	"time"
)

// What an older schema kept folded is folded anew: clients and quotes are found as they are today.
func TestFoldedColumnsAreFoldedAnew(t *testing.T) {
	for version, test := range map[int64]struct{ rows, wants map[string]string }{
		414: {
			map[string]string{
				"c1": client("Große Straße", "große straße"), "c2": client("Grosse Strasse", "grosse strasse"), "c3": client("ガラス", "カラス"),
			},
			map[string]string{
				"SELECT group_concat(name_key, '|') FROM (SELECT name_key FROM client WHERE id > 'c1' ORDER BY id)": "grosse strasse|ガラス",
				"SELECT search FROM client WHERE id = 'c1'":                                                         "grosse strasse\nlodz\nsorensen.ch",
			},
		},
		310: {
			map[string]string{"q": `INSERT INTO quote (id, organization_id, year, serial, revision, revises_id, client_id, recipient, recipient_key,
				author_id, language, state, valid_until, exclusions, note, accepted, scenarios, currency, book_id, offer, earned, version, created_at,
				updated_at, sent_at, answered_at) VALUES (?, 'o', 2026, 5, 1, '', '', 'Ørsted 株式会社東京', 'ørsted', 'a', 'it', 'draft', '2026-12-31',
				'[]', '', 0, 1, 'CHF', 'b', 0, 0, 1, 1, 1, 0, 0)`},
			map[string]string{
				"SELECT recipient_key FROM quote": "orsted 株式会社東京",
				`SELECT count(*) || '' FROM quote_search WHERE quote_search MATCH '"orst"* "東 京" "2026 0005"'`: "1",
			},
		},
	} {
		path := newPath(t)
		at(t, path, version)
		p, err := pool(path, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		for id, row := range test.rows {
			if _, err := p.Exec(row, id); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := Open(t.Context(), path, Options{Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		for query, want := range test.wants {
			if got, err := One(t.Context(), db.Reader(), Value[string], query); err != nil || got != want {
				t.Errorf("%s: %q, %v; want %q", query, got, err, want)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func client(name, key string) string {
	return `INSERT INTO client (id, organization_id, name, name_key, place, number, state, since, asked_access, asked_wallet, asked_products,
		asked_at, search, created_at) VALUES (?, 'o', '` + name + `', '` + key + `', 'Łódź', '', 'pending', 1, 'limited', 0, '[{"name":"Sørensen.ch"}]', 1, '', 1)`
}
