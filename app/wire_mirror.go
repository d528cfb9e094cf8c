package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/area/mirror"
	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/vat"
	"kontor/internal/core/waiting"
	"kontor/internal/host/infomaniak"
	"kontor/internal/host/sqlite"
)

func (a *App) mirrorOf(ctx context.Context, h *workspace, limit *infomaniak.Limit) *mirror.Service {
	s := mirror.NewService(mirror.Options{
		DB: h.db, Journal: h.journal, Vault: h.vault, Reauth: h.sessions, Locals: mirrorLocals{h}, Clock: day.Clock{Now: h.db.Now, Zone: zone}, Log: a.log, Sample: h.sample || h.way.look != nil,
		Email: func(ctx context.Context) (string, error) { address, _, err := h.me(ctx); return address, err },
		Dial: func(token func(ctx context.Context) (string, error), log func(ctx context.Context, l mirror.RequestLog) error) mirror.Reader {
			return mirrorReader{a.infomaniak(limit, token, log)}
		},
		Here:    h.sessions.Here,
		Changed: func() { a.shell.EmitBeside(mirror.Changed) },
	})
	recent, err := s.Recent(ctx, h.db.Now().Add(-time.Minute)) // the limit outlives the program
	if limit.Seed(recent); err != nil {
		a.log.Warn("the requests of the last minute are not known", "error", err)
		limit.Shut(time.Now().Add(time.Minute))
	}
	return s
}

// infomaniak is a client with a token; nil where its options are wrong, which they are not.
func (a *App) infomaniak(limit *infomaniak.Limit, token func(ctx context.Context) (string, error), log func(ctx context.Context, l mirror.RequestLog) error) *infomaniak.Client {
	c, err := infomaniak.New(infomaniak.Options{
		Token: token, Limit: limit, Version: a.options.Version, Base: a.options.Infomaniak, Now: a.options.Now,
		Log: func(ctx context.Context, e infomaniak.Entry) error {
			return log(ctx, mirror.RequestLog{
				At: e.At, Method: e.Method, Route: e.Route, RequestID: e.RequestID, Outcome: string(e.Outcome), Status: e.Status, Took: e.Took, Ended: e.Ended,
			})
		},
	})
	if err != nil {
		a.log.Error("infomaniak", "error", err)
	}
	return c
}

// mirrorLocals shows the organizations and clients of whoever acts to the mirror.
type mirrorLocals struct{ *workspace }

func (l mirrorLocals) Organizations(ctx context.Context) ([]mirror.Local, error) {
	mine, err := l.organizations.Mine(ctx)
	list := make([]mirror.Local, 0, len(mine))
	for _, m := range mine {
		o := m.Organization
		list = append(list, mirror.Local{ID: o.ID, Name: o.Name, VATNumber: o.VATNumber, Address: addressIn(o)})
	}
	return list, err
}

func addressIn(o organization.Organization) string {
	if place := o.Postcode + " " + o.Place; place != " " && o.Street != "" {
		return o.Street + ", " + place
	}
	return o.Street
}

// takenOver is the change that lets a field of an organization say what it says at Infomaniak; ok is false where it cannot.
// The country is not taken over: the currency, and what is owed in it, follow from it.
func takenOver(o organization.Organization, field string, there mirror.Account) (u organization.Update, here string, ok bool) {
	u.Version = o.Version
	switch field {
	case "name":
		u.Name = &there.Name
		return u, o.Name, there.Name != ""
	case "address":
		u.Street, u.Postcode, u.Place = &there.Street, &there.Postcode, &there.Place
		return u, addressIn(o), there.Street != "" && (there.Country == "" || there.Country == o.Country)
	case "vat_number":
		number, refusal := vat.ParseNumber(there.VATNumber, o.Country)
		u.VATNumber = &number
		return u, o.VATNumber, refusal == "" && number != "" && o.Country != "CH" && o.Country != "LI"
	}
	return u, "", false
}

