package quote

import (
	"context"

	"kontor/internal/sqlite"
)

// OpenFor counts the quotes for a client that are in the making, or sent and still hold. It asks for no permission:
// whoever calls it has.
func (s *Service) OpenFor(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], `SELECT count(*) FROM quote
		WHERE organization_id = ? AND client_id = ? AND (state = 'draft' OR state = 'sent' AND valid_until >= ?)`,
		organizationID, clientID, s.Today())
}
