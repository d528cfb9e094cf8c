// Package manager keeps what was noted here and only the Manager of Infomaniak can do. An area notes a task in the
// transaction of its own act; it stays open until the person says that it was done, or that it will not be, or until the
// area withdraws it because its act was taken back. Nothing here claims that it was done anywhere else.
package manager

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/link"
	"kontor/internal/host/sqlite"
)

// Outcome says what became of a task.
type Outcome string

// The outcomes. A closed task may be opened again.
const (
	Open    Outcome = "open"
	Done    Outcome = "done"    // by the person's word
	Dropped Outcome = "dropped" // it will not be done
)

// Recent is how long a closed task is still shown.
const Recent = 7 * 24 * time.Hour

// Task is one thing that is to be done in the Manager.
type Task struct {
	ID       string
	Kind     Kind
	Ref      string            // id of the record that it is about; there is one open task for a kind and a record
	Params   map[string]string // fill the words; amounts are written "CHF 150.00", days "2026-11-28"
	NotedAt  time.Time
	Outcome  Outcome
	ClosedAt time.Time // zero while open
}

// Final tells that what follows from doing it is not taken back: such a task, once done, is not opened again.
func (t Task) Final() bool { return rules[t.Kind].final }

// Page is where it is done.
func (t Task) Page() link.ID { return rules[t.Kind].page }

// Closer is what an area does in the same transaction when a task of its kinds is closed or opened again, e.g. books the
// money whose arrival the person confirms. An error leaves the task as it was.
type Closer func(ctx context.Context, tx *sqlite.Tx, t Task, outcome Outcome) error

// Viewer tells whether the actor may know of the record that a task is about, where a capability alone does not say so.
type Viewer func(ctx context.Context, q sqlite.Queryer, t Task) (bool, error)

// Service notes and closes tasks.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
	closers map[Kind]Closer
	viewers map[Kind]Viewer
}

// New wires a service.
func New(db *sqlite.DB, journal audit.Recorder) *Service {
	return &Service{db: db, journal: journal, closers: map[Kind]Closer{}, viewers: map[Kind]Viewer{}}
}

// OnClose says what happens when tasks of these kinds are closed. It is called while the program is wired.
func (s *Service) OnClose(c Closer, kinds ...Kind) {
	for _, k := range kinds {
		s.closers[k] = c
	}
}

// OnView says who may see and close tasks of these kinds. It is called while the program is wired.
func (s *Service) OnView(v Viewer, kinds ...Kind) {
	for _, k := range kinds {
		s.viewers[k] = v
	}
}

// sees tells whether the actor may know of a task.
func (s *Service) sees(ctx context.Context, q sqlite.Queryer, t Task) (bool, error) {
	r, known := rules[t.Kind]
	if !known || !access.From(ctx).Can(r.may) {
		return false, nil
	}
	if view := s.viewers[t.Kind]; view != nil {
		return view(ctx, q, t)
	}
	return true, nil
}

// Note writes down a task of the actor's organization, as open from now on. An open one of the same kind and record is
// replaced. It returns the id.
func (s *Service) Note(ctx context.Context, tx *sqlite.Tx, t Task) (string, error) {
	if _, known := rules[t.Kind]; !known {
		return "", fmt.Errorf("manager: no kind %q", t.Kind)
	}
	if err := s.Withdraw(ctx, tx, t.Kind, t.Ref); err != nil {
		return "", err
	}
	if t.Params == nil {
		t.Params = map[string]string{}
	}
	params, err := json.Marshal(t.Params)
	if err != nil {
		return "", fmt.Errorf("manager: params: %w", err)
	}
	id := tx.NewID()
	_, err = tx.ExecContext(ctx, "INSERT INTO manager_task (id, organization_id, kind, ref, params, noted_at) VALUES (?, ?, ?, ?, ?, ?)",
		id, access.From(ctx).OrganizationID, t.Kind, t.Ref, string(params), sqlite.Millis(s.db.Now()))
	return id, err
}

