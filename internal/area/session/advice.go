package session

import (
	"context"
	"time"

	"kontor/internal/core/access"
)

// adviceSpan is how far back the adviser looks.
const adviceSpan = 90 * 24 * time.Hour

// Attempt is one try at the door.
type Attempt struct {
	At      time.Time
	OK      bool
	Method  Method
	Device  string
	Address string
}

// Advice says what the person's own last ninety days would have been like under other settings.
type Advice struct {
	Days         int // how many of the ninety there is a history for
	Failures     int
	Successes    int
	Thresholds   []Threshold
	FailureMails int // notices a month if told of failures only, rounded
	AllMails     int // notices a month if told of everything, rounded
	Attempts     []Attempt
}

// Threshold is a number of failures and how often it would have locked the account.
type Threshold struct {
	After int `json:"after"`
	Locks int `json:"locks"`
}

// advised are the thresholds that are compared: below five anybody can lock the owner out, five to ten are advised.
var advised = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}

// Advise looks back over the person's own history.
func (s *Service) Advise(ctx context.Context) (Advice, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Advice{}, err
	}
	now := s.db.Now()
	all, err := attempts(ctx, s.db.Reader(), actor.AccountID, now.Add(-adviceSpan).UnixMilli())
	if err != nil {
		return Advice{}, err
	}
	return advise(all, now), nil
}

func advise(all []Attempt, now time.Time) Advice {
	a := Advice{Attempts: all, Thresholds: []Threshold{}}
	for _, t := range all {
		if t.OK {
			a.Successes++
		} else {
			a.Failures++
		}
	}
	if len(all) > 0 {
		a.Days = int(now.Sub(all[0].At).Hours()/24) + 1
		a.FailureMails = (a.Failures*30 + a.Days/2) / a.Days
		a.AllMails = ((a.Failures+a.Successes)*30 + a.Days/2) / a.Days
	}
	for _, after := range advised {
		a.Thresholds = append(a.Thresholds, Threshold{After: after, Locks: locksAt(all, after)})
	}
	return a
}

// locksAt counts how often that many consecutive failures occurred; after each the account is taken to be unlocked.
func locksAt(all []Attempt, after int) int {
	locks, run := 0, 0
	for _, t := range all {
		if t.OK {
			run = 0
			continue
		}
		if run++; run == after {
			locks, run = locks+1, 0
		}
	}
	return locks
}
