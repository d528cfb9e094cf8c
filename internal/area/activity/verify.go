package activity

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Damage says what is wrong at a place of the chain.
type Damage string

// What Verify can find.
const (
	Changed Damage = "changed"  // the entry, its place or its predecessor is not what it was
	Missing Damage = "missing"  // entries between this place and the next are gone
	NoEnd   Damage = "no_end"   // the last entries are gone, or the end was moved
	NoSeal  Damage = "no_seal"  // the end was authenticated, and is not any more
	Imports Damage = "imports"  // what the list of imports says was changed: a name, an organization or a moment
	KeyGone Damage = "key_gone" // the values of a person do not open, although the account was not deleted
	Apart   Damage = "apart"    // the table and its index have not the same entries
)

// Break is one place where the chain does not hold.
type Break struct {
	Damage Damage
	Seq    int64     // the place in the chain
	Count  int64     // how many entries are missing there
	At     time.Time // moment of the entry as it stands now; zero if it is missing
}

// Report is what Verify found. Breaks holds the first MaxBreaks of Broken.
type Report struct {
	Checked int64
	Broken  int64
	Breaks  []Break

	Sealing  Sealing
	SealedTo int64 // the place in the chain up to which the end is authenticated
}

// MaxBreaks is how many places a report names.
const MaxBreaks = 100

// OK tells whether the whole chain holds.
func (r Report) OK() bool { return r.Broken == 0 }

func (r *Report) add(b Break) {
	r.Broken++
	if len(r.Breaks) < MaxBreaks {
		r.Breaks = append(r.Breaks, b)
	}
}

// Verify recomputes the hash of every entry and says where the chain does not hold. progress, which may be nil, hears
// how many of how many are done.
func (s *Service) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return Report{}, err
	}
	return s.VerifyFile(ctx, progress)
}

// VerifyFile is Verify without anybody signed in, for whoever has the file of the workspace in hand anyway.
func (s *Service) VerifyFile(ctx context.Context, progress func(done, total int64)) (Report, error) {
	report := Report{Breaks: []Break{}}
	err := s.db.View(ctx, func(q sqlite.Queryer) error { return s.verify(ctx, q, &report, progress) })
	return report, err
}

