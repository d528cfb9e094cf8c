package activity

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	book "kontor/internal/core/words"
	"kontor/internal/host/sqlite"
)

// plan is a query made ready for one person: facets instead of words, ids instead of days.
type plan struct {
	from, to int64      // from ≤ id < to
	holes    [][2]int64 // but not from ≤ id < to of these
	source   int64      // own or imported; 0: either
	all      [][]facet  // of each group one applies; the first is the scope
	none     []facet    // none of these applies
	texts    []wanted
	viewer   int64 // number of the person who looks
	nothing  bool  // no entry can match
}

// wanted is what one term looks for: any of its expressions and facets. An empty expression matches nothing.
type wanted struct {
	public string   // in the words that everybody may find
	own    []string // in the marked words of the viewer
	called []facet  // of products, actions, results and people that are called so on the screen
	begins string   // the folded beginning, if it is one of very many words
	not    bool
}

// facet is a word of the index's facet column: a letter and a number, or an object's hash.
type facet struct {
	letter byte
	no     int64
	object string
}

func (f facet) String() string {
	if f.object != "" {
		return objectFacet(f.object)
	}
	return facetMark + string(f.letter) + strconv.FormatInt(f.no, 10)
}

// wide is up to how many other values a minus is turned into a choice of the others: what is chosen is found at once,
// while leaving out what nearly every entry has reads nearly every entry. A choice of many costs more than it saves.
const wide = 4

// planner resolves the terms of a query.
type planner struct {
	search       Search
	now          time.Time
	viewer       string
	organization string
	words        words
	people       map[string][]string // ids by what was typed
	complete     completer
	marks        []string // of the personal words that the viewer may find
	chosen       map[Key][]facet
	sources      map[bool][]string // that are excluded, and that are chosen
}

func (p *planner) plan() (*plan, error) {
	out := &plan{to: math.MaxInt64, viewer: p.words.no(kindAccount, p.viewer)}
	if p.search.Scope == Own {
		out.require(facet{letter: facetAccount, no: out.viewer})
	} else {
		out.require(facet{letter: facetOrganization, no: p.words.no(kindOrganization, p.organization)})
	}
	if err := p.search.Query.Validate(); err != nil {
		return nil, err
	}
	p.chosen, p.sources = map[Key][]facet{}, map[bool][]string{}
	for i, t := range p.search.Query {
		if err := p.term(out, i, t); err != nil {
			return nil, err
		}
	}
	for _, key := range []Key{KeyProduct, KeyAction, KeyActor, KeyResult, KeyObject} {
		if list, ok := p.chosen[key]; ok {
			out.require(list...)
		}
	}
	p.source(out)
	return out, nil
}

// source settles whose entries are looked for. What somebody imported under a person's name is no act of that person: in
// one's own scope it is left out until it is asked for.
func (p *planner) source(out *plan) {
	takes := func(source string) bool {
		if list, ok := p.sources[true]; ok && !slices.Contains(list, source) {
			return false
		}
		return !slices.Contains(p.sources[false], source)
	}
	switch takesOwn, takesImported := takes(SourceOwn), takes(SourceImported); {
	case !takesOwn && !takesImported:
		out.nothing = true
	case !takesImported, len(p.sources) == 0 && p.search.Scope == Own:
		out.source = own
	case !takesOwn:
		out.source = imported
	}
}

// require adds a group of which one must apply. What the journal has no number for, no entry has.
func (p *plan) require(group ...facet) {
	group = numbered(group)
	p.nothing = p.nothing || len(group) == 0
	p.all = append(p.all, group)
}

func numbered(group []facet) []facet {
	return slices.DeleteFunc(slices.Clone(group), func(f facet) bool { return f.no == 0 && f.object == "" })
}

