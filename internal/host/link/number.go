package link

import (
	"context"
	"maps"
	"regexp"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Some addresses hold a number that Infomaniak gave to the organization or to a domain. Kontor does not know it until the
// person has read it from an address of the Manager, once.
var (
	inAddress = regexp.MustCompile(`^https://manager\.infomaniak\.com/v3/(?:[a-z]+/)?([1-9][0-9]{0,9})(?:[/?]|$)`)
	ofDomain  = regexp.MustCompile(`^https://manager\.infomaniak\.com/v3/([1-9][0-9]{0,9})/ng/(?:admin3/)?domain/([1-9][0-9]{0,9})(?:[/?]|$)`)
)

// Of names the domain whose page is wanted: a value beside a page's parameters, for Open.
const Of = "of"

// SetNumber keeps the number of the organization that the window shows, from the number itself or from any address of
// the Manager that holds it. With a domain, the address of that domain's page is read, and both numbers are kept.
// Invalid "address" not_an_address where neither is found.
func (s *Service) SetNumber(ctx context.Context, domain, address string) error {
	actor, err := access.Require(ctx, access.ManageDomains) // it holds for the whole organization
	if err != nil {
		return err
	}
	found := numbers(domain, strings.TrimSpace(address))
	if len(found) == 0 {
		var c fault.Check
		c.Refuse("address", "not_an_address")
		return c.Err()
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for object, number := range found {
			if _, err := tx.ExecContext(ctx, `INSERT INTO link_number (organization_id, object, number) VALUES (?, ?, ?)
				ON CONFLICT (organization_id, object) DO UPDATE SET number = excluded.number`, actor.OrganizationID, object, number); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Organization, ObjectID: actor.OrganizationID, ObjectName: domain, New: found[domain],
		})
	})
}

// numbers reads an address: by object, "" is the organization.
func numbers(domain, address string) map[string]string {
	if domain != "" {
		if m := ofDomain.FindStringSubmatch(address); m != nil {
			return map[string]string{"": m[1], domain: m[2]}
		}
		return nil
	}
	if params["account"].MatchString(address) {
		return map[string]string{"": address}
	}
	if m := inAddress.FindStringSubmatch(address); m != nil {
		return map[string]string{"": m[1]}
	}
	return nil
}

// filled adds the numbers that a page needs and that were not given. Conflict "manager_number" where one is not known.
func (s *Service) filled(ctx context.Context, id ID, values map[string]string) (map[string]string, error) {
	given := maps.Clone(values)
	domain := given[Of]
	delete(given, Of)
	objects := map[string]string{"account": "", "product": domain}
	for _, name := range Params(id) {
		object, kept := objects[name]
		if _, has := given[name]; has || !kept || name == "product" && domain == "" {
			continue
		}
		number, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[string],
			"SELECT number FROM link_number WHERE organization_id = ? AND object = ?", access.From(ctx).OrganizationID, object)
		if fault.CodeOf(err) == fault.NotFound {
			return nil, fault.New(fault.Conflict, "manager_number")
		}
		if err != nil {
			return nil, err
		}
		if given == nil {
			given = map[string]string{}
		}
		given[name] = number
	}
	return given, nil
}
