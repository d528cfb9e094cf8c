package quote

import (
	"context"
	"strconv"

	"kontor/internal/core/numbering"
	"kontor/internal/host/sqlite"
)

// number is what people call a quote: its number as it was given, a later revision with "/2". A quote from before numbers
// were kept has year and serial.
func number(given string, year, serial, revision int) string {
	if given == "" {
		given = numbering.Of(numbering.Usual, year, serial)
	}
	if revision > 1 {
		given += "/" + strconv.Itoa(revision)
	}
	return given
}

// give gives a quote the next number of its year. One that has left the program is spent: it is not given again, even
// where its quote is gone.
func (s *Service) give(ctx context.Context, tx *sqlite.Tx, organizationID string, q *Quote) error {
	pattern, err := s.sender.NumberPattern(ctx, tx, organizationID)
	if err != nil {
		return err
	}
	q.Serial, err = sqlite.One(ctx, tx, sqlite.Value[int], `SELECT max(
		coalesce((SELECT max(serial) FROM quote WHERE organization_id = ?1 AND year = ?2), 0),
		coalesce((SELECT last FROM quote_serial WHERE organization_id = ?1 AND year = ?2), 0)) + 1`, organizationID, q.Year)
	q.Given = numbering.Of(pattern, q.Year, q.Serial)
	return err
}

// spend notes that the number of a quote has left the program.
func spend(ctx context.Context, tx *sqlite.Tx, organizationID string, q Quote) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO quote_serial (organization_id, year, last) VALUES (?, ?, ?)
		ON CONFLICT (organization_id, year) DO UPDATE SET last = max(last, excluded.last)`, organizationID, q.Year, q.Serial)
	return err
}
