package activity

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Column is one column of an export. The names of those that an import takes are the names of its fields.
type Column struct {
	Name    string
	Numeric bool
	of      func(exported) string
}

// exported is an entry as an export writes it.
type exported struct {
	*Entry
	local time.Time // its moment in the person's zone
	who   string
}

// Columns that an import does not take as they are.
const (
	columnLocalTime = "local_time"
	columnAccountID = "account_id"
	columnSource    = "source"
)

// Columns are what an export holds of each entry. The moment stands twice: as the person reads it, and exact.
func Columns() []Column {
	return []Column{
		{Name: columnLocalTime, of: func(e exported) string { return e.local.Format(time.DateTime) }},
		{Name: string(FieldMoment), of: func(e exported) string { return e.local.Format(exactMoment) }},
		{Name: string(FieldAccount), of: func(e exported) string { return e.who }},
		{Name: string(FieldProduct), of: func(e exported) string { return string(e.Product) }},
		{Name: string(FieldAction), of: func(e exported) string { return string(e.Action) }},
		{Name: string(FieldObject), of: func(e exported) string { return e.ObjectName }},
		{Name: string(FieldResult), of: func(e exported) string { return string(e.Result) }},
		{Name: string(FieldOld), of: func(e exported) string { return e.Old }},
		{Name: string(FieldNew), of: func(e exported) string { return e.New }},
		{Name: string(FieldObjectID), of: func(e exported) string { return e.ObjectID }},
		{Name: columnAccountID, of: func(e exported) string { return e.AccountID }},
		{Name: "organization_id", of: func(e exported) string { return e.OrganizationID }},
		{Name: "session", of: func(e exported) string { return e.SessionID }},
		{Name: columnSource, of: exported.source},
		{Name: "number", Numeric: true, of: func(e exported) string { return strconv.FormatInt(e.Seq, 10) }},
		{Name: "hash", of: func(e exported) string { return hexOf(e.Hash) }},
	}
}

func (e exported) source() string {
	if e.ImportID != "" {
		return SourceImported
	}
	return SourceOwn
}

// exactMoment is RFC 3339 with the milliseconds that the journal keeps.
const exactMoment = "2006-01-02T15:04:05.000Z07:00"

// Export hands every entry that a search finds to row, newest first, a cell for each of Columns, and records that it
// did. An error of row ends it.
func (s *Service) Export(ctx context.Context, search Search, row func(cells []string) error, progress func(done, total int64)) (int64, error) {
	count, err := s.Count(ctx, search)
	if err != nil {
		return 0, err
	}
	names, err := s.allNames(ctx)
	if err != nil {
		return 0, err
	}
	columns := Columns()
	var done int64
	err = s.look(ctx, search, func(v *view) error {
		return v.each(ctx, func(e *Entry) error {
			one := exported{e, e.At.In(search.zone()), names[e.AccountID]}
			cells := make([]string, len(columns))
			for i, c := range columns {
				cells[i] = c.of(one)
			}
			if err := row(cells); err != nil {
				return err
			}
			if done++; progress != nil && done%1000 == 0 {
				progress(done, max(count.Matching.N, done))
			}
			return nil
		})
	})
	if err != nil {
		return done, err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Workspace, ObjectID: "journal", New: strconv.FormatInt(done, 10),
			OrganizationID: access.From(ctx).OrganizationID,
		})
	})
	return done, err
}

// each hands every entry of a search to fn, as it is read.
func (v *view) each(ctx context.Context, fn func(e *Entry) error) error {
	if v.plan.nothing {
		return nil
	}
	st := v.plan.statement()
	st.and("j.seq <= ?", v.bound)
	r, err := v.reader(ctx)
	if err != nil {
		return err
	}
	rows, err := v.q.QueryContext(ctx, st.entries("DESC"), st.args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		e, err := r.scan(rows)
		if err != nil {
			return err
		}
		if err := fn(&e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Names returns what the people of entries are called, accounts and strangers alike.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if s.people != nil {
		var err error
		if names, err = s.people.Names(ctx, ids); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		if _, ok := names[id]; ok || !isStranger(id) {
			continue
		}
		strangers, err := strangers(ctx, s.db.Reader())
		if err != nil {
			return nil, err
		}
		for id, name := range strangers {
			names[id] = name
		}
		break
	}
	return names, nil
}

func (s *Service) allNames(ctx context.Context) (map[string]string, error) {
	ids, err := sqlite.All(ctx, s.db.Reader(), sqlite.Value[string],
		"SELECT value FROM journal_value WHERE kind = ? AND value <> ''", kindAccount)
	if err != nil {
		return nil, err
	}
	return s.Names(ctx, ids)
}

// Actors returns the names of everybody who has an entry in a scope, by id; "" for who is gone.
func (s *Service) Actors(ctx context.Context, scope Scope) (map[string]string, error) {
	ids := []string{}
	err := s.look(ctx, Search{Scope: scope}, func(v *view) error {
		for word, no := range v.words[kindAccount] {
			p := &plan{all: append([][]facet{}, v.plan.all...), to: v.plan.to, nothing: v.plan.nothing}
			p.require(facet{letter: facetAccount, no: no})
			if p.nothing || word == "" {
				continue
			}
			st := p.statement()
			n, err := sqlite.One(ctx, v.q, sqlite.Value[int], "SELECT count(*) FROM ("+st.ids("")+" LIMIT 1)", st.args...)
			if err != nil {
				return err
			}
			if n > 0 {
				ids = append(ids, word)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	names, err := s.Names(ctx, ids)
	for _, id := range ids {
		if _, ok := names[id]; !ok && err == nil {
			names[id] = ""
		}
	}
	return names, err
}
