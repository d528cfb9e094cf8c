package vault

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

// address is where a secret belongs: table, row and column.
type address struct{ place, row, field string }

var errNotSaved = errors.New("vault: the first key could not be put into the keyring")

// checkAt is a box that tells, once there is a key, which one it is.
var checkAt = address{"vault", "", "key"}

// Put keeps a secret, in the transaction of whoever it belongs to; a former one at that place is replaced. It is
// sealed in the database, or held until the program ends if State says Memory. Locked/ReasonLocked if the passphrase
// has not been given.
func (v *Vault) Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error {
	if err := v.wait(ctx); err != nil { // finding the key only reads: it never waits for this transaction
		return err
	}
	if len(secret) > MaxSecret {
		return fault.New(fault.Invalid, "secret_too_long")
	}
	at := address{place, row, field}
	v.mu.Lock()
	defer v.mu.Unlock()
	switch v.mode {
	case Locked, Probing: // wait has ended: it is not Probing
		return fault.New(fault.Locked, ReasonLocked)
	case Keyring, Passphrase:
		key, err := v.keyFor(ctx, tx)
		if err == nil {
			return putSealed(ctx, tx, key, at, secret)
		}
		if !errors.Is(err, errNotSaved) {
			return err
		}
		// The keyring can be asked, but keeps nothing: that is known now, and the secret lasts for this run.
		v.options.Log.Warn("vault", "error", err)
		v.mode, v.why = Memory, whyNot(err)
		beside.Go(v.options.Log, "vault", v.options.Changed)
	case Memory:
	}
	if err := deleteSealed(ctx, tx, at); err != nil { // what is older must not come back with the keyring
		return err
	}
	secret = bytes.Clone(secret)
	tx.AfterCommit(func() { v.hold(at, secret) })
	return nil
}

// hold keeps a secret until the program ends, or seals it if that has become possible meanwhile.
func (v *Vault) hold(at address, secret Secret) {
	v.mu.Lock()
	if v.mode == Memory {
		v.held[at] = secret
		v.mu.Unlock()
		return
	}
	v.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := v.db.Write(ctx, func(tx *sqlite.Tx) error { return v.Put(ctx, tx, at.place, at.row, at.field, secret) })
	if err != nil {
		v.options.Log.Error("vault: a secret could not be kept", "place", at.place, "error", err)
	}
}

// Get returns the secret that was put there. NotFound if there is none; Locked/ReasonLocked or Unavailable with the
// reason of State.Why if it cannot be opened now; Unavailable/ReasonDamaged if it was tampered with.
func (v *Vault) Get(ctx context.Context, place, row, field string) ([]byte, error) {
	if err := v.wait(ctx); err != nil {
		return nil, err
	}
	at := address{place, row, field}
	v.mu.Lock()
	mode, why, key := v.mode, v.why, v.key
	held, ok := v.held[at]
	v.mu.Unlock()
	if ok {
		return bytes.Clone(held), nil
	}
	box, err := sqlite.One(ctx, v.db.Reader(), sqlite.Value[[]byte],
		"SELECT box FROM sealed WHERE place = ? AND row = ? AND field = ?", place, row, field)
	switch {
	case err != nil:
		return nil, err
	case mode == Locked:
		return nil, fault.New(fault.Locked, ReasonLocked)
	case mode == Memory:
		return nil, fault.New(fault.Unavailable, why)
	}
	secret, err := v.open(key, at, box)
	if errors.Is(err, errBox) || errors.Is(err, errTampered) {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonDamaged)
	}
	return secret, err
}

func (v *Vault) open(key Key, at address, box []byte) ([]byte, error) {
	id, err := boxKey(box)
	if err != nil {
		return nil, err
	}
	if key.bytes == nil || key.id() != id { // another program may have made the key meanwhile
		if key, err = v.keyNamed(hex.EncodeToString(id[:])); err != nil {
			return nil, err
		}
	}
	return key.Open(at.place, at.row, at.field, box)
}

// Delete removes a secret; it needs no key, and there need not be one at that place.
func (v *Vault) Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error {
	at := address{place, row, field}
	if err := deleteSealed(ctx, tx, at); err != nil {
		return err
	}
	tx.AfterCommit(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		delete(v.held, at)
	})
	return nil
}

// keyFor returns the key with which this workspace seals, and makes it if there is none. The new key is in the
// keyring before anything is sealed with it. v.mu is held.
func (v *Vault) keyFor(ctx context.Context, tx *sqlite.Tx) (Key, error) {
	id, sealed, err := sealedWith(ctx, tx)
	if err != nil {
		return Key{}, err
	}
	if sealed {
		if v.key.bytes != nil && v.key.name() == id {
			return v.key, nil
		}
		key, err := v.load(id)
		if err == nil {
			v.key = key
		}
		return key, err
	}
	if v.key.bytes == nil {
		key := NewKey()
		if err := v.ring.save(key); err != nil {
			return Key{}, fmt.Errorf("%w: %w", errNotSaved, err)
		}
		v.key = key
	}
	return v.key, mark(ctx, tx, v.key)
}

// keyNamed returns the key of that name: the present one, or one from the keyring.
func (v *Vault) keyNamed(name string) (Key, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key.bytes != nil && v.key.name() == name {
		return v.key, nil
	}
	return v.load(name)
}

func (v *Vault) load(name string) (Key, error) {
	key, err := v.ring.load(name)
	if err != nil {
		return Key{}, fault.Wrap(err, fault.Unavailable, whyNot(err))
	}
	return key, nil
}

// sealedWith tells the name of the key with which the workspace's secrets are sealed, if there are any.
func sealedWith(ctx context.Context, q sqlite.Queryer) (name string, sealed bool, err error) {
	box, err := sqlite.One(ctx, q, sqlite.Value[[]byte],
		"SELECT box FROM sealed ORDER BY place = ? AND row = ? AND field = ? DESC LIMIT 1",
		checkAt.place, checkAt.row, checkAt.field)
	if fault.CodeOf(err) == fault.NotFound {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	id, err := boxKey(box)
	if err != nil {
		return "", true, fault.Wrap(err, fault.Unavailable, ReasonDamaged)
	}
	return hex.EncodeToString(id[:]), true, nil
}

// mark notes the key as the one of this workspace, and refuses a second one.
func mark(ctx context.Context, tx *sqlite.Tx, key Key) error {
	name, sealed, err := sealedWith(ctx, tx)
	if err != nil {
		return err
	}
	if sealed {
		if name != key.name() {
			return fault.New(fault.Conflict, ReasonSealed)
		}
		return nil
	}
	return putSealed(ctx, tx, key, checkAt, nil)
}

func putSealed(ctx context.Context, tx *sqlite.Tx, key Key, at address, secret []byte) error {
	box, err := key.Seal(at.place, at.row, at.field, secret)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO sealed (place, row, field, box, updated_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (place, row, field) DO UPDATE SET box = excluded.box, updated_at = excluded.updated_at`,
		at.place, at.row, at.field, box, sqlite.Millis(tx.Now))
	return err
}

func deleteSealed(ctx context.Context, tx *sqlite.Tx, at address) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sealed WHERE place = ? AND row = ? AND field = ?", at.place, at.row, at.field)
	return err
}

// sealedOf counts the sealed secrets by whose they are.
func sealedOf(ctx context.Context, q sqlite.Queryer) ([]Loss, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (l Loss, err error) { return l, r.Scan(&l.Place, &l.Count) },
		"SELECT place, count(*) FROM sealed WHERE place <> ? GROUP BY place ORDER BY place", checkAt.place)
}
