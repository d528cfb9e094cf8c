package activity

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	book "kontor/internal/core/words"
)

// CatalogueView lists the ids of what entries can be about; their words are the window's.
type CatalogueView struct {
	Products []string `json:"products"`
	Actions  []string `json:"actions"`
	Groups   []string `json:"groups"` // of actions
	Results  []string `json:"results"`
	Fields   []string `json:"fields"` // that a column of an import can fill
}

// TermView is one chip. Text is how it is written in the box.
type TermView struct {
	Key     string   `json:"key"` // "" for text
	Not     bool     `json:"not"`
	Values  []string `json:"values"`
	Exact   bool     `json:"exact"`
	Problem string   `json:"problem"` // field code; "" for a good one
	Text    string   `json:"text"`
}

// QueryView is a query as chips. Text reads back as the same query.
type QueryView struct {
	Text  string     `json:"text"`
	Terms []TermView `json:"terms"`
}

func queryView(q Query) QueryView {
	v := QueryView{Text: q.String(), Terms: []TermView{}}
	for _, t := range q {
		v.Terms = append(v.Terms, TermView{
			Key: string(t.Key), Not: t.Not, Values: append([]string{}, t.Values...), Exact: t.Exact, Problem: t.Problem,
			Text: t.String(),
		})
	}
	return v
}

// EntryView is an entry of the journal.
type EntryView struct {
	ID           string `json:"id"`
	Number       int64  `json:"number"` // place in the chain
	At           string `json:"at"`
	AccountID    string `json:"accountId"`
	Account      string `json:"account"` // name; "" if nobody was signed in or the account is gone
	Organization string `json:"organizationId"`
	Product      string `json:"product"`
	Action       string `json:"action"`
	ObjectID     string `json:"objectId"`
	Object       string `json:"object"`
	Result       string `json:"result"`
	Session      string `json:"session"`
	PersonID     string `json:"personId"`
	Old          string `json:"old"`
	New          string `json:"new"`
	Hidden       string `json:"hidden"` // why old and new are not shown
	Imported     bool   `json:"imported"`
	Source       string `json:"source"` // the program that wrote an imported entry; "" if nobody said
	Hash         string `json:"hash"`
}

// PageView is a stretch of entries.
type PageView struct {
	Query   QueryView   `json:"query"`
	Entries []EntryView `json:"entries"`
	Bound   int64       `json:"bound"`
	Next    string      `json:"next"` // "" at the end
}

// DayView is one day of the strip.
type DayView struct {
	Date  string `json:"date"`
	Count int64  `json:"count"`
	Gap   bool   `json:"gap"` // nothing at all was recorded for some days
}

// ActorView is a person whom entries name.
type ActorView struct {
	ID   string `json:"id"`
	Name string `json:"name"` // "" if the account is gone
}

// SavedView is a search that a person keeps.
type SavedView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query"`
	New   Amount `json:"new"`
}

// ReportView is what a check of the chain found; Breaks are the first of Broken.
type ReportView struct {
	OK      bool        `json:"ok"`
	Checked int64       `json:"checked"`
	Broken  int64       `json:"broken"`
	Breaks  []BreakView `json:"breaks"`

	Sealing  string `json:"sealing"` // sealed, unsealed, unchecked, former
	SealedTo int64  `json:"sealedTo"`
}

// BreakView is a place where the chain does not hold.
type BreakView struct {
	Damage string `json:"damage"` // changed, missing, no_end, no_seal, imports, key_gone, apart
	Number int64  `json:"number"`
	Count  int64  `json:"count"`
	At     string `json:"at"` // "" for what is missing
}

// ExportInput says how to write an export.
type ExportInput struct {
	Format   string `json:"format"` // csv, xlsx, jsonl
	Language string `json:"language"`
}

// ExportedView is a file that was written.
type ExportedView struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// pageView tells of a page with the names of those who acted.
func (s *Service) pageView(ctx context.Context, search Search, p Page) (PageView, error) {
	v := PageView{Query: queryView(search.Query), Bound: p.Bound}
	if p.Next != 0 {
		v.Next = strconv.FormatInt(p.Next, 10)
	}
	var err error
	b := book.For(search.Locale)
	for i := range p.Entries {
		p.Entries[i].say(b)
	}
	v.Entries, err = s.entryViews(ctx, p.Entries)
	return v, err
}

func (s *Service) entryViews(ctx context.Context, entries []Entry) ([]EntryView, error) {
	ids := make([]string, 0, len(entries))
	for _, e := range entries {
		ids = append(ids, e.AccountID)
	}
	names, err := s.Names(ctx, ids)
	views := make([]EntryView, len(entries))
	for i, e := range entries {
		views[i] = EntryView{
			ID: strconv.FormatInt(e.ID, 10), Number: e.Seq, At: exact(e.At), AccountID: e.AccountID,
			Account: names[e.AccountID], Organization: e.OrganizationID, Product: string(e.Product), Action: string(e.Action),
			ObjectID: e.ObjectID, Object: e.ObjectName, Result: string(e.Result), Session: e.SessionID, PersonID: e.PersonID,
			Old: e.Old, New: e.New, Hidden: string(e.Hidden), Imported: e.ImportID != "", Source: e.Source, Hash: hex.EncodeToString(e.Hash),
		}
	}
	return views, err
}

// exact is a moment with the milliseconds that the journal keeps; "" for none.
func exact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(exactMoment)
}

// texts are ids of any kind as the page knows them; never nil.
func texts[T ~string](ids []T) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}
