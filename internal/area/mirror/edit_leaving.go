package mirror

import (
	"context"
	"strconv"

	"kontor/internal/host/sqlite"
)

// sheetOfEdits are a person's edits for the copy of her own data. Application passwords are in none of them.
func sheetOfEdits(ctx context.Context, q sqlite.Queryer, account string) ([][]string, error) {
	rows := [][]string{{"id", "created_at", "kind", "act", "field", "name", "state", "before", "mine", "theirs", "sent_at"}}
	list, err := editsOf(ctx, q, account)
	for i := range list {
		x := &list[i]
		sent := ""
		if x.sends > 0 {
			sent = written(x.sentAt)
		}
		rows = append(rows, []string{
			x.id, written(x.createdAt), x.kind, x.act, x.field, x.name(), x.state, x.base.text(), x.mine.text(), x.theirs.text(), sent,
		})
	}
	return rows, err
}

// sheetOfZones are the records of all snapshots.
func sheetOfZones(ctx context.Context, q sqlite.Queryer, account string) ([][]string, error) {
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) ([]string, error) {
		row := make([]string, 7)
		var taken, seen, ttl int64
		err := r.Scan(&row[0], &taken, &seen, &row[3], &row[4], &row[5], &ttl)
		row[1], row[2], row[6] = written(sqlite.Time(taken)), written(sqlite.Time(seen)), strconv.FormatInt(ttl, 10)
		return row, err
	}, `SELECT s.zone, s.taken_at, s.seen_at, r.source, r.type, r.target, r.ttl
		FROM mirror_snapshot s JOIN mirror_snapshot_record r ON r.snapshot_id = s.id WHERE s.account_id = ? ORDER BY s.zone, s.taken_at, r.n`, account)
	return append([][]string{{"zone", "taken_at", "seen_at", "source", "type", "target", "ttl"}}, rows...), err
}
