package profile

import (
	"context"

	"kontor/internal/host/sqlite"
)

const columns = `id, first_name, last_name, login_email, language, version, created_at,
	time_zone, country, phone, recovery_phone, recovery_email, avatar, previous_avatar`

func scan(r sqlite.Row) (a Account, err error) {
	var created int64
	err = r.Scan(&a.ID, &a.FirstName, &a.LastName, &a.LoginEmail, &a.Language, &a.Version, &created,
		&a.TimeZone, &a.Country, &a.Phone, &a.RecoveryPhone, &a.RecoveryEmail, &a.Avatar, &a.PreviousAvatar)
	a.CreatedAt = sqlite.Time(created)
	return a, err
}

func insert(ctx context.Context, tx *sqlite.Tx, a Account, emailKey string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO account
		(id, first_name, last_name, login_email, email_key, language, country, time_zone, version, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.FirstName, a.LastName, a.LoginEmail, emailKey, a.Language, a.Country, a.TimeZone, a.Version,
		sqlite.Millis(a.CreatedAt), sqlite.Millis(a.CreatedAt))
	return err
}

func byID(ctx context.Context, q sqlite.Queryer, id string) (Account, error) {
	return sqlite.One(ctx, q, scan, "SELECT "+columns+" FROM account WHERE id = ?", id)
}

func idByKey(ctx context.Context, q sqlite.Queryer, key string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT id FROM account WHERE email_key = ?", key)
}

func update(ctx context.Context, tx *sqlite.Tx, a Account) error {
	_, err := tx.ExecContext(ctx, `UPDATE account SET first_name = ?, last_name = ?, language = ?, time_zone = ?,
		country = ?, phone = ?, recovery_phone = ?, recovery_email = ?, avatar = ?, previous_avatar = ?, version = ?, updated_at = ? WHERE id = ?`,
		a.FirstName, a.LastName, a.Language, a.TimeZone,
		a.Country, a.Phone, a.RecoveryPhone, a.RecoveryEmail, a.Avatar, a.PreviousAvatar, a.Version, sqlite.Millis(tx.Now), a.ID)
	return err
}

func updateEmail(ctx context.Context, tx *sqlite.Tx, a Account, emailKey string) error {
	_, err := tx.ExecContext(ctx, `UPDATE account SET login_email = ?, email_key = ?, version = ?, updated_at = ? WHERE id = ?`,
		a.LoginEmail, emailKey, a.Version, sqlite.Millis(tx.Now), a.ID)
	return err
}

// avatars are the files that some account refers to.
func avatars(ctx context.Context, q sqlite.Queryer) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], `SELECT avatar FROM account WHERE avatar <> ''
		UNION SELECT previous_avatar FROM account WHERE previous_avatar <> ''`)
}

// owners are the accounts that show a picture.
func owners(ctx context.Context, q sqlite.Queryer, sum string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT id FROM account WHERE avatar = ?", sum)
}

// ownPicture tells whether a picture is the account's, now or before.
func ownPicture(ctx context.Context, q sqlite.Queryer, sum, accountID string) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], "SELECT EXISTS (SELECT 1 FROM account WHERE id = ? AND ? IN (avatar, previous_avatar))",
		accountID, sum)
}
