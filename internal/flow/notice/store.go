package notice

import (
	"context"
	"time"

	"kontor/internal/host/sqlite"
)

// maxNotices is how many notices a person keeps; older ones go.
const maxNotices = 500

func insert(ctx context.Context, tx *sqlite.Tx, accountID string, n Notice) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO notice (id, account_id, kind, at, device, system, address, letter_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, n.ID, accountID, n.Kind, sqlite.Millis(n.At), n.Device, n.System, n.Address, n.LetterID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM notice WHERE id IN
		(SELECT id FROM notice WHERE account_id = ? ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)`, accountID, maxNotices)
	return err
}

func list(ctx context.Context, q sqlite.Queryer, accountID string) ([]Notice, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (n Notice, err error) {
		var at, seen int64
		err = r.Scan(&n.ID, &n.Kind, &at, &n.Device, &n.System, &n.Address, &n.LetterID, &seen)
		n.At, n.SeenAt = sqlite.Time(at), sqlite.Time(seen)
		return n, err
	}, `SELECT id, kind, at, device, system, address, letter_id, coalesce(seen_at, 0) FROM notice
		WHERE account_id = ? ORDER BY at DESC, id DESC`, accountID)
}

func markSeen(ctx context.Context, tx *sqlite.Tx, accountID string, upTo time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE notice SET seen_at = ? WHERE account_id = ? AND seen_at IS NULL AND at <= ?",
		sqlite.Millis(tx.Now), accountID, sqlite.Millis(upTo))
	return err
}

func unseen(ctx context.Context, q sqlite.Queryer, accountID string) ([]Group, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (g Group, err error) {
		var at int64
		err = r.Scan(&g.Kind, &g.Count, &at, &g.Device)
		g.Last = sqlite.Time(at)
		return g, err
	}, `SELECT kind, count(*), max(at), device FROM notice WHERE account_id = ? AND seen_at IS NULL AND letter_id = ''
		GROUP BY kind ORDER BY max(at) DESC`, accountID)
}
