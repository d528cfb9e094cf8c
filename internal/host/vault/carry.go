package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Portable is what opens the sealed secrets of a workspace on another computer. Both are empty where nothing is sealed.
type Portable struct {
	Key  Secret // the key as it is; it must not lie on a disk in the open
	File []byte // the key file, which a passphrase of its own protects
	Lost bool   // there are sealed secrets, and what opens them cannot be had now
}

// Export gives out what opens the sealed secrets, for whoever seals it again.
func (v *Vault) Export(ctx context.Context) (Portable, error) {
	if err := v.wait(ctx); err != nil {
		return Portable{}, err
	}
	file, err := os.ReadFile(filepath.Join(v.dir, KeyFile))
	switch {
	case err == nil:
		_, err := parseKeyFile(file)
		return Portable{File: file, Lost: err != nil}, nil //nolint:nilerr // a damaged file travels as it is
	case !errors.Is(err, fs.ErrNotExist):
		return Portable{}, fault.Wrap(err, fault.Unavailable, WhyDamaged)
	}
	name, sealed, err := sealedWith(ctx, v.db.Reader())
	if err != nil || !sealed {
		return Portable{}, err
	}
	key, err := v.keyNamed(name)
	if err != nil {
		return Portable{Lost: true}, nil //nolint:nilerr // the rest of the workspace is worth keeping without it
	}
	return Portable{Key: key.bytes}, nil
}

// How Adopt keeps a key.
const (
	AdoptedNone    = ""        // nothing is sealed, or what opens it did not travel
	AdoptedKeyring = "keyring" // in the keyring of this system
	AdoptedFile    = "file"    // in a key file, under the passphrase that it had, or the one that was given
)

// Adopt keeps, on this computer, what opens the secrets of db, a workspace that came from elsewhere: in the keyring, or,
// where there is none, in a key file in dir under the passphrase. It tells which. Error: Conflict/ReasonDamaged if it
// is not what the secrets are sealed with.
func Adopt(ctx context.Context, db *sqlite.DB, dir string, p Portable, passphrase string) (kept string, err error) {
	if p.Key == nil {
		if p.File == nil {
			return AdoptedNone, nil
		}
		return AdoptedFile, writeKeyFile(dir, p.File)
	}
	key, err := KeyFrom(p.Key)
	if err != nil {
		return "", fault.Wrap(err, fault.Conflict, ReasonDamaged)
	}
	name, sealed, err := sealedWith(ctx, db.Reader())
	if err != nil || !sealed {
		return AdoptedNone, err
	}
	if name != key.name() {
		return "", fault.Wrap(errOtherKey, fault.Conflict, ReasonDamaged)
	}
	if err := (ring{patience}).save(key); err == nil {
		return AdoptedKeyring, nil
	}
	file, err := wrapKey(ctx, key, passphrase)
	if err != nil {
		return "", err
	}
	return AdoptedFile, writeKeyFile(dir, file)
}

// SetAside moves a key file in dir to a name that tells when; there need not be one.
func SetAside(dir string, now time.Time) error { return setAsideKeyFile(dir, now) }

// Name is where a sealed secret lies.
type Name struct{ Place, Row, Field string }

// Names lists where secrets lie, by place and row.
func Names(ctx context.Context, q sqlite.Queryer) ([]Name, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (n Name, err error) { return n, r.Scan(&n.Place, &n.Row, &n.Field) },
		"SELECT place, row, field FROM sealed ORDER BY place, row, field")
}

// DropPlace removes every secret of a place, e.g. what keeps somebody signed in, from a workspace that came from elsewhere.
func DropPlace(ctx context.Context, tx *sqlite.Tx, place string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sealed WHERE place = ?", place)
	return err
}
