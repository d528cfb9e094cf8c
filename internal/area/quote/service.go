package quote

import (
	"context"
	"fmt"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of refused changes.
const (
	ReasonState   = "quote_state"   // the quote has come too far, or not far enough
	ReasonExpired = "quote_expired" // its last day is over: revise it
	ReasonRevised = "quote_revised" // a later revision was sent
)

// Reasons for which a quote is not kept or sent until the person says yes: the same call with them in its confirmed ones.
const (
	ReasonListEnded  = "quote_list_ended"  // its price list is over; date: its last day
	ReasonListFuture = "quote_list_future" // its price list does not apply yet; date: its first day
	ReasonBelowFloor = "quote_below_floor" // lines are below what was set as the least; lines: their numbers, from 1
)

// Soon is how many days before its last one Home tells of an open quote.
const Soon = 7

// Prices is what quotes are computed from. Book "" is the newest list of the organization's currency.
type Prices interface {
	Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string) (Catalogue, error)
}

// Names knows what the organization that the actor works in is called.
type Names interface {
	CurrentName(ctx context.Context) (string, error)
}

// Service makes quotes for the organization that the actor works in.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
	prices  Prices
	clients Clients
	names   Names
	sender  Sender
	post    Post
	opener  Opener
	clock   day.Clock
}

// Options are what a service works with.
type Options struct {
	DB      *sqlite.DB
	Journal audit.Recorder
	Prices  Prices
	Clients Clients
	Names   Names
	Sender  Sender
	Post    Post
	Opener  Opener
	Clock   day.Clock
}

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service {
	return &Service{db: o.DB, journal: o.Journal, prices: o.Prices, clients: o.Clients, names: o.Names, sender: o.Sender, post: o.Post, opener: o.Opener, clock: o.Clock}
}

// Today is the day where the person is.
func (s *Service) Today(ctx context.Context) day.Day { return s.clock.Today(ctx) }

// enter asks for the permission and for what the actor may see.
func (s *Service) enter(ctx context.Context) (sight, error) {
	actor, err := access.Require(ctx, access.WriteQuotes)
	seen := sight{actor: actor, clients: []string{}}
	if err != nil || actor.Can(access.ManageQuotes) {
		return seen, err
	}
	clients, err := s.clients.Clients(ctx)
	for _, c := range clients {
		seen.clients = append(seen.clients, c.ID)
	}
	return seen, err
}

// List returns a part of the quotes that the actor may see. Requires access.WriteQuotes.
func (s *Service) List(ctx context.Context, f Filter) (p Page, err error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return p, err
	}
	if err := f.Validate(); err != nil {
		return p, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		p, err = list(ctx, q, seen, f, s.Today(ctx))
		return err
	})
	return p, err
}

// Get returns a quote. Requires access.WriteQuotes.
func (s *Service) Get(ctx context.Context, id string) (Quote, error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return Quote{}, err
	}
	found, err := one(ctx, s.db.Reader(), seen, id)
	return found.Quote, err
}

// Clients lists whom a quote can be for, besides prospects. Requires access.WriteQuotes.
func (s *Service) Clients(ctx context.Context) ([]Choice, error) {
	if _, err := access.Require(ctx, access.WriteQuotes); err != nil {
		return nil, err
	}
	return s.clients.Clients(ctx)
}

// Preview computes a form without keeping it. Requires access.WriteQuotes.
func (s *Service) Preview(ctx context.Context, f Form) (b Basis, a Answer, err error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return b, a, err
	}
	to, err := s.recipient(ctx, f)
	if err != nil {
		return b, a, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		b, err = s.basis(ctx, q, seen, f, to, s.Today(ctx))
		return err
	})
	if err != nil {
		return b, a, err
	}
	a, err = Compute(b)
	return b, a, err
}

// recipient is the record of the client that a form is for; the zero Client for a prospect, and for one who is not there,
// which addressed tells.
func (s *Service) recipient(ctx context.Context, f Form) (Client, error) {
	if f.ClientID == "" {
		return Client{}, nil
	}
	to, err := s.clients.Client(ctx, f.ClientID)
	if fault.CodeOf(err) == fault.NotFound {
		return Client{}, nil
	}
	return to, err
}

func (s *Service) basis(ctx context.Context, q sqlite.Queryer, seen sight, f Form, to Client, today day.Day) (Basis, error) {
	catalogue, err := s.prices.Catalogue(ctx, q, seen.actor.OrganizationID, f.Book)
	if err != nil {
		return Basis{}, err
	}
	return f.parse(catalogue, to, today)
}

// Save keeps a new quote (id "") or changes a draft, and returns its id. The prices of this moment are frozen with it.
// Requires access.WriteQuotes. Errors: Invalid; Conflict if it is no draft any more or was changed elsewhere.
func (s *Service) Save(ctx context.Context, id string, version int, f Form) (string, error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return "", err
	}
	if f, err = s.addressed(ctx, f); err != nil {
		return "", err
	}
	to, err := s.recipient(ctx, f)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		q, err := s.begun(ctx, tx, seen, id, version)
		if err != nil {
			return err
		}
		if err := s.fill(ctx, tx, seen, &q, f, to); err != nil {
			return err
		}
		entry := audit.Entry{Action: audit.ItemChanged, New: summary(q)}
		if id == "" {
			entry.Action = audit.ItemAdded
		}
		id = q.ID
		return s.save(ctx, tx, seen.actor, q, entry)
	})
	return id, err
}

