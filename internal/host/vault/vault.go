// Package vault keeps secrets: tokens, passwords of mail servers, secrets of sessions. They lie in SQLite, each sealed
// for its own table, row and column with one random key; the key lies in the keyring of the system, or, if the person
// asks for it, in a file under a passphrase.
//
// It promises that no secret is ever written in plain text and that no other way is taken silently: without a keyring
// the secrets live in memory until the program ends, and State says so.
package vault

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

// Mode is how the vault keeps secrets.
type Mode string

// The modes.
const (
	Probing    Mode = "probing"    // the keyring has not answered yet
	Keyring    Mode = "keyring"    // sealed; the key is in the keyring of the system
	Passphrase Mode = "passphrase" // sealed; the key is in a file under a passphrase, which was given
	Locked     Mode = "locked"     // as Passphrase, but the passphrase has not been given yet
	Memory     Mode = "memory"     // nothing is kept beyond this run; State.Why says why
)

// Why the vault keeps nothing beyond this run; also the reason of the fault that tells so.
const (
	WhyAbsent  = "vault_keyring_absent"   // the system has no keyring, or it does not work
	WhyLocked  = "vault_keyring_locked"   // the keyring exists but did not open
	WhySlow    = "vault_keyring_slow"     // the keyring did not answer in time; it may be waiting for the person
	WhyMissing = "vault_key_missing"      // there are sealed secrets, but the keyring no longer holds their key
	WhyDamaged = "vault_key_file_damaged" // the file with the key was changed or does not keep the limits
)

// Other reasons of the vault's faults.
const (
	ReasonLocked        = "vault_locked"         // the passphrase is needed first
	ReasonDamaged       = "vault_damaged"        // a sealed secret was changed or swapped
	ReasonHasPassphrase = "vault_has_passphrase" // there is a passphrase already
	ReasonNotLocked     = "vault_not_locked"     // there is nothing to unlock
	ReasonSealed        = "vault_sealed_before"  // secrets are sealed with a key that cannot be had now
)

// State is what a person should know about the vault.
type State struct {
	Mode     Mode
	Why      string // in mode Memory
	Held     int    // secrets that end with this run
	Stranded bool   // in mode Memory: sealed secrets exist that cannot be opened now
}

// Options configure Open. The zero value is right for the application.
type Options struct {
	Log     *slog.Logger
	Journal audit.Recorder // told when the person changes how secrets are kept; may be nil
	Reauth  access.Reauthenticator
	Changed func() // called after the state changed, from any goroutine
}

// Vault keeps the secrets of one workspace.
type Vault struct {
	db      *sqlite.DB
	dir     string
	ring    ring
	options Options

	stop  context.CancelFunc
	ready chan struct{} // closed once the mode is known
	turn  chan struct{} // holds one token: slow steps (keyring, passphrase) go one at a time

	// mu may be taken inside a writing transaction, never the other way round.
	mu   sync.Mutex
	mode Mode
	why  string
	key  Key // none in mode Keyring until the first secret is put
	held map[address]Secret
}

// Open returns at once; the keyring is asked meanwhile, and whoever needs a secret waits for the answer. dir is where
// the key file lies or will lie.
func Open(db *sqlite.DB, dir string, o Options) *Vault {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	v := &Vault{
		db: db, dir: dir, ring: ring{patience}, options: o, mode: Probing,
		stop: cancel, ready: make(chan struct{}), turn: make(chan struct{}, 1), held: map[address]Secret{},
	}
	beside.Go(o.Log, "vault", func() { v.start(ctx) })
	return v
}

// Close comes before the database is closed. What is held in memory ends here.
func (v *Vault) Close() {
	v.stop()
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.held)
}

func (v *Vault) start(ctx context.Context) {
	mode, why, key := v.find(ctx)
	if ctx.Err() != nil {
		return
	}
	v.mu.Lock()
	v.mode, v.why, v.key = mode, why, key
	v.mu.Unlock()
	close(v.ready)
	v.options.Changed()
}

// find looks for the key and tells in which mode that puts the vault.
func (v *Vault) find(ctx context.Context) (mode Mode, why string, key Key) {
	_, err := readKeyFile(v.dir)
	switch {
	case err == nil:
		return Locked, "", Key{}
	case !errors.Is(err, fs.ErrNotExist):
		v.options.Log.Error("vault", "error", err)
		return Memory, WhyDamaged, Key{}
	}
	id, sealed, err := sealedWith(ctx, v.db.Reader())
	if err != nil {
		if ctx.Err() == nil {
			v.options.Log.Error("vault", "error", err)
		}
		return Memory, WhyMissing, Key{}
	}
	if !sealed {
		if err := v.ring.reach(); err != nil {
			v.options.Log.Warn("vault", "error", err)
			return Memory, whyNot(err), Key{}
		}
		return Keyring, "", Key{}
	}
	if key, err = v.ring.load(id); err != nil {
		v.options.Log.Error("vault", "error", err)
		return Memory, whyNot(err), Key{}
	}
	return Keyring, "", key
}

