package client

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// MayExport refuses whoever may not export clients.
func (s *Service) MayExport(ctx context.Context) error {
	_, err := access.Require(ctx, access.ManageClients)
	return err
}

// Export returns one client, or with id "" all of them, with their orders, and records that they left the program.
func (s *Service) Export(ctx context.Context, id string) ([]Client, []Order, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return nil, nil, err
	}
	var list []Client
	var ordered []Order
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if id == "" {
			list, err = all(ctx, tx, actor)
		} else {
			var c Client
			c, err = one(ctx, tx, actor, id)
			list = []Client{c}
		}
		if err != nil {
			return err
		}
		if ordered, err = s.orders(ctx, tx, actor.OrganizationID, id); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Client, ObjectID: id, New: strconv.Itoa(len(list)),
		})
	})
	return list, ordered, err
}
