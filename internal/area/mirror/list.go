package mirror

import (
	"context"
	"encoding/json"
	"strings"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

func (s *Service) organizations(ctx context.Context) (OrganizationsView, error) {
	v := OrganizationsView{Stand: local, List: []OrganizationView{}, Organizations: []LocalView{}, Clients: []LocalView{}}
	c, ok, err := s.mine(ctx)
	if err != nil || !ok {
		return v, err
	}
	if v.Stand, err = s.standIn(ctx, c, areaOrganizations, ""); err != nil {
		return v, err
	}
	rows, err := rowsOf[Account](ctx, s.db.Reader(), c.account, areaOrganizations, "")
	if err != nil {
		return v, err
	}
	if v.List, err = s.organizationViews(ctx, c.account, rows); err != nil {
		return v, err
	}
	products, err := rowsOf[Product](ctx, s.db.Reader(), c.account, areaProducts, "")
	if err != nil {
		return v, err
	}
	if len(products) > 0 {
		of := map[string]int{}
		for _, p := range products {
			if p.gone.IsZero() {
				of[p.is.Account]++
			}
		}
		for i := range v.List {
			v.List[i].Products = of[v.List[i].ID]
		}
	}
	organizations, clients, err := s.locals(ctx)
	for _, l := range organizations {
		v.Organizations = append(v.Organizations, LocalView{l.ID, l.Name})
	}
	for _, l := range clients {
		v.Clients = append(v.Clients, LocalView{l.ID, l.Name})
	}
	return v, err
}

// shown is what every list needs: the names of the organizations there, and what they are here.
type shown struct {
	c     connection
	names map[string]string
	types map[string]string
	links map[string]link
	today day.Day
}

func (s *Service) shown(ctx context.Context) (x shown, ok bool, err error) {
	if x.c, ok, err = s.mine(ctx); err != nil || !ok {
		return x, ok, err
	}
	rows, err := rowsOf[Account](ctx, s.db.Reader(), x.c.account, areaOrganizations, "")
	if err != nil {
		return x, ok, err
	}
	x.names, x.types, x.today = map[string]string{}, map[string]string{}, s.Clock.Of(ctx, s.db.Now())
	for _, r := range rows {
		x.names[r.id], x.types[r.id] = r.name, r.is.Type
	}
	x.links, err = linksOf(ctx, s.db.Reader(), x.c.account)
	return x, ok, err
}

func (s *Service) products(ctx context.Context) (ProductsView, error) {
	v := ProductsView{Stand: local, Products: []ProductView{}}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return v, err
	}
	if v.Stand, err = s.standIn(ctx, x.c, areaProducts, ""); err != nil {
		return v, err
	}
	rows, err := rowsOf[Product](ctx, s.db.Reader(), x.c.account, areaProducts, "")
	for _, r := range rows {
		if ignored(x.links, r.is.Account) {
			continue
		}
		p := r.is
		v.Products = append(v.Products, ProductView{
			ID: p.ID, Account: p.Account, AccountName: x.names[p.Account], Service: p.Service, ServiceID: p.ServiceID, Name: p.Name,
			Internal: p.Internal, FQDN: p.FQDN, End: endView(r.ends, x.today), Managed: p.Managed, Locked: p.Locked, GoneSince: moment(r.gone),
		})
	}
	return v, err
}

func (s *Service) domains(ctx context.Context) (DomainsView, error) {
	v := DomainsView{Stand: local, Domains: []DomainView{}}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return v, err
	}
	if v.Stand, err = s.standIn(ctx, x.c, areaDomains, ""); err != nil {
		return v, err
	}
	rows, err := rowsOf[Domain](ctx, s.db.Reader(), x.c.account, areaDomains, "")
	if err != nil {
		return v, err
	}
	products, err := rowsOf[Product](ctx, s.db.Reader(), x.c.account, areaProducts, "")
	if err != nil {
		return v, err
	}
	whose, known := map[string]string{}, map[string]bool{}
	for _, p := range products {
		if p.is.Service == "domain" {
			whose[domainOf(p.is)] = p.is.Account
		}
	}
	for _, r := range rows {
		d := r.is
		known[d.Name] = true
		if d.Account == "" {
			d.Account = whose[d.Name]
		}
		if ignored(x.links, d.Account) {
			continue
		}
		v.Domains = append(v.Domains, DomainView{
			ID: r.id, Name: d.Name, Account: d.Account, AccountName: x.names[d.Account], TLD: d.TLD, End: endView(r.ends, x.today),
			Created: endOf(d.Created).String(), Status: some(d.Status), Premium: d.Premium, Options: some(d.Options), GoneSince: moment(r.gone), Stand: v.Stand,
		})
	}
	stand, err := s.standIn(ctx, x.c, areaProducts, "")
	for _, p := range products { // what the products alone tell of: without an end, theirs is the first contract's
		name := domainOf(p.is)
		if p.is.Service != "domain" || known[name] || !p.gone.IsZero() || ignored(x.links, p.is.Account) {
			continue
		}
		_, tld, _ := strings.Cut(name, ".")
		v.Domains = append(v.Domains, DomainView{
			ID: name, Name: name, Account: p.is.Account, AccountName: x.names[p.is.Account], TLD: tld, Status: []string{}, Options: []string{}, Stand: stand,
		})
	}
	return v, err
}

