package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// snapshot is a zone as it was from taken to seen at least.
type snapshot struct {
	id, zone, why, digest string
	taken, seen           time.Time
	changes, records      int
}

const snapshotColumns = `id, zone, why, digest, taken_at, seen_at, changes,
	(SELECT count(*) FROM mirror_snapshot_record r WHERE r.snapshot_id = mirror_snapshot.id)`

func scanSnapshot(r sqlite.Row) (s snapshot, err error) {
	var taken, seen int64
	err = r.Scan(&s.id, &s.zone, &s.why, &s.digest, &taken, &seen, &s.changes, &s.records)
	s.taken, s.seen = sqlite.Time(taken), sqlite.Time(seen)
	return s, err
}

func (s snapshot) view() SnapshotView {
	return SnapshotView{
		ID: s.id, Zone: s.zone, TakenAt: bridge.Moment(s.taken), SeenAt: bridge.Moment(s.seen), Why: s.why, Records: s.records, Changes: s.changes,
	}
}

func snapshotByID(ctx context.Context, q sqlite.Queryer, account, id string) (snapshot, error) {
	return sqlite.One(ctx, q, scanSnapshot, "SELECT "+snapshotColumns+" FROM mirror_snapshot WHERE account_id = ? AND id = ?", account, id)
}

// newestSnapshot is the last reading of a zone. Error: NotFound.
func newestSnapshot(ctx context.Context, q sqlite.Queryer, account, zone string) (snapshot, error) {
	return sqlite.One(ctx, q, scanSnapshot, "SELECT "+snapshotColumns+` FROM mirror_snapshot WHERE account_id = ? AND zone = ?
		ORDER BY seen_at DESC, id DESC LIMIT 1`, account, zone)
}

func recordsOf(ctx context.Context, q sqlite.Queryer, snapshot string) ([]Record, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (x Record, err error) {
		return x, r.Scan(&x.ID, &x.Source, &x.Type, &x.Target, &x.TTL)
	}, "SELECT remote_id, source, type, target, ttl FROM mirror_snapshot_record WHERE snapshot_id = ? ORDER BY n", snapshot)
}

