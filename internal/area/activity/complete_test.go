package activity

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// The beginning of a word finds it whatever sign comes after, however the text index takes that: as part of the word, as
// an accent or as its end.
func TestTheBeginningOfAWordFindsItWhateverFollows(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, nil, nil)
	var entries []Entry
	at := testkit.NewClock().Now()
	for r := rune(0x21); r < 0x30000; r++ {
		if r > 0x500 && r%97 != 0 && (r < 0x1e00 || r > 0x1eff) || !utf8.ValidRune(r) { // of the many signs of one kind, some
			continue
		}
		entries = append(entries, Entry{
			At: at, OrganizationID: "org-1", Product: audit.Drive, Action: audit.ItemAdded, ObjectName: fmt.Sprintf("b%xz%cm", r, r), ObjectID: fmt.Sprintf("b%xz", r),
		})
	}
	load(t, db, s, entries)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	for _, e := range entries {
		p, err := s.Page(ctx, Search{Scope: Organization, Query: Query{{Key: KeyText, Values: []string{e.ObjectID}}}}, 0, 0, 0)
		if err != nil || len(p.Entries) != 1 || p.Entries[0].ObjectID != e.ObjectID {
			t.Errorf("%s does not find %q: %d, %v", e.ObjectID, e.ObjectName, len(p.Entries), err)
		}
	}
}

// A journal of an older schema has its words listed when it is brought up to date.
func TestAnOlderJournalIsSearchedLikeANewOne(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	load(t, db, New(db, nil, nil), year(clock, 20))
	for _, statement := range []string{
		"DROP TABLE journal_word", "CREATE VIRTUAL TABLE journal_word USING fts5vocab(journal_text, instance)",
		"DROP INDEX journal_by_maker", "DELETE FROM goose_db_version WHERE version_id = 26",
	} {
		testkit.Exec(t, db, statement)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := sqlite.Open(t.Context(), db.Path(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	for _, text := range []string{"invo", "cafe", "118"} {
		p, err := New(again, nil, nil).Page(as(t, "account-1", "org-1", access.Administrator), Search{Scope: Organization, Query: read(text)}, 0, 0, 0)
		if err != nil || len(p.Entries) == 0 {
			t.Errorf("%s: %d entries, %v", text, len(p.Entries), err)
		}
	}
}
