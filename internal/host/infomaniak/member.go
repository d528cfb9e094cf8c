package infomaniak

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Member is somebody who has access to an organization, or is invited. Who has no user there yet has the id "invitation-9",
// which no user has.
type Member struct {
	ID, DisplayName, FirstName, LastName, Email string
	Role, State, InvitationID                   string // State is valid or pending
	TwoStep                                     *bool
	LastLogin                                   time.Time
	Billing                                     *bool
	SSO                                         bool
	Teams                                       []string // ids
}

// memberWith are the parts of a row that are not told unless they are asked for: two-step verification, and teams.
var memberWith = []string{"security", "teams"}

// Members are the people of an organization, a page at a time.
func (c *Client) Members(ctx context.Context, account, at string) (Page[Member], error) {
	return c.members(ctx, account, "", at)
}

// FindMembers looks for people of an organization.
func (c *Client) FindMembers(ctx context.Context, account, text string) (Page[Member], error) {
	return c.members(ctx, account, text, "")
}

// members asks with the parts that Infomaniak offers. Which those are is told only where one that is not is asked for.
func (c *Client) members(ctx context.Context, account, text, at string) (Page[Member], error) {
	return offered(memberWith, func(parts []string) (Page[Member], error) {
		q := get("/2/accounts/{account}/users", account)
		if text != "" {
			q = q.with("search", text)
		}
		if len(parts) > 0 {
			q = q.with("with", strings.Join(parts, ","))
		}
		return numbered(ctx, c, q, at, memberOf)
	})
}

func memberOf(o object) (Member, bool) {
	m := Member{
		ID: o.id("user_id"), DisplayName: o.text("display_name"), FirstName: o.text("first_name"), LastName: o.text("last_name"),
		Email: o.text("email"), Role: o.text("role_type"), State: o.text("state_in_account"), InvitationID: o.id("invitation_id"),
		LastLogin: o.moment("last_login_at"), TwoStep: o.known("has_otp"), Billing: o.known("has_billing_access"), SSO: o.flag("is_sso"),
	}
	if m.ID == "" { // the rows of a team's people have it under this name
		m.ID = o.id("id")
	}
	if m.Role == "" {
		m.Role = o.text("role")
	}
	if m.TwoStep == nil {
		m.TwoStep = o.known("double_auth")
	}
	if inner, ok := o.object("invitation"); ok && m.InvitationID == "" {
		m.InvitationID = inner.id("id")
	}
	if m.ID == "" && m.InvitationID != "" {
		m.ID = "invitation-" + m.InvitationID
	}
	if security, ok := o.object("security"); ok && m.TwoStep == nil {
		if m.TwoStep = security.known("double_auth"); m.TwoStep == nil {
			m.TwoStep = security.known("otp")
		}
	}
	for _, t := range o.list("teams") {
		if id := t.id("id"); id != "" {
			m.Teams = append(m.Teams, id)
		}
	}
	return m, m.ID != ""
}

// Team is a group of people of an organization.
type Team struct {
	ID, Name               string
	Color, Users, Products int      // Color is a number of Infomaniak's own list
	Rights                 []string // service and right: "domain:check"
	UpdatedAt              time.Time
}

// Teams are the teams of an organization.
func (c *Client) Teams(ctx context.Context, account string) (Page[Team], error) {
	return whole(ctx, c, get("/1/accounts/{account}/teams", account), teamOf)
}

func teamOf(o object) (Team, bool) {
	t := Team{
		ID: o.id("id"), Name: o.text("name"), Color: o.count("color_id"), Users: o.count("user_count"), Products: o.count("product_count"),
		UpdatedAt: o.moment("updated_at"),
	}
	for _, p := range o.list("permissions") {
		for _, right := range p.texts("rights") {
			if service := p.text("service_name"); service != "" {
				t.Rights = append(t.Rights, service+":"+right)
			}
		}
	}
	return t, t.ID != ""
}

// AddTeam makes a team and gives its id, "" where it was not told.
func (c *Client) AddTeam(ctx context.Context, account, name string) (id string, err error) {
	const route = "/1/accounts/{account}/teams"
	e, err := c.ask(ctx, call{method: http.MethodPost, route: route, places: []string{account}, body: map[string]string{"name": name}})
	if err != nil {
		return "", err
	}
	if o, _, err := single(e, route); err == nil {
		id = o.id("id")
	}
	return id, nil
}

// RenameTeam gives a team another name.
func (c *Client) RenameTeam(ctx context.Context, account, id, name string) error {
	return c.change(ctx, http.MethodPatch, "/1/accounts/{account}/teams/{team}", map[string]string{"name": name}, account, id)
}

// TeamUsers are the ids of the people of a team.
func (c *Client) TeamUsers(ctx context.Context, account, id string) (Page[string], error) {
	return gathered(ctx, c, get("/1/accounts/{account}/teams/{team}/users", account, id), func(user string) string { return user },
		func(o object) (string, bool) {
			user := o.id("id")
			return user, user != ""
		})
}

// AddTeamUsers takes people into a team.
func (c *Client) AddTeamUsers(ctx context.Context, account, id string, users []string) error {
	return c.change(ctx, http.MethodPost, "/1/accounts/{account}/teams/{team}/users", map[string]any{"user_ids": numbers(users)}, account, id)
}

// RemoveTeamUsers takes people out of a team.
func (c *Client) RemoveTeamUsers(ctx context.Context, account, id string, users []string) error {
	return c.change(ctx, http.MethodDelete, "/1/accounts/{account}/teams/{team}/users", map[string]any{"user_ids": numbers(users)}, account, id)
}

// NewInvitation is what an invitation asks for.
type NewInvitation struct {
	Email, FirstName, LastName string
	Locale                     string // de_DE, en_GB, es_ES, fr_FR, it_IT
	Role                       string // owner, admin, normal
	Billing                    bool
	NoteBilling, NoteProducts  bool
	Silent                     bool
	Teams                      []string
}

// Invitation is one that Infomaniak knows. The links that would accept it are secrets, and are not read.
type Invitation struct {
	ID, Email, Status string // accepted, cancelled, pending, rejected
	SentAt, ExpiresAt time.Time
}

func invitationOf(o object) Invitation {
	return Invitation{o.id("id"), o.text("email"), o.text("status"), o.moment("sent_at"), o.moment("expired_at")}
}

// Invite sends an invitation.
func (c *Client) Invite(ctx context.Context, account string, n NewInvitation) (Invitation, error) {
	const route = "/1/accounts/{account}/invitations"
	body := map[string]any{
		"email": n.Email, "first_name": n.FirstName, "last_name": n.LastName, "locale": n.Locale, "role_type": n.Role,
		"permissions": map[string]any{"billing": n.Billing}, "silent": n.Silent, "strict": true,
		"notifications": map[string]any{"billing": n.NoteBilling, "products": n.NoteProducts},
	}
	if len(n.Teams) > 0 {
		body["teams"] = numbers(n.Teams)
	}
	e, err := c.ask(ctx, call{method: http.MethodPost, route: route, places: []string{account}, body: body})
	if err != nil {
		return Invitation{}, err
	}
	o, _, err := single(e, route)
	if err != nil {
		return Invitation{}, nil // it was sent; a reading finds it
	}
	return invitationOf(o), nil
}

// Invitation reads one by its id.
func (c *Client) Invitation(ctx context.Context, account, id string) (Invitation, error) {
	q := get("/1/accounts/{account}/invitations/{invitation}", account, id)
	e, err := c.ask(ctx, q)
	if err != nil {
		return Invitation{}, err
	}
	o, _, err := single(e, q.route)
	return invitationOf(o), err
}
