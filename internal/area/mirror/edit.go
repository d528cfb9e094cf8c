package mirror

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of what is refused about edits.
const (
	ReasonNotConnected   = "mirror_not_connected"   // everything that needs Infomaniak while the account is not connected
	ReasonAlreadyInvited = "mirror_already_invited" // an invitation for the address is on its way or open
	ReasonNotRead        = "mirror_not_read"        // what shall be changed was never read
)

// The states of an edit. A trigger of the database holds the moves between them.
const (
	editWaiting   = "waiting"   // has not left this computer
	editSending   = "sending"   // its bytes may be leaving
	editRequested = "requested" // accepted, not yet read back
	editConfirmed = "confirmed" // read back
	editRefused   = "refused"   // Infomaniak will not
	editDiffers   = "differs"   // accepted, and something else is read
	editConflict  = "conflict"  // changed on both sides: nothing was sent
	editUncertain = "uncertain" // sent, and no answer came
	editWithdrawn = "withdrawn"
)

// The kinds of edits, and what they do.
const (
	kindProfile    = "profile"
	kindAvatar     = "avatar"
	kindEmail      = "email"
	kindPhone      = "phone"
	kindInvitation = "invitation"
	kindTeam       = "team"
	kindTeamUsers  = "team_users"
	kindPassword   = "application_password"
	kindRecord     = "record"

	actSet    = "set"
	actAdd    = "add"
	actRemove = "remove"
)

// edit is one row of the queue.
type edit struct {
	id, account, kind, act, field, resource, slot, remoteAccount, object, zone string

	base, mine, theirs value
	baseAt, theirsAt   time.Time
	data               []byte

	once                                           bool // must not be made twice
	state                                          string
	sends, tries, looks                            int
	createdAt, changedAt, sentAt, nextAt, giveUpAt time.Time
	reason, scope, detail, requestID               string
	refusals                                       []RefusalView
}

// Connections are what the edits need of the connections to Infomaniak.
type Connections interface {
	// Connected tells whether an account may change something at Infomaniak; one that is paused may: it waits.
	// Errors: Conflict/ReasonNotConnected, Conflict/ReasonSample.
	Connected(ctx context.Context, q sqlite.Queryer, accountID string) error
	// Background tells whether whoever is signed in wishes Infomaniak to be asked without being told to.
	Background(ctx context.Context, q sqlite.Queryer) (bool, error)
	// Remote leads to Infomaniak with the token of an account; an error while there is none, or it is refused.
	Remote(ctx context.Context, accountID string) (Remote, error)
	// Stand is how old an area is, and why nothing newer is known.
	Stand(ctx context.Context, q sqlite.Queryer, accountID, area string) (StandView, error)
	// Person is the profile as last read. Error: NotFound.
	Person(ctx context.Context, q sqlite.Queryer, accountID string) (Person, time.Time, error)
	// KeepPerson takes over a profile that was just read.
	KeepPerson(ctx context.Context, tx *sqlite.Tx, accountID string, p Person) error
	// Addresses are the e-mails and phones as last read, and when.
	Addresses(ctx context.Context, q sqlite.Queryer, accountID string) (emails, phones []Address, at time.Time, err error)
	// KeepAddresses takes over what was just read.
	KeepAddresses(ctx context.Context, tx *sqlite.Tx, accountID string, emails, phones []Address) error
	// AccountNames are the organizations at Infomaniak, by id.
	AccountNames(ctx context.Context, q sqlite.Queryer, accountID string) (map[string]string, error)
	// TeamName is what a team is called. Error: NotFound.
	TeamName(ctx context.Context, q sqlite.Queryer, accountID, remoteAccount, team string) (string, error)
	// Domains are the names of the domains as last read.
	Domains(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error)
	// Heard tells that Infomaniak refused the token, or that it lacks a scope, when an area was asked for.
	Heard(ctx context.Context, tx *sqlite.Tx, accountID, area string, t *Trouble) error
}

// EditOptions wire Edits.
type EditOptions struct {
	DB          *sqlite.DB
	Journal     audit.Recorder
	Connections Connections
	Reauth      access.Reauthenticator // before an application password is made
	Log         *slog.Logger
	Changed     func() // called after an edit moved, from any goroutine; may be nil
}

// Edits keeps what a person changes at Infomaniak, sends it, and reads it back. Its rule is that of a mail: what may have
// left this computer is never sent again before a reading has shown that it had no effect, and what must not be made
// twice is not sent again at all but by a person.
type Edits struct {
	db          *sqlite.DB
	journal     audit.Recorder
	connections Connections
	reauth      access.Reauthenticator
	log         *slog.Logger
	changed     func()
	name        string // of this running program, in claims

	wake   chan struct{}
	mu     sync.Mutex
	stop   context.CancelFunc // nil while the loop does not run
	ended  chan struct{}
	awake  bool // the network may be asked: somebody has done something since the start, or wishes it in the background
	passes sync.Mutex

	secrets secrets
}

// NewEdits wires the edits. Nothing is sent before Start.
func NewEdits(o EditOptions) *Edits {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Edits{
		db: o.DB, journal: o.Journal, connections: o.Connections, reauth: o.Reauth, log: o.Log, changed: o.Changed,
		name: uuid.NewString(), wake: make(chan struct{}, 1),
	}
}

// owner is whoever acts; everything here is that account's alone.
func (e *Edits) owner(ctx context.Context) (access.Actor, error) {
	return access.Require(ctx, access.OwnAccount)
}

// connected is whoever acts, if the account is connected.
func (e *Edits) connected(ctx context.Context) (access.Actor, error) {
	actor, err := e.owner(ctx)
	if err != nil {
		return actor, err
	}
	return actor, e.connections.Connected(ctx, e.db.Reader(), actor.AccountID)
}

// change writes, then wakes the loop and tells the window.
func (e *Edits) change(ctx context.Context, fn func(tx *sqlite.Tx) error) error {
	return e.db.Write(ctx, func(tx *sqlite.Tx) error {
		tx.AfterCommit(func() { e.Wake(); e.changed() })
		return fn(tx)
	})
}

// record writes the one line that the journal gets when an edit has come to a decision; what the edit says is not in it.
func (e *Edits) record(ctx context.Context, tx *sqlite.Tx, x edit, to string) error {
	result := audit.OK
	switch to {
	case editRefused:
		result = audit.Refused
	case editDiffers, editConflict, editUncertain:
		result = audit.Failed
	}
	actor := access.From(ctx)
	actor.OrganizationID = "" // no organization reads it
	return e.journal.Record(access.With(ctx, actor), tx, audit.Entry{
		Action: audit.ItemChanged, Product: audit.Mirror, ObjectID: x.id, ObjectName: x.kind, New: to, Result: result, AccountID: x.account,
	})
}

// isOver tells whether an edit has come to its end.
func isOver(state string) bool { return state == editConfirmed || state == editWithdrawn }

// notFoundIsNil is for what may be gone.
func notFoundIsNil(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}
