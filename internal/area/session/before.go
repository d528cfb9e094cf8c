package session

import (
	"context"

	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// TakeUp makes the session that another service had on this window this one's: the same workspace was closed for a
// while, and is open again. Whether the session still lives is asked at every call, as ever.
func (s *Service) TakeUp(from *Service) {
	from.mu.Lock()
	c, touched := from.current, from.touched
	from.mu.Unlock()
	s.become(c, touched)
}

// TakeUpLocked is TakeUp of a window that was left alone meanwhile: its session opens nothing until it is proved anew.
func (s *Service) TakeUpLocked(ctx context.Context, from *Service) error {
	from.mu.Lock()
	id := from.current.SessionID
	from.mu.Unlock()
	if id == "" {
		return nil
	}
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO session_lock (session_id, locked_at) SELECT id, ? FROM session WHERE id = ? ON CONFLICT DO NOTHING",
			sqlite.Millis(tx.Now), id)
		return err
	})
	if err == nil {
		s.TakeUp(from)
	}
	return err
}

// AnySSO tells, before anybody is signed in, whether there is an organization here whose members can sign in through the
// browser.
func (s *Service) AnySSO(ctx context.Context) (bool, error) { return anyProvider(ctx, s.db.Reader()) }

// CloseDead ends the sessions that went with their window without having been signed out. It is called when a window
// begins, before anybody signs in: a person at the operating system has one window on a workspace, so no other session of
// that person on this computer lives but those that are to be resumed, and the one that it took up.
func (s *Service) CloseDead(ctx context.Context) error {
	s.mu.Lock()
	mine := s.current.SessionID
	s.mu.Unlock()
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		dead, err := closeDead(ctx, tx, s.device, s.seat, mine)
		if err != nil {
			return err
		}
		for _, one := range dead {
			if err := s.journal.Record(ctx, tx, audit.Entry{
				Action: audit.SessionEnded, Product: audit.Session, ObjectID: one.ID, New: "closed", AccountID: one.AccountID,
			}); err != nil {
				return err
			}
		}
		return nil
	})
}
