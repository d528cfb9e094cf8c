package sample

import (
	"context"
	"time"

	"kontor/internal/area/partner"
	"kontor/internal/core/access"
)

// prices gives the studio a price list of its own beside the shipped ones: what it was offered, and what it guesses.
func prices(ctx context.Context, s *story) error {
	service := partner.NewService(partner.Options{DB: s.db, Journal: s.journal, Organizations: s.organizations, Clock: s.calendar()})
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	s.clock = s.today.AddDate(0, 0, -94) // old enough to be asked about
	_, err := service.SaveBook(ctx, partner.BookDraft{
		Name: s.names.offer, Currency: "CHF", ValidFrom: s.on(s.clock).String(), Source: s.names.byMail, Author: "Elena Bernasconi",
		Lines: []partner.LineDraft{
			{Product: "web_hosting", Price: "9.92", Per: "month", Degressive: true, Origin: "published", Source: "faq/2672"},
			{Product: "domain_ch", Price: "10.65", Per: "year", Origin: "thirdparty"},
			{Name: "Swiss Backup 1 TB", Price: "8.40", Per: "month", Origin: "assumption"},
			{Name: "Mail service", Price: "1.475", Per: "month", Origin: "own", Source: s.names.byMail},
			{Name: "kSuite Pro", Price: "6.50", Per: "month", Origin: "own", Source: s.names.byMail},
		},
	})
	return err
}
