package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/host/infomaniak"
)

// mirrorReader shows Infomaniak's API to the pull.
type mirrorReader struct{ *infomaniak.Client }

func (r mirrorReader) Me(ctx context.Context) (mirror.Profile, error) {
	p, err := r.Everything(ctx)
	if err != nil {
		return mirror.Profile{}, trouble(err)
	}
	me := mirror.Profile{
		Person:       personFrom(p),
		HasAddresses: p.EmailsTold || p.PhonesTold, HasSessions: p.SessionsTold,
		TwoStep: mirror.TwoStep{Known: p.TwoStep != nil, Method: p.TwoStepMethod, Rescue: -1, PasswordAt: p.PasswordChanged, LastSignIn: p.LastLogin},
	}
	if p.TwoStep != nil {
		me.TwoStep.On = *p.TwoStep
	}
	if p.RescueCodes != nil {
		me.TwoStep.Rescue = *p.RescueCodes
	}
	me.Emails, me.Phones = addressesFrom(p.Emails), addressesFrom(p.Phones)
	for _, s := range p.Sessions {
		me.Sessions = append(me.Sessions, mirror.SignIn{
			Browser: s.Browser, Device: s.Device, Location: s.Location, Address: s.IP, UserAgent: s.UserAgent, LastActive: s.LastAccess,
		})
	}
	for _, d := range p.Devices {
		if d.DeletedAt.IsZero() {
			me.Devices = append(me.Devices, mirror.Device{
				ID: d.ID, Name: d.Name, Device: d.Kind, Address: d.IP, UserAgent: d.UserAgent, LastActive: d.LastConnection, CreatedAt: d.CreatedAt,
			})
		}
	}
	return me, nil
}

func (r mirrorReader) Accounts(ctx context.Context) (mirror.Page[mirror.Account], error) {
	p, err := r.Client.Accounts(ctx)
	return pageFrom(p, err, func(a infomaniak.Account) mirror.Account {
		out := mirror.Account{ID: a.ID, Name: a.Name, Type: a.Type, Legal: a.LegalEntity, VATNumber: a.VATNumber, Website: a.Website, Phone: a.Phone, Logo: a.Logo}
		for i, at := range a.Addresses {
			if i == 0 || at.ForInvoice {
				out.Country, out.Postcode, out.Place = at.Country, at.Postcode, at.Place
				out.Street = strings.TrimSuffix(at.Street+", "+at.Street2, ", ")
				out.Address = strings.Join(slices.DeleteFunc([]string{at.Street, at.Street2, strings.TrimSpace(at.Postcode + " " + at.Place)},
					func(part string) bool { return part == "" }), ", ")
			}
		}
		return out
	})
}

func (r mirrorReader) Services(ctx context.Context, account string) (mirror.Page[mirror.ServiceCount], error) {
	p, err := r.Client.Services(ctx, account)
	return pageFrom(p, err, func(s infomaniak.Service) mirror.ServiceCount { return mirror.ServiceCount(s) })
}

func (r mirrorReader) Products(ctx context.Context, page int) (mirror.Page[mirror.Product], error) {
	p, err := r.Client.Products(ctx, strconv.Itoa(page))
	return pageFrom(p, err, func(p infomaniak.Product) mirror.Product {
		return mirror.Product{
			ID: p.ID, Account: p.Account, Service: p.Service, Name: p.Name, Internal: p.InternalName, FQDN: p.FQDN, Ends: p.ExpiresAt,
			Managed: p.Partner, Locked: p.Locked,
		}
	})
}

func (r mirrorReader) RemoteDomains(ctx context.Context, page int) (mirror.Page[mirror.Domain], error) {
	p, err := r.Domains(ctx, "", strconv.Itoa(page))
	return pageFrom(p, err, func(d infomaniak.Domain) mirror.Domain {
		_, tld, _ := strings.Cut(d.Name, ".")
		out := mirror.Domain{ID: d.Name, Name: d.Name, Account: d.Account, TLD: tld, Ends: d.ExpiresAt, Created: d.CreatedAt, Status: d.Status, Premium: d.Premium}
		for name, on := range map[string]bool{"dns_anycast": d.Anycast, "renewal_warranty": d.Warranty, "domain_privacy": d.Privacy, "dnssec": d.DNSSEC} {
			if on {
				out.Options = append(out.Options, name)
			}
		}
		slices.Sort(out.Options)
		return out
	})
}

func (r mirrorReader) Members(ctx context.Context, account string, page int) (mirror.Page[mirror.Member], error) {
	p, err := r.Client.Members(ctx, account, strconv.Itoa(page))
	return pageFrom(p, err, func(m infomaniak.Member) mirror.Member {
		name := m.DisplayName
		if name == "" {
			name = strings.TrimSpace(m.FirstName + " " + m.LastName)
		}
		return mirror.Member{
			ID: m.ID, FirstName: m.FirstName, LastName: m.LastName, Name: name, Email: m.Email, Role: m.Role, State: m.State, Invitation: m.InvitationID,
			TwoStep: m.TwoStep, Billing: m.Billing, SSO: m.SSO, Teams: m.Teams, LastSignIn: m.LastLogin,
		}
	})
}

