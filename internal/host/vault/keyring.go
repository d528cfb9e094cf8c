package vault

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/internal/host/beside"
)

// service is the name under which the keyring of the system lists Kontor's keys.
const service = "Kontor"

// patience is how long the keyring may take. A person who is asked to unlock it may take longer: then the program
// starts without it, and Retry takes it up.
const patience = 4 * time.Second

var (
	errKeyringAbsent = errors.New("vault: no keyring answers")
	errKeyringLocked = errors.New("vault: the keyring is locked")
	errKeyringSlow   = errors.New("vault: the keyring does not answer in time")
	errNoKey         = errors.New("vault: the keyring does not hold the key")
)

// ring is the keyring of the system with a limit on its patience: its calls cannot be cancelled, and may wait for a
// person for ever.
type ring struct{ patience time.Duration }

// reach asks for an item that nobody keeps: a keyring that says so is there, and open. Nothing is written for that: some
// programs keep whatever was deleted, and write a file that is carried to other computers anew.
func (r ring) reach() error {
	return r.ask(func() error {
		if _, err := keyring.Get(service, "anything"); !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
		return nil
	})
}

// save keeps a key, and looks whether it comes back.
func (r ring) save(k Key) error {
	text := base64.StdEncoding.EncodeToString(k.bytes)
	return r.ask(func() error {
		if err := keyring.Set(service, k.name(), text); err != nil {
			return err
		}
		got, err := keyring.Get(service, k.name())
		if errors.Is(err, keyring.ErrNotFound) || err == nil && got != text {
			return fmt.Errorf("%w: it does not answer with what it was given", errKeyringAbsent)
		}
		return err
	})
}

// load returns the key of that name, or errNoKey.
func (r ring) load(name string) (k Key, err error) {
	var text string
	err = r.ask(func() (err error) {
		text, err = keyring.Get(service, name)
		return err
	})
	if err != nil {
		return Key{}, err
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		k, err = KeyFrom(b)
	}
	if err != nil || k.name() != name {
		return Key{}, errNoKey
	}
	return k, nil
}

func (r ring) forget(k Key) error {
	return r.ask(func() error { return keyring.Delete(service, k.name()) })
}

// ask runs one conversation with the keyring and gives its untyped errors a name.
func (r ring) ask(talk func() error) error {
	done := make(chan error, 1)
	beside.Go(nil, "keyring", func() { done <- beside.Try(talk) })
	select {
	case err := <-done:
		return named(err)
	case <-time.After(r.patience):
		return errKeyringSlow
	}
}

func named(err error) error {
	switch {
	case err == nil || errors.Is(err, errKeyringAbsent):
		return err
	case errors.Is(err, keyring.ErrNotFound):
		return errNoKey
	case strings.Contains(err.Error(), "unlock") || strings.Contains(strings.ToLower(err.Error()), "locked"):
		return fmt.Errorf("%w: %w", errKeyringLocked, err)
	}
	return fmt.Errorf("%w: %w", errKeyringAbsent, err)
}
