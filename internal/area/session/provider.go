package session

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// MaxDomains is how many domains of addresses one provider serves.
const MaxDomains = 20

// Provider is an organization's Entra ID, and whose addresses it answers for.
type Provider struct {
	OrganizationID string
	Tenant         string // directory (tenant) id
	Client         string // application (client) id
	Domains        []string
}

// Checker refuses ids that cannot be those of an Entra ID, and returns them tidied.
type Checker func(tenant, client string) (string, string, error)

// Provider returns the provider of the organization that the window shows; NotFound if SSO is off.
func (s *Service) Provider(ctx context.Context) (Provider, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return Provider{}, err
	}
	return providerOf(ctx, s.db.Reader(), actor.OrganizationID)
}

// SetProvider switches SSO on for the people of the organization that the window shows, by the domains of their
// addresses, after the password was given. The domains only lead a person to the provider: whom it means says her own
// link. A domain leads to one organization.
func (s *Service) SetProvider(ctx context.Context, p Provider, check Checker, password string) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	var c fault.Check
	p.OrganizationID = actor.OrganizationID
	p.Tenant, p.Client, err = check(p.Tenant, p.Client)
	c.Merge("", err)
	p.Domains = domains(&c, p.Domains)
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.Reauthenticate(ctx, password); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := putProvider(ctx, tx, p); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Organization, ObjectID: p.OrganizationID,
			New: "sso " + strings.Join(p.Domains, " "),
		})
	})
}

// RemoveProvider switches SSO off for the organization that the window shows, after the password was given. Sessions go
// on.
func (s *Service) RemoveProvider(ctx context.Context, password string) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	if err := s.Reauthenticate(ctx, password); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := deleteProvider(ctx, tx, actor.OrganizationID); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Organization, ObjectID: actor.OrganizationID, Old: "sso",
		})
	})
}

// domains tidies a list of domains of addresses.
func domains(c *fault.Check, typed []string) []string {
	list := []string{}
	for _, d := range typed {
		if d = strings.TrimPrefix(text.Bare(d), "@"); d == "" {
			continue
		}
		ascii, refusal := input.ParseDomain(d)
		if refusal != nil {
			input.Refuse(c, "domains", d, refusal)
			return list
		}
		if !slices.Contains(list, ascii) {
			list = append(list, ascii)
		}
	}
	switch {
	case len(list) == 0:
		c.Refuse("domains", "required")
	case len(list) > MaxDomains:
		c.Refuse("domains", "too_many", "max", strconv.Itoa(MaxDomains))
	}
	return list
}

// ProviderFor finds the provider that answers for an address, before anybody is signed in. A domain may be named by
// several organizations, and nothing proves whose it is: whoever has the address is led to the one through which she has
// linked an identity, else to one that she has accepted; an address that nobody has, to the one that named the domain
// first. It opens nothing by itself, see decide. Errors: Invalid at email; NotFound/ReasonNoProvider.
func (s *Service) ProviderFor(ctx context.Context, email string) (Provider, error) {
	key, err := input.MailKey(email)
	if err != nil {
		var c fault.Check
		c.Refuse("email", "not_an_email")
		return Provider{}, c.Err()
	}
	named, err := namedBy(ctx, s.db.Reader(), key[strings.LastIndexByte(key, '@')+1:])
	if err != nil {
		return Provider{}, err
	}
	if len(named) == 0 {
		return Provider{}, fault.New(fault.NotFound, ReasonNoProvider)
	}
	chosen, err := s.hers(ctx, email, named)
	if err != nil {
		return Provider{}, err
	}
	return providerOf(ctx, s.db.Reader(), chosen)
}

// hers is the organization among those that name a domain to which the owner of an address is led.
func (s *Service) hers(ctx context.Context, email string, named []string) (string, error) {
	accountID, err := s.accounts.IDByEmail(ctx, email)
	if err != nil || accountID == "" || len(named) == 1 {
		return named[0], err
	}
	linked, err := linkedThrough(ctx, s.db.Reader(), accountID)
	if err != nil {
		return "", err
	}
	for _, id := range named {
		if slices.Contains(linked, id) {
			return id, nil
		}
	}
	for _, id := range named {
		switch accepted, err := s.members.Accepted(ctx, s.db.Reader(), accountID, id); {
		case accepted:
			return id, nil
		case err != nil && fault.CodeOf(err) != fault.NotFound:
			return "", err
		}
	}
	return named[0], nil
}
