package client

import (
	"context"
	"encoding/json"

	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

const recordColumns = `c.legal_name, c.website, c.language, c.country, c.currency, c.vat_number, c.private, c.vat, c.tags`

// to is where the columns of a record go.
func (r *Record) to(tags *string) []any {
	return []any{&r.LegalName, &r.Website, &r.Language, &r.Country, (*string)(&r.Currency), &r.VATNumber, &r.Private, &r.VAT, tags}
}

// indexWords keeps the folded words by which a client is found.
func indexWords(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE client SET search = kontor_fold(name || char(10) || legal_name || char(10) || place || char(10) || number || char(10)
		|| vat_number || char(10) || replace(replace(vat_number, '.', ''), '-', '') || char(10) || website || char(10)
		|| coalesce((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each(asked_products)), '') || char(10)
		|| coalesce((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each(granted_products)), '') || char(10)
		|| coalesce((SELECT group_concat(value, char(10)) FROM json_each(tags)), '') || char(10)
		|| coalesce((SELECT group_concat(p.name || char(10) || p.email || char(10) || p.phone, char(10)) FROM client_contact p WHERE p.client_id = client.id), '')
		|| char(10) || coalesce((SELECT group_concat(a.street || char(10) || a.postcode || char(10) || a.place, char(10))
			FROM client_address a WHERE a.client_id = client.id), ''))
		WHERE id = ?`, id)
	return err
}

func writeAddresses(ctx context.Context, tx *sqlite.Tx, id string, r Record) error {
	for kind, a := range map[string]Address{"invoice": r.Invoice, "delivery": r.Delivery} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM client_address WHERE client_id = ? AND kind = ?", id, kind); err != nil {
			return err
		}
		if a.IsZero() {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO client_address (client_id, kind, addressee, street, extra, postcode, place, country)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, kind, a.Addressee, a.Street, a.Extra, a.Postcode, a.Place, a.Country); err != nil {
			return err
		}
	}
	return indexWords(ctx, tx, id)
}

// addressesOf are the addresses of a client, or with id "" of every client, by client and kind.
func addressesOf(ctx context.Context, q sqlite.Queryer, organizationID, id string) (map[string]map[string]Address, error) {
	found := map[string]map[string]Address{}
	_, err := sqlite.All(ctx, q, func(r sqlite.Row) (a Address, err error) {
		var of, kind string
		err = r.Scan(&of, &kind, &a.Addressee, &a.Street, &a.Extra, &a.Postcode, &a.Place, &a.Country)
		if found[of] == nil {
			found[of] = map[string]Address{}
		}
		found[of][kind] = a
		return a, err
	}, `SELECT a.client_id, a.kind, a.addressee, a.street, a.extra, a.postcode, a.place, a.country FROM client_address a
		JOIN client c ON c.id = a.client_id WHERE `+ofClient, organizationID, id, id)
	return found, err
}

// ofClient is the condition of one client of an organization, or with id "" of all; it takes the id twice.
const ofClient = `c.organization_id = ? AND (? = '' OR c.id = ?)`

func contactsOf(ctx context.Context, q sqlite.Queryer, organizationID, id string) (map[string][]Contact, error) {
	found := map[string][]Contact{}
	_, err := sqlite.All(ctx, q, func(r sqlite.Row) (p Contact, err error) {
		var of, roles string
		if err = r.Scan(&of, &p.ID, &p.Name, &p.Salutation, &roles, &p.Email, &p.Phone); err != nil {
			return p, err
		}
		err = json.Unmarshal([]byte(roles), &p.Roles)
		found[of] = append(found[of], p)
		return p, err
	}, `SELECT p.client_id, p.id, p.name, p.salutation, p.roles, p.email, p.phone FROM client_contact p
		JOIN client c ON c.id = p.client_id WHERE `+ofClient+" ORDER BY p.client_id, p.position, p.id", organizationID, id, id)
	return found, err
}

func writeContact(ctx context.Context, tx *sqlite.Tx, clientID string, p Contact) error {
	roles, err := json.Marshal(append([]Role{}, p.Roles...))
	if err != nil {
		return err
	}
	key := ""
	if p.Email != "" {
		if key, err = input.MailKey(p.Email); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO client_contact (id, client_id, position, name, salutation, roles, email, email_key, phone)
		VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM client_contact WHERE client_id = ?), ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, salutation = excluded.salutation, roles = excluded.roles, email = excluded.email,
		email_key = excluded.email_key, phone = excluded.phone`,
		p.ID, clientID, clientID, p.Name, p.Salutation, string(roles), p.Email, key, p.Phone)
	return err
}

