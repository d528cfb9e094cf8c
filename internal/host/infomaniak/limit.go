package infomaniak

import (
	"context"
	"sync"
	"time"
)

// Infomaniak allows 60 requests in any minute. Fewer are sent: another program of the person may use the same allowance.
const (
	window   = time.Minute
	inWindow = 55
)

// lookAgain is how often the clock is looked at while one waits for it: a timer stands still while the computer sleeps.
const lookAgain = time.Second

// Priority is whose turn it is when several wait.
type Priority int

// The priorities, from the last to the first.
const (
	Background Priority = iota // what is refreshed by itself
	OnScreen                   // what a person is looking at
	Edit                       // what a person has changed
	priorities
)

type priorityKey struct{}

// With gives the requests of a context a priority. Without, it is OnScreen.
func With(ctx context.Context, p Priority) context.Context {
	return context.WithValue(ctx, priorityKey{}, p)
}

func priorityOf(ctx context.Context) Priority {
	if p, ok := ctx.Value(priorityKey{}).(Priority); ok && p >= 0 && p < priorities {
		return p
	}
	return OnScreen
}

// Limit lets at most 55 requests begin in any 60 seconds, over the whole program. Nobody is let through while somebody of a
// higher priority waits. The zero value is ready; Seed tells it of requests that were sent before the program started.
type Limit struct {
	Now func() time.Time // nil: time.Now

	mu      sync.Mutex
	sent    []time.Time // within the window, oldest first
	until   time.Time   // nothing before
	refused int         // how often Infomaniak has refused one after the other
	waiting [priorities]int
	changed chan struct{} // closed and renewed when somebody has left the queue
}

// Seed tells of requests that were begun before, in any order. One of the future, of a clock that was set back, counts as now.
func (l *Limit) Seed(at []time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, t := range at {
		if t.After(now) {
			t = now
		}
		l.insert(t)
	}
}

func (l *Limit) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}

func (l *Limit) insert(t time.Time) {
	i := len(l.sent)
	for i > 0 && l.sent[i-1].After(t) {
		i--
	}
	l.sent = append(l.sent, time.Time{})
	copy(l.sent[i+1:], l.sent[i:])
	l.sent[i] = t
}

// Shut lets nobody through before a time: Infomaniak has said so.
func (l *Limit) Shut(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.until) {
		l.until = until
	}
}

// storm is the shortest pause after a second refusal in a row; each further one doubles it, up to longestStorm.
const (
	storm        = 10 * time.Second
	longestStorm = 10 * time.Minute
)

// Refused shuts until a time that Infomaniak has told, later where it has refused before: what it tells can be wrong. It
// gives the time.
func (l *Limit) Refused(now, until time.Time) time.Time {
	l.mu.Lock()
	if l.refused++; l.refused > 1 {
		if least := now.Add(min(storm<<min(l.refused-2, 6), longestStorm)); least.After(until) {
			until = least
		}
	}
	l.mu.Unlock()
	l.Shut(until)
	return until
}

// Answered tells that Infomaniak has taken a request.
func (l *Limit) Answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused = 0
}

// Opens is when the next request can begin, as it stands now; a past time if it can begin at once.
func (l *Limit) Opens(now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.opens(now)
}

func (l *Limit) opens(now time.Time) time.Time {
	for len(l.sent) > 0 && now.Sub(l.sent[0]) >= window {
		l.sent = l.sent[1:]
	}
	at := l.until
	if len(l.sent) >= inWindow {
		if free := l.sent[len(l.sent)-inWindow].Add(window); free.After(at) {
			at = free
		}
	}
	return at
}

// wait takes a place, or gives up with the context. Whose deadline comes before the next place is told so at once, by a Fault
// with the time.
func (l *Limit) wait(ctx context.Context, p Priority) error {
	l.mu.Lock()
	l.waiting[p]++
	defer func() {
		l.waiting[p]--
		if l.changed != nil {
			close(l.changed)
			l.changed = nil
		}
		l.mu.Unlock()
	}()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		now := l.now()
		at := l.opens(now)
		if deadline, ok := ctx.Deadline(); ok && at.Sub(now) > time.Until(deadline) {
			return &Fault{Kind: Limited, Outcome: NotSent, RetryAt: at}
		}
		before := l.first(p)
		if before && !at.After(now) {
			l.insert(now)
			return nil
		}
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		changed := l.changed
		pause := min(at.Sub(now), lookAgain)
		if !before || pause <= 0 {
			pause = window // somebody else goes first: wait until the queue changes
		}
		l.mu.Unlock()
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-changed:
		}
		timer.Stop()
		l.mu.Lock()
	}
}

// first tells whether nobody of a higher priority waits.
func (l *Limit) first(p Priority) bool {
	for higher := p + 1; higher < priorities; higher++ {
		if l.waiting[higher] > 0 {
			return false
		}
	}
	return true
}
