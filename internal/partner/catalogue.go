package partner

import (
	"context"

	"kontor/internal/pricing"
	"kontor/internal/sqlite"
)

// Catalogue reads what an organization computes with, for whoever computes: a list (the one that applies on the day if
// book is ""), the steps and the terms that apply. It asks for no permission: its caller has.
func Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string, today pricing.Date) (b pricing.Book, s pricing.Schedule, t pricing.Terms, err error) {
	if book == "" {
		if book, err = current(ctx, q, organizationID, today); err != nil {
			return b, s, t, err
		}
	}
	if b, err = readBook(ctx, q, organizationID, book); err != nil {
		return b, s, t, err
	}
	if s, err = readSchedule(ctx, q, organizationID); err != nil {
		return b, s, t, err
	}
	t, err = readTerms(ctx, q, organizationID)
	return b, s, t, err
}
