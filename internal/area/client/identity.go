package client

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// Identity is what a client under management is told apart by.
type Identity struct {
	ID, Name  string
	Number    string // of its organization at Infomaniak; "" is not known
	VATNumber string
}

// Identities are those of the clients under management that the person may see, by name. Requires access.ViewClients.
func (s *Service) Identities(ctx context.Context) ([]Identity, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return nil, err
	}
	where, args := seen(actor)
	return sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (i Identity, err error) {
		return i, r.Scan(&i.ID, &i.Name, &i.Number, &i.VATNumber)
	}, "SELECT c.id, c.name, c.number, c.vat_number FROM client c WHERE "+where+" AND c.state IN ('pending', 'active') ORDER BY c.name_key, c.id", args...)
}
