package client

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"

	"kontor/internal/host/sqlite"
)

const sentColumns = `SELECT id, client_id, file, digest, made_at, expires_at, state, mail_id, mailed_to FROM client_invitation WHERE `

func scanSent(r sqlite.Row) (s Sent, err error) {
	var made, expires int64
	err = r.Scan(&s.ID, &s.clientID, &s.file, &s.Digest, &made, &expires, &s.state, &s.MailID, &s.MailedTo)
	s.MadeAt, s.ExpiresAt = sqlite.Time(made), sqlite.Time(expires)
	return s, err
}

// openInvitation is the one that a client may answer; NotFound if there is none.
func openInvitation(ctx context.Context, q sqlite.Queryer, clientID string) (Sent, error) {
	return sqlite.One(ctx, q, scanSent, sentColumns+"client_id = ? AND state = 'open'", clientID)
}

func invitation(ctx context.Context, q sqlite.Queryer, organizationID, id string) (Sent, error) {
	return sqlite.One(ctx, q, scanSent, sentColumns+"organization_id = ? AND id = ?", organizationID, id)
}

func writeInvitation(ctx context.Context, tx *sqlite.Tx, organizationID string, s Sent) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO client_invitation (id, client_id, organization_id, file, digest, made_at, expires_at, state, mail_id, mailed_to)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET mail_id = excluded.mail_id, mailed_to = excluded.mailed_to`,
		s.ID, s.clientID, organizationID, s.file, s.Digest, sqlite.Millis(s.MadeAt), sqlite.Millis(s.ExpiresAt), s.state, s.MailID, s.MailedTo)
	return err
}

// closeInvitation marks the open invitation of a client.
func closeInvitation(ctx context.Context, tx *sqlite.Tx, clientID, state string) error {
	_, err := tx.ExecContext(ctx, "UPDATE client_invitation SET state = ? WHERE client_id = ? AND state = 'open'", state, clientID)
	return err
}

func writeKey(ctx context.Context, tx *sqlite.Tx, organizationID string, key ed25519.PublicKey) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO client_key (organization_id, public, made_at) VALUES (?, ?, ?)
		ON CONFLICT (organization_id) DO UPDATE SET public = excluded.public, made_at = excluded.made_at`,
		organizationID, keyText(key), sqlite.Millis(tx.Now))
	return err
}

func keyOf(ctx context.Context, q sqlite.Queryer, organizationID string) (ed25519.PublicKey, error) {
	text, err := sqlite.One(ctx, q, sqlite.Value[string], "SELECT public FROM client_key WHERE organization_id = ?", organizationID)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

// keyText is how a key is kept.
func keyText(key ed25519.PublicKey) string { return base64.StdEncoding.EncodeToString(key) }

func fingerprintOf(text string) string {
	key, _ := base64.StdEncoding.DecodeString(text) // what is kept is what keyText wrote
	return Fingerprint(key)
}

func partners(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Partner, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (p Partner, err error) {
		var at int64
		var products string
		if err := r.Scan(&p.InvitationID, &p.Partner.ID, &p.Partner.Name, &p.key, &p.Refused, &p.Granted.Access, &p.Granted.Wallet,
			&products, &at, &p.reply); err != nil {
			return p, err
		}
		p.AnsweredAt = sqlite.Time(at)
		return p, json.Unmarshal([]byte(products), &p.Granted.Products)
	}, `SELECT invitation_id, partner_id, partner_name, partner_key, refused, access, wallet, products, answered_at, reply
		FROM client_partner WHERE organization_id = ? ORDER BY answered_at DESC, invitation_id`, organizationID)
}

func writePartner(ctx context.Context, tx *sqlite.Tx, organizationID string, p Partner) error {
	products, err := productsText(p.Granted)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO client_partner (organization_id, invitation_id, partner_id, partner_name, partner_key, refused, access,
		wallet, products, answered_at, reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		organizationID, p.InvitationID, p.Partner.ID, p.Partner.Name, p.key, p.Refused, p.Granted.Access, p.Granted.Wallet, products,
		sqlite.Millis(p.AnsweredAt), p.reply)
	return err
}
