package session

import (
	"context"
	"errors"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

func providerOf(ctx context.Context, q sqlite.Queryer, organizationID string) (Provider, error) {
	p, err := sqlite.One(ctx, q, func(r sqlite.Row) (p Provider, err error) {
		return p, r.Scan(&p.OrganizationID, &p.Tenant, &p.Client)
	}, "SELECT organization_id, tenant, client FROM sso_provider WHERE organization_id = ?", organizationID)
	if err != nil {
		return p, err
	}
	p.Domains, err = sqlite.All(ctx, q, sqlite.Value[string], "SELECT domain FROM sso_domain WHERE organization_id = ? ORDER BY domain", organizationID)
	return p, err
}

func anyProvider(ctx context.Context, q sqlite.Queryer) (bool, error) {
	n, err := sqlite.One(ctx, q, sqlite.Value[int], "SELECT EXISTS (SELECT 1 FROM sso_provider)")
	return n == 1, err
}

// namedBy lists the organizations whose provider names a domain, who named it first before the others.
func namedBy(ctx context.Context, q sqlite.Queryer, domain string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], `SELECT organization_id FROM sso_domain JOIN sso_provider USING (organization_id)
		WHERE domain = ? ORDER BY updated_at, organization_id`, domain)
}

func putProvider(ctx context.Context, tx *sqlite.Tx, p Provider) error {
	if err := deleteProvider(ctx, tx, p.OrganizationID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO sso_provider (organization_id, tenant, client, updated_at) VALUES (?, ?, ?, ?)",
		p.OrganizationID, p.Tenant, p.Client, sqlite.Millis(tx.Now)); err != nil {
		return err
	}
	for _, d := range p.Domains {
		if _, err := tx.ExecContext(ctx, "INSERT INTO sso_domain (domain, organization_id) VALUES (?, ?)", d, p.OrganizationID); err != nil {
			return err
		}
	}
	return nil
}

func deleteProvider(ctx context.Context, tx *sqlite.Tx, organizationID string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sso_provider WHERE organization_id = ?", organizationID)
	return err
}

func linkedTo(ctx context.Context, q sqlite.Queryer, who Identity) (accountID string, err error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT account_id FROM sso_link WHERE issuer = ? AND subject = ?", who.Issuer, who.Subject)
}

func linksOf(ctx context.Context, q sqlite.Queryer, accountID string) ([]Link, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (l Link, err error) {
		var at int64
		err = r.Scan(&l.Issuer, &l.Named, &at)
		l.LinkedAt = sqlite.Time(at)
		return l, err
	}, "SELECT issuer, named, linked_at FROM sso_link WHERE account_id = ? ORDER BY issuer", accountID)
}

// linkedThrough lists the organizations through whose provider identities of an account were linked.
func linkedThrough(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT organization_id FROM sso_link WHERE account_id = ?", accountID)
}

func insertLink(ctx context.Context, tx *sqlite.Tx, who Identity, accountID, organizationID string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sso_link (issuer, subject, account_id, named, linked_at, organization_id)
		VALUES (?, ?, ?, ?, ?, ?)`, who.Issuer, who.Subject, accountID, who.Email, sqlite.Millis(tx.Now), organizationID)
	return err
}

func deleteLink(ctx context.Context, tx *sqlite.Tx, accountID, issuer string) error {
	result, err := tx.ExecContext(ctx, "DELETE FROM sso_link WHERE account_id = ? AND issuer = ?", accountID, issuer)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.NotFound, ""))
	}
	return nil
}

func widen(ctx context.Context, tx *sqlite.Tx, sessionID string) error {
	_, err := tx.ExecContext(ctx, "UPDATE session SET bound_to = '' WHERE id = ?", sessionID)
	return err
}
