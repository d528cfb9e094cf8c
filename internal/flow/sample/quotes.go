package sample

import (
	"context"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// quoting is what quotes need of prices and clients.
type quoting struct {
	organizations *organization.Service
	today         day.Day
	clients       []quote.Choice
}

// Catalogue implements quote.Prices.
func (o quoting) Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string) (quote.Catalogue, error) {
	t, err := partner.Catalogue(ctx, q, o.organizations, organizationID, book, o.today)
	return quote.Catalogue(t), err
}

// Clients implements quote.Choices.
func (o quoting) Client(context.Context, string) (quote.Client, error) {
	return quote.Client{}, fault.New(fault.NotFound, "")
}

func (o quoting) Clients(context.Context) ([]quote.Choice, error) { return o.clients, nil }

// offered is one quote of the story: when it was made, for how long it is valid, what became of it.
type offered struct {
	client, prospect, language string
	ago, valid                 int
	quantity                   []string // of the first product in each scenario
	became                     quote.State
	revised                    bool
}

var offers = []offered{
	{client: "Hotel Tre Larici", language: "de", ago: 70, valid: 30, quantity: []string{"35", "35"}, became: quote.Accepted},
	{client: "Cantina Montebruno", language: "it", ago: 48, valid: 30, quantity: []string{"4"}, became: quote.Declined, revised: true},
	{prospect: "Bodega Casamayor", language: "es", ago: 41, valid: 30, quantity: []string{"2"}, became: quote.Sent},
	{client: "Libreria Bottini", language: "it", ago: 26, valid: 30, quantity: []string{"3", "3", "12"}, became: quote.Sent},
	{client: "Fiduciaria Rezzoni", language: "it", ago: 12, valid: 45, quantity: []string{"22", "22"}, became: quote.Sent},
	{prospect: "Papeterie Vallotton", language: "fr", ago: 2, valid: 30, quantity: []string{"8", "8"}, became: quote.Draft},
}

// quotes tells what the studio offered its clients, and what became of it.
func quotes(ctx context.Context, s *story) error {
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	managed, _, err := client.NewService(client.Options{DB: s.db, Journal: s.journal, Members: s.organizations}).List(ctx, client.Filter{})
	if err != nil {
		return err
	}
	known := []quote.Choice{}
	for _, c := range managed {
		known = append(known, quote.Choice{ID: c.ID, Name: c.Name})
	}
	if err := s.letterhead(ctx); err != nil {
		return err
	}
	around := quoting{s.organizations, s.on(s.today), known}
	service := quote.NewService(quote.Options{DB: s.db, Journal: s.journal, Prices: around, Clients: around, Sender: around, Clock: s.calendar()})
	defer func(before time.Time) { s.clock = before }(s.clock)
	for _, o := range offers {
		if err := s.offer(ctx, service, known, o); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) offer(ctx context.Context, service *quote.Service, known []quote.Choice, o offered) error {
	s.clock = s.today.AddDate(0, 0, -o.ago).Add(9 * time.Hour)
	f := quote.Form{
		Name: o.prospect, Language: o.language, VAT: string(pricing.SwissVAT), Exclusions: []string{"domains", "setup"},
		ValidUntil: (s.on(s.clock) + day.Day(o.valid)).String(),
		Lines: []quote.LineForm{
			{Product: "web_hosting", Months: 1, Operation: string(pricing.Order), Managed: true},
			{Product: "domain_ch", Months: 12, Operation: string(pricing.Renewal), Managed: true},
		},
	}
	for _, c := range known {
		if c.Name == o.client {
			f.ClientID = c.ID
		}
	}
	for i, n := range o.quantity {
		scenario := quote.ScenarioForm{Access: "full", Means: "partner", Orders: "partner", Rate: "20", Margin: "12", Quantities: []string{n, "2"}}
		if i == 1 {
			scenario.Means, scenario.Margin = "client", ""
		}
		if i == 2 {
			scenario.Access, scenario.Orders, scenario.Margin = "limited", "client", ""
		}
		f.Scenarios = append(f.Scenarios, scenario)
	}
	id, err := service.Save(ctx, "", 0, f)
	if err != nil || o.became == quote.Draft {
		return err
	}
	s.clock = s.clock.Add(time.Hour)
	if err := service.Send(ctx, id, 1); err != nil {
		return err
	}
	s.clock = s.clock.AddDate(0, 0, 6)
	switch o.became {
	case quote.Accepted:
		return service.Accept(ctx, id, 2, quote.Acceptance{Scenario: 1})
	case quote.Declined:
		err = service.Decline(ctx, id, 2)
	}
	if err == nil && o.revised {
		if id, err = service.Revise(ctx, id); err == nil {
			err = service.Send(ctx, id, 1)
		}
	}
	return err
}

// letterhead gives the company what stands on its papers.
func (s *story) letterhead(ctx context.Context) error {
	l, _, err := s.organizations.Letterhead(ctx)
	if err != nil {
		return err
	}
	l.Phone, l.Email, l.Web, l.TaxNumber, l.Contact = "+41 91 850 12 34", "studio@ponteri.example", "ponteri.example", "CHE-123.456.788", "Elena Bernasconi"
	_, err = s.organizations.SetLetterhead(ctx, l)
	return err
}

// Letterhead implements quote.Sender.
func (o quoting) Letterhead(ctx context.Context, language string) (quote.Letterhead, error) {
	l, company, err := o.organizations.Letterhead(ctx)
	head := quote.Letterhead{
		Name: company.Name, Lines: []string{company.Name, l.Email, l.TaxNumber}, Sender: company.Name, Footer: company.Name + " · " + l.TaxNumber, Right: l.Window == organization.WindowRight,
		Accent: l.Accent, Contact: l.Contact, Texts: map[string]string{},
	}
	for _, kind := range organization.TextKinds {
		head.Texts[string(kind)] = l.Text(language, kind)
	}
	return head, err
}

// NumberPattern implements quote.Sender.
func (o quoting) NumberPattern(ctx context.Context, tx sqlite.Queryer, organizationID string) (string, error) {
	return o.organizations.NumberPattern(ctx, tx, organizationID)
}
