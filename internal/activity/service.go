package activity

import (
	"context"

	"kontor/internal/sqlite"
)

// People finds accounts; the areas that keep them fill it.
type People interface {
	// Find returns the ids of the people of an organization whose name or login e-mail begins like text.
	Find(ctx context.Context, organizationID, text string) ([]string, error)
	// Names returns what people are called, by id; whoever is gone has no name.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Service is the journal of one workspace.
type Service struct {
	db     *sqlite.DB
	people People
	values *values
}

// New makes the journal of a workspace.
func New(db *sqlite.DB, people People) *Service {
	return &Service{db: db, people: people, values: newValues()}
}
