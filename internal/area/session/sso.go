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

// Reasons of a refused sign-in through a provider.
const (
	ReasonNoProvider = "sso_no_provider" // no organization here has switched SSO on for the domain
	ReasonNoAccount  = "sso_no_account"  // the provider's answer belongs to nobody in the organization
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

// Identity is who a provider says has signed in.
type Identity struct {
	Issuer  string
	Subject string
	Email   string
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
// addresses, after the password was given: whoever holds the directory can sign in as any of them. A domain belongs to
// one organization.
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
			if sqlite.IsUnique(err) {
				c.Refuse("domains", "domain_taken")
				return c.Err()
			}
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

// ProviderFor finds the provider that answers for an address, before anybody is signed in.
func (s *Service) ProviderFor(ctx context.Context, email string) (Provider, error) {
	key, err := input.MailKey(email)
	if err != nil {
		var c fault.Check
		c.Refuse("email", "not_an_email")
		return Provider{}, c.Err()
	}
	p, err := providerByDomain(ctx, s.db.Reader(), key[strings.LastIndexByte(key, '@')+1:])
	if fault.CodeOf(err) == fault.NotFound {
		return Provider{}, fault.New(fault.NotFound, ReasonNoProvider)
	}
	return p, err
}

// SignInAs begins a session for whom the provider named: the account that signed in as this identity before, or, the
// first time, the one with the address. It must belong to the provider's organization. The local password and its lock
// play no part.
func (s *Service) SignInAs(ctx context.Context, p Provider, who Identity, stay bool) error {
	accountID, err := identityOf(ctx, s.db.Reader(), who)
	known := err == nil
	if fault.CodeOf(err) == fault.NotFound {
		accountID, err = s.accountFor(ctx, p, who)
	}
	if err != nil {
		return err
	}
	if accountID != "" {
		if _, _, err = s.members.Membership(ctx, accountID, p.OrganizationID); fault.CodeOf(err) == fault.NotFound {
			accountID, err = "", nil
		}
	}
	if err != nil {
		return err
	}
	if accountID == "" {
		return fault.New(fault.Forbidden, ReasonNoAccount).With("email", who.Email)
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if !known {
			if err := insertIdentity(ctx, tx, who, accountID); err != nil {
				return err
			}
		}
		return s.BeginIn(ctx, tx, accountID, BySSO, stay)
	})
}

// accountFor finds the account of an address that the provider answers for; "" if there is none.
func (s *Service) accountFor(ctx context.Context, p Provider, who Identity) (string, error) {
	key, err := input.MailKey(who.Email)
	if err != nil || !slices.Contains(p.Domains, key[strings.LastIndexByte(key, '@')+1:]) {
		return "", nil
	}
	return s.accounts.IDByEmail(ctx, who.Email)
}
