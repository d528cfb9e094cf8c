package replica

import (
	"context"
	"os"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
	"kontor/internal/host/replica"
)

// How the sending goes along. A start comes first. Changes that come together are sent together; where a snapshot takes
// long, the next one waits for twenty times as long. What another program has written to the database is looked for once a
// minute, by the file's times alone.
const (
	first  = 3 * time.Second
	lag    = 3 * time.Second
	share  = 20
	glance = time.Minute
	soon   = 10 * time.Second // after a place did not answer
	later  = time.Minute      // after it has not for a while
	aWhile = 5 * time.Minute
)

// goodbye is for the last changes, when Kontor is closed.
var goodbye = 2 * time.Second

// Start begins to send what changes, if that was asked for. It waits for nothing.
func (s *Service) Start() {
	if err := s.begin(context.Background()); err != nil {
		s.o.Log.Error("replica", "error", err)
	}
}

func (s *Service) begin(ctx context.Context) error {
	w, err := s.where(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.o.Changed()
	if s.stop != nil {
		return err
	}
	if s.status = (Status{}); err != nil || w.Address == "" {
		return err
	}
	s.status.On = true
	s.opened.Store(false)
	work, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.o.DB.Watch(s.changed)
	beside.In(&s.done, s.o.Log, "replica", func() { s.work(work) })
	return nil
}

// changed is called after each commit.
func (s *Service) changed() {
	s.mu.Lock()
	news := s.since.IsZero()
	if news {
		s.since = s.o.DB.Now()
	}
	if s.status.Behind.IsZero() {
		s.status.Behind = s.since
	}
	s.mu.Unlock()
	if news {
		s.nudge()
	}
}

func (s *Service) nudge() {
	select {
	case s.wake <- struct{}{}:
	default: // somebody did already
	}
}

// halt ends the work; what is being sent counts for nothing.
func (s *Service) halt() {
	s.mu.Lock()
	stop := s.stop
	s.stop = nil
	s.mu.Unlock()
	if stop != nil {
		s.o.DB.Watch(nil)
		stop()
		s.done.Wait()
	}
}

// Stop ends what Start began. The last changes get two seconds, if the place has answered the last time, and are else sent after
// the next start.
func (s *Service) Stop() {
	s.mu.Lock()
	working := s.stop != nil
	s.mu.Unlock()
	s.halt()
	s.mu.Lock()
	st := s.status
	s.mu.Unlock()
	if !working || !st.Looked || st.Fault != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	if !st.Behind.IsZero() {
		if _, err := s.send(ctx); err != nil {
			s.o.Log.Info("replica: the last changes are sent after the next start", "error", err)
			return
		}
	}
	if err := s.at(ctx, func(l *replica.Line) error { return l.Close(ctx, true) }); err != nil {
		s.o.Log.Info("replica: the place does not know that this computer is done", "error", err)
	}
}

func (s *Service) work(ctx context.Context) {
	for wait := first; s.rest(ctx, wait); {
		wait = s.round(ctx)
	}
}

// rest waits so long, or, after a change, until those that come with it are there.
func (s *Service) rest(ctx context.Context, wait time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return true
	case <-s.wake:
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(min(wait, s.pace)):
		return true
	}
}

// round sends what there is to be sent, and tells when to look again.
func (s *Service) round(ctx context.Context) time.Duration {
	st, is := s.now(), s.stamp()
	if st.Looked && st.Fault == nil && st.Behind.IsZero() && is == s.seen {
		return glance
	}
	s.seen = is
	began := time.Now()
	err := beside.Try(func() error { _, err := s.send(ctx); return err })
	s.pace = max(lag, share*time.Since(began))
	switch {
	case err == nil:
		return glance
	case s.now().Paused(), time.Since(s.now().failing) > aWhile:
		return later
	}
	return soon
}

func (s *Service) now() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// stamp is what tells of the database's files that somebody wrote to them.
func (s *Service) stamp() (is [2]time.Time) {
	for n, part := range []string{"", "-wal"} {
		if info, err := os.Stat(s.o.DB.Path() + part); err == nil {
			is[n] = info.ModTime()
		}
	}
	return is
}

// send sends what has changed and keeps how it went.
func (s *Service) send(ctx context.Context) (sent replica.Sent, err error) {
	s.busy.Lock()
	defer s.busy.Unlock()
	s.mu.Lock()
	s.since = time.Time{} // whatever is written from here on may not be in the snapshot
	s.mu.Unlock()
	from, err := s.source()
	if err == nil {
		err = s.there(ctx, func(l *replica.Line) error {
			if err := s.forget(ctx, l, from); err != nil {
				return err
			}
			if sent, err = l.Send(ctx, from); err != nil && sent.Name == "" {
				return err
			}
			if err != nil { // what was sent counts; what is too much there is removed the next time
				s.o.Log.Warn("replica: older versions could not be removed", "error", err)
			}
			if s.opened.Load() {
				return nil
			}
			if err := l.Close(ctx, false); err != nil {
				return err
			}
			s.opened.Store(true)
			return nil
		})
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	s.mu.Lock()
	defer s.o.Changed()
	defer s.mu.Unlock()
	st := &s.status
	if err == nil {
		st.Looked, st.Fault, st.failing, st.Behind = true, nil, time.Time{}, s.since
		if sent.Name != "" {
			st.Last = sent
		}
		return sent, nil
	}
	if ctx.Err() == nil {
		if st.Fault == nil {
			st.failing, st.Since = time.Now(), s.o.DB.Now()
		}
		if fault.ReasonOf(st.Fault) != fault.ReasonOf(err) {
			s.o.Log.Warn("replica: nothing is sent", "error", err)
		}
		st.Fault = err
	}
	return sent, err
}

// SendNow sends what has changed at once. Where this program sends nothing by itself, as on the command line, the place is told that
// this computer is done. Requires access.KeepWorkspace.
func (s *Service) SendNow(ctx context.Context) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if w, err := s.where(ctx); err != nil || w.Address == "" {
		return err
	}
	if _, err := s.send(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	working := s.stop != nil
	s.mu.Unlock()
	if working {
		return nil
	}
	return s.at(ctx, func(l *replica.Line) error { return l.Close(ctx, true) })
}
