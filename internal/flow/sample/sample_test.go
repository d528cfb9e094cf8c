package sample_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/sample"
	"kontor/internal/host/sqlite"
)

var now = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)

// original is a sample that is made once, to be copied: making one takes a second, and ten times that under the race
// detector.
var (
	original string
	built    = sync.OnceValue(func() error { return sample.Build(context.Background(), original, now, "en") })
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "kontor-sample-")
	if err != nil {
		panic(err)
	}
	original = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func copyBuilt(t *testing.T, dir string) {
	t.Helper()
	err := built()
	if err == nil {
		err = os.CopyFS(dir, os.DirFS(original))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, dir string) *sqlite.DB {
	t.Helper()
	copyBuilt(t, dir)
	return openIn(t, dir)
}

func openIn(t *testing.T, dir string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func count(t *testing.T, db *sqlite.DB, query string) int {
	t.Helper()
	n, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int], query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheSampleTellsAWholeStory(t *testing.T) {
	db := build(t, t.TempDir())
	for query, least := range map[string]int{
		"SELECT count(*) FROM organization":                               3,
		"SELECT count(*) FROM account":                                    12,
		"SELECT count(*) FROM journal":                                    5000,
		"SELECT count(*) FROM journal WHERE import IS NOT NULL":           900,
		"SELECT count(DISTINCT stage) FROM transfer":                      6,
		"SELECT count(*) FROM transfer_attempt WHERE cause = 'locked'":    1,
		"SELECT count(*) FROM branding_picture":                           1,
		"SELECT count(DISTINCT avatar) FROM account WHERE avatar <> ''":   6,
		"SELECT count(*) FROM client WHERE state = 'active'":              41,
		"SELECT count(*) FROM client WHERE state = 'pending'":             2,
		"SELECT count(*) FROM client WHERE difference = 'less'":           3,
		"SELECT count(*) FROM client_collaborator":                        5,
		"SELECT count(DISTINCT role) FROM member":                         4,
		"SELECT count(*) FROM member WHERE role = 'legal_representative'": 3,
	} {
		if n := count(t, db, query); n < least {
			t.Errorf("%s: %d, want at least %d", query, n, least)
		}
	}
	// What Kontor cannot see stands in its journal only as imported.
	if n := count(t, db, `SELECT count(*) FROM journal WHERE import IS NULL AND (
		product IN (SELECT no FROM journal_value WHERE kind = 'product' AND value IN ('drive', 'email_hosting', 'web_hosting', 'swiss_backup', 'ksuite', 'vod')) OR
		action IN (SELECT no FROM journal_value WHERE kind = 'action' AND value IN ('webmail_used', 'server_changed', 'server_added', 'invoice_generated')))`); n > 0 {
		t.Errorf("%d entries of this computer tell of what Kontor cannot see", n)
	}
	if n := count(t, db, "SELECT count(*) FROM payment_renewal WHERE product IN (SELECT domain FROM transfer)"); n > 0 {
		t.Errorf("%d domains end by their transfer and by a renewal, on two days", n)
	}
	if n := count(t, db, "SELECT count(*) - count(DISTINCT product) FROM payment_renewal"); n > 0 {
		t.Errorf("%d products are renewed twice", n)
	}
	// What Infomaniak charged for the order is what the prepaid account paid for it.
	if n := count(t, db, `SELECT (SELECT sum(amount) FROM sale_charge) - (SELECT sum(total) FROM prepaid_order WHERE number LIKE 'R-%')`); n != 0 {
		t.Errorf("the order was charged %d more than was paid for it", n)
	}
	if n := count(t, db, "SELECT count(DISTINCT expires_on) FROM transfer"); n < 4 {
		t.Errorf("the transferred domains end on %d days", n)
	}
	report, err := activity.New(db, nil, nil).Verify(testkit.As(t, access.LegalRepresentative), func(int64, int64) {})
	if err != nil || !report.OK() {
		t.Errorf("the journal does not verify: %+v, %v", report, err)
	}
	page, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int64], "SELECT max(id) >> 20 FROM journal")
	if err != nil || time.UnixMilli(page).After(now) {
		t.Errorf("the newest entry is from the future: %v, %v", time.UnixMilli(page), err)
	}
}

