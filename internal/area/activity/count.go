package activity

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
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
	Apart    int64  `json:"apart"` // imported entries under one's own name, which are not among them; 0 where they were asked for
	Marks    []Mark `json:"marks"`
}

// Mark is a place in what a search finds: N entries are newer than the id Before. A page that lies deep starts at the mark
// above it and skips the rest, so that any part of a long list costs little.
type Mark struct {
	Before string `json:"before"` // as Page takes it
	N      int64  `json:"n"`
}

// Count counts what a search finds and what the scope holds.
func (s *Service) Count(ctx context.Context, search Search) (Count, error) {
	c := Count{Marks: []Mark{}}
	err := s.look(ctx, search, func(v *view) error {
		var err error
		if c.Total.N, err = s.total(ctx, v, search); err != nil {
			return err
		}
		if search.Scope == Own && v.plan.source == own && !v.plan.nothing {
			apart := plan{all: v.plan.all[:1], to: v.plan.to, source: imported}
			if c.Apart, err = v.number(ctx, apart.statement(), -1); err != nil {
				return err
			}
		}
		c.Matching, c.Marks, err = v.count(ctx, *v.plan, time.Now().Add(s.countFor))
		return err
	})
	return c, err
}

// Newer counts the entries that a search finds after a day: its place in the list.
func (s *Service) Newer(ctx context.Context, search Search, date string) (Amount, error) {
	d, ok := parseDay(date, search.Locale)
	if !ok {
		var c fault.Check
		c.Refuse("day", badDate)
		return Amount{}, c.Err()
	}
	var n Amount
	err := s.look(ctx, search, func(v *view) (err error) {
		p := *v.plan
		p.from = max(p.from, firstID(startOf(d.civil(s.db.Now(), search.zone()).AddDate(0, 0, 1), search.zone())))
		n, _, err = v.count(ctx, p, time.Now().Add(s.countFor))
		return err
	})
	return n, err
}

// Above counts the entries that a search finds before one of them: its place in the list.
func (s *Service) Above(ctx context.Context, search Search, id int64) (Amount, error) {
	var n Amount
	err := s.look(ctx, search, func(v *view) (err error) {
		p := *v.plan
		p.from = max(p.from, id+1)
		n, _, err = v.count(ctx, p, time.Now().Add(s.countFor))
		return err
	})
	return n, err
}

// A count is divided into stretches of time of about so many entries, to look at the clock in between.
const (
	stretch      = 20_000
	maxStretches = 64
)

// count counts from the newest on until the deadline, with a mark at the end of each stretch.
func (v *view) count(ctx context.Context, p plan, deadline time.Time) (Amount, []Mark, error) {
	marks := []Mark{}
	if p.nothing {
		return Amount{}, marks, nil
	}
	var low, high int64
	err := v.q.QueryRowContext(ctx, `SELECT
		coalesce((SELECT min(id) FROM journal), 0), coalesce((SELECT max(id) FROM journal), 0)`).Scan(&low, &high)
	if err != nil {
		return Amount{}, marks, err
	}
	p.from, p.to = max(p.from, low), min(p.to, high+1)
	var sum int64
	step := (p.to-p.from)/min(v.head/stretch+1, maxStretches) + 1
	for to := p.to; to > p.from; to -= step {
		if to < p.to && time.Now().After(deadline) {
			return Amount{N: sum, More: true}, marks, nil
		}
		slice := p
		slice.from, slice.to = max(p.from, to-step), to
		st := slice.statement()
		if v.bound < v.head { // what came later is left out: each row has to say its place in the chain
			st.and(fmt.Sprintf("(SELECT s.seq FROM journal s WHERE s.id = %s) <= %d", st.id(), v.bound))
		}
		n, err := v.number(ctx, st, -1)
		if err != nil {
			return Amount{}, marks, err
		}
		sum += n
		marks = append(marks, Mark{strconv.FormatInt(slice.from, 10), sum})
	}
	return Amount{N: sum}, marks, nil
}

// number counts what a statement finds, up to most (-1: all).
func (v *view) number(ctx context.Context, st statement, most int) (int64, error) {
	return sqlite.One(ctx, v.q, sqlite.Value[int64], st.count(most), st.args...)
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
	st := p.statement()
	key := strings.Join(st.where, " ")
	s.totals.Lock()
	last, ok := s.totals.of[key]
	s.totals.Unlock()
	if !ok || last.seq > v.head { // a later call may have counted further than this snapshot reaches
		n, err := v.number(ctx, st, -1)
		if err != nil {
			return 0, err
		}
		last = known{v.head, n}
	}
	between := func(from, to int64) (int64, error) {
		if from >= to {
			return 0, nil
		}
		return sqlite.One(ctx, v.q, sqlite.Value[int64], fmt.Sprintf("SELECT count(*) FROM journal j%s AND j.seq > %d AND j.seq <= %d",
			st.conditions(), from, to))
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
	d, ok := parseDay(last, search.Locale)
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
			base := &plan{all: v.plan.all[:1], source: v.plan.source, to: v.plan.to, nothing: len(v.plan.all[0]) == 0}
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
	for i := range counts {
		values[i] = fmt.Sprintf("(%d, %d, %d)", i, bounds[i], bounds[i+1])
	}
	st.and(st.id() + " >= d.low AND " + st.id() + " < d.high")
	query := "WITH d(i, low, high) AS (VALUES " + strings.Join(values, ", ") + ") SELECT (" + st.count(-1) + ") FROM d ORDER BY d.i"
	list, err := sqlite.All(ctx, v.q, sqlite.Value[int64], query, st.args...)
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