func domainOf(p Product) string {
	if p.FQDN != "" {
		return p.FQDN
	}
	return p.Name
}

func some(list []string) []string { return append([]string{}, list...) }

func (s *Service) members(ctx context.Context, account string) (MembersView, error) {
	v := MembersView{Stand: local, Members: []MemberView{}, Areas: []AreaView{}}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return v, err
	}
	if v.Areas, v.Stand, err = s.perAccount(ctx, x.c, areaMembers, account); err != nil {
		return v, err
	}
	rows, err := rowsOf[Member](ctx, s.db.Reader(), x.c.account, areaMembers, every(account))
	if err != nil {
		return v, err
	}
	teams, err := rowsOf[RemoteTeam](ctx, s.db.Reader(), x.c.account, areaTeams, every(account))
	if err != nil {
		return v, err
	}
	invitations, err := pendingOf(ctx, s.db.Reader(), x.c.account, every(account))
	called := map[string]string{} // by organization and id
	for _, t := range teams {
		called[t.of+"/"+t.id] = t.name
	}
	for _, r := range rows {
		if ignored(x.links, r.of) {
			continue
		}
		m := r.is
		for i, id := range m.Teams {
			if name := called[r.of+"/"+id]; name != "" {
				m.Teams[i] = name
			}
		}
		if i, ok := invitations[r.of+"/"+m.Invitation]; ok && m.State == "pending" {
			m.InvitedAt, m.ExpiresAt = i.SentAt, i.ExpiresAt
		}
		v.Members = append(v.Members, MemberView{
			ID: r.id, Account: r.of, AccountName: x.names[r.of], Name: m.Name, FirstName: m.FirstName, LastName: m.LastName, Email: m.Email, Role: m.Role,
			State: m.State, TwoStep: told(m.TwoStep, "on", "off"), LastSignIn: moment(m.LastSignIn), Teams: some(m.Teams), SSO: m.SSO,
			Billing: told(m.Billing, "yes", "no"), Invitation: m.Invitation, InvitedAt: moment(m.InvitedAt), ExpiresAt: moment(m.ExpiresAt), GoneSince: moment(r.gone),
		})
	}
	return v, err
}

func (s *Service) teams(ctx context.Context, account string) (TeamsView, error) {
	v := TeamsView{Stand: local, Teams: []TeamView{}, Areas: []AreaView{}}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return v, err
	}
	if v.Areas, v.Stand, err = s.perAccount(ctx, x.c, areaTeams, account); err != nil {
		return v, err
	}
	rows, err := rowsOf[RemoteTeam](ctx, s.db.Reader(), x.c.account, areaTeams, every(account))
	for _, r := range rows {
		if !ignored(x.links, r.of) {
			t := r.is
			v.Teams = append(v.Teams, TeamView{r.id, r.of, x.names[r.of], t.Name, t.Color, t.Users, t.Products, some(t.Rights), moment(r.gone)})
		}
	}
	return v, err
}

func every(account string) string {
	if account == "" {
		return "*"
	}
	return account
}

func told(is *bool, yes, no string) string {
	switch {
	case is == nil:
		return ""
	case *is:
		return yes
	}
	return no
}

// perAccount are the verdicts of an area per organization, and the oldest of their stands.
func (s *Service) perAccount(ctx context.Context, c connection, area, account string) ([]AreaView, StandView, error) {
	all, err := s.areas(ctx, c)
	list, stand := []AreaView{}, StandView{}
	for _, a := range all {
		if a.Area != area || account != "" && a.Account != account {
			continue
		}
		list = append(list, a)
		if stand.Kind == "" || stand.Kind == "synced" && (a.Stand.Kind != "synced" || a.Stand.Since < stand.Since) {
			stand = a.Stand
		}
	}
	if stand.Kind == "" {
		stand = authority(c, verdict{verdict: "waiting"}, s.db.Now(), 0)
	}
	return list, stand, err
}

