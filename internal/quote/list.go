package quote

import (
	"context"
	"encoding/json"
	"strings"
	"unicode"

	"kontor/internal/access"
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
	columns := orders[f.Sort]
	if f.ClientID != "" {
		where += " AND q.client_id = ?"
		args = append(args, f.ClientID)
		columns = unindexed(columns) // a client has few quotes: found by the client, then sorted
	}
	hits, err := search(ctx, q, f.Search)
	if err != nil {
		return p, err
	}
	where, args = hits.and(where, args)
	if p.Found, err = found(ctx, q, s, f, hits, p.Counts, where, args); err != nil {
		return p, err
	}
	direction := " ASC"
	if f.Descending {
		direction = " DESC"
	}
	order := strings.Join(columns, direction+", ") + direction + ", q.seq" + direction
	p.Entries, err = sqlite.All(ctx, q, func(r sqlite.Row) (e Entry, err error) {
		var year, serial, revision int
		var offer, earned int64
		var currency money.Currency
		err = r.Scan(&e.ID, &year, &serial, &revision, &e.ClientID, &e.Recipient, &e.State, &e.ValidUntil, &e.Scenarios, &currency, &offer, &earned, &e.Version)
		e.Number, e.Offer, e.Earned = number(year, serial, revision), money.Of(offer, currency), money.Of(earned, currency)
		e.State = Quote{State: e.State, ValidUntil: e.ValidUntil}.StateOn(today)
		return e, err
	}, `SELECT q.id, q.year, q.serial, q.revision, q.client_id, q.recipient, q.state, q.valid_until, q.scenarios, q.currency, q.offer, q.earned, q.version
		FROM quote q`+hits.by()+` WHERE `+where+" ORDER BY "+order+" LIMIT ? OFFSET ?", append(args, f.Limit, f.Offset)...)
	return p, err
}

// few is up to how many hits of a search are read at once and looked up one by one.
const few = 2_000

// hits are what a search found: some, or too many to name.
type hits struct {
	match string // "" finds everything
	some  []int64
	many  bool
}

func search(ctx context.Context, q sqlite.Queryer, text string) (h hits, err error) {
	if h.match = matching(text); h.match == "" {
		return h, nil
	}
	h.some, err = sqlite.All(ctx, q, sqlite.Value[int64], "SELECT rowid FROM quote_search WHERE quote_search MATCH ? LIMIT ?", h.match, few+1)
	h.many = len(h.some) > few
	return h, err
}

// and narrows a condition down to the hits. Where there are many, the list goes along the index of its order and looks
// each quote up among them.
func (h hits) and(where string, args []any) (string, []any) {
	switch {
	case h.match == "":
		return where, args
	case h.many:
		return where + " AND +q.seq IN (SELECT rowid FROM quote_search WHERE quote_search MATCH ?)", append(args, h.match)
	}
	named, _ := json.Marshal(h.some) // numbers always marshal
	return where + " AND q.seq IN (SELECT value FROM json_each(?))", append(args, string(named))
}

// found is how many quotes a filter lets through; as far as it can, it is read from an index alone.
func found(ctx context.Context, q sqlite.Queryer, s sight, f Filter, h hits, n Counts, where string, args []any) (int, error) {
	if f.ClientID == "" && h.match == "" {
		return n.of(f.Show), nil
	}
	if h.many && f.ClientID == "" && f.Show == "" && s.actor.Can(access.ManageQuotes) {
		alone, err := sqlite.One(ctx, q, sqlite.Value[bool], "SELECT NOT EXISTS (SELECT 1 FROM quote WHERE organization_id < ?1 OR organization_id > ?1)",
			s.actor.OrganizationID)
		if err != nil {
			return 0, err
		}
		if alone { // every hit is this organization's
			return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM quote_search WHERE quote_search MATCH ?", h.match)
		}
	}
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM quote q"+h.by()+" WHERE "+where, args...)
}

// by keeps SQLite from going along an order where a few hits are looked up.
func (h hits) by() string {
	if h.match != "" && !h.many {
		return " NOT INDEXED"
	}
	return ""
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

// matching is what the search index is asked for: every word, at the beginning of one.
func matching(search string) string {
	words := strings.FieldsFunc(search, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = `"` + w + `"*`
	}
	return strings.Join(words, " ")
}
