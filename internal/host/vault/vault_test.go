package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

const canary = "s3cret-canary-5f1e"

var quiet = slog.New(slog.DiscardHandler)

// open opens a vault over the database and waits until its mode is known.
func open(t *testing.T, db *sqlite.DB) *Vault {
	t.Helper()
	v := Open(db, filepath.Dir(db.Path()), Options{Log: quiet, Reauth: testkit.Reauthenticator("right")})
	t.Cleanup(v.Close)
	if err := v.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	return v
}

func put(t *testing.T, db *sqlite.DB, v *Vault, row, secret string) error {
	t.Helper()
	return db.Write(t.Context(), func(tx *sqlite.Tx) error {
		return v.Put(t.Context(), tx, "mail", row, "password", []byte(secret))
	})
}

func mustPut(t *testing.T, db *sqlite.DB, v *Vault, row, secret string) {
	t.Helper()
	if err := put(t, db, v, row, secret); err != nil {
		t.Fatal(err)
	}
}

func wantSecret(t *testing.T, v *Vault, row, want string) {
	t.Helper()
	got, err := v.Get(t.Context(), "mail", row, "password")
	if err != nil || string(got) != want {
		t.Fatalf("secret of %q: %q, %v; want %q", row, got, err, want)
	}
}

func wantFault(t *testing.T, err error, code fault.Code, reason string) {
	t.Helper()
	if fault.CodeOf(err) != code || fault.ReasonOf(err) != reason {
		t.Fatalf("error %v; want %s (%s)", err, code, reason)
	}
}

func wantState(t *testing.T, v *Vault, want State) {
	t.Helper()
	if got, err := v.State(t.Context()); err != nil || got != want {
		t.Fatalf("state %+v, %v; want %+v", got, err, want)
	}
}

func rows(t *testing.T, db *sqlite.DB) int {
	t.Helper()
	n, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int], "SELECT count(*) FROM sealed WHERE place <> 'vault'")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeepsSecretsSealedWithTheKeyOfTheKeyring(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	wantState(t, v, State{Mode: Keyring})
	if _, err := v.Get(t.Context(), "mail", "1", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("an empty vault answers %v", err)
	}
	mustPut(t, db, v, "1", "first")
	mustPut(t, db, v, "1", canary)
	mustPut(t, db, v, "2", strings.Repeat("t", 10<<10)) // a long token
	mustPut(t, db, v, "3", "")
	wantSecret(t, v, "1", canary)
	wantSecret(t, v, "3", "")

	again := open(t, db) // the next start
	wantSecret(t, again, "1", canary)
	wantSecret(t, again, "2", strings.Repeat("t", 10<<10))

	other := testkit.NewDB(t, nil) // another workspace has another key
	w := open(t, other)
	mustPut(t, other, w, "1", "elsewhere")
	if w.key.name() == v.key.name() {
		t.Fatal("two workspaces share a key")
	}
	wantSecret(t, again, "1", canary)

	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
		return v.Delete(t.Context(), tx, "mail", "1", "password")
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(t.Context(), "mail", "1", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("a deleted secret answers %v", err)
	}
}

// The files of the workspace never contain a secret or the key, in whatever mode.
func TestNeverWritesPlainText(t *testing.T) {
	for _, mode := range []Mode{Keyring, Memory, Passphrase} {
		t.Run(string(mode), func(t *testing.T) {
			keyring.MockInit()
			if mode != Keyring {
				keyring.MockInitWithError(errors.New("none"))
			}
			db := testkit.NewDB(t, nil)
			v := open(t, db)
			if mode == Passphrase {
				if err := v.UsePassphrase(testkit.Keeper(t), "correct horse", "correct horse"); err != nil {
					t.Fatal(err)
				}
			}
			wantState(t, v, map[Mode]State{
				Keyring: {Mode: Keyring}, Memory: {Mode: Memory, Why: WhyAbsent}, Passphrase: {Mode: Passphrase},
			}[mode])
			mustPut(t, db, v, "1", canary)
			wantSecret(t, v, "1", canary)
			if want := 1; mode == Memory && rows(t, db) != 0 || mode != Memory && rows(t, db) != want {
				t.Fatalf("%d rows", rows(t, db))
			}
			files, err := os.ReadDir(filepath.Dir(db.Path()))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				b, err := os.ReadFile(filepath.Join(filepath.Dir(db.Path()), f.Name()))
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Contains(b, []byte(canary)) {
					t.Errorf("%s holds the secret", f.Name())
				}
				if v.key.bytes != nil && bytes.Contains(b, v.key.bytes) {
					t.Errorf("%s holds the key", f.Name())
				}
			}
		})
	}
}

