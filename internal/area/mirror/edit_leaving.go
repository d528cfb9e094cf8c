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

// sheetOfPerson is the connection and the person at Infomaniak as last read, without the token.
func sheetOfPerson(ctx context.Context, q sqlite.Queryer, account string) ([][]string, error) {
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) ([]string, error) {
		row := make([]string, 11)
		var connected, complete, read int64
		err := r.Scan(&row[0], &row[1], &row[2], &row[3], &connected, &complete, &row[6], &row[7], &row[8], &row[9], &read)
		row[4], row[5], row[10] = written(sqlite.Time(connected)), written(sqlite.Time(complete)), written(sqlite.Time(read))
		return row, err
	}, `SELECT c.remote_user, c.remote_name, c.remote_email, c.state, c.connected_at, c.last_complete_at, coalesce(p.person, ''), coalesce(p.emails, ''),
			coalesce(p.phones, ''), coalesce(p.two_step, ''), coalesce(p.read_at, 0)
		FROM mirror_connection c LEFT JOIN mirror_profile p ON p.account_id = c.account_id WHERE c.account_id = ?`, account)
	return append([][]string{{
		"id", "name", "email", "state", "connected_at", "complete_at", "person", "emails", "phones", "two_step", "read_at",
	}}, rows...), err
}

// sheetOfLinks is what was decided about the organizations there, noted about sign-ins, and became of the invitations made here.
func sheetOfLinks(ctx context.Context, q sqlite.Queryer, account string) ([][]string, error) {
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) ([]string, error) {
		row := make([]string, 6)
		var at int64
		err := r.Scan(&row[0], &row[1], &row[2], &row[3], &row[4], &at)
		row[5] = written(sqlite.Time(at))
		return row, err
	}, `SELECT 'organization', remote_account, choice, coalesce(organization_id, ''), coalesce(client_id, ''), decided_at FROM mirror_link WHERE account_id = ?1
		UNION ALL SELECT 'sign-in', session, mark, '', '', marked_at FROM mirror_mark WHERE account_id = ?1
		UNION ALL SELECT 'invitation', remote_account, status, email, role, sent_at FROM mirror_invited WHERE account_id = ?1
		UNION ALL SELECT 'drive', drive, 'on', '', '', 0 FROM mirror_drive WHERE account_id = ?1 ORDER BY 1, 2`, account)
	return append([][]string{{"what", "of", "choice", "organization_or_email", "client_or_role", "at"}}, rows...), err
}
