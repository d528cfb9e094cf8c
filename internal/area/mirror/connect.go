package mirror

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

const (
	maxToken   = 4096             // bytes
	trialLasts = 30 * time.Minute // a token that was checked and not kept is forgotten after
	firstWait  = 5 * time.Second  // for the first answer of a pull that a person has asked for
)

// token is never printed.
type token []byte

func (token) String() string   { return "***" }
func (token) GoString() string { return "***" }

// trial is a token that was checked and not kept.
type trial struct {
	account string
	token   token
	me      Profile
	rows    []Account
	at      time.Time
}

// tokenOf takes a token from the person; what is not one is refused at its field.
func (s *Service) tokenOf(ctx context.Context, typed string) (token, error) {
	if _, err := s.able(ctx); err != nil {
		return nil, err
	}
	var c fault.Check
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "":
		c.Refuse("token", "required")
	case len(typed) > maxToken:
		c.Refuse("token", "too_long", "max", "4096")
	case strings.ContainsFunc(typed, func(r rune) bool { return r <= ' ' || r > '~' }):
		c.Refuse("token", "mirror_token_form")
	}
	return token(typed), c.Err()
}

// check tries a token with at most 8 requests that only read. A token that is refused is refused at its field.
func (s *Service) check(ctx context.Context, t token, progress func(done, total int64)) (CheckView, error) {
	actor, err := s.able(ctx)
	if err != nil {
		return CheckView{}, err
	}
	if s.Dial == nil {
		return CheckView{}, fault.New(fault.Unavailable, ReasonOffline)
	}
	asked := 0
	reader := s.Dial(func(context.Context) (string, error) { return string(t), nil }, func(ctx context.Context, l RequestLog) error {
		if !l.Ended {
			asked++
		}
		return s.logged(ctx, actor.AccountID, l)
	})
	found := trial{account: actor.AccountID, token: t, at: s.db.Now()}
	v := CheckView{Areas: []AreaView{}, Organizations: []OrganizationView{}}
	first, drives := "", false
	steps := []struct {
		area, scope string
		ask         func() (rows, total int, err error)
	}{
		{areaProfile, "user_info", func() (int, int, error) { found.me, err = reader.Me(ctx); return 1, -1, err }},
		{areaOrganizations, "accounts", func() (int, int, error) {
			p, err := reader.Accounts(ctx)
			if found.rows = p.Rows; len(p.Rows) > 0 {
				first = p.Rows[0].ID
			}
			return len(p.Rows), -1, err
		}},
		{areaProducts, "", func() (int, int, error) { p, err := reader.Products(ctx, 1); return len(p.Rows), p.Total, err }},
		{areaDomains, "domain:read", func() (int, int, error) { p, err := reader.RemoteDomains(ctx, 1); return len(p.Rows), p.Total, err }},
		{areaMembers, "accounts", func() (int, int, error) {
			p, err := reader.Members(ctx, first, 1)
			return len(p.Rows), p.Total, err
		}},
		{areaDrives, "drive", func() (int, int, error) {
			p, err := reader.Drives(ctx, first)
			drives = err == nil
			return len(p.Rows), p.Total, err
		}},
	}
	for i, step := range steps {
		progress(int64(i), int64(len(steps)))
		a := AreaView{Area: step.area, Scopes: []string{}, Verdict: "synced", Total: -1, Stand: StandView{Kind: "synced"}}
		if first == "" && (step.area == areaMembers || step.area == areaDrives) { // there is none to ask it of
			a.Verdict, a.Stand.Kind = "absent", "absent"
			v.Areas = append(v.Areas, a)
			continue
		}
		a.Rows, a.Total, err = step.ask()
		if err != nil {
			if a, err = verdictFrom(a, err); err != nil {
				return CheckView{}, err
			}
		}
		v.Areas = append(v.Areas, a)
	}
	if found.me.ID == "" {
		// Without the person nobody can say whose token it is: the verdicts are shown, and it cannot be kept.
		v.Areas = append(v.Areas, others(drives)...)
		v.Requests, v.Left = asked, s.left(ctx)
		return v, nil
	}
	v.ID = s.remember(found)
	v.Areas = append(v.Areas, others(drives)...)
	v.Requests, v.Left = asked, s.left(ctx)
	v.Person, err = s.personView(ctx, found.me)
	if err != nil {
		return v, err
	}
	if c, err := connectionOf(ctx, s.db.Reader(), actor.AccountID); err == nil {
		v.Same, v.Another = c.user == found.me.ID, c.user != found.me.ID
	}
	list := make([]kept[Account], 0, len(found.rows))
	for _, a := range found.rows {
		list = append(list, kept[Account]{id: a.ID, name: a.Name, is: a})
	}
	v.Organizations, err = s.organizationViews(ctx, actor.AccountID, list)
	return v, err
}

