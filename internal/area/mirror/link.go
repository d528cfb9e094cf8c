package mirror

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// What an organization at Infomaniak can be here.
const (
	choiceLink   = "link"
	choiceCreate = "create"
	choiceClient = "client"
	choiceAdd    = "new_client"
	choiceLook   = "look"
	choiceIgnore = "ignore"
)

// link is one row of mirror_link.
type link struct{ account, choice, organization, client string }

// Choose says what organizations at Infomaniak shall be here, all or none.
func (s *Service) Choose(ctx context.Context, choices []ChoiceInput) error {
	actor, _, err := s.connected(ctx)
	if err != nil {
		return err
	}
	rows, err := rowsOf[Account](ctx, s.db.Reader(), actor.AccountID, areaOrganizations, "")
	if err != nil {
		return err
	}
	known := map[string]Account{}
	for _, r := range rows {
		known[r.id] = r.is
	}
	made, err := s.decide(ctx, choices, known)
	if err != nil {
		return err
	}
	err = s.change(ctx, func(tx *sqlite.Tx) error { return putLinks(ctx, tx, actor.AccountID, made) })
	if err == nil {
		s.Wake(actor.AccountID)
	}
	return err
}

// decide checks choices and makes the organizations and clients that are to be made. The fields of what it refuses begin with
// the id of the organization there.
func (s *Service) decide(ctx context.Context, choices []ChoiceInput, known map[string]Account) ([]link, error) {
	if len(choices) == 0 {
		return nil, nil
	}
	organizations, clients, err := s.locals(ctx)
	if err != nil {
		return nil, err
	}
	has := func(list []Local, id string) bool {
		for _, l := range list {
			if l.ID == id {
				return true
			}
		}
		return false
	}
	var c fault.Check
	links := make([]link, 0, len(choices))
	for _, in := range choices {
		a, ok := known[in.Account]
		if !ok {
			return nil, fault.New(fault.NotFound, "")
		}
		l := link{account: in.Account, choice: in.Choice}
		switch in.Choice {
		case choiceLink:
			if l.organization = in.LocalID; !has(organizations, in.LocalID) {
				c.Refuse(in.Account+".localId", "required")
			}
		case choiceClient:
			if l.client = in.LocalID; !has(clients, in.LocalID) {
				c.Refuse(in.Account+".localId", "required")
			}
		case choiceCreate:
			if s.Locals.CurrencyOf(a.Country) == "" && in.Currency != "CHF" && in.Currency != "EUR" {
				c.Refuse(in.Account+".currency", "required")
			}
		case choiceAdd:
			if !s.Locals.MayAddClient(ctx) {
				return nil, fault.New(fault.Forbidden, "")
			}
		case choiceLook, choiceIgnore:
		default:
			c.Refuse(in.Account+".choice", "not_a_choice")
		}
		links = append(links, l)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	for i, in := range choices {
		a := known[in.Account]
		switch in.Choice {
		case choiceCreate:
			if links[i].organization, err = s.Locals.Found(ctx, a.Name, a.Country, in.Currency); err != nil {
				return nil, err
			}
			links[i].choice = choiceLink
		case choiceAdd:
			if links[i].client, err = s.Locals.AddClient(ctx, a); err != nil {
				c.Merge(in.Account+".", err)
				return nil, cmp.Or(c.Err(), err)
			}
			links[i].choice = choiceClient
		}
	}
	return links, nil
}

func putLinks(ctx context.Context, tx *sqlite.Tx, account string, links []link) error {
	for _, l := range links {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO mirror_link (account_id, remote_account, choice, organization_id, client_id,
			decided_at) VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?)`,
			account, l.account, l.choice, l.organization, l.client, sqlite.Millis(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

func linksOf(ctx context.Context, q sqlite.Queryer, account string) (map[string]link, error) {
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (l link, err error) {
		return l, r.Scan(&l.account, &l.choice, &l.organization, &l.client)
	}, "SELECT remote_account, choice, coalesce(organization_id, ''), coalesce(client_id, '') FROM mirror_link WHERE account_id = ?", account)
	links := map[string]link{}
	for _, l := range list {
		links[l.account] = l
	}
	return links, err
}

// locals are what can be linked; whoever may see no clients has none.
func (s *Service) locals(ctx context.Context) (organizations, clients []Local, err error) {
	if s.Locals == nil {
		return nil, nil, nil
	}
	if organizations, err = s.Locals.Organizations(ctx); err != nil {
		return nil, nil, err
	}
	clients, err = s.Locals.Clients(ctx)
	return organizations, clients, err
}

// organizationViews are organizations there with what they are, and may be, here. Nothing is suggested for what was ignored
// or linked.
func (s *Service) organizationViews(ctx context.Context, account string, rows []kept[Account]) ([]OrganizationView, error) {
	links, err := linksOf(ctx, s.db.Reader(), account)
	if err != nil {
		return nil, err
	}
	organizations, clients, err := s.locals(ctx)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, l := range links {
		taken[l.organization], taken[l.client] = true, true
	}
	mayAdd := s.Locals != nil && s.Locals.MayAddClient(ctx)
	list := make([]OrganizationView, 0, len(rows))
	for _, r := range rows {
		v := OrganizationView{
			ID: r.id, Name: r.name, Type: r.is.Type, Legal: r.is.Legal, Partner: strings.HasPrefix(r.is.Type, "partner_"), Products: -1,
			VATNumber: r.is.VATNumber, Country: r.is.Country, Address: r.is.Address, GoneSince: moment(r.gone), Choice: choiceLook,
			Suggested: []SuggestionView{}, Differences: []DifferenceView{},
		}
		if s.Locals != nil {
			v.Currency = s.Locals.CurrencyOf(r.is.Country)
		}
		l, decided := links[r.id]
		if decided {
			v.Choice, v.LinkedID = l.choice, l.organization+l.client
		}
		for _, o := range append(append([]Local{}, organizations...), clients...) {
			if o.ID == v.LinkedID && v.LinkedID != "" {
				v.LinkedTo = o.Name
				v.Differences = differences(o, r.is)
				for i := range v.Differences {
					d := &v.Differences[i]
					d.May = l.choice == choiceLink && s.Locals.MayTakeOver(ctx, o.ID, d.Field, r.is)
				}
			}
		}
		if !decided || l.choice == choiceLook {
			v.Suggested = suggestions(v, organizations, clients, taken, mayAdd)
		}
		list = append(list, v)
	}
	return list, nil
}

// suggestions are what an organization there may be here: of a partner's account a client, else an organization.
// That a client may be made is suggested to whoever may.
func suggestions(v OrganizationView, organizations, clients []Local, taken map[string]bool, mayAdd bool) []SuggestionView {
	list := []SuggestionView{}
	of, choice := organizations, choiceLink
	if v.Partner {
		of, choice = clients, choiceClient
	}
	vat := strings.Map(vatSigns, v.VATNumber)
	for _, o := range of {
		why := ""
		switch {
		case taken[o.ID]:
		case o.Number != "" && o.Number == v.ID:
			why = "number"
		case vat != "" && strings.Map(vatSigns, o.VATNumber) == vat:
			why = "vat_number"
		case text.Fold(o.Name) == text.Fold(v.Name):
			why = "name"
		}
		if why != "" {
			list = append(list, SuggestionView{choice, o.ID, o.Name, why})
		}
	}
	if v.Partner && mayAdd && len(list) == 0 {
		list = append(list, SuggestionView{choiceAdd, "", v.Name, "partner"})
	}
	return list
}

func vatSigns(r rune) rune {
	switch {
	case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
		return r
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	}
	return -1
}

// TakeOver lets a field of the organization that is linked with one there say what it says there. read is what it says here,
// as whoever acts has seen it. Errors: NotFound where nothing differs; those of Locals.
func (s *Service) TakeOver(ctx context.Context, account, field, read string) error {
	all, err := s.organizations(ctx)
	if err != nil {
		return err
	}
	actor, err := s.owner(ctx)
	if err != nil {
		return err
	}
	for _, o := range all.List {
		may := slices.ContainsFunc(o.Differences, func(d DifferenceView) bool { return d.Field == field && d.May })
		if o.ID != account || !may {
			continue
		}
		rows, err := rowsOf[Account](ctx, s.db.Reader(), actor.AccountID, areaOrganizations, "")
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.id == account {
				return s.Locals.TakeOver(ctx, o.LinkedID, field, read, r.is)
			}
		}
	}
	return fault.New(fault.NotFound, "")
}

func differences(here Local, there Account) []DifferenceView {
	list := []DifferenceView{}
	for _, d := range []DifferenceView{
		{Field: "name", Here: here.Name, There: there.Name},
		{Field: "address", Here: here.Address, There: there.Address},
		{Field: "vat_number", Here: here.VATNumber, There: there.VATNumber},
	} {
		if d.There != "" && text.Fold(d.Here) != text.Fold(d.There) {
			list = append(list, d)
		}
	}
	return list
}