func deleteContact(ctx context.Context, tx *sqlite.Tx, clientID, id string) error {
	return sqlite.Changed(tx.ExecContext(ctx, "DELETE FROM client_contact WHERE client_id = ? AND id = ?", clientID, id))
}

// conditionsFor are the conditions of a client, or with id "" of every client.
func conditionsFor(ctx context.Context, q sqlite.Queryer, organizationID, id string) (map[string]Conditions, error) {
	found := map[string]Conditions{}
	_, err := sqlite.All(ctx, q, func(r sqlite.Row) (days int, err error) {
		var of string
		err = r.Scan(&of, &days)
		found[of] = Conditions{PaymentDays: days, Categories: []Condition{}}
		return days, err
	}, "SELECT c.id, c.payment_days FROM client c WHERE "+ofClient, organizationID, id, id)
	if err != nil {
		return nil, err
	}
	_, err = sqlite.All(ctx, q, func(r sqlite.Row) (one Condition, err error) {
		var of, currency string
		var partner, discount, own *string
		if err = r.Scan(&of, &one.Category, &partner, &discount, &own, &currency); err != nil {
			return one, err
		}
		if one.Partner, err = rateOf(partner); err != nil {
			return one, err
		}
		if one.Discount, err = rateOf(discount); err != nil {
			return one, err
		}
		if own != nil {
			price, err := money.ParsePrice(*own, money.Currency(currency))
			if err != nil {
				return one, err
			}
			one.Own = &price
		}
		all := found[of]
		all.Categories = append(all.Categories, one)
		found[of] = all
		return one, nil
	}, `SELECT k.client_id, k.category, k.partner, k.discount, k.own, k.currency FROM client_condition k
		JOIN client c ON c.id = k.client_id WHERE `+ofClient+" ORDER BY k.client_id, k.category", organizationID, id, id)
	return found, err
}

func rateOf(text *string) (*money.Rate, error) {
	if text == nil {
		return nil, nil //nolint:nilnil // as usual
	}
	rate, err := money.ParseRate(*text)
	return &rate, err
}

func writeConditions(ctx context.Context, tx *sqlite.Tx, clientID string, all Conditions) error {
	if _, err := tx.ExecContext(ctx, "UPDATE client SET payment_days = ? WHERE id = ?", all.PaymentDays, clientID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM client_condition WHERE client_id = ?", clientID); err != nil {
		return err
	}
	for _, k := range all.Categories {
		var partner, discount, own any
		currency := money.Currency("")
		if k.Partner != nil {
			partner = k.Partner.String()
		}
		if k.Discount != nil {
			discount = k.Discount.String()
		}
		if k.Own != nil {
			own, currency = k.Own.Decimal(), k.Own.Currency()
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO client_condition (client_id, category, partner, discount, own, currency)
			VALUES (?, ?, ?, ?, ?, ?)`, clientID, k.Category, partner, discount, own, string(currency)); err != nil {
			return err
		}
	}
	return nil
}

func notes(ctx context.Context, q sqlite.Queryer, clientID string) ([]Note, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (n Note, err error) {
		var at, changed int64
		err = r.Scan(&n.ID, &at, &n.AccountID, &n.Text, &changed, &n.Version)
		if n.At = sqlite.Time(at); changed != 0 {
			n.ChangedAt = sqlite.Time(changed)
		}
		return n, err
	}, "SELECT id, at, account_id, text, changed_at, version FROM client_note WHERE client_id = ? ORDER BY at DESC, id DESC", clientID)
}

func writeNote(ctx context.Context, tx *sqlite.Tx, clientID string, n Note) error {
	changed := int64(0)
	if !n.ChangedAt.IsZero() {
		changed = sqlite.Millis(n.ChangedAt)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO client_note (id, client_id, at, account_id, text, changed_at, version) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at, version = excluded.version`,
		n.ID, clientID, sqlite.Millis(n.At), n.AccountID, n.Text, changed, n.Version)
	return err
}

func deleteNote(ctx context.Context, tx *sqlite.Tx, clientID, id string) error {
	return sqlite.Changed(tx.ExecContext(ctx, "DELETE FROM client_note WHERE client_id = ? AND id = ?", clientID, id))
}
