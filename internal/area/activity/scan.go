package activity

import (
	"context"
	"slices"
	"unicode"
)

// What a scanned page may cost: so many rows are read at most, and fewer if the first of them hold too few hits.
const (
	scanMost   = 2000
	scanSample = 200
)

// scanned answers a search for the beginning of very many words by reading what the rest of the plan finds, newest first,
// and keeping what has such a word: the text index would first gather every hit of each of them. It is not sure
// where too few entries have one, or where only the text index can tell.
func (v *view) scanned(ctx context.Context, p plan, t wanted, limit int) (list []Entry, sure bool, err error) {
	list = make([]Entry, 0, limit)
	read, enough := 0, true
	sure = true
	err = v.each(ctx, p, 0, scanMost, func(e *Entry) error {
		read++
		hit, certain := e.hasWordFrom(t.begins)
		if hit = hit || slices.ContainsFunc(t.called, func(f facet) bool { return v.has(e, f) }); hit {
			list = append(list, *e)
		} else if !certain {
			sure = false
			return errStop
		}
		if enough = read != scanSample || len(list)*scanMost/scanSample >= limit; len(list) == limit || !enough {
			return errStop
		}
		return nil
	})
	return list, sure && (len(list) == limit || read < scanMost && enough), err
}

// has tells whether an entry is of a product, an action, a result or a person.
func (v *view) has(e *Entry, f facet) bool {
	switch f.letter {
	case facetProduct:
		return v.words.no(kindProduct, string(e.Product)) == f.no
	case facetAction:
		return v.words.no(kindAction, string(e.Action)) == f.no
	case facetAccount:
		return v.words.no(kindAccount, e.AccountID) == f.no
	}
	return resultNo[e.Result] == f.no
}

// scannable takes a text out of the plan that looks for the beginning of very many words.
func (p *plan) scannable() (wanted, bool) {
	for i, t := range p.texts {
		if t.begins != "" && !t.not {
			p.texts = slices.Concat(p.texts[:i], p.texts[i+1:])
			return t, true
		}
	}
	return wanted{}, false
}

// hasWordFrom tells whether a word that the viewer may see begins so. It is not sure where that depends on what the text
// index takes for a letter.
func (e *Entry) hasWordFrom(begins string) (hit, sure bool) {
	sure = true
	for _, s := range []string{e.ObjectName, e.Old, e.New} {
		one, certain := hasWordFrom(s, begins)
		if one {
			return true, true
		}
		sure = sure && certain
	}
	return false, sure
}

func hasWordFrom(s, begins string) (hit, sure bool) {
	const separator, letter, other = 0, 1, 2
	before := separator
	sure = true
	for i, r := range s {
		if before != letter && beginsWith(s[i:], begins) {
			if before == separator {
				return true, true
			}
			sure = false
		}
		switch {
		case r > unicode.MaxASCII:
			before = other
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
			before = letter
		default:
			before = separator
		}
	}
	return false, sure
}

// beginsWith compares as the text index does: case and accents do not matter. The beginning is folded already.
func beginsWith(s, begins string) bool {
	n := 0
	for _, r := range s {
		switch {
		case n > 0 && accent(r):
			continue
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r > unicode.MaxASCII:
			r = plainly(r)
		}
		if r != rune(begins[n]) {
			return false
		}
		if n++; n == len(begins) {
			return true
		}
	}
	return false
}
