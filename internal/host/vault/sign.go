package vault

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"

	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// now is the key, if it can be used without waiting for anybody.
func (v *Vault) now() (Key, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.key, (v.mode == Keyring || v.mode == Passphrase) && v.key.bytes != nil
}

// Sign authenticates data for a purpose with the key of this workspace, which is made if there is none. It never waits:
// false where the keyring has not answered, is not there, or the passphrase has not been given.
func (v *Vault) Sign(ctx context.Context, tx *sqlite.Tx, purpose string, data []byte) (mac []byte, ok bool) {
	v.mu.Lock()
	var key Key
	var err error
	if v.mode == Keyring || v.mode == Passphrase {
		key, err = v.keyFor(ctx, tx)
	}
	v.mu.Unlock()
	if err != nil || key.bytes == nil {
		return nil, false
	}
	return key.sign(purpose, data), true
}

// Judge tells whether Sign made mac of data. Like Sign it never waits. That a mac names another key proves nothing: whoever
// writes into the file can have it name any.
func (v *Vault) Judge(purpose string, data, mac []byte) audit.Verdict {
	key, ok := v.now()
	if !ok {
		return audit.NoKey
	}
	id := key.id()
	switch {
	case len(mac) < idSize:
		return audit.Forged
	case !hmac.Equal(mac[:idSize], id[:]):
		return audit.AnotherKey
	case !hmac.Equal(mac, key.sign(purpose, data)):
		return audit.Forged
	}
	return audit.Genuine
}

// sign is the id of the key and an HMAC under a key that is derived for the purpose alone.
func (k Key) sign(purpose string, data []byte) []byte {
	derived, err := hkdf.Key(sha256.New, k.bytes, nil, "kontor sign\x00"+purpose, sha256.Size)
	if err != nil {
		panic(err) // the length is within the limits
	}
	h := hmac.New(sha256.New, derived)
	_, _ = h.Write(data)
	id := k.id()
	return h.Sum(id[:])
}
