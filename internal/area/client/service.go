package client

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/vat"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of refused changes.
const (
	ReasonState = "client_state" // the collaboration has ended, or has not begun
)

// Members knows who belongs to the organization, in which role.
type Members interface {
	Membership(ctx context.Context, accountID, organizationID string) (access.Role, []access.Capability, error)
}

// Places knows where organizations sit.
type Places interface {
	Country(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
}

// People knows accounts by their names.
type People interface {
	Names(ctx context.Context, accountIDs []string) (map[string]string, error)
	// Collaborators lists those of the organization that the window shows.
	Collaborators(ctx context.Context) ([]Colleague, error)
}

// Colleague is a collaborator of the organization.
type Colleague struct{ AccountID, Name string }

// Options are what a service needs from elsewhere.
type Options struct {
	DB        *sqlite.DB
	Journal   audit.Recorder
	Reauth    access.Reauthenticator
	Members   Members
	Places    Places              // where organizations sit; nil where nobody asks for VAT
	Followers map[string]Follower // of a client, by the name of what they keep
	Quotes    Quotes              // nil where there are none
	Secrets   Secrets
	Names     Names
	Post      Post
	Prices    PriceList
	Account   PrepaidAccount
	Sales     Sales  // nil where no orders are made of quotes
	Tasks     Tasks  // nil where nothing is to be done in the Manager: what is told is past
	People    People // nil where nobody looks at histories
	Clock     day.Clock
}

// Service reads and changes the clients of the organization that the window shows.
type Service struct {
	db        *sqlite.DB
	journal   audit.Recorder
	reauth    access.Reauthenticator
	members   Members
	places    Places
	followers map[string]Follower
	quotes    Quotes
	secrets   Secrets
	names     Names
	post      Post
	prices    PriceList
	account   PrepaidAccount
	sales     Sales
	tasks     Tasks
	people    People
	clock     day.Clock
}

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service {
	return &Service{
		db: o.DB, journal: o.Journal, reauth: o.Reauth, members: o.Members, places: o.Places, followers: o.Followers, quotes: o.Quotes,
		secrets: o.Secrets, names: o.Names, post: o.Post, prices: o.Prices, account: o.Account, sales: o.Sales, tasks: o.Tasks, people: o.People, clock: o.Clock,
	}
}

// Filter narrows a list down: Show is "", active, pending, differs, less or past; Search holds words to be found.
type Filter struct{ Show, Search string }

// List returns the clients that the actor may see, by name, and how many there are of each kind.
func (s *Service) List(ctx context.Context, f Filter) ([]Entry, Counts, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return nil, Counts{}, err
	}
	if _, known := shows[f.Show]; !known {
		var c fault.Check
		c.Refuse("show", "not_a_choice")
		return nil, Counts{}, c.Err()
	}
	var list []Entry
	var n Counts
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		if list, err = entries(ctx, q, actor, f); err == nil {
			n, err = counts(ctx, q, actor)
		}
		return err
	})
	return list, n, err
}

// Detail is a client with its history, newest first, and the collaborators who may see it.
type Detail struct {
	Client
	History        []Change
	People         map[string]string // names of those in the history
	Dossier                          // its record
	Notes          []Note            // newest first
	VAT            vat.Suggestion    // as the record and the two countries give it today
	Collaborators  []string          // accounts that may see the client
	Choice         []Colleague       // every collaborator, for whoever says what they may see
	Invitation     Sent              // the open one; its ID is "" if there is none
	MailReady      bool              // an invitation can go by e-mail
	OwnFingerprint string            // of the organization's key; "" as long as it has signed nothing
}