// What is sealed differs by its random keys; everything that was told is the same.
func TestTheSameDayGivesTheSameSample(t *testing.T) {
	told := func(db *sqlite.DB) string {
		text, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], `SELECT
			(SELECT group_concat(concat_ws(' ', id, seq, organization, account, product, action, result, object_id, object_name), char(10)) FROM (SELECT * FROM journal ORDER BY seq)) ||
			(SELECT group_concat(concat_ws(' ', id, first_name, last_name, login_email, language)) FROM account) ||
			(SELECT group_concat(concat_ws(' ', id, name, currency)) FROM organization)`)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	again := t.TempDir()
	if err := sample.Build(t.Context(), again, now, "en"); err != nil {
		t.Fatal(err)
	}
	if a, b := told(build(t, t.TempDir())), told(openIn(t, again)); a != b || len(a) < 100_000 {
		t.Errorf("two samples of one day differ (%d and %d bytes)", len(a), len(b))
	}
}

// What the studio typed is in the language of whoever looks; everything else is as it is in any other.
func TestTheSampleSpeaksTheLanguageOfWhoLooks(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		db := build(t, t.TempDir())
		if language != "en" {
			dir := t.TempDir()
			if err := sample.Build(t.Context(), dir, now, language); err != nil {
				t.Fatal(err)
			}
			db = openIn(t, dir)
		}
		want := map[string]string{"en": "Web hosting, 35 sites", "de": "Webhosting, 35 Sites"}[language]
		if n := count(t, db, "SELECT count(*) FROM payment_renewal WHERE product = '"+want+"'"); n != 1 {
			t.Errorf("%s: no renewal of %q", language, want)
		}
	}
}

func TestASampleThatIsThereIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	db := build(t, dir)
	err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
		_, err := tx.Exec("UPDATE organization SET name = 'mine now' WHERE name = 'Hotel Tre Larici'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sample.Build(t.Context(), dir, now.AddDate(0, 1, 0), "en"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) FROM organization WHERE name = 'mine now'"); n != 1 {
		t.Error("the sample was built over")
	}
}

// The money ends where the design draws it, and every row of the ledger follows from the one before.
func TestTheSamplesMoneyAddsUp(t *testing.T) {
	moments := []time.Time{now, time.Date(2027, 3, 1, 0, 30, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 30, 0, 0, time.UTC)}
	if testing.Short() {
		moments = moments[:1]
	}
	for _, at := range moments {
		dir := t.TempDir()
		if at.Equal(now) {
			copyBuilt(t, dir)
		} else if err := sample.Build(t.Context(), dir, at, "en"); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{Now: func() time.Time { return at }})
		if err != nil {
			t.Fatal(err)
		}
		org, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], "SELECT id FROM organization WHERE name = 'Studio Ponteri SA'")
		if err != nil {
			t.Fatal(err)
		}
		ctx := access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: org, Role: access.LegalRepresentative})
		account := prepaid.NewService(db, prepaid.Options{Organizations: organization.NewDirectory(db)})
		if n, err := account.Verify(ctx); err != nil || n < 25 {
			t.Errorf("%s: %d entries, %v", at, n, err)
		}
		balance, err := account.Balance(ctx, db.Reader(), org)
		if err != nil || balance.String() != "CHF 412.65" {
			t.Errorf("%s: the account holds %s, %v", at, balance, err)
		}
		threads, err := account.Threads(ctx, 10)
		if err != nil || threads[0].Order == nil || threads[0].Steps[len(threads[0].Steps)-1].Kind != prepaid.StepChoose {
			t.Errorf("%s: nothing waits for a choice: %+v, %v", at, threads, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
