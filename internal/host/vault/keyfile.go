package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/fault"
	"kontor/internal/core/stretch"
)

// KeyFile is the name of the file that holds the workspace's key under a passphrase.
const KeyFile = "vault.key"

// Limits of a passphrase, in characters and bytes.
const (
	MinPassphrase = 10
	maxPassphrase = 1024
)

// The file is: magic (8), version (1), memory in KiB (4), passes (4), lanes (1), salt (16), key id (16), nonce (24),
// wrapped key and tag (48), checksum (8). All but the last two are authenticated; the checksum tells a damaged file
// from a wrong passphrase.
const (
	fileMagic   = "KONTORVK"
	fileVersion = 1
	saltSize    = 16
	sumSize     = 8
	fileHead    = len(fileMagic) + 1 + 4 + 4 + 1 + saltSize + idSize
	fileSize    = fileHead + chacha20poly1305.NonceSizeX + keySize + chacha20poly1305.Overhead + sumSize
)

// cost is what one guess at the passphrase costs.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// New files are written at the floor; a file below it was not written by us, and one above the ceiling would take
// the machine down.
var (
	floor   = cost{memory: 64 << 10, passes: 3, lanes: 1}
	written = cost{memory: 64 << 10, passes: 3, lanes: 4}
	ceiling = cost{memory: stretch.MaxMemory, passes: stretch.MaxPasses, lanes: 16}
)

func (c cost) within() bool {
	return c.memory >= floor.memory && c.memory <= ceiling.memory && c.passes >= floor.passes &&
		c.passes <= ceiling.passes && c.lanes >= floor.lanes && c.lanes <= ceiling.lanes
}

var (
	errKeyFile       = errors.New("vault: damaged key file")
	errKeyFileCost   = errors.New("vault: the key file asks for a cost outside the limits")
	errWrongPassword = errors.New("vault: wrong passphrase")
)

// wrapped is a parsed key file.
type wrapped struct {
	cost   cost
	head   []byte // authenticated with the key
	salt   []byte
	id     [idSize]byte
	nonce  []byte
	sealed []byte
}

func parseKeyFile(b []byte) (wrapped, error) {
	if len(b) != fileSize || string(b[:len(fileMagic)]) != fileMagic || b[len(fileMagic)] != fileVersion {
		return wrapped{}, errKeyFile
	}
	body, sum := b[:fileSize-sumSize], b[fileSize-sumSize:]
	if want := sha256.Sum256(body); !bytes.Equal(want[:sumSize], sum) {
		return wrapped{}, errKeyFile
	}
	at := len(fileMagic) + 1
	w := wrapped{
		cost:   cost{binary.BigEndian.Uint32(b[at:]), binary.BigEndian.Uint32(b[at+4:]), b[at+8]},
		head:   b[:fileHead],
		salt:   b[at+9 : at+9+saltSize],
		id:     [idSize]byte(b[at+9+saltSize : fileHead]),
		nonce:  b[fileHead : fileHead+chacha20poly1305.NonceSizeX],
		sealed: body[fileHead+chacha20poly1305.NonceSizeX:],
	}
	if !w.cost.within() {
		return wrapped{}, errKeyFileCost
	}
	return w, nil
}

// wrapping turns a passphrase into the key that wraps the vault's key. The same characters typed on another system
// may arrive composed differently; NFC makes them equal.
func wrapping(ctx context.Context, passphrase string, salt []byte, c cost) (Key, error) {
	bytes, err := stretch.Key(ctx, norm.NFC.Bytes([]byte(passphrase)), salt, c.passes, c.memory, c.lanes, keySize)
	return Key{bytes}, err
}

func wrapKey(ctx context.Context, k Key, passphrase string) ([]byte, error) {
	salt, nonce := make([]byte, saltSize), make([]byte, chacha20poly1305.NonceSizeX)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(nonce)
	b := append([]byte(fileMagic), fileVersion)
	b = binary.BigEndian.AppendUint32(b, written.memory)
	b = binary.BigEndian.AppendUint32(b, written.passes)
	b = append(append(b, written.lanes), salt...)
	id := k.id()
	b = append(b, id[:]...)
	head := bytes.Clone(b)
	wrapper, err := wrapping(ctx, passphrase, salt, written)
	if err != nil {
		return nil, err
	}
	b = wrapper.aead().Seal(append(b, nonce...), nonce, k.bytes, head)
	sum := sha256.Sum256(b)
	return append(b, sum[:sumSize]...), nil
}

func (w wrapped) unwrap(ctx context.Context, passphrase string) (Key, error) {
	wrapper, err := wrapping(ctx, passphrase, w.salt, w.cost)
	if err != nil {
		return Key{}, err
	}
	b, err := wrapper.aead().Open(nil, w.nonce, w.sealed, w.head)
	if err != nil {
		return Key{}, errWrongPassword
	}
	k, err := KeyFrom(b)
	if err != nil || k.id() != w.id {
		return Key{}, errKeyFile
	}
	return k, nil
}

// readKeyFile returns fs.ErrNotExist if there is none.
func readKeyFile(dir string) (wrapped, error) {
	path := filepath.Join(dir, KeyFile)
	info, err := os.Stat(path)
	if err != nil {
		return wrapped{}, err
	}
	if info.Size() != int64(fileSize) {
		return wrapped{}, errKeyFile
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return wrapped{}, err
	}
	return parseKeyFile(b)
}

// writeKeyFile puts the file in place whole or not at all, and never over another one.
func writeKeyFile(dir string, b []byte) (err error) {
	tmp, err := os.CreateTemp(dir, KeyFile+".*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	path := filepath.Join(dir, KeyFile)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("vault: %s: %w", path, errors.Join(fs.ErrExist, err))
	}
	return os.Rename(tmp.Name(), path)
}

// setAsideKeyFile renames the file, which may be all that is left of a person's secrets, instead of removing it.
func setAsideKeyFile(dir string, now time.Time) error {
	path := filepath.Join(dir, KeyFile)
	err := os.Rename(path, path+".given-up-"+now.UTC().Format("20060102T150405.000"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// checkPassphrase refuses what is too short or not typed twice alike. A passphrase has no other rules.
func checkPassphrase(passphrase, again string) error {
	var c fault.Check
	switch n := utf8.RuneCountInString(passphrase); {
	case n == 0:
		c.Refuse("passphrase", "required")
	case n < MinPassphrase:
		c.Refuse("passphrase", "too_short", "min", fmt.Sprint(MinPassphrase))
	case len(passphrase) > maxPassphrase:
		c.Refuse("passphrase", "too_long", "max", fmt.Sprint(maxPassphrase))
	}
	if passphrase != again {
		c.Refuse("again", "not_the_same")
	}
	return c.Err()
}
