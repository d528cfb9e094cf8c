package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
	"pgregory.net/rapid"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

func TestPassphraseKeepsTheSecretsOfThisRun(t *testing.T) {
	keyring.MockInitWithError(errors.New("none"))
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	mustPut(t, db, v, "1", "of this run")
	if err := v.UsePassphrase(testkit.Keeper(t), "pâté à la carte", "pâté à la carte"); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, State{Mode: Passphrase})
	wantSecret(t, v, "1", "of this run")
	wantFault(t, v.UsePassphrase(testkit.Keeper(t), "another one", "another one"), fault.Conflict, ReasonHasPassphrase)
	info, err := os.Stat(filepath.Join(v.dir, KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatalf("the key file has mode %v", info.Mode())
	}
	if left, _ := filepath.Glob(filepath.Join(v.dir, KeyFile+".*")); len(left) != 0 {
		t.Fatalf("left behind: %v", left)
	}

	keyring.MockInit() // a keyring that appears later does not replace the passphrase
	next := open(t, db)
	wantState(t, next, State{Mode: Locked})
	_, err = next.Get(t.Context(), "mail", "1", "password")
	wantFault(t, err, fault.Locked, ReasonLocked)
	wantFault(t, put(t, db, next, "2", "x"), fault.Locked, ReasonLocked)
	if _, err = next.Get(t.Context(), "mail", "none", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "pâté à la cart", strings.Repeat("x", maxPassphrase+1)} {
		err := next.Unlock(t.Context(), wrong)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Code != "wrong_password" {
			t.Fatalf("%.20q: %v", wrong, err)
		}
	}
	// The same letters, typed decomposed on another system.
	if err := next.Unlock(t.Context(), "pa\u0302te\u0301 a\u0300 la carte"); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, next, "1", "of this run")
	wantFault(t, next.Unlock(t.Context(), "pâté à la carte"), fault.Conflict, ReasonNotLocked)
}

func TestPassphraseTakesTheKeyOutOfTheKeyring(t *testing.T) {
	keyring.MockInit()
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	mustPut(t, db, v, "1", "kept")
	name := v.key.name()
	if err := v.UsePassphrase(testkit.Keeper(t), "correct horse", "correct horse"); err != nil {
		t.Fatal(err)
	}
	if _, err := keyring.Get(service, name); !errors.Is(err, keyring.ErrNotFound) {
		t.Fatalf("the keyring still answers (%v)", err)
	}
	next := open(t, db)
	if err := next.Unlock(t.Context(), "correct horse"); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, next, "1", "kept")
}

func TestPassphraseIsCheckedBeforeAnythingIsDone(t *testing.T) {
	keyring.MockInit()
	v := open(t, testkit.NewDB(t, nil))
	for _, c := range []struct{ passphrase, again, name, code string }{
		{"", "", "passphrase", "required"},
		{"too short", "too short", "passphrase", "too_short"},
		{strings.Repeat("x", maxPassphrase+1), strings.Repeat("x", maxPassphrase+1), "passphrase", "too_long"},
		{"correct horse", "correct  horse", "again", "not_the_same"},
	} {
		var f *fault.Error
		err := v.UsePassphrase(testkit.Keeper(t), c.passphrase, c.again)
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != c.name || f.Fields[0].Code != c.code {
			t.Errorf("%.20q, %.20q: %v; want %s:%s", c.passphrase, c.again, err, c.name, c.code)
		}
	}
	wantState(t, v, State{Mode: Keyring})
}

