package sqlite

import (
	"context"

	"kontor/internal/core/access"
)

// WriteAs is Write for whoever has a capability; the work is told who that is. Errors: those of access.Require, and what
// Write says.
func (db *DB) WriteAs(ctx context.Context, may access.Capability, do func(tx *Tx, actor access.Actor) error) error {
	actor, err := access.Require(ctx, may)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error { return do(tx, actor) })
}
