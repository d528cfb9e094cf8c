package activity

import (
	"context"
	"errors"
	"slices"
	"unicode"

	"kontor/internal/host/sqlite"
)

// What a scanned page may cost: so many rows are read at most, and fewer if the first of them hold too few hits.
const (
	scanMost   = 2000
	scanSample = 200
)

// errStop ends the reading of rows.
var errStop = errors.New("activity: enough rows")

// scanRows answers a search for the beginning of very many words by reading what the rest of the plan finds, newest first,
// and keeping what has such a word: the text index would first gather every hit of each of them. It does not answer
// (false) where too few rows have one, or where only the text index can tell.
func (v *view) scanRows(ctx context.Context, p plan, limit int) ([]Entry, bool, error) {
	begins, ok := p.scannable()
	if !ok {
		return nil, false, nil
	}
	st, err := v.page(ctx, p)
	if err != nil {
		return nil, false, err
	}
	r, err := v.reader(ctx)
	if err != nil {
		return nil, false, err
	}
	list := make([]Entry, 0, limit)
	read, sure := 0, true
	_, err = sqlite.All(ctx, v.q, func(row sqlite.Row) (none struct{}, err error) {
		e, err := r.scan(row)
		if err != nil {
			return none, err
		}
		read++
		var hit bool
		if hit, sure = e.hasWordFrom(begins); !sure {
			return none, errStop
		}
		if hit {
			list = append(list, e)
		}
		if len(list) == limit || read == scanSample && len(list)*scanMost/scanSample < limit {
			return none, errStop
		}
		return none, nil
	}, st.entries("DESC")+" LIMIT ?", append(st.args, scanMost)...)
	if err != nil && !errors.Is(err, errStop) {
		return nil, false, err
	}
	return list, sure && (len(list) == limit || read < scanMost && err == nil), nil
}

// scannable takes a text out of the plan that looks for the beginning of very many words.
func (p *plan) scannable() (begins string, ok bool) {
	for i, t := range p.texts {
		if t.begins != "" && !t.not {
			p.texts = slices.Concat(p.texts[:i], p.texts[i+1:])
			return t.begins, true
		}
	}
	return "", false
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
