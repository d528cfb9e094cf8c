package mirror

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kontor/internal/host/sqlite"
)

func nameOf(p Person) string { return strings.TrimSpace(p.FirstName + " " + p.LastName) }

// putProfile keeps the person as just read.
func putProfile(ctx context.Context, tx *sqlite.Tx, account string, me Profile) error {
	person, err := json.Marshal(me.Person)
	if err != nil {
		return err
	}
	twoStep, err := json.Marshal(me.TwoStep)
	if err != nil {
		return err
	}
	now := sqlite.Millis(tx.Now)
	if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_profile (account_id, person, two_step, read_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT DO UPDATE SET person = ?2, two_step = ?3, read_at = ?4`, account, string(person), string(twoStep), now); err != nil {
		return err
	}
	if me.HasAddresses {
		if err := putAddresses(ctx, tx, account, me.Emails, me.Phones); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET remote_name = ?, remote_email = ? WHERE account_id = ?",
		nameOf(me.Person), me.Email, account); err != nil {
		return err
	}
	areas := map[string][]row{}
	if me.HasSessions {
		areas[areaSessions], areas[areaDevices] = rowsOfSessions(me.Sessions), rowsOfDevices(me.Devices)
	}
	for area, rows := range areas {
		generation, err := nextGeneration(ctx, tx, account)
		if err != nil {
			return err
		}
		if _, err := putHalf(ctx, tx, account, area, "", generation, rows); err != nil {
			return err
		}
		if err := settleRows(ctx, tx, account, area, "", generation, true); err != nil {
			return err
		}
	}
	v, err := verdictOf(ctx, tx, account, areaProfile, "")
	if err != nil {
		return err
	}
	v = verdict{area: areaProfile, verdict: "synced", http: 200, checked: tx.Now, read: tx.Now, opened: v.opened, seen: 1, total: -1}
	if err := proven(ctx, tx, account, "user_info"); err != nil {
		return err
	}
	return putVerdict(ctx, tx, account, v)
}

func putAddresses(ctx context.Context, tx *sqlite.Tx, account string, emails, phones []Address) error {
	e, err := json.Marshal(append([]Address{}, emails...))
	if err != nil {
		return err
	}
	p, err := json.Marshal(append([]Address{}, phones...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE mirror_profile SET emails = ?, phones = ?, addresses_at = ? WHERE account_id = ?",
		string(e), string(p), sqlite.Millis(tx.Now), account)
	return err
}

// readProfile reads the person, with sessions and devices.
func (s *Service) readProfile(ctx context.Context, reader Reader, c connection) (stop bool, err error) {
	r := resource{area: areaProfile, scope: "user_info"}
	me, err := reader.Me(ctx)
	if err != nil {
		return s.troubled(ctx, c, r, "", err)
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		if _, err := s.still(ctx, tx, c); err != nil {
			return err
		}
		if me.ID != c.user { // the token in the vault is somebody else's: a copy that was put back
			stop = true
			return setState(ctx, tx, c.account, Paused, "another", time.Time{})
		}
		return putProfile(ctx, tx, c.account, me)
	})
	return stop, err
}
