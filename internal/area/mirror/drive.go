package mirror

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

func (s *Service) drives(ctx context.Context) (DrivesView, error) {
	v := DrivesView{Stand: local, Drives: []DriveView{}}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return v, err
	}
	if _, v.Stand, err = s.perAccount(ctx, x.c, areaDrives, ""); err != nil {
		return v, err
	}
	q := s.db.Reader()
	on, err := sqlite.All(ctx, q, sqlite.Value[string], "SELECT drive FROM mirror_drive WHERE account_id = ?", x.c.account)
	if err != nil {
		return v, err
	}
	rows, err := rowsOf[Drive](ctx, q, x.c.account, areaDrives, "*")
	if err != nil {
		return v, err
	}
	for _, r := range rows {
		if ignored(x.links, r.of) {
			continue
		}
		d := DriveView{ID: r.id, Account: r.of, AccountName: x.names[r.of], Name: r.name, GoneSince: moment(r.gone)}
		for _, id := range on {
			d.On = d.On || id == r.id
		}
		var newest, oldest int64
		if err := q.QueryRowContext(ctx, `SELECT coalesce((SELECT events FROM mirror_drive WHERE account_id = ?1 AND drive = ?2), 0),
			coalesce((SELECT max(at) FROM mirror_event WHERE account_id = ?1 AND drive = ?2), 0),
			coalesce((SELECT min(at) FROM mirror_event WHERE account_id = ?1 AND drive = ?2), 0)`, x.c.account, r.id).Scan(&d.Events, &newest, &oldest); err != nil {
			return v, err
		}
		d.Newest, d.Oldest = moment(sqlite.Time(newest)), moment(sqlite.Time(oldest))
		if d.Stand, err = s.standIn(ctx, x.c, areaEvents, r.id); err != nil {
			return v, err
		}
		v.Drives = append(v.Drives, d)
	}
	return v, nil
}

// SetDrive says whether the activity of a drive is read. Switched off, what was read of it is erased.
func (s *Service) SetDrive(ctx context.Context, id string, on bool) error {
	actor, c, err := s.connected(ctx)
	if err != nil {
		return err
	}
	known, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM mirror_row WHERE account_id = ?
		AND area = 'drives' AND remote_id = ?)`, c.account, id)
	if err != nil {
		return err
	}
	if !known {
		return fault.New(fault.NotFound, "")
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		if on {
			_, err := tx.ExecContext(ctx, "INSERT INTO mirror_drive (account_id, drive) VALUES (?, ?) ON CONFLICT DO NOTHING", c.account, id)
			if err != nil {
				return err
			}
			v, err := verdictOf(ctx, tx, c.account, areaEvents, id)
			v.opened = tx.Now
			if err != nil {
				return err
			}
			return putVerdict(ctx, tx, c.account, v)
		}
		return dropDrive(ctx, tx, c.account, id)
	})
	if err == nil && on {
		s.Wake(actor.AccountID)
	}
	return err
}

// dropDrive erases the events of a drive, of all if it is "*".
func dropDrive(ctx context.Context, tx *sqlite.Tx, account, drive string) error {
	for _, query := range []string{
		"DELETE FROM mirror_event_text WHERE rowid IN (SELECT id FROM mirror_event WHERE account_id = ?1 AND (drive = ?2 OR ?2 = '*'))",
		"DELETE FROM mirror_event WHERE account_id = ?1 AND (drive = ?2 OR ?2 = '*')",
		"DELETE FROM mirror_drive WHERE account_id = ?1 AND (drive = ?2 OR ?2 = '*')",
		"DELETE FROM mirror_area WHERE account_id = ?1 AND area = 'activities' AND (remote_account = ?2 OR ?2 = '*')",
		"DELETE FROM mirror_cursor WHERE account_id = ?1 AND area = 'activities' AND (remote_account = ?2 OR ?2 = '*')",
	} {
		if _, err := tx.ExecContext(ctx, query, account, drive); err != nil {
			return err
		}
	}
	// The words of what is deleted leave the index's pages when it is written anew.
	_, err := tx.ExecContext(ctx, "INSERT INTO mirror_event_text (mirror_event_text) VALUES ('optimize')")
	return err
}
