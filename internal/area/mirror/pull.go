package mirror

import (
	"context"
	"errors"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/paging"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

const (
	goOn         = 15 * time.Minute // a walk that is older is begun anew
	rest         = 10 * time.Minute // before what was under maintenance or broken is asked again
	scopeRest    = 24 * time.Hour   // before a scope that was missing is tried again by itself
	offlineRest  = 5 * time.Minute
	limitedRest  = time.Minute
	openedLately = 24 * time.Hour
	keepGone     = 30 * 24 * time.Hour // what is no longer there is remembered for so long
	keepLog      = 7 * 24 * time.Hour
	lookForOwner = time.Minute    // whether somebody who has it read in the background has signed in
	tellAgain    = 24 * time.Hour // the journal hears of a pull that nobody asked for at most so often
)

// errGone is that of a pull whose connection was given up, or got another token, meanwhile.
var errGone = errors.New("mirror: the connection has changed")

// Pass reads what is due for every connection that somebody has woken, or that reads in the background, once. It tells when
// there is something to do again; zero if nothing is. What Infomaniak answers is written down and no error here.
func (s *Service) Pass(ctx context.Context) (next time.Time, err error) {
	s.passes.Lock()
	defer s.passes.Unlock()
	list, err := connections(ctx, s.db.Reader())
	if err != nil {
		return next, err
	}
	for _, c := range list {
		c = c.asOf(s.db.Now())
		woken := s.takeWoken(c.account)
		if c.shut() || !woken && !c.background {
			continue
		}
		if !woken && s.Here(ctx) != c.account {
			next = sooner(next, s.db.Now().Add(lookForOwner))
			continue
		}
		if s.db.Now().Before(c.next) {
			if woken {
				s.wakeLater(c.account)
			}
			next = sooner(next, c.next)
			continue
		}
		if err := s.pull(ctx, c, woken); err != nil && !errors.Is(err, errGone) {
			return next, err
		}
		if c, err = connectionOf(ctx, s.db.Reader(), c.account); err == nil && c.state == Waiting {
			if c.reason == TroubleLimited {
				s.wakeLater(c.account) // the person's wish is not forgotten with the minute
			}
			next = sooner(next, c.next)
		} else if err == nil && c.background {
			next = sooner(next, s.db.Now().Add(rest))
		}
	}
	return next, nil
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// pull reads for one connection until nothing is due, or the connection has to wait. Where nobody has asked for it, it ends
// between two areas when the owner signs out.
func (s *Service) pull(ctx context.Context, c connection, asked bool) error {
	reader := s.reader(c.account)
	if reader == nil {
		return nil
	}
	begun, told := false, false
	for _, r := range append([]resource{{area: areaProfile, every: rest}}, resources...) {
		targets, err := s.targets(ctx, c, r)
		if err != nil {
			return err
		}
		for _, of := range targets {
			if !asked && s.Here(ctx) != c.account {
				return s.change(ctx, func(tx *sqlite.Tx) error { return setState(ctx, tx, c.account, Idle, "", time.Time{}) })
			}
			if due, err := s.due(ctx, c, r, of); err != nil || !due {
				if err != nil {
					return err
				}
				continue
			}
			if !begun {
				begun = true
				if err := s.change(ctx, func(tx *sqlite.Tx) error { return setState(ctx, tx, c.account, Pulling, r.area, time.Time{}) }); err != nil {
					return err
				}
			}
			s.reading(c.account, r.area)
			stop, err := s.read(ctx, reader, c, r, of)
			if !told {
				told = true
				s.tellFirst(c.account, err, stop)
			}
			if err != nil {
				_ = s.db.Write(context.WithoutCancel(ctx), func(tx *sqlite.Tx) error {
					return setState(context.WithoutCancel(ctx), tx, c.account, Idle, "", time.Time{})
				})
				return err
			}
			if stop {
				return nil
			}
		}
	}
	s.tellFirst(c.account, nil, false)
	if stop, err := s.readPending(ctx, reader, c); stop || err != nil {
		return err
	}
	if !begun {
		if c.state == Waiting || c.state == Pulling {
			return s.change(ctx, func(tx *sqlite.Tx) error { return setState(ctx, tx, c.account, Idle, "", time.Time{}) })
		}
		return nil
	}
	return s.change(ctx, func(tx *sqlite.Tx) error { return s.finish(ctx, tx, c) })
}

// finish notes that a pull came to its end. The journal hears of it without contents.
func (s *Service) finish(ctx context.Context, tx *sqlite.Tx, was connection) error {
	c, err := s.still(ctx, tx, was)
	if err != nil {
		return err
	}
	if err := setState(ctx, tx, c.account, Idle, "", time.Time{}); err != nil {
		return err
	}
	now := sqlite.Millis(tx.Now)
	if _, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET last_complete_at = ? WHERE account_id = ?", now, c.account); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM mirror_row WHERE account_id = ?1 AND gone_at BETWEEN 1 AND ?2",
		"DELETE FROM mirror_request WHERE account_id = ?1 AND at < ?3",
	} {
		if _, err := tx.ExecContext(ctx, query, c.account, sqlite.Millis(tx.Now.Add(-keepGone)), sqlite.Millis(tx.Now.Add(-keepLog))); err != nil {
			return err
		}
	}
	if !c.asked.After(c.told) && tx.Now.Sub(c.told) < tellAgain {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET told_at = ? WHERE account_id = ?", now, c.account); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.DataImported, Product: audit.Account, ObjectID: "infomaniak", ObjectName: "infomaniak", AccountID: c.account,
	})
}