// shown is the organization that the window shows, if it is the one that is asked for.
func (l mirrorLocals) shown(ctx context.Context, id string) (o organization.Organization, ok bool) {
	if id == "" || access.From(ctx).OrganizationID != id || !access.From(ctx).Can(access.EditOrganization) {
		return o, false
	}
	m, err := l.organizations.Current(ctx)
	return m.Organization, err == nil
}

func (l mirrorLocals) MayTakeOver(ctx context.Context, id, field string, there mirror.Account) bool {
	o, ok := l.shown(ctx, id)
	if ok {
		_, _, ok = takenOver(o, field, there)
	}
	return ok
}

func (l mirrorLocals) TakeOver(ctx context.Context, id, field, read string, there mirror.Account) error {
	o, ok := l.shown(ctx, id)
	if !ok {
		return fault.New(fault.Forbidden, "")
	}
	u, here, ok := takenOver(o, field, there)
	if !ok {
		return fault.New(fault.Invalid, "")
	}
	if here != read {
		return fault.Changed()
	}
	_, err := l.organizations.Update(ctx, u)
	return err
}

func (l mirrorLocals) Clients(ctx context.Context) ([]mirror.Local, error) {
	known, err := l.clients.Identities(ctx)
	list := make([]mirror.Local, 0, len(known))
	for _, one := range known {
		list = append(list, mirror.Local{ID: one.ID, Name: one.Name, Number: one.Number, VATNumber: one.VATNumber})
	}
	return list, waiting.Visible(err)
}

func (mirrorLocals) MayAddClient(ctx context.Context) bool {
	return access.From(ctx).Can(access.AddClient)
}

func (l mirrorLocals) AddClient(ctx context.Context, there mirror.Account) (string, error) {
	d := client.Details{Name: there.Name, Number: there.ID}
	if number, refusal := vat.ParseNumber(there.VATNumber, there.Country); refusal == "" { // what cannot stand here is left out
		d.Record.VATNumber, d.Record.Country = number, cmp.Or(vat.Country(number), there.Country)
	}
	return l.clients.Ask(ctx, client.New{Details: d}, false)
}

// euro are the countries whose money is the euro.
var euro = []string{"AD", "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "PT", "SI", "SK", "SM", "VA"}

// CurrencyOf is certain where the country has francs or euros itself; elsewhere the person is asked.
func (l mirrorLocals) CurrencyOf(country string) string {
	if currency := organization.CurrencyOf(country); currency == organization.CHF || slices.Contains(euro, country) {
		return currency
	}
	return ""
}

func (l mirrorLocals) Found(ctx context.Context, name, country, currency string) (id string, err error) {
	if certain := l.CurrencyOf(country); certain != "" && currency == "" {
		currency = certain
	}
	if !slices.Contains(organization.Countries, country) {
		// Infomaniak's address tells none that Kontor knows. The one of the person's own organization stands in for it, as in
		// every form; it can be changed there, and nothing was promised about it.
		if country, err = l.ownCountry(ctx, currency); err != nil {
			return "", err
		}
	}
	err = l.db.WriteAs(ctx, access.OwnAccount, func(tx *sqlite.Tx, actor access.Actor) error {
		o, err := l.organizations.Add(ctx, tx, organization.New{Name: name, Country: country, Currency: currency}, actor.AccountID)
		id = o.ID
		return err
	})
	return id, err
}

// ownCountry is that of the person's organization at hand, or else of another one of theirs; rather of one with the currency.
func (l mirrorLocals) ownCountry(ctx context.Context, currency string) (string, error) {
	mine, err := l.organizations.Mine(ctx)
	if err != nil {
		return "", err
	}
	best, points := "", -1
	for _, m := range mine {
		n := 0
		if m.Organization.Currency == currency {
			n += 2
		}
		if m.Organization.ID == access.From(ctx).OrganizationID {
			n++
		}
		if n > points {
			best, points = m.Organization.Country, n
		}
	}
	return best, nil
}
