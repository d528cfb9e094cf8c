package mirror

import (
	"context"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

const (
	perMinute = 55                   // requests of the whole program in any 60 s
	tokenLife = 365 * 24 * time.Hour // without a call (faq/2582)
	warnFrom  = 60                   // days before it ends
)

var local = StandView{Kind: "local"}

func moment(t time.Time) string { return bridge.Moment(t) }

// mine is whoever acts with the connection, or the frozen copy of one; ok is false where there is neither.
func (s *Service) mine(ctx context.Context) (c connection, ok bool, err error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return c, false, err
	}
	c, err = connectionOf(ctx, s.db.Reader(), actor.AccountID)
	if fault.CodeOf(err) == fault.NotFound {
		return c, false, nil
	}
	return c, err == nil, err
}

// authority is the authority of what an area shows.
func authority(c connection, v verdict, now time.Time, every time.Duration) StandView {
	stand := StandView{Since: moment(v.read)}
	switch {
	case c.state == Off:
		stand.Kind = "frozen"
		if stand.Since == "" {
			stand.Since = moment(c.frozen)
		}
	case c.state == Paused:
		stand.Kind, stand.Reason = "paused", c.reason
	case v.verdict == "synced":
		stand.Kind = "synced"
		if every == 0 {
			every = time.Hour
		}
		if c.state == Waiting && now.Sub(v.read) > every {
			stand.Kind, stand.Reason = "stale", c.reason
		}
	case v.verdict == "scope":
		stand.Kind, stand.Scope = "scope", v.scopes
	case v.verdict == "stale":
		stand.Kind, stand.Reason = "stale", v.reason
	case v.verdict == "waiting" && c.state == Waiting:
		stand.Kind, stand.Reason = "waiting", c.reason
	default:
		stand.Kind, stand.Reason = v.verdict, v.reason
	}
	return stand
}

// standIn is authority of an area of the account at hand.
func (s *Service) standIn(ctx context.Context, c connection, area, of string) (StandView, error) {
	v, err := verdictOf(ctx, s.db.Reader(), c.account, area, of)
	r, _ := resourceOf(area)
	return authority(c, v, s.db.Now(), r.every), err
}

// left is how many requests of this minute are left for the whole program.
func (s *Service) left(ctx context.Context) int {
	recent, err := s.Recent(ctx, s.db.Now().Add(-time.Minute))
	if err != nil {
		return 0
	}
	return max(perMinute-len(recent), 0)
}

func (s *Service) personView(ctx context.Context, me Profile) (PersonView, error) {
	return s.personOf(ctx, me.ID, nameOf(me.Person), me.Email)
}

func (s *Service) personOf(ctx context.Context, id, name, email string) (p PersonView, err error) {
	p = PersonView{RemoteID: id, Name: name, Email: email}
	if s.Email != nil {
		if p.Here, err = s.Email(ctx); err != nil {
			return p, err
		}
	}
	p.Other = p.Here != "" && !strings.EqualFold(p.Here, p.Email)
	return p, nil
}

func (s *Service) state(ctx context.Context) (StateView, error) {
	v := StateView{State: string(Off), Areas: []AreaView{}, Limit: perMinute, Token: TokenView{Scopes: []string{}, Missing: []string{}, Lost: []string{}}}
	if s.Sample {
		v.Hindrance = "sample"
	}
	c, ok, err := s.mine(ctx)
	if err != nil || !ok {
		return v, err
	}
	v.Connected, v.Frozen, v.Here, v.State, v.Reason = c.state != Off, c.state == Off, true, string(c.state), c.reason
	v.NextAt, v.ConnectedAt, v.FrozenAt, v.LastCompleteAt = moment(c.next), moment(c.connected), moment(c.frozen), moment(c.complete)
	v.Background, v.Left = c.background, s.left(ctx)
	if c.state == Pulling {
		v.Now, v.Reason = s.readingNow(c.account), ""
	}
	if v.Person, err = s.personOf(ctx, c.user, c.name, c.email); err != nil {
		return v, err
	}
	if v.Areas, err = s.areas(ctx, c); err != nil {
		return v, err
	}
	q := s.db.Reader()
	if v.Accounts, err = sqlite.One(ctx, q, sqlite.Value[int], `SELECT count(*) FROM mirror_row WHERE account_id = ? AND area = 'organizations'
		AND gone_at = 0`, c.account); err != nil {
		return v, err
	}
	if s.edits != nil {
		sent, unsent, err := s.edits.OnTheWay(ctx, q, c.account)
		if v.Edits = sent + unsent; err != nil {
			return v, err
		}
	}
	v.Token, err = s.tokenView(ctx, c)
	return v, err
}

