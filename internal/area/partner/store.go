package partner

import (
	"context"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// readBooks returns the organization's lists and the shipped ones: own first, the newest first.
func readBooks(ctx context.Context, q sqlite.Queryer, organization string) ([]pricing.Book, error) {
	books, err := readHeads(ctx, q, organization)
	if err != nil {
		return nil, err
	}
	for i := range books {
		if books[i].Lines, err = readLines(ctx, q, books[i]); err != nil {
			return nil, err
		}
	}
	return books, nil
}

// readHeads is readBooks without their lines.
func readHeads(ctx context.Context, q sqlite.Queryer, organization string) ([]pricing.Book, error) {
	return sqlite.All(ctx, q, scanBook, `
		SELECT id, organization_id IS NULL, name, currency, valid_from, coalesce(valid_until, ''), source, author, version FROM price_book
		WHERE organization_id = ? OR organization_id IS NULL
		ORDER BY organization_id IS NULL, valid_from DESC, created_at DESC, id`, organization)
}

func readBook(ctx context.Context, q sqlite.Queryer, organization, id string) (pricing.Book, error) {
	b, err := sqlite.One(ctx, q, scanBook, `
		SELECT id, organization_id IS NULL, name, currency, valid_from, coalesce(valid_until, ''), source, author, version FROM price_book
		WHERE id = ? AND (organization_id = ? OR organization_id IS NULL)`, id, organization)
	if err != nil {
		return pricing.Book{}, err
	}
	b.Lines, err = readLines(ctx, q, b)
	return b, err
}

func scanBook(r sqlite.Row) (b pricing.Book, err error) {
	err = r.Scan(&b.ID, &b.Shipped, &b.Name, &b.Currency, &b.ValidFrom, &b.ValidUntil, &b.Source, &b.Author, &b.Version)
	return b, err
}

func readLines(ctx context.Context, q sqlite.Queryer, b pricing.Book) ([]pricing.Line, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (l pricing.Line, err error) {
		var text string
		if err = r.Scan(&l.ID, &l.Product, &l.Name, &text, &l.Per, &l.Degressive, &l.Origin, &l.Source, &l.Category); err != nil {
			return l, err
		}
		l.Price, err = money.ParsePrice(text, b.Currency)
		return l, err
	}, `SELECT id, product, name, price, per, degressive, origin, source, category FROM price_line WHERE book_id = ? ORDER BY position`, b.ID)
}

