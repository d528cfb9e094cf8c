// Package activity keeps the journal of what was done: who, when, in which product, with which result. Entries are
// only ever added, in the transaction of the change that they tell of, and each carries a hash over itself and its
// predecessor, so that Verify finds what was edited, removed or moved behind the program's back.
//
// People are named by id. Where an old or new value is personal it is sealed under a key of that person; Forget
// destroys the key, and with it the value and its words in the text index, while the chain still verifies because it
// covers the sealed form. Such values are shown to, and found by, that person and whoever made the change; nobody else.
package activity

import (
	"math"
	"time"
	"unicode/utf8"

	"kontor/internal/host/audit"
)

// Limits of one entry. What is longer is cut: an act must never fail because its description is long.
const (
	MaxName  = 512  // bytes of an object's id or name
	MaxValue = 4096 // bytes of an old or new value
)

// Entry is one act, as the journal keeps it.
type Entry struct {
	ID             int64 // order in time; newer is larger
	Seq            int64 // place in the chain, from 1
	At             time.Time
	AccountID      string // who; "" where nobody was signed in
	OrganizationID string // "" where it concerns none
	Product        audit.Product
	Action         audit.Action
	ObjectID       string
	ObjectName     string
	Result         audit.Result
	SessionID      string
	PersonID       string // whose data Old and New are; "" if nobody's
	Old, New       string
	Hidden         Hidden // why Old and New are empty although the entry has them
	ImportID       string // "" for this computer's own entries
	Source         string // the program that wrote an imported entry, as the person called it; no part of the chain
	Hash           []byte
}

// Hidden tells why a personal value is not shown.
type Hidden string

// Reasons for not showing a value.
const (
	Shown    Hidden = ""
	NotYours Hidden = "not_yours" // it is somebody else's
	Erased   Hidden = "erased"    // it does not open: the key that it was sealed under is destroyed
)

// An id carries the moment in its upper bits; the lower ones number the entries of one millisecond.
const (
	idBits     = 20
	sameMoment = 1 << idBits
)

func firstID(t time.Time) int64 {
	ms := t.UnixMilli()
	switch {
	case ms < 0:
		return 0
	case ms > math.MaxInt64>>idBits:
		return math.MaxInt64
	}
	return ms << idBits
}

func moment(id int64) time.Time { return time.UnixMilli(id >> idBits).UTC() }

var resultNo = map[audit.Result]int64{audit.OK: 1, audit.Failed: 2, audit.Refused: 3}

func resultOf(no int64) audit.Result {
	for r, n := range resultNo {
		if n == no {
			return r
		}
	}
	return ""
}

// cut shortens s to at most limit bytes of valid UTF-8, with an ellipsis where something is missing.
func cut(s string, limit int) string {
	if len(s) <= limit && utf8.ValidString(s) {
		return s
	}
	valid := make([]rune, 0, len(s))
	for _, r := range s {
		valid = append(valid, r) // an invalid byte ranges as U+FFFD
	}
	s = string(valid)
	if len(s) <= limit {
		return s
	}
	const ellipsis = "…"
	end := limit - len(ellipsis)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + ellipsis
}