// digest is of what a zone says and under which ids: with another id a record could no longer be changed by the old one.
func digest(list []Record) string {
	h := sha256.New()
	for _, r := range sorted(list) {
		_, _ = fmt.Fprintf(h, "%q\n", []string{r.ID, r.line()})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// keepSnapshot keeps a reading of a whole zone: a new snapshot if it differs from the last, else a later end of that. It
// also says that the zone could be read now.
func keepSnapshot(ctx context.Context, tx *sqlite.Tx, account, zone string, list []Record, why string) (snapshot, error) {
	list = sorted(list)
	now := sqlite.Millis(tx.Now)
	if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_zone (account_id, zone, domain, verdict, checked_at, read_at) VALUES (?1, ?2, ?2, 'synced', ?3, ?3)
		ON CONFLICT DO UPDATE SET verdict = 'synced', scope = '', checked_at = ?3, read_at = ?3`, account, zone, now); err != nil {
		return snapshot{}, err
	}
	s := snapshot{id: tx.NewID(), zone: zone, why: why, digest: digest(list), taken: tx.Now, seen: tx.Now, changes: -1, records: len(list)}
	last, err := newestSnapshot(ctx, tx, account, zone)
	switch {
	case err == nil && last.digest == s.digest:
		last.seen = tx.Now
		_, err := tx.ExecContext(ctx, "UPDATE mirror_snapshot SET seen_at = ? WHERE id = ?", now, last.id)
		return last, err
	case err == nil:
		former, err := recordsOf(ctx, tx, last.id)
		if err != nil {
			return s, err
		}
		changes, _ := compareRecords(former, list)
		s.changes = len(changes)
	case notFoundIsNil(err) != nil:
		return s, err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_snapshot (id, account_id, zone, taken_at, seen_at, why, digest, changes)
		VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)`, s.id, account, zone, now, why, s.digest, s.changes); err != nil {
		return s, err
	}
	for n, r := range list {
		if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_snapshot_record (snapshot_id, n, remote_id, source, type, target, ttl)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, s.id, n, r.ID, r.Source, r.Type, r.Target, r.TTL); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Snapshots lists what is kept of a zone, newest first.
func (e *Edits) Snapshots(ctx context.Context, zone string) ([]SnapshotView, error) {
	views := []SnapshotView{}
	actor, err := e.owner(ctx)
	if err != nil {
		return views, err
	}
	list, err := sqlite.All(ctx, e.db.Reader(), scanSnapshot, "SELECT "+snapshotColumns+` FROM mirror_snapshot
		WHERE account_id = ? AND zone = ? ORDER BY seen_at DESC, id DESC LIMIT 2000`, actor.AccountID, zone)
	for _, s := range list {
		views = append(views, s.view())
	}
	return views, err
}

// Records are those of a snapshot, with the edits that are not over if it is the zone's newest.
func (e *Edits) Records(ctx context.Context, id string) (SnapshotRecords, error) {
	v := SnapshotRecords{Records: []RecordView{}}
	actor, err := e.owner(ctx)
	if err != nil {
		return v, err
	}
	s, err := snapshotByID(ctx, e.db.Reader(), actor.AccountID, id)
	if err != nil {
		return v, err
	}
	v.Snapshot = s.view()
	list, err := recordsOf(ctx, e.db.Reader(), s.id)
	if err != nil {
		return v, err
	}
	newest, err := newestSnapshot(ctx, e.db.Reader(), actor.AccountID, s.zone)
	if err != nil {
		return v, err
	}
	edits, names := []edit{}, map[string]string{}
	if newest.id == s.id {
		if edits, names, err = e.all(ctx, actor.AccountID); err != nil {
			return v, err
		}
	}
	for _, r := range list {
		row := r.view()
		for i := range edits {
			if x := &edits[i]; x.kind == kindRecord && x.zone == s.zone && x.act != actAdd && x.object == r.ID && !isOver(x.state) {
				row.Edit = e.view(x, names)
				break
			}
		}
		v.Records = append(v.Records, row)
	}
	for i := range edits {
		if x := &edits[i]; x.kind == kindRecord && x.zone == s.zone && x.act == actAdd && !isOver(x.state) {
			row := x.mine.Record.view()
			row.ID, row.Edit = "", e.view(x, names)
			v.Records = append(v.Records, row)
		}
	}
	return v, nil
}

func (r Record) view() RecordView {
	return RecordView{ID: r.ID, Source: r.Source, Type: r.Type, Target: r.Target, TTL: r.TTL, Edit: noEdit()}
}

// Compare tells what differs between two snapshots of one zone.
func (e *Edits) Compare(ctx context.Context, one, other string) (ComparisonView, error) {
	v := ComparisonView{Changes: []ChangeView{}}
	actor, err := e.owner(ctx)
	if err != nil {
		return v, err
	}
	a, err := snapshotByID(ctx, e.db.Reader(), actor.AccountID, one)
	if err != nil {
		return v, err
	}
	b, err := snapshotByID(ctx, e.db.Reader(), actor.AccountID, other)
	if err != nil {
		return v, err
	}
	if a.zone != b.zone {
		return v, fault.New(fault.Invalid, "")
	}
	if b.taken.Before(a.taken) {
		a, b = b, a
	}
	v.Older, v.Newer = a.view(), b.view()
	changes, same, err := e.between(ctx, e.db.Reader(), a, b)
	for _, d := range changes {
		v.Changes = append(v.Changes, ChangeView{Key: d.key(), Kind: d.kind, Before: d.before.view(), After: d.after.view()})
	}
	v.Same = same
	return v, err
}

func (e *Edits) between(ctx context.Context, q sqlite.Queryer, a, b snapshot) ([]recordChange, int, error) {
	before, err := recordsOf(ctx, q, a.id)
	if err != nil {
		return nil, 0, err
	}
	after, err := recordsOf(ctx, q, b.id)
	if err != nil {
		return nil, 0, err
	}
	changes, same := compareRecords(before, after)
	return changes, same, nil
}

// ZoneFile is a snapshot as a master file.
func (e *Edits) ZoneFile(ctx context.Context, id string) ([]byte, error) {
	actor, err := e.owner(ctx)
	if err != nil {
		return nil, err
	}
	s, err := snapshotByID(ctx, e.db.Reader(), actor.AccountID, id)
	if err != nil {
		return nil, err
	}
	list, err := recordsOf(ctx, e.db.Reader(), s.id)
	return zoneFile(s.zone, s.taken, list), err
}
