// Package search looks for what a person types in everything that they may see: it asks every area for its share and
// computes nothing of its own.
package search

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/core/text"
)

// Limits of a search.
const (
	MaxText = 200 // of what is typed, in bytes; the rest is not looked at
	MaxHits = 20  // of one kind
)

// Area is one kind of record and where it is looked for.
type Area struct {
	Kind   string // e.g. "client": the page has its words
	Source find.Source
}

// Group is what was found of one kind.
type Group struct {
	Kind     string     `json:"kind"`
	Hits     []find.Hit `json:"hits"`
	Total    int        `json:"total"`
	More     bool       `json:"more"` // there are more than Total
	Searched int        `json:"searched"`
}

// Missing is a kind that was not searched, and the code of the reason: "forbidden", or that of the fault.
type Missing struct {
	Kind string `json:"kind"`
	Why  string `json:"why"`
}

// Result is what a search found.
type Result struct {
	Groups  []Group   `json:"groups"` // also those in which nothing was found
	Missing []Missing `json:"missing"`
	Near    string    `json:"near"` // what was looked for in place of what was typed, of which there is nothing; "" if that was found
}

// Everything asks every area, or those of some kinds, for records with the words that were typed. Where there is none it
// looks for what is close to them. Requires somebody who is signed in. One area that fails does not keep the others back.
func Everything(ctx context.Context, areas []Area, typed string, kinds []string, limit int) (Result, error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return Result{}, err
	}
	limit = max(1, min(limit, MaxHits))
	r, err := look(ctx, areas, short(typed), kinds, limit)
	if err != nil || r.found() || find.Ask(typed, limit).Empty() {
		return r, err
	}
	for _, near := range closeTo(short(typed)) {
		other, err := look(ctx, areas, near, kinds, limit)
		if err != nil {
			return r, err
		}
		if other.found() {
			other.Near = near
			return other, nil
		}
	}
	return r, nil
}

func look(ctx context.Context, areas []Area, typed string, kinds []string, limit int) (Result, error) {
	r := Result{Groups: []Group{}, Missing: []Missing{}}
	q := find.Ask(typed, limit)
	for _, a := range areas {
		if len(kinds) > 0 && !contains(kinds, a.Kind) {
			continue
		}
		found, err := a.Source(ctx, q)
		if ctx.Err() != nil {
			return r, ctx.Err() //nolint:wrapcheck // another question came
		}
		if err != nil {
			r.Missing = append(r.Missing, Missing{a.Kind, string(fault.CodeOf(err))})
			continue
		}
		if found.Hits == nil {
			found.Hits = []find.Hit{}
		}
		for i := range found.Hits {
			if found.Hits[i].Params == nil {
				found.Hits[i].Params = map[string]string{}
			}
		}
		r.Groups = append(r.Groups, Group{a.Kind, found.Hits, found.Total, found.More, found.Searched})
	}
	return r, nil
}

func contains(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}

func (r Result) found() bool {
	for _, g := range r.Groups {
		if g.Total > 0 {
			return true
		}
	}
	return false
}

func short(typed string) string {
	for len(typed) > MaxText {
		_, size := utf8.DecodeLastRuneInString(typed)
		typed = typed[:len(typed)-size]
	}
	return typed
}

// closeTo is what to look for in place of a text of which there is nothing: a domain without its ending, each of several
// words, the longest first, and the beginning of a word in which there is a slip.
func closeTo(typed string) []string {
	const least = 4 // signs of a beginning that still says something
	list := []string{}
	folded := text.Fold(typed)
	words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) })
	longest := ""
	for _, w := range words {
		if utf8.RuneCountInString(w) > utf8.RuneCountInString(longest) {
			longest = w
		}
	}
	if longest != folded && utf8.RuneCountInString(longest) >= least-1 {
		list = append(list, longest)
	}
	signs := []rune(longest)
	for n := len(signs) - 1; n >= max(least, (2*len(signs)+2)/3); n-- {
		list = append(list, string(signs[:n]))
	}
	if n := len(signs) / 2; n >= least {
		list = append(list, string(signs[:n]))
	}
	return list
}
