package activity

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// exported is an entry as an export writes it.
type exported struct {
	*Entry
	who, where string // what the person and the organization are called
}

// Columns that an import does not take as they are.
const (
	columnLocalTime    = "local_time"
	columnAccountID    = "account_id"
	columnOrganization = "organization"
	columnSource       = "source"
)

// columns are what an export holds of each entry, in the words of a language, or with ids and codes for programs where b
// is nil. The moment stands twice: as the person's clock shows it, and exact.
func columns(b *book.Book, zone *time.Location) []export.Field[exported] {
	title, word := func(name string) string { return name }, func(id string, _ func() string) string { return id }
	if b != nil {
		title = func(name string) string { return columnWord(b, name) }
		word = func(_ string, say func() string) string { return say() }
	}
	column := func(name string, of func(exported) string) export.Field[exported] {
		return export.TextField(title(name), of)
	}
	at := func(e exported) time.Time { return e.At }
	return []export.Field[exported]{
		export.SecondField(title(columnLocalTime), zone, at),
		column(string(FieldMoment), func(e exported) string { return e.At.In(zone).Format(exactMoment) }),
		column(string(FieldAccount), func(e exported) string { return e.who }),
		column(string(FieldProduct), func(e exported) string {
			return word(string(e.Product), func() string { return book.Of(b, "act_product_", e.Product) })
		}),
		column(string(FieldAction), func(e exported) string {
			return word(string(e.Action), func() string { return book.Of(b, "act_action_", e.Action) })
		}),
		column(string(FieldObject), func(e exported) string { return e.ObjectName }),
		column(string(FieldResult), func(e exported) string {
			return word(string(e.Result), func() string { return book.Of(b, "act_result_", e.Result) })
		}),
		column(string(FieldOld), func(e exported) string { return e.Old }),
		column(string(FieldNew), func(e exported) string { return e.New }),
		column(columnOrganization, func(e exported) string { return e.where }),
		column(columnSource, func(e exported) string {
			return word(e.source(), func() string {
				if e.ImportID == "" {
					return b.T("activity_source_own")
				}
				if e.Source != "" {
					return b.T("activity_source_imported") + ": " + e.Source
				}
				return b.T("activity_source_imported")
			})
		}),
		column(string(FieldObjectID), func(e exported) string { return e.ObjectID }),
		column(columnAccountID, func(e exported) string { return e.AccountID }),
		column("organization_id", func(e exported) string { return e.OrganizationID }),
		column("session", func(e exported) string { return e.SessionID }),
		export.NumberField(title("number"), func(e exported) string { return strconv.FormatInt(e.Seq, 10) }),
		column("hash", func(e exported) string { return hex.EncodeToString(e.Hash) }),
	}
}

func (e *Entry) source() string {
	if e.ImportID != "" {
		return SourceImported
	}
	return SourceOwn
}

// exactMoment is RFC 3339 with the milliseconds that the journal keeps.
const exactMoment = "2006-01-02T15:04:05.000Z07:00"

// export hands every entry that a search finds to row, newest first, and records that it did. An error of row ends it.
func (s *Service) export(ctx context.Context, search Search, row func(exported) error, progress func(done, total int64)) (int64, error) {
	done, err := s.entries(ctx, search, row, progress)
	if err != nil {
		return done, err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Workspace, ObjectID: "journal", ObjectName: "journal",
			New: strconv.FormatInt(done, 10), OrganizationID: access.From(ctx).OrganizationID,
		})
	})
	return done, err
}

// entries is export without a word in the journal.
func (s *Service) entries(ctx context.Context, search Search, row func(exported) error, progress func(done, total int64)) (int64, error) {
	count, err := s.Count(ctx, search)
	if err != nil {
		return 0, err
	}
	names, err := s.allNames(ctx)
	if err != nil {
		return 0, err
	}
	places, err := s.allPlaces(ctx)
	if err != nil {
		return 0, err
	}
	var done int64
	err = s.look(ctx, search, func(v *view) error {
		return v.each(ctx, *v.plan, 0, -1, func(e *Entry) error {
			if err := row(exported{e, names[e.AccountID], places[e.OrganizationID]}); err != nil {
				return err
			}
			if done++; progress != nil && done%1000 == 0 {
				progress(done, max(count.Matching.N, done))
			}
			return nil
		})
	})
	return done, err
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
	ids, err := s.allOf(ctx, kindAccount)
	if err != nil {
		return nil, err
	}
	return s.Names(ctx, ids)
}

// allPlaces are the names of the organizations that entries are of; one that is gone has none.
func (s *Service) allPlaces(ctx context.Context) (map[string]string, error) {
	names := map[string]string{}
	ids, err := s.allOf(ctx, kindOrganization)
	if err != nil || s.places == nil {
		return names, err
	}
	for _, id := range ids {
		names[id], err = s.places.Name(ctx, s.db.Reader(), id)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return nil, err
		}
	}
	return names, nil
}

func (s *Service) allOf(ctx context.Context, kind string) ([]string, error) {
	return sqlite.All(ctx, s.db.Reader(), sqlite.Value[string], "SELECT value FROM journal_value WHERE kind = ? AND value <> ''", kind)
}

// Actors returns the names of everybody who has an entry in a scope, by id; "" for who is gone.
func (s *Service) Actors(ctx context.Context, scope Scope) (map[string]string, error) {
	ids := []string{}
	err := s.look(ctx, Search{Scope: scope}, func(v *view) error {
		for word, no := range v.words[kindAccount] {
			p := *v.plan
			p.all = slices.Clone(p.all)
			p.require(facet{letter: facetAccount, no: no})
			if p.nothing || word == "" {
				continue
			}
			n, err := v.number(ctx, p.statement(), 1)
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