func TestSwappedOrEditedRowDoesNotOpen(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	mustPut(t, db, v, "1", "mine")
	mustPut(t, db, v, "2", "yours")
	testkit.Exec(t, db, "UPDATE sealed SET box = (SELECT box FROM sealed WHERE row = '2') WHERE row = '1'")
	_, err := v.Get(t.Context(), "mail", "1", "password")
	wantFault(t, err, fault.Unavailable, ReasonDamaged)
	testkit.Exec(t, db, "UPDATE sealed SET box = CAST(substr(box, 1, length(box) - 1) || x'00' AS BLOB) WHERE row = '2'")
	_, err = v.Get(t.Context(), "mail", "2", "password")
	wantFault(t, err, fault.Unavailable, ReasonDamaged)
	testkit.Exec(t, db, "UPDATE sealed SET box = x'0102' WHERE row = '2'")
	_, err = v.Get(t.Context(), "mail", "2", "password")
	wantFault(t, err, fault.Unavailable, ReasonDamaged)
}

func TestWithoutKeyringSecretsLastForThisRun(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	mustPut(t, db, open(t, db), "1", "old password")

	keyring.MockInitWithError(errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"))
	v := open(t, db)
	wantState(t, v, State{Mode: Memory, Why: WhyLocked, Stranded: true})
	_, err := v.Get(t.Context(), "mail", "1", "password")
	wantFault(t, err, fault.Unavailable, WhyLocked)
	mustPut(t, db, v, "1", "new password")
	mustPut(t, db, v, "2", "")
	wantSecret(t, v, "1", "new password")
	wantSecret(t, v, "2", "")
	wantState(t, v, State{Mode: Memory, Why: WhyLocked, Held: 2, Stranded: true})
	if rows(t, db) != 0 {
		t.Fatal("the old secret would come back")
	}
	err = v.UsePassphrase(testkit.Keeper(t), "correct horse", "correct horse")
	wantFault(t, err, fault.Conflict, ReasonSealed)
	if _, err := os.Stat(filepath.Join(v.dir, KeyFile)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("a refused passphrase leaves a key file (%v)", err)
	}
	wantSecret(t, v, "1", "new password")

	next := open(t, db)
	if _, err := next.Get(t.Context(), "mail", "1", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("the next run still answers (%v)", err)
	}
}

func TestNothingIsKeptOfATransactionThatFails(t *testing.T) {
	for _, mode := range []Mode{Keyring, Memory} {
		t.Run(string(mode), func(t *testing.T) {
			keyring.MockInit()
			if mode == Memory {
				keyring.MockInitWithError(errors.New("none"))
			}
			db := testkit.NewDB(t, nil)
			v := open(t, db)
			failed := errors.New("later statement failed")
			err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
				return errors.Join(v.Put(t.Context(), tx, "mail", "1", "password", []byte("x")), failed)
			})
			if !errors.Is(err, failed) {
				t.Fatal(err)
			}
			if _, err := v.Get(t.Context(), "mail", "1", "password"); fault.CodeOf(err) != fault.NotFound {
				t.Fatalf("kept: %v", err)
			}
			mustPut(t, db, v, "1", "second try")
			if mode == Keyring {
				v = open(t, db)
			}
			wantSecret(t, v, "1", "second try")
		})
	}
}

func TestTwoProgramsAgreeOnOneKey(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	a, b := open(t, db), open(t, db) // both start before there is a key
	mustPut(t, db, a, "a", "of a")
	wantSecret(t, b, "a", "of a")
	mustPut(t, db, b, "b", "of b")
	wantSecret(t, a, "b", "of b")
	wantSecret(t, open(t, db), "b", "of b")
	if a.key.name() != b.key.name() {
		t.Fatal("two keys")
	}
}

func TestLostKeyIsNotReplacedSilently(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	mustPut(t, db, open(t, db), "1", "lost")
	keyring.MockInit() // somebody emptied the keyring
	v := open(t, db)
	wantState(t, v, State{Mode: Memory, Why: WhyMissing, Stranded: true})
	_, err := v.Get(t.Context(), "mail", "1", "password")
	wantFault(t, err, fault.Unavailable, WhyMissing)
	mustPut(t, db, v, "2", "of this run")
	if err := v.Retry(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, State{Mode: Memory, Why: WhyMissing, Held: 1, Stranded: true})
	if rows(t, db) != 1 {
		t.Fatal("the sealed secret was touched")
	}
	for name, who := range map[string]context.Context{"nobody": t.Context(), "a legal representative": testkit.As(t, access.LegalRepresentative)} {
		if err := errors.Join(v.StartOver(who, "right"), v.UsePassphrase(who, "correct horse", "correct horse")); err == nil {
			t.Errorf("%s may", name)
		}
	}
	if err := v.StartOver(testkit.Keeper(t), "wrong"); err == nil || rows(t, db) != 1 {
		t.Errorf("with a wrong password: %v", err)
	}
	if losses, err := sealedOf(t.Context(), db.Reader()); err != nil || len(losses) != 1 || losses[0] != (Loss{"mail", 1}) {
		t.Errorf("what is given up: %+v, %v", losses, err)
	}
	if err := v.StartOver(testkit.Keeper(t), "right"); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, State{Mode: Keyring})
	next := open(t, db)
	wantSecret(t, next, "2", "of this run")
	if _, err := next.Get(t.Context(), "mail", "1", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("after starting over: %v", err)
	}
	wantFault(t, next.StartOver(testkit.Keeper(t), "right"), fault.Conflict, ReasonNotLocked)
}