// others are the areas that no token reads.
func others(bool) []AreaView {
	list := []AreaView{}
	for _, a := range []struct{ area, verdict string }{{"payments", "manager"}, {"branding", "manager"}, {"invoices", "manager"}, {"log", "absent"}} {
		list = append(list, AreaView{Area: a.area, Verdict: a.verdict, Scopes: []string{}, Total: -1, Stand: StandView{Kind: a.verdict}})
	}
	return list
}

// verdictFrom is what a trouble means for an area while a token is tried. What concerns the token or the way to Infomaniak
// ends the check.
func verdictFrom(a AreaView, cause error) (AreaView, error) {
	var t *Trouble
	if !errors.As(cause, &t) {
		return a, cause
	}
	var c fault.Check
	a.Rows, a.Code, a.RequestID = 0, t.Text, t.RequestID
	switch t.Why {
	case TroublePaused:
		c.Refuse("token", "mirror_token_refused")
		return a, c.Err()
	case TroubleOffline, TroubleNoAnswer:
		return a, fault.Wrap(cause, fault.Unavailable, ReasonOffline)
	case TroubleLimited:
		return a, fault.Wrap(cause, fault.Unavailable, ReasonLimited)
	case TroubleScope:
		a.Verdict, a.Scopes, a.HTTP = "scope", strings.Fields(t.Scope), 403
		a.Stand = StandView{Kind: "scope", Scope: t.Scope}
	case TroubleForbidden, TroubleMissing:
		a.Verdict, a.Stand.Kind = "absent", "absent"
	case TroubleMaintenance:
		a.Verdict, a.Stand.Kind = "maintenance", "maintenance"
	default:
		a.Verdict, a.Stand.Kind = "unreadable", "unreadable"
	}
	return a, nil
}

func (s *Service) remember(t trial) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, old := range s.tried {
		if old.account == t.account || t.at.Sub(old.at) > trialLasts {
			delete(s.tried, id)
		}
	}
	id := uuid.NewString()
	s.tried[id] = t
	return id
}

func (s *Service) recall(account, id string) (trial, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.tried[id]
	if !ok || t.account != account || s.db.Now().Sub(t.at) > trialLasts {
		return t, fault.New(fault.NotFound, ReasonCheckOver)
	}
	return t, nil
}