func (p *planner) term(out *plan, i int, t Term) error {
	switch t.Key {
	case KeyText:
		return p.text(out, t)
	case KeySince, KeyUntil, KeyOn:
		out.days(t, p.now, p.search.zone())
		return nil
	case KeySource:
		p.sources[!t.Not] = append(p.sources[!t.Not], t.Values...)
		return nil
	}
	facets, others, err := p.facets(i, t)
	switch {
	case err != nil:
		return err
	case !t.Not:
		p.chosen[t.Key] = append(p.chosen[t.Key], facets...)
	case len(others) > 0 && len(others) <= wide:
		out.require(others...)
	default:
		out.none = append(out.none, numbered(facets)...)
	}
	return nil
}

func (p *planner) text(out *plan, t Term) error {
	found := wanted{not: t.Not}
	var err error
	if found.public, found.begins, err = p.complete(t); err != nil {
		return err
	}
	for _, with := range p.marks {
		found.own = append(found.own, marked(t, with)...)
	}
	fits, b := beginning(t), book.For(p.search.Locale)
	found.called = numbered(p.called(t, fits, b))
	if codes := codesCalled(b, fits); len(codes) > 0 {
		if found.begins = ""; found.public != "" {
			codes = append(codes, found.public)
		}
		found.public = anyOf(codes)
	}
	if found.public == "" && len(found.own) == 0 && len(found.called) == 0 { // no such word: nothing matches, or nothing is left out
		out.nothing = out.nothing || !t.Not
		return nil
	}
	out.texts = append(out.texts, found)
	return nil
}

// called are the facets of what is called so on the screen: products, actions and results in the language of whoever
// looks, and people.
func (p *planner) called(t Term, fits func(string) bool, b *book.Book) (list []facet) {
	for word, no := range p.words[kindProduct] {
		if fits(inWords(b, "act_product_", word)) {
			list = append(list, facet{letter: facetProduct, no: no})
		}
	}
	for word, no := range p.words[kindAction] {
		if fits(inWords(b, "act_action_", word)) {
			list = append(list, facet{letter: facetAction, no: no})
		}
	}
	for _, r := range Results() {
		if fits(book.Of(b, "act_result_", r)) {
			list = append(list, facet{letter: facetResult, no: resultNo[r]})
		}
	}
	for _, id := range p.people[t.Values[0]] {
		list = append(list, facet{letter: facetAccount, no: p.words.no(kindAccount, id)})
	}
	slices.SortFunc(list, func(a, b facet) int { return strings.Compare(a.String(), b.String()) })
	return list
}

// inWords is what a word of the journal is called; one that an import kept as it was written is called so, and by its parts.
func inWords(b *book.Book, messages, word string) string {
	if called, ok := b.Lookup(messages + word); ok {
		return called
	}
	return word + " " + strings.NewReplacer(".", " ", ":", " ", "/", " ").Replace(word) + " " + notWord.ReplaceAllString(text.Fold(word), " ")
}

// leastCalled is from how many signs on a word is looked for in what things are called: one letter begins nearly
// everything.
const leastCalled = 2

// beginning tells whether a name has the words of a term, the last one from its beginning on unless they are quoted.
func beginning(t Term) func(name string) bool {
	wanted := text.Fold(t.Values[0])
	if utf8.RuneCountInString(wanted) < leastCalled {
		return func(string) bool { return false }
	}
	if t.Exact {
		wanted += " "
	}
	return func(name string) bool { return strings.Contains(" "+text.Fold(name)+" ", " "+wanted) }
}

// facets returns those of a term, and those of every other value of its kind.
func (p *planner) facets(i int, t Term) (these, others []facet, err error) {
	if err := p.known(i, t); err != nil {
		return nil, nil, err
	}
	switch t.Key {
	case KeyProduct:
		these, others = p.words.split(kindProduct, facetProduct, t.Values)
	case KeyAction:
		var actions []string
		for _, v := range t.Values {
			for _, a := range actionsOf(v) {
				actions = append(actions, string(a))
			}
		}
		these, others = p.words.split(kindAction, facetAction, actions)
	case KeyActor:
		var ids []string
		if ids, err = p.actors(i, t); err == nil {
			these, others = p.words.split(kindAccount, facetAccount, ids)
		}
	case KeyResult:
		for _, r := range Results() {
			f := facet{letter: facetResult, no: resultNo[r]}
			these, others = either(these, others, f, slices.Contains(t.Values, string(r)))
		}
	case KeyObject:
		for _, v := range t.Values {
			these = append(these, facet{object: v})
		}
	}
	return these, others, err
}

