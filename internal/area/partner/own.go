package partner

import (
	"context"
	"fmt"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of own products.
const (
	MaxOwn         = 2_000
	MaxDescription = 1_000 // characters
)

// OwnProduct is a product or service of the partner's own, as typed and as shown: what it is, what one costs the client
// each time that it is due, and the partner.
type OwnProduct struct {
	ID          string `json:"id"` // "" is a new one
	Name        string `json:"name"`
	Description string `json:"description"`
	Category    string `json:"category"`
	Class       string `json:"class"`  // of VAT; "" is the normal one
	Unit        string `json:"unit"`   // piece, hour, day, month, year, flat
	Months      int    `json:"months"` // billing period; 0 is once
	Currency    string `json:"currency"`
	Price       string `json:"price"`
	Cost        string `json:"cost"`  // "" is not known
	Floor       string `json:"floor"` // of one; "" asks about none
	Version     int64  `json:"version"`
}

// units and cycles are those that quotes compute with.
var (
	units  = []string{"piece", "hour", "day", "month", "year", "flat"}
	cycles = []int{0, 1, 3, 6, 12, 24, 36}
)

func (p OwnProduct) parse() (OwnProduct, error) {
	var c fault.Check
	currency, err := money.ParseCurrency(p.Currency)
	if err != nil {
		c.Refuse("currency", "not_a_choice")
		return p, c.Err()
	}
	p.Name = input.Name(&c, "name", p.Name, pricing.MaxName, true)
	p.Description = input.LongText(&c, "description", p.Description, MaxDescription, false)
	if !slices.Contains(pricing.Categories(), pricing.Category(p.Category)) {
		c.Refuse("category", "not_a_choice")
	}
	if !slices.Contains(pricing.VATClasses(), pricing.VATClass(p.Class)) {
		c.Refuse("class", "not_a_choice")
	}
	if !slices.Contains(units, p.Unit) {
		c.Refuse("unit", "not_a_choice")
	}
	if !slices.Contains(cycles, p.Months) {
		c.Refuse("months", "not_a_choice")
	}
	p.Price = input.Price(&c, "price", p.Price, currency).Decimal()
	for name, to := range map[string]*string{"cost": &p.Cost, "floor": &p.Floor} {
		if *to != "" {
			*to = input.Price(&c, name, *to, currency).Decimal()
		}
	}
	return p, c.Err()
}

const ownColumns = `id, name, description, category, class, unit, months, currency, price, coalesce(cost, ''), coalesce(floor, ''), version`

func scanOwn(r sqlite.Row) (p OwnProduct, err error) {
	err = r.Scan(&p.ID, &p.Name, &p.Description, &p.Category, &p.Class, &p.Unit, &p.Months, &p.Currency, &p.Price, &p.Cost, &p.Floor, &p.Version)
	return p, err
}

func readOwn(ctx context.Context, q sqlite.Queryer, organization string) ([]OwnProduct, error) {
	return sqlite.All(ctx, q, scanOwn, "SELECT "+ownColumns+" FROM partner_product WHERE organization_id = ? ORDER BY currency, name_key", organization)
}

// OwnProducts lists the partner's own products and services. Requires access.UseSimulator.
func (s *Service) OwnProducts(ctx context.Context) ([]OwnProduct, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return nil, err
	}
	return readOwn(ctx, s.db.Reader(), actor.OrganizationID)
}

// SaveOwnProduct keeps a new product or service, or changes one, and returns its id. Quotes that have it keep what they
// say. Requires access.EditPrices. Errors: Invalid; Conflict if somebody else changed it.
func (s *Service) SaveOwnProduct(ctx context.Context, draft OwnProduct) (string, error) {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return "", err
	}
	p, err := draft.parse()
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		all, err := readOwn(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		if slices.ContainsFunc(all, func(o OwnProduct) bool {
			return o.ID != p.ID && o.Currency == p.Currency && text.Fold(o.Name) == text.Fold(p.Name)
		}) {
			c.Refuse("name", "not_unique")
		}
		if p.ID == "" && len(all) >= MaxOwn {
			c.Refuse("name", "too_many", "max", fmt.Sprint(MaxOwn))
		}
		if err := c.Err(); err != nil {
			return err
		}
		entry := audit.Entry{Action: audit.ItemAdded, Product: audit.Partner, New: ownText(p)}
		if p.ID == "" {
			p.ID = tx.NewID()
		} else {
			entry.Action = audit.ItemChanged
			if i := slices.IndexFunc(all, func(o OwnProduct) bool { return o.ID == p.ID }); i >= 0 {
				entry.Old = ownText(all[i])
			}
		}
		if err := writeOwn(ctx, tx, actor.OrganizationID, p); err != nil {
			return err
		}
		entry.ObjectID, entry.ObjectName = p.ID, p.Name
		return s.journal.Record(ctx, tx, entry)
	})
	return p.ID, err
}

func writeOwn(ctx context.Context, tx *sqlite.Tx, organization string, p OwnProduct) error {
	if p.Version == 0 {
		_, err := tx.ExecContext(ctx, `INSERT INTO partner_product (id, organization_id, name, name_key, description, category, class, unit, months, currency, price,
			cost, floor, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?)`,
			p.ID, organization, p.Name, text.Fold(p.Name), p.Description, p.Category, p.Class, p.Unit, p.Months, p.Currency, p.Price, p.Cost, p.Floor,
			sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
		return err
	}
	return sqlite.Changed(tx.ExecContext(ctx, `UPDATE partner_product SET name = ?, name_key = ?, description = ?, category = ?, class = ?, unit = ?, months = ?,
		currency = ?, price = ?, cost = nullif(?, ''), floor = nullif(?, ''), version = version + 1, updated_at = ?
		WHERE id = ? AND organization_id = ? AND version = ?`,
		p.Name, text.Fold(p.Name), p.Description, p.Category, p.Class, p.Unit, p.Months, p.Currency, p.Price, p.Cost, p.Floor, sqlite.Millis(tx.Now),
		p.ID, organization, p.Version))
}

// ownText is a product in one line for the journal.
func ownText(p OwnProduct) string {
	return fmt.Sprintf("%s; %s %s; %s", p.Name, p.Currency, p.Price, p.Unit)
}

// DeleteOwnProduct removes a product or service. Quotes that have it keep what they say. Requires access.EditPrices.
func (s *Service) DeleteOwnProduct(ctx context.Context, id string, version int64) error {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		p, err := sqlite.One(ctx, tx, scanOwn, "SELECT "+ownColumns+" FROM partner_product WHERE id = ? AND organization_id = ?", id, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(p.Version, version); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM partner_product WHERE id = ?", id); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{Action: audit.ItemDeleted, Product: audit.Partner, ObjectID: id, ObjectName: p.Name, Old: ownText(p)})
	})
}
