package vault

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"

	"kontor/internal/core/fault"
)

// A box is: version (1 byte), id of the key (16), nonce (24), ciphertext and tag. Version, key id and the place that
// the box belongs to are authenticated with it.
const (
	boxVersion = 1
	keySize    = chacha20poly1305.KeySize
	idSize     = 16
	boxHead    = 1 + idSize
	boxMin     = boxHead + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

	// MaxSecret is the longest secret in bytes; what is larger belongs in a file.
	MaxSecret = 1 << 20
)

// Errors of a box. All of them mean that the box is not what was put there.
var (
	errBox      = errors.New("vault: not a box of this version")
	errOtherKey = errors.New("vault: sealed with another key")
	errTampered = errors.New("vault: the box was changed or belongs elsewhere")
)

// Key seals and opens boxes. It is 32 random bytes, never derived from anything that a person typed.
type Key struct{ bytes Secret }

// NewKey makes a random key.
func NewKey() Key {
	b := make([]byte, keySize)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return Key{b}
}

// KeyFrom takes a key that was kept elsewhere; its bytes are copied.
func KeyFrom(b []byte) (Key, error) {
	if len(b) != keySize {
		return Key{}, errors.New("vault: a key has 32 bytes")
	}
	return Key{bytes.Clone(b)}, nil
}

// id tells keys apart without revealing them.
func (k Key) id() [idSize]byte {
	sum := sha256.Sum256(append([]byte("kontor vault key id\x00"), k.bytes...))
	return [idSize]byte(sum[:idSize])
}

func (k Key) name() string {
	id := k.id()
	return hex.EncodeToString(id[:])
}

func (k Key) aead() cipher.AEAD {
	a, err := chacha20poly1305.NewX(k.bytes)
	if err != nil {
		panic(err) // the length is checked where a Key is made
	}
	return a
}

// Seal encrypts a secret for one place: the same box anywhere else does not open.
func (k Key) Seal(place, row, field string, secret []byte) ([]byte, error) {
	if len(secret) > MaxSecret {
		return nil, fault.New(fault.Invalid, "secret_too_long")
	}
	id := k.id()
	head := append([]byte{boxVersion}, id[:]...)
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	_, _ = rand.Read(nonce)
	return k.aead().Seal(append(bytes.Clone(head), nonce...), nonce, secret, bound(head, place, row, field)), nil
}

// Open is the reverse of Seal. It fails for a box that was changed, swapped, cut, or sealed with another key.
func (k Key) Open(place, row, field string, box []byte) ([]byte, error) {
	id, err := boxKey(box)
	if err != nil {
		return nil, err
	}
	if id != k.id() {
		return nil, errOtherKey
	}
	nonce, sealed := box[boxHead:boxHead+chacha20poly1305.NonceSizeX], box[boxHead+chacha20poly1305.NonceSizeX:]
	secret, err := k.aead().Open(nil, nonce, sealed, bound(box[:boxHead], place, row, field))
	if err != nil {
		return nil, errTampered
	}
	return secret, nil
}

// boxKey reads the id of the key with which a box was sealed.
func boxKey(box []byte) (id [idSize]byte, err error) {
	if len(box) < boxMin || len(box) > boxMin+MaxSecret || box[0] != boxVersion {
		return id, errBox
	}
	return [idSize]byte(box[1:boxHead]), nil
}

// bound is the associated data. Lengths stand before the names, so that ("a","bc") and ("ab","c") differ.
func bound(head []byte, names ...string) []byte {
	ad := bytes.Clone(head)
	for _, n := range names {
		ad = binary.BigEndian.AppendUint64(ad, uint64(len(n)))
		ad = append(ad, n...)
	}
	return ad
}
