package session

import (
	"context"

	"kontor/internal/host/sqlite"
)

// Past is what was at the door, and where.
type Past struct {
	Sessions []Session
	Attempts []Attempt
	Places   map[string]Place // by any address of the network
}

// Keep adds the past of an account as it was, in the caller's transaction: that of a workspace that is built, not lived.
// Nobody can resume such a session, as nobody has its secret.
func (s *Service) Keep(ctx context.Context, tx *sqlite.Tx, accountID string, past Past) error {
	for address, p := range past.Places {
		if err := putPlace(ctx, tx, accountID, networkOf(address), p); err != nil {
			return err
		}
	}
	for _, one := range past.Sessions {
		one.ID, one.AccountID, one.FirstAddress = tx.NewID(), accountID, one.Device.Address
		_, hash := newSecret()
		if err := keep(ctx, tx, one, hash); err != nil {
			return err
		}
	}
	for _, a := range past.Attempts {
		if err := keepAttempt(ctx, tx, accountID, a); err != nil {
			return err
		}
	}
	return nil
}
