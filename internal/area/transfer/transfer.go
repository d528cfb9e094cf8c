// Package transfer follows domains on their way to Infomaniak: where each request stands, why one failed, what has to
// be true before the same request is sent again, and what every attempt cost. It promises that a restart never shows a
// new fee, that an authorization code is kept sealed and is gone once the transfer is done, and that a reading of a
// failure message is always shown as Kontor's own, with the words that it rests on.
package transfer

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
)

// Limits of what a person enters, in characters unless said otherwise.
const (
	MaxHolder  = 128
	MaxOrder   = 32
	MaxCode    = 255     // RFC 5731 sets none; no registry is known to issue longer ones
	MaxRecords = 64_000  // noted DNS records, in bytes
	MaxMessage = 1 << 20 // a failure message with its parts, in bytes
	MaxList    = 1 << 20 // a bulk list, in bytes
	MaxRows    = 5_000   // of a bulk list
)

// Stage is how far a request has come.
type Stage string

// The stages, in the order in which a request passes them.
const (
	Requested   Stage = "requested"
	CodeChecked Stage = "code_checked"
	Confirmed   Stage = "confirmed" // by the holder
	AtRegistry  Stage = "at_registry"
	Done        Stage = "done"
	Failed      Stage = "failed"
)

// Next are the stages to which a request in this one may go. A stage may be skipped, because not every registry asks for
// each of them; none is entered twice in one attempt, and what is done stays done.
func (s Stage) Next() []Stage {
	switch s {
	case Requested:
		return []Stage{CodeChecked, Confirmed, AtRegistry, Done, Failed}
	case CodeChecked:
		return []Stage{Confirmed, AtRegistry, Done, Failed}
	case Confirmed:
		return []Stage{AtRegistry, Done, Failed}
	case AtRegistry:
		return []Stage{Done, Failed}
	case Done, Failed: // a failed one goes on with a restart
	}
	return []Stage{}
}

// Open tells whether something is still expected to happen by itself.
func (s Stage) Open() bool { return len(s.Next()) > 0 }

// Transfer is one request to bring a domain to Infomaniak, however many attempts it takes.
type Transfer struct {
	ID        string
	Domain    string // in ASCII, as registries keep it
	Holder    string // who the domain belongs to, in the person's words
	Registrar string // the one that it leaves
	Order     string // number of the order that was paid
	Stage     Stage
	Since     time.Time // when the stage was reached
	Asked     bool      // restarted by the person's word; what came of it is not known yet
	Facts     Facts
	RestartBy time.Time // as the failure message says; zero if it does not
	Code      Code
	Records   string // DNS records that the person noted
	Version   int    // optimistic concurrency
	Created   time.Time
}

// Facts are what is known of a domain; a day of 0 is not known.
type Facts struct {
	Registered day.Day // first registered
	Moved      day.Day // last transferred between registrars
	Expires    day.Day
}

// Code is what may be told of an authorization code; the code itself is in the vault.
type Code struct {
	EnteredAt time.Time // when it was entered; zero if there is none
	Used      int       // the attempt that it was used in; 0 if it is fresh
}

// Attempt is one line of the ledger of a request.
type Attempt struct {
	Number  int
	Started time.Time
	Ended   time.Time // zero while it runs
	Outcome Stage     // Done, Failed, or "" while it runs
	Cause   Cause     // why it failed; "" if that is not known
	EPP     int       // the registry's result code; 0 if none was given
	Fee     *money.Amount
}

// New is what a request is made of.
type New struct {
	Domain    string
	Holder    string
	Registrar string
	Order     string
	Fee       *money.Amount // of the first attempt; nil if it is not known
	Code      string
	Facts     Facts
	Started   time.Time // now if zero
	Pending   bool      // it is still to be asked for in the Manager
}

// Validate tidies the fields and refuses what cannot stand.
func (n *New) Validate(now time.Time, today day.Day) error {
	var c fault.Check
	name, reason := Name(n.Domain)
	if reason != "" {
		input.Refuse(&c, "domain", n.Domain, &input.Refusal{Code: reason, Params: []string{"domain", input.Hyphens(n.Domain)}})
	}
	n.Domain = name
	n.Holder = input.Line(&c, "holder", n.Holder, MaxHolder, false)
	n.Registrar = input.Line(&c, "registrar", n.Registrar, MaxHolder, false)
	n.Order = input.Line(&c, "order", n.Order, MaxOrder, false)
	if n.Fee != nil && n.Fee.Sign() < 0 {
		c.Refuse("fee", "number_too_small", "min", "0")
	}
	if n.Code != "" {
		n.Code = input.Code(&c, "code", n.Code, MaxCode, true)
	}
	if n.Started.IsZero() {
		n.Started = now
	}
	if n.Started.After(now) {
		c.Refuse("started", "date_in_future")
	}
	n.Facts.check(&c, today)
	return c.Err()
}

// Update changes what is known of a request; nil leaves a field as it is.
type Update struct {
	Holder    *string
	Registrar *string
	Order     *string
	Facts     *Facts
	RestartBy *time.Time
}

// Validate tidies the fields and refuses what cannot stand.
func (u *Update) Validate(today day.Day) error {
	var c fault.Check
	for _, f := range []struct {
		name string
		text *string
		most int
	}{{"holder", u.Holder, MaxHolder}, {"registrar", u.Registrar, MaxHolder}, {"order", u.Order, MaxOrder}} {
		if f.text != nil {
			*f.text = input.Line(&c, f.name, *f.text, f.most, false)
		}
	}
	if u.Facts != nil {
		u.Facts.check(&c, today)
	}
	return c.Err()
}

func (f Facts) check(c *fault.Check, today day.Day) {
	if f.Registered > today {
		c.Refuse("registered", "date_in_future")
	}
	if f.Moved > today {
		c.Refuse("moved", "date_in_future")
	}
	if f.Registered != 0 && f.Moved != 0 && f.Moved < f.Registered {
		c.Refuse("moved", "before_registration")
	}
	if f.Registered != 0 && f.Expires != 0 && f.Expires < f.Registered {
		c.Refuse("expires", "before_registration")
	}
}
