package activity

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kontor/internal/host/sqlite"
)

// countFor is how long a count may take; then it says "more than".
const countFor = 80 * time.Millisecond

// Amount is a number of entries, or that there are more than N.
type Amount struct {
	N    int64 `json:"n"`
	More bool  `json:"more"`
}

// Count tells how many entries match, of how many there are.
type Count struct {
	Matching Amount `json:"matching"`
	Total    Amount `json:"total"`
}

// Count counts what a search finds and what the scope holds.
func (s *Service) Count(ctx context.Context, search Search) (Count, error) {
	var c Count
	err := s.look(ctx, search, func(v *view) error {
		total, err := s.total(ctx, v, search)
		if err != nil {
			return err
		}
		c.Total = Amount{N: total}
		if len(search.Query) == 0 {
			c.Matching = c.Total
			return nil
		}
		c.Matching, err = v.count(ctx, time.Now().Add(s.countFor))
		return err
	})
	return c, err
}

// A count is divided into stretches of time of about so many entries, to look at the clock in between.
const (
	stretch      = 20_000
	maxStretches = 64
)

// few is up to how many later entries are subtracted from a count of all. Checking each entry's place in the chain
// instead means reading its row, not only an index.
const few = 5000

func (v *view) count(ctx context.Context, deadline time.Time) (Amount, error) {
	if v.plan.nothing {
		return Amount{}, nil
	}
	var low, high int64
	err := v.q.QueryRowContext(ctx, `SELECT
		coalesce((SELECT min(id) FROM journal), 0), coalesce((SELECT max(id) FROM journal), 0)`).Scan(&low, &high)
	if err != nil {
		return Amount{}, err
	}
	p := *v.plan
	p.from, p.to = max(p.from, low), min(p.to, high+1)
	late := v.head - v.bound
	var sum int64
	if late > 0 && late <= few {
		st := p.statement()
		st.and(st.id()+" IN (SELECT id FROM journal WHERE seq > ?)", v.bound)
		n, err := v.number(ctx, st)
		if err != nil {
			return Amount{}, err
		}
		sum -= n
	}
	step := (p.to-p.from)/min(v.head/stretch+1, maxStretches) + 1
	for to := p.to; to > p.from; to -= step {
		if to < p.to && time.Now().After(deadline) {
			return Amount{N: max(sum, 0), More: true}, nil
		}
		slice := p
		slice.from, slice.to = max(p.from, to-step), to
		st := slice.statement()
		if late > few {
			st.and("(SELECT s.seq FROM journal s WHERE s.id = "+st.id()+") <= ?", v.bound)
		}
		n, err := v.number(ctx, st)
		if err != nil {
			return Amount{}, err
		}
		sum += n
	}
	return Amount{N: sum}, nil
}

func (v *view) number(ctx context.Context, st statement) (int64, error) {
	return sqlite.One(ctx, v.q, sqlite.Value[int64],
		"SELECT count(*) FROM "+st.from+" WHERE "+strings.Join(st.where, " AND "), st.args...)
}

// known total of a scope at a place of the chain.
type known struct{ seq, n int64 }

// total counts a scope once; from then on only what has been added since, or what came after the bound.
func (s *Service) total(ctx context.Context, v *view, search Search) (int64, error) {
	base := planner{
		search: Search{Scope: search.Scope}, viewer: v.actor.AccountID, organization: v.actor.OrganizationID, words: v.words,
	}
	p, err := base.plan()
	if err != nil || p.nothing {
		return 0, err
	}
	scope := p.all[0][0]
	key := scope.String()
	s.totals.Lock()
	last, ok := s.totals.of[key]
	s.totals.Unlock()
	if !ok || last.seq > v.head { // a later call may have counted further than this snapshot reaches
		n, err := v.number(ctx, p.statement())
		if err != nil {
			return 0, err
		}
		last = known{v.head, n}
	}
	between := func(from, to int64) (int64, error) {
		if from >= to {
			return 0, nil
		}
		return sqlite.One(ctx, v.q, sqlite.Value[int64], "SELECT count(*) FROM journal j WHERE j.seq > ? AND j.seq <= ? AND "+
			columnOf[scope.letter]+" = ?", from, to, scope.no)
	}
	added, err := between(last.seq, v.head)
	if err != nil {
		return 0, err
	}
	if v.head > last.seq || !ok {
		last = known{v.head, last.n + added}
		s.totals.Lock()
		if now, ok := s.totals.of[key]; !ok || now.seq < last.seq {
			s.totals.of[key] = last
		}
		s.totals.Unlock()
	}
	late, err := between(v.bound, last.seq)
	return last.n - late, err
}

