package prepaid

import (
	"context"
	"crypto/sha256"
	"fmt"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// posting is an entry to be made.
type posting struct {
	kind       Kind
	amount     money.Amount
	cause      string
	orderID    string
	transferID string
	payoutID   string
	renewedID  string
	on         day.Day // value day; 0 is today
	takesBack  Entry   // for ReversedIn and ReversedOut
}

// post adds an entry to the ledger of the actor's organization. The transaction holds SQLite's write lock from its
// start, so the balance that it reads is the balance that it changes, whoever else has the file open; the table's own
// triggers check the same once more. Error: Conflict/balance_short, with what is missing.
func (s *Service) post(ctx context.Context, tx *sqlite.Tx, p posting) (Entry, error) {
	actor := access.From(ctx)
	last, err := s.lastEntry(ctx, tx, actor.OrganizationID)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		Seq: last.Seq + 1, At: tx.Now, Kind: p.kind, Amount: p.amount, Cause: p.cause,
		OrderID: p.orderID, TransferID: p.transferID, PayoutID: p.payoutID, AccountID: actor.AccountID,
		RenewedID: p.renewedID, Reverses: p.takesBack.Seq,
	}
	if last.Seq > 0 && e.At.Before(last.At) {
		e.At = last.At // the clock was set back; the ledger's time does not run backwards
	}
	if p.on == 0 {
		p.on = s.today(ctx)
	}
	if e.valueOn = p.on; p.kind == AdjustedUp || p.kind == AdjustedDown || p.on != s.o.Clock.Of(ctx, e.At) {
		e.backDated = true
	}
	if e.Balance, err = last.Balance.Add(e.Change()); err != nil {
		return Entry{}, fault.Wrap(err, fault.Conflict, "other_currency")
	}
	if e.Balance.Sign() < 0 {
		return Entry{}, fault.New(fault.Conflict, "balance_short").With("missing", e.Balance.Neg().String())
	}
	e.hash = e.sealAfter(last.hash, actor.OrganizationID)
	sides := postings[e.Kind]
	if e.Reverses != 0 {
		mirrored := postings[p.takesBack.Kind]
		sides.debit, sides.credit = mirrored.credit, mirrored.debit
	}
	return e, insertEntry(ctx, tx, actor.OrganizationID, e, sides.debit, sides.credit)
}

// Balance is what an organization can spend. It asks for no permission: whoever calls it has.
func (s *Service) Balance(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Amount, error) {
	last, err := s.lastEntry(ctx, q, organizationID)
	return last.Balance, err
}

// Expected lists the money that an organization expects until that day. It asks for no permission: whoever calls it has.
func (s *Service) Expected(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]Expected, error) {
	return expectedUntil(ctx, q, organizationID, until)
}

// Overdue lists the money whose day is over and that has not come, the oldest first. Requires access.Accounting.
func (s *Service) Overdue(ctx context.Context) ([]Expected, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return expectedUntil(ctx, s.db.Reader(), actor.OrganizationID, s.today(ctx)-1)
}

// Page is a part of the ledger, newest first.
type Page struct {
	Entries []Entry
	Total   int64 // entries in the whole ledger
}

// MaxPage is the most entries that one page may have.
const MaxPage = 500

// Entries returns up to limit entries that come before the entry with number before, newest first; 0 starts at the end.
func (s *Service) Entries(ctx context.Context, before int64, limit int) (Page, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Page{}, err
	}
	var p Page
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		last, err := s.lastEntry(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		p.Total = last.Seq // the numbers have no gaps: the table refuses them
		if before <= 0 {
			before = last.Seq + 1
		}
		p.Entries, err = entriesBefore(ctx, q, actor.OrganizationID, before, min(max(limit, 1), MaxPage))
		return err
	})
	return p, err
}

// Verify computes the whole ledger again, entry by entry, and returns how many there are. An error names the first entry
// that is not what was posted.
func (s *Service) Verify(ctx context.Context) (int64, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return 0, err
	}
	var seq int64
	var balance money.Amount
	var hash [sha256.Size]byte
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		err := eachEntry(ctx, q, actor.OrganizationID, func(e Entry) error {
			seq++
			var err error
			balance, err = balance.Add(e.Change())
			want := e.sealAfter(hash, actor.OrganizationID)
			if err != nil || e.Seq != seq || e.Balance != balance || balance.Sign() < 0 || e.hash != want {
				return fault.New(fault.Conflict, "ledger_changed").With("entry", fmt.Sprint(e.Seq))
			}
			hash = want
			return nil
		})
		if err != nil {
			return err
		}
		// The entries came in the order of their numbers; by time, along another index, there have to be as many.
		count, last, err := byTime(ctx, q, actor.OrganizationID)
		if err == nil && (count != seq || last != seq) {
			err = fault.New(fault.Conflict, "ledger_changed").With("entry", fmt.Sprint(min(count, seq)+1))
		}
		return err
	})
	return seq, err
}
