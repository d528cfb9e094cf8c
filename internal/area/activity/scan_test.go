package activity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
)

func TestWordsFromABeginning(t *testing.T) {
	for _, c := range []struct {
		text, begins string
		hit, sure    bool
	}{
		{"", "a", false, true},
		{"invoice 17.pdf", "1", true, true},
		{"invoice 17.pdf", "7", false, true},
		{"Invoice", "in", true, true},
		{"invoice", "invoices", false, true},
		{"Été 2026", "et", true, true},
		{"e\u0301te\u0301", "et", true, true},
		{"Zoë-Anna", "an", true, true},
		{"caf\u00e9s", "s", false, false}, // whether é ends the word is for the text index to say
		{"2₽x", "x", false, false},
		{"2₽x x1", "x", true, true},
		{"straße", "e", false, false},
		{"東京", "a", false, true},
	} {
		if hit, sure := hasWordFrom(c.text, c.begins); hit != c.hit || sure != c.sure {
			t.Errorf("%q from %q: %v, %v; want %v, %v", c.text, c.begins, hit, sure, c.hit, c.sure)
		}
	}
}

// Reading and looking gives what the text index gives, entry by entry, for whoever looks and whatever else is asked.
func TestSiftingFindsWhatTheIndexFinds(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	r := rand.New(rand.NewPCG(5, 5))
	start := clock.Now().AddDate(0, -6, 0)
	text := func() string {
		words := []string{"plan", "Été", "3₽x", "straße", "e\u0301a", "naïve", "", "Ǡ1"}
		return fmt.Sprintf("%c%d %s/%c%d", []rune("aAà1")[r.IntN(4)], r.IntN(4000), words[r.IntN(len(words))], 'a'+rune(r.IntN(4)), r.IntN(4000))
	}
	var entries []Entry
	for i := range 3000 {
		e := Entry{
			At: start.Add(time.Duration(i) * time.Hour), AccountID: fmt.Sprintf("account-%d", 1+r.IntN(3)), OrganizationID: "org-1",
			Product: []audit.Product{audit.Drive, audit.Domain}[r.IntN(2)], Action: audit.ItemAdded, Result: Results()[r.IntN(3)],
			ObjectName: "x", Old: text(), New: text(),
		}
		switch r.IntN(8) {
		case 0:
			e.Action, e.PersonID = audit.EmailChanged, fmt.Sprintf("account-%d", 1+r.IntN(3))
		case 1:
			e.Old, e.New = "", ""
		}
		entries = append(entries, e)
	}
	load(t, db, s, entries)
	answered, left := 0, 0
	for _, query := range []string{"a", "b", "c", "d", "1", "12", "3", "e", "a -product:drive", "a result:ok plan", "b since:60d", "a -plan", "c actor:me", "a b"} {
		for _, scope := range []Scope{Organization, Own} {
			for _, before := range []int64{0, firstID(start.AddDate(0, 1, 0))} {
				err := s.look(as(t, "account-2", "org-1", access.Administrator), Search{Scope: scope, Query: read(query)}, func(v *view) error {
					p := *v.plan
					if before > 0 {
						p.to = before
					}
					rest := p
					begins, ok := rest.scannable()
					if !ok {
						left++
						return nil
					}
					got, ok, err := v.scanned(t.Context(), rest, begins, 51)
					if err != nil || !ok {
						left++
						return err
					}
					answered++
					want := []Entry{}
					err = v.each(t.Context(), p, 0, 51, func(e *Entry) error {
						want = append(want, *e)
						return nil
					})
					if !slices.EqualFunc(got, want, func(a, b Entry) bool { return a.ID == b.ID && a.Old == b.Old }) {
						t.Errorf("%s, %s, before %d: %d entries scanned, %d by the index", query, scope, before, len(got), len(want))
					}
					return err
				})
				if err != nil {
					t.Fatalf("%s: %v", query, err)
				}
			}
		}
	}
	if answered < 10 || left < 5 {
		t.Errorf("scanned %d times, left to the index %d times", answered, left)
	}
}