// addressed puts the client's own name into a form.
func (s *Service) addressed(ctx context.Context, f Form) (Form, error) {
	if f.ClientID == "" {
		return f, nil
	}
	clients, err := s.clients.Clients(ctx)
	if err != nil {
		return f, err
	}
	for _, c := range clients {
		if c.ID == f.ClientID {
			f.Name = c.Name
			return f, nil
		}
	}
	var c fault.Check
	c.Refuse("client", "not_a_choice")
	return f, c.Err()
}

// begun is the draft that is changed, or a new one.
func (s *Service) begun(ctx context.Context, tx *sqlite.Tx, seen sight, id string, version int) (q Quote, err error) {
	if id != "" {
		return s.changeable(ctx, tx, seen, id, version, Draft)
	}
	q = Quote{ID: tx.NewID(), Year: s.clock.Of(ctx, tx.Now).Time().Year(), Revision: 1, AuthorID: seen.actor.AccountID, State: Draft, Created: tx.Now}
	return q, s.give(ctx, tx, seen.actor.OrganizationID, &q)
}

// fill puts a form into a draft; what is wrong in it is told at once.
func (s *Service) fill(ctx context.Context, tx *sqlite.Tx, seen sight, q *Quote, f Form, to Client) error {
	var c fault.Check
	c.Merge("", f.head(q, s.clock.Of(ctx, tx.Now)))
	b, err := s.basis(ctx, tx, seen, f, to, s.clock.Of(ctx, tx.Now))
	if err != nil && fault.CodeOf(err) != fault.Invalid {
		return err
	}
	c.Merge("", err)
	q.Basis = b
	if err := c.Err(); err != nil {
		return err
	}
	if err := b.askList(s.clock.Of(ctx, tx.Now), f.Confirmed); err != nil {
		return err
	}
	return b.askFloor(f.Confirmed)
}

// changeable is a quote in a state, unless it was changed elsewhere since version.
func (s *Service) changeable(ctx context.Context, tx *sqlite.Tx, seen sight, id string, version int, state State) (Quote, error) {
	q, err := one(ctx, tx, seen, id)
	if err == nil {
		err = fault.SameVersion(q.Version, version)
	}
	switch {
	case err != nil:
		return Quote{}, err
	case q.State != state:
		return Quote{}, fault.New(fault.Conflict, ReasonState)
	case state == Draft:
		return q.Quote, s.notOnItsWay(ctx, tx, id)
	}
	return q.Quote, nil
}

// save freezes a draft anew and writes it with the journal's entry.
func (s *Service) save(ctx context.Context, tx *sqlite.Tx, actor access.Actor, q Quote, entry audit.Entry) error {
	text, answer, err := freeze(q.Basis)
	if err != nil {
		return err
	}
	q.Answer = answer
	if err := write(ctx, tx, actor.OrganizationID, q, text); err != nil {
		return err
	}
	return s.record(ctx, tx, q, entry)
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, q Quote, entry audit.Entry) error {
	entry.Product, entry.ObjectID, entry.ObjectName = audit.Partner, q.ID, q.Number()
	return s.journal.Record(ctx, tx, entry)
}

// summary is a draft in one line for the journal.
func summary(q Quote) string {
	return fmt.Sprintf("%s; %d × %d; %s", q.State, len(q.Basis.Lines), len(q.Basis.Scenarios), q.Basis.Book.Currency)
}

// Recompute computes a quote again from what was frozen and compares every step. Requires access.WriteQuotes.
func (s *Service) Recompute(ctx context.Context, id string) (Proof, error) {
	seen, err := s.enter(ctx)
	if err != nil {
		return Proof{}, err
	}
	q, err := one(ctx, s.db.Reader(), seen, id)
	if err != nil {
		return Proof{}, err
	}
	return prove(q.text)
}

// Exported tells the journal that a quote goes into a file of a format; its number is spent. Requires access.WriteQuotes.
func (s *Service) Exported(ctx context.Context, id, format string) error {
	return s.left(ctx, id, audit.Entry{Action: audit.DataExported, New: format})
}

// Any tells whether there is a quote that the actor may see. Requires access.WriteQuotes.
func (s *Service) Any(ctx context.Context) (bool, error) {
	p, err := s.List(ctx, Filter{Sort: "number", Limit: 1})
	return p.Counts.All > 0, err
}

// Ending lists open quotes whose last day is near, the nearest first. Requires access.WriteQuotes.
func (s *Service) Ending(ctx context.Context) ([]Entry, error) {
	p, err := s.List(ctx, Filter{Show: "open", Sort: "until", Limit: MaxPage})
	if err != nil {
		return nil, err
	}
	near := []Entry{}
	for _, e := range p.Entries {
		if e.ValidUntil <= s.Today(ctx)+Soon {
			near = append(near, e)
		}
	}
	return near, nil
}
