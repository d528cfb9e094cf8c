package activity

import (
	"slices"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/text"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

func folds(t *testing.T, db *sqlite.DB) []string {
	t.Helper()
	list, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], "SELECT folded || ' ' || word FROM journal_fold ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// People look for a word in the letters that they have, and for a part of what is written without blanks.
func TestAWordIsFoundInEverySpelling(t *testing.T) {
	db := testkit.NewDB(t, testkit.NewClock())
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	for i, name := range []string{"Große Straße 5", "Sørensen A/S", "Łukasz", "株式会社東京ホスティング", "บริษัทโฮสติ้งไทย", "한국어이름", "ØRSTED", "Ærø", "Ｗｉｄｅ"} {
		enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Domain, ObjectID: string(rune('a' + i)), ObjectName: name})
	}
	before := folds(t, db)
	testkit.Exec(t, db, "DROP TABLE journal_fold")
	testkit.Exec(t, db, "DELETE FROM goose_db_version WHERE version_id = 27")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), db.Path(), sqlite.Options{}) // a journal of an older schema gets the same
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if after := folds(t, db); !slices.Equal(before, after) {
		t.Errorf("brought up to date: %q, written: %q", after, before)
	}
	s = New(db, staff, nil)
	for search, want := range map[string]string{
		"strasse": "Große Straße 5", "Straße": "Große Straße 5", "STRASS": "Große Straße 5", "grosse": "Große Straße 5", "sorensen": "Sørensen A/S", "lukasz": "Łukasz",
		"東京": "株式会社東京ホスティング", "株式": "株式会社東京ホスティング", "이름": "한국어이름", "orsted": "ØRSTED", "aero": "Ærø", "wide": "Ｗｉｄｅ", "ไทย": "บริษัทโฮสติ้งไทย",
	} {
		p, err := s.Page(ctx, Search{Scope: Organization, Query: read(search)}, 0, 0, 0)
		if err != nil || len(p.Entries) != 1 || p.Entries[0].ObjectName != want {
			found := []string{}
			for _, e := range p.Entries {
				found = append(found, e.ObjectName)
			}
			t.Errorf("%s (%s): %q, %v; want %s", search, text.Fold(search), found, err, want)
		}
	}
}
