package activity

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/host/sqlite"
)

// Scope says whose entries are looked at.
type Scope string

// The scopes.
const (
	Own          Scope = "own"          // the person's own, in every organization
	Organization Scope = "organization" // the organization's, for those who may view its journal
)

// Search is what a person looks for.
type Search struct {
	Scope  Scope
	Query  Query
	Zone   *time.Location // where days begin; UTC when nil
	Locale book.Locale    // in which whoever looks sees products, actions and results; words find these, too
	Bound  int64          // entries that came later are left out, so that a page stays what it is; 0: none
}

func (s Search) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// Limits of a page.
const (
	DefaultPage = 50
	MaxPage     = 500
)

// Page is a stretch of entries. Next is where the following page starts; 0 if there is none.
type Page struct {
	Entries []Entry
	Bound   int64
	Next    int64
}

// view is a search made ready to run for the actor of a context, on one snapshot.
type view struct {
	q     sqlite.Queryer
	actor access.Actor
	words words
	plan  *plan
	head  int64
	bound int64
}

// look checks the permission, resolves the query and hands a snapshot to fn.
func (s *Service) look(ctx context.Context, search Search, fn func(v *view) error) error {
	actor, err := s.permit(ctx, search.Scope)
	if err != nil {
		return err
	}
	people, err := s.peopleOf(ctx, actor, search.Query)
	if err != nil {
		return err
	}
	return s.db.View(ctx, func(q sqlite.Queryer) error {
		v := &view{q: q, actor: actor}
		if v.words, err = s.lexicon.read(ctx, q); err != nil {
			return err
		}
		viewer := v.words.no(kindAccount, actor.AccountID)
		var own, made bool // are there personal words that the viewer may find?
		err := q.QueryRowContext(ctx, `SELECT seq, EXISTS (SELECT 1 FROM journal WHERE person = ?1 AND person > 0),
			EXISTS (SELECT 1 FROM journal WHERE account = ?1 AND person > 0 AND person <> account) FROM journal_head`, viewer).
			Scan(&v.head, &own, &made)
		if err != nil {
			return err
		}
		if v.bound = search.Bound; v.bound <= 0 || v.bound > v.head {
			v.bound = v.head
		}
		p := planner{
			search: search, now: s.db.Now(), viewer: actor.AccountID, organization: actor.OrganizationID,
			words: v.words, people: people, complete: newCompleter(ctx, q),
		}
		if own {
			p.marks = append(p.marks, ownMark(viewer))
		}
		if made {
			p.marks = append(p.marks, madeMark(viewer))
		}
		if v.plan, err = p.plan(); err != nil {
			return err
		}
		return fn(v)
	})
}

// check refuses a search that the actor may not make, or that says what nobody understands.
func (s *Service) check(ctx context.Context, search Search) error {
	if _, err := s.permit(ctx, search.Scope); err != nil {
		return err
	}
	return search.Query.Validate()
}

// peopleOf looks up the names of a query, before a snapshot is taken: two connections at once for one call could leave
// every call waiting for the other's.
func (s *Service) peopleOf(ctx context.Context, actor access.Actor, q Query) (map[string][]string, error) {
	people := map[string][]string{}
	var unknown map[string]string
	for _, t := range q {
		if t.Key != KeyActor && t.Key != KeyText {
			continue
		}
		for _, v := range t.Values {
			if v == Me || t.Key == KeyText && utf8.RuneCountInString(v) < leastCalled {
				continue
			}
			if s.people != nil {
				ids, err := s.people.Find(ctx, actor.OrganizationID, v)
				if err != nil {
					return nil, err
				}
				people[v] = ids
			}
			if unknown == nil {
				var err error
				if unknown, err = strangers(ctx, s.db.Reader()); err != nil {
					return nil, err
				}
			}
			fits := beginning(Term{Values: []string{v}})
			for id, name := range unknown {
				if fits(name) {
					people[v] = append(people[v], id)
				}
			}
		}
	}
	return people, nil
}

func (s *Service) permit(ctx context.Context, scope Scope) (access.Actor, error) {
	switch scope {
	case Own: // in every organization
		return access.Require(ctx, access.OwnAccount)
	case Organization:
		return access.Require(ctx, access.ViewJournal)
	}
	var c fault.Check
	c.Refuse("scope", "not_a_choice")
	return access.Actor{}, c.Err()
}

// Page returns up to limit entries, newest first, from the one before id on; 0 starts at the newest. So many of them are
// skipped; see Mark.
func (s *Service) Page(ctx context.Context, search Search, before int64, skip, limit int) (Page, error) {
	if limit <= 0 {
		limit = DefaultPage
	}
	limit = min(limit, MaxPage)
	page := Page{Entries: []Entry{}}
	err := s.look(ctx, search, func(v *view) error {
		page.Bound = v.bound
		entries, err := v.entries(ctx, before, skip, limit+1)
		if err != nil {
			return err
		}
		if len(entries) > limit {
			entries = entries[:limit]
			page.Next = entries[limit-1].ID
		}
		page.Entries = entries
		return nil
	})
	return page, err
}

func (v *view) entries(ctx context.Context, before int64, skip, limit int) ([]Entry, error) {
	p := *v.plan
	if before > 0 {
		p.to = min(p.to, before)
	}
	if begins, ok := p.scannable(); ok && skip == 0 {
		if list, sure, err := v.scanned(ctx, p, begins, limit); sure || err != nil {
			return list, err
		}
		p.texts = v.plan.texts
	}
	list := make([]Entry, 0, limit)
	err := v.each(ctx, p, skip, limit, func(e *Entry) error {
		list = append(list, *e)
		return nil
	})
	return list, err
}

// errStop ends the reading of entries.
var errStop = errors.New("activity: enough entries")

// each hands the entries of a plan to fn as they are read, newest first: so many are skipped, and at most most (-1: all)
// are read. errStop ends it.
func (v *view) each(ctx context.Context, p plan, skip, most int, fn func(e *Entry) error) error {
	if p.nothing {
		return nil
	}
	st, err := v.page(ctx, p)
	if err != nil {
		return err
	}
	r, err := v.reader(ctx)
	if err != nil {
		return err
	}
	rows, err := v.q.QueryContext(ctx, st.entries()+" LIMIT ? OFFSET ?", append(st.args, most, skip)...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		e, err := r.scan(rows)
		if err != nil {
			return err
		}
		if err := fn(&e); errors.Is(err, errStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return rows.Err()
}

// page is the statement that reads whole entries of a plan.
func (v *view) page(ctx context.Context, p plan) (statement, error) {
	st := p.statement()
	if st.byText() && p.rowsTellScope() {
		most, err := v.mostly(ctx, p.all[0][0])
		if err != nil {
			return st, err
		}
		if most {
			scope := p.all[0][0]
			p.all = p.all[1:]
			st = p.statement()
			st.and(scope.condition())
		}
	}
	st.and(fmt.Sprintf("j.seq <= %d", v.bound))
	return st, nil
}

// mostly tells whether most of the newest entries are of a scope.
func (v *view) mostly(ctx context.Context, scope facet) (bool, error) {
	const look = 100
	n, err := sqlite.One(ctx, v.q, sqlite.Value[int], `SELECT count(*) FROM
		(SELECT organization, account FROM journal ORDER BY id DESC LIMIT ?) j WHERE `+scope.condition(), look)
	return n > look/2, err
}
