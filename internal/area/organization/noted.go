package organization

import (
	"context"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Noted is somebody of whom it is noted which role she holds in the organization at Infomaniak. She needs no account on
// this computer, and the note gives her no right in Kontor.
type Noted struct {
	ID      string
	Name    string
	Email   string // "" if none is known
	Role    access.Role
	NotedAt time.Time
}

// Noted lists who is noted for the organization that the window shows, by role and then by name.
func (s *Service) Noted(ctx context.Context) ([]Noted, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return nil, err
	}
	return notedOf(ctx, s.db.Reader(), actor.OrganizationID)
}

// Note notes a person, or changes the note with the id of n. Errors: Invalid with fields; NotFound for an id of another
// organization.
func (s *Service) Note(ctx context.Context, n Noted) (Noted, error) {
	actor, err := access.Require(ctx, access.ManageMembers)
	if err != nil {
		return Noted{}, err
	}
	var c fault.Check
	n.Name = input.Name(&c, "name", n.Name, MaxName, true)
	n.Email = input.Email(&c, "email", n.Email, false)
	if !slices.Contains(access.Roles(), n.Role) {
		c.Refuse("role", "not_a_choice")
	}
	if err := c.Err(); err != nil {
		return Noted{}, err
	}
	key := ""
	if n.Email != "" {
		if key, err = input.MailKey(n.Email); err != nil {
			return Noted{}, err
		}
	}
	return n, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		action, old := audit.ItemAdded, ""
		if n.ID == "" {
			n.ID = tx.NewID()
		} else {
			was, err := notedByID(ctx, tx, actor.OrganizationID, n.ID)
			if err != nil {
				return err
			}
			action, old = audit.ItemChanged, string(was.Role)
		}
		n.NotedAt = tx.Now
		if err := putNoted(ctx, tx, actor.OrganizationID, n, key); err != nil {
			return err
		}
		// Without the name: the journal outlives whoever asks to be forgotten.
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: action, Product: audit.Organization, ObjectID: n.ID, ObjectName: "noted_person", Old: old, New: string(n.Role),
		})
	})
}

// Forget removes a note.
func (s *Service) Forget(ctx context.Context, id string) error {
	return s.db.WriteAs(ctx, access.ManageMembers, func(tx *sqlite.Tx, actor access.Actor) error {
		was, err := notedByID(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM noted_person WHERE id = ?", id); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Organization, ObjectID: id, ObjectName: "noted_person", Old: string(was.Role),
		})
	})
}

const notedColumns = "id, name, email, role, noted_at"

func scanNoted(r sqlite.Row) (n Noted, err error) {
	var at int64
	err = r.Scan(&n.ID, &n.Name, &n.Email, &n.Role, &at)
	n.NotedAt = sqlite.Time(at)
	return n, err
}

func notedOf(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Noted, error) {
	return sqlite.All(ctx, q, scanNoted, "SELECT "+notedColumns+` FROM noted_person WHERE organization_id = ?
		ORDER BY CASE role WHEN 'legal_representative' THEN 0 WHEN 'administrator' THEN 1 WHEN 'collaborator' THEN 2 ELSE 3 END,
			name COLLATE NOCASE, id`, organizationID)
}

func notedByID(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Noted, error) {
	return sqlite.One(ctx, q, scanNoted, "SELECT "+notedColumns+" FROM noted_person WHERE organization_id = ? AND id = ?", organizationID, id)
}

func putNoted(ctx context.Context, tx *sqlite.Tx, organizationID string, n Noted, key string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO noted_person (id, organization_id, name, email, email_key, role, noted_at)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
			email_key = excluded.email_key, role = excluded.role, noted_at = excluded.noted_at`,
		n.ID, organizationID, n.Name, n.Email, key, n.Role, sqlite.Millis(n.NotedAt))
	return err
}