// A keyring that was only away is asked once more: what it opens is not given up.
func TestStartingOverKeepsWhatCanBeOpenedAgain(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	first := open(t, db)
	mustPut(t, db, first, "1", "kept")
	name := first.key.name()
	held, err := keyring.Get(service, name)
	if err != nil {
		t.Fatal(err)
	}
	keyring.MockInitWithError(errors.New("away"))
	v := open(t, db)
	wantState(t, v, State{Mode: Memory, Why: WhyAbsent, Stranded: true})
	keyring.MockInit()
	if err := keyring.Set(service, name, held); err != nil {
		t.Fatal(err)
	}
	wantFault(t, v.StartOver(testkit.Keeper(t), "right"), fault.Conflict, ReasonNotLocked)
	wantSecret(t, v, "1", "kept")
}

func TestRetryTakesUpTheKeyring(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	mustPut(t, db, open(t, db), "1", "sealed before")
	held, err := keyring.Get(service, open(t, db).key.name())
	if err != nil {
		t.Fatal(err)
	}
	keyring.MockInitWithError(errors.New("locked"))
	v := open(t, db)
	mustPut(t, db, v, "2", "of this run")
	keyring.MockInit() // the person unlocks it
	id, _, _ := sealedWith(t.Context(), db.Reader())
	if err := keyring.Set(service, id, held); err != nil {
		t.Fatal(err)
	}
	if err := v.Retry(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, State{Mode: Keyring})
	wantSecret(t, v, "1", "sealed before")
	wantSecret(t, open(t, db), "2", "of this run")
}

func TestCallsWaitForTheKeyringAndCanGiveUp(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	v := &Vault{db: db, ready: make(chan struct{}), turn: make(chan struct{}, 1), mode: Probing}
	wantState(t, v, State{Mode: Probing})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := v.Get(ctx, "mail", "1", "password")
	wantFault(t, err, fault.Canceled, "")
	wantFault(t, v.Unlock(ctx, "x"), fault.Canceled, "")
}

func TestKeyringThatHangsIsGivenUp(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	err := ring{20 * time.Millisecond}.ask(func() error { <-never; return nil })
	if !errors.Is(err, errKeyringSlow) || whyNot(err) != WhySlow {
		t.Fatal(err)
	}
}

// Secrets that are put while the way of keeping them changes are neither lost nor left behind in memory.
func TestPuttingWhileChangingToAPassphrase(t *testing.T) {
	keyring.MockInitWithError(errors.New("none"))
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := range 25 {
				row := fmt.Sprintf("%d-%d", g, i)
				if err := put(t, db, v, row, row); err != nil {
					t.Error(err)
				}
				if got, err := v.Get(t.Context(), "mail", row, "password"); err != nil || string(got) != row {
					t.Errorf("%s: %q, %v", row, got, err)
				}
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	if err := v.UsePassphrase(testkit.Keeper(t), "correct horse", "correct horse"); err != nil {
		t.Error(err)
	}
	group.Wait()
	wantState(t, v, State{Mode: Passphrase})
	if rows(t, db) != 100 {
		t.Fatalf("%d of 100 secrets are sealed", rows(t, db))
	}
}

// A keyring may answer and yet keep nothing, e.g. where no collection is offered to programs. It is not tried before there
// is something to keep.
func TestAKeyringThatKeepsNothingIsNoticedAtTheFirstSecret(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	v := Open(db, t.TempDir(), Options{})
	defer v.Close()
	if err := v.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	keyring.MockInitWithError(errors.New("no such collection"))
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
		return v.Put(t.Context(), tx, "mail", "1", "password", []byte("of this run"))
	}); err != nil {
		t.Fatal(err)
	}
	if got, err := v.State(t.Context()); err != nil || got != (State{Mode: Memory, Why: WhyAbsent, Held: 1}) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := v.Get(t.Context(), "mail", "1", "password"); err != nil || string(got) != "of this run" {
		t.Errorf("%q, %v", got, err)
	}
}
