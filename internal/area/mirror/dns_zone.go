package mirror

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// aDay is how old the last reading of a zone is before it is read again, where the person wishes that.
const aDay = 24 * time.Hour

// Zones lists the zones of the domains that were read, with what is kept of them.
func (e *Edits) Zones(ctx context.Context) (ZonesView, error) {
	v := ZonesView{Zones: []ZoneView{}, Stand: local}
	actor, err := e.owner(ctx)
	if err != nil {
		return v, err
	}
	err = e.db.View(ctx, func(q sqlite.Queryer) error {
		v.Connected = e.connections.Connected(ctx, q, actor.AccountID) == nil
		var err error
		if v.Stand, err = e.connections.Stand(ctx, q, actor.AccountID, "dns"); err != nil {
			return err
		}
		if v.Daily, err = daily(ctx, q, actor.AccountID); err != nil {
			return err
		}
		v.Zones, err = sqlite.All(ctx, q, func(r sqlite.Row) (z ZoneView, err error) {
			var checked, read, latest int64
			err = r.Scan(&z.Zone, &z.Domain, &z.Stand.Kind, &z.Stand.Scope, &checked, &read, &z.Snapshots, &latest, &z.Records, &z.OnTheWay)
			z.Stand.Since, z.LatestAt = momentOf(read), momentOf(latest)
			return z, err
		}, `SELECT zone, domain, verdict, scope, checked_at, read_at,
				(SELECT count(*) FROM mirror_snapshot s WHERE s.account_id = z.account_id AND s.zone = z.zone),
				(SELECT coalesce(max(seen_at), 0) FROM mirror_snapshot s WHERE s.account_id = z.account_id AND s.zone = z.zone),
				(SELECT count(*) FROM mirror_snapshot_record r WHERE r.snapshot_id = (SELECT id FROM mirror_snapshot s
					WHERE s.account_id = z.account_id AND s.zone = z.zone ORDER BY seen_at DESC, id DESC LIMIT 1)),
				(SELECT count(*) FROM mirror_edit x WHERE x.account_id = z.account_id AND x.zone = z.zone AND x.state NOT IN ('confirmed', 'withdrawn'))
			FROM mirror_zone z WHERE account_id = ? ORDER BY zone`, actor.AccountID)
		if err != nil {
			return err
		}
		domains, err := e.connections.Domains(ctx, q, actor.AccountID)
		for _, d := range domains {
			known := false
			for _, z := range v.Zones {
				known = known || z.Domain == d
			}
			if !known {
				v.Zones = append(v.Zones, ZoneView{Zone: d, Domain: d, Stand: StandView{Kind: "waiting"}})
			}
		}
		return err
	})
	if v.Connected {
		e.Wake()
	}
	return v, err
}

func daily(ctx context.Context, q sqlite.Queryer, account string) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], "SELECT coalesce((SELECT daily FROM mirror_zone_wish WHERE account_id = ?), 0)", account)
}

// SetDaily says whether each zone is read once a day.
func (e *Edits) SetDaily(ctx context.Context, on bool) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO mirror_zone_wish (account_id, daily) VALUES (?, ?)", actor.AccountID, on); err != nil {
			return err
		}
		return e.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Mirror, ObjectID: "zone_snapshots", ObjectName: "zone_snapshots", New: strconv.FormatBool(on),
		})
	})
}

func (e *Edits) mayKeep(ctx context.Context) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	_, err = e.connections.Remote(ctx, actor.AccountID)
	return err
}

// Keep takes a snapshot of a zone, or of those of all domains if zone is "". It returns how many were read; what could not
// be read is noted beside the zone.
func (e *Edits) Keep(ctx context.Context, zone string, progress func(done, total int64)) (int, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return 0, err
	}
	domains, err := e.connections.Domains(ctx, e.db.Reader(), actor.AccountID)
	if err != nil {
		return 0, err
	}
	if zone == "" {
		return e.keepZones(ctx, actor.AccountID, domains, "asked", progress)
	}
	zone = strings.ToLower(zone)
	for _, d := range domains {
		if zone == d || strings.HasSuffix(zone, "."+d) {
			return e.keepZones(ctx, actor.AccountID, []string{d}, "asked", progress)
		}
	}
	return 0, fault.New(fault.NotFound, "")
}

