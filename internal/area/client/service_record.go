package client

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/vat"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Dossier is what a record holds besides its columns.
type Dossier struct {
	Contacts   []Contact
	Conditions Conditions
}

// dossier reads what a record holds, the addresses into the client itself.
func dossier(ctx context.Context, q sqlite.Queryer, c *Client) (Dossier, error) {
	organizationID := access.From(ctx).OrganizationID
	addresses, err := addressesOf(ctx, q, organizationID, c.ID)
	if err != nil {
		return Dossier{}, err
	}
	c.Record.Invoice, c.Record.Delivery = addresses[c.ID]["invoice"], addresses[c.ID]["delivery"]
	contacts, err := contactsOf(ctx, q, organizationID, c.ID)
	if err != nil {
		return Dossier{}, err
	}
	conditions, err := conditionsFor(ctx, q, organizationID, c.ID)
	return Dossier{Contacts: contacts[c.ID], Conditions: conditions[c.ID]}, err
}

// OnRecord is a client as documents need it.
type OnRecord struct {
	Client
	Dossier
	VAT     vat.Suggestion
	Country string // of the organization that writes to it
}

// Record reads what documents need of a client. Requires access.ViewClients; NotFound where the actor may not see it.
func (s *Service) Record(ctx context.Context, id string) (OnRecord, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return OnRecord{}, err
	}
	var found OnRecord
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if found.Client, err = one(ctx, q, actor, id); err != nil {
			return err
		}
		if found.Dossier, err = dossier(ctx, q, &found.Client); err != nil {
			return err
		}
		if found.Country, err = s.places.Country(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		found.VAT, err = s.vatOf(ctx, q, actor.OrganizationID, found.Client)
		return err
	})
	return found, err
}

// vatOf is the treatment that a client's record and the two countries give today.
func (s *Service) vatOf(ctx context.Context, q sqlite.Queryer, organizationID string, c Client) (vat.Suggestion, error) {
	if s.places == nil {
		return vat.Suggestion{Ground: vat.NoCountry}, nil
	}
	country, err := s.places.Country(ctx, q, organizationID)
	if err != nil {
		return vat.Suggestion{}, err
	}
	other := vat.Party{Country: c.Record.Country, Number: c.Record.VATNumber, Private: c.Record.Private}
	return vat.Apply(c.Record.VAT, vat.Party{Country: country}, other, s.clock.Today(ctx)), nil
}

// noNamesake refuses a name that another client under management has, unless the person knows of it.
func noNamesake(ctx context.Context, q sqlite.Queryer, actor access.Actor, name, id string, known bool) error {
	if known {
		return nil
	}
	others, err := namesakes(ctx, q, actor, name, id)
	if err != nil || len(others) == 0 {
		return err
	}
	var c fault.Check
	c.Refuse("name", "another_client", "place", cmp.Or(others[0].Place, "–"))
	return c.Err()
}

// Correct keeps who a client is: its names, its place, its number and its record. That another client has its name must be
// known. Requires access.ManageClients. Errors: Invalid name:another_client; Conflict/fault.ChangedMeanwhile.
func (s *Service) Correct(ctx context.Context, id string, version int, d Details, namesakeKnown bool) error {
	return s.keep(ctx, id, version, "corrected", func(tx *sqlite.Tx, actor access.Actor, c *Client) error {
		if err := d.Validate(); err != nil {
			return err
		}
		if c.Name != d.Name {
			if err := noNamesake(ctx, tx, actor, d.Name, id, namesakeKnown); err != nil {
				return err
			}
		}
		c.Details = d
		return writeAddresses(ctx, tx, id, d.Record)
	})
}