// known refuses a product or an action that neither the program nor the journal has.
func (p *planner) known(i int, t Term) error {
	kind := map[Key]string{KeyProduct: kindProduct, KeyAction: kindAction}[t.Key]
	if kind == "" {
		return nil
	}
	for _, v := range t.Values {
		if _, is := choose(t.Key, v); !is && p.words.no(kind, v) == 0 {
			var c fault.Check
			c.Refuse(termField(i), badValue, "value", v)
			return c.Err()
		}
	}
	return nil
}

func either(these, others []facet, f facet, this bool) ([]facet, []facet) {
	if this {
		return append(these, f), others
	}
	return these, append(others, f)
}

// actors resolves names to the ids of people.
func (p *planner) actors(i int, t Term) ([]string, error) {
	var ids []string
	for _, v := range t.Values {
		if v == Me {
			ids = append(ids, p.viewer)
			continue
		}
		if p.words.no(kindAccount, v) != 0 {
			ids = append(ids, v)
			continue
		}
		found := p.people[v]
		if len(found) == 0 {
			var c fault.Check
			c.Refuse(termField(i), badActor, "value", v)
			return nil, c.Err()
		}
		ids = append(ids, found...)
	}
	return ids, nil
}

func (p *plan) days(t Term, now time.Time, zone *time.Location) {
	d, _ := parseDay(t.Values[0], book.Locale{})
	date := d.civil(now, zone)
	lo, hi := firstID(startOf(date, zone)), firstID(startOf(date.AddDate(0, 0, 1), zone))
	switch {
	case t.Key == KeySince && !t.Not:
		p.from = max(p.from, lo)
	case t.Key == KeySince:
		p.to = min(p.to, lo)
	case t.Key == KeyUntil && !t.Not:
		p.to = min(p.to, hi)
	case t.Key == KeyUntil:
		p.from = max(p.from, hi)
	case !t.Not:
		p.from, p.to = max(p.from, lo), min(p.to, hi)
	default:
		p.holes = append(p.holes, [2]int64{lo, hi})
	}
}

// words are the numbers of the journal's words: a few dozen, plus one for each account.
type words map[string]map[string]int64 // kind → word → number

// lexicon remembers the words of the journal, which are only ever added.
type lexicon struct {
	sync.Mutex
	last  int64
	words words // never changed: what is handed out is read by many
}

// read returns the words as of a snapshot, and maybe later ones.
func (l *lexicon) read(ctx context.Context, q sqlite.Queryer) (words, error) {
	l.Lock()
	defer l.Unlock()
	type value struct {
		no         int64
		kind, word string
	}
	added, err := sqlite.All(ctx, q, func(r sqlite.Row) (v value, err error) {
		return v, r.Scan(&v.no, &v.kind, &v.word)
	}, "SELECT no, kind, value FROM journal_value WHERE no > ? ORDER BY no", l.last)
	if err != nil || len(added) == 0 {
		return l.words, err
	}
	w := words{}
	for kind, numbers := range l.words {
		w[kind] = maps.Clone(numbers)
	}
	for _, v := range added {
		if w[v.kind] == nil {
			w[v.kind] = map[string]int64{}
		}
		w[v.kind][v.word] = v.no
	}
	l.words, l.last = w, added[len(added)-1].no
	return w, nil
}

func (w words) no(kind, word string) int64 { return w[kind][word] }

// split returns the facets of the chosen words and of all others of that kind.
func (w words) split(kind string, letter byte, chosen []string) (these, others []facet) {
	for _, word := range chosen {
		these = append(these, facet{letter: letter, no: w[kind][word]})
	}
	for word, no := range w[kind] {
		if !slices.Contains(chosen, word) {
			others = append(others, facet{letter: letter, no: no})
		}
	}
	slices.SortFunc(others, func(a, b facet) int { return int(a.no - b.no) })
	return these, others
}
