package mirror

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Options wire a Service.
type Options struct {
	DB      *sqlite.DB
	Journal audit.Recorder
	Sample  bool   // the sample workspace: it connects to nothing
	Changed func() // called after something new may be shown, from any goroutine; may be nil
}

// Service keeps the connections, reads what is due, and shows what was read.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
	sample  bool
	changed func()
}

// NewService wires a service. Nothing is asked of the network before Start.
func NewService(o Options) *Service {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Service{db: o.DB, journal: o.Journal, sample: o.Sample, changed: o.Changed}
}

// owner is whoever acts, if the account may connect at all.
func (s *Service) owner(ctx context.Context) (access.Actor, error) {
	return access.Require(ctx, access.OwnAccount)
}

// connected is the owner of a connection that can be used.
func (s *Service) connected(ctx context.Context) (access.Actor, error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return actor, err
	}
	if s.sample {
		return actor, fault.New(fault.Conflict, ReasonSample)
	}
	return actor, fault.New(fault.Conflict, ReasonNotConnected)
}