// keepZones reads the zones of domains. It stops where nothing more can be asked for now.
func (e *Edits) keepZones(ctx context.Context, account string, domains []string, why string, progress func(done, total int64)) (int, error) {
	remote, err := e.remoteOf(ctx, account)
	if err != nil {
		return 0, err
	}
	read := 0
	for i, domain := range domains {
		progress(int64(i), int64(len(domains)))
		zones, err := remote.Zones(ctx, domain)
		for _, zone := range zones {
			var list []Record
			if list, err = remote.Records(ctx, zone); err != nil {
				break
			}
			for n := range list {
				list[n] = list[n].normal(zone)
			}
			if err := e.db.Write(ctx, func(tx *sqlite.Tx) error {
				tx.AfterCommit(e.changed)
				_, err := keepSnapshot(ctx, tx, account, zone, list, why)
				if err != nil {
					return err
				}
				_, err = tx.ExecContext(ctx, "UPDATE mirror_zone SET domain = ? WHERE account_id = ? AND zone = ?", domain, account, zone)
				return err
			}); err != nil {
				return read, err
			}
			read++
		}
		open, err := e.zoneTrouble(ctx, account, domain, err)
		if err != nil || !open {
			return read, err
		}
	}
	progress(int64(len(domains)), int64(len(domains)))
	return read, nil
}

