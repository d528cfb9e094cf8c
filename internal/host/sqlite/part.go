package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kontor/internal/core/fault"
)

// Part is a row with every row that belongs to it: what its keys would take along if it were deleted.
type Part struct {
	Table   string   // of the row; its key is the column id
	ID      string   // of the row
	Without []string // tables that stay where they are, with all that hangs on them
}

// Carried is a row as it is carried. Its values are valid until the call that is given it returns.
type Carried struct {
	Table   string
	Columns []string
	Values  []any
}

// What keeps a part from being carried.
var (
	ErrPart     = errors.New("sqlite: not one part that holds together")
	ErrPartHere = errors.New("sqlite: a row of the part is there already")
)

// branch is a table of a part.
type branch struct {
	table   string
	columns []string // without one that is only a number of this database
	key     []string
	own     string // the column that counts in this database; "" for none
	where   string // what selects the rows of the part; it takes the id once
}

// Tables are the tables of a part, each after those that it hangs on.
func (db *DB) Tables(ctx context.Context, p Part) ([]string, error) {
	plan, err := p.plan(ctx, db.read)
	names := make([]string, len(plan))
	for i, b := range plan {
		names[i] = b.table
	}
	return names, err
}

// plan follows the keys that cascade, from the row down.
func (p Part) plan(ctx context.Context, q Queryer) ([]branch, error) {
	keys, err := arrows(ctx, q, "")
	if err != nil {
		return nil, err
	}
	root, err := branchOf(ctx, q, p.Table)
	if err != nil {
		return nil, err
	}
	root.where = `"id" = ?`
	plan := []branch{root}
	for i := 0; i < len(plan); i++ { // it grows
		for _, a := range keys {
			if !a.cascades || a.parent != plan[i].table || slices.Contains(p.Without, a.table) || slices.ContainsFunc(plan, func(b branch) bool { return b.table == a.table }) {
				continue
			}
			b, err := branchOf(ctx, q, a.table)
			if err != nil {
				return nil, err
			}
			b.where = fmt.Sprintf(`"%s" IN (SELECT "%s" FROM "%s" WHERE %s)`, a.from, a.to, a.parent, plan[i].where)
			plan = append(plan, b)
		}
	}
	return plan, nil
}

func branchOf(ctx context.Context, q Queryer, table string) (branch, error) {
	b := branch{table: table}
	type column struct {
		name, kind string
		key        int
	}
	all, err := All(ctx, q, func(r Row) (c column, err error) { return c, r.Scan(&c.name, &c.kind, &c.key) },
		"SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", table)
	if err != nil {
		return b, err
	}
	keys := 0
	for _, c := range all {
		if c.key > 0 {
			keys++
		}
	}
	for _, c := range all {
		if c.key > 0 {
			b.key = append(b.key, c.name)
		}
		if c.key > 0 && keys == 1 && c.kind == "INTEGER" {
			b.own = c.name
			continue
		}
		b.columns = append(b.columns, c.name)
	}
	return b, nil
}

// Carry copies a part from one database into another of the same schema, where no row of it may be: ids stay as they are, what
// only counts rows is counted anew. Each row is shown to each (which may be nil) and counted by its table. What somebody
// else made is to be asked first whether it is Whole. Errors: NotFound without the row; ErrPartHere;
// ErrPart where a row says that it is another one's, or breaks the schema.
func (p Part) Carry(ctx context.Context, from Queryer, to *Tx, each func(Carried)) (map[string]int64, error) {
	plan, err := p.plan(ctx, to) // of this program's own schema
	if err != nil {
		return nil, err
	}
	if _, err := to.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil { // rows of one table may point to each other
		return nil, err
	}
	counted := map[string]int64{}
	for _, b := range plan {
		n, err := p.carry(ctx, b, from, to, each)
		if err != nil {
			return nil, err
		}
		if counted[b.table] = n; n == 0 && b.table == p.Table {
			return nil, fault.New(fault.NotFound, "")
		}
	}
	return counted, nil
}

// made is what the schema makes by itself with the row of a part, and a copy therefore finds there: its columns that change.
var made = map[string][]string{
	"payment_profile": {"brand", "label", "holder", "last4", "ends", "masked", "version", "created_at", "updated_at"},
	"payment_default": {"profile_id"},
}

