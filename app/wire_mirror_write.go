package app

import (
	"context"
	"strings"

	"kontor/internal/area/mirror"
	"kontor/internal/host/infomaniak"
)

// mirrorEditor shows Infomaniak's API to the edits.
type mirrorEditor struct{ client *infomaniak.Client }

// editing gives the requests of an edit their turn before those that only refresh.
func editing(ctx context.Context) context.Context { return infomaniak.With(ctx, infomaniak.Edit) }

func (r mirrorEditor) Profile(ctx context.Context) (mirror.Person, error) {
	p, err := r.client.Person(editing(ctx))
	return personFrom(p), trouble(err)
}

func (r mirrorEditor) PatchProfile(ctx context.Context, p mirror.PersonPatch, rehearse bool) error {
	return trouble(r.client.PatchProfile(editing(ctx), infomaniak.Patch(p), rehearse))
}

func (r mirrorEditor) SetAvatar(ctx context.Context, png []byte) error {
	return trouble(r.client.SetAvatar(editing(ctx), png))
}

func (r mirrorEditor) RemoveAvatar(ctx context.Context) error {
	return trouble(r.client.RemoveAvatar(editing(ctx)))
}

// Picture fetches nothing: pictures lie with other hosts, and Kontor talks with the API's own alone.
func (r mirrorEditor) Picture(context.Context, string) ([]byte, error) { return nil, nil }

func (r mirrorEditor) Addresses(ctx context.Context) (emails, phones []mirror.Address, err error) {
	first, err := r.client.Emails(editing(ctx))
	if err != nil {
		return nil, nil, trouble(err)
	}
	second, err := r.client.Phones(editing(ctx))
	return addressesFrom(first.Rows), addressesFrom(second.Rows), trouble(err)
}

func (r mirrorEditor) RemoveEmail(ctx context.Context, a mirror.Address) error {
	return trouble(r.client.RemoveEmail(editing(ctx), infomaniak.Address{ID: a.ID, Request: a.Request}))
}

func (r mirrorEditor) RemovePhone(ctx context.Context, a mirror.Address) error {
	return trouble(r.client.RemovePhone(editing(ctx), infomaniak.Address{ID: a.ID}))
}

// lookups are what Infomaniak calls the lists.
var lookups = map[string]string{"language": "languages", "country": "countries", "timezone": "timezones"}

func (r mirrorEditor) Lookup(ctx context.Context, list string) ([]mirror.Choice, error) {
	choices := []mirror.Choice{}
	_, err := infomaniak.Walk(ctx, "", nil, func(c infomaniak.Choice) string { return c.Name },
		func(ctx context.Context, at string) (infomaniak.Page[infomaniak.Choice], error) {
			return r.client.Lookup(ctx, lookups[list], at)
		},
		func(p infomaniak.Page[infomaniak.Choice]) error {
			for _, c := range p.Rows {
				if c.Enabled || list != "country" {
					choices = append(choices, mirror.Choice{ID: c.ID, Code: c.Code, Name: c.Name})
				}
			}
			return nil
		})
	return choices, trouble(err)
}

func (r mirrorEditor) Invite(ctx context.Context, account string, n mirror.Invitation) (mirror.Invited, error) {
	i, err := r.client.Invite(editing(ctx), account, infomaniak.NewInvitation{
		Email: n.Email, FirstName: n.FirstName, LastName: n.LastName, Locale: n.Locale, Role: n.Role, Billing: n.Billing,
		NoteBilling: n.NoteBilling, NoteProducts: n.NoteProducts, Silent: n.Silent, Teams: n.Teams,
	})
	return mirror.Invited(i), trouble(err)
}

func (r mirrorEditor) Invited(ctx context.Context, account, id string) (mirror.Invited, error) {
	i, err := r.client.Invitation(editing(ctx), account, id)
	return mirror.Invited(i), trouble(err)
}

func (r mirrorEditor) FindMember(ctx context.Context, account, email string) (state, invitation string, err error) {
	p, err := r.client.FindMembers(editing(ctx), account, email)
	for _, m := range p.Rows {
		if strings.EqualFold(m.Email, email) {
			if m.State == "" {
				m.State = "valid"
			}
			return m.State, m.InvitationID, trouble(err)
		}
	}
	return "", "", trouble(err)
}

func (r mirrorEditor) Teams(ctx context.Context, account string) ([]mirror.Team, error) {
	p, err := r.client.Teams(editing(ctx), account)
	list := []mirror.Team{}
	for _, t := range p.Rows {
		list = append(list, mirror.Team{ID: t.ID, Name: t.Name})
	}
	return list, trouble(err)
}

func (r mirrorEditor) AddTeam(ctx context.Context, account, name string) (string, error) {
	id, err := r.client.AddTeam(editing(ctx), account, name)
	return id, trouble(err)
}

func (r mirrorEditor) RenameTeam(ctx context.Context, account, id, name string) error {
	return trouble(r.client.RenameTeam(editing(ctx), account, id, name))
}

func (r mirrorEditor) TeamUsers(ctx context.Context, account, id string) ([]string, error) {
	p, err := r.client.TeamUsers(editing(ctx), account, id)
	return append([]string{}, p.Rows...), trouble(err)
}

func (r mirrorEditor) AddTeamUsers(ctx context.Context, account, id string, users []string) error {
	return trouble(r.client.AddTeamUsers(editing(ctx), account, id, users))
}

func (r mirrorEditor) RemoveTeamUsers(ctx context.Context, account, id string, users []string) error {
	return trouble(r.client.RemoveTeamUsers(editing(ctx), account, id, users))
}

func (r mirrorEditor) Passwords(ctx context.Context) ([]mirror.Password, error) {
	p, err := r.client.AppPasswords(editing(ctx))
	list := []mirror.Password{}
	for _, one := range p.Rows {
		list = append(list, mirror.Password(one))
	}
	return list, trouble(err)
}

func (r mirrorEditor) AddPassword(ctx context.Context, name string) (id, secret string, err error) {
	id, secret, err = r.client.AddAppPassword(editing(ctx), name)
	return id, secret, trouble(err)
}

func (r mirrorEditor) Zones(ctx context.Context, domain string) ([]string, error) {
	list, err := r.client.Zones(ctx, domain)
	return list, trouble(err)
}

func (r mirrorEditor) Records(ctx context.Context, zone string) ([]mirror.Record, error) {
	p, err := r.client.Records(ctx, zone)
	if err == nil && p.Lost.Rows > 0 { // a zone that was not read as a whole is no zone to compare with, or to put back
		return nil, &mirror.Trouble{Why: mirror.TroubleUnreadable, Outcome: mirror.Answered}
	}
	list := []mirror.Record{}
	for _, one := range p.Rows {
		list = append(list, mirror.Record(one))
	}
	return list, trouble(err)
}

func (r mirrorEditor) AddRecord(ctx context.Context, zone string, one mirror.Record) (string, error) {
	id, err := r.client.AddRecord(editing(ctx), zone, infomaniak.Record(one))
	return id, trouble(err)
}

func (r mirrorEditor) SetRecord(ctx context.Context, zone string, one mirror.Record) error {
	return trouble(r.client.SetRecord(editing(ctx), zone, infomaniak.Record(one)))
}

func (r mirrorEditor) RemoveRecord(ctx context.Context, zone, id string) error {
	return trouble(r.client.RemoveRecord(editing(ctx), zone, id))
}
