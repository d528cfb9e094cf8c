package expiry

import (
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of what a person types.
const (
	MaxName = 128
	MaxNote = 500
)

// Date is an end as a person types it.
type Date struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Place string `json:"place"` // id of one of her organizations, or ""
	Ends  string `json:"ends"`  // 2027-01-15
	Note  string `json:"note"`
}

// check reads the fields. What has ended may be typed too: it is shown as that.
func (d Date) check(places []Place) (Entry, error) {
	var c fault.Check
	e := Entry{Kind: Kind(d.Kind), Place: d.Place}
	if !slices.Contains(Typable(), e.Kind) {
		c.Refuse("kind", "not_a_choice")
	}
	e.Name = input.Line(&c, "name", d.Name, MaxName, true)
	e.Note = input.Line(&c, "note", d.Note, MaxNote, false)
	if d.Place != "" && !slices.ContainsFunc(places, func(p Place) bool { return p.ID == d.Place }) {
		c.Refuse("place", "not_a_choice")
	}
	e.Ends = input.Day(&c, "ends", d.Ends, true)
	return e, c.Err()
}

// AddDate keeps an end that the person typed; it is hers alone. Returns its id. Requires access.OwnAccount.
func (s *Service) AddDate(ctx context.Context, d Date) (string, error) {
	actor, e, err := s.read(ctx, d)
	if err != nil {
		return "", err
	}
	var id string
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		id = tx.NewID()
		_, err := tx.ExecContext(ctx, `INSERT INTO expiry_date (id, account_id, organization_id, kind, name, ends_on, note, created_at, updated_at)
			VALUES (?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?)`,
			id, actor.AccountID, e.Place, e.Kind, e.Name, e.Ends, e.Note, sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
		if err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemAdded, actor, id, "", e.describe())
	})
	return id, err
}

// UpdateDate changes one. Errors: NotFound; Conflict/fault.ChangedMeanwhile.
func (s *Service) UpdateDate(ctx context.Context, id string, version int, d Date) error {
	actor, e, err := s.read(ctx, d)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		before, err := date(ctx, tx, actor.AccountID, id)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(before.Version, version); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE expiry_date SET organization_id = nullif(?, ''), kind = ?, name = ?, ends_on = ?, note = ?,
			version = version + 1, updated_at = ? WHERE id = ?`, e.Place, e.Kind, e.Name, e.Ends, e.Note, sqlite.Millis(tx.Now), id)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemChanged, actor, id, before.describe(), e.describe())
	})
}

// RemoveDate forgets one.
func (s *Service) RemoveDate(ctx context.Context, id string) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		before, err := date(ctx, tx, actor.AccountID, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM expiry_date WHERE id = ?", id); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemDeleted, actor, id, before.describe(), "")
	})
}

func (s *Service) read(ctx context.Context, d Date) (access.Actor, Entry, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return actor, Entry{}, err
	}
	places, err := s.o.Places(ctx)
	if err != nil {
		return actor, Entry{}, err
	}
	e, err := d.check(places)
	return actor, e, err
}

// describe is a typed end in one line, for the journal.
func (e Entry) describe() string { return e.Name + " · " + e.Ends.String() }

// record tells the journal; what was typed is the person's own and sealed under her key.
func (s *Service) record(ctx context.Context, tx *sqlite.Tx, a audit.Action, actor access.Actor, id, old, now string) error {
	return s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Expiry, ObjectID: id, Old: old, New: now, PersonID: actor.AccountID,
	})
}

const dateColumns = "SELECT id, coalesce(organization_id, ''), kind, name, ends_on, note, version FROM expiry_date WHERE account_id = ? "

func scanDate(r sqlite.Row) (Entry, error) {
	e := Entry{Source: Typed, Pays: Nothing}
	err := r.Scan(&e.Record, &e.Place, &e.Kind, &e.Name, &e.Ends, &e.Note, &e.Version)
	if e.Kind == Domain || e.Kind == Product {
		e.Pays = Unclear
	}
	e.Key = "date/" + e.Record
	return e, err
}

func date(ctx context.Context, q sqlite.Queryer, accountID, id string) (Entry, error) {
	return sqlite.One(ctx, q, scanDate, dateColumns+"AND id = ?", accountID, id)
}

// dates are the ends that a person typed. Of an organization that she has left they stay, without it.
func (s *Service) dates(ctx context.Context, q sqlite.Queryer, accountID string, places []Place) ([]Entry, error) {
	list, err := sqlite.All(ctx, q, scanDate, dateColumns+"ORDER BY ends_on, id", accountID)
	for i := range list {
		e := &list[i]
		at := slices.IndexFunc(places, func(p Place) bool { return p.ID == e.Place })
		if at < 0 {
			e.Place = ""
			continue
		}
		e.Organization = places[at].Name
	}
	return list, err
}