func (p Part) carry(ctx context.Context, b branch, from Queryer, to *Tx, each func(Carried)) (n int64, err error) {
	order := b.key
	if b.own != "" {
		order = []string{b.own}
	}
	rows, err := from.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM "%s" WHERE %s ORDER BY %s`, list(b.columns), b.table, b.where, list(order)), p.ID)
	if err != nil {
		return 0, errors.Join(ErrPart, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	into := fmt.Sprintf(`INSERT INTO "%s" (%s) VALUES (%s)`, b.table, list(b.columns), strings.TrimSuffix(strings.Repeat("?, ", len(b.columns)), ", "))
	if change := made[b.table]; change != nil {
		into += fmt.Sprintf(" ON CONFLICT (%s) DO UPDATE SET ", list(b.key))
		for i, c := range change {
			if i > 0 {
				into += ", "
			}
			into += fmt.Sprintf(`"%s" = excluded."%s"`, c, c)
		}
		into += fmt.Sprintf(` WHERE "%s".organization_id = excluded.organization_id`, b.table) // nobody else's
	}
	insert, err := to.PrepareContext(ctx, into)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	place := slices.Index(b.columns, p.Table+"_id")
	values, scanned := make([]any, len(b.columns)), make([]any, len(b.columns))
	for i := range values {
		scanned[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(scanned...); err != nil {
			return n, err
		}
		if place >= 0 && values[place] != nil && values[place] != p.ID {
			return n, fmt.Errorf("%w: a row of %s belongs elsewhere", ErrPart, b.table)
		}
		if each != nil {
			each(Carried{b.table, b.columns, values})
		}
		r, err := insert.ExecContext(ctx, values...)
		if err := brought(r, err); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func brought(r sql.Result, err error) error {
	if IsUnique(err) {
		return errors.Join(ErrPartHere, err)
	}
	if isConstraint(err) {
		return errors.Join(ErrPart, err)
	}
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n != 1 {
		return errors.Join(ErrPartHere, err)
	}
	return nil
}

func list(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }

// Whole checks that a database, whoever made it, holds one row of the part's table, and that the rows that belong to it point
// to each other only: none of them can claim what is somebody else's where it is carried to. It returns the row's id.
// Error: ErrPart.
func (p Part) Whole(ctx context.Context, q Queryer) (id string, err error) {
	ids, err := All(ctx, q, Value[string], `SELECT id FROM "`+p.Table+`" LIMIT 2`)
	if err != nil || len(ids) != 1 || ids[0] == "" {
		return "", errors.Join(ErrPart, err)
	}
	p.ID = ids[0]
	plan, err := p.plan(ctx, q)
	if err != nil {
		return "", err
	}
	where := map[string]string{}
	for _, b := range plan {
		where[b.table] = b.where
	}
	for _, b := range plan {
		keys, err := arrows(ctx, q, b.table)
		if err != nil {
			return "", err
		}
		for _, a := range keys {
			inside, args := "SELECT NULL WHERE false", []any{p.ID}
			if in := where[a.parent]; in != "" {
				inside, args = fmt.Sprintf(`SELECT "%s" FROM "%s" WHERE %s`, a.to, a.parent, in), []any{p.ID, p.ID}
			}
			astray, err := One(ctx, q, Value[int64], fmt.Sprintf(`SELECT count(*) FROM "%s" WHERE %s AND "%s" IS NOT NULL AND "%s" NOT IN (%s)`,
				b.table, b.where, a.from, a.from, inside), args...)
			if err != nil || astray > 0 {
				return "", errors.Join(fmt.Errorf("%w: %s.%s leads elsewhere", ErrPart, b.table, a.from), err)
			}
		}
	}
	return p.ID, nil
}

// Rows counts the rows of a part by their table.
func (p Part) Rows(ctx context.Context, q Queryer) (map[string]int64, error) {
	plan, err := p.plan(ctx, q)
	counted := map[string]int64{}
	for _, b := range plan {
		if err == nil {
			counted[b.table], err = One(ctx, q, Value[int64], fmt.Sprintf(`SELECT count(*) FROM "%s" WHERE %s`, b.table, b.where), p.ID)
		}
	}
	return counted, err
}

// arrow is a key of a table.
type arrow struct {
	table, from, parent, to string
	cascades                bool
}

// arrows are the keys of a table; of all of them for "".
func arrows(ctx context.Context, q Queryer, table string) ([]arrow, error) {
	return All(ctx, q, func(r Row) (a arrow, err error) { return a, r.Scan(&a.table, &a.from, &a.parent, &a.to, &a.cascades) }, `SELECT m.name, k."from", k."table",
		coalesce(k."to", ''), k.on_delete = 'CASCADE' FROM sqlite_schema m, pragma_foreign_key_list(m.name) k
		WHERE m.type = 'table' AND (? = '' OR m.name = ?) ORDER BY m.name, k.id DESC, k.seq`, table, table)
}
