package session

import (
	"context"
	"sync"

	"kontor/internal/core/fault"
	"kontor/internal/core/stretch"
	"kontor/internal/host/sqlite"
)

// onceGood makes a value once; who asks while it cannot be made, e.g. because ctx ends first, gets the error alone.
func onceGood[T any](make func(ctx context.Context) (T, error)) func(ctx context.Context) (T, error) {
	var mu sync.Mutex
	var kept *T
	return func(ctx context.Context) (T, error) {
		mu.Lock()
		defer mu.Unlock()
		if kept != nil {
			return *kept, nil
		}
		made, err := make(ctx)
		if err == nil {
			kept = &made
		}
		return made, err
	}
}

// SetPassword keeps the hash of a new password in the caller's transaction. The caller has checked the password, and
// who may change it.
func (s *Service) SetPassword(ctx context.Context, tx *sqlite.Tx, accountID, password string) error {
	hash, err := stretch.Hash(ctx, password, s.params)
	if err != nil {
		return err
	}
	return upsertCredential(ctx, tx, accountID, hash)
}

// matches tells whether the password is the account's. An account that does not exist takes as long.
func (s *Service) matches(ctx context.Context, accountID, password string) (bool, error) {
	dummy, err := s.dummy(ctx)
	if err != nil {
		return false, err
	}
	hash := dummy
	if accountID != "" {
		found, err := passwordHash(ctx, s.db.Reader(), accountID)
		if err == nil {
			hash = found
		} else if fault.CodeOf(err) != fault.NotFound {
			return false, err
		}
	}
	ok, err := stretch.Matches(ctx, password, hash)
	return ok && hash != dummy, err
}
