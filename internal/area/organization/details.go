package organization

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/obstacle"
	"kontor/internal/core/text"
	"kontor/internal/core/vat"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// maxLine is the longest line of an address, in characters.
const maxLine = 128

// Update changes some fields of an organization; nil leaves one as it is. Version is that of the organization as it was
// read: if somebody changed it since, nothing is written.
type Update struct {
	Version   int64   `json:"version"`
	Name      *string `json:"name"`
	Kind      *string `json:"kind"` // one of the kinds
	Street    *string `json:"street"`
	Postcode  *string `json:"postcode"`
	Place     *string `json:"place"`
	Country   *string `json:"country"` // the currency follows it, unless Currency is given
	Currency  *string `json:"currency"`
	VATNumber *string `json:"vatNumber"`
}

func (u Update) apply(o Organization) (Organization, error) {
	var c fault.Check
	if u.Name != nil {
		n := New{Name: *u.Name, Country: o.Country}
		c.Merge("", n.Validate())
		o.Name = n.Name
	}
	if u.Kind != nil {
		if o.Kind = Kind(*u.Kind); !slices.Contains([]Kind{Company, Association, Private, Public}, o.Kind) {
			c.Refuse("kind", "not_a_choice")
		}
	}
	for _, line := range []struct {
		field string
		to    *string
		value *string
	}{{"street", &o.Street, u.Street}, {"postcode", &o.Postcode, u.Postcode}, {"place", &o.Place, u.Place}} {
		if line.value != nil {
			*line.to = input.Line(&c, line.field, *line.value, maxLine, false)
		}
	}
	if u.Country != nil {
		if o.Country = *u.Country; !slices.Contains(Countries, o.Country) {
			c.Refuse("country", "not_a_choice")
		}
		o.Currency = CurrencyOf(o.Country)
	}
	if u.Currency != nil {
		if o.Currency = *u.Currency; o.Currency != CHF && o.Currency != EUR {
			c.Refuse("currency", "not_a_choice")
		}
	}
	if u.VATNumber != nil || u.Country != nil {
		if u.VATNumber != nil {
			o.VATNumber = *u.VATNumber
		}
		o.VATNumber = europeanNumber(&c, o.VATNumber, o.Country)
	}
	return o, c.Err()
}

// europeanNumber quotes the rule where it binds: the number is for companies in the European Union; a Swiss one has no
// use for it there (faq/2599).
func europeanNumber(c *fault.Check, typed, country string) string {
	number, refusal := vat.ParseNumber(typed, country)
	switch {
	case text.Bare(typed) == "":
		return ""
	case country == "CH" || country == "LI":
		c.Refuse("vatNumber", "vat_not_in_switzerland")
		return typed
	case refusal != "":
		input.Refuse(c, "vatNumber", typed, &input.Refusal{Code: refusal})
		return typed
	}
	return number
}

// Update changes the organization that the window shows.
// Errors: Forbidden; Invalid with fields; Conflict/fault.ChangedMeanwhile if it was changed elsewhere meanwhile.
func (s *Service) Update(ctx context.Context, u Update) (Organization, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return Organization{}, err
	}
	var changed Organization
	return changed, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		m, err := membership(ctx, tx, actor.AccountID, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(m.Organization.Version, u.Version); err != nil {
			return err
		}
		if changed, err = u.apply(m.Organization); err != nil || changed == m.Organization {
			return err
		}
		changed.Version++
		if err := update(ctx, tx, changed); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Organization, ObjectID: changed.ID, ObjectName: changed.Name,
			Old: m.Organization.describe(), New: changed.describe(),
		})
	})
}

func (o Organization) describe() string {
	return strings.Join([]string{o.Name, string(o.Kind), o.Street, strings.TrimSpace(o.Postcode + " " + o.Place), o.Country, o.Currency, o.VATNumber}, "\n")
}

// Current returns the organization that the window shows, with the person's place in it.
func (s *Service) Current(ctx context.Context) (Membership, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return Membership{}, err
	}
	return membership(ctx, s.db.Reader(), actor.AccountID, actor.OrganizationID)
}

// Create makes another organization, of which the person becomes the legal representative, and shows it on this window.
func (s *Service) Create(ctx context.Context, n New) (o Organization, err error) {
	err = s.db.WriteAs(ctx, access.OwnAccount, func(tx *sqlite.Tx, actor access.Actor) error {
		o, err = s.Add(ctx, tx, n, actor.AccountID)
		return err
	})
	if err != nil {
		return Organization{}, err
	}
	return o, s.sessions.SwitchTo(ctx, o.ID)
}

// Deletion is what stands in the way of deleting the current organization; nothing does if Obstacles is empty.
func (s *Service) Deletion(ctx context.Context) ([]obstacle.Obstacle, error) {
	actor, err := access.Require(ctx, access.DeleteOrganization)
	if err != nil {
		return nil, err
	}
	return s.standing(ctx, s.db.Reader(), actor.OrganizationID)
}

// standing gathers what stands in the way: other members (faq/2191), and what the other areas hold.
func (s *Service) standing(ctx context.Context, q sqlite.Queryer, id string) ([]obstacle.Obstacle, error) {
	found := []obstacle.Obstacle{}
	all, err := members(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if others := len(all) - 1; others > 0 {
		found = append(found, obstacle.Obstacle{Kind: "members", Params: map[string]string{"count": strconv.Itoa(others)}, Route: "/organization/members"})
	}
	for _, ask := range s.obstacles {
		more, err := ask(ctx, id)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// Delete deletes the organization that the window shows, for good, after its name and the password were given. It is
// refused while anything stands in the way (see Deletion). The account of the person stays.
func (s *Service) Delete(ctx context.Context, typedName, password string) error {
	actor, err := access.Require(ctx, access.DeleteOrganization)
	if err != nil {
		return err
	}
	m, err := membership(ctx, s.db.Reader(), actor.AccountID, actor.OrganizationID)
	if err != nil {
		return err
	}
	if text.Line(norm.NFC.String(typedName)) != m.Organization.Name {
		var c fault.Check
		c.Refuse("name", "not_the_same")
		return c.Err()
	}
	if err := s.sessions.Reauthenticate(ctx, password); err != nil {
		return err
	}
	if _, err := s.db.Keep(ctx, sqlite.BeforeDeletion); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		standing, err := s.standing(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if len(standing) > 0 {
			return fault.New(fault.Conflict, "organization_"+standing[0].Kind)
		}
		if err := remove(ctx, tx, actor.OrganizationID); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Organization, ObjectID: actor.OrganizationID, ObjectName: m.Organization.Name,
		})
	})
}
