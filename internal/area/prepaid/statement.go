package prepaid

import (
	"context"
	"encoding/hex"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// MaxStatement is the most entries of one statement; a longer period has to be split.
const MaxStatement = 20_000

// Statement is the ledger of a period.
type Statement struct {
	Organization string
	From, To     day.Day // both included
	Currency     money.Currency
	Opening      money.Amount
	Closing      money.Amount
	In, Out      money.Amount // sums of what was added and taken, both above zero
	Entries      []Entry      // by the day on which they count, oldest first, with the balance by those days
	Zone         *time.Location
	MadeAt       time.Time // the moment of the last entry: the same period of the same ledger makes the same paper
}

// Statement returns the entries whose money counts on the days from first to last.
// Errors: Invalid at "from" and "to"; Conflict/statement_too_long.
func (s *Service) Statement(ctx context.Context, first, last string) (Statement, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Statement{}, err
	}
	t := Statement{Zone: s.o.Clock.Location(ctx)}
	var c fault.Check
	if t.From, err = day.Parse(first); err != nil {
		c.Refuse("from", "not_a_date")
	}
	if t.To, err = day.Parse(last); err != nil {
		c.Refuse("to", "not_a_date")
	} else if t.To < t.From {
		c.Refuse("to", "before_start")
	}
	if err := c.Err(); err != nil {
		return t, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if t.Organization, err = s.o.Organizations.Name(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if t.Currency, err = s.o.Organizations.Currency(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		return t.read(ctx, q, actor.OrganizationID)
	})
	return t, err
}

// Exported tells the journal that a statement has left the program, as "pdf", "csv" or "xlsx".
func (s *Service) Exported(ctx context.Context, t Statement, format string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		return s.record(ctx, tx, audit.DataExported, actor.OrganizationID, format, "", t.From.String()+"/"+t.To.String())
	})
}

// Seal is the beginning of the last entry's hash: two statements with the same seal rest on the same history.
func (t Statement) Seal() string {
	last, some := t.last()
	if !some {
		return "–"
	}
	return hex.EncodeToString(last.hash[:8])
}

// last is the entry that was booked last.
func (t Statement) last() (last Entry, some bool) {
	for _, e := range t.Entries {
		if e.Seq > last.Seq {
			last, some = e, true
		}
	}
	return last, some
}

func (t *Statement) read(ctx context.Context, q sqlite.Queryer, organizationID string) error {
	book, err := newValued(ctx, q, organizationID, t.Zone, t.Currency)
	if err != nil {
		return err
	}
	if t.Opening, err = book.on(ctx, t.From-1); err != nil {
		return err
	}
	if t.Entries, err = book.between(ctx, t.From, t.To, MaxStatement); err != nil {
		return err
	}
	var in, out, closing money.Sums
	closing.Add(t.Opening)
	for _, e := range t.Entries {
		if change := e.Change(); change.Sign() > 0 {
			in.Add(change)
		} else {
			out.Sub(change)
		}
		closing.Add(e.Change())
	}
	t.MadeAt = midnight(t.From, t.Zone)
	if last, some := t.last(); some {
		t.MadeAt = last.At
	}
	for _, part := range []struct {
		to  *money.Amount
		sum *money.Sums
	}{{&t.In, &in}, {&t.Out, &out}, {&t.Closing, &closing}} {
		if *part.to, err = part.sum.In(t.Currency); err != nil {
			return err
		}
	}
	return nil
}
