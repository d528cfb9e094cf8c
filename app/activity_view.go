package app

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"kontor/internal/area/activity"
)

// CatalogueView lists the ids of what entries can be about; their words are the window's.
type CatalogueView struct {
	Products []string `json:"products"`
	Actions  []string `json:"actions"`
	Groups   []string `json:"groups"` // of actions
	Results  []string `json:"results"`
	Fields   []string `json:"fields"` // that a column of an import can fill
}

// SearchInput is what a person looks for.
type SearchInput struct {
	Scope string `json:"scope"` // own, organization
	Query string `json:"query"`
	Zone  string `json:"zone"`  // IANA name; where days begin
	Bound int64  `json:"bound"` // of the first page, so that what came later shifts nothing; 0 at the start
}

func (in SearchInput) search() (activity.Search, error) {
	q := activity.Parse(in.Query)
	return activity.Search{Scope: activity.Scope(in.Scope), Query: q, Zone: location(in.Zone), Bound: in.Bound}, q.Validate()
}

// location is the person's zone; one that this computer does not know is its own.
func location(name string) *time.Location {
	if z, err := time.LoadLocation(name); err == nil && name != "" {
		return z
	}
	return time.Local
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

func queryView(q activity.Query) QueryView {
	v := QueryView{Text: q.String(), Terms: []TermView{}}
	for _, t := range q {
		v.Terms = append(v.Terms, TermView{
			Key: string(t.Key), Not: t.Not, Values: append([]string{}, t.Values...), Exact: t.Exact, Problem: t.Problem,
			Text: t.String(),
		})
	}
	return v
}

// JournalEntryView is an entry of the journal.
type JournalEntryView struct {
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
	Hash         string `json:"hash"`
}

// PageView is a stretch of entries.
type PageView struct {
	Entries []JournalEntryView `json:"entries"`
	Bound   int64              `json:"bound"`
	Next    string             `json:"next"` // "" at the end
}

func (h *workspace) pageView(ctx context.Context, p activity.Page) (PageView, error) {
	v := PageView{Entries: []JournalEntryView{}, Bound: p.Bound}
	if p.Next != 0 {
		v.Next = strconv.FormatInt(p.Next, 10)
	}
	entries, err := h.entryViews(ctx, p.Entries)
	v.Entries = entries
	return v, err
}

func (h *workspace) entryViews(ctx context.Context, entries []activity.Entry) ([]JournalEntryView, error) {
	ids := []string{}
	for _, e := range entries {
		ids = append(ids, e.AccountID)
	}
	names, err := h.journal.Names(ctx, ids)
	views := make([]JournalEntryView, len(entries))
	for i, e := range entries {
		views[i] = JournalEntryView{
			ID: strconv.FormatInt(e.ID, 10), Number: e.Seq, At: momentText(e.At), AccountID: e.AccountID,
			Account: names[e.AccountID], Organization: e.OrganizationID, Product: string(e.Product), Action: string(e.Action),
			ObjectID: e.ObjectID, Object: e.ObjectName, Result: string(e.Result), Session: e.SessionID, PersonID: e.PersonID,
			Old: e.Old, New: e.New, Hidden: string(e.Hidden), Imported: e.ImportID != "", Hash: hex.EncodeToString(e.Hash),
		}
	}
	return views, err
}

// AmountView is a number of entries, or that there are more than N.
type AmountView struct {
	N    int64 `json:"n"`
	More bool  `json:"more"`
}

// FoundView is how many entries match, of how many there are.
type FoundView struct {
	Matching AmountView `json:"matching"`
	Total    AmountView `json:"total"`
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
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Query string     `json:"query"`
	New   AmountView `json:"new"`
}

// ReportView is what a check of the chain found; Breaks are the first of Broken.
type ReportView struct {
	OK      bool        `json:"ok"`
	Checked int64       `json:"checked"`
	Broken  int64       `json:"broken"`
	Breaks  []BreakView `json:"breaks"`
}

// BreakView is a place where the chain does not hold.
type BreakView struct {
	Damage string `json:"damage"` // changed, missing, no_end
	Number int64  `json:"number"`
	Count  int64  `json:"count"`
	At     string `json:"at"` // "" for what is missing
}

// ExportInput says how to write an export. Words are what the window calls things, by kind and id ("action.sms_sent").
type ExportInput struct {
	Format   string            `json:"format"` // csv, xlsx, jsonl
	Language string            `json:"language"`
	Title    string            `json:"title"` // of the dialog
	Name     string            `json:"name"`  // proposed file name
	Words    map[string]string `json:"words"`
}

// ExportedView is a file that was written.
type ExportedView struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}
