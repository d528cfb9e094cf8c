package quote

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

const columns = `q.id, q.number, q.year, q.serial, q.revision, q.revises_id, q.client_id, q.recipient, q.author_id, q.language, q.state,
	q.valid_until, q.exclusions, q.note, q.accepted, q.version, q.created_at, q.sent_at, q.answered_at, q.answered_by, f.text,
	coalesce((SELECT n.id FROM quote n WHERE n.organization_id = q.organization_id AND n.year = q.year AND n.serial = q.serial
		AND n.revision > q.revision AND n.state <> 'draft' ORDER BY n.revision DESC LIMIT 1), '')`

// stored is a quote with the text in which its basis and answer are kept.
type stored struct {
	Quote
	text string
}

func scan(r sqlite.Row) (s stored, err error) {
	if s, err = scanHead(r); err != nil {
		return s, err
	}
	s.Basis, s.Answer, err = thaw(s.text)
	return s, err
}

// scanHead reads a quote without what is frozen: that takes its time.
func scanHead(r sqlite.Row) (s stored, err error) {
	var exclusions string
	var created, sent, answered int64
	err = r.Scan(&s.ID, &s.Given, &s.Year, &s.Serial, &s.Revision, &s.Revises, &s.Recipient.ClientID, &s.Recipient.Name, &s.AuthorID, &s.Language, &s.State,
		&s.ValidUntil, &exclusions, &s.Note, &s.Accepted, &s.Version, &created, &sent, &answered, &s.AnsweredBy, &s.text, &s.RevisedBy)
	if err != nil {
		return s, err
	}
	s.Created, s.SentAt, s.AnsweredAt = sqlite.Time(created), sqlite.Time(sent), sqlite.Time(answered)
	return s, json.Unmarshal([]byte(exclusions), &s.Exclusions)
}

// sight is what an actor may know of: all quotes of the organization, or those that they wrote and those for the clients
// that they may see.
type sight struct {
	actor   access.Actor
	clients []string
}

func (s sight) where() (string, []any) {
	if s.actor.Can(access.ManageQuotes) {
		return "q.organization_id = ?", []any{s.actor.OrganizationID}
	}
	list, _ := json.Marshal(s.clients) // strings always marshal
	return "q.organization_id = ? AND (q.author_id = ? OR q.client_id IN (SELECT value FROM json_each(?)))",
		[]any{s.actor.OrganizationID, s.actor.AccountID, string(list)}
}

func one(ctx context.Context, q sqlite.Queryer, s sight, id string) (stored, error) {
	where, args := s.where()
	return sqlite.One(ctx, q, scan, "SELECT "+columns+" FROM quote q JOIN quote_frozen f ON f.quote_id = q.id WHERE "+where+" AND q.id = ?",
		append(args, id)...)
}

// nextRevision is the revision after the newest of a number.
func nextRevision(ctx context.Context, tx *sqlite.Tx, organizationID string, year, serial int) (revision int, err error) {
	return sqlite.One(ctx, tx, sqlite.Value[int], "SELECT max(revision) + 1 FROM quote WHERE organization_id = ? AND year = ? AND serial = ?",
		organizationID, year, serial)
}

// write keeps a quote, new or changed, if nobody changed it since q.Version. frozen is the text that its basis was frozen to.
func write(ctx context.Context, tx *sqlite.Tx, organizationID string, q Quote, frozen string) error {
	exclusions, err := json.Marshal(q.Exclusions)
	if err != nil {
		return err
	}
	shown := q.Answer.Scenarios[max(q.Accepted, 1)-1]
	now := sqlite.Millis(tx.Now)
	seq, err := sqlite.One(ctx, tx, sqlite.Value[int64], `
		INSERT INTO quote (number, id, organization_id, year, serial, revision, revises_id, client_id, recipient, recipient_key, author_id, language, state,
			valid_until, exclusions, note, accepted, scenarios, currency, book_id, offer, earned, version, created_at, updated_at, sent_at, answered_at, answered_by)
		VALUES (?26, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22 + 1, ?23, ?23, ?24, ?25, ?27)
		ON CONFLICT (id) DO UPDATE SET client_id = ?7, recipient = ?8, recipient_key = ?9, language = ?11, state = ?12, valid_until = ?13,
			exclusions = ?14, note = ?15, accepted = ?16, scenarios = ?17, currency = ?18, book_id = ?19, offer = ?20, earned = ?21,
			version = version + 1, updated_at = ?23, sent_at = ?24, answered_at = ?25, answered_by = ?27
			WHERE version = ?22
		RETURNING seq`,
		q.ID, organizationID, q.Year, q.Serial, q.Revision, q.Revises, q.Recipient.ClientID, q.Recipient.Name, text.Fold(q.Recipient.Name), q.AuthorID,
		q.Language, q.State, q.ValidUntil, string(exclusions), q.Note, q.Accepted, len(q.Basis.Scenarios), q.Basis.Book.Currency, q.Basis.Book.ID,
		shown.Year.Offer, shown.Year.Earned, q.Version, now, millis(q.SentAt), millis(q.AnsweredAt), q.Given, q.AnsweredBy)
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Changed()
	}
	if err != nil || frozen == "" {
		return err
	}
	return writeFrozen(ctx, tx, seq, q, frozen)
}