func (s *Service) verify(ctx context.Context, q sqlite.Queryer, report *Report, progress func(done, total int64)) error {
	var end int64
	var endHash []byte
	if err := q.QueryRowContext(ctx, "SELECT seq, hash FROM journal_head").Scan(&end, &endHash); err != nil {
		return fmt.Errorf("activity: head of the journal: %w", err)
	}
	names, err := readNames(ctx, q)
	if err != nil {
		return err
	}
	keys, err := readKeys(ctx, q)
	if err != nil {
		return err
	}
	var highest int64
	rows, err := q.QueryContext(ctx, `SELECT id, seq, organization, account, product, action, result, object_id,
		object_name, session, person, before, after, import, hash FROM journal ORDER BY seq`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	seq, previous := int64(0), make([]byte, 32)
	for rows.Next() {
		l, hash, person, known, err := names.scan(rows)
		if err != nil {
			return err
		}
		highest = max(highest, l.seq)
		if l.seq != seq+1 {
			report.add(Break{Damage: Missing, Seq: seq + 1, Count: l.seq - seq - 1})
			// What follows is held against what it says of itself, so that one gap is reported once.
		} else if !known || !bytes.Equal(l.hash(previous), hash) {
			report.add(Break{Damage: Changed, Seq: l.seq, At: moment(l.id)})
		} else {
			keys.see(person, l)
		}
		seq, previous = l.seq, hash
		report.Checked++
		if progress != nil && report.Checked%10_000 == 0 {
			progress(report.Checked, end)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if seq != end || !bytes.Equal(previous, endHash) {
		report.add(Break{Damage: NoEnd, Seq: seq, Count: max(0, end-seq)})
	}
	if err := rows.Close(); err != nil {
		return err
	}
	// The rows above came by the index of the numbers; the table itself has to hold the same.
	var count, last int64
	if err := q.QueryRowContext(ctx, "SELECT count(*), coalesce(max(seq), 0) FROM journal NOT INDEXED").Scan(&count, &last); err != nil {
		return err
	}
	if count != report.Checked || last != highest {
		report.add(Break{Damage: Apart, Seq: last, Count: max(count-report.Checked, report.Checked-count)})
	}
	for _, at := range keys.gone() {
		report.add(Break{Damage: KeyGone, Seq: at})
	}
	return s.verifySeal(ctx, q, report, seq)
}

// keyring are the keys of the persons, and what the chain says of those whose key is gone or does not open anything.
type keyring struct {
	keys    map[int64][]byte
	shut    map[int64]int64 // the first entry of a person whose values do not open, by the person's number
	words   map[int64]string
	deleted map[string]bool // the accounts that the chain says were deleted
}

func readKeys(ctx context.Context, q sqlite.Queryer) (*keyring, error) {
	k := &keyring{keys: map[int64][]byte{}, shut: map[int64]int64{}, words: map[int64]string{}, deleted: map[string]bool{}}
	type entry struct {
		person int64
		key    []byte
	}
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (e entry, err error) { return e, r.Scan(&e.person, &e.key) }, "SELECT person, key FROM journal_key")
	for _, e := range list {
		k.keys[e.person] = e.key
	}
	return k, err
}

func (k *keyring) see(person int64, l link) {
	if l.product == string(audit.Account) && l.action == string(audit.ItemDeleted) && l.source == "" {
		k.deleted[l.objectID] = true
	}
	if person == 0 || len(l.before)+len(l.after) == 0 || k.shut[person] != 0 {
		return
	}
	key := k.keys[person]
	for which, box := range map[byte][]byte{boxBefore: l.before, boxAfter: l.after} {
		if key != nil {
			if _, err := unseal(key, l.id, which, box); err == nil {
				continue
			}
		}
		k.shut[person], k.words[person] = l.seq, l.person
	}
}

// gone are the places of persons whose values do not open although nobody deleted the account.
func (k *keyring) gone() (list []int64) {
	for person, at := range k.shut {
		if !k.deleted[k.words[person]] {
			list = append(list, at)
		}
	}
	slices.Sort(list)
	return list
}

// names turns the numbers of the table back into the words that the hash covers. A number is known if its word is of the
// kind that belongs there: another with the same word would hide whose an entry is, and the hash would not tell.
type names struct {
	values  map[int64]value
	imports map[int64]string
}

func readNames(ctx context.Context, q sqlite.Queryer) (names, error) {
	n := names{values: map[int64]value{}}
	type word struct {
		no int64
		value
	}
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (w word, err error) { return w, r.Scan(&w.no, &w.kind, &w.word) }, "SELECT no, kind, value FROM journal_value")
	if err != nil {
		return n, err
	}
	for _, w := range list {
		n.values[w.no] = w.value
	}
	n.imports, err = dictionary(ctx, q, "SELECT no, id FROM journal_import")
	return n, err
}

func (n names) scan(r sqlite.Row) (l link, hash []byte, person int64, known bool, err error) {
	var organization, account, product, action, result int64
	var imported sql.NullInt64
	err = r.Scan(&l.id, &l.seq, &organization, &account, &product, &action, &result, &l.objectID, &l.objectName,
		&l.session, &person, &l.before, &l.after, &imported, &hash)
	known = true
	word := func(no int64, kind string) string {
		v, ok := n.values[no]
		known = known && ok && v.kind == kind
		return v.word
	}
	l.organization, l.account = word(organization, kindOrganization), word(account, kindAccount)
	l.product, l.action, l.result = word(product, kindProduct), word(action, kindAction), string(resultOf(result))
	if person != 0 {
		l.person = word(person, kindAccount)
		known = known && l.person != ""
	}
	if imported.Valid {
		l.source = n.imports[imported.Int64]
		known = known && l.source != ""
	}
	return l, hash, person, known, err
}
