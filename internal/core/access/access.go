// Package access says who is acting and what that person may do. A service's first statement asks Require; whatever
// is not granted here is refused. The table of roles is section 10 of Infomaniak's own description of roles and rights.
package access

import (
	"context"
	"maps"
	"slices"
	"time"

	"kontor/internal/core/fault"
)

// Role is a person's place in one organization.
type Role string

// The four roles, from the most to the least entitled.
const (
	LegalRepresentative Role = "legal_representative"
	Administrator       Role = "administrator"
	Collaborator        Role = "collaborator"
	External            Role = "external"
)

// Roles lists every role, most entitled first.
func Roles() []Role { return []Role{LegalRepresentative, Administrator, Collaborator, External} }

// Capability is one thing that a role may allow.
type Capability string

// The capabilities. An area that needs a finer one adds it here, with its row in the table below.
const (
	OwnProfile         Capability = "own_profile"         // read and change one's own account
	UseSimulator       Capability = "use_simulator"       // compute prices from the organization's price book
	EditPrices         Capability = "edit_prices"         // change price books, tiers, the partner rate
	ViewOrganization   Capability = "view_organization"   // see the organization and its members
	EditOrganization   Capability = "edit_organization"   // name, address, VAT number, branding
	ManageMembers      Capability = "manage_members"      // invite, remove, change roles below legal representative
	GrantLegal         Capability = "grant_legal"         // give or take the role of legal representative
	DeleteOrganization Capability = "delete_organization" // delete the organization
	ExportOrganization Capability = "export_organization" // all of it into a file that another workspace can take
	ViewJournal        Capability = "view_journal"        // the whole organization's journal, not only one's own
	UnlockMembers      Capability = "unlock_members"      // unlock a locked account of a common organization
	Accounting         Capability = "accounting"          // payment profiles, orders, the prepaid account
	AddClient          Capability = "add_client"          // ask a client for access, as a partner
	AuthorizePartner   Capability = "authorize_partner"   // grant a partner access, as a client
	ViewClients        Capability = "view_clients"        // see clients; a collaborator sees the authorized ones only
	ManageClients      Capability = "manage_clients"      // all clients: what they granted, who works for them, their end
	ManageDomains      Capability = "manage_domains"      // domains and their transfers; a collaborator has the authorized ones only
	ManageAllDomains   Capability = "manage_all_domains"  // all of them: who works on which, what holds for all
	ManageMail         Capability = "manage_mail"         // the messages that go in the organization's name
	WriteQuotes        Capability = "write_quotes"        // one's own quotes and those for clients that one may see
	ManageQuotes       Capability = "manage_quotes"       // all quotes of the organization
	OwnAccount         Capability = "own_account"         // what reaches beyond one organization: one's sessions, protection, other organizations
	KeepWorkspace      Capability = "keep_workspace"      // what belongs to everybody here: mail server, secrets, copies, who keeps the workspace
)

// ReasonBound says that the session opens one organization only: the password makes it a whole one.
const ReasonBound = "session_bound"

// personal are held whatever one's role is, and without an organization too. An actor who is Bound holds the first only.
var personal = []Capability{OwnProfile, OwnAccount, KeepWorkspace}

// granted is the table: which roles hold a capability without a further grant.
var granted = map[Capability][]Role{
	UseSimulator:       {LegalRepresentative, Administrator, Collaborator},
	EditPrices:         {LegalRepresentative, Administrator},
	ViewOrganization:   {LegalRepresentative, Administrator, Collaborator, External},
	EditOrganization:   {LegalRepresentative, Administrator},
	ManageMembers:      {LegalRepresentative, Administrator},
	GrantLegal:         {LegalRepresentative},
	DeleteOrganization: {LegalRepresentative, Administrator},
	ExportOrganization: {LegalRepresentative, Administrator},
	ViewJournal:        {LegalRepresentative, Administrator},
	UnlockMembers:      {LegalRepresentative, Administrator},
	Accounting:         {LegalRepresentative, Administrator},
	AddClient:          {LegalRepresentative},
	AuthorizePartner:   {LegalRepresentative},
	ViewClients:        {LegalRepresentative, Administrator, Collaborator},
	ManageClients:      {LegalRepresentative, Administrator},
	ManageDomains:      {LegalRepresentative, Administrator, Collaborator},
	ManageAllDomains:   {LegalRepresentative, Administrator},
	ManageMail:         {LegalRepresentative, Administrator},
	WriteQuotes:        {LegalRepresentative, Administrator, Collaborator},
	ManageQuotes:       {LegalRepresentative, Administrator},
}

// grantable are the capabilities that a collaborator may be given one by one.
var grantable = []Capability{Accounting}

// Actor is the person on whose behalf a call runs, in the organization that the window shows.
type Actor struct {
	AccountID      string
	SessionID      string
	OrganizationID string
	Role           Role
	Grants         []Capability   // beyond the role, e.g. Accounting for a collaborator
	Keeper         bool           // keeps the workspace, see KeepWorkspace
	Bound          bool           // may act in OrganizationID alone: an organization's provider has signed the person in
	Zone           *time.Location // where the person's days begin; nil: the computer's
}

// Can tells whether the actor holds the capability. An empty actor holds none.
func (a Actor) Can(c Capability) bool {
	if a.AccountID == "" {
		return false
	}
	switch c {
	case OwnProfile:
		return true
	case OwnAccount:
		return !a.Bound
	case KeepWorkspace:
		return a.Keeper && !a.Bound
	}
	if slices.Contains(granted[c], a.Role) {
		return true
	}
	return a.Role == Collaborator && slices.Contains(grantable, c) && slices.Contains(a.Grants, c)
}

// Capabilities lists what the actor may do, for the window to hide controls; it decides nothing there.
func (a Actor) Capabilities() []Capability {
	list := []Capability{}
	for _, c := range slices.AppendSeq(slices.Clone(personal), maps.Keys(granted)) {
		if a.Can(c) {
			list = append(list, c)
		}
	}
	slices.Sort(list)
	return list
}

type actorKey struct{}

// With returns a context that carries the actor.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From returns the actor of the context, or the empty actor, who may do nothing.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}

// Require returns the actor if it holds the capability. Nobody signed in is Unauthenticated; the rest is Forbidden, with
// ReasonBound where the password would help.
func Require(ctx context.Context, c Capability) (Actor, error) {
	a := From(ctx)
	if a.AccountID == "" {
		return Actor{}, fault.New(fault.Unauthenticated, "")
	}
	if a.Bound && slices.Contains(personal, c) && !a.Can(c) {
		return Actor{}, fault.New(fault.Forbidden, ReasonBound)
	}
	if !a.Can(c) {
		return Actor{}, fault.New(fault.Forbidden, "").With("capability", string(c))
	}
	return a, nil
}

// Reauthenticator asks the person who is signed in for the password once more, before a sensitive act. A wrong one is
// refused at the field "password".
type Reauthenticator interface {
	Reauthenticate(ctx context.Context, password string) error
}
