package app

import (
	"context"

	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// clientPrices shows the partner's price lists and terms to the clients.
type clientPrices struct{ partner *partner.Service }

func (p clientPrices) Prices(ctx context.Context, on day.Day) (client.Prices, error) {
	found, err := p.partner.Prices(ctx, on)
	return client.Prices(found), err
}

// clientPeople shows who is who to the clients.
type clientPeople struct {
	profile.Directory
	organizations *organization.Service
}

func (p clientPeople) Collaborators(ctx context.Context) ([]client.Colleague, error) {
	members, _, err := p.organizations.Members(ctx)
	list := []client.Colleague{}
	for _, m := range members {
		if m.Role == access.Collaborator {
			list = append(list, client.Colleague{AccountID: m.AccountID, Name: m.FirstName + " " + m.LastName})
		}
	}
	return list, err
}

// clientPost hands invitations to the queue of e-mails.
type clientPost struct{ *mail.Service }

func (p clientPost) Send(ctx context.Context, tx *sqlite.Tx, organizationID string, m client.Mail, name string, file []byte) (string, error) {
	return p.Queue(ctx, tx, mail.Message{
		To: m.To, Subject: m.Subject, Text: m.Text, OrganizationID: organizationID, Product: audit.Client,
		Attachments: []mail.Attachment{{Name: name, Type: "application/json", Data: file}},
	})
}

func (p clientPost) State(ctx context.Context, q sqlite.Queryer, id string) (string, error) {
	l, err := p.Letter(ctx, q, id)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return string(l.State), err
}