func (r mirrorReader) Invited(ctx context.Context, account, id string) (mirror.Invited, error) {
	i, err := r.Invitation(ctx, account, id)
	return mirror.Invited(i), trouble(err)
}

func (r mirrorReader) RemoteTeams(ctx context.Context, account string) (mirror.Page[mirror.RemoteTeam], error) {
	p, err := r.Teams(ctx, account)
	return pageFrom(p, err, func(t infomaniak.Team) mirror.RemoteTeam {
		return mirror.RemoteTeam{ID: t.ID, Name: t.Name, Color: t.Color, Users: t.Users, Products: t.Products, Rights: t.Rights}
	})
}

func (r mirrorReader) Drives(ctx context.Context, account string) (mirror.Page[mirror.Drive], error) {
	p, err := r.Client.Drives(ctx, account)
	return pageFrom(p, err, func(d infomaniak.Drive) mirror.Drive {
		return mirror.Drive{ID: d.ID, Account: d.Account, Name: d.Name}
	})
}

func (r mirrorReader) Events(ctx context.Context, drive string, from time.Time, cursor string) (mirror.Page[mirror.Event], error) {
	p, err := r.Client.Events(ctx, drive, from, cursor)
	return pageFrom(p, err, func(e infomaniak.Event) mirror.Event {
		out := mirror.Event{
			ID: e.ID, Action: e.Action, Actor: e.UserName, Path: e.NewPath, Before: e.OldPath, File: e.FileID, Source: e.Source, Place: e.IP, At: e.At,
		}
		if out.Path == "" {
			out.Path, out.Before = e.OldPath, ""
		}
		return out
	})
}

func (r mirrorReader) Raw(ctx context.Context, method, route, account string, query map[string]string, body []byte) (int, []byte, error) {
	places := []string{}
	if strings.Contains(route, "{account}") {
		places = append(places, account)
	}
	status, answer, err := r.Client.Raw(ctx, method, route, places, query, body)
	if len(answer) > 0 {
		err = nil
	}
	return status, answer, err
}

func personFrom(p infomaniak.Profile) mirror.Person {
	return mirror.Person{
		ID: p.ID, FirstName: p.FirstName, LastName: p.LastName, Email: p.Email, Language: choiceOf(p.Language), Country: choiceOf(p.Country),
		Timezone: choiceOf(p.Timezone), NoticeSuccess: p.NoticeSuccess, NoticeFailure: p.NoticeFailure, LockOn: p.LockOn, LockAfter: p.LockAfter,
		Avatar: p.Avatar, AvatarKnown: p.AvatarTold,
	}
}

func addressesFrom(rows []infomaniak.Address) (list []mirror.Address) {
	for _, a := range rows {
		list = append(list, mirror.Address{ID: a.ID, Text: a.Text, Type: a.Type, Checked: a.Checked, Reminder: a.Reminder, Request: a.Request})
	}
	return list
}

func choiceOf(c *infomaniak.Choice) *mirror.Choice {
	if c == nil {
		return nil
	}
	return &mirror.Choice{ID: c.ID, Code: c.Code, Name: c.Name}
}

func pageFrom[A, B any](p infomaniak.Page[A], err error, turn func(A) B) (mirror.Page[B], error) {
	out := mirror.Page[B]{Rows: make([]B, 0, len(p.Rows)), Unreadable: p.Lost.Rows, Total: p.Total, Next: p.Next, Last: p.Next == "" && p.Total < 0}
	for _, one := range p.Rows {
		out.Rows = append(out.Rows, turn(one))
	}
	return out, trouble(err)
}

var whys = map[infomaniak.Kind]string{
	infomaniak.Unauthorized: mirror.TroublePaused, infomaniak.NeedsScope: mirror.TroubleScope, infomaniak.Forbidden: mirror.TroubleForbidden,
	infomaniak.Missing: mirror.TroubleMissing, infomaniak.Conflict: mirror.TroubleRefused, infomaniak.Invalid: mirror.TroubleRefused,
	infomaniak.Limited: mirror.TroubleLimited, infomaniak.Maintenance: mirror.TroubleMaintenance, infomaniak.Broken: mirror.TroubleBroken,
	infomaniak.Offline: mirror.TroubleOffline, infomaniak.Cut: mirror.TroubleNoAnswer, infomaniak.TooSlow: mirror.TroubleNoAnswer,
}

var outcomes = map[infomaniak.Outcome]mirror.Outcome{
	infomaniak.NotSent: mirror.NotSent, infomaniak.Answered: mirror.Answered, infomaniak.Unknown: mirror.Unknown,
}

// trouble is a fault of the client as the mirror has it; other errors stay as they are.
func trouble(err error) error {
	var f *infomaniak.Fault
	if !errors.As(err, &f) {
		return err
	}
	t := &mirror.Trouble{
		Why: whys[f.Kind], Outcome: outcomes[f.Outcome], Scope: strings.Join(f.Scopes, " "), Text: f.Text, RetryAt: f.RetryAt, RequestID: f.RequestID, Cause: f,
	}
	if t.Why == "" {
		t.Why = mirror.TroubleUnreadable
	}
	if t.Text == "" {
		t.Text = f.Code
	}
	for _, field := range f.Fields {
		t.Fields = append(t.Fields, mirror.RefusalView{Field: field.Name, Text: field.Text})
	}
	return t
}
