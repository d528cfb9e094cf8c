package mail

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// Letter is the state of one queued message, for the area that has queued it.
func (s *Service) Letter(ctx context.Context, q sqlite.Queryer, id string) (Letter, error) {
	return letter(ctx, q, id)
}

// Letters lists what was queued in the last time: what concerns the person, and, to whoever manages the mail of the
// organization that the window shows, what goes in its name. Newest first.
func (s *Service) Letters(ctx context.Context) ([]Letter, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	accountID, organizationID := actor.AccountID, ""
	if !actor.Can(access.OwnAccount) {
		accountID = ""
	}
	if actor.Can(access.ManageMail) {
		organizationID = actor.OrganizationID
	}
	return letters(ctx, s.db.Reader(), accountID, organizationID)
}
