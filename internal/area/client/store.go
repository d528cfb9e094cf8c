package client

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// Entry is a client as a list shows it.
type Entry struct {
	ID         string
	Name       string
	Place      string
	State      State
	Since      time.Time
	Asked      Access
	Granted    Access
	Wallet     bool // granted
	Difference Difference
	Missing    int
	Products   int // under limited access, as granted or else as asked
	Country    string
}

// seen is the condition under which an actor may know of a client, with its arguments.
func seen(a access.Actor) (string, []any) {
	if a.Can(access.ManageClients) {
		return "c.organization_id = ?", []any{a.OrganizationID}
	}
	return "c.organization_id = ? AND EXISTS (SELECT 1 FROM client_collaborator w WHERE w.client_id = c.id AND w.account_id = ?)",
		[]any{a.OrganizationID, a.AccountID}
}

// shows are the filters of a list, by name.
var shows = map[string]string{
	"":        "c.state IN ('pending', 'active')", // those of whom nothing was asked too
	"active":  "c.state = 'active'",
	"pending": "c.state = 'pending' AND c.unasked = 0",
	"listed":  "c.state = 'pending' AND c.unasked = 1",
	"differs": "c.state = 'active' AND c.difference <> 'same'",
	"less":    "c.state = 'active' AND c.difference IN ('less', 'both')",
	"past":    "c.state IN ('refused', 'withdrawn', 'ended')",
}

func entries(ctx context.Context, q sqlite.Queryer, a access.Actor, f Filter) ([]Entry, error) {
	where, args := seen(a)
	where += " AND " + shows[f.Show]
	for word := range strings.FieldsSeq(text.Fold(f.Search)) {
		where += " AND instr(c.search, ?) > 0"
		args = append(args, word)
	}
	return sqlite.All(ctx, q, func(r sqlite.Row) (e Entry, err error) {
		var since, missing, products int64
		var state, asked, granted, difference string // plain types need no reflection, which shows with thousands of rows
		var unasked bool
		err = r.Scan(&e.ID, &e.Name, &e.Place, &state, &since, &asked, &granted, &e.Wallet, &difference, &missing, &products, &unasked, &e.Country)
		e.State, e.Asked, e.Granted, e.Difference = State(state), Access(asked), Access(granted), Difference(difference)
		if unasked {
			e.State, e.Asked = Listed, ""
		}
		e.Since, e.Missing, e.Products = sqlite.Time(since), int(missing), int(products)
		return e, err
	}, `SELECT c.id, c.name, c.place, c.state, c.since, c.asked_access, c.granted_access, c.granted_wallet, c.difference, c.missing, c.products, c.unasked, c.country
		FROM client c INDEXED BY client_by_name WHERE `+where+" ORDER BY c.name_key, c.id", args...)
}

// Counts are how many clients there are of each kind.
type Counts struct{ Active, Pending, Listed, Less, Past int }

func counts(ctx context.Context, q sqlite.Queryer, a access.Actor) (Counts, error) {
	where, args := seen(a)
	return sqlite.One(ctx, q, func(r sqlite.Row) (n Counts, err error) {
		err = r.Scan(&n.Active, &n.Pending, &n.Listed, &n.Less, &n.Past)
		return n, err
	}, "SELECT count(*) FILTER (WHERE "+shows["active"]+"), count(*) FILTER (WHERE "+shows["pending"]+"), count(*) FILTER (WHERE "+shows["listed"]+
		"), count(*) FILTER (WHERE "+shows["less"]+"), count(*) FILTER (WHERE "+shows["past"]+") FROM client c WHERE "+where, args...)
}

const columns = `c.id, c.name, c.place, c.number, c.state, c.since, c.asked_access, c.asked_wallet, c.asked_products, c.asked_at,
	c.granted_access, c.granted_wallet, c.granted_products, c.granted_on, c.paid_since, c.difference, c.missing, c.version, c.created_at,
	c.granted_by, c.signer, c.unasked, ` + recordColumns

func scan(r sqlite.Row) (Client, error) {
	var c Client
	var since, askedAt, created int64
	var asked, granted, tags string
	var unasked bool
	err := r.Scan(append([]any{
		&c.ID, &c.Name, &c.Place, &c.Number, &c.State, &since, &c.Asked.Access, &c.Asked.Wallet, &asked, &askedAt,
		&c.Granted.Access, &c.Granted.Wallet, &granted, &c.GrantedOn, &c.PaidSince, &c.Difference, &c.Missing, &c.Version, &created, &c.GrantedBy, &c.Signer, &unasked,
	}, c.Record.to(&tags)...)...)
	if err != nil {
		return c, err
	}
	if unasked {
		c.State, c.Asked.Access, c.Asked.Wallet = Listed, "", false
	}
	if err := json.Unmarshal([]byte(tags), &c.Record.Tags); err != nil {
		return c, err
	}
	c.Since, c.AskedAt, c.Created = sqlite.Time(since), sqlite.Time(askedAt), sqlite.Time(created)
	if err := json.Unmarshal([]byte(asked), &c.Asked.Products); err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(granted), &c.Granted.Products)
}

func one(ctx context.Context, q sqlite.Queryer, a access.Actor, id string) (Client, error) {
	where, args := seen(a)
	return sqlite.One(ctx, q, scan, "SELECT "+columns+" FROM client c WHERE "+where+" AND c.id = ?", append(args, id)...)
}

