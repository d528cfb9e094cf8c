package organization

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// Currency is the one in which an organization is invoiced. It asks for no permission: whoever calls it has.
func (d Directory) Currency(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Currency, error) {
	return sqlite.One(ctx, q, sqlite.Value[money.Currency], "SELECT currency FROM organization WHERE id = ?", organizationID)
}

// Name is what an organization is called. It asks for no permission: whoever calls it has.
func (d Directory) Name(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT name FROM organization WHERE id = ?", organizationID)
}

// Of is what an organization says of itself. It asks for no permission: whoever calls it has. Error: NotFound.
func (d Directory) Of(ctx context.Context, q sqlite.Queryer, organizationID string) (Organization, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (o Organization, err error) {
		return o, r.Scan(&o.ID, &o.Name, &o.Kind, &o.Country, &o.Currency, &o.VATNumber)
	}, "SELECT id, name, kind, country, currency, vat_number FROM organization WHERE id = ?", organizationID)
}

// Country is where an organization is invoiced, as ISO 3166-1 alpha-2. It asks for no permission: whoever calls it has.
func (d Directory) Country(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT country FROM organization WHERE id = ?", organizationID)
}

// MemberIDs are the accounts that belong to an organization.
func (d Directory) MemberIDs(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT account_id FROM member WHERE organization_id = ? ORDER BY account_id", organizationID)
}

// Represented is an organization of which a person is the only legal representative.
type Represented struct {
	OrganizationID string
	Name           string
	Alone          bool // nobody else belongs to it
}

// OnlyRepresentative are the organizations that would be left without anybody who answers for them if the person left.
func (d Directory) OnlyRepresentative(ctx context.Context, q sqlite.Queryer, accountID string) ([]Represented, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (o Represented, err error) {
		return o, r.Scan(&o.OrganizationID, &o.Name, &o.Alone)
	}, `SELECT o.id, o.name, NOT EXISTS (SELECT 1 FROM member x WHERE x.organization_id = o.id AND x.account_id <> m.account_id)
		FROM member m JOIN organization o ON o.id = m.organization_id
		WHERE m.account_id = ? AND m.role = ? AND NOT EXISTS (
			SELECT 1 FROM member x WHERE x.organization_id = o.id AND x.account_id <> m.account_id AND x.role = m.role)
		ORDER BY o.name COLLATE NOCASE, o.id`, accountID, access.LegalRepresentative)
}
