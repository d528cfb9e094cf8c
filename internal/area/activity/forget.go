package activity

import (
	"context"
	"fmt"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Forget makes every value that is the person's unreadable, in the caller's transaction: their words leave the text
// index and the key is destroyed. The entries stay and the chain still verifies. The write-ahead log and the gaps of pages
// hold both until the caller has the file written anew, see sqlite.DB.Rewrite.
func (s *Service) Forget(ctx context.Context, tx *sqlite.Tx, personID string) error {
	person, err := sqlite.One(ctx, tx, sqlite.Value[int64],
		"SELECT no FROM journal_value WHERE kind = ? AND value = ?", kindAccount, personID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	key, err := sqlite.One(ctx, tx, sqlite.Value[[]byte], "SELECT key FROM journal_key WHERE person = ?", person)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := unindex(ctx, tx, person, key); err != nil {
		return fmt.Errorf("activity: forget: %w", err)
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM journal_key WHERE person = ?", person)
	return err
}

// unindex takes the words of a person's values out of the text index. The index keeps no text: it has to be told
// exactly what it was given.
func unindex(ctx context.Context, tx *sqlite.Tx, person int64, key []byte) error {
	type indexed struct {
		row          row
		object, name string
	}
	list, err := sqlite.All(ctx, tx, func(r sqlite.Row) (x indexed, err error) {
		err = r.Scan(&x.row.id, &x.row.organization, &x.row.account, &x.row.product, &x.row.action, &x.row.result,
			&x.object, &x.name, &x.row.person, &x.row.before, &x.row.after, &x.row.importNo)
		return x, err
	}, `SELECT id, organization, account, product, action, result, object_id, object_name, person, before, after, import
		FROM journal WHERE person = ? ORDER BY id`, person)
	if err != nil {
		return err
	}
	for _, x := range list {
		e := Entry{ObjectID: x.object, ObjectName: x.name}
		if e.Old, err = unseal(key, x.row.id, boxBefore, x.row.before); err != nil {
			return err
		}
		if e.New, err = unseal(key, x.row.id, boxAfter, x.row.after); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO journal_text
			(journal_text, rowid, object, before, after, own_before, own_after, facet)
			VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)`, textOf(x.row, &e)...); err != nil {
			return err
		}
		e.Old, e.New = "", ""
		if _, err := tx.ExecContext(ctx, insertText, textOf(x.row, &e)...); err != nil {
			return err
		}
	}
	return nil
}
