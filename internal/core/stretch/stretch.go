// Package stretch makes guessing dear: it turns passwords into hashes and keys with Argon2id. What makes a guess dear
// makes it dear for this computer too, so that at most Together run at the same time, over the whole program, and their
// memory goes back to the system when none runs any more.
package stretch

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"

	"kontor/internal/core/fault"
)

// Together is how many run at the same time. Each takes the memory that its parameters say, 64 MiB as Kontor writes them.
const Together = 2

// The most that a hash or a key file of this computer may ask for; a file that somebody has changed could ask for all of
// its memory.
const (
	MaxMemory = 1 << 20 // KiB
	MaxPasses = 16
)

// Params say how dear a guess is. Memory is in KiB.
type Params = argon2id.Params

// quiet is how long nothing must run before the memory is given back: sign-ins come in a row.
const quiet = time.Second

var (
	turns = make(chan struct{}, Together)

	mu      sync.Mutex
	running int
	release *time.Timer
)

// Hash makes the hash of a password, with its parameters in it. Error: ctx ended while others had their turn.
func Hash(ctx context.Context, password string, p Params) (hash string, err error) {
	return hash, inTurn(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, &p)
		return err
	})
}

// Matches tells whether a hash is that of a password. One that asks for more than MaxMemory or MaxPasses is Invalid.
func Matches(ctx context.Context, password, hash string) (ok bool, err error) {
	p, _, _, err := argon2id.DecodeHash(hash)
	if err != nil {
		return false, err
	}
	if p.Memory > MaxMemory || p.Iterations > MaxPasses {
		return false, fault.New(fault.Invalid, "")
	}
	return ok, inTurn(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
}

// Key makes a key of so many bytes out of a passphrase; memory is in KiB.
func Key(ctx context.Context, passphrase, salt []byte, passes, memory uint32, lanes uint8, size uint32) (key []byte, err error) {
	return key, inTurn(ctx, func() error {
		key = argon2.IDKey(passphrase, salt, passes, memory, lanes, size)
		return nil
	})
}

func inTurn(ctx context.Context, work func() error) error {
	select {
	case turns <- struct{}{}:
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Canceled, "")
	}
	begin()
	defer end()
	return work()
}

func begin() {
	mu.Lock()
	defer mu.Unlock()
	running++
	if release != nil {
		release.Stop()
	}
}

func end() {
	<-turns
	mu.Lock()
	defer mu.Unlock()
	if running--; running == 0 {
		release = time.AfterFunc(quiet, debug.FreeOSMemory)
	}
}