// SaveContact keeps a contact of a client, new (ID "") or not. Requires access.ManageClients.
func (s *Service) SaveContact(ctx context.Context, id string, version int, p Contact) error {
	return s.keep(ctx, id, version, "contact", func(tx *sqlite.Tx, actor access.Actor, c *Client) error {
		if err := p.Validate(c.Record.Country); err != nil {
			return err
		}
		known, err := contactsOf(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		isNew := !slices.ContainsFunc(known[id], func(one Contact) bool { return one.ID == p.ID })
		switch {
		case isNew && len(known[id]) >= MaxContacts:
			return fault.New(fault.Invalid, "").At("name", "too_many").With("max", strconv.Itoa(MaxContacts))
		case isNew && p.ID != "":
			return fault.New(fault.NotFound, "")
		case isNew:
			p.ID = tx.NewID()
		}
		return writeContact(ctx, tx, id, p)
	})
}

// RemoveContact removes a contact. Requires access.ManageClients.
func (s *Service) RemoveContact(ctx context.Context, id string, version int, contactID string) error {
	return s.keep(ctx, id, version, "contact", func(tx *sqlite.Tx, _ access.Actor, _ *Client) error {
		return deleteContact(ctx, tx, id, contactID)
	})
}

// SaveConditions keeps what a client is offered otherwise than others. Requires access.ManageClients.
func (s *Service) SaveConditions(ctx context.Context, id string, version int, days string, list []ConditionInput) error {
	return s.keep(ctx, id, version, "conditions", func(tx *sqlite.Tx, _ access.Actor, _ *Client) error {
		all, err := conditionsOf(days, list)
		if err != nil {
			return err
		}
		return writeConditions(ctx, tx, id, all)
	})
}

// keep runs an act on a client's record, in whatever state its collaboration is, unless it was changed elsewhere since
// version.
func (s *Service) keep(ctx context.Context, id string, version int, kind string, act func(*sqlite.Tx, access.Actor, *Client) error) error {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, err := one(ctx, tx, actor, id)
		if err == nil {
			err = fault.SameVersion(c.Version, version)
		}
		if err != nil {
			return err
		}
		before := c.Details.summary()
		if err := act(tx, actor, &c); err != nil {
			return err
		}
		if err := s.put(ctx, tx, actor, kind, c); err != nil {
			return err
		}
		entry := audit.Entry{Action: audit.ItemChanged, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, New: kind}
		if after := c.Details.summary(); after != before {
			entry.Old, entry.New = before, after
		}
		return s.journal.Record(ctx, tx, entry)
	})
}

// summary is who a client is, line by line, for the journal.
func (d Details) summary() string {
	r := d.Record
	lines := []string{
		d.Name, d.Place, d.Number, r.LegalName, r.Language, r.Country, string(r.Currency), r.VATNumber, r.Website, strings.Join(r.Tags, ", "),
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// AddNote writes a note about a client. Requires access.ViewClients: whoever works for a client may say what happened.
func (s *Service) AddNote(ctx context.Context, id, text string) error {
	return s.noting(ctx, id, audit.ItemAdded, func(tx *sqlite.Tx, actor access.Actor, list []Note) error {
		n := Note{ID: tx.NewID(), At: tx.Now, AccountID: actor.AccountID, Version: 1}
		if len(list) >= MaxNotes {
			return fault.New(fault.Conflict, "too_many_notes").With("max", strconv.Itoa(MaxNotes))
		}
		return n.write(ctx, tx, id, text)
	})
}

// ChangeNote changes the text of a note: one's own, or with access.ManageClients anybody's.
// Errors: Forbidden; Conflict/fault.ChangedMeanwhile.
func (s *Service) ChangeNote(ctx context.Context, id, noteID string, version int, text string) error {
	return s.noting(ctx, id, audit.ItemChanged, func(tx *sqlite.Tx, actor access.Actor, list []Note) error {
		n, err := noteOf(list, actor, noteID)
		if err == nil {
			err = fault.SameVersion(n.Version, version)
		}
		if err != nil {
			return err
		}
		n.ChangedAt = tx.Now
		n.Version++
		return n.write(ctx, tx, id, text)
	})
}

// RemoveNote removes a note: one's own, or with access.ManageClients anybody's.
func (s *Service) RemoveNote(ctx context.Context, id, noteID string) error {
	return s.noting(ctx, id, audit.ItemDeleted, func(tx *sqlite.Tx, actor access.Actor, list []Note) error {
		if _, err := noteOf(list, actor, noteID); err != nil {
			return err
		}
		return deleteNote(ctx, tx, id, noteID)
	})
}

func (s *Service) noting(ctx context.Context, id string, action audit.Action, act func(*sqlite.Tx, access.Actor, []Note) error) error {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, err := one(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		list, err := notes(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := act(tx, actor, list); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{Action: action, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, New: "note"})
	})
}

func (n Note) write(ctx context.Context, tx *sqlite.Tx, clientID, text string) error {
	var c fault.Check
	n.Text = input.LongText(&c, "text", text, MaxNote, true)
	if err := c.Err(); err != nil {
		return err
	}
	return writeNote(ctx, tx, clientID, n)
}

// noteOf is a note that the actor may change.
func noteOf(list []Note, actor access.Actor, id string) (Note, error) {
	i := slices.IndexFunc(list, func(n Note) bool { return n.ID == id })
	switch {
	case i < 0:
		return Note{}, fault.New(fault.NotFound, "")
	case list[i].AccountID != actor.AccountID && !actor.Can(access.ManageClients):
		return Note{}, fault.New(fault.Forbidden, "")
	}
	return list[i], nil
}
