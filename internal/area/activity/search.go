package activity

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
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
	Scope Scope
	Query Query
	Zone  *time.Location // where days begin; UTC when nil
	Bound int64          // entries that came later are left out, so that a page stays what it is; 0: none
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
	for _, t := range q {
		if t.Key != KeyActor {
			continue
		}
		for _, v := range t.Values {
			if v == Me || s.people == nil {
				continue
			}
			ids, err := s.people.Find(ctx, actor.OrganizationID, v)
			if err != nil {
				return nil, err
			}
			people[v] = ids
		}
	}
	return people, nil
}

func (s *Service) permit(ctx context.Context, scope Scope) (access.Actor, error) {
	switch scope {
	case Own:
		return access.Require(ctx, access.OwnProfile)
	case Organization:
		return access.Require(ctx, access.ViewJournal)
	}
	var c fault.Check
	c.Refuse("scope", "not_a_choice")
	return access.Actor{}, c.Err()
}

// Page returns up to limit entries, newest first, from the one before id on; 0 starts at the newest.
func (s *Service) Page(ctx context.Context, search Search, before int64, limit int) (Page, error) {
	if limit <= 0 {
		limit = DefaultPage
	}
	limit = min(limit, MaxPage)
	page := Page{Entries: []Entry{}}
	err := s.look(ctx, search, func(v *view) error {
		page.Bound = v.bound
		entries, err := v.entries(ctx, before, limit+1)
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

func (v *view) entries(ctx context.Context, before int64, limit int) ([]Entry, error) {
	if v.plan.nothing {
		return []Entry{}, nil
	}
	p := *v.plan
	if before > 0 {
		p.to = min(p.to, before)
	}
	if list, ok, err := v.scanRows(ctx, p, limit); ok || err != nil {
		return list, err
	}
	return v.indexed(ctx, p, limit)
}

// indexed reads the newest entries that a plan finds.
func (v *view) indexed(ctx context.Context, p plan, limit int) ([]Entry, error) {
	st, err := v.page(ctx, p)
	if err != nil {
		return nil, err
	}
	r, err := v.reader(ctx)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, v.q, r.scan, st.entries("DESC")+" LIMIT ?", append(st.args, limit)...)
}

// page is the statement that reads whole entries of a plan.
func (v *view) page(ctx context.Context, p plan) (statement, error) {
	st := p.statement()
	if st.byText() {
		most, err := v.mostly(ctx, p.all[0])
		if err != nil {
			return st, err
		}
		if scope, ok := p.byRow(); most && ok {
			st = p.statement()
			st.and(columnOf[scope.letter]+" = ?", scope.no)
		}
	}
	st.and("j.seq <= ?", v.bound)
	return st, nil
}

// mostly tells whether most of the newest entries are of a scope.
func (v *view) mostly(ctx context.Context, scope []facet) (bool, error) {
	const look = 100
	if len(scope) != 1 {
		return false, nil
	}
	n, err := sqlite.One(ctx, v.q, sqlite.Value[int], `SELECT count(*) FROM
		(SELECT organization, account FROM journal ORDER BY id DESC LIMIT ?) j WHERE `+columnOf[scope[0].letter]+" = ?", look, scope[0].no)
	return n > look/2, err
}