func TestDamagedKeyFileIsSaidAndSetAside(t *testing.T) {
	keyring.MockInitWithError(errors.New("none"))
	db := testkit.NewDB(t, nil)
	v := open(t, db)
	if err := v.UsePassphrase(testkit.Keeper(t), "correct horse", "correct horse"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(v.dir, KeyFile)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file[:len(file)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	keyring.MockInit()
	next := open(t, db)
	wantState(t, next, State{Mode: Memory, Why: WhyDamaged, Stranded: true})
	if err := next.StartOver(testkit.Keeper(t), "right"); err != nil {
		t.Fatal(err)
	}
	wantState(t, next, State{Mode: Keyring})
	kept, _ := filepath.Glob(path + ".given-up-*")
	if len(kept) != 1 {
		t.Fatalf("set aside: %v", kept)
	}
	if b, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(b, file[:len(file)-1]) {
		t.Fatalf("the file set aside was changed (%v)", err)
	}
}

// forge writes other costs into a key file, with a checksum that fits.
func forge(file []byte, c cost) []byte {
	b := bytes.Clone(file)
	at := len(fileMagic) + 1
	binary.BigEndian.PutUint32(b[at:], c.memory)
	binary.BigEndian.PutUint32(b[at+4:], c.passes)
	b[at+8] = c.lanes
	sum := sha256.Sum256(b[:fileSize-sumSize])
	copy(b[fileSize-sumSize:], sum[:])
	return b
}

func mustWrap(t testing.TB, k Key, passphrase string) []byte {
	t.Helper()
	file, err := wrapKey(t.Context(), k, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestKeyFileCostHasAFloorAndACeiling(t *testing.T) {
	file := mustWrap(t, NewKey(), "correct horse")
	for _, c := range []struct {
		cost
		ok bool
	}{
		{written, true},
		{floor, true},
		{ceiling, true},
		{cost{64<<10 - 1, 3, 4}, false},
		{cost{64 << 10, 2, 4}, false},
		{cost{64 << 10, 3, 0}, false},
		{cost{1<<20 + 1, 3, 4}, false},
		{cost{64 << 20, 3, 4}, false}, // 64 GiB
		{cost{1<<32 - 1, 1<<32 - 1, 255}, false},
		{cost{64 << 10, 17, 4}, false},
		{cost{64 << 10, 3, 17}, false},
	} {
		if _, err := parseKeyFile(forge(file, c.cost)); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.cost, err)
		}
	}
	// Within the limits, but not what was written: the key does not come out.
	w, err := parseKeyFile(forge(file, cost{64 << 10, 4, 4}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.unwrap(t.Context(), "correct horse"); !errors.Is(err, errWrongPassword) {
		t.Fatal(err)
	}
}

func FuzzKeyFile(f *testing.F) {
	file := mustWrap(f, NewKey(), "correct horse")
	f.Add(file)
	f.Add(file[:fileSize-1])
	f.Add(forge(file, cost{64 << 20, 3, 4}))
	f.Add([]byte(fileMagic))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := parseKeyFile(b)
		if err != nil {
			return
		}
		if !w.cost.within() || len(w.salt) != saltSize || len(w.sealed) != keySize+16 {
			t.Fatalf("accepted %+v", w)
		}
	})
}

func TestEveryFlippedBitOfAKeyFileIsNoticed(t *testing.T) {
	file := mustWrap(t, NewKey(), "correct horse")
	for i := range file {
		for bit := range 8 {
			b := bytes.Clone(file)
			b[i] ^= 1 << bit
			if _, err := parseKeyFile(b); err == nil {
				t.Fatalf("byte %d, bit %d", i, bit)
			}
		}
	}
}

func TestBoxOpensOnlyInItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := NewKey()
		names := rapid.SliceOfN(rapid.StringN(0, 12, -1), 3, 3)
		at, other := names.Draw(t, "at"), names.Draw(t, "other")
		secret := rapid.SliceOf(rapid.Byte()).Draw(t, "secret")
		box, err := key.Seal(at[0], at[1], at[2], secret)
		if err != nil {
			t.Fatal(err)
		}
		got, err := key.Open(at[0], at[1], at[2], box)
		if err != nil || !bytes.Equal(got, secret) {
			t.Fatalf("%x, %v", got, err)
		}
		if at[0] != other[0] || at[1] != other[1] || at[2] != other[2] {
			if _, err := key.Open(other[0], other[1], other[2], box); !errors.Is(err, errTampered) {
				t.Fatalf("opens at %q instead of %q", other, at)
			}
		}
		if _, err := NewKey().Open(at[0], at[1], at[2], box); !errors.Is(err, errOtherKey) {
			t.Fatal("opens with another key")
		}
		i := rapid.IntRange(0, len(box)-1).Draw(t, "byte")
		box[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
		if _, err := key.Open(at[0], at[1], at[2], box); err == nil {
			t.Fatalf("byte %d changed", i)
		}
	})
	// Where one name ends and the next begins is part of the place.
	key := NewKey()
	box, _ := key.Seal("a", "bc", "d", []byte("x"))
	if _, err := key.Open("ab", "c", "d", box); !errors.Is(err, errTampered) {
		t.Fatal("places run together")
	}
	if _, err := key.Seal("a", "b", "c", make([]byte, MaxSecret+1)); fault.CodeOf(err) != fault.Invalid {
		t.Fatal(err)
	}
}

func FuzzBox(f *testing.F) {
	key, err := KeyFrom(bytes.Repeat([]byte{7}, keySize))
	if err != nil {
		f.Fatal(err)
	}
	box, err := key.Seal("mail", "1", "password", []byte("secret"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(box)
	f.Add(box[:boxMin])
	f.Add([]byte{boxVersion})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if secret, err := key.Open("mail", "1", "password", b); err == nil && string(secret) != "secret" {
			t.Fatalf("opened a forged box: %x", b)
		}
	})
}

// signing is a journal that signs its end as it records, with the vault that tells it.
type signing struct{ v *Vault }

func (s *signing) Record(ctx context.Context, tx *sqlite.Tx, _ audit.Entry) error {
	s.v.Sign(ctx, tx, "journal", []byte("the end"))
	return nil
}

// Choosing a passphrase is noted in the journal, which asks the vault meanwhile.
func TestAJournalThatSignsDoesNotHoldUpAPassphrase(t *testing.T) {
	for _, prepare := range []func(){keyring.MockInit, func() { keyring.MockInitWithError(errors.New("none")) }} {
		prepare()
		journal := &signing{}
		v := Open(testkit.NewDB(t, nil), t.TempDir(), Options{Journal: journal})
		journal.v = v
		t.Cleanup(v.Close)
		if err := v.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- v.UsePassphrase(testkit.Keeper(t), "pâté à la carte", "pâté à la carte") }()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(testkit.Patience(20 * time.Second)):
			t.Fatal("it waits for itself")
		}
		wantState(t, v, State{Mode: Passphrase})
	}
}
