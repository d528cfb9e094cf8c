package quote

import (
	"context"
	"encoding/json"
	"strings"
	"unicode"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// MaxPage is how many entries a list gives at once.
const MaxPage = 200

// Filter narrows a list down and orders it.
type Filter struct {
	Show       string `json:"show"`   // "", open, draft, accepted, past
	Search     string `json:"search"` // words, each to be found at the beginning of a word
	ClientID   string `json:"client"`
	Sort       string `json:"sort"` // number, recipient, until, offer
	Descending bool   `json:"descending"`
	Offset     int    `json:"offset"`
	Limit      int    `json:"limit"`
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
	Found   int  // that the filter lets through; of a search at most MaxHits, the newest
	More    bool // the search finds more
	Counts  Counts
}

func list(ctx context.Context, q sqlite.Queryer, s sight, f Filter, today day.Day) (p Page, err error) {
	seen, args := s.where()
	if p.Counts, err = counts(ctx, q, s, today); err != nil {
		return p, err
	}
	where := seen + " AND " + on(today, shows[f.Show])
	columns := orders[f.Sort]
	if f.ClientID != "" {
		where += " AND q.client_id = ?"
		args = append(args, f.ClientID)
		columns = unindexed(columns) // a client has few quotes: found by the client, then sorted
	}
	from := "quote q"
	if match := matching(f.Search); match != "" {
		hits, err := search(ctx, q, match, where, args)
		if err != nil {
			return p, err
		}
		p.More = len(hits) > MaxHits
		hits = hits[:min(len(hits), MaxHits)]
		named, _ := json.Marshal(hits) // numbers always marshal
		from, where, args = "json_each(?) h CROSS JOIN quote q ON q.seq = h.value", "1", []any{string(named)}
		p.Found, columns = len(hits), unindexed(columns)
	} else if p.Found, err = found(ctx, q, f, p.Counts, where, args); err != nil {
		return p, err
	}
	direction := " ASC"
	if f.Descending {
		direction = " DESC"
	}
	order := strings.Join(columns, direction+", ") + direction + ", q.seq" + direction
	p.Entries, err = sqlite.All(ctx, q, func(r sqlite.Row) (e Entry, err error) {
		var given string
		var year, serial, revision int
		err = r.Scan(&e.ID, &given, &year, &serial, &revision, &e.ClientID, &e.Recipient, &e.State, &e.ValidUntil, &e.Scenarios, money.CurrencyColumn(&e.Offer, &e.Earned), &e.Offer, &e.Earned, &e.Version)
		e.Number = number(given, year, serial, revision)
		e.State = Quote{State: e.State, ValidUntil: e.ValidUntil}.StateOn(today)
		return e, err
	}, `SELECT q.id, q.number, q.year, q.serial, q.revision, q.client_id, q.recipient, q.state, q.valid_until, q.scenarios, q.currency, q.offer, q.earned, q.version
		FROM `+from+" WHERE "+where+" ORDER BY "+order+" LIMIT ? OFFSET ?", append(args, f.Limit, f.Offset)...)
	return p, err
}

// MaxHits is the most that a search gives: the newest quotes with its words. Nobody reads further in what a very common
// word finds, and looking through all of it takes longer than a list may.
const MaxHits = 1_000

// search gives the newest quotes with the words that a condition lets through, and one more than MaxHits if there are more.
func search(ctx context.Context, q sqlite.Queryer, match, where string, args []any) ([]int64, error) {
	return sqlite.All(ctx, q, sqlite.Value[int64], "SELECT q.seq FROM quote_search s CROSS JOIN quote q ON q.seq = s.rowid WHERE s.quote_search MATCH ? AND "+
		where+" ORDER BY s.rowid DESC LIMIT ?", append(append([]any{match}, args...), MaxHits+1)...)
}

// found is how many quotes a filter lets through; as far as it can, it is read from an index alone.
func found(ctx context.Context, q sqlite.Queryer, f Filter, n Counts, where string, args []any) (int, error) {
	if f.ClientID == "" {
		return n.of(f.Show), nil
	}
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM quote q WHERE "+where, args...)
}

// unindexed keeps an order from being taken from an index.
func unindexed(columns []string) []string {
	plain := make([]string, len(columns))
	for i, c := range columns {
		plain[i] = "+" + c
	}
	return plain
}

// of is the count of a filter.
func (n Counts) of(show string) int {
	return map[string]int{"": n.All, "draft": n.Draft, "open": n.Open, "accepted": n.Accepted, "past": n.Past}[show]
}

// counts reads each from a range of the index by state.
func counts(ctx context.Context, q sqlite.Queryer, s sight, today day.Day) (Counts, error) {
	where, args := s.where()
	part := func(condition string) string {
		return "(SELECT count(*) FROM quote q WHERE " + where + " AND " + on(today, condition) + ")"
	}
	all := []any{}
	for range 5 {
		all = append(all, args...)
	}
	return sqlite.One(ctx, q, func(r sqlite.Row) (n Counts, err error) {
		var declined, over int
		err = r.Scan(&n.Draft, &n.Open, &n.Accepted, &declined, &over)
		n.Past = declined + over
		n.All = n.Draft + n.Open + n.Accepted + n.Past
		return n, err
	}, "SELECT "+part(shows["draft"])+", "+part(shows["open"])+", "+part(shows["accepted"])+", "+part("q.state = 'declined'")+", "+
		part("q.state = 'sent' AND q.valid_until < '{today}'"), all...)
}

// on puts a day into a condition.
func on(today day.Day, condition string) string {
	return strings.ReplaceAll(condition, "{today}", today.String())
}

// matching is what the search index is asked for: every word, at the beginning of one; in scripts without blanks
// wherever it stands.
func matching(search string) string {
	words := strings.FieldsFunc(text.Fold(search), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) })
	for i, w := range words {
		words[i] = `"` + text.Spaced(w) + `"*`
	}
	return strings.Join(words, " ")
}
