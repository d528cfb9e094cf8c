package mirror

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// DialRemote leads to Infomaniak for the edits, as Dial does for the pull.
type DialRemote func(token func(ctx context.Context) (string, error), log func(ctx context.Context, l RequestLog) error) Remote

// ForEdits are the connections as the edits need them.
func (s *Service) ForEdits(dial DialRemote) Connections { return ties{s, dial} }

type ties struct {
	*Service
	dial DialRemote
}

func (c ties) Connected(ctx context.Context, q sqlite.Queryer, accountID string) error {
	if c.Sample {
		return fault.New(fault.Conflict, ReasonSample)
	}
	found, err := connectionOf(ctx, q, accountID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && found.state == Off {
		return fault.New(fault.Conflict, ReasonNotConnected)
	}
	return err
}

func (c ties) Background(ctx context.Context, q sqlite.Queryer) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], "SELECT EXISTS (SELECT 1 FROM mirror_connection WHERE background = 1 AND state <> 'off' AND account_id = ?)",
		c.Here(ctx))
}

func (c ties) Remote(ctx context.Context, accountID string) (Remote, error) {
	if err := c.Connected(ctx, c.db.Reader(), accountID); err != nil {
		return nil, err
	}
	found, err := connectionOf(ctx, c.db.Reader(), accountID)
	if err != nil {
		return nil, err
	}
	if found.shut() {
		return nil, &Trouble{Why: TroublePaused, Outcome: NotSent}
	}
	return c.dial(c.tokenIn(accountID), func(ctx context.Context, l RequestLog) error { return c.logged(ctx, accountID, l) }), nil
}

func (c ties) Stand(ctx context.Context, q sqlite.Queryer, accountID, area string) (StandView, error) {
	found, err := connectionOf(ctx, q, accountID)
	if fault.CodeOf(err) == fault.NotFound {
		return local, nil
	}
	if err != nil {
		return local, err
	}
	v, err := verdictOf(ctx, q, accountID, area, "")
	if err == nil && area == areaAddresses && v.read.IsZero() && v.verdict != "scope" { // they come with the profile
		if _, _, at, err := c.Addresses(ctx, q, accountID); err != nil {
			return local, err
		} else if !at.IsZero() {
			v.verdict, v.read = "synced", at
		}
	}
	r, _ := resourceOf(area)
	return authority(found, v, c.db.Now(), r.every), err
}

// Areas of the table of verdicts that only edits ask for. What may be read may not be changeable: a scope that a change
// lacks says nothing about the reading.
const (
	areaAddresses = "addresses"
	areaEdits     = "edits"
)

func (c ties) Person(ctx context.Context, q sqlite.Queryer, accountID string) (Person, time.Time, error) {
	var p Person
	at := time.Time{}
	text, err := sqlite.One(ctx, q, func(r sqlite.Row) (text string, err error) {
		var ms int64
		err = r.Scan(&text, &ms)
		at = sqlite.Time(ms)
		return text, err
	}, "SELECT person, read_at FROM mirror_profile WHERE account_id = ?", accountID)
	if err != nil {
		return p, at, err
	}
	return p, at, json.Unmarshal([]byte(text), &p)
}

func (c ties) KeepPerson(ctx context.Context, tx *sqlite.Tx, accountID string, p Person) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE mirror_profile SET person = ?, read_at = ? WHERE account_id = ?", string(text), sqlite.Millis(tx.Now), accountID)
	tx.AfterCommit(c.Changed)
	return err
}

func (c ties) Addresses(ctx context.Context, q sqlite.Queryer, accountID string) (emails, phones []Address, at time.Time, err error) {
	type texts struct{ emails, phones string }
	found, err := sqlite.One(ctx, q, func(r sqlite.Row) (t texts, err error) {
		var ms int64
		err = r.Scan(&t.emails, &t.phones, &ms)
		at = sqlite.Time(ms)
		return t, err
	}, "SELECT emails, phones, addresses_at FROM mirror_profile WHERE account_id = ?", accountID)
	if err != nil {
		return nil, nil, at, notFoundIsNil(err)
	}
	if err := json.Unmarshal([]byte(found.emails), &emails); err != nil {
		return nil, nil, at, err
	}
	return emails, phones, at, json.Unmarshal([]byte(found.phones), &phones)
}

func (c ties) KeepAddresses(ctx context.Context, tx *sqlite.Tx, accountID string, emails, phones []Address) error {
	tx.AfterCommit(c.Changed)
	return putAddresses(ctx, tx, accountID, emails, phones)
}

func (c ties) AccountNames(ctx context.Context, q sqlite.Queryer, accountID string) (map[string]string, error) {
	return c.accountNames(ctx, q, accountID)
}

func (c ties) TeamName(ctx context.Context, q sqlite.Queryer, accountID, remoteAccount, team string) (string, error) {
	rows, err := rowsOf[RemoteTeam](ctx, q, accountID, areaTeams, remoteAccount)
	if err != nil {
		return "", err
	}
	for _, r := range rows {
		if r.id == team && r.gone.IsZero() {
			return r.name, nil
		}
	}
	return "", fault.New(fault.NotFound, "")
}

func (c ties) Domains(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error) {
	rows, err := rowsOf[Domain](ctx, q, accountID, areaDomains, "")
	if err != nil {
		return nil, err
	}
	links, err := linksOf(ctx, q, accountID)
	names := []string{}
	for _, r := range rows {
		if r.gone.IsZero() && !ignored(links, r.is.Account) {
			names = append(names, r.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), err
}

func (c ties) Heard(ctx context.Context, tx *sqlite.Tx, accountID, area string, t *Trouble) error {
	_, err := heard(ctx, tx, accountID, area, "", t)
	tx.AfterCommit(c.Changed)
	return err
}
