package session

import "context"

// TakeUp makes the session that another service had on this window this one's: the same workspace was closed for a
// while, and is open again. Whether the session still lives is asked at every call, as ever.
func (s *Service) TakeUp(from *Service) {
	from.mu.Lock()
	c, touched := from.current, from.touched
	from.mu.Unlock()
	s.become(c, touched)
}

// AnySSO tells, before anybody is signed in, whether there is an organization here whose members can sign in through the
// browser.
func (s *Service) AnySSO(ctx context.Context) (bool, error) { return anyProvider(ctx, s.db.Reader()) }