func (s *Service) sessions(ctx context.Context) (SessionsView, error) {
	v := SessionsView{Stand: local, Sessions: []RemoteSessionView{}, Devices: []RemoteDeviceView{}, TwoStep: TwoStepView{Methods: []string{}, Rescue: -1}}
	c, ok, err := s.mine(ctx)
	if err != nil || !ok {
		return v, err
	}
	q := s.db.Reader()
	if v.Stand, err = s.standIn(ctx, c, areaProfile, ""); err != nil {
		return v, err
	}
	type mark struct {
		id, mark string
		at       int64
	}
	marks := map[string]mark{}
	noted, err := sqlite.All(ctx, q, func(r sqlite.Row) (m mark, err error) { return m, r.Scan(&m.id, &m.mark, &m.at) },
		"SELECT session, mark, marked_at FROM mirror_mark WHERE account_id = ?", c.account)
	if err != nil {
		return v, err
	}
	for _, m := range noted {
		marks[m.id] = m
	}
	sessions, err := rowsOf[SignIn](ctx, q, c.account, areaSessions, "")
	if err != nil {
		return v, err
	}
	for _, r := range sessions {
		m := marks[r.id]
		v.Sessions = append(v.Sessions, RemoteSessionView{
			ID: r.id, Browser: r.is.Browser, Device: r.is.Device, Location: r.is.Location, Address: r.is.Address, UserAgent: r.is.UserAgent,
			LastActive: moment(r.is.LastActive), FirstSeen: moment(r.first), GoneSince: moment(r.gone), Marked: m.mark, MarkedAt: moment(sqlite.Time(m.at)),
		})
	}
	devices, err := rowsOf[Device](ctx, q, c.account, areaDevices, "")
	if err != nil {
		return v, err
	}
	for _, r := range devices {
		v.Devices = append(v.Devices, RemoteDeviceView{
			ID: r.id, Name: r.is.Name, Device: r.is.Device, Address: r.is.Address, UserAgent: r.is.UserAgent, LastActive: moment(r.is.LastActive),
			CreatedAt: moment(r.is.CreatedAt), GoneSince: moment(r.gone),
		})
	}
	text, err := sqlite.One(ctx, q, sqlite.Value[string], "SELECT two_step FROM mirror_profile WHERE account_id = ?", c.account)
	if fault.CodeOf(err) == fault.NotFound {
		return v, nil
	}
	var t TwoStep
	if err == nil {
		err = json.Unmarshal([]byte(text), &t)
	}
	v.TwoStep = TwoStepView{t.Known, t.On, t.Method, some(t.Methods), t.Rescue, moment(t.PasswordAt), moment(t.LastSignIn)}
	return v, err
}

// MarkSession notes something about a sign-in that is listed.
func (s *Service) MarkSession(ctx context.Context, id, mark string) error {
	actor, c, err := s.connected(ctx)
	if err != nil {
		return err
	}
	rows, err := rowsOf[SignIn](ctx, s.db.Reader(), c.account, areaSessions, "")
	if err != nil {
		return err
	}
	known := false
	for _, r := range rows {
		known = known || r.id == id
	}
	if !known {
		return fault.New(fault.NotFound, "")
	}
	var check fault.Check
	if mark != "" && mark != "to_end" && mark != "mine" {
		check.Refuse("mark", "not_a_choice")
		return check.Err()
	}
	return s.change(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM mirror_mark WHERE account_id = ? AND session = ?", actor.AccountID, id); err != nil || mark == "" {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO mirror_mark (account_id, session, mark, marked_at) VALUES (?, ?, ?, ?)",
			actor.AccountID, id, mark, sqlite.Millis(tx.Now))
		return err
	})
}

func (s *Service) ends(ctx context.Context) ([]ExpiryView, error) {
	list := []ExpiryView{}
	x, ok, err := s.shown(ctx)
	if err != nil || !ok {
		return list, err
	}
	add := func(e ExpiryView) {
		l := x.links[e.Account]
		e.AccountName, e.AccountType, e.LinkedID, e.ClientID = x.names[e.Account], x.types[e.Account], l.organization, l.client
		list = append(list, e)
	}
	products, err := s.products(ctx)
	if err != nil {
		return list, err
	}
	for _, p := range products.Products {
		if p.End.On != "" && p.GoneSince == "" {
			add(ExpiryView{Kind: "product", ID: p.ID, Name: p.Name, Service: p.Service, Account: p.Account, End: p.End, Stand: products.Stand})
		}
	}
	domains, err := s.domains(ctx)
	if err != nil {
		return list, err
	}
	for _, d := range domains.Domains {
		if d.End.On != "" && d.GoneSince == "" {
			add(ExpiryView{Kind: "domain", ID: d.ID, Name: d.Name, Service: "domain", Account: d.Account, End: d.End, Stand: d.Stand})
		}
	}
	sortedByEnd(list)
	return list, nil
}
