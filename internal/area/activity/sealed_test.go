package activity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// signer is a vault whose key can be away, and be another one.
type signer struct {
	testkit.Vault
	away bool
	key  byte
}

func (k *signer) mac(purpose string, data []byte) []byte {
	h := hmac.New(sha256.New, []byte{k.key})
	_, _ = h.Write(append([]byte(purpose), data...))
	return h.Sum([]byte{k.key})
}

func (k *signer) Sign(_ context.Context, _ *sqlite.Tx, purpose string, data []byte) ([]byte, bool) {
	return k.mac(purpose, data), !k.away
}

func (k *signer) Judge(purpose string, data, mac []byte) audit.Verdict {
	switch {
	case k.away:
		return audit.NoKey
	case len(mac) == 0:
		return audit.Forged
	case mac[0] != k.key:
		return audit.AnotherKey
	case !hmac.Equal(mac, k.mac(purpose, data)):
		return audit.Forged
	}
	return audit.Genuine
}

// Whoever cuts the end off, and moves the head to where the chain then ends, needs no hash; but the key.
func TestACutEndIsFound(t *testing.T) {
	const entries = 60
	for _, cut := range []int{0, 1, 5, 50, entries} {
		for _, how := range []string{"the seal left", "the seal cut", "the seal moved", "of another key", "and written on"} {
			k := &signer{Vault: testkit.Vault{}}
			db := testkit.NewDB(t, nil)
			testkit.Seed(t, db)
			s := New(db, nil, nil)
			s.SealWith(k)
			ctx := testkit.As(t, access.LegalRepresentative)
			for i := range entries {
				enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Client, ObjectName: fmt.Sprint(i)})
			}
			if r := verified(t, s); !r.OK() || r.Sealing != Sealed || r.SealedTo != entries {
				t.Fatalf("%+v", r)
			}
			end := entries - cut
			statements := []string{
				"DROP TRIGGER journal_no_delete", "DROP TRIGGER journal_head_only_forward", fmt.Sprintf("DELETE FROM journal WHERE seq > %d", end),
				fmt.Sprintf("UPDATE journal_head SET seq = %d, hash = coalesce((SELECT hash FROM journal WHERE seq = %d), zeroblob(32))", end, end),
			}
			switch how {
			case "the seal cut":
				statements = append(statements, "DELETE FROM journal_seal")
			case "the seal moved":
				statements = append(statements, fmt.Sprintf("UPDATE journal_seal SET seq = %d, hash = (SELECT hash FROM journal_head)", end))
			case "of another key": // as if it could not be checked
				statements = append(statements, "UPDATE journal_seal SET mac = CAST(x'ff' || substr(mac, 2) AS BLOB)")
			}
			for _, statement := range statements {
				testkit.Exec(t, db, statement)
			}
			if how == "and written on" {
				enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Client, ObjectName: "later"})
			}
			if r := verified(t, s); r.OK() != (cut == 0 && how != "the seal cut" && how != "of another key") {
				t.Errorf("%d of %d rows cut off, %s: %+v", cut, entries, how, r)
			}
		}
	}
}

func TestWithoutItsKeyTheSealIsNotChecked(t *testing.T) {
	k := &signer{Vault: testkit.Vault{}, away: true}
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	s := New(db, nil, nil)
	s.SealWith(k)
	ctx := testkit.As(t, access.LegalRepresentative)
	add := func() {
		enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Client, ObjectName: "x"})
	}
	add()
	if r := verified(t, s); !r.OK() || r.Sealing != Unsealed {
		t.Errorf("no key yet: %+v", r)
	}
	k.away = false
	add()
	k.away = true
	add()
	if r := verified(t, s); !r.OK() || r.Sealing != Unchecked {
		t.Errorf("the key is away: %+v", r)
	}
	k.away = false
	if r := verified(t, s); !r.OK() || r.Sealing != Sealed || r.SealedTo != 2 {
		t.Errorf("it is back: %+v", r)
	}
	add()
	if r := verified(t, s); !r.OK() || r.SealedTo != 4 {
		t.Errorf("and sealed up to here: %+v", r)
	}
}