// writeBook inserts the list, or replaces the organization's own list of that id if its version still holds.
func writeBook(ctx context.Context, tx *sqlite.Tx, organization, author string, b pricing.Book) (string, error) {
	if b.ID == "" {
		b.ID = tx.NewID()
		_, err := tx.ExecContext(ctx, `
			INSERT INTO price_book (id, organization_id, name, currency, valid_from, valid_until, source, author, author_id, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?)`,
			b.ID, organization, b.Name, b.Currency, b.ValidFrom, b.ValidUntil, b.Source, b.Author, author, sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
		if err != nil {
			return "", err
		}
	} else {
		err := sqlite.Changed(tx.ExecContext(ctx, `
			UPDATE price_book SET name = ?, valid_from = ?, valid_until = nullif(?, ''), source = ?, author = ?, author_id = ?, version = version + 1, updated_at = ?
			WHERE id = ? AND organization_id = ? AND version = ?`,
			b.Name, b.ValidFrom, b.ValidUntil, b.Source, b.Author, author, sqlite.Millis(tx.Now), b.ID, organization, b.Version))
		if err != nil {
			return "", err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM price_line WHERE book_id = ?`, b.ID); err != nil {
			return "", err
		}
	}
	for i, l := range b.Lines {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO price_line (id, book_id, position, product, name, price, per, degressive, origin, source, category)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			tx.NewID(), b.ID, i+1, l.Product, l.Name, l.Price, l.Per, l.Degressive, l.Origin, l.Source, l.Category)
		if err != nil {
			return "", err
		}
	}
	return b.ID, nil
}

func deleteBook(ctx context.Context, tx *sqlite.Tx, organization, id string) error {
	return sqlite.Changed(tx.ExecContext(ctx, `DELETE FROM price_book WHERE id = ? AND organization_id = ?`, id, organization))
}

// readSchedule returns the steps that apply on a day: of the organization's own those that began last by then, or the
// shipped ones.
func readSchedule(ctx context.Context, q sqlite.Queryer, organization string, on day.Day) (pricing.Schedule, error) {
	list, err := schedules(ctx, q, `organization_id IS NULL OR organization_id = ? AND valid_from <= ?
		ORDER BY organization_id IS NULL, valid_from DESC, created_at DESC, rowid DESC LIMIT 1`, organization, on)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return pricing.Schedule{}, err
	}
	return list[0], nil
}

// readComing returns the steps that begin after a day, the soonest first; of two that begin on the same day the one that
// was saved last.
func readComing(ctx context.Context, q sqlite.Queryer, organization string, after day.Day) ([]pricing.Schedule, error) {
	return schedules(ctx, q, `organization_id = ?1 AND valid_from > ?2
		AND NOT EXISTS (SELECT 1 FROM schedule o WHERE o.organization_id = ?1 AND o.valid_from = schedule.valid_from
			AND (o.created_at, o.rowid) > (schedule.created_at, schedule.rowid))
		ORDER BY valid_from`, organization, after)
}

func schedules(ctx context.Context, q sqlite.Queryer, where string, args ...any) ([]pricing.Schedule, error) {
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (s pricing.Schedule, err error) {
		return s, r.Scan(&s.ID, &s.Shipped, &s.Mode, &s.ValidFrom, &s.Source)
	}, "SELECT id, organization_id IS NULL, mode, valid_from, source FROM schedule WHERE "+where, args...)
	for i := range list {
		if err != nil {
			break
		}
		list[i].Tiers, err = sqlite.All(ctx, q, func(r sqlite.Row) (t pricing.Tier, err error) {
			return t, r.Scan(&t.From, &t.Percent, &t.Origin, &t.Source)
		}, `SELECT from_quantity, percent, origin, source FROM tier WHERE schedule_id = ? ORDER BY from_quantity`, list[i].ID)
	}
	return list, err
}

// writeSchedule adds steps that apply from now on, and returns their id.
func writeSchedule(ctx context.Context, tx *sqlite.Tx, organization, author string, s pricing.Schedule) (string, error) {
	id := tx.NewID()
	_, err := tx.ExecContext(ctx, `
		INSERT INTO schedule (id, organization_id, mode, valid_from, source, author_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, organization, s.Mode, s.ValidFrom, s.Source, author, sqlite.Millis(tx.Now))
	if err != nil {
		return "", err
	}
	for _, t := range s.Tiers {
		_, err := tx.ExecContext(ctx, `INSERT INTO tier (schedule_id, from_quantity, percent, origin, source) VALUES (?, ?, ?, ?, ?)`,
			id, t.From, t.Percent, t.Origin, t.Source)
		if err != nil {
			return "", err
		}
	}
	return id, nil
}

// readTerms returns the organization's terms, or the shipped ones.
func readTerms(ctx context.Context, q sqlite.Queryer, organization string) (pricing.Terms, error) {
	t, err := sqlite.One(ctx, q, func(r sqlite.Row) (t pricing.Terms, err error) {
		var floor string
		if err = r.Scan(&t.Rate, &t.Ceiling, &t.Base, &t.Country, &floor, &t.Version); err != nil || floor == "" {
			return t, err
		}
		least, err := money.ParseRate(floor)
		t.Floor = &least
		return t, err
	}, `SELECT rate, ceiling, base, country_vat, coalesce(floor, ''), version FROM partner_terms WHERE organization_id = ?`, organization)
	if fault.CodeOf(err) == fault.NotFound {
		return pricing.ShippedTerms(), nil
	}
	return t, err
}

// writeTerms keeps the terms if the version that the person saw still holds.
func writeTerms(ctx context.Context, tx *sqlite.Tx, organization string, t pricing.Terms) error {
	return sqlite.Changed(tx.ExecContext(ctx, `
		INSERT INTO partner_terms (organization_id, rate, ceiling, base, country_vat, updated_at, floor)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, nullif(?8, '') WHERE ?7 = 0 OR EXISTS (SELECT 1 FROM partner_terms WHERE organization_id = ?1)
		ON CONFLICT (organization_id) DO UPDATE SET rate = ?2, ceiling = ?3, base = ?4, country_vat = ?5,
			version = version + 1, updated_at = ?6, floor = nullif(?8, '')
		WHERE version = ?7`,
		organization, t.Rate, t.Ceiling, t.Base, t.Country, sqlite.Millis(tx.Now), t.Version, floorText(t)))
}

// floorText is the least margin as decimal text; "" where none is set.
func floorText(t pricing.Terms) string {
	if t.Floor == nil {
		return ""
	}
	return t.Floor.String()
}

// current is the list that everything begins with on a day: of the organization's currency, or of any where that has none.
func current(ctx context.Context, q sqlite.Queryer, o Organizations, organization string, today day.Day) (string, error) {
	own, err := o.Currency(ctx, q, organization)
	if err != nil {
		return "", err
	}
	books, err := readHeads(ctx, q, organization)
	if err != nil {
		return "", err
	}
	for _, currency := range append([]money.Currency{own}, money.Currencies()...) {
		if b, ok := offered(books, currency, today); ok {
			return b.ID, nil
		}
	}
	return "", fault.New(fault.NotFound, "")
}
