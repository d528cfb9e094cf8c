// Package paging decides when a list that comes page by page is at its end, and whether the whole of it came. Pages lie: the
// same one can come for ever, rows twice or never, and the total can be wrong. What is not whole replaces nothing.
package paging

// MaxPages is after how many pages a list that never ends is given up.
const MaxPages = 2000

// List is how far the reading of a list has come. Begin with New.
type List struct {
	Pages, Seen, Lost int  // Seen: distinct rows; Lost: rows that could not be read
	Total             int  // as told, the greatest that was; -1: not told
	Torn              bool // it stopped before its end
}

// New is a list of which nothing was read.
func New() List { return List{Total: -1} }

// Page is what one request brought.
type Page struct {
	Rows, Fresh, Lost int    // Fresh: how many of the Rows had not come before
	Total             int    // of the whole list; -1: not told
	At, Next          string // where this page was, and where the next one is
	Last              bool   // no page follows
	// Known tells that rows which were kept by an earlier reading may come before new ones: a page of them is not the end.
	Known bool
}

// Take counts a page in and tells whether another is to be asked for.
func (l *List) Take(p Page) (more bool) {
	l.Pages++
	l.Seen += p.Fresh
	l.Lost += p.Lost
	l.Total = max(l.Total, p.Total)
	switch {
	case p.Last, p.Rows+p.Lost == 0, l.Total >= 0 && l.Seen+l.Lost >= l.Total:
		return false
	case p.Next == p.At, p.Fresh == 0 && !p.Known, l.Pages >= MaxPages:
		l.Torn = true
		return false
	}
	return true
}

// Whole tells, after the last page, whether as much came as there shall be. What is missing of a list that is not whole may
// only not have been told.
func (l *List) Whole() bool {
	return !l.Torn && (l.Total < 0 || l.Seen+l.Lost == l.Total)
}
