package activity

import (
	"context"

	"kontor/internal/host/sqlite"
)

// existing knows the entries that the journal had before at the moments of the drafts to come. It reads those of many
// moments at once, unless the journal has far more entries there than there are drafts.
type existing struct {
	organization int64
	account      int64 // number of the product "account", see fingerprint
	top          int64 // the journal's last id before the import
	until        int64 // the id up to which moments is complete
	singly       int   // for so many moments it is not worth trying to read several at once
	moments      map[int64]*taken
}

// taken is what the journal has at one moment.
type taken struct {
	last   int64          // id
	prints map[string]int // of the organization, by their fingerprint
}

const (
	ahead = 500       // drafts whose moments are read at once
	dense = 4 * ahead // entries up to which that is worth it
)

// at returns what the journal has at the moment of the first row.
func (n *existing) at(ctx context.Context, q sqlite.Queryer, rows []spot) (prints map[string]int, last int64, err error) {
	first := rows[0].at << idBits
	if first > n.top {
		return map[string]int{}, 0, nil
	}
	if first >= n.until {
		if err := n.read(ctx, q, rows); err != nil {
			return nil, 0, err
		}
	}
	if t := n.moments[first]; t != nil {
		return t.prints, t.last, nil
	}
	return map[string]int{}, 0, nil
}

func (n *existing) read(ctx context.Context, q sqlite.Queryer, rows []spot) error {
	first := rows[0].at << idBits
	if n.singly == 0 {
		until := rows[min(ahead, len(rows))-1].at<<idBits + sameMoment
		all, err := n.stretch(ctx, q, first, until, dense)
		if err != nil || all {
			return err
		}
		n.singly = ahead
	}
	n.singly--
	_, err := n.stretch(ctx, q, first, first+sameMoment, -1)
	return err
}

// stretch reads the entries from ≤ id < until and tells whether there were fewer than so many.
func (n *existing) stretch(ctx context.Context, q sqlite.Queryer, from, until int64, most int) (all bool, err error) {
	n.moments, n.until = map[int64]*taken{}, until
	rows, err := q.QueryContext(ctx, `SELECT id, organization, account, product, action, result, object_id, object_name, person,
		before, after FROM journal WHERE id >= ? AND id < ? ORDER BY id LIMIT ?`, from, until, most)
	if err != nil {
		return false, err
	}
	defer func() { _ = rows.Close() }()
	count := 0
	for ; rows.Next(); count++ {
		var r row
		var e Entry
		if err := rows.Scan(&r.id, &r.organization, &r.account, &r.product, &r.action, &r.result, &e.ObjectID, &e.ObjectName,
			&r.person, &r.before, &r.after); err != nil {
			return false, err
		}
		first := r.id &^ (sameMoment - 1)
		t := n.moments[first]
		if t == nil {
			t = &taken{prints: map[string]int{}}
			n.moments[first] = t
		}
		t.last = r.id
		if r.organization == n.organization {
			e.Old, e.New = string(r.before), string(r.after)
			t.prints[fingerprint(r, &e, n.account)]++
		}
	}
	return count != most, rows.Err()
}
