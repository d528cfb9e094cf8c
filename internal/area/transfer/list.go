package transfer

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Outline looks at a bulk list before it is read: what its columns mean.
func (s *Service) Outline(ctx context.Context, data []byte, m *input.Mapping) (input.Outline, error) {
	if _, err := access.Require(ctx, access.ManageDomains); err != nil {
		return input.Outline{}, err
	}
	return OutlineList(data, m)
}

// Preview reads a bulk list against what the organization has already; it keeps nothing. A nil mapping takes the columns
// as their headings say, or the first two.
func (s *Service) Preview(ctx context.Context, data []byte, m *input.Mapping) ([]Row, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return nil, err
	}
	return s.preview(ctx, s.db.Reader(), actor.OrganizationID, data, m)
}

func (s *Service) preview(ctx context.Context, q sqlite.Queryer, organizationID string, data []byte, m *input.Mapping) ([]Row, error) {
	rows, err := readList(data, m)
	if err != nil {
		return nil, err
	}
	open, err := openDomains(ctx, q, organizationID)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Good() && open[rows[i].Domain] {
			rows[i].Reason = "already_here"
		}
	}
	return rows, nil
}

// Import records a request for every good row of a list, and leaves the others aside. All of them are kept or none.
// It returns how many.
func (s *Service) Import(ctx context.Context, data []byte, m *input.Mapping) (int, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return 0, err
	}
	if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
		return 0, err
	}
	added := 0
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		rows, err := s.preview(ctx, tx, actor.OrganizationID, data, m)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !r.Good() {
				continue
			}
			if _, err := s.add(ctx, tx, actor, New{Domain: r.Domain, Code: r.Code, Started: tx.Now}); err != nil {
				return err
			}
			added++
		}
		return s.journal.Record(ctx, tx, audit.Entry{Action: audit.DataImported, Product: audit.Domain, New: strconv.Itoa(added)})
	})
	return added, err
}
