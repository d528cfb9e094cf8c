package activity

import (
	"fmt"
	"slices"
	"strconv"
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

// byIndex are the indexes of the journal that start with a scope; the digit is a source.
var byIndex = map[string]string{
	"o0":  "journal j INDEXED BY journal_by_organization",
	"op0": "journal j INDEXED BY journal_by_product",
	"oa0": "journal j INDEXED BY journal_by_action",
	"ou0": "journal j INDEXED BY journal_by_account",
	"u1":  "journal j INDEXED BY journal_by_self",
	"u2":  "journal j INDEXED BY journal_by_name",
}

var columnOf = map[byte]string{
	facetOrganization: "j.organization", facetAccount: "j.account", facetProduct: "j.product", facetAction: "j.action",
}

// condition is a facet as rows of the journal tell it.
func (f facet) condition() string { return fmt.Sprintf("%s = %d", columnOf[f.letter], f.no) }

var sourceCondition = map[int64]string{own: "j.import IS NULL", imported: "j.import IS NOT NULL"}

func (p *plan) statement() statement {
	s, ok := p.byIndex()
	if !ok {
		s = statement{from: fromText, where: []string{"t.journal_text MATCH ?"}, args: []any{p.match()}}
	}
	s.and(fmt.Sprintf("%[1]s >= %[2]d AND %[1]s < %[3]d", s.id(), p.from, p.to))
	for _, hole := range p.holes {
		s.and(fmt.Sprintf("NOT (%[1]s >= %[2]d AND %[1]s < %[3]d)", s.id(), hole[0], hole[1]))
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
	if s.from, ok = byIndex[letters+strconv.FormatInt(p.source, 10)]; !ok {
		return s, false
	}
	for _, group := range p.all {
		s.and(group[0].condition())
	}
	if p.source > 0 {
		s.and(sourceCondition[p.source])
	}
	return s, true
}

func (s *statement) and(condition string) { s.where = append(s.where, condition) }

func (s statement) byText() bool { return s.from == fromText }

func (s statement) id() string {
	if s.byText() {
		return "t.rowid"
	}
	return "j.id"
}

// entries selects whole entries, newest first.
func (s statement) entries() string {
	from := s.from
	if s.byText() {
		from += " CROSS JOIN journal j ON j.id = t.rowid"
	}
	return "SELECT " + columnsOf + " FROM " + from + s.conditions() + " ORDER BY " + s.id() + " DESC"
}

// count counts them, up to most (-1: all).
func (s statement) count(most int) string {
	if most < 0 {
		return "SELECT count(*) FROM " + s.from + s.conditions()
	}
	return fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d)", s.from, s.conditions(), most)
}

func (s statement) conditions() string { return " WHERE " + strings.Join(s.where, " AND ") }

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
	// One list of either source is nearly as long as the journal. What is not imported is left out of the other.
	if p.source == imported {
		must = append(must, facetMatch([]facet{{letter: facetSource, no: imported}}))
	}
	if none := p.none; p.source == own {
		not = append(not, facetMatch(append(slices.Clone(none), facet{letter: facetSource, no: imported})))
	} else if len(none) > 0 {
		not = append(not, facetMatch(none))
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
	if len(t.called) > 0 {
		parts = append(parts, facetMatch(t.called))
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// rowsTellScope tells whether the scope can be left to the rows, which a page reads anyway: where nearly every entry is of
// the scope, skipping along with its list costs more than it saves. Not if nothing else would be left.
func (p *plan) rowsTellScope() bool {
	words := slices.ContainsFunc(p.texts, func(t wanted) bool { return !t.not })
	return len(p.all[0]) == 1 && (len(p.all) > 1 || words || p.source == imported)
}
