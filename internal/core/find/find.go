// Package find is the vocabulary in which the areas answer a search over everything. An area gives a Source; package
// search asks them all.
package find

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"kontor/internal/core/text"
)

// Question is what a person looks for, and how much of it an area shows at most.
type Question struct {
	Text  string   // as it was typed
	Words []string // of it, folded; none: only how many records there are is asked for
	Limit int      // of hits
}

// Ask makes a question of what a person typed.
func Ask(typed string, limit int) Question {
	return Question{Text: typed, Words: strings.Fields(text.Fold(typed)), Limit: limit}
}

// Empty tells that there is nothing to look for.
func (q Question) Empty() bool { return len(q.Words) == 0 }

// Fits tells whether every word stands somewhere in one of the texts, as people compare texts.
func (q Question) Fits(texts ...string) bool {
	if q.Empty() {
		return false
	}
	in := text.Fold(strings.Join(texts, "\n"))
	return !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(in, w) })
}

// Begins tells whether a name, or one of its words, begins with the first word that was typed: such a hit comes first.
func (q Question) Begins(name string) bool {
	in := text.Fold(name)
	return !q.Empty() && (strings.HasPrefix(in, q.Words[0]) || strings.Contains(in, " "+q.Words[0]))
}

// Hit is one record. Its title is its own name; what else is said of it the page says, by its kind and Params.
type Hit struct {
	ID     string            `json:"id"`
	Title  string            `json:"title"`
	Params map[string]string `json:"params"` // days as "2026-11-28", amounts as "CHF 10.00", states by their names
	Route  string            `json:"route"`  // where the record itself is shown: "/client/…", or its Row
}

// Row is the route of a record that has no page of its own: its row in the list of a page, which shows and marks it there.
func Row(page, id string) string { return page + "?" + url.Values{"row": {id}}.Encode() }

// Found is an area's answer.
type Found struct {
	Hits     []Hit // at most as many as were asked for, the best first
	Total    int   // how many fit
	More     bool  // there are more than Total
	Searched int   // how many records were looked through
}

// Source is an area's share for a kind of record. A person who may not see the kind is refused.
type Source func(ctx context.Context, q Question) (Found, error)

// Among looks through a list that is at hand: those whose name begins with what was typed come first, the others follow in
// the order of the list. words are all that a record is found by, its name first.
func Among[T any](q Question, list []T, words func(T) []string, hit func(T) Hit) Found {
	f := Found{Searched: len(list), Hits: []Hit{}}
	var others []T
	for _, one := range list {
		of := words(one)
		if !q.Fits(of...) {
			continue
		}
		f.Total++
		switch {
		case q.Begins(of[0]):
			if len(f.Hits) < q.Limit {
				f.Hits = append(f.Hits, hit(one))
			}
		case len(others) < q.Limit:
			others = append(others, one)
		}
	}
	for _, one := range others[:min(len(others), q.Limit-len(f.Hits))] {
		f.Hits = append(f.Hits, hit(one))
	}
	return f
}
