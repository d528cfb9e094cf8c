package vault

import (
	"slices"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

func TestWhatAMacIsFoundToBe(t *testing.T) {
	keyring.MockInit()
	v := Open(testkit.NewDB(t, nil), t.TempDir(), Options{})
	t.Cleanup(v.Close)
	if err := v.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := v.Judge("end", nil, nil); got != audit.NoKey {
		t.Errorf("before there is a key: %v", got)
	}
	var mac []byte
	if err := v.db.Write(t.Context(), func(tx *sqlite.Tx) error {
		mac, _ = v.Sign(t.Context(), tx, "end", []byte("data"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(mac)
	other[0] ^= 1
	last := slices.Clone(mac)
	last[len(last)-1] ^= 1
	for _, c := range []struct {
		what, purpose, data string
		mac                 []byte
		want                audit.Verdict
	}{
		{"as it was made", "end", "data", mac, audit.Genuine},
		{"other data", "end", "date", mac, audit.Forged},
		{"another purpose", "begin", "data", mac, audit.Forged},
		{"its last bit turned", "end", "data", last, audit.Forged},
		{"cut off", "end", "data", mac[:idSize-1], audit.Forged},
		{"of another key", "end", "data", other, audit.AnotherKey},
	} {
		if got := v.Judge(c.purpose, []byte(c.data), c.mac); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
