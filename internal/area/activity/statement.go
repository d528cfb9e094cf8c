package activity

import (
	"fmt"
	"slices"
	"strings"
)

// statement is a plan as SQL. Both forms give ids in the order of time and start where they are told to, so that a
// page costs what its rows cost, wherever it lies and however many entries there are.
//
// The journal's own indexes answer one filter, and are what counting is fast on. The text index answers everything
// else: each filter is a word there, and it skips from hit to hit of the rarest.
type statement struct {
	from  string // FROM clause; the id is called id
	where []string
	args  []any
}

const (
	fromText  = "journal_text t"
	columnsOf = `j.id, j.seq, j.organization, j.account, j.product, j.action, j.result, j.object_id, j.object_name, j.session,
		j.person, j.before, j.after, j.import, j.hash`
)

// byIndex are the indexes of the journal that start with a scope.
var byIndex = map[string]string{
	"o":  "journal j INDEXED BY journal_by_organization",
	"op": "journal j INDEXED BY journal_by_product",
	"oa": "journal j INDEXED BY journal_by_action",
	"ou": "journal j INDEXED BY journal_by_account",
	"u":  "journal j INDEXED BY journal_by_own",
}

var columnOf = map[byte]string{
	facetOrganization: "j.organization", facetAccount: "j.account", facetProduct: "j.product", facetAction: "j.action",
}

func (p *plan) statement() statement {
	s, ok := p.byIndex()
	if !ok {
		s = statement{from: fromText, where: []string{"t.journal_text MATCH ?"}, args: []any{p.match()}}
	}
	s.and(s.id()+" >= ? AND "+s.id()+" < ?", p.from, p.to)
	for _, hole := range p.holes {
		s.and("NOT ("+s.id()+" >= ? AND "+s.id()+" < ?)", hole[0], hole[1])
	}
	return s
}

func (p *plan) byIndex() (s statement, ok bool) {
	if len(p.texts) > 0 || len(p.none) > 0 {
		return s, false
	}
	letters := ""
	for _, group := range p.all {
		if len(group) != 1 {
			return s, false
		}
		letters += string(group[0].letter)
	}
	if s.from, ok = byIndex[letters]; !ok {
		return s, false
	}
	for _, group := range p.all {
		s.and(columnOf[group[0].letter]+" = ?", group[0].no)
	}
	return s, true
}

func (s *statement) and(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

func (s statement) byText() bool { return s.from == fromText }

func (s statement) id() string {
	if s.byText() {
		return "t.rowid"
	}
	return "j.id"
}

// ids selects the ids alone, in the given order.
func (s statement) ids(order string) string {
	return fmt.Sprintf("SELECT %s AS id FROM %s WHERE %s %s", s.id(), s.from, strings.Join(s.where, " AND "), s.orderBy(order))
}

// entries selects whole entries.
func (s statement) entries(order string) string {
	from := s.from
	if s.byText() {
		from += " CROSS JOIN journal j ON j.id = t.rowid"
	}
	return fmt.Sprintf("SELECT %s FROM %s WHERE %s %s", columnsOf, from, strings.Join(s.where, " AND "), s.orderBy(order))
}

func (s statement) orderBy(order string) string {
	if order == "" {
		return ""
	}
	return "ORDER BY " + s.id() + " " + order
}

// match is the plan as an expression of the text index.
func (p *plan) match() string {
	var must, not []string
	for _, group := range p.all {
		must = append(must, facetMatch(group))
	}
	for _, t := range p.texts {
		if t.not {
			not = append(not, t.match())
		} else {
			must = append(must, t.match())
		}
	}
	if len(p.none) > 0 {
		not = append(not, facetMatch(p.none))
	}
	m := strings.Join(must, " AND ")
	for _, n := range not {
		m = "(" + m + ") NOT " + n
	}
	return m
}

func facetMatch(group []facet) string {
	list := make([]string, len(group))
	for i, f := range group {
		list[i] = f.String()
	}
	return "facet : (" + strings.Join(list, " OR ") + ")"
}

func (t wanted) match() string {
	parts := []string{}
	if t.public != "" {
		parts = append(parts, "{object before after} : "+t.public)
	}
	for _, own := range t.own {
		parts = append(parts, "{own_before own_after} : "+own)
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// byRow takes the scope out of the expression and leaves it to the rows, which a page reads anyway: where nearly every
// entry is of the scope, skipping along with its list costs more than it saves. Not if nothing else would be left.
func (p *plan) byRow() (scope facet, ok bool) {
	words := slices.ContainsFunc(p.texts, func(t wanted) bool { return !t.not })
	if len(p.all) < 2 && !words || len(p.all[0]) != 1 {
		return facet{}, false
	}
	scope = p.all[0][0]
	p.all = p.all[1:]
	return scope, true
}
