package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kontor/internal/host/sqlite"
)

// There is no list of invitations: each that is pending is asked for by itself, a few in one go.
const (
	areaInvitations = "invitations"
	pendingAge      = time.Hour
	pendingOnce     = 20
)

// pending is an invitation as it was read. Infomaniak's links that would accept it are no part of it.
type pending struct {
	Status            string
	SentAt, ExpiresAt time.Time
	ReadAt            time.Time
}

// readPending reads the invitations of people who have not accepted yet, of the organizations that are linked or were opened.
func (s *Service) readPending(ctx context.Context, reader Reader, c connection) (stop bool, err error) {
	r, _ := resourceOf(areaMembers)
	targets, err := s.targets(ctx, c, r)
	if err != nil {
		return false, err
	}
	left := pendingOnce
	for _, of := range targets {
		v, err := verdictOf(ctx, s.db.Reader(), c.account, areaInvitations, of)
		if err != nil {
			return false, err
		}
		now := s.db.Now()
		if now.Before(v.next) || v.verdict != "synced" && !v.checked.IsZero() && now.Sub(v.checked) < pendingAge {
			continue
		}
		ids, err := s.toAsk(ctx, c, of)
		if err != nil {
			return false, err
		}
		for _, id := range ids {
			if left == 0 {
				return false, nil
			}
			left--
			if stop, err := s.readOne(ctx, reader, c, of, id); stop || err != nil {
				return stop, err
			}
		}
	}
	return false, nil
}

// toAsk are the pending invitations of an organization that were not read lately, those that were never read first.
func (s *Service) toAsk(ctx context.Context, c connection, of string) ([]string, error) {
	q := s.db.Reader()
	members, err := rowsOf[Member](ctx, q, c.account, areaMembers, of)
	if err != nil {
		return nil, err
	}
	known, err := pendingOf(ctx, q, c.account, of)
	if err != nil {
		return nil, err
	}
	var never, old []string
	for _, m := range members {
		id := m.is.Invitation
		if m.is.State != "pending" || id == "" || !m.gone.IsZero() {
			continue
		}
		switch p, ok := known[of+"/"+id]; {
		case !ok:
			never = append(never, id)
		case s.db.Now().Sub(p.ReadAt) >= pendingAge:
			old = append(old, id)
		}
	}
	return append(never, old...), nil
}

// readOne reads one invitation. One that is not there any more is known as such.
func (s *Service) readOne(ctx context.Context, reader Reader, c connection, of, id string) (stop bool, err error) {
	i, err := reader.Invited(ctx, of, id)
	var t *Trouble
	if errors.As(err, &t) && t.Why == TroubleMissing {
		i, err = Invited{Status: "missing"}, nil
	}
	if err != nil {
		return s.troubled(ctx, c, resource{area: areaInvitations}, of, err)
	}
	return false, s.change(ctx, func(tx *sqlite.Tx) error {
		if _, err := s.still(ctx, tx, c); err != nil {
			return err
		}
		fields, err := json.Marshal(pending{i.Status, i.SentAt, i.ExpiresAt, tx.Now})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_row (account_id, area, remote_account, remote_id, name, fields, first_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET name = ?5, fields = ?6, gone_at = 0`,
			c.account, areaInvitations, of, id, i.Email, string(fields), sqlite.Millis(tx.Now)); err != nil {
			return err
		}
		v, err := verdictOf(ctx, tx, c.account, areaInvitations, of)
		if err != nil {
			return err
		}
		v.verdict, v.http, v.code, v.reason, v.scopes, v.checked, v.read, v.next = "synced", 200, "", "", "", tx.Now, tx.Now, time.Time{}
		return putVerdict(ctx, tx, c.account, v)
	})
}

// pendingOf are the invitations that were read, by organization and id; of all organizations if of is "*".
func pendingOf(ctx context.Context, q sqlite.Queryer, account, of string) (map[string]pending, error) {
	rows, err := rowsOf[pending](ctx, q, account, areaInvitations, of)
	known := map[string]pending{}
	for _, r := range rows {
		known[r.of+"/"+r.id] = r.is
	}
	return known, err
}
