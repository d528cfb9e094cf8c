package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// UsePassphrase puts the key into a file under a passphrase: the explicit alternative to the keyring. The secrets of
// this run are kept from then on. If the key was in the keyring it is taken out of it. Requires access.KeepWorkspace: the
// secrets are everybody's.
func (v *Vault) UsePassphrase(ctx context.Context, passphrase, again string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if err := checkPassphrase(passphrase, again); err != nil {
		return err
	}
	mode, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer v.end()
	if mode != Keyring && mode != Memory {
		return fault.New(fault.Conflict, ReasonHasPassphrase)
	}
	id, sealed, err := sealedWith(ctx, v.db.Reader())
	if err != nil {
		return err
	}
	key := NewKey()
	if sealed && mode == Keyring {
		if key, err = v.keyNamed(id); err != nil {
			return err
		}
	}
	file, err := wrapKey(ctx, key, passphrase)
	if err != nil {
		return err
	}
	written := false
	err = v.move(ctx, key, Passphrase, func(tx *sqlite.Tx) error {
		// The key must be durable before what is sealed with it. SQLite's lock keeps a second program out.
		if err := writeKeyFile(v.dir, file); err != nil {
			if errors.Is(err, fs.ErrExist) {
				return fault.Wrap(err, fault.Conflict, ReasonHasPassphrase)
			}
			return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
		}
		written = true
		return v.record(ctx, tx, "vault", string(mode), string(Passphrase))
	})
	if err != nil {
		if written {
			err = errors.Join(err, os.Remove(filepath.Join(v.dir, KeyFile)))
		}
		return err
	}
	if sealed && mode == Keyring {
		if err := v.ring.forget(key); err != nil {
			v.options.Log.Warn("vault: the keyring still holds the key", "error", err)
		}
	}
	return nil
}

// Loss is how many sealed secrets of a kind StartOver gives up.
type Loss struct {
	Place string `json:"place"` // whose they are, e.g. "mail_server"
	Count int    `json:"count"`
}

// StartOver gives up the sealed secrets whose key is lost, and begins with an empty vault. It is for whoever keeps the
// workspace, after the password was given, which needs no vault: what is given up is everybody's. The keyring is asked
// once more before: secrets that can be opened again are kept, and Conflict/ReasonNotLocked says so.
func (v *Vault) StartOver(ctx context.Context, password string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if err := v.options.Reauth.Reauthenticate(ctx, password); err != nil {
		return err
	}
	mode, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer v.end()
	if mode == Memory {
		if err := v.again(ctx); err != nil {
			v.options.Log.Warn("vault", "error", err) // the key could not be kept: as lost as before
		}
		v.mu.Lock()
		mode = v.mode
		v.mu.Unlock()
	}
	if mode != Memory {
		return fault.New(fault.Conflict, ReasonNotLocked)
	}
	err = v.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM sealed"); err != nil {
			return err
		}
		if err := setAsideKeyFile(v.dir, tx.Now); err != nil {
			return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
		}
		return v.record(ctx, tx, "vault", "", "")
	})
	if err != nil {
		return err
	}
	return v.again(ctx)
}
