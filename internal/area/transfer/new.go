package transfer

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Organizations knows what an organization is called, and in which currency it is invoiced.
type Organizations interface {
	Name(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
	Currency(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Currency, error)
}

// Options are what a service needs from elsewhere.
type Options struct {
	DB            *sqlite.DB
	Journal       audit.Recorder
	Vault         Vault
	Reauth        access.Reauthenticator
	Account       PrepaidAccount // nil where nobody looks into it
	Organizations Organizations
	People        People // nil where nobody says who works on what
	Tasks         Tasks
	Registry      Register // nil where nothing can be read at Infomaniak
	Clock         day.Clock
}

// Service follows the transfers of the organization that the actor works in.
type Service struct {
	db            *sqlite.DB
	journal       audit.Recorder
	vault         Vault
	reauth        access.Reauthenticator
	account       PrepaidAccount
	organizations Organizations
	people        People
	tasks         Tasks
	registry      Register
	clock         day.Clock
}

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service {
	return &Service{db: o.DB, journal: o.Journal, vault: o.Vault, reauth: o.Reauth, account: o.Account, organizations: o.Organizations, people: o.People, tasks: o.Tasks, registry: o.Registry, clock: o.Clock}
}
