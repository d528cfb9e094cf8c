package prepaid

import (
	"context"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// What follows serves the area that knows where cashback comes from, in its transaction. It asks for no permission:
// whoever calls it has.

// ExpectCashback notes cashback that will probably come and returns its id. A cause that is there already is a unique
// conflict. Error: Conflict/other_currency if the account is kept in another one.
func (s *Service) ExpectCashback(ctx context.Context, tx *sqlite.Tx, organizationID, cause string, amount money.Amount, due day.Day) (string, error) {
	currency, err := s.o.Organizations.Currency(ctx, tx, organizationID)
	if err != nil {
		return "", err
	}
	if currency != amount.Currency() {
		return "", fault.New(fault.Conflict, "other_currency")
	}
	e := Expected{ID: tx.NewID(), Cause: cause, Amount: amount, DueOn: due}
	if err := insertExpected(ctx, tx, organizationID, e); err != nil {
		return "", err
	}
	return e.ID, s.record(ctx, tx, audit.ItemAdded, e.ID, e.Cause, "", e.Amount.String())
}

// ForgetCashback drops cashback that is not expected any more.
func (s *Service) ForgetCashback(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	e, err := expected(ctx, tx, organizationID, id)
	if err != nil {
		return err
	}
	if err := deleteExpected(ctx, tx, id); err != nil {
		return err
	}
	return s.record(ctx, tx, audit.ItemDeleted, e.ID, e.Cause, e.Amount.String(), "")
}

// Receipts tells of each piece of expected money that has come which entry it became.
func (s *Service) Receipts(ctx context.Context, q sqlite.Queryer, organizationID string, each func(id string, entry int64, on day.Day, came money.Amount)) error {
	list, err := receipts(ctx, q, organizationID)
	for _, r := range list {
		each(r.expectedID, r.entry.Seq, r.entry.ValueOn(s.o.Clock.Location(ctx)), r.entry.Amount)
	}
	return err
}
