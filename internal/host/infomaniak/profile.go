package infomaniak

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Choice is an entry of a list of languages, countries or time zones.
type Choice struct {
	ID      int64
	Code    string // "fr_FR", "CH", "" of a time zone
	Name    string // "Français", "Switzerland", "Europe/Zurich"
	Enabled bool   // can be chosen
}

// Session is a sign-in at Infomaniak. It has no id, so there is nothing to end it with.
type Session struct {
	Browser, Device, Location, IP, UserAgent string
	LastAccess                               time.Time
}

// Device is a device that confirms sign-ins.
type Device struct {
	ID, Name, Kind, IP, UserAgent        string
	LastConnection, CreatedAt, DeletedAt time.Time
}

// Address is an e-mail address or a phone number. Request is true of an address that was asked for and is not confirmed.
type Address struct {
	ID, Text, Type             string
	Checked, Reminder, Request bool
	CreatedAt                  time.Time
}

// Profile is who the token is. A nil pointer was not told.
type Profile struct {
	ID                                                string
	DisplayName, FirstName, LastName, Email, Login    string
	SSO                                               bool
	Avatar                                            string // address; "" for none
	AvatarTold                                        bool
	Language, Country, Timezone                       *Choice
	NoticeSuccess, NoticeFailure, LockOn              *bool
	LockAfter                                         *int
	TwoStep                                           *bool
	TwoStepMethod                                     string
	RescueCodes                                       *int
	LastLogin, PasswordChanged                        time.Time
	CurrentAccount                                    string
	Sessions                                          []Session
	Devices                                           []Device
	Emails, Phones                                    []Address
	SessionsTold, DevicesTold, EmailsTold, PhonesTold bool
	Lost                                              Lost
	preferences                                       bool // were told
}

// Everything reads the profile with all the parts that Infomaniak offers and Kontor knows.
func (c *Client) Everything(ctx context.Context) (Profile, error) {
	return offered(profileWith, func(parts []string) (Profile, error) { return c.Profile(ctx, parts...) })
}

// Person reads what can be changed of the profile, in one request where the preferences come unasked.
func (c *Client) Person(ctx context.Context) (Profile, error) {
	p, err := c.Profile(ctx)
	if err == nil && !p.preferences {
		return c.Everything(ctx)
	}
	return p, err
}

// profileWith are the parts of a profile that may not be told unless they are asked for.
var profileWith = []string{"emails", "phones", "preferences", "security", "sessions"}

// Profile reads GET /2/profile. with names further parts; a name that does not exist is refused as Invalid, and Allowed
// tells which do.
func (c *Client) Profile(ctx context.Context, with ...string) (Profile, error) {
	q := get("/2/profile").with("no_avatar_default", "1")
	if len(with) > 0 {
		q = q.with("with", strings.Join(with, ","))
	}
	e, err := c.ask(ctx, q)
	if err != nil {
		return Profile{}, err
	}
	o, lost, err := single(e, q.route)
	if err != nil {
		return Profile{}, err
	}
	p := readPerson(o)
	if p.Lost = *lost; p.ID == "" {
		return Profile{}, &Fault{Kind: Unreadable, Outcome: Answered, Route: q.route, Status: 200}
	}
	return p, nil
}

// offered asks with parts, and where one is refused again with those that Infomaniak offers, or with none if it does not say.
func offered[T any](parts []string, ask func(parts []string) (T, error)) (T, error) {
	answer, err := ask(parts)
	if f, ok := asFault(err); !ok || f.Kind != Invalid {
		return answer, err
	}
	allowed := Allowed(err)
	return ask(slices.DeleteFunc(slices.Clone(parts), func(name string) bool { return !slices.Contains(allowed, name) }))
}

