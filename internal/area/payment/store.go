package payment

import (
	"context"
	"database/sql"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

const profileColumns = `SELECT p.id, p.kind, p.brand, p.label, p.holder, p.last4, coalesce(p.ends, 0), p.masked, p.version,
  d.profile_id = p.id,
  (SELECT count(*) FROM payment_renewal r WHERE r.profile_id = p.id)
    + CASE WHEN d.profile_id = p.id THEN (SELECT count(*) FROM payment_renewal r WHERE r.organization_id = p.organization_id AND r.profile_id IS NULL) ELSE 0 END
  FROM payment_profile p JOIN payment_default d ON d.organization_id = p.organization_id
  WHERE p.organization_id = ? `

func scanProfile(r sqlite.Row) (Profile, error) {
	var p Profile
	err := r.Scan(&p.ID, &p.Kind, &p.Brand, &p.Label, &p.Holder, &p.Last4, &p.Ends, &p.Masked, &p.Version, &p.Default, &p.Renewals)
	return p, err
}

// profiles lists an organization's profiles: the prepaid account, then by age. Whichever is the default, the order stays:
// a row does not move under the hand that chooses.
func profiles(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Profile, error) {
	return sqlite.All(ctx, q, scanProfile, profileColumns+
		`ORDER BY p.kind = 'prepaid' DESC, p.created_at, p.id`, organizationID)
}

func profile(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Profile, error) {
	return sqlite.One(ctx, q, scanProfile, profileColumns+`AND p.id = ?`, organizationID, id)
}

// standard is the default.
func standard(ctx context.Context, q sqlite.Queryer, organizationID string) (Profile, error) {
	return sqlite.One(ctx, q, scanProfile, profileColumns+`AND p.id = d.profile_id`, organizationID)
}

func prepaidID(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string],
		`SELECT id FROM payment_profile WHERE organization_id = ? AND kind = 'prepaid'`, organizationID)
}

func insertProfile(ctx context.Context, tx *sqlite.Tx, organizationID string, p Profile) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO payment_profile
		(id, organization_id, kind, brand, label, holder, last4, ends, masked, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, organizationID, p.Kind, p.Brand, p.Label, p.Holder, p.Last4, ends(p.Ends), p.Masked, sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
	return err
}

func updateProfile(ctx context.Context, tx *sqlite.Tx, p Profile) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment_profile SET brand = ?, label = ?, holder = ?, last4 = ?, ends = ?, masked = ?,
		version = version + 1, updated_at = ? WHERE id = ?`,
		p.Brand, p.Label, p.Holder, p.Last4, ends(p.Ends), p.Masked, sqlite.Millis(tx.Now), p.ID)
	return err
}

func ends(m Month) sql.NullInt64 { return sql.NullInt64{Int64: int64(m), Valid: m != 0} }

// deleteProfile removes a profile; its renewals follow the default from then on.
func deleteProfile(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment_renewal SET profile_id = NULL, version = version + 1, updated_at = ?
		WHERE organization_id = ? AND profile_id = ?`, sqlite.Millis(tx.Now), organizationID, id)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM payment_profile WHERE id = ?`, id)
	return err
}

func setDefault(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment_default SET profile_id = ? WHERE organization_id = ?`, id, organizationID)
	return err
}

const renewalColumns = `SELECT id, product, expires_on, amount, currency, months, automatic, coalesce(profile_id, ''), planned, version,
  (SELECT count(*) FROM payment_renewed d WHERE d.renewal_id = payment_renewal.id AND d.undone_at IS NULL)
  FROM payment_renewal WHERE organization_id = ? `

func scanRenewal(r sqlite.Row) (Renewal, error) {
	var v Renewal
	err := r.Scan(&v.ID, &v.Product, &v.ExpiresOn, &v.Amount, money.CurrencyColumn(&v.Amount), &v.Months, &v.Automatic, &v.ProfileID, &v.Planned, &v.Version, &v.Terms)
	return v, err
}

func renewals(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Renewal, error) {
	return sqlite.All(ctx, q, scanRenewal, renewalColumns+`ORDER BY expires_on, id`, organizationID)
}

func renewal(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Renewal, error) {
	return sqlite.One(ctx, q, scanRenewal, renewalColumns+`AND id = ?`, organizationID, id)
}

// hasRenewal tells whether the same product with the same date is kept already.
func hasRenewal(ctx context.Context, q sqlite.Queryer, organizationID string, r Renewal) (bool, error) {
	_, err := sqlite.One(ctx, q, sqlite.Value[string],
		`SELECT id FROM payment_renewal WHERE organization_id = ? AND expires_on = ? AND product = ?`, organizationID, r.ExpiresOn, r.Product)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

func insertRenewal(ctx context.Context, tx *sqlite.Tx, organizationID string, r Renewal) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO payment_renewal
		(id, organization_id, product, expires_on, amount, currency, months, automatic, profile_id, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)`,
		r.ID, organizationID, r.Product, r.ExpiresOn, r.Amount, r.Amount.Currency(), r.Months, r.Automatic, r.ProfileID,
		sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
	return err
}

func updateRenewal(ctx context.Context, tx *sqlite.Tx, r Renewal) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment_renewal SET product = ?, expires_on = ?, amount = ?, currency = ?, months = ?,
		automatic = ?, profile_id = nullif(?, ''), planned = ?, version = version + 1, updated_at = ? WHERE id = ?`,
		r.Product, r.ExpiresOn, r.Amount, r.Amount.Currency(), r.Months, r.Automatic, r.ProfileID, r.Planned, sqlite.Millis(tx.Now), r.ID)
	return err
}

func deleteRenewal(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM payment_renewal WHERE id = ?`, id)
	return err
}
