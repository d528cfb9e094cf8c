package session

import (
	"fmt"
	"strconv"
	"time"

	"kontor/internal/core/fault"
)

// Limits of the number of failed attempts that locks an account. Infomaniak does not publish its own; 100 is the
// ceiling of NIST SP 800-63B, 5.2.2.
const (
	MinLockAfter = 1
	MaxLockAfter = 100
)

// Policy is how a person wants to be protected and told.
type Policy struct {
	NotifySuccess bool `json:"notifySuccess"` // tell of every sign-in
	NotifyFailure bool `json:"notifyFailure"` // tell of every failed attempt
	LockOn        bool `json:"lockOn"`
	LockAfter     int  `json:"lockAfter"` // consecutive failures that lock the account
}

// DefaultPolicy holds until the person chooses: Infomaniak publishes no default. Ten is the middle of what is advised;
// fewer than five make it cheap for anybody to lock the owner out.
var DefaultPolicy = Policy{NotifySuccess: false, NotifyFailure: true, LockOn: true, LockAfter: 10}

// Validate refuses a threshold outside the limits.
func (p Policy) Validate() error {
	var c fault.Check
	if p.LockAfter < MinLockAfter {
		c.Refuse("lockAfter", "number_too_small", "min", strconv.Itoa(MinLockAfter))
	}
	if p.LockAfter > MaxLockAfter {
		c.Refuse("lockAfter", "number_too_large", "max", strconv.Itoa(MaxLockAfter))
	}
	return c.Err()
}

// String names the settings, for the journal.
func (p Policy) String() string {
	lock := "off"
	if p.LockOn {
		lock = strconv.Itoa(p.LockAfter)
	}
	return fmt.Sprintf("success=%t failure=%t lock=%s", p.NotifySuccess, p.NotifyFailure, lock)
}

const (
	freeFailures = 3               // so many failures cost no wait
	longestWait  = 5 * time.Minute // waits double up to this
	lapse        = time.Hour       // a lock that nobody could lift ends after this
)

// guard counts the failures at one door since the last success. It is a value: every step returns the next one.
type guard struct {
	Failures    int
	FailedAt    time.Time
	LockedAt    time.Time // zero while open
	LockedAfter int
}

// wait is how long the door stays shut after that many failures: 0, 0, 0, 2, 4, 8 … 300 seconds.
func wait(failures int) time.Duration {
	over := failures - freeFailures
	if over <= 0 {
		return 0
	}
	if over > 8 {
		return longestWait
	}
	return min(time.Second<<over, longestWait)
}

// remaining is how long the door stays shut from now on. A clock that was set back makes the whole wait begin anew:
// nobody waits less for it, and nobody more than the longest wait.
func (g guard) remaining(now time.Time) time.Duration {
	if now.Before(g.FailedAt) {
		return wait(g.Failures)
	}
	return max(0, wait(g.Failures)-now.Sub(g.FailedAt))
}

// fail is the door after one more attempt, which counts as a failure until it is judged.
func (g guard) fail(now time.Time) guard {
	g.Failures++
	g.FailedAt = now
	return g
}

// judging is how long an attempt may take to be judged. One that was not judged by then never will be: the program ended.
const judging = 30 * time.Second

// full is how long the door stays shut because as many attempts as lock it are being judged. What was not judged (the
// program ended) makes wait and does not lock.
func (g guard) full(now time.Time, p Policy) time.Duration {
	if !p.LockOn || !g.LockedAt.IsZero() || g.Failures < p.LockAfter {
		return 0
	}
	if now.Before(g.FailedAt) {
		return judging
	}
	return max(0, judging-now.Sub(g.FailedAt))
}

// lock is the door after an attempt was judged to be wrong.
func (g guard) lock(now time.Time, p Policy) guard {
	if g.Failures == 0 { // somebody else's was right meanwhile
		g = g.fail(now)
	}
	if p.LockOn && g.LockedAt.IsZero() && g.Failures >= p.LockAfter {
		g.LockedAt, g.LockedAfter = now, g.Failures
	}
	return g
}

// locked tells whether the account is locked. If nobody could lift the lock (no unused recovery code, no administrator
// of a common organization) it ends by itself after an hour: the last administrator is never locked out for good.
func (g guard) locked(now time.Time, liftable bool) bool {
	if g.LockedAt.IsZero() {
		return false
	}
	return liftable || now.Before(g.LockedAt) || now.Sub(g.LockedAt) < lapse
}