// millis is a moment as the table has it; 0 is none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return sqlite.Millis(t)
}

// writeFrozen keeps what the figures follow from, and what lists and searches need of it.
func writeFrozen(ctx context.Context, tx *sqlite.Tx, seq int64, q Quote, frozen string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO quote_frozen (quote_id, rules, text) VALUES (?, ?, ?)
		ON CONFLICT (quote_id) DO UPDATE SET rules = excluded.rules, text = excluded.text`, q.ID, q.Basis.Rules, frozen)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM quote_line WHERE quote_id = ?", q.ID); err != nil {
		return err
	}
	for j, l := range q.Basis.Lines {
		for i, s := range q.Answer.Scenarios {
			r := s.Lines[j]
			if l.Kind == Text {
				continue
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO quote_line (quote_id, scenario, position, product, name, quantity, months, operation,
				outcome, charged, gain, offer, kind, category) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				q.ID, i+1, j+1, l.Article.Product, l.Article.Name, q.Basis.Scenarios[i].Items[j].Quantity, l.Months, l.Operation,
				cmp.Or(r.Case.Outcome, pricing.NotCovered), r.Charged, r.Gain, r.Offer, l.Kind, l.Category()); err != nil {
				return err
			}
		}
	}
	return index(ctx, tx, seq, q)
}

// index keeps the words by which a quote is found.
func index(ctx context.Context, tx *sqlite.Tx, seq int64, q Quote) error {
	words := []string{q.Number(), q.Recipient.Name, q.Note}
	for _, l := range q.Basis.Lines {
		words = append(words, strings.ReplaceAll(l.Article.Product, "_", " "), l.Article.Name, l.Description)
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO quote_search (rowid, words) VALUES (?, ?)", seq, text.Spaced(text.Fold(strings.Join(words, "\n"))))
	return err
}

// Index keeps the words of an organization's quotes, whose rows came from elsewhere. One that cannot be read is an error:
// no page could show it.
func (*Service) Index(ctx context.Context, tx *sqlite.Tx, organizationID string) error {
	type numbered struct {
		id  string
		seq int64
	}
	all, err := sqlite.All(ctx, tx, func(r sqlite.Row) (n numbered, err error) { return n, r.Scan(&n.id, &n.seq) },
		"SELECT id, seq FROM quote WHERE organization_id = ? ORDER BY seq", organizationID)
	if err != nil {
		return err
	}
	for _, n := range all {
		q, err := sqlite.One(ctx, tx, scan, "SELECT "+columns+" FROM quote q JOIN quote_frozen f ON f.quote_id = q.id WHERE q.id = ?", n.id)
		if err != nil {
			return err
		}
		if err := index(ctx, tx, n.seq, q.Quote); err != nil {
			return err
		}
	}
	return nil
}

func remove(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM quote WHERE id = ?", id)
	return err
}

// Entry is a quote as a list shows it.
type Entry struct {
	ID         string
	Number     string
	ClientID   string
	Recipient  string
	State      State
	ValidUntil day.Day
	Scenarios  int
	Offer      money.Amount // twelve months of the first scenario, or of the accepted one, before VAT
	Earned     money.Amount
	Version    int
}

// shows are the filters of a list, by name; {today} is the day.
var shows = map[string]string{
	"":         "1",
	"open":     "q.state = 'sent' AND q.valid_until >= '{today}'",
	"draft":    "q.state = 'draft'",
	"accepted": "q.state = 'accepted'",
	"past":     "(q.state = 'declined' OR q.state = 'sent' AND q.valid_until < '{today}')",
}

// orders are what a list can be sorted by, each with an index.
var orders = map[string][]string{
	"number":    {"q.year", "q.serial", "q.revision"},
	"recipient": {"q.recipient_key"},
	"until":     {"q.valid_until"},
	"offer":     {"q.currency", "q.offer"},
}
