package paging

import "testing"

func TestWhenAListEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pages []Page
		asked int
		whole bool
	}{
		"one answer":                   {[]Page{{Rows: 3, Fresh: 3, Total: -1, Last: true}}, 1, true},
		"nothing":                      {[]Page{{Total: -1, Next: "2"}}, 1, true},
		"nothing, with a total":        {[]Page{{Total: 0, Next: "2"}}, 1, true},
		"as many as there shall be":    {[]Page{{Rows: 100, Fresh: 100, Total: 150, Next: "2"}, {Rows: 50, Fresh: 50, Total: 150, At: "2", Next: "3"}}, 2, true},
		"without a total":              {[]Page{{Rows: 2, Fresh: 2, Total: -1, Next: "2"}, {Rows: 1, Fresh: 1, Total: -1, At: "2", Next: "3"}, {Total: -1, At: "3", Next: "4"}}, 3, true},
		"the same page for ever":       {[]Page{{Rows: 100, Fresh: 100, Total: 221, Next: "2"}, {Rows: 100, Total: 221, At: "2", Next: "3"}}, 2, false},
		"the same page, no total":      {[]Page{{Rows: 100, Fresh: 100, Total: -1, Next: "2"}, {Rows: 100, Total: -1, At: "2", Next: "3"}}, 2, false},
		"three twice and three never":  {[]Page{{Rows: 100, Fresh: 97, Total: 100, Next: "2"}, {Total: 100, At: "2", Next: "3"}}, 2, false},
		"more than there shall be":     {[]Page{{Rows: 5, Fresh: 5, Total: 3, Next: "2"}}, 1, false},
		"a cursor that leads to here":  {[]Page{{Rows: 5, Fresh: 5, Total: -1, At: "a", Next: "a"}}, 1, false},
		"known rows, and then new":     {[]Page{{Rows: 5, Total: -1, Next: "b", Known: true}, {Rows: 5, Fresh: 2, Total: -1, At: "b", Last: true, Known: true}}, 2, true},
		"a row that cannot be read":    {[]Page{{Rows: 2, Fresh: 2, Lost: 1, Total: 3, Next: "2"}}, 1, true},
		"only rows that cannot be":     {[]Page{{Lost: 2, Total: -1, Next: "2"}}, 1, false},
		"a total that grew on the way": {[]Page{{Rows: 2, Fresh: 2, Total: 3, Next: "2"}, {Rows: 1, Fresh: 1, Total: 4, At: "2", Last: true}}, 2, false},
	} {
		l, asked := New(), 0
		for _, p := range c.pages {
			asked++
			if !l.Take(p) {
				break
			}
		}
		if asked != c.asked || l.Whole() != c.whole {
			t.Errorf("%s: %d pages, whole: %v, %+v", name, asked, l.Whole(), l)
		}
	}
	l, n := New(), 0
	for l.Take(Page{Rows: 1, Fresh: 1, Total: -1, Next: string(rune('a' + n%2)), At: string(rune('b' - n%2))}) {
		n++
	}
	if l.Pages != MaxPages || l.Whole() {
		t.Errorf("%+v", l)
	}
}