// namesakes are the clients under management that have a name, besides the one with an id.
func namesakes(ctx context.Context, q sqlite.Queryer, a access.Actor, name, besides string) ([]Client, error) {
	return sqlite.All(ctx, q, scan, "SELECT "+columns+` FROM client c WHERE c.organization_id = ? AND c.name_key = ? AND c.id <> ?
		AND c.state IN ('pending', 'active') ORDER BY c.created_at, c.id`, a.OrganizationID, text.Fold(name), besides)
}

func clientsOf(ctx context.Context, q sqlite.Queryer, a access.Actor) ([]Client, error) {
	where, args := seen(a)
	return sqlite.All(ctx, q, scan, "SELECT "+columns+" FROM client c WHERE "+where+" ORDER BY c.name_key, c.id", args...)
}

// write keeps a client, new or not.
func write(ctx context.Context, tx *sqlite.Tx, organizationID string, c Client) error {
	asked, err := productsText(c.Asked)
	if err != nil {
		return err
	}
	granted, err := productsText(c.Granted)
	if err != nil {
		return err
	}
	tags, err := json.Marshal(append([]string{}, c.Record.Tags...))
	if err != nil {
		return err
	}
	state, asks := c.State, c.Asked
	if state == Listed { // the table knows it as one that was not asked yet
		state, asks = Pending, Rights{Access: Full}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO client (id, organization_id, name, name_key, place, number, state, since, asked_access, asked_wallet,
		asked_products, asked_at, granted_access, granted_wallet, granted_products, granted_on, paid_since, difference, missing, search, version, created_at,
		granted_by, signer, products, unasked, legal_name, website, language, country, currency, vat_number, private, vat, tags)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, place = excluded.place, number = excluded.number,
		state = excluded.state, since = excluded.since, asked_access = excluded.asked_access,
		asked_wallet = excluded.asked_wallet, asked_products = excluded.asked_products, asked_at = excluded.asked_at,
		granted_access = excluded.granted_access, granted_wallet = excluded.granted_wallet, granted_products = excluded.granted_products,
		granted_on = excluded.granted_on, paid_since = excluded.paid_since, difference = excluded.difference, missing = excluded.missing,
		version = excluded.version, granted_by = excluded.granted_by, signer = excluded.signer, products = excluded.products,
		unasked = excluded.unasked, legal_name = excluded.legal_name, website = excluded.website, language = excluded.language,
		country = excluded.country, currency = excluded.currency, vat_number = excluded.vat_number, private = excluded.private,
		vat = excluded.vat, tags = excluded.tags`,
		c.ID, organizationID, c.Name, text.Fold(c.Name), c.Place, c.Number, state, sqlite.Millis(c.Since), asks.Access, asks.Wallet,
		asked, sqlite.Millis(c.AskedAt), c.Granted.Access, c.Granted.Wallet, granted, c.GrantedOn, c.PaidSince, c.Difference, c.Missing,
		c.Version, sqlite.Millis(c.Created), c.GrantedBy, c.Signer, len(c.entrusted()), c.State == Listed, c.Record.LegalName, c.Record.Website,
		c.Record.Language, c.Record.Country, c.Record.Currency, c.Record.VATNumber, c.Record.Private, c.Record.VAT, string(tags))
	if err != nil {
		return err
	}
	return indexWords(ctx, tx, c.ID)
}

func productsText(r Rights) (string, error) {
	if r.Products == nil {
		return "[]", nil
	}
	text, err := json.Marshal(r.Products)
	return string(text), err
}

// Change is one line of a client's history.
type Change struct {
	At        time.Time
	AccountID string
	Kind      string // asked, granted, refused, withdrawn, ended, allowed, corrected, invited, signed, signed_refusal
	Access    Access
	Wallet    bool
	Count     int // products under limited access; of "allowed" collaborators
}

func addChange(ctx context.Context, tx *sqlite.Tx, id string, ch Change) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO client_change (client_id, number, at, account_id, kind, access, wallet, products)
		SELECT ?, count(*) + 1, ?, ?, ?, ?, ?, ? FROM client_change WHERE client_id = ?`,
		id, sqlite.Millis(tx.Now), ch.AccountID, ch.Kind, ch.Access, ch.Wallet, ch.Count, id)
	return err
}

func history(ctx context.Context, q sqlite.Queryer, id string) ([]Change, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (c Change, err error) {
		var at int64
		err = r.Scan(&at, &c.AccountID, &c.Kind, &c.Access, &c.Wallet, &c.Count)
		c.At = sqlite.Time(at)
		return c, err
	}, "SELECT at, account_id, kind, access, wallet, products FROM client_change WHERE client_id = ? ORDER BY number DESC", id)
}

func collaborators(ctx context.Context, q sqlite.Queryer, id string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], "SELECT account_id FROM client_collaborator WHERE client_id = ? ORDER BY account_id", id)
}

func setCollaborators(ctx context.Context, tx *sqlite.Tx, organizationID, id string, accounts []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM client_collaborator WHERE client_id = ?", id); err != nil {
		return err
	}
	for _, account := range accounts {
		if _, err := tx.ExecContext(ctx, "INSERT INTO client_collaborator (client_id, organization_id, account_id) VALUES (?, ?, ?)",
			id, organizationID, account); err != nil {
			return err
		}
	}
	return nil
}
