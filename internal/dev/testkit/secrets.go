package testkit

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Vault keeps secrets in memory, each under "place/row/field".
type Vault map[string][]byte

// Put keeps a secret.
func (v Vault) Put(_ context.Context, _ *sqlite.Tx, place, row, field string, secret []byte) error {
	v[place+"/"+row+"/"+field] = secret
	return nil
}

// Get returns a secret; NotFound if there is none.
func (v Vault) Get(_ context.Context, place, row, field string) ([]byte, error) {
	if secret, ok := v[place+"/"+row+"/"+field]; ok {
		return secret, nil
	}
	return nil, fault.New(fault.NotFound, "")
}

// Delete forgets a secret.
func (v Vault) Delete(_ context.Context, _ *sqlite.Tx, place, row, field string) error {
	delete(v, place+"/"+row+"/"+field)
	return nil
}

// Reauthenticator lets through whoever gives the password that it is.
type Reauthenticator string

// Reauthenticate implements access.Reauthenticator.
func (r Reauthenticator) Reauthenticate(_ context.Context, password string) error {
	if password == string(r) {
		return nil
	}
	var c fault.Check
	c.Refuse("password", "wrong_password")
	return c.Err()
}
