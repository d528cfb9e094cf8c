// Package firststart is the act of beginning: an account, its organization and a first session, all of them or none.
package firststart

import (
	"context"
	"slices"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Profiles makes accounts.
type Profiles interface {
	Add(ctx context.Context, tx *sqlite.Tx, n profile.New) (profile.Account, error)
}

// Organizations makes organizations, and lets people in who were asked.
type Organizations interface {
	Add(ctx context.Context, tx *sqlite.Tx, n organization.New, founder string) (organization.Organization, error)
	TryCode(ctx context.Context, email, code string) error
	Claim(ctx context.Context, tx *sqlite.Tx, accountID, email, code string) error
}

// Sessions keeps passwords and begins sessions.
type Sessions interface {
	SetPassword(ctx context.Context, tx *sqlite.Tx, accountID, password string) error
	NewCodes(ctx context.Context, tx *sqlite.Tx, accountID string) ([]string, error)
	BeginIn(ctx context.Context, tx *sqlite.Tx, accountID string, method session.Method, stay bool) error
}

// Service performs the act.
type Service struct {
	db            *sqlite.DB
	profiles      Profiles
	organizations Organizations
	sessions      Sessions
}

// NewService wires a service.
func NewService(db *sqlite.DB, p Profiles, o Organizations, s Sessions) *Service {
	return &Service{db: db, profiles: p, organizations: o, sessions: s}
}

// Request is what a person enters to begin.
type Request struct {
	Account      profile.New
	Organization organization.New // without a name where the person was invited to one
	Invited      bool             // joins the organization that has asked the address in, instead of making one
	Code         string           // of that invitation
	Password     string
	Stay         bool
}

// Begin creates the account and its organization, makes the person its legal representative and signs in on this
// window; whoever was invited joins that organization by the code of the invitation and makes none (faq/1633): the
// address alone is no invitation. The country is asked once: phone
// numbers, the time zone and the organization's currency follow it. It returns the recovery codes, which are shown this once. Everything that is refused is refused at once, field
// by field, and nothing is kept.
func (s *Service) Begin(ctx context.Context, r Request) (codes []string, err error) {
	var c fault.Check
	c.Merge("", r.Account.Validate())
	if r.Invited {
		r.Organization.Name = ""
		if !slices.Contains(organization.Countries, r.Organization.Country) {
			c.Refuse("country", "not_a_choice")
		}
	} else {
		c.Merge("", r.Organization.Validate())
	}
	session.CheckPassword(&c, "password", r.Password,
		r.Account.FirstName, r.Account.LastName, r.Account.LoginEmail, r.Organization.Name)
	if err := c.Err(); err != nil {
		return nil, err
	}
	if r.Invited {
		if err := s.organizations.TryCode(ctx, r.Account.LoginEmail, r.Code); err != nil {
			return nil, err
		}
	}
	r.Account.Country, r.Account.TimeZone = r.Organization.Country, profile.ZoneOf(r.Organization.Country)
	return codes, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		a, err := s.profiles.Add(ctx, tx, r.Account)
		if err != nil {
			return err
		}
		if !r.Invited {
			if _, err := s.organizations.Add(ctx, tx, r.Organization, a.ID); err != nil {
				return err
			}
		}
		if r.Invited {
			if err := s.organizations.Claim(ctx, tx, a.ID, a.LoginEmail, r.Code); err != nil {
				return err
			}
		}
		if err := s.sessions.SetPassword(ctx, tx, a.ID, r.Password); err != nil {
			return err
		}
		if codes, err = s.sessions.NewCodes(ctx, tx, a.ID); err != nil {
			return err
		}
		return s.sessions.BeginIn(ctx, tx, a.ID, session.ByPassword, r.Stay)
	})
}
