package infomaniak

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"kontor/internal/core/paging"
)

// Page is one page of a list.
type Page[Row any] struct {
	Rows  []Row
	Lost  Lost
	Total int    // of the whole list; -1: not told
	Next  string // where the next page is; "" after the last one
}

// perPage is how many rows are asked for at once.
const perPage = 100

// Extent is how much of a list was read.
type Extent struct {
	Rows     int  // distinct
	Total    int  // as Infomaniak told; -1: not told
	Whole    bool // as many came as there shall be, counting those that could not be read
	Complete bool // and every one could be read
	Lost     Lost
}

// Walk reads a list page by page, from a place where it was left ("" for the beginning), and hands each page's new rows over
// with the place after it. A row that has come before is left out. The list is complete only if as many distinct rows came as
// there shall be, and none was lost.
func Walk[Row any](ctx context.Context, from string, seen map[string]bool, id func(Row) string,
	fetch func(ctx context.Context, at string) (Page[Row], error), each func(p Page[Row]) error,
) (Extent, error) {
	l, at, lost := paging.New(), from, Lost{}
	if seen == nil {
		seen = map[string]bool{}
	}
	for {
		p, err := fetch(ctx, at)
		if err != nil {
			return Extent{Rows: len(seen), Total: l.Total, Lost: lost}, err
		}
		lost.Add(p.Lost)
		fresh := p.Rows[:0:0]
		for _, row := range p.Rows {
			if key := id(row); !seen[key] {
				seen[key] = true
				fresh = append(fresh, row)
			}
		}
		more := l.Take(paging.Page{
			Rows: len(p.Rows), Fresh: len(fresh), Lost: p.Lost.Rows, Total: p.Total, At: at, Next: p.Next, Last: p.Next == "",
		})
		if p.Rows = fresh; !more {
			p.Next = ""
		}
		if len(fresh) > 0 {
			if err := each(p); err != nil {
				return Extent{Rows: len(seen), Total: l.Total, Lost: lost}, err
			}
		}
		if !more {
			return Extent{len(seen), l.Total, l.Whole(), l.Whole() && lost.Rows == 0, lost}, nil
		}
		at = p.Next
	}
}

// numbered asks for a page by its number; at is "" for the first.
func numbered[Row any](ctx context.Context, c *Client, q call, at string, row func(object) (Row, bool)) (Page[Row], error) {
	n := 1
	if v, err := strconv.Atoi(at); err == nil && v > 1 {
		n = v
	}
	e, err := c.ask(ctx, q.with("page", strconv.Itoa(n)).with("per_page", strconv.Itoa(perPage)))
	if err != nil {
		return Page[Row]{Total: -1}, err
	}
	p, err := rowsOf(e, q.route, row)
	if len(p.Rows) > 0 && (e.pages < 0 || n < e.pages || e.total < 0) {
		p.Next = strconv.Itoa(n + 1)
	}
	return p, err
}

// whole asks for a list that comes in one answer.
func whole[Row any](ctx context.Context, c *Client, q call, row func(object) (Row, bool)) (Page[Row], error) {
	e, err := c.ask(ctx, q)
	if err != nil {
		return Page[Row]{Total: -1}, err
	}
	return rowsOf(e, q.route, row)
}

var errIncomplete = errors.New("not all rows of the list came")

// gathered asks for a list that is short, page by page, and gives the whole of it: a part is Unreadable, for what is missing
// would be taken for gone. A route that tells neither a total nor pages has told everything at once.
func gathered[Row any](ctx context.Context, c *Client, q call, id func(Row) string, row func(object) (Row, bool)) (Page[Row], error) {
	all := Page[Row]{Total: -1, Rows: []Row{}}
	x, err := Walk(ctx, "", nil, id, func(ctx context.Context, at string) (Page[Row], error) {
		p, err := numbered(ctx, c, q, at, row)
		if p.Total < 0 {
			p.Next = ""
		}
		return p, err
	}, func(p Page[Row]) error {
		all.Rows = append(all.Rows, p.Rows...)
		return nil
	})
	if err != nil {
		return all, err
	}
	all.Lost, all.Total = x.Lost, x.Total
	if !x.Whole {
		return all, &Fault{Kind: Unreadable, Outcome: Answered, Route: q.route, Status: 200, Cause: errIncomplete}
	}
	return all, nil
}

// rowsOf reads the rows of an answer. Text where a list should be is no list.
func rowsOf[Row any](e envelope, route string, row func(object) (Row, bool)) (Page[Row], error) {
	p := Page[Row]{Total: e.total, Rows: []Row{}}
	if k := kind(e.data); k != '[' && k != '{' { // null is no empty list: everything would be gone
		return p, &Fault{Kind: Unreadable, Outcome: Answered, Route: route, Status: 200}
	}
	for _, o := range objects(e.data, &p.Lost) {
		if r, ok := row(o); ok {
			p.Rows = append(p.Rows, r)
		} else {
			p.Lost.Rows++
		}
	}
	return p, nil
}

// single reads the one object of an answer.
func single(e envelope, route string) (object, *Lost, error) {
	lost := &Lost{}
	o, ok := readObject(e.data, lost)
	if !ok {
		return o, lost, &Fault{Kind: Unreadable, Outcome: Answered, Route: route, Status: 200}
	}
	return o, lost, nil
}

// change sends a write and reads nothing of what it answers but that it succeeded.
func (c *Client) change(ctx context.Context, method, route string, body any, places ...string) error {
	_, err := c.ask(ctx, call{method: method, route: route, places: places, body: body})
	return err
}

// numbers turns ids into what lists of ids are sent as: numbers where they are some.
func numbers(ids []string) []any {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = number(id)
	}
	return list
}

func number(id string) any {
	if _, err := strconv.ParseUint(id, 10, 64); err == nil {
		return json.Number(id)
	}
	return id
}
