package replica

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"filippo.io/age"

	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
)

// Everything is sealed in the age format to one X25519 key, which is made with the replica. The key itself lies beside,
// sealed with the passphrase: whoever has only the place needs that. Its public half is in no file, so that nobody who has
// the place alone can write what this key opens. Each object says in its sealed part which one it is.
//
// Nothing but age, zstd and what version.go says is needed to read a replica without Kontor.

// Key opens and seals a replica.
type Key struct{ identity *age.X25519Identity }

// NewKey makes one.
func NewKey() (Key, error) {
	identity, err := age.GenerateX25519Identity()
	return Key{identity}, err
}

// KeyOf is the reverse of Secret.
func KeyOf(secret []byte) (Key, error) {
	identity, err := age.ParseX25519Identity(string(secret))
	return Key{identity}, err
}

// Secret is the key as text, for the vault.
func (k Key) Secret() []byte { return []byte(k.identity.String()) }

// The names in a place that are not of a version.
const (
	keyName    = "key"
	headName   = "head-" // and a number
	markName   = "mark"  // in a path
	unfinished = "."     // in the name of what is not yet what it will be
)

const (
	maxSmall = 64 << 10 // bytes of a sealed object but a version
	maxKey   = 4 << 10
)

// ReadKey opens the key that lies in a place. Errors: NotFound/ReasonEmpty, Invalid with the field passphrase.
func ReadKey(ctx context.Context, p Place, passphrase string) (Key, error) {
	sealed, err := readAll(ctx, p, keyName, maxKey)
	if fault.CodeOf(err) == fault.NotFound {
		return Key{}, fault.Wrap(err, fault.NotFound, ReasonEmpty)
	}
	if err != nil {
		return Key{}, err
	}
	secret, err := archive.Unseal(sealed, passphrase, maxKey)
	if fault.ReasonOf(err) == archive.ReasonNot || fault.ReasonOf(err) == archive.ReasonDamaged {
		err = damaged(err)
	}
	if err != nil {
		return Key{}, err
	}
	k, err := KeyOf(bytes.TrimSpace(secret))
	if err != nil {
		return Key{}, damaged(err)
	}
	return k, nil
}

// keep puts the key into a place that has none. Error: Conflict/ReasonTaken.
func (k Key) keep(ctx context.Context, p Place, passphrase string) error {
	sealed, err := archive.Seal(k.Secret(), passphrase)
	if err != nil {
		return err
	}
	return p.Claim(ctx, keyName, sealed)
}

// sealed is a small object with this in it.
func (k Key) sealed(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, k.identity.Recipient())
	if err == nil {
		_, err = w.Write(plain)
		err = errors.Join(err, w.Close())
	}
	return b.Bytes(), err
}

// read opens a small object into v.
func (k Key) read(ctx context.Context, p Place, name string, v any) error {
	sealed, err := readAll(ctx, p, name, maxSmall)
	if err != nil {
		return err
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), k.identity)
	if err != nil {
		return damaged(err)
	}
	b, err := io.ReadAll(plain)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return damaged(err)
	}
	return nil
}

// random is a name that nobody else has, and that tells nothing.
func random() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// isName tells whether text is what random makes.
func isName(text string) bool {
	return len(text) == 16 && strings.Trim(text, "0123456789abcdef") == ""
}