// still is the connection as it is now, if it is the one that a pull was begun for.
func (s *Service) still(ctx context.Context, q sqlite.Queryer, was connection) (connection, error) {
	c, err := connectionOf(ctx, q, was.account)
	if fault.CodeOf(err) == fault.NotFound || err == nil && (c.state == Off || !c.tokenAt.Equal(was.tokenAt) || c.user != was.user) {
		return c, errGone
	}
	return c.asOf(s.db.Now()), err
}

// targets are what an area is asked for: once, per organization, or per drive.
func (s *Service) targets(ctx context.Context, c connection, r resource) ([]string, error) {
	switch {
	case !r.open:
		return []string{""}, nil
	case r.area == areaEvents:
		return sqlite.All(ctx, s.db.Reader(), sqlite.Value[string], "SELECT drive FROM mirror_drive WHERE account_id = ? ORDER BY drive", c.account)
	}
	return sqlite.All(ctx, s.db.Reader(), sqlite.Value[string], `SELECT r.remote_id FROM mirror_row r
		LEFT JOIN mirror_link l ON l.account_id = r.account_id AND l.remote_account = r.remote_id
		LEFT JOIN mirror_area a ON a.account_id = r.account_id AND a.remote_account = r.remote_id AND a.area = ?2
		WHERE r.account_id = ?1 AND r.area = 'organizations' AND r.gone_at = 0 AND coalesce(l.choice, 'look') <> 'ignore'
			AND (l.choice = 'link' OR coalesce(a.opened_at, 0) > ?3)
		ORDER BY r.remote_id`, c.account, r.area, sqlite.Millis(s.db.Now().Add(-openedLately)))
}

// due tells whether an area is to be asked now.
func (s *Service) due(ctx context.Context, was connection, r resource, of string) (bool, error) {
	q := s.db.Reader()
	c, err := s.still(ctx, q, was)
	if err != nil {
		return false, err
	}
	v, err := verdictOf(ctx, q, c.account, r.area, of)
	now := s.db.Now()
	v = v.asOf(now)
	if err != nil || now.Before(v.next) {
		return false, err
	}
	if w, err := walkOf(ctx, q, c.account, r.area, of); err == nil && now.Sub(w.moved) < goOn && w.user == c.user {
		return true, nil
	} else if err != nil && fault.CodeOf(err) != fault.NotFound {
		return false, err
	}
	every := r.every
	if v.verdict == "scope" {
		every = scopeRest
	}
	old := now.Sub(v.checked) >= every
	return c.asked.After(v.checked) || !c.asked.Before(v.checked) && v.checked.IsZero() || old && (c.background || v.opened.After(v.checked)), nil
}

// read reads one area to its end. stop: the connection has to wait, or is paused.
func (s *Service) read(ctx context.Context, reader Reader, c connection, r resource, of string) (stop bool, err error) {
	if r.area == areaProfile {
		return s.readProfile(ctx, reader, c)
	}
	w, from, err := s.begin(ctx, c, r, of)
	if err != nil {
		return false, err
	}
	for {
		page, err := r.fetch(ctx, reader, of, w.cursor, from)
		if err == nil {
			err = s.putAhead(ctx, c, of, &page)
		}
		if err != nil {
			return s.troubled(ctx, c, r, of, err)
		}
		more := false
		err = s.change(ctx, func(tx *sqlite.Tx) error {
			if _, err := s.still(ctx, tx, c); err != nil {
				return err
			}
			more, err = s.keep(ctx, tx, c, r, of, &w, page)
			return err
		})
		if err != nil || !more {
			return false, err
		}
	}
}

// begin takes up the walk that was under way, or begins another.
func (s *Service) begin(ctx context.Context, c connection, r resource, of string) (w walk, from time.Time, err error) {
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := s.still(ctx, tx, c); err != nil {
			return err
		}
		w, err = walkOf(ctx, tx, c.account, r.area, of)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		if err == nil && tx.Now.Sub(w.moved) < goOn && w.user == c.user {
			return nil
		}
		generation, err := nextGeneration(ctx, tx, c.account)
		w = walk{List: paging.New(), user: c.user, generation: generation, started: tx.Now, moved: tx.Now}
		if err != nil {
			return err
		}
		return putWalk(ctx, tx, c.account, r.area, of, w)
	})
	if err == nil && r.area == areaEvents {
		from, err = newestEvent(ctx, s.db.Reader(), c.account, of)
	}
	return w, from, err
}

