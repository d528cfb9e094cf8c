package quote

import (
	"context"
	"strings"
	"unicode"

	"kontor/internal/day"
	"kontor/internal/fault"
	"kontor/internal/money"
	"kontor/internal/sqlite"
)

// MaxPage is how many entries a list gives at once.
const MaxPage = 200

// Filter narrows a list down and orders it.
type Filter struct {
	Show       string // "", open, draft, accepted, past
	Search     string // words, each to be found at the beginning of a word
	ClientID   string
	Sort       string // number, recipient, until, offer
	Descending bool
	Offset     int
	Limit      int
}

// Validate refuses a filter that there is not.
func (f Filter) Validate() error {
	var c fault.Check
	if _, known := shows[f.Show]; !known {
		c.Refuse("show", "not_a_choice")
	}
	if _, known := orders[f.Sort]; !known {
		c.Refuse("sort", "not_a_choice")
	}
	if f.Limit < 1 || f.Limit > MaxPage || f.Offset < 0 {
		c.Refuse("limit", "not_a_choice")
	}
	return c.Err()
}

// Counts are how many quotes there are of each kind.
type Counts struct{ All, Draft, Open, Accepted, Past int }

// Page is a part of a list.
type Page struct {
	Entries []Entry
	Found   int // that the filter lets through
	Counts  Counts
}

func list(ctx context.Context, q sqlite.Queryer, s sight, f Filter, today day.Day) (p Page, err error) {
	seen, args := s.where()
	if p.Counts, err = counts(ctx, q, s, today); err != nil {
		return p, err
	}
	where := seen + " AND " + on(today, shows[f.Show])
	if f.ClientID != "" {
		where += " AND q.client_id = ?"
		args = append(args, f.ClientID)
	}
	if match := matching(f.Search); match != "" {
		where += " AND q.seq IN (SELECT rowid FROM quote_search WHERE quote_search MATCH ?)"
		args = append(args, match)
	}
	if p.Found, err = sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM quote q WHERE "+where, args...); err != nil {
		return p, err
	}
	direction := " ASC"
	if f.Descending {
		direction = " DESC"
	}
	order := strings.Join(orders[f.Sort], direction+", ") + direction + ", q.seq" + direction
	p.Entries, err = sqlite.All(ctx, q, func(r sqlite.Row) (e Entry, err error) {
		var year, serial, revision int
		var offer, earned int64
		var currency money.Currency
		err = r.Scan(&e.ID, &year, &serial, &revision, &e.ClientID, &e.Recipient, &e.State, &e.ValidUntil, &e.Scenarios, &currency, &offer, &earned, &e.Version)
		e.Number, e.Offer, e.Earned = number(year, serial, revision), money.Of(offer, currency), money.Of(earned, currency)
		e.State = Quote{State: e.State, ValidUntil: e.ValidUntil}.StateOn(today)
		return e, err
	}, `SELECT q.id, q.year, q.serial, q.revision, q.client_id, q.recipient, q.state, q.valid_until, q.scenarios, q.currency, q.offer, q.earned, q.version
		FROM quote q WHERE `+where+" ORDER BY "+order+" LIMIT ? OFFSET ?", append(args, f.Limit, f.Offset)...)
	return p, err
}

func counts(ctx context.Context, q sqlite.Queryer, s sight, today day.Day) (Counts, error) {
	where, args := s.where()
	return sqlite.One(ctx, q, func(r sqlite.Row) (n Counts, err error) {
		err = r.Scan(&n.All, &n.Draft, &n.Open, &n.Accepted, &n.Past)
		return n, err
	}, on(today, "SELECT count(*), count(*) FILTER (WHERE "+shows["draft"]+"), count(*) FILTER (WHERE "+shows["open"]+
		"), count(*) FILTER (WHERE "+shows["accepted"]+"), count(*) FILTER (WHERE "+shows["past"]+") FROM quote q WHERE "+where), args...)
}

// on puts a day into a condition.
func on(today day.Day, condition string) string {
	return strings.ReplaceAll(condition, "{today}", today.String())
}

// matching is what the search index is asked for: every word, at the beginning of one.
func matching(search string) string {
	words := strings.FieldsFunc(search, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = `"` + w + `"*`
	}
	return strings.Join(words, " ")
}
