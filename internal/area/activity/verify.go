package activity

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// Damage says what is wrong at a place of the chain.
type Damage string

// What Verify can find.
const (
	Changed Damage = "changed" // the entry, its place or its predecessor is not what it was
	Missing Damage = "missing" // entries between this place and the next are gone
	NoEnd   Damage = "no_end"  // the last entries are gone, or the end was moved
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
	report := Report{Breaks: []Break{}}
	err := s.db.View(ctx, func(q sqlite.Queryer) error { return verify(ctx, q, &report, progress) })
	return report, err
}

func verify(ctx context.Context, q sqlite.Queryer, report *Report, progress func(done, total int64)) error {
	var end int64
	var endHash []byte
	if err := q.QueryRowContext(ctx, "SELECT seq, hash FROM journal_head").Scan(&end, &endHash); err != nil {
		return fmt.Errorf("activity: head of the journal: %w", err)
	}
	names, err := readNames(ctx, q)
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, `SELECT id, seq, organization, account, product, action, result, object_id,
		object_name, session, person, before, after, import, hash FROM journal ORDER BY seq`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	seq, previous := int64(0), make([]byte, 32)
	for rows.Next() {
		l, hash, err := names.scan(rows)
		if err != nil {
			return err
		}
		if l.seq != seq+1 {
			report.add(Break{Damage: Missing, Seq: seq + 1, Count: l.seq - seq - 1})
			// What follows is held against what it says of itself, so that one gap is reported once.
		} else if !bytes.Equal(l.hash(previous), hash) {
			report.add(Break{Damage: Changed, Seq: l.seq, At: moment(l.id)})
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
	return nil
}

// names turns the numbers of the table back into the words that the hash covers. An unknown number has no word; the
// hash of its entry then does not hold.
type names struct {
	values  map[int64]string
	imports map[int64]string
}

func readNames(ctx context.Context, q sqlite.Queryer) (names, error) {
	values, err := dictionary(ctx, q, "SELECT no, value FROM journal_value")
	if err != nil {
		return names{}, err
	}
	imports, err := dictionary(ctx, q, "SELECT no, id FROM journal_import")
	return names{values: values, imports: imports}, err
}

func (n names) scan(r sqlite.Row) (l link, hash []byte, err error) {
	var organization, account, product, action, result, person int64
	var imported sql.NullInt64
	err = r.Scan(&l.id, &l.seq, &organization, &account, &product, &action, &result, &l.objectID, &l.objectName,
		&l.session, &person, &l.before, &l.after, &imported, &hash)
	l.organization, l.account = n.values[organization], n.values[account]
	l.product, l.action, l.result = n.values[product], n.values[action], string(resultOf(result))
	l.person, l.source = n.values[person], n.imports[imported.Int64]
	return l, hash, err
}
