package home

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// Recent is how long a line that was dealt with is still shown.
const Recent = 7 * 24 * time.Hour

// furthest is for how many months at most a line can be put off.
const furthest = 12

// mark is what waiting.Line.News looks like.
var mark = regexp.MustCompile(`^[0-9a-f]{16}$`)

// Answered is a line that the person put off or has dealt with.
type Answered struct {
	waiting.Line
	Until day.Day   // the day on which it stands there again; zero: dealt with
	At    time.Time // when the person said so
}

// answer is what the person said to a line whose facts had that mark.
type answer struct {
	line, news string
	until      day.Day
	at         time.Time
}

// PutOff takes a line away until a day, or until its facts change. Errors: NotFound for a line that there is not; Invalid at "until" for a day that is not after
// today, or further than a year.
func (s *Service) PutOff(ctx context.Context, key, news string, until day.Day) error {
	today := s.o.Clock.Today(ctx)
	if until <= today || until > today.AddMonths(furthest) {
		return fault.New(fault.Invalid, "").At("until", "put_off_range")
	}
	return s.answer(ctx, key, news, until)
}

// DealtWith takes a line away until its facts change.
func (s *Service) DealtWith(ctx context.Context, key, news string) error {
	return s.answer(ctx, key, news, 0)
}

// BringBack shows a line again.
func (s *Service) BringBack(ctx context.Context, key string) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return forget(ctx, tx, actor, key) })
}

func (s *Service) answer(ctx context.Context, key, news string, until day.Day) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	if !mark.MatchString(news) {
		return fault.New(fault.NotFound, "")
	}
	lines, err := s.lines(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(lines, func(l waiting.Line) bool { return l.Key() == key }) { // no other text is kept
		return fault.New(fault.NotFound, "")
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		if err := forget(ctx, tx, actor, key); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO home_answer (account_id, organization_id, line, news, until, at) VALUES (?, nullif(?, ''), ?, ?, ?, ?)",
			actor.AccountID, actor.OrganizationID, key, news, sql.NullString{String: until.String(), Valid: until != 0}, sqlite.Millis(tx.Now))
		return err
	})
}

func forget(ctx context.Context, tx *sqlite.Tx, actor access.Actor, key string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM home_answer WHERE account_id = ? AND coalesce(organization_id, '') = ? AND line = ?",
		actor.AccountID, actor.OrganizationID, key)
	return err
}

func answers(ctx context.Context, q sqlite.Queryer, actor access.Actor) (map[string]answer, error) {
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (a answer, err error) {
		var until sql.NullString
		var at int64
		if err = r.Scan(&a.line, &a.news, &until, &at); err == nil && until.Valid {
			a.until, err = day.Parse(until.String)
		}
		a.at = sqlite.Time(at)
		return a, err
	}, "SELECT line, news, until, at FROM home_answer WHERE account_id = ? AND coalesce(organization_id, '') = ?", actor.AccountID, actor.OrganizationID)
	said := map[string]answer{}
	for _, a := range list {
		said[a.line] = a
	}
	return said, err
}

// sort puts what waits apart from what the person put off or has dealt with. A line whose facts have changed waits again.
func (b *Board) sort(lines []waiting.Line, said map[string]answer, today day.Day, now time.Time) {
	b.Lines, b.Later, b.Dealt = []waiting.Line{}, []Answered{}, []Answered{}
	for _, l := range lines {
		a, known := said[l.Key()]
		switch {
		case !known || a.news != l.News() || a.until != 0 && a.until <= today:
			b.Lines = append(b.Lines, l)
		case a.until != 0:
			b.Later = append(b.Later, Answered{l, a.until, a.at})
		case now.Sub(a.at) < Recent:
			b.Dealt = append(b.Dealt, Answered{l, 0, a.at})
		}
	}
	slices.SortStableFunc(b.Later, func(x, y Answered) int { return int(x.Until - y.Until) })
	slices.SortStableFunc(b.Dealt, func(x, y Answered) int { return y.At.Compare(x.At) })
}
