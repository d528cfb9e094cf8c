package leaving_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// histories is how many random pasts are erased: a few each time, all of them with KONTOR_LONG.
func histories() int {
	if os.Getenv("KONTOR_LONG") != "" {
		return 200
	}
	if testing.Short() {
		return 2
	}
	return 8
}

// Whatever a workspace has been through, no byte of a person is in any file of it once the account is deleted. Words leave
// the text index by moving others about, which leaves copies in the gaps of pages: that hangs on the past.
func TestNothingOfAPersonIsLeftWhateverTheWorkspaceHasBeenThrough(t *testing.T) {
	for seed := range uint64(histories()) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			w := open(t)
			w.begin(t, "Anna", "Meier", "anna@ponteri.example", "Studio Ponteri SA")
			w.begin(t, "Quintilla", "Zwyssig", "quintilla@ponteri.example", "Quintus AG")
			ctx := w.as(t)
			secrets := w.past(t, ctx, r)
			if err := w.organizations.Delete(ctx, "Quintus AG", password); err != nil {
				t.Fatal(err)
			}
			if err := w.leaving.Delete(w.as(t), password, false); err != nil {
				t.Fatal(err)
			}
			if hits := holding(t, w.dir, secrets); len(hits) != 0 {
				t.Errorf("while the workspace is open: %v", hits)
			}
			w.close()
			if hits := holding(t, w.dir, secrets); len(hits) != 0 {
				t.Errorf("after it was closed: %v", hits)
			}
		})
	}
}

// past gives the person and others a random past, and returns the person's own words.
func (w *world) past(t *testing.T, ctx context.Context, r *rand.Rand) (secrets []string) {
	t.Helper()
	person := access.From(ctx).AccountID
	word := func() string {
		b := make([]byte, 12)
		for i := range b {
			b[i] = "bcdfghjkmnpqrstvwxz"[r.IntN(19)]
		}
		return string(b)
	}
	for range 2 + r.IntN(4) {
		mine, err := w.profiles.Mine(ctx)
		if err != nil {
			t.Fatal(err)
		}
		first, recovery := word(), word()+"@"+word()+".example"
		phone, country := fmt.Sprintf("+4191%07d", r.IntN(10_000_000)), "CH"
		secrets = append(secrets, first, recovery[:12], recovery[13:25], phone[3:])
		if _, err := w.profiles.Update(ctx, profile.Update{Version: mine.Version, FirstName: &first, RecoveryEmail: &recovery, Phone: &phone, Country: &country}); err != nil {
			t.Fatal(err)
		}
		entries := []activity.Entry{}
		for range r.IntN(250) {
			e := activity.Entry{At: w.db.Now().Add(-time.Duration(r.IntN(100_000)) * time.Minute), AccountID: "somebody", Product: audit.Client, Action: audit.ItemChanged, ObjectName: word(), Old: word(), New: word() + " " + word()}
			if r.IntN(5) == 0 {
				e.PersonID, e.Old = person, word()
				secrets = append(secrets, e.Old)
				e.New = ""
			}
			entries = append(entries, e)
		}
		if err := w.db.Write(ctx, func(tx *sqlite.Tx) error { return w.journal.Load(ctx, tx, entries) }); err != nil {
			t.Fatal(err)
		}
		if r.IntN(2) == 0 {
			if _, err := w.db.Keep(ctx, sqlite.Daily); err != nil {
				t.Fatal(err)
			}
		}
	}
	return secrets
}

// holding lists the files that hold the end of a word: an index keeps of a word only what the one before it does not have.
func holding(t *testing.T, dir string, secrets []string) (hits []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		data = bytes.ToLower(data)
		for _, secret := range secrets {
			if bytes.Contains(data, []byte(secret[len(secret)-7:])) {
				hits = append(hits, filepath.Base(path)+": "+secret)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// A reader keeps the log from being emptied: then that is said, and made up for at the next start.
func TestAnErasureThatIsNotFinishedIsSaid(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	if err := w.organizations.Delete(ctx, "Quintus AG", password); err != nil {
		t.Fatal(err)
	}
	other, err := sqlite.Open(t.Context(), filepath.Join(w.dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = other.View(t.Context(), func(q sqlite.Queryer) error {
		if _, err := sqlite.One(t.Context(), q, sqlite.Value[int], "SELECT count(*) FROM account"); err != nil {
			return err
		}
		return w.leaving.Delete(w.as(t), password, false)
	})
	if fault.ReasonOf(err) != "erasure_unfinished" {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if hits := found(t, w.dir, personal); len(hits) == 0 {
		t.Error("said without need")
	}
	if err := w.leaving.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if hits := found(t, w.dir, personal); len(hits) != 0 {
		t.Errorf("%v", hits)
	}
}

func TestCopiesCanBeLeftToTheOthers(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	if err := w.organizations.Delete(ctx, "Quintus AG", password); err != nil {
		t.Fatal(err)
	}
	ctx = w.as(t)
	run, err := w.leaving.DryRun(ctx)
	if err != nil || run.Copies != 1 || run.Asked != 0 || run.Until.Format(time.DateOnly) != "2026-12-18" {
		t.Fatalf("%+v, %v", run, err)
	}
	if err := w.leaving.Delete(ctx, password, true); err != nil {
		t.Fatal(err)
	}
	if list, err := w.db.Copies(); err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}