// Get returns everything about one client.
func (s *Service) Get(ctx context.Context, id string) (Detail, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return Detail{}, err
	}
	var d Detail
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		if d.Client, err = one(ctx, q, actor, id); err != nil {
			return err
		}
		if d.History, err = history(ctx, q, id); err != nil {
			return err
		}
		if d.Dossier, err = dossier(ctx, q, &d.Client); err != nil {
			return err
		}
		if d.Notes, err = notes(ctx, q, id); err != nil {
			return err
		}
		if d.VAT, err = s.vatOf(ctx, q, actor.OrganizationID, d.Client); err != nil {
			return err
		}
		if d.Collaborators, err = collaborators(ctx, q, id); err != nil {
			return err
		}
		if d.OwnFingerprint, err = ownFingerprint(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		return s.invited(ctx, q, &d)
	})
	if err != nil || s.people == nil {
		return d, err
	}
	return d, s.name(ctx, actor, &d)
}

// invited fills in how the client can be, or was, invited.
func (s *Service) invited(ctx context.Context, q sqlite.Queryer, d *Detail) (err error) {
	if d.MailReady, err = s.post.IsSetUp(ctx, q); err != nil {
		return err
	}
	if d.Invitation, err = openInvitation(ctx, q, d.ID); fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err == nil && d.Invitation.MailID != "" {
		d.Invitation.MailState, err = s.post.State(ctx, q, d.Invitation.MailID)
	}
	return err
}

// name fills in who is who.
func (s *Service) name(ctx context.Context, actor access.Actor, d *Detail) (err error) {
	ids := make([]string, len(d.History))
	for i, c := range d.History {
		ids[i] = c.AccountID
	}
	for _, n := range d.Notes {
		ids = append(ids, n.AccountID)
	}
	if d.People, err = s.people.Names(ctx, ids); err != nil || !actor.Can(access.ManageClients) {
		return err
	}
	d.Choice, err = s.people.Collaborators(ctx)
	return err
}

// Ask records that a client is asked for access, and returns its id. Only a legal representative may (faq/2668). With
// Rights.Access "" the client is only listed. That another client has its name must be known.
// Errors: Invalid name:another_client (place of the other).
func (s *Service) Ask(ctx context.Context, n New, namesakeKnown bool) (string, error) {
	actor, err := access.Require(ctx, access.AddClient)
	if err != nil {
		return "", err
	}
	if err := n.Validate(); err != nil {
		return "", err
	}
	var id string
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		id = tx.NewID()
		if err := noNamesake(ctx, tx, actor, n.Name, id, namesakeKnown); err != nil {
			return err
		}
		c, kind := n.client(id, tx.Now)
		if err := s.save(ctx, tx, actor, audit.ItemAdded, kind, c); err != nil {
			return err
		}
		return writeAddresses(ctx, tx, id, n.Record)
	})
	return id, err
}

// AskAgain replaces what is asked of a client. What it has granted stays as it is.
func (s *Service) AskAgain(ctx context.Context, id string, version int, r Rights) error {
	return s.change(ctx, access.AddClient, id, version, "asked", func(tx *sqlite.Tx, c *Client) error {
		if err := r.Validate(); err != nil {
			return err
		}
		c.Asked, c.AskedAt = r, tx.Now
		if c.State == Listed {
			c.State, c.Since = Pending, tx.Now
		}
		return s.closeInvitation(ctx, tx, c.ID, "replaced")
	})
}

// Answer records by hand what the client has granted since a day. The client may change it at any time (faq/2671,
// faq/2679), so this is no last word.
func (s *Service) Answer(ctx context.Context, id string, version int, r Rights, since day.Day) error {
	return s.change(ctx, access.ManageClients, id, version, "granted", func(tx *sqlite.Tx, c *Client) error {
		if c.State == Listed {
			return fault.New(fault.Conflict, ReasonState)
		}
		var check fault.Check
		check.Merge("", r.Validate())
		if since > s.clock.Of(ctx, tx.Now) {
			check.Refuse("since", "date_in_future")
		}
		if err := check.Err(); err != nil {
			return err
		}
		c.grant(tx.Now, r, since, ByHand)
		return nil
	})
}

// Refuse records by hand that the client grants nothing.
func (s *Service) Refuse(ctx context.Context, id string, version int) error {
	return s.change(ctx, access.ManageClients, id, version, "refused", s.to(ctx, Pending, Refused))
}