// keep puts a page away with where the walk goes on, and ends the walk after its last page.
func (s *Service) keep(ctx context.Context, tx *sqlite.Tx, c connection, r resource, of string, w *walk, p sheet) (more bool, err error) {
	var fresh int
	if r.area == areaEvents {
		fresh, err = putEvents(ctx, tx, c.account, of, p.events)
	} else {
		fresh, err = putHalf(ctx, tx, c.account, r.area, of, w.generation, p.rows)
	}
	if err != nil {
		return false, err
	}
	more = w.Take(paging.Page{
		Rows: len(p.rows) + len(p.events) + p.ahead, Fresh: fresh + p.fresh, Lost: p.unreadable, Total: p.total, At: w.cursor, Next: p.next, Last: p.last,
		Known: r.area == areaEvents, // what was there before is met again at the end
	})
	w.cursor, w.moved = p.next, tx.Now
	if more {
		return true, putWalk(ctx, tx, c.account, r.area, of, *w)
	}
	v, err := verdictOf(ctx, tx, c.account, r.area, of)
	if err != nil {
		return false, err
	}
	v.verdict, v.http, v.code, v.requestID, v.reason, v.scopes = "synced", 200, "", "", "", ""
	v.checked, v.next, v.seen, v.total, v.unreadable = tx.Now, time.Time{}, w.Seen, w.Total, w.Lost
	if !w.Whole() {
		v.verdict = "incomplete"
	} else {
		v.read = tx.Now
		if r.area != areaEvents {
			if err := settleRows(ctx, tx, c.account, r.area, of, w.generation, w.Lost == 0); err != nil {
				return false, err
			}
		}
	}
	if err := proven(ctx, tx, c.account, r.scope); err != nil {
		return false, err
	}
	if err := putVerdict(ctx, tx, c.account, v); err != nil {
		return false, err
	}
	return false, dropWalk(ctx, tx, c.account, r.area, of)
}

// troubled writes down why an area was not read. stop: nothing else is asked for now.
func (s *Service) troubled(ctx context.Context, c connection, r resource, of string, cause error) (stop bool, err error) {
	var t *Trouble
	if !errors.As(cause, &t) {
		return false, cause
	}
	s.log.Info("infomaniak", "area", r.area, "why", t.Why, "request", t.RequestID)
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		if _, err := s.still(ctx, tx, c); err != nil {
			return err
		}
		stop, err = heard(ctx, tx, c.account, r.area, of, t)
		return err
	})
	return stop, err
}

// heard takes over what a trouble says about an area and about the whole connection.
func heard(ctx context.Context, tx *sqlite.Tx, account, area, of string, t *Trouble) (stop bool, err error) {
	switch t.Why {
	case TroublePaused:
		reason := "refused"
		if t.Outcome == NotSent { // Infomaniak was not asked
			reason = noToken
		}
		return true, setState(ctx, tx, account, Paused, reason, time.Time{})
	case TroubleLimited:
		next := t.RetryAt
		if next.IsZero() {
			next = tx.Now.Add(limitedRest)
		}
		return true, setState(ctx, tx, account, Waiting, TroubleLimited, next)
	case TroubleOffline, TroubleNoAnswer:
		return true, setState(ctx, tx, account, Waiting, TroubleOffline, tx.Now.Add(offlineRest))
	}
	v, err := verdictOf(ctx, tx, account, area, of)
	if err != nil {
		return false, err
	}
	v.checked, v.next, v.code, v.requestID, v.reason = tx.Now, time.Time{}, t.Text, t.RequestID, t.Why
	switch t.Why {
	case TroubleScope:
		v.verdict, v.scopes, v.http = "scope", t.Scope, 403
		err = wanted(ctx, tx, account, t.Scope)
	case TroubleForbidden:
		v.verdict, v.http = "absent", 403
	case TroubleMissing:
		v.verdict, v.http = "absent", 404
	case TroubleMaintenance:
		v.verdict, v.http, v.next = "maintenance", 503, tx.Now.Add(rest)
	case TroubleBroken:
		v.verdict, v.http, v.next = "stale", 500, tx.Now.Add(rest)
	default:
		v.verdict, v.next = "unreadable", tx.Now.Add(rest)
	}
	if err != nil {
		return false, err
	}
	if err := dropWalk(ctx, tx, account, area, of); err != nil {
		return false, err
	}
	return false, putVerdict(ctx, tx, account, v)
}
