package activity

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

func enter(t *testing.T, ctx context.Context, db *sqlite.DB, s *Service, entries ...audit.Entry) {
	t.Helper()
	err := db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, e := range entries {
			if err := s.Record(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func verified(t *testing.T, s *Service) Report {
	t.Helper()
	r, err := s.Verify(testkit.As(t, access.External), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var renamed = audit.Entry{
	Action: audit.ItemChanged, Product: audit.Drive, ObjectID: "file-1", ObjectName: "invoices/1182.pdf",
	Old: "invoice", New: "paid invoice",
}

var moved = audit.Entry{
	Action: audit.EmailChanged, Product: audit.Account, Old: "marta.zwingli@old.example", New: "marta@new.example",
	PersonID: "account-1",
}

func TestEntriesOfOneTransactionShareItsFate(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	ctx := testkit.As(t, access.Administrator)
	refused := errors.New("refused")
	err := db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.Record(ctx, tx, renamed); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if r := verified(t, s); r.Checked != 0 || !r.OK() {
		t.Fatalf("rolled back, yet %+v", r)
	}
	enter(t, ctx, db, s, renamed, moved, renamed) // numbers of the rolled-back values must not be remembered
	if r := verified(t, s); r.Checked != 3 || !r.OK() {
		t.Fatalf("%+v", r)
	}
}

func TestTheActorAndTheTransactionAreRecorded(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, nil, nil)
	enter(t, testkit.As(t, access.Administrator), db, s, renamed)
	enter(t, t.Context(), db, s, audit.Entry{ // nobody is signed in yet
		Action: audit.LoginAttempt, Product: audit.Session, Result: audit.Failed, AccountID: "account-7",
	})
	got := dump(t, db)
	want := []string{
		fmt.Sprintf("1 %d org-1 account-1 drive item_changed 1 session-1", clock.Now().UnixMilli()),
		fmt.Sprintf("2 %d  account-7 session login_attempt 2 ", clock.Now().UnixMilli()),
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func dump(t *testing.T, db *sqlite.DB) []string {
	t.Helper()
	list, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], `
		SELECT concat(j.seq, ' ', j.id >> 20, ' ', o.value, ' ', u.value, ' ', p.value, ' ', a.value, ' ', j.result, ' ', j.session)
		FROM journal j JOIN journal_value o ON o.no = j.organization JOIN journal_value u ON u.no = j.account
		JOIN journal_value p ON p.no = j.product JOIN journal_value a ON a.no = j.action ORDER BY j.seq`)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAnIncompleteEntryIsRefused(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	for name, e := range map[string]audit.Entry{
		"no action": {Product: audit.Drive}, "no product": {Action: audit.ItemAdded},
		"result": {Action: audit.ItemAdded, Product: audit.Drive, Result: "maybe"},
	} {
		err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.Record(t.Context(), tx, e) })
		if err == nil {
			t.Errorf("%s: recorded", name)
		}
	}
}

func TestLongAndBrokenTextIsCutNotRefused(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	e := renamed
	e.New = strings.Repeat("é", MaxValue)
	e.ObjectName = "a\xffb"
	enter(t, testkit.As(t, access.Administrator), db, s, e)
	var name, after string
	if err := db.Reader().QueryRowContext(t.Context(), "SELECT object_name, after FROM journal").Scan(&name, &after); err != nil {
		t.Fatal(err)
	}
	if name != "a�b" || len(after) > MaxValue || !strings.HasSuffix(after, "é…") {
		t.Fatalf("%q %d", name, len(after))
	}
}

func TestTheDatabaseRefusesToChangeTheJournal(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	enter(t, testkit.As(t, access.Administrator), db, s, renamed, moved)
	for _, query := range []string{
		"UPDATE journal SET object_name = 'x'",
		"UPDATE journal SET hash = zeroblob(32) WHERE seq = 1",
		"DELETE FROM journal",
		"DELETE FROM journal WHERE seq = 2",
		"REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
		"INSERT OR REPLACE INTO journal SELECT id + 1, seq, organization, account, product, action, result, object_id, object_name, session, person, before, after, import, hash FROM journal WHERE seq = 1",
		"UPDATE journal_value SET value = 'domain' WHERE value = 'drive'",
		"DELETE FROM journal_value",
		"UPDATE journal_head SET seq = 1",
		"DELETE FROM journal_head",
	} {
		err := db.Write(t.Context(), func(tx *sqlite.Tx) error { _, err := tx.Exec(query); return err })
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// tamper opens the file as any other program could, takes the triggers away and does its worst.
func tamper(t *testing.T, path string, statements ...string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	drop := []string{"PRAGMA foreign_keys = OFF"}
	rows, err := raw.Query("SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var q string
		if err := rows.Scan(&q); err != nil {
			t.Fatal(err)
		}
		drop = append(drop, q)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	for _, q := range append(drop, statements...) {
		if _, err := raw.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

func TestVerifyFindsWhatWasDoneBehindItsBack(t *testing.T) {
	cases := []struct {
		name       string
		statements []string
		want       []Break // without moments
	}{
		{"nothing", nil, nil},
		{"a name edited", []string{"UPDATE journal SET object_name = 'other.pdf' WHERE seq = 4"}, []Break{{Damage: Changed, Seq: 4}}},
		{"a value edited", []string{"UPDATE journal SET after = CAST('x' AS BLOB) WHERE seq = 7"}, []Break{{Damage: Changed, Seq: 7}}},
		{"a sealed value edited", []string{"UPDATE journal SET after = zeroblob(40) WHERE seq = 5"}, []Break{{Damage: Changed, Seq: 5}}},
		{"the result edited", []string{"UPDATE journal SET result = 2 WHERE seq = 1"}, []Break{{Damage: Changed, Seq: 1}}},
		{"the moment edited", []string{"UPDATE journal SET id = id + 3600000 * 1048576 WHERE seq = 2"}, []Break{{Damage: Changed, Seq: 2}}},
		{"the person edited", []string{"UPDATE journal SET account = (SELECT no FROM journal_value WHERE kind = 'organization') WHERE seq = 3"}, []Break{{Damage: Changed, Seq: 3}}},
		{"declared imported", []string{"INSERT INTO journal_import (no, id, organization, name, at) VALUES (1, 'x', 'x', 'x', 0)", "UPDATE journal SET import = 1 WHERE seq = 6"}, []Break{{Damage: Changed, Seq: 6}}},
		{"a hash edited", []string{"UPDATE journal SET hash = zeroblob(32) WHERE seq = 9"}, []Break{{Damage: Changed, Seq: 9}, {Damage: Changed, Seq: 10}}},
		{"a word changed for all", []string{"UPDATE journal_value SET value = 'domain' WHERE value = 'account'"}, []Break{{Damage: Changed, Seq: 5}, {Damage: Changed, Seq: 10}}},
		{"one removed", []string{"DELETE FROM journal WHERE seq = 6"}, []Break{{Damage: Missing, Seq: 6, Count: 1}}},
		{"the first removed", []string{"DELETE FROM journal WHERE seq <= 2"}, []Break{{Damage: Missing, Seq: 1, Count: 2}}},
		{"the last removed", []string{"DELETE FROM journal WHERE seq > 10"}, []Break{{Damage: NoEnd, Seq: 10, Count: 2}}},
		{"the last removed and the head moved", []string{"DELETE FROM journal WHERE seq > 10", "UPDATE journal_head SET seq = 10"}, []Break{{Damage: NoEnd, Seq: 10}}},
		{"all removed", []string{"DELETE FROM journal"}, []Break{{Damage: NoEnd, Count: 12}}},
		{"removed and closed up", []string{"DELETE FROM journal WHERE seq = 6", "UPDATE journal SET seq = seq + 100 WHERE seq > 6", "UPDATE journal SET seq = seq - 101 WHERE seq > 6", "UPDATE journal_head SET seq = 11"}, []Break{
			{Damage: Changed, Seq: 6}, {Damage: Changed, Seq: 7}, {Damage: Changed, Seq: 8}, {Damage: Changed, Seq: 9}, {Damage: Changed, Seq: 10}, {Damage: Changed, Seq: 11},
		}},
		{"two changed places", []string{"UPDATE journal SET seq = 99 WHERE seq = 3", "UPDATE journal SET seq = 3 WHERE seq = 4", "UPDATE journal SET seq = 4 WHERE seq = 99"}, []Break{
			{Damage: Changed, Seq: 3}, {Damage: Changed, Seq: 4}, {Damage: Changed, Seq: 5},
		}},
		{"one added at the end", []string{"INSERT INTO journal SELECT id + 1, 13, organization, account, product, action, result, object_id, object_name, session, person, before, after, import, hash FROM journal WHERE seq = 12"}, []Break{
			{Damage: Changed, Seq: 13}, {Damage: NoEnd, Seq: 13},
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			clock := testkit.NewClock()
			db := testkit.NewDB(t, clock)
			s := New(db, nil, nil)
			ctx := testkit.As(t, access.Administrator)
			for i := range 12 {
				clock.Advance(time.Minute)
				if e := renamed; i%5 != 4 {
					enter(t, ctx, db, s, e)
				} else {
					enter(t, ctx, db, s, moved)
				}
			}
			tamper(t, db.Path(), c.statements...)
			got := verified(t, s)
			if len(got.Breaks) != len(c.want) || got.OK() != (len(c.want) == 0) {
				t.Fatalf("got %+v, want %+v", got, c.want)
			}
			for i, b := range got.Breaks {
				if b.At = (time.Time{}); b != c.want[i] {
					t.Errorf("break %d: got %+v, want %+v", i, b, c.want[i])
				}
			}
		})
	}
}

func TestAForgottenPersonIsGoneFromTheFileAndTheChainHolds(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	ctx := testkit.As(t, access.Administrator)
	other := moved
	other.PersonID, other.Old, other.New = "account-2", "jonas.reberlein@old.example", "jonas@new.example"
	enter(t, ctx, db, s, moved, other, renamed, moved)
	var key []byte
	if err := db.Reader().QueryRowContext(ctx, `SELECT key FROM journal_key
		WHERE person = (SELECT no FROM journal_value WHERE value = 'account-1')`).Scan(&key); err != nil {
		t.Fatal(err)
	}
	count := func(term string) (n int) {
		t.Helper()
		if err := db.Reader().QueryRowContext(ctx, "SELECT count(*) FROM journal_text WHERE journal_text MATCH ?", term).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	marked := func(account, word string) string {
		t.Helper()
		no, err := sqlite.One(ctx, db.Reader(), sqlite.Value[int64], "SELECT no FROM journal_value WHERE kind = ? AND value = ?", kindAccount, account)
		if err != nil {
			t.Fatal(err)
		}
		return ownMark(no) + word
	}
	zwingli, reberlein := marked("account-1", "zwingli"), marked("account-2", "reberlein")
	if count(zwingli) != 2 || count(reberlein) != 1 || count("zwingli") != 0 {
		t.Fatal("personal words are not searchable while the key lives")
	}
	enter(t, ctx, db, s, audit.Entry{Action: audit.ItemDeleted, Product: audit.Account, ObjectID: "account-1"})
	if err := db.Write(ctx, func(tx *sqlite.Tx) error { return s.Forget(ctx, tx, "account-1") }); err != nil {
		t.Fatal(err)
	}
	if err := db.Rewrite(ctx); err != nil {
		t.Fatal(err)
	}
	if count(zwingli) != 0 || count(reberlein) != 1 || count("invoice") != 1 || count("facet:"+facetMark+"r1") != 5 {
		t.Errorf("zwingli %d, reberlein %d, invoice %d, all %d", count(zwingli), count(reberlein), count("invoice"), count("facet:"+facetMark+"r1"))
	}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(db.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range [][]byte{[]byte("zwingli"), []byte("wingli"), key} {
			if bytes.Contains(content, secret) {
				t.Errorf("%q is still in kontor.db%s", secret, suffix)
			}
		}
	}
	if r := verified(t, s); !r.OK() || r.Checked != 5 {
		t.Errorf("%+v", r)
	}
	enter(t, ctx, db, s, moved) // the person may come back: a new key, and the old values stay lost
	if count(zwingli) != 1 {
		t.Error("a new value is not indexed")
	}
}

func TestLoadKeepsTheOrderOfMoments(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, nil, nil)
	start := clock.Now().AddDate(-1, 0, 0)
	var entries []Entry
	for i := range 5000 {
		entries = append(entries, Entry{
			At: start.Add(time.Duration(i*7919%5000) * time.Hour), AccountID: "account-1", OrganizationID: "org-1",
			Product: audit.Domain, Action: audit.ItemAdded, ObjectName: fmt.Sprint("n", i),
		})
	}
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.Load(t.Context(), tx, entries) }); err != nil {
		t.Fatal(err)
	}
	var unordered int
	if err := db.Reader().QueryRowContext(t.Context(), `SELECT count(*) FROM
		(SELECT seq, lag(seq) OVER (ORDER BY id) AS before FROM journal) WHERE seq <= before`).Scan(&unordered); err != nil {
		t.Fatal(err)
	}
	if r := verified(t, s); unordered != 0 || !r.OK() || r.Checked != 5000 {
		t.Fatalf("%d out of order, %+v", unordered, r)
	}
}