// Allowed are the names that Infomaniak offers where a name of "with" was refused; none if err is no such refusal.
func Allowed(err error) []string {
	f, ok := asFault(err)
	if !ok || f.Kind != Invalid {
		return nil
	}
	var names []string
	for _, field := range f.Fields {
		for _, name := range field.Values {
			if scopeName.MatchString(name) {
				names = append(names, name)
			}
		}
	}
	if len(names) > 0 {
		return names
	}
	for _, text := range append([]string{f.Text}, texts(f.Fields)...) {
		if _, list, ok := strings.Cut(text, ":"); ok {
			for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' || r == '.' || r == '"' }) {
				if scopeName.MatchString(name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

func texts(fields []Field) []string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = f.Text
	}
	return list
}

func readPerson(o object) Profile {
	p := Profile{
		ID: o.id("id"), DisplayName: o.text("display_name"), FirstName: o.text("first_name"), LastName: o.text("last_name"),
		Email: o.text("email"), Login: o.text("login"), SSO: o.flag("is_sso"), Avatar: o.text("avatar"),
	}
	_, p.AvatarTold = o.fields["avatar"]
	if prefs, ok := o.object("preferences"); ok {
		p.preferences = true
		p.readPreferences(prefs)
	}
	if _, p.SessionsTold = o.fields["sessions"]; p.SessionsTold {
		for _, s := range o.list("sessions") {
			p.Sessions = append(p.Sessions, Session{
				Browser: s.text("browser"), Device: s.text("device"), Location: s.text("location"), IP: s.text("ip"),
				UserAgent: s.text("user_agent"), LastAccess: s.moment("last_accessed_at"),
			})
		}
	}
	if _, p.EmailsTold = o.fields["emails"]; p.EmailsTold {
		p.Emails = readAddresses(o.list("emails"), "email")
	}
	if _, p.PhonesTold = o.fields["phones"]; p.PhonesTold {
		p.Phones = readAddresses(o.list("phones"), "phone")
	}
	return p
}

func (p *Profile) readPreferences(prefs object) {
	if s, ok := prefs.object("security"); ok {
		p.TwoStep, p.TwoStepMethod = s.known("double_auth"), s.text("double_auth_method")
		if n, ok := s.whole("remaining_rescue_code"); ok && n >= 0 {
			p.RescueCodes = &n
		}
		p.LastLogin, p.PasswordChanged = s.moment("last_login_at"), s.moment("date_last_changed_password")
		if _, p.DevicesTold = s.fields["auth_devices"]; p.DevicesTold {
			for _, d := range s.list("auth_devices") {
				if id := d.id("id"); id != "" {
					p.Devices = append(p.Devices, Device{
						ID: id, Name: d.text("name"), Kind: d.text("device"), IP: d.text("user_ip"), UserAgent: d.text("user_agent"),
						LastConnection: d.moment("last_connexion"), CreatedAt: d.moment("created_at"), DeletedAt: d.moment("deleted_at"),
					})
				}
			}
		}
	}
	if s, ok := prefs.object("connection"); ok {
		p.NoticeSuccess, p.NoticeFailure = s.known("successful_notification"), s.known("unsuccessful_notification")
		p.LockOn = s.known("unsuccessful_limit")
		if n, ok := s.whole("unsuccessful_rate_limit"); ok && n > 0 {
			p.LockAfter = &n
		}
	}
	if account, ok := prefs.object("account"); ok {
		p.CurrentAccount = account.id("current_account_id")
	}
	p.Language, p.Country, p.Timezone = readChoice(prefs, "language"), readChoice(prefs, "country"), readChoice(prefs, "timezone")
}

func readChoice(o object, name string) *Choice {
	inner, ok := o.object(name)
	if !ok {
		return nil
	}
	c, ok := choiceOf(inner)
	if !ok {
		return nil
	}
	return &c
}

func choiceOf(o object) (Choice, bool) {
	id, err := strconv.ParseInt(o.id("id"), 10, 64)
	if err != nil || id <= 0 {
		return Choice{}, false
	}
	code := o.text("locale")
	if code == "" {
		code = o.text("short_name")
	}
	enabled := o.known("is_enabled")
	return Choice{ID: id, Code: code, Name: o.text("name"), Enabled: enabled == nil || *enabled}, true
}

func readAddresses(rows []object, field string) []Address {
	list := []Address{}
	for _, o := range rows {
		if a, ok := addressOf(o, field); ok {
			list = append(list, a)
		}
	}
	return list
}

func addressOf(o object, field string) (Address, bool) {
	a := Address{
		ID: o.id("id"), Text: o.text(field), Type: o.text("type"), Checked: o.flag("checked"), Reminder: o.flag("reminder"),
		CreatedAt: o.moment("created_at"), Request: strings.Contains(o.text("email_type"), "request"),
	}
	return a, a.ID != ""
}

// Patch changes a profile; a nil field stays as it is. Email is always sent, as it was just read: Infomaniak asks for it.
// What must never be changed this way (e-mail, password, current organization, sessions to keep) is not part of the type.
type Patch struct {
	Email         string  `json:"email"`
	FirstName     *string `json:"firstname,omitempty"`
	LastName      *string `json:"lastname,omitempty"`
	LanguageID    *int64  `json:"language_id,omitempty"`
	CountryID     *int64  `json:"country_id,omitempty"`
	TimezoneID    *int64  `json:"timezone_id,omitempty"`
	NoticeSuccess *bool   `json:"successful_connexion_notification,omitempty"`
	NoticeFailure *bool   `json:"unsuccessful_connexion_notification,omitempty"`
	LockOn        *bool   `json:"unsuccessful_connexion_limit,omitempty"`
	LockAfter     *int    `json:"unsuccessful_connexion_rate_limit,omitempty"` // 1 to 100
}

// PatchProfile changes the profile; with rehearse Infomaniak only says whether it would.
func (c *Client) PatchProfile(ctx context.Context, p Patch, rehearse bool) error {
	q := call{method: http.MethodPatch, route: "/2/profile", body: p}
	if rehearse {
		q.query = map[string][]string{"dry_run": {"true"}}
	}
	_, err := c.ask(ctx, q)
	return err
}

// SetAvatar sends a square picture (PNG, JPEG or GIF, 16 px or more).
func (c *Client) SetAvatar(ctx context.Context, picture []byte) error {
	return c.change(ctx, http.MethodPost, "/2/profile/avatar", map[string]string{
		"avatar": base64.StdEncoding.EncodeToString(picture), "encoding": "base64",
	})
}

// RemoveAvatar removes the picture.
func (c *Client) RemoveAvatar(ctx context.Context) error {
	return c.change(ctx, http.MethodDelete, "/2/profile/avatar", nil)
}

// Emails are the e-mail addresses of the profile.
func (c *Client) Emails(ctx context.Context) (Page[Address], error) {
	return whole(ctx, c, get("/2/profile/emails"), func(o object) (Address, bool) { return addressOf(o, "email") })
}

// Phones are the phone numbers of the profile.
func (c *Client) Phones(ctx context.Context) (Page[Address], error) {
	return whole(ctx, c, get("/2/profile/phones"), func(o object) (Address, bool) { return addressOf(o, "phone") })
}

// RemoveEmail removes an address, or takes the request for one back.
func (c *Client) RemoveEmail(ctx context.Context, a Address) error {
	kind := "email"
	if a.Request {
		kind = "email_request"
	}
	return c.change(ctx, http.MethodDelete, "/2/profile/emails/{type}/{email}", nil, kind, a.ID)
}

// RemovePhone removes a number.
func (c *Client) RemovePhone(ctx context.Context, a Address) error {
	return c.change(ctx, http.MethodDelete, "/2/profile/phones/{phone}", nil, a.ID)
}

// AppPassword is a password for one application, without the password.
type AppPassword struct {
	ID, Name string
	LastUsed time.Time
}

// AppPasswords are the application passwords.
func (c *Client) AppPasswords(ctx context.Context) (Page[AppPassword], error) {
	return whole(ctx, c, get("/2/profile/applications/passwords"), func(o object) (AppPassword, bool) {
		p := AppPassword{o.id("id"), o.text("name"), o.moment("last_used_at")}
		return p, p.ID != ""
	})
}

// AddAppPassword makes one. The answer has the password, this once.
func (c *Client) AddAppPassword(ctx context.Context, name string) (id, secret string, err error) {
	const route = "/2/profile/applications/passwords"
	e, err := c.ask(ctx, call{method: http.MethodPost, route: route, body: map[string]string{"name": name}})
	if err != nil {
		return "", "", err
	}
	o, _, err := single(e, route)
	if err != nil {
		return "", "", err
	}
	return o.id("id"), o.text("password"), nil
}

// Lookup reads a list of which one is chosen: "languages", "countries" or "timezones".
func (c *Client) Lookup(ctx context.Context, list, at string) (Page[Choice], error) {
	return numbered(ctx, c, get("/1/"+list), at, choiceOf)
}
