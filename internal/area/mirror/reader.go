package mirror

import (
	"context"
	"time"
)

// Reader is what the pull needs of Infomaniak, on behalf of one person. Every call is one request. Every error is a
// *Trouble, or a context's.
type Reader interface {
	// Me reads the person, with what the token may read of it.
	Me(ctx context.Context) (Profile, error)
	Accounts(ctx context.Context) (Page[Account], error)
	Services(ctx context.Context, account string) (Page[ServiceCount], error)
	// Products, Members and RemoteDomains read one page, counted from 1.
	Products(ctx context.Context, page int) (Page[Product], error)
	RemoteDomains(ctx context.Context, page int) (Page[Domain], error)
	Members(ctx context.Context, account string, page int) (Page[Member], error)
	// Invited reads one invitation that is pending.
	Invited(ctx context.Context, account, id string) (Invited, error)
	RemoteTeams(ctx context.Context, account string) (Page[RemoteTeam], error)
	Drives(ctx context.Context, account string) (Page[Drive], error)
	// Events reads one page of a drive's activity since a moment (all of it if zero), newest first; Next leads on.
	Events(ctx context.Context, drive string, from time.Time, cursor string) (Page[Event], error)
	// Raw asks a route, with the organization in its {account} place, and returns what was answered, whatever it is; for the
	// probe report alone.
	Raw(ctx context.Context, method, route, account string, query map[string]string, body []byte) (status int, answer []byte, err error)
}

// Page is what one request for a list brought.
type Page[T any] struct {
	Rows       []T
	Unreadable int    // rows that had no id, or made no sense
	Total      int    // of the whole list, as Infomaniak tells it; -1 if it does not
	Next       string // cursor of the next page, where there are cursors
	Last       bool   // no page follows
}

// Profile is the person at Infomaniak, with sessions and devices where they were told.
type Profile struct {
	Person
	Emails, Phones []Address
	HasAddresses   bool
	Sessions       []SignIn
	HasSessions    bool
	Devices        []Device
	TwoStep        TwoStep
}

// SignIn is a sign-in at Infomaniak. It has no id there.
type SignIn struct {
	Browser, Device, Location, Address, UserAgent string
	LastActive                                    time.Time
}

// Device is a device with which the person confirms sign-ins.
type Device struct {
	ID, Name, Device, Address, UserAgent string
	LastActive, CreatedAt                time.Time
}

// TwoStep is what is told of the protection of the account.
type TwoStep struct {
	Known                  bool
	On                     bool
	Method                 string
	Methods                []string
	Rescue                 int // -1: not told
	PasswordAt, LastSignIn time.Time
}

// Account is an organization at Infomaniak. Type and Legal are its own words; no right is derived from them.
type Account struct {
	ID, Name, Type, Legal, VATNumber, Country, Address, Website, Phone, Logo string
	Street, Postcode, Place                                                  string // of the same address
}

// ServiceCount is how many products of a service an organization has.
type ServiceCount struct {
	ID, Name string
	Count    int
}

// Product is a product at Infomaniak, which has neither price nor currency there.
type Product struct {
	ID, Account, Service, ServiceID, Name, Internal, FQDN string
	Ends                                                  time.Time
	Managed, Locked                                       bool
}

// Domain is a domain at Infomaniak. Account is "" where it is not told.
type Domain struct {
	ID, Name, Account, TLD string
	Ends, Created          time.Time
	Status, Options        []string
	Premium                bool
}

// Member is somebody with access to an organization at Infomaniak. TwoStep and Billing are nil where they are not told.
type Member struct {
	ID, FirstName, LastName, Name, Email, Role, State, Invitation string
	TwoStep, Billing                                              *bool
	SSO                                                           bool
	Teams                                                         []string
	LastSignIn, InvitedAt, ExpiresAt                              time.Time
}

// RemoteTeam is a team with what it may.
type RemoteTeam struct {
	ID, Name               string
	Color, Users, Products int
	Rights                 []string
}

// Drive is a kDrive.
type Drive struct{ ID, Account, Name string }

// Event is something that happened in a drive.
type Event struct {
	ID, Action, Actor, Path, Before, File, Source, Place string
	At                                                   time.Time
}

// RequestLog is one request for the log: a route without values, and never a token. It comes before the first byte leaves,
// and again when the request has Ended.
type RequestLog struct {
	At                                time.Time
	Method, Route, RequestID, Outcome string
	Status                            int
	Took                              time.Duration
	Ended                             bool
}

// Dial leads to Infomaniak with a token that is asked for at each request, and held nowhere else. log hears of each
// request; what it refuses is not sent.
type Dial func(token func(ctx context.Context) (string, error), log func(ctx context.Context, l RequestLog) error) Reader