// Find returns the open task of the actor's organization about a record. Errors: NotFound.
func (s *Service) Find(ctx context.Context, tx *sqlite.Tx, kind Kind, ref string) (Task, error) {
	return sqlite.One(ctx, tx, scan, "SELECT "+columns+` FROM manager_task
		WHERE coalesce(organization_id, owner_id) = ? AND kind = ? AND ref = ? AND outcome = 'open'`, access.From(ctx).OrganizationID, kind, ref)
}

// Withdraw removes an open task because the act that noted it was taken back, or has become something else. None is no
// error.
func (s *Service) Withdraw(ctx context.Context, tx *sqlite.Tx, kind Kind, ref string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM manager_task WHERE coalesce(organization_id, owner_id) = ? AND kind = ? AND ref = ? AND outcome = 'open'",
		access.From(ctx).OrganizationID, kind, ref)
	return err
}

// List returns what is open, oldest first, and then what was closed within Recent, newest first: of the organization
// that the window shows, as far as the actor may see it.
func (s *Service) List(ctx context.Context) ([]Task, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	all, err := sqlite.All(ctx, s.db.Reader(), scan, `
		SELECT `+columns+` FROM manager_task
		WHERE coalesce(organization_id, owner_id) = ? AND (outcome = 'open' OR closed_at > ?)
		ORDER BY outcome <> 'open', CASE WHEN outcome = 'open' THEN noted_at ELSE -closed_at END, id`,
		actor.OrganizationID, sqlite.Millis(s.db.Now().Add(-Recent)))
	if err != nil {
		return nil, err
	}
	seen := []Task{}
	for _, t := range all {
		may, err := s.sees(ctx, s.db.Reader(), t)
		if err != nil {
			return nil, err
		}
		if may {
			seen = append(seen, t)
		}
	}
	return seen, nil
}

// Settle closes a task by the person's word, or opens it again. Errors: NotFound also for one that the actor may not
// see; Conflict "task_open" when another of the same kind and record has been noted since, "task_final" for one that was
// done and is Final; what the area's Closer says.
func (s *Service) Settle(ctx context.Context, id string, outcome Outcome) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	if outcome != Open && outcome != Done && outcome != Dropped {
		return fault.New(fault.Invalid, "").At("outcome", "not_a_choice")
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		t, err := sqlite.One(ctx, tx, scan, "SELECT "+columns+" FROM manager_task WHERE id = ? AND coalesce(organization_id, owner_id) = ?",
			id, actor.OrganizationID)
		if err != nil {
			return err
		}
		if may, err := s.sees(ctx, tx, t); err != nil {
			return err
		} else if !may {
			return fault.New(fault.NotFound, "")
		}
		if t.Outcome == outcome {
			return nil
		}
		if t.Outcome == Done && t.Final() {
			return fault.New(fault.Conflict, "task_final")
		}
		closed := sql.NullInt64{Int64: sqlite.Millis(s.db.Now()), Valid: outcome != Open}
		if err := sqlite.Changed(tx.ExecContext(ctx, "UPDATE manager_task SET outcome = ?, closed_at = ? WHERE id = ?", outcome, closed, id)); err != nil {
			if sqlite.IsUnique(err) {
				return fault.Wrap(err, fault.Conflict, "task_open")
			}
			return err
		}
		if act := s.closers[t.Kind]; act != nil {
			if err := act(ctx, tx, t, outcome); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: rules[t.Kind].product, ObjectID: t.Ref, Old: string(t.Outcome), New: string(outcome),
		})
	})
}

const columns = "id, kind, ref, params, noted_at, outcome, closed_at"

func scan(row sqlite.Row) (Task, error) {
	var t Task
	var params string
	var noted int64
	var closed sql.NullInt64
	if err := row.Scan(&t.ID, &t.Kind, &t.Ref, &params, &noted, &t.Outcome, &closed); err != nil {
		return Task{}, err
	}
	t.NotedAt = sqlite.Time(noted)
	if closed.Valid {
		t.ClosedAt = sqlite.Time(closed.Int64)
	}
	return t, json.Unmarshal([]byte(params), &t.Params)
}