func (s *Service) tokenView(ctx context.Context, c connection) (TokenView, error) {
	v := TokenView{Scopes: []string{}, Missing: []string{}, Lost: []string{}}
	if c.state == Off {
		return v, nil
	}
	now := s.db.Now()
	dies := s.Clock.Of(ctx, c.used.Add(tokenLife))
	v.Has, v.Since, v.Days, v.LastUsedAt = true, moment(c.tokenAt), int(now.Sub(c.tokenAt)/(24*time.Hour)), moment(c.used)
	v.DiesOn, v.DaysLeft = dies.String(), int(dies-s.Clock.Of(ctx, now))
	type seen struct {
		scope         string
		proven, asked int64
	}
	list, err := sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (x seen, err error) { return x, r.Scan(&x.scope, &x.proven, &x.asked) },
		"SELECT scope, proven_at, asked_at FROM mirror_scope WHERE account_id = ? ORDER BY scope", c.account)
	for _, x := range list {
		switch {
		case x.asked == 0:
			v.Scopes = append(v.Scopes, x.scope)
		case x.proven > 0:
			v.Lost = append(v.Lost, x.scope)
		default:
			v.Missing = append(v.Missing, x.scope)
		}
	}
	switch {
	case c.state == Paused:
		v.Warn = "refused"
	case len(v.Lost) > 0:
		v.Warn = "lost_scope"
	case v.DaysLeft < warnFrom:
		v.Warn = "unused"
	}
	return v, err
}

// areas are the rows of the table of verdicts: those that were asked, those that wait, and those that no program reads.
func (s *Service) areas(ctx context.Context, c connection) ([]AreaView, error) {
	q := s.db.Reader()
	asked, err := verdicts(ctx, q, c.account)
	if err != nil {
		return nil, err
	}
	names, err := s.accountNames(ctx, q, c.account)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	counted, err := sqlite.All(ctx, q, func(r sqlite.Row) (x struct {
		key string
		n   int
	}, err error,
	) {
		return x, r.Scan(&x.key, &x.n)
	}, `SELECT area || ' ' || remote_account, count(*) FROM mirror_row WHERE account_id = ?1 AND gone_at = 0 GROUP BY 1
		UNION ALL SELECT 'activities ' || drive, events FROM mirror_drive WHERE account_id = ?1`, c.account)
	if err != nil {
		return nil, err
	}
	for _, x := range counted {
		counts[x.key] = x.n
	}
	views := []AreaView{}
	for _, r := range append([]resource{{area: areaProfile, every: rest}}, resources...) {
		found := false
		for _, v := range asked {
			if v.area != r.area {
				continue
			}
			found = true
			a := AreaView{
				Area: v.area, Account: v.of, AccountName: names[v.of], Verdict: v.verdict, Scopes: strings.Fields(v.scopes), HTTP: v.http, Code: v.code,
				RequestID: v.requestID, Stand: authority(c, v, s.db.Now(), r.every), Rows: counts[v.area+" "+v.of], Seen: v.seen, Total: v.total,
				Unreadable: v.unreadable, CheckedAt: moment(v.checked), EveryMin: int(r.every / time.Minute), OnOpening: r.open,
			}
			if v.area == areaProfile {
				a.Rows = v.seen
			}
			views = append(views, a)
		}
		if !found && (!r.open || r.area == areaMembers || r.area == areaDrives) {
			v := verdict{area: r.area, verdict: "waiting", total: -1}
			views = append(views, AreaView{
				Area: r.area, Verdict: v.verdict, Scopes: []string{}, Total: -1, Stand: authority(c, v, s.db.Now(), r.every),
				EveryMin: int(r.every / time.Minute), OnOpening: r.open,
			})
		}
	}
	return append(views, others(false)...), nil
}

func (s *Service) accountNames(ctx context.Context, q sqlite.Queryer, account string) (map[string]string, error) {
	rows, err := rowsOf[Account](ctx, q, account, areaOrganizations, "")
	names := map[string]string{}
	for _, r := range rows {
		names[r.id] = r.name
	}
	return names, err
}

// ignored are the organizations whose rows are not shown.
func ignored(links map[string]link, of string) bool { return links[of].choice == choiceIgnore }

func endView(on string, today day.Day) EndView {
	d, err := day.Parse(on)
	if err != nil {
		return EndView{}
	}
	return EndView{on, int(d - today)}
}

func (s *Service) requests(ctx context.Context) ([]RequestView, error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (v RequestView, err error) {
		var at int64
		err = r.Scan(&at, &v.Method, &v.Route, &v.Status, &v.Millis, &v.RequestID, &v.Outcome)
		v.At = moment(sqlite.Time(at))
		return v, err
	}, `SELECT at, method, route, status, millis, request_id, outcome FROM mirror_request WHERE account_id = ? ORDER BY at DESC, id DESC LIMIT 200`,
		actor.AccountID)
}

func sortedByEnd(list []ExpiryView) {
	slices.SortStableFunc(list, func(a, b ExpiryView) int { return strings.Compare(a.End.On+a.Name, b.End.On+b.Name) })
}