// Day is one day of the strip, in the person's zone.
type Day struct {
	Date string // 2026-10-30
	From time.Time
	N    int64
	Gap  bool // part of a stretch of at least MinGap days in which nothing at all was recorded
}

// Limits of the strip.
const (
	MaxDays = 400
	MinGap  = 3
)

// Days counts what a search finds on each of the last n days up to the given date ("" is today), whatever dates the
// query itself names: the strip shows what lies beside the chosen range, too.
func (s *Service) Days(ctx context.Context, search Search, last string, n int) ([]Day, error) {
	d, ok := parseDay(last)
	if !ok {
		d = day{unit: 'd'}
	}
	n = min(max(n, 1), MaxDays)
	zone := search.zone()
	end := d.civil(s.db.Now(), zone)
	days := make([]Day, n)
	bounds := make([]int64, n+1)
	for i := range bounds {
		date := end.AddDate(0, 0, i+1-n)
		from := startOf(date, zone)
		bounds[i] = firstID(from)
		if i < n {
			days[i] = Day{Date: date.Format(time.DateOnly), From: from}
		}
	}
	undated := search
	undated.Query = withoutDates(search.Query)
	err := s.look(ctx, undated, func(v *view) error {
		counts, err := v.perDay(ctx, v.plan, bounds)
		if err != nil {
			return err
		}
		all := counts
		if len(undated.Query) > 0 {
			base := &plan{all: v.plan.all[:1], to: v.plan.to, nothing: len(v.plan.all[0]) == 0}
			if all, err = v.perDay(ctx, base, bounds); err != nil {
				return err
			}
		}
		for i := range days {
			days[i].N = counts[i]
		}
		markGaps(days, all)
		return nil
	})
	return days, err
}

func withoutDates(q Query) Query {
	rest := Query{}
	for _, t := range q {
		if t.Key != KeySince && t.Key != KeyUntil && t.Key != KeyOn {
			rest = append(rest, t)
		}
	}
	return rest
}

// perDay counts between each bound and the next.
func (v *view) perDay(ctx context.Context, p *plan, bounds []int64) ([]int64, error) {
	counts := make([]int64, len(bounds)-1)
	if p.nothing {
		return counts, nil
	}
	st := p.statement()
	values := make([]string, len(counts))
	args := []any{}
	for i := range counts {
		values[i] = fmt.Sprintf("(%d, %d, %d)", i, bounds[i], bounds[i+1])
	}
	st.and(st.id() + " >= d.low AND " + st.id() + " < d.high")
	query := "WITH d(i, low, high) AS (VALUES " + strings.Join(values, ", ") + ") SELECT (SELECT count(*) FROM " +
		st.from + " WHERE " + strings.Join(st.where, " AND ") + ") FROM d ORDER BY d.i"
	list, err := sqlite.All(ctx, v.q, sqlite.Value[int64], query, append(args, st.args...)...)
	copy(counts, list)
	return counts, err
}

// markGaps marks stretches of days on which nothing was recorded. Today never belongs to one: it is not over.
func markGaps(days []Day, all []int64) {
	for i := 0; i < len(days); {
		end := i
		for end < len(days)-1 && all[end] == 0 {
			end++
		}
		if end-i >= MinGap {
			for k := i; k < end; k++ {
				days[k].Gap = true
			}
		}
		i = end + 1
	}
}
