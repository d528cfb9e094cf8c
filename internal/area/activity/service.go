package activity

import (
	"context"
	"sync"
	"time"

	"kontor/internal/host/sqlite"
)

// People finds accounts; the area that keeps them fills it.
type People interface {
	// Find returns the ids of the people of an organization whose name or login e-mail begins like text.
	Find(ctx context.Context, organizationID, text string) ([]string, error)
	// Recognise returns the member of an organization whose id, login e-mail or whole name this is; "" if none or several.
	Recognise(ctx context.Context, organizationID, text string) (string, error)
	// Names returns what people are called, by id; whoever is gone has no name.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Places names organizations; the area that keeps them fills it.
type Places interface {
	Name(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
}

// Service is the journal of one workspace.
type Service struct {
	db      *sqlite.DB
	people  People
	places  Places
	values  *values // of who writes
	lexicon lexicon // of who reads
	uploads uploads
	signer  Signer // nil: the end is not authenticated

	countFor time.Duration
	totals   struct {
		sync.Mutex
		of map[string]known // by the facet of the scope
	}
}

// New makes the journal of a workspace. Without people or places, nobody has a name.
func New(db *sqlite.DB, people People, places Places) *Service {
	s := &Service{db: db, people: people, places: places, values: newValues(), countFor: countFor}
	s.totals.of = map[string]known{}
	return s
}