// Connect keeps a token that was checked. Of the person who is connected it replaces the former one.
// Errors: NotFound/ReasonCheckOver, Conflict/ReasonAnother.
func (s *Service) Connect(ctx context.Context, in ConnectInput) error {
	actor, err := s.able(ctx)
	if err != nil {
		return err
	}
	t, err := s.recall(actor.AccountID, in.Check)
	if err != nil {
		return err
	}
	c, err := connectionOf(ctx, s.db.Reader(), actor.AccountID)
	if err == nil && c.user != t.me.ID {
		return fault.New(fault.Conflict, ReasonAnother).With("name", nameOf(t.me.Person))
	} else if err != nil && fault.CodeOf(err) != fault.NotFound {
		return err
	}
	known := map[string]Account{}
	for _, a := range t.rows {
		known[a.ID] = a
	}
	made, err := s.decide(ctx, in.Choices, known)
	if err != nil {
		return err
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		now := sqlite.Millis(tx.Now)
		if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_connection (account_id, remote_user, remote_name, remote_email, state, connected_at,
				token_at, used_at, asked_at) VALUES (?1, ?2, ?3, ?4, 'idle', ?5, ?5, ?5, ?5)
			ON CONFLICT DO UPDATE SET remote_name = ?3, remote_email = ?4, state = 'idle', reason = '', next_at = 0, token_at = ?5, used_at = ?5,
				frozen_at = 0, asked_at = ?5`, actor.AccountID, t.me.ID, nameOf(t.me.Person), t.me.Email, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE mirror_area SET next_at = 0 WHERE account_id = ?", actor.AccountID); err != nil {
			return err
		}
		if err := s.Vault.Put(ctx, tx, tokenPlace, actor.AccountID, tokenField, t.token); err != nil {
			return err
		}
		if err := putLinks(ctx, tx, actor.AccountID, made); err != nil {
			return err
		}
		if s.edits != nil {
			if err := s.edits.Resume(ctx, tx, actor.AccountID); err != nil {
				return err
			}
		}
		return s.tell(ctx, tx, actor, "", "connected")
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	delete(s.tried, in.Check)
	s.mu.Unlock()
	s.Wake(actor.AccountID)
	return nil
}

// tell writes a line of the owner's into the journal; no organization reads it.
func (s *Service) tell(ctx context.Context, tx *sqlite.Tx, actor access.Actor, old, now string) error {
	actor.OrganizationID = ""
	return s.journal.Record(access.With(ctx, actor), tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Account, ObjectID: "infomaniak", ObjectName: "infomaniak", Old: old, New: now,
	})
}

// Refresh reads now what is due at any age. Unavailable/ReasonOffline if Infomaniak cannot be reached; what was read stays.
func (s *Service) Refresh(ctx context.Context) error {
	actor, c, err := s.connected(ctx)
	if err != nil {
		return err
	}
	if c.shut() {
		return fault.New(fault.Conflict, ReasonPaused)
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE mirror_connection SET asked_at = ?, next_at = CASE reason WHEN 'limited' THEN next_at ELSE 0 END
			WHERE account_id = ?`, sqlite.Millis(tx.Now), actor.AccountID)
		return err
	})
	if err != nil || !s.running() {
		s.wakeLater(actor.AccountID)
		return err
	}
	heard := s.awaitFirst(actor.AccountID)
	s.Wake(actor.AccountID)
	select {
	case h := <-heard:
		if !h.stopped {
			return nil
		}
	case <-time.After(firstWait):
		return nil
	case <-ctx.Done():
		return nil
	}
	if c, err = connectionOf(ctx, s.db.Reader(), actor.AccountID); err == nil && c.state == Waiting && c.reason == TroubleOffline {
		return fault.New(fault.Unavailable, ReasonOffline)
	}
	return err
}

// Opened tells that a page shows an area.
func (s *Service) Opened(ctx context.Context, area, account string) error {
	actor, err := s.owner(ctx)
	if err != nil {
		return err
	}
	c, err := connectionOf(ctx, s.db.Reader(), actor.AccountID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && (c.state == Off || c.shut()) {
		return nil
	}
	if _, known := resourceOf(area); err != nil || !known && area != areaProfile {
		return err
	}
	v, err := verdictOf(ctx, s.db.Reader(), actor.AccountID, area, account)
	if err != nil {
		return err
	}
	v.opened = s.db.Now()
	if err := s.db.Write(ctx, func(tx *sqlite.Tx) error { return putVerdict(ctx, tx, actor.AccountID, v) }); err != nil {
		return err
	}
	s.Wake(actor.AccountID)
	return nil
}

// SetBackground says whether Kontor reads by itself while it is open.
func (s *Service) SetBackground(ctx context.Context, on bool) error {
	actor, _, err := s.connected(ctx)
	if err != nil {
		return err
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET background = ? WHERE account_id = ?", on, actor.AccountID)
		return err
	})
	if err == nil && on {
		s.Wake(actor.AccountID)
	}
	return err
}
