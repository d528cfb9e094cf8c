package activity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
)

// which of an entry's two values a box holds; part of the associated data, so that boxes cannot change places.
const (
	boxBefore = 'b'
	boxAfter  = 'a'
)

func newKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return key
}

// seal encrypts a personal value with AES-256-GCM under the person's key. An empty value stays empty.
func seal(key []byte, id int64, which byte, value string) ([]byte, error) {
	if value == "" {
		return []byte{}, nil
	}
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	_, _ = rand.Read(nonce)
	return aead.Seal(nonce, nonce, []byte(value), place(id, which)), nil
}

func unseal(key []byte, id int64, which byte, box []byte) (string, error) {
	if len(box) == 0 {
		return "", nil
	}
	aead, err := gcm(key)
	if err != nil {
		return "", err
	}
	if len(box) < aead.NonceSize() {
		return "", errors.New("activity: sealed value too short")
	}
	clear, err := aead.Open(nil, box[:aead.NonceSize()], box[aead.NonceSize():], place(id, which))
	return string(clear), err
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func place(id int64, which byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(id)), which)
}
