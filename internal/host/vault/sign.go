package vault

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"

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

// Signed tells whether Sign made mac of data. known is false where that cannot be told now: there is no key, or it was made
// with another one.
func (v *Vault) Signed(purpose string, data, mac []byte) (signed, known bool) {
	key, ok := v.now()
	if !ok || len(mac) < idSize {
		return false, ok
	}
	id := key.id()
	if !hmac.Equal(mac[:idSize], id[:]) {
		return false, false
	}
	return hmac.Equal(mac, key.sign(purpose, data)), true
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
