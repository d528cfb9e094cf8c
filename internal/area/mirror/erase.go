package mirror

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// counted are the kinds of what is kept of a connection.
var counted = []struct{ kind, query string }{
	{"organizations", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'organizations'"},
	{"products", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'products'"},
	{"domains", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'domains'"},
	{"members", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'members'"},
	{"teams", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'teams'"},
	{"sessions", "SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'sessions'"},
	{"events", "SELECT count(*) FROM mirror_event WHERE account_id = ?"},
}

func (s *Service) parting(ctx context.Context) (PartingView, error) {
	v := PartingView{Counts: []CountView{}}
	c, ok, err := s.mine(ctx)
	if err != nil || !ok {
		return v, err
	}
	for _, k := range counted {
		n, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[int], k.query, c.account)
		if err != nil {
			return v, err
		}
		v.Counts = append(v.Counts, CountView{k.kind, n})
	}
	if s.edits != nil {
		v.Sent, v.Unsent, err = s.edits.OnTheWay(ctx, s.db.Reader(), c.account)
	}
	return v, err
}

// Disconnect forgets the token, and freezes or erases what was read; it asks for the password. What was erased is in no byte
// of the file or its log afterwards. Errors: Conflict/ReasonNotConnected, Unavailable/sqlite.ReasonBusy where a reader kept
// the log: then everything is erased, and its bytes go with the next writing anew.
func (s *Service) Disconnect(ctx context.Context, password string, erase bool) error {
	actor, err := s.able(ctx)
	if err != nil {
		return err
	}
	c, ok, err := s.mine(ctx)
	if err != nil {
		return err
	}
	if !ok || c.state == Off && !erase {
		return fault.New(fault.Conflict, ReasonNotConnected)
	}
	if err := s.Reauth.Reauthenticate(ctx, password); err != nil {
		return err
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		if err := s.Vault.Delete(ctx, tx, tokenPlace, c.account, tokenField); err != nil {
			return err
		}
		if s.edits != nil {
			if err := s.edits.Drop(ctx, tx, c.account, erase); err != nil {
				return err
			}
		}
		now := "frozen"
		if erase {
			now = "erased"
			if err := eraseAll(ctx, tx, c.account); err != nil {
				return err
			}
		} else if err := freeze(ctx, tx, c.account); err != nil {
			return err
		}
		return s.tell(ctx, tx, actor, "connected", now)
	})
	if err != nil || !erase {
		return err
	}
	return s.db.Rewrite(ctx)
}

func freeze(ctx context.Context, tx *sqlite.Tx, account string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE mirror_connection SET state = 'off', reason = '', next_at = 0, frozen_at = ?, background = 0
		WHERE account_id = ?`, sqlite.Millis(tx.Now), account); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM mirror_cursor WHERE account_id = ?", account)
	return err
}

// eraseAll removes everything of a connection; what hangs on it goes with it.
func eraseAll(ctx context.Context, tx *sqlite.Tx, account string) error {
	if err := dropDrive(ctx, tx, account, "*"); err != nil {
		return err
	}
	for _, query := range []string{"DELETE FROM mirror_request WHERE account_id = ?", "DELETE FROM mirror_connection WHERE account_id = ?"} {
		if _, err := tx.ExecContext(ctx, query, account); err != nil {
			return err
		}
	}
	return nil
}

// Holds counts what was read for a person who leaves Kontor; all of it goes.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	rows, err := sqlite.One(ctx, q, sqlite.Value[int], `SELECT (SELECT count(*) FROM mirror_row WHERE account_id = ?1)
		+ (SELECT count(*) FROM mirror_event WHERE account_id = ?1) + (SELECT count(*) FROM mirror_edit WHERE account_id = ?1)
		+ (SELECT count(*) FROM mirror_snapshot WHERE account_id = ?1)`, accountID)
	return map[string]int{"mirrored": rows}, nil, err
}

// Sheets are what was read for the person, without the token.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	rows := [][]string{{"area", "organization", "id", "name", "ends", "fields", "first_seen", "gone"}}
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) ([]string, error) {
		var area, of, id, name, ends, fields string
		var first, gone int64
		err := r.Scan(&area, &of, &id, &name, &ends, &fields, &first, &gone)
		return []string{area, of, id, name, ends, fields, written(sqlite.Time(first)), written(sqlite.Time(gone))}, err
	}, `SELECT area, remote_account, remote_id, name, ends_on, fields, first_at, gone_at FROM mirror_row WHERE account_id = ?
		ORDER BY area, remote_account, remote_id`, accountID)
	if err != nil {
		return nil, err
	}
	events := [][]string{{"drive", "id", "at", "action", "actor", "path", "before", "file", "source", "place", "number"}}
	happened, err := sqlite.All(ctx, q, func(r sqlite.Row) ([]string, error) {
		e := make([]string, 9)
		var at, number int64
		err := r.Scan(&e[0], &e[1], &at, &e[2], &e[3], &e[4], &e[5], &e[6], &e[7], &e[8], &number)
		return []string{e[0], e[1], written(sqlite.Time(at)), e[2], e[3], e[4], e[5], e[6], e[7], e[8], strconv.FormatInt(number, 10)}, err
	}, `SELECT drive, remote_id, at, action, actor, path, before, file, source, place, id FROM mirror_event WHERE account_id = ? ORDER BY at, id`, accountID)
	if err != nil {
		return nil, err
	}
	edits, err := sheetOfEdits(ctx, q, accountID)
	if err != nil {
		return nil, err
	}
	zones, err := sheetOfZones(ctx, q, accountID)
	if err != nil {
		return nil, err
	}
	person, err := sheetOfPerson(ctx, q, accountID)
	if err != nil {
		return nil, err
	}
	links, err := sheetOfLinks(ctx, q, accountID)
	return map[string][][]string{
		"infomaniak_person": person, "infomaniak_links": links,
		"infomaniak": append(rows, list...), "infomaniak_events": append(events, happened...), "infomaniak_edits": edits, "infomaniak_zones": zones,
	}, err
}

func written(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Erase removes the connection of a person who leaves Kontor, with its token.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	if err := s.Vault.Delete(ctx, tx, tokenPlace, accountID, tokenField); err != nil {
		return err
	}
	return eraseAll(ctx, tx, accountID)
}