func whyNot(err error) string {
	switch {
	case errors.Is(err, errKeyringLocked):
		return WhyLocked
	case errors.Is(err, errKeyringSlow):
		return WhySlow
	case errors.Is(err, errNoKey):
		return WhyMissing
	}
	return WhyAbsent
}

// State answers at once.
func (v *Vault) State(ctx context.Context) (State, error) {
	v.mu.Lock()
	s := State{Mode: v.mode, Why: v.why, Held: len(v.held)}
	v.mu.Unlock()
	if s.Mode != Memory {
		return s, nil
	}
	var err error
	_, s.Stranded, err = sealedWith(ctx, v.db.Reader())
	return s, err
}

func (v *Vault) wait(ctx context.Context) error {
	select {
	case <-v.ready:
		return nil
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Canceled, "")
	}
}

// begin waits until the mode is known and no other slow step runs; end must follow.
func (v *Vault) begin(ctx context.Context) (Mode, error) {
	if err := v.wait(ctx); err != nil {
		return "", err
	}
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return "", fault.Wrap(ctx.Err(), fault.Canceled, "")
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.mode, nil
}

func (v *Vault) end() {
	<-v.turn
	v.options.Changed()
}

// Unlock opens the key file. A wrong passphrase is a field error; each guess costs what the file says, one at a time.
func (v *Vault) Unlock(ctx context.Context, passphrase string) error {
	mode, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer v.end()
	if mode != Locked {
		return fault.New(fault.Conflict, ReasonNotLocked)
	}
	if len(passphrase) > maxPassphrase {
		return wrongPassphrase()
	}
	file, err := readKeyFile(v.dir)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, WhyDamaged)
	}
	key, err := file.unwrap(ctx, passphrase)
	switch {
	case errors.Is(err, errWrongPassword):
		return wrongPassphrase()
	case fault.CodeOf(err) == fault.Canceled:
		return err
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, WhyDamaged)
	}
	return v.move(ctx, key, Passphrase, func(*sqlite.Tx) error { return nil })
}

func wrongPassphrase() error {
	var c fault.Check
	c.Refuse("passphrase", "wrong_password")
	return c.Err()
}

// Retry asks the keyring again, e.g. after the person has unlocked it. The secrets of this run are kept from then on.
func (v *Vault) Retry(ctx context.Context) error {
	mode, err := v.begin(ctx)
	if err != nil {
		return err
	}
	defer v.end()
	if mode != Memory {
		return nil
	}
	return v.again(ctx)
}

func (v *Vault) again(ctx context.Context) error {
	mode, why, key := v.find(ctx)
	if mode == Keyring {
		if key.bytes == nil {
			key = NewKey()
			if err := v.ring.save(key); err != nil {
				return fault.Wrap(err, fault.Unavailable, whyNot(err))
			}
		}
		return v.move(ctx, key, Keyring, func(*sqlite.Tx) error { return nil })
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.mode, v.why = mode, why
	return nil
}

// move seals the secrets of this run with the key and changes to the mode, all or nothing. What belongs to it besides comes
// before the secrets: the journal, which is told, asks the vault for a signature meanwhile, and gets one if it has the key.
func (v *Vault) move(ctx context.Context, key Key, mode Mode, also func(tx *sqlite.Tx) error) error {
	locked := false // from inside the transaction until it is decided, so that no secret is put in between
	defer func() {
		if locked {
			v.mu.Unlock()
		}
	}()
	err := v.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := mark(ctx, tx, key); err != nil {
			return err
		}
		if err := also(tx); err != nil {
			return err
		}
		v.mu.Lock()
		locked = true
		for at, secret := range v.held {
			if err := putSealed(ctx, tx, key, at, secret); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.mode, v.why, v.key = mode, "", key
	clear(v.held)
	return nil
}

func (v *Vault) record(ctx context.Context, tx *sqlite.Tx, name, old, new string) error {
	if v.options.Journal == nil {
		return nil
	}
	return v.options.Journal.Record(ctx, tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: name, ObjectName: name, Old: old, New: new,
	})
}
