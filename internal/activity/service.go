package activity

import "kontor/internal/sqlite"

// Service is the journal of one workspace.
type Service struct {
	db     *sqlite.DB
	values *values
}

// New makes the journal of a workspace.
func New(db *sqlite.DB) *Service { return &Service{db: db, values: newValues()} }
