package link

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"time"

	"github.com/pkg/browser"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

// Opener hands an address to the system. It may return before the page is shown.
type Opener interface{ OpenURL(address string) error }

// Browser is the person's browser.
type Browser struct{}

// patience is how long the system's opener may take to fail. Some wait until the browser is closed.
const patience = 2 * time.Second

func init() { browser.Stdout, browser.Stderr = io.Discard, io.Discard } // what browsers print is not ours to show

// OpenURL starts the browser.
func (Browser) OpenURL(address string) error {
	done := make(chan error, 1)
	beside.Go(nil, "browser", func() { done <- beside.Try(func() error { return browser.OpenURL(address) }) })
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return nil
	}
}

// Service opens pages and notes in the journal who opened which.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
	opener  Opener
}

// NewService wires a Service.
func NewService(db *sqlite.DB, journal audit.Recorder, opener Opener) *Service {
	return &Service{db: db, journal: journal, opener: opener}
}

// Open opens a page in the browser. Nobody need be signed in: one page is for whoever cannot. Numbers that are not given
// are those that the person told once, see SetNumber. Besides the faults of URL: Conflict "manager_number" where one is
// not known yet, Unavailable "no_browser".
func (s *Service) Open(ctx context.Context, id ID, values map[string]string) error {
	values, err := s.filled(ctx, id, values)
	if err != nil {
		return err
	}
	address, err := URL(id, values)
	if err != nil {
		return err
	}
	if err := s.opener.OpenURL(address); err != nil {
		reason := "browser_failed"
		if errors.Is(err, exec.ErrNotFound) {
			reason = "no_browser"
		}
		return fault.Wrap(err, fault.Unavailable, reason)
	}
	if access.From(ctx).AccountID == "" {
		return nil
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.LinkOpened, Product: audit.Workspace, ObjectID: string(id), ObjectName: address,
		})
	})
}
