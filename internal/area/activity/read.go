package activity

import (
	"context"
	"database/sql"

	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// reader turns rows back into entries, as far as the one who looks may see them.
type reader struct {
	viewer  int64
	words   map[int64]string
	imports map[int64]string
	sources map[int64]string // programs that wrote what imports brought
	keys    map[int64][]byte
}

func (v *view) reader(ctx context.Context) (*reader, error) {
	r := &reader{viewer: v.plan.viewer, words: map[int64]string{}, keys: map[int64][]byte{}}
	for _, kind := range v.words {
		for word, no := range kind {
			r.words[no] = word
		}
	}
	var err error
	if r.imports, err = dictionary(ctx, v.q, "SELECT no, id FROM journal_import"); err != nil {
		return nil, err
	}
	if r.sources, err = dictionary(ctx, v.q, "SELECT no, source FROM journal_import"); err != nil {
		return nil, err
	}
	type keyRow struct {
		person int64
		key    []byte
	}
	// The viewer's own entries may hold anybody's values, so all keys may be needed; there is one per person.
	keys, err := sqlite.All(ctx, v.q, func(row sqlite.Row) (k keyRow, err error) {
		err = row.Scan(&k.person, &k.key)
		return k, err
	}, "SELECT person, key FROM journal_key")
	for _, k := range keys {
		r.keys[k.person] = k.key
	}
	return r, err
}

func (r *reader) scan(from sqlite.Row) (Entry, error) {
	var e Entry
	var organization, account, product, action, result, person int64
	var before, after []byte
	var imported sql.NullInt64
	err := from.Scan(&e.ID, &e.Seq, &organization, &account, &product, &action, &result, &e.ObjectID, &e.ObjectName,
		&e.SessionID, &person, &before, &after, &imported, &e.Hash)
	if err != nil {
		return e, err
	}
	e.At = moment(e.ID)
	e.OrganizationID, e.AccountID = r.words[organization], r.words[account]
	e.Product, e.Action, e.Result = audit.Product(r.words[product]), audit.Action(r.words[action]), resultOf(result)
	e.ImportID, e.Source = r.imports[imported.Int64], r.sources[imported.Int64]
	if person == 0 {
		e.Old, e.New = string(before), string(after)
		return e, nil
	}
	e.PersonID = r.words[person]
	r.open(&e, person, account, before, after)
	return e, nil
}

// open shows a personal value to the person it belongs to and to whoever made the change.
func (r *reader) open(e *Entry, person, account int64, before, after []byte) {
	if len(before) == 0 && len(after) == 0 {
		return
	}
	if r.viewer == 0 || r.viewer != person && r.viewer != account {
		e.Hidden = NotYours
		return
	}
	key, ok := r.keys[person]
	if !ok {
		e.Hidden = Erased
		return
	}
	oldValue, err := unseal(key, e.ID, boxBefore, before)
	if err != nil { // sealed before the person was forgotten and came back, or tampered with
		e.Hidden = Erased
		return
	}
	newValue, err := unseal(key, e.ID, boxAfter, after)
	if err != nil {
		e.Hidden = Erased
		return
	}
	e.Old, e.New = oldValue, newValue
}

// dictionary reads a table of numbers and words.
func dictionary(ctx context.Context, q sqlite.Queryer, query string) (map[int64]string, error) {
	type pair struct {
		no   int64
		word string
	}
	pairs, err := sqlite.All(ctx, q, func(r sqlite.Row) (p pair, err error) {
		err = r.Scan(&p.no, &p.word)
		return p, err
	}, query)
	words := make(map[int64]string, len(pairs))
	for _, p := range pairs {
		words[p.no] = p.word
	}
	return words, err
}
