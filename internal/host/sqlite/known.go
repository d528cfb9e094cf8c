package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"
)

// Known is what can be said of a file that is not opened because it cannot be trusted.
type Known struct {
	Size    int64     // bytes; 0 if there is none
	Written time.Time // zero if there is none
	Closed  time.Time // when it was closed properly; zero if the program or the computer ended in the middle
	Whole   []string  // of the tables: those that can be read to their end
	Broken  []string  // and those that cannot; what there was no time for is in neither
}

// KnownOf looks at a file, which is only read, and at tables of it.
func KnownOf(ctx context.Context, path string, tables []string) (k Known) {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		k.Size, k.Written = info.Size(), info.ModTime()
	}
	if m, err := readMark(path); err == nil {
		k.Closed = m.Closed
	}
	if k.Size == 0 {
		return k
	}
	p, err := readOnlyPool(path)
	if err != nil {
		return k
	}
	defer func() { _ = p.Close() }()
	for _, table := range tables {
		switch err := readThrough(ctx, p, table); {
		case err == nil:
			k.Whole = append(k.Whole, table)
		case ctx.Err() == nil:
			k.Broken = append(k.Broken, table)
		}
	}
	return k
}

// readThrough reads every value of a table, without the help of an index.
func readThrough(ctx context.Context, p *sql.DB, table string) error {
	rows, err := p.QueryContext(ctx, fmt.Sprintf(`SELECT * FROM "%s" NOT INDEXED`, table))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