// zoneTrouble notes why the zones of a domain could not be read. False: nothing more can be asked for now.
func (e *Edits) zoneTrouble(ctx context.Context, account, domain string, cause error) (bool, error) {
	var t *Trouble
	if !errors.As(cause, &t) {
		return true, cause
	}
	verdict := "stale"
	switch t.Why {
	case TroubleScope, TroubleForbidden:
		verdict = TroubleScope
	case TroubleMissing:
		verdict = "absent"
	case TroubleUnreadable, TroubleMaintenance:
		verdict = t.Why
	}
	err := e.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_zone (account_id, zone, domain, verdict, scope, checked_at) VALUES (?1, ?2, ?2, ?3, ?4, ?5)
			ON CONFLICT DO UPDATE SET verdict = ?3, scope = ?4, checked_at = ?5`, account, domain, verdict, t.Scope, sqlite.Millis(tx.Now)); err != nil {
			return err
		}
		if t.Why == TroublePaused || t.Why == TroubleScope {
			return e.connections.Heard(ctx, tx, account, "dns", t)
		}
		return nil
	})
	stop := t.Why != TroubleMissing && t.Why != TroubleUnreadable && t.Why != TroubleMaintenance && t.Why != TroubleForbidden
	return !stop, err
}

// keepDaily reads the zones of whoever wishes that, where the last reading is a day old.
func (e *Edits) keepDaily(ctx context.Context) error {
	accounts, err := sqlite.All(ctx, e.db.Reader(), sqlite.Value[string], "SELECT account_id FROM mirror_zone_wish WHERE daily = 1")
	if err != nil {
		return err
	}
	for _, account := range accounts {
		domains, err := e.connections.Domains(ctx, e.db.Reader(), account)
		if err != nil {
			return err
		}
		due := []string{}
		for _, d := range domains {
			checked, err := sqlite.One(ctx, e.db.Reader(), sqlite.Value[int64],
				"SELECT coalesce(max(checked_at), 0) FROM mirror_zone WHERE account_id = ? AND domain = ?", account, d)
			if err != nil {
				return err
			}
			if e.db.Now().Sub(sqlite.Time(checked)) >= aDay {
				due = append(due, d)
			}
		}
		if len(due) == 0 {
			continue
		}
		if _, err := e.keepZones(ctx, account, due, "daily", func(int64, int64) {}); err != nil {
			e.log.Info("zones", "error", err) // not connected, or paused: tomorrow is another day
		}
	}
	return nil
}

func (e *Edits) tellExport(ctx context.Context, id string) error {
	actor, err := e.owner(ctx)
	if err != nil {
		return err
	}
	return e.db.Write(ctx, func(tx *sqlite.Tx) error {
		s, err := snapshotByID(ctx, tx, actor.AccountID, id)
		if err != nil {
			return err
		}
		return e.journal.Record(ctx, tx, audit.Entry{Action: audit.DataExported, Product: audit.Mirror, ObjectID: s.id, ObjectName: "zone"})
	})
}

// ChangeRecord notes that a record is added, changed or removed.
func (e *Edits) ChangeRecord(ctx context.Context, in RecordChange) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	ttl, typed := strconv.Atoi(strings.TrimSpace(in.TTL))
	if in.Act != actRemove && typed != nil {
		var c fault.Check
		c.Refuse("ttl", "not_whole")
		return c.Err()
	}
	mine := Record{Source: in.Source, Type: in.Type, Target: in.Target, TTL: ttl}.normal(in.Zone)
	return e.change(ctx, func(tx *sqlite.Tx) error {
		last, err := newestSnapshot(ctx, tx, actor.AccountID, in.Zone)
		if err != nil {
			return err
		}
		if in.Act == actAdd {
			if err := mine.take(in.Zone); err != nil {
				return err
			}
			return e.noteRecord(ctx, tx, actor.AccountID, last, recordChange{kind: "added", after: mine})
		}
		list, err := recordsOf(ctx, tx, last.id)
		if err != nil {
			return err
		}
		for _, r := range list {
			if r.ID != in.ID {
				continue
			}
			read := Record{Source: in.Read.Source, Type: in.Read.Type, Target: in.Read.Target, TTL: in.Read.TTL}
			if err := fault.SameVersion(r.says(), read.normal(in.Zone)); err != nil {
				return err
			}
			if in.Act == actRemove {
				return e.noteRecord(ctx, tx, actor.AccountID, last, recordChange{kind: "removed", before: r})
			}
			mine.Source, mine.Type = r.Source, r.Type // these cannot be changed: it would be another record
			if err := mine.take(in.Zone); err != nil || mine.says() == r.says() {
				return err
			}
			return e.noteRecord(ctx, tx, actor.AccountID, last, recordChange{kind: "changed", before: r, after: mine})
		}
		return fault.Changed()
	})
}

// noteRecord notes the edit that makes a change happen at Infomaniak.
func (e *Edits) noteRecord(ctx context.Context, tx *sqlite.Tx, account string, last snapshot, d recordChange) error {
	x := edit{account: account, kind: kindRecord, act: actSet, zone: last.zone, resource: "zone/" + last.zone, object: d.before.ID, baseAt: last.seen}
	x.slot = "record/" + last.zone + "/" + d.before.ID
	if d.kind != "added" {
		x.base = value{Known: true, Record: &d.before}
	}
	if d.kind != "removed" {
		after := d.after.says()
		x.mine = value{Known: true, Record: &after}
	}
	switch d.kind {
	case "added":
		x.act, x.once = actAdd, true
		x.slot = "record/" + last.zone + "/new/" + d.after.line()
	case "removed":
		x.act = actRemove
	}
	return e.note(ctx, tx, x)
}

// PutBack notes the edits that bring back chosen records of a snapshot.
func (e *Edits) PutBack(ctx context.Context, id string, keys []string) (int, error) {
	actor, err := e.connected(ctx)
	if err != nil {
		return 0, err
	}
	noted := 0
	err = e.change(ctx, func(tx *sqlite.Tx) error {
		noted = 0
		then, err := snapshotByID(ctx, tx, actor.AccountID, id)
		if err != nil {
			return err
		}
		now, err := newestSnapshot(ctx, tx, actor.AccountID, then.zone)
		if err != nil {
			return err
		}
		changes, _, err := e.between(ctx, tx, then, now)
		if err != nil {
			return err
		}
		byKey := map[string]recordChange{}
		for _, d := range changes {
			byKey[d.key()] = d
		}
		// What goes makes room first: a name with a CNAME takes nothing else.
		for _, removing := range []bool{true, false} {
			for _, key := range keys {
				d, ok := byKey[key]
				if !ok {
					return fault.Changed()
				}
				back := recordChange{kind: d.kind, before: d.after, after: d.before}
				switch d.kind {
				case "added":
					back.kind = "removed"
				case "removed":
					back.kind = "added"
				}
				if (back.kind == "removed") != removing {
					continue
				}
				if err := e.noteRecord(ctx, tx, actor.AccountID, now, back); err != nil {
					return err
				}
				noted++
			}
		}
		return nil
	})
	return noted, err
}
