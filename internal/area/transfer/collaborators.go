package transfer

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Colleague is a collaborator of the organization, and whether she works on a transfer.
type Colleague struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Allowed   bool   `json:"allowed"`
}

// People knows the collaborators of the organization that the window shows.
type People interface {
	Collaborators(ctx context.Context) ([]Colleague, error)
}

// seen is the condition under which an actor may know of a transfer t, with its arguments: a collaborator of those that
// she works on (section 10 of the roles).
func seen(a access.Actor) (string, []any) {
	if a.Can(access.ManageAllDomains) {
		return "t.organization_id = ?", []any{a.OrganizationID}
	}
	return "t.organization_id = ? AND EXISTS (SELECT 1 FROM transfer_collaborator w WHERE w.transfer_id = t.id AND w.account_id = ?)",
		[]any{a.OrganizationID, a.AccountID}
}

// Allow says which collaborators work on a transfer, and no other of them. Requires access.ManageAllDomains.
// Errors: NotFound; Invalid for whoever is no collaborator here.
func (s *Service) Allow(ctx context.Context, id string, accounts []string) error {
	if _, err := access.Require(ctx, access.ManageAllDomains); err != nil {
		return err
	}
	choice, err := s.people.Collaborators(ctx)
	if err != nil {
		return err
	}
	accounts = slices.Compact(slices.Sorted(slices.Values(accounts)))
	for _, account := range accounts {
		if !slices.ContainsFunc(choice, func(c Colleague) bool { return c.AccountID == account }) {
			return fault.New(fault.Invalid, "").At("collaborators", "not_a_choice")
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		actor := access.From(ctx)
		t, err := byID(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		before, err := collaborators(ctx, tx, id)
		if err != nil || slices.Equal(before, accounts) {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM transfer_collaborator WHERE transfer_id = ?", id); err != nil {
			return err
		}
		for _, account := range accounts {
			if err := allow(ctx, tx, id, actor.OrganizationID, account); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Domain, ObjectID: t.ID, ObjectName: t.Domain,
			Old: strconv.Itoa(len(before)), New: strconv.Itoa(len(accounts)),
		})
	})
}

// colleagues are the collaborators, for whoever says what they work on.
func (s *Service) colleagues(ctx context.Context, id string) ([]Colleague, error) {
	if s.people == nil || !access.From(ctx).Can(access.ManageAllDomains) {
		return []Colleague{}, nil
	}
	list, err := s.people.Collaborators(ctx)
	if err != nil {
		return nil, err
	}
	allowed, err := collaborators(ctx, s.db.Reader(), id)
	for i := range list {
		list[i].Allowed = slices.Contains(allowed, list[i].AccountID)
	}
	return list, err
}

// MaySee tells whether the actor may know of the transfer that a task is about. It is the manager.Viewer of TaskKinds.
func (s *Service) MaySee(ctx context.Context, q sqlite.Queryer, task manager.Task) (bool, error) {
	_, err := byID(ctx, q, access.From(ctx), task.Ref)
	if fault.CodeOf(err) == fault.NotFound {
		return access.From(ctx).Can(access.ManageAllDomains), nil // of one that is gone
	}
	return err == nil, err
}

func collaborators(ctx context.Context, q sqlite.Queryer, id string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT account_id FROM transfer_collaborator WHERE transfer_id = ? ORDER BY account_id", id)
}

func allow(ctx context.Context, tx *sqlite.Tx, id, organizationID, accountID string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO transfer_collaborator (transfer_id, organization_id, account_id) VALUES (?, ?, ?)",
		id, organizationID, accountID)
	return err
}