// Withdraw takes back a request that has no answer.
func (s *Service) Withdraw(ctx context.Context, id string, version int) error {
	return s.change(ctx, access.AddClient, id, version, "withdrawn", s.to(ctx, Pending, Withdrawn))
}

// to moves a client from one state to another.
func (s *Service) to(ctx context.Context, from, next State) func(tx *sqlite.Tx, c *Client) error {
	return func(tx *sqlite.Tx, c *Client) error {
		if c.State != from {
			return fault.New(fault.Conflict, ReasonState)
		}
		c.State, c.Since = next, tx.Now
		return s.closeInvitation(ctx, tx, c.ID, "withdrawn")
	}
}

// change runs an act on a client that can still change, unless it was changed elsewhere since version.
func (s *Service) change(ctx context.Context, may access.Capability, id string, version int, kind string, act func(*sqlite.Tx, *Client) error) error {
	actor, err := access.Require(ctx, may)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, err := changeable(ctx, tx, actor, id, version)
		if err != nil {
			return err
		}
		if err := act(tx, &c); err != nil {
			return err
		}
		return s.save(ctx, tx, actor, audit.ItemChanged, kind, c)
	})
}

// changeable is a client that can still change and was not changed elsewhere since version.
func changeable(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string, version int) (Client, error) {
	c, err := one(ctx, q, actor, id)
	switch {
	case err != nil:
		return Client{}, err
	case c.Version != version:
		return Client{}, fault.Changed()
	case c.State != Listed && c.State != Pending && c.State != Active:
		return Client{}, fault.New(fault.Conflict, ReasonState)
	}
	return c, nil
}

// save writes a client, the line of its history, what is to be done in the Manager and the journal's entry.
func (s *Service) save(ctx context.Context, tx *sqlite.Tx, actor access.Actor, action audit.Action, kind string, c Client) error {
	if err := s.put(ctx, tx, actor, kind, c); err != nil {
		return err
	}
	if err := s.toDo(ctx, tx, kind, c); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: action, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, New: kind,
	})
}

// put writes a client and a line of its history, and leaves the journal to the caller.
func (s *Service) put(ctx context.Context, tx *sqlite.Tx, actor access.Actor, kind string, c Client) error {
	c.Version++
	if c.Granted.Access != "" {
		c.Difference, c.Missing = Compare(c.Asked, c.Granted)
	}
	if err := write(ctx, tx, actor.OrganizationID, c); err != nil {
		return err
	}
	ch := Change{AccountID: actor.AccountID, Kind: kind}
	switch kind {
	case "asked":
		ch.Access, ch.Wallet, ch.Count = c.Asked.Access, c.Asked.Wallet, len(c.Asked.Products)
	case "granted", "signed":
		ch.Access, ch.Wallet, ch.Count = c.Granted.Access, c.Granted.Wallet, len(c.Granted.Products)
	}
	return addChange(ctx, tx, c.ID, ch)
}

// Allow says which collaborators may see a client, and nobody else of them.
func (s *Service) Allow(ctx context.Context, id string, accounts []string) error {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return err
	}
	accounts = slices.Compact(slices.Sorted(slices.Values(accounts)))
	for _, account := range accounts {
		role, _, err := s.members.Membership(ctx, account, actor.OrganizationID)
		if fault.CodeOf(err) == fault.NotFound || err == nil && role != access.Collaborator {
			var c fault.Check
			c.Refuse("collaborators", "not_a_choice")
			return c.Err()
		}
		if err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, err := one(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		before, err := collaborators(ctx, tx, id)
		if err != nil || slices.Equal(before, accounts) {
			return err
		}
		if err := setCollaborators(ctx, tx, actor.OrganizationID, id, accounts); err != nil {
			return err
		}
		if err := addChange(ctx, tx, id, Change{AccountID: actor.AccountID, Kind: "allowed", Count: len(accounts)}); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Client, ObjectID: id, ObjectName: c.Name,
			Old: strconv.Itoa(len(before)), New: strconv.Itoa(len(accounts)),
		})
	})
}