// After secrets were given up there is a new key, and no mark of it: the journal goes on under a new seal.
func TestAKeyThatWasGivenUpIsFollowedByAnother(t *testing.T) {
	k := &signer{Vault: testkit.Vault{}}
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	s := New(db, nil, nil)
	s.SealWith(k)
	ctx := testkit.As(t, access.LegalRepresentative)
	add := func() {
		enter(t, ctx, db, s, audit.Entry{Action: audit.ItemAdded, Product: audit.Client, ObjectName: "x"})
	}
	add()
	k.key, k.Vault = 1, testkit.Vault{}
	if r := verified(t, s); !r.OK() || r.Sealing != Former {
		t.Errorf("given up: %+v", r)
	}
	add()
	if r := verified(t, s); !r.OK() || r.Sealing != Sealed || r.SealedTo != 2 {
		t.Errorf("and sealed anew: %+v", r)
	}
}

func TestWhatStandsBesideTheChainIsCovered(t *testing.T) {
	for name, c := range map[string]struct {
		statements []string
		damage     Damage
	}{
		"an import renamed":        {[]string{"DROP TRIGGER journal_import_no_update", "UPDATE journal_import SET name = 'other.csv'"}, Imports},
		"an import moved":          {[]string{"DROP TRIGGER journal_import_no_update", "UPDATE journal_import SET organization = 'org-2'"}, Imports},
		"an import at another day": {[]string{"DROP TRIGGER journal_import_no_update", "UPDATE journal_import SET at = at + 1"}, Imports},
		"a key destroyed":          {[]string{"DELETE FROM journal_key"}, KeyGone},
		"a key replaced":           {[]string{"UPDATE journal_key SET key = zeroblob(32)"}, KeyGone},
		"a value hidden": {[]string{"DROP TRIGGER journal_no_update", `INSERT INTO journal_value (kind, value) VALUES ('account', '')
			ON CONFLICT DO NOTHING`, `UPDATE journal SET person = (SELECT no FROM journal_value WHERE kind = 'account' AND value = '') WHERE seq = 2`}, Changed},
		"a word of another kind": {[]string{
			"DROP TRIGGER journal_no_update", "INSERT INTO journal_value (kind, value) SELECT 'action', value FROM journal_value WHERE kind = 'product' LIMIT 1",
			"UPDATE journal SET product = (SELECT max(no) FROM journal_value) WHERE seq = 2 AND product = (SELECT min(no) FROM journal_value WHERE kind = 'product')",
		}, Changed},
	} {
		k := &signer{Vault: testkit.Vault{}}
		db := testkit.NewDB(t, nil)
		testkit.Seed(t, db)
		s := New(db, nil, nil)
		s.SealWith(k)
		ctx := testkit.As(t, access.LegalRepresentative)
		enter(t, ctx, db, s, audit.Entry{Action: audit.EmailChanged, Product: audit.Account, ObjectID: "account-1", Old: "old", New: "new", PersonID: "account-1"},
			audit.Entry{Action: audit.ItemAdded, Product: audit.Account, ObjectName: "x"})
		testkit.Exec(t, db, "INSERT INTO journal_import (id, organization, name, at) VALUES ('i', 'org-1', 'activities.csv', 1)")
		enter(t, ctx, db, s, audit.Entry{Action: audit.DataImported, Product: audit.Workspace, ObjectID: "i"})
		if r := verified(t, s); !r.OK() {
			t.Fatalf("%s: before: %+v", name, r)
		}
		for _, statement := range c.statements {
			testkit.Exec(t, db, statement)
		}
		r := verified(t, s)
		if !slices.ContainsFunc(r.Breaks, func(b Break) bool { return b.Damage == c.damage }) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
