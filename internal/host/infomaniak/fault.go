package infomaniak

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind is why a request did not do what it was asked to.
type Kind string

// The kinds.
const (
	Unauthorized Kind = "unauthorized" // 401: the token is refused
	NeedsScope   Kind = "needs_scope"  // 403: the token lacks Scopes
	Forbidden    Kind = "forbidden"    // 403 for another reason: the person may not
	Missing      Kind = "missing"      // 404, 410
	Conflict     Kind = "conflict"     // 409
	Invalid      Kind = "invalid"      // 400, 422, with Fields
	Limited      Kind = "limited"      // 429; not before RetryAt
	Maintenance  Kind = "maintenance"  // 503 that says so
	Broken       Kind = "broken"       // any other 5xx
	Unreadable   Kind = "unreadable"   // an answer that is none: HTML, "asynchronous", an error with status 200, another shape
	TooLarge     Kind = "too_large"    // more than 8 MiB
	TooSlow      Kind = "too_slow"     // more than a minute
	Redirected   Kind = "redirected"   // to another place; the token does not follow
	Offline      Kind = "offline"      // no connection
	Cut          Kind = "cut"          // the connection ended within the answer
)

// Outcome is how far a request came that ended with a fault. It decides whether a write may be sent again.
type Outcome string

// The outcomes.
const (
	NotSent  Outcome = "not_sent" // no byte left, or it was turned away before it was looked at (429)
	Answered Outcome = "answered" // Infomaniak has answered
	Unknown  Outcome = "unknown"  // bytes left, and no answer came that can be relied on
)

// Field is what Infomaniak says of one field of what was sent.
type Field struct {
	Name string // as Infomaniak calls it: "firstname"
	Code string
	Text string
	// Values are what it would take instead, where that was told.
	Values []string
}

// Fault is why a request failed.
type Fault struct {
	Kind      Kind
	Outcome   Outcome
	Status    int    // of HTTP; 0 where no answer came
	Code      string // Infomaniak's word
	Text      string // Infomaniak's sentence, at most 500 characters; not for the journal
	Fields    []Field
	Scopes    []string  // that are missing
	RetryAt   time.Time // zero: nothing was told
	RequestID string
	Route     string
	Cause     error
}

func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "infomaniak: %s %s", f.Route, f.Kind)
	if f.Status > 0 {
		fmt.Fprintf(&b, " (%d %s)", f.Status, f.Code)
	}
	if f.Cause != nil {
		fmt.Fprintf(&b, ": %v", f.Cause)
	}
	return b.String()
}

func (f *Fault) Unwrap() error { return f.Cause }

func asFault(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}
