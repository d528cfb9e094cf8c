package app

import (
	"context"

	"kontor/internal/area/organization"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// invitationPost hands the letters of invitations to the queue of e-mails.
type invitationPost struct{ *mail.Service }

func (p invitationPost) Send(ctx context.Context, tx *sqlite.Tx, l organization.Letter) (string, error) {
	return p.Queue(ctx, tx, mail.Message{To: l.To, Subject: l.Subject, Text: l.Text, OrganizationID: l.OrganizationID, Product: audit.Organization})
}
