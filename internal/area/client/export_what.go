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

// Exported is one client or all of them, with what is kept of them.
type Exported struct {
	Clients []Client
	Orders  []Order
	Files   map[string]Dossier // by client
}

// Export returns one client, or with id "" all of them, and records that they left the program.
func (s *Service) Export(ctx context.Context, id string) (Exported, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return Exported{}, err
	}
	var all Exported
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if id == "" {
			all.Clients, err = clientsOf(ctx, tx, actor)
		} else {
			var c Client
			c, err = one(ctx, tx, actor, id)
			all.Clients = []Client{c}
		}
		if err != nil {
			return err
		}
		if all.Orders, err = s.orders(ctx, tx, actor.OrganizationID, id); err != nil {
			return err
		}
		if err = all.read(ctx, tx, actor.OrganizationID, id); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Client, ObjectID: id, New: strconv.Itoa(len(all.Clients)),
		})
	})
	return all, err
}

// read fills in what is kept of the clients.
func (e *Exported) read(ctx context.Context, q sqlite.Queryer, organizationID, id string) error {
	addresses, err := addressesOf(ctx, q, organizationID, id)
	if err != nil {
		return err
	}
	contacts, err := contactsOf(ctx, q, organizationID, id)
	if err != nil {
		return err
	}
	conditions, err := conditionsFor(ctx, q, organizationID, id)
	if err != nil {
		return err
	}
	e.Files = map[string]Dossier{}
	for i := range e.Clients {
		c := &e.Clients[i]
		c.Record.Invoice, c.Record.Delivery = addresses[c.ID]["invoice"], addresses[c.ID]["delivery"]
		e.Files[c.ID] = Dossier{Contacts: contacts[c.ID], Conditions: conditions[c.ID]}
	}
	return nil
}
