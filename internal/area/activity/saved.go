package activity

import (
	"context"
	"fmt"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	book "kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of saved searches.
const (
	MaxSaved     = 50  // per person, scope and organization
	MaxSavedName = 80  // characters
	MaxNew       = 100 // a badge counts up to here
)

// Saved is a search that a person keeps. New is how many entries it finds that came since they last looked.
type Saved struct {
	ID    string
	Scope Scope
	Name  string
	Query Query
	New   Amount
}

// Saved lists the person's searches of a scope, with how much each finds that is new.
func (s *Service) Saved(ctx context.Context, scope Scope, zone *time.Location, by book.Locale) ([]Saved, error) {
	actor, err := s.permit(ctx, scope)
	if err != nil {
		return nil, err
	}
	type kept struct {
		Saved
		seen int64
	}
	list, err := sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (k kept, err error) {
		var query string
		k.Scope = scope
		err = r.Scan(&k.ID, &k.Name, &query, &k.seen)
		k.Query = Parse(query, book.Locale{})
		return k, err
	}, `SELECT id, name, query, seen FROM journal_search WHERE account_id = ? AND scope = ? AND organization_id = ?
		ORDER BY name COLLATE NOCASE, id`, actor.AccountID, scope, organizationOf(actor, scope))
	if err != nil {
		return nil, err
	}
	saved := make([]Saved, len(list))
	for i, k := range list {
		saved[i] = k.Saved
		err := s.look(ctx, Search{Scope: scope, Query: k.Query, Zone: zone, Locale: by}, func(v *view) error {
			saved[i].New, err = v.since(ctx, k.seen)
			return err
		})
		if err != nil && fault.CodeOf(err) != fault.Invalid { // it names somebody who has left: it finds nothing new
			return nil, err
		}
	}
	return saved, nil
}

// organizationOf is the organization that a saved search belongs to; one's own entries belong to none.
func organizationOf(actor access.Actor, scope Scope) string {
	if scope == Own {
		return ""
	}
	return actor.OrganizationID
}

// since counts what came after a place in the chain, up to MaxNew. It starts where the oldest of them is.
func (v *view) since(ctx context.Context, seen int64) (Amount, error) {
	if seen >= v.head || v.plan.nothing {
		return Amount{}, nil
	}
	oldest, err := sqlite.One(ctx, v.q, sqlite.Value[int64], "SELECT coalesce(min(id), 0) FROM journal WHERE seq > ?", seen)
	if err != nil {
		return Amount{}, err
	}
	p := *v.plan
	p.from = max(p.from, oldest)
	st := p.statement()
	st.and(fmt.Sprintf("(SELECT s.seq FROM journal s WHERE s.id = %s) > %d", st.id(), seen))
	n, err := v.number(ctx, st, MaxNew+1)
	return Amount{N: min(n, MaxNew), More: n > MaxNew}, err
}

// Save keeps a search under a name; a name that is taken gets the new query.
func (s *Service) Save(ctx context.Context, scope Scope, name string, query Query) (string, error) {
	actor, err := s.permit(ctx, scope)
	if err != nil {
		return "", err
	}
	if name, err = savedName(name, query); err != nil {
		return "", err
	}
	var id string
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := sqlite.One(ctx, tx, sqlite.Value[int], `SELECT count(*) FROM journal_search
			WHERE account_id = ? AND scope = ? AND organization_id = ? AND name <> ?`,
			actor.AccountID, scope, organizationOf(actor, scope), name)
		if err != nil {
			return err
		}
		if n >= MaxSaved {
			return fault.New(fault.Conflict, "too_many_searches").With("max", "50")
		}
		id, err = sqlite.One(ctx, tx, sqlite.Value[string], `INSERT INTO journal_search
			(id, account_id, scope, organization_id, name, query, seen, created_at)
			VALUES (?, ?, ?, ?, ?, ?, (SELECT seq FROM journal_head), ?)
			ON CONFLICT (account_id, scope, organization_id, name) DO UPDATE SET query = excluded.query, seen = excluded.seen
			RETURNING id`,
			tx.NewID(), actor.AccountID, scope, organizationOf(actor, scope), name, query.String(), sqlite.Millis(tx.Now))
		if err != nil {
			return err
		}
		return s.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Account, ObjectID: id, ObjectName: name, New: query.String(),
			PersonID: actor.AccountID,
		})
	})
	return id, err
}

func savedName(name string, query Query) (string, error) {
	var c fault.Check
	name = input.Name(&c, "name", name, MaxSavedName, true)
	input.Line(&c, "query", query.String(), MaxQuery, false)
	if len(query) == 0 {
		c.Refuse("query", "required")
	}
	c.Merge("", query.Validate())
	return name, c.Err()
}

// Seen notes that the person has looked at what a saved search finds. It changes nothing that a journal should tell.
func (s *Service) Seen(ctx context.Context, id string) error {
	return s.db.WriteAs(ctx, access.OwnProfile, func(tx *sqlite.Tx, actor access.Actor) error {
		_, err := sqlite.One(ctx, tx, sqlite.Value[string], `UPDATE journal_search SET seen = (SELECT seq FROM journal_head)
			WHERE id = ? AND account_id = ? RETURNING id`, id, actor.AccountID)
		return err
	})
}

// Unsave removes a saved search.
func (s *Service) Unsave(ctx context.Context, id string) error {
	return s.db.WriteAs(ctx, access.OwnProfile, func(tx *sqlite.Tx, actor access.Actor) error {
		name, err := sqlite.One(ctx, tx, sqlite.Value[string],
			"DELETE FROM journal_search WHERE id = ? AND account_id = ? RETURNING name", id, actor.AccountID)
		if err != nil {
			return err
		}
		return s.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Account, ObjectID: id, ObjectName: name, Old: name,
		})
	})
}
