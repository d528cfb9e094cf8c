package mirror

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Unconnected is a workspace in which no account is connected to Infomaniak.
type Unconnected struct {
	Sample bool // it never will be
}

var _ Connections = Unconnected{}

// Connected tells that nobody is.
func (u Unconnected) Connected(context.Context, sqlite.Queryer, string) error {
	if u.Sample {
		return fault.New(fault.Conflict, ReasonSample)
	}
	return fault.New(fault.Conflict, ReasonNotConnected)
}

// Background tells that nobody wishes anything.
func (Unconnected) Background(context.Context, sqlite.Queryer) (bool, error) { return false, nil }

// Remote leads nowhere.
func (u Unconnected) Remote(ctx context.Context, accountID string) (Remote, error) {
	return nil, u.Connected(ctx, nil, accountID)
}

// Stand is local.
func (Unconnected) Stand(context.Context, sqlite.Queryer, string, string) (StandView, error) {
	return local, nil
}

// Person was never read.
func (Unconnected) Person(context.Context, sqlite.Queryer, string) (Person, time.Time, error) {
	return Person{}, time.Time{}, fault.New(fault.NotFound, "")
}

// KeepPerson keeps nothing.
func (Unconnected) KeepPerson(context.Context, *sqlite.Tx, string, Person) error { return nil }

// Addresses were never read.
func (Unconnected) Addresses(context.Context, sqlite.Queryer, string) (emails, phones []Address, at time.Time, err error) {
	return nil, nil, time.Time{}, nil
}

// KeepAddresses keeps nothing.
func (Unconnected) KeepAddresses(context.Context, *sqlite.Tx, string, []Address, []Address) error {
	return nil
}

// AccountNames are none.
func (Unconnected) AccountNames(context.Context, sqlite.Queryer, string) (map[string]string, error) {
	return map[string]string{}, nil
}

// TeamName is not known.
func (Unconnected) TeamName(context.Context, sqlite.Queryer, string, string, string) (string, error) {
	return "", fault.New(fault.NotFound, "")
}

// Domains are none.
func (Unconnected) Domains(context.Context, sqlite.Queryer, string) ([]string, error) {
	return []string{}, nil
}

// Heard is never called: nothing is asked.
func (Unconnected) Heard(context.Context, *sqlite.Tx, string, string, *Trouble) error { return nil }
