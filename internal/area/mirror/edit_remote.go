package mirror

import (
	"context"
	"errors"
	"time"
)

// Remote is what the edits need of Infomaniak, on behalf of one person. Every error is a *Trouble, or a context's.
type Remote interface {
	Profile(ctx context.Context) (Person, error)
	// PatchProfile changes the fields of the patch that are not nil; with rehearse it only tries.
	PatchProfile(ctx context.Context, p PersonPatch, rehearse bool) error
	// SetAvatar sends a square picture. Picture fetches what stands at an address of an avatar, without the
	// token; nil where that is with a host with which Kontor does not talk.
	SetAvatar(ctx context.Context, png []byte) error
	RemoveAvatar(ctx context.Context) error
	Picture(ctx context.Context, address string) ([]byte, error)
	Addresses(ctx context.Context) (emails, phones []Address, err error)
	RemoveEmail(ctx context.Context, a Address) error
	RemovePhone(ctx context.Context, a Address) error
	// Lookup reads one list: language, country or timezone.
	Lookup(ctx context.Context, list string) ([]Choice, error)

	Invite(ctx context.Context, account string, n Invitation) (Invited, error)
	Invited(ctx context.Context, account, id string) (Invited, error)
	// FindMember looks for somebody by e-mail; state is "valid", "pending", or "" where nobody is found.
	FindMember(ctx context.Context, account, email string) (state, invitation string, err error)

	Teams(ctx context.Context, account string) ([]Team, error)
	AddTeam(ctx context.Context, account, name string) (id string, err error)
	RenameTeam(ctx context.Context, account, id, name string) error
	TeamUsers(ctx context.Context, account, id string) ([]string, error)
	AddTeamUsers(ctx context.Context, account, id string, users []string) error
	RemoveTeamUsers(ctx context.Context, account, id string, users []string) error

	Passwords(ctx context.Context) ([]Password, error)
	AddPassword(ctx context.Context, name string) (id, secret string, err error)

	Zones(ctx context.Context, domain string) ([]string, error)
	Records(ctx context.Context, zone string) ([]Record, error)
	AddRecord(ctx context.Context, zone string, r Record) (id string, err error)
	// SetRecord changes the target and the TTL of the record with the id.
	SetRecord(ctx context.Context, zone string, r Record) error
	RemoveRecord(ctx context.Context, zone, id string) error
}

// Choice is one entry of a list.
type Choice struct {
	ID         int64
	Code, Name string
}

// Person is the profile as it was read. A nil pointer was not told.
type Person struct {
	ID                           string
	FirstName, LastName          string
	Email                        string
	Language, Country, Timezone  *Choice
	NoticeSuccess, NoticeFailure *bool
	LockOn                       *bool
	LockAfter                    *int
	Avatar                       string // address; "" for none
	AvatarKnown                  bool
}

// PersonPatch changes a profile. Email is always sent, and always as it was just read. What must never be changed over the
// API (the e-mail itself, password, sessions, current organization) is not part of the type.
type PersonPatch struct {
	Email                             string
	FirstName, LastName               *string
	LanguageID, CountryID, TimezoneID *int64
	NoticeSuccess, NoticeFailure      *bool
	LockOn                            *bool
	LockAfter                         *int
}

// Address is an e-mail address or a phone number. Request is true for an address that was asked for and is not confirmed.
type Address struct {
	ID, Text, Type             string
	Checked, Reminder, Request bool
}

// Invitation is what an invitation asks for.
type Invitation struct {
	Email, FirstName, LastName, Locale, Role string
	Billing, NoteBilling, NoteProducts       bool
	Silent                                   bool
	Teams                                    []string
}

// Invited is an invitation that Infomaniak knows. The links that would accept it are not part of the type.
type Invited struct {
	ID, Email, Status string
	SentAt, ExpiresAt time.Time
}

// Team is a team of an organization.
type Team struct{ ID, Name string }

// Password is an application password, without the password.
type Password struct {
	ID, Name string
	LastUsed time.Time
}

// Record is a record of a zone. The source is the name before the zone, "" for the zone itself.
type Record struct {
	ID     string `json:"id,omitempty"`
	Source string `json:"source"`
	Type   string `json:"type"`
	Target string `json:"target"`
	TTL    int    `json:"ttl"`
}

// Outcome tells how far a request came that ended with a trouble.
type Outcome int

// The outcomes.
const (
	NotSent  Outcome = iota // no byte left, or it was turned away before it was looked at (429)
	Answered                // Infomaniak has answered, and did not do it
	Unknown                 // bytes left, and no answer came that can be relied on
)

// Why a request ended with a trouble.
const (
	TroubleOffline     = "offline"
	TroubleLimited     = "limited"
	TroublePaused      = "paused" // 401: the token is refused
	TroubleScope       = "scope"  // 403: the token lacks Scope
	TroubleForbidden   = "forbidden"
	TroubleMissing     = "missing" // 404
	TroubleRefused     = "refused" // 409, 422
	TroubleMaintenance = "maintenance"
	TroubleBroken      = "broken" // 5xx
	TroubleUnreadable  = "unreadable"
	TroubleNoAnswer    = "no_answer"
)

// Trouble is why a request did not do what it was asked to.
type Trouble struct {
	Why       string
	Outcome   Outcome
	Scope     string
	Text      string // Infomaniak's own words
	Fields    []RefusalView
	RetryAt   time.Time // zero: not told
	RequestID string
	Cause     error
}

func (t *Trouble) Error() string {
	text := "infomaniak: " + t.Why
	if t.Cause != nil {
		text += ": " + t.Cause.Error()
	}
	return text
}

func (t *Trouble) Unwrap() error { return t.Cause }

func isMissing(err error) bool {
	var t *Trouble
	return errors.As(err, &t) && t.Why == TroubleMissing
}

// standOf says why something could not be asked for.
func standOf(err error) StandView {
	var t *Trouble
	switch {
	case !errors.As(err, &t):
		return StandView{Kind: "stale", Reason: "offline"}
	case t.Why == TroublePaused:
		return StandView{Kind: "paused"}
	case t.Why == TroubleScope:
		return StandView{Kind: "scope", Scope: t.Scope}
	case t.Why == TroubleUnreadable, t.Why == TroubleMaintenance:
		return StandView{Kind: t.Why}
	}
	return StandView{Kind: "stale", Reason: t.Why}
}
