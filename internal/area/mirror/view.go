package mirror

// StandView is the authority of what is shown: how old it is, and why nothing newer is there.
//
// Kind: local (nothing is connected), waiting (not read yet), synced (as read, at Since), incomplete (the last walk did
// not bring everything; what stands here is of Since), stale (of Since; Reason says why nothing newer), scope (the token
// lacks Scope; what stands here, if anything, is of Since), manager (no program may read it), absent (Infomaniak has no
// such thing for this account), unreadable (the answer could not be understood), maintenance, paused (the token is
// refused), frozen (disconnected; the copy of Since was kept).
type StandView struct {
	Kind   string `json:"kind"`
	Since  string `json:"since"`
	Reason string `json:"reason"` // a message key, or ""
	Scope  string `json:"scope"`
}

// PersonView is whose account at Infomaniak it is.
type PersonView struct {
	RemoteID string `json:"remoteId"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Here     string `json:"here"`  // the sign-in e-mail in Kontor
	Other    bool   `json:"other"` // the two addresses differ: allowed, and said
}

// AreaView is one row of the table of verdicts.
type AreaView struct {
	Area        string    `json:"area"` // profile, organizations, services, products, domains, members, teams, invitations, drives, activities, payments, branding, log, invoices, prepaid
	Account     string    `json:"account"`
	AccountName string    `json:"accountName"` // of the organization there, where the area is asked per organization
	Verdict     string    `json:"verdict"`     // synced, scope, manager, absent, unreadable, maintenance, paused, waiting, off
	Scopes      []string  `json:"scopes"`      // that are needed
	HTTP        int       `json:"http"`
	Code        string    `json:"code"`      // Infomaniak's own word for the fault
	RequestID   string    `json:"requestId"` // for Infomaniak's support
	Stand       StandView `json:"stand"`
	Rows        int       `json:"rows"`       // that are shown
	Seen        int       `json:"seen"`       // of the walk that is under way or was incomplete
	Total       int       `json:"total"`      // that Infomaniak told; -1 if it told none
	Unreadable  int       `json:"unreadable"` // rows of the last walk that could not be read
	CheckedAt   string    `json:"checkedAt"`
	EveryMin    int       `json:"everyMin"` // minutes before it is asked again; 0: not at all
	OnOpening   bool      `json:"onOpening"`
}

// TokenView tells how the token does; never the token.
type TokenView struct {
	Has        bool     `json:"has"`
	Since      string   `json:"since"`      // when it was entered here
	Days       int      `json:"days"`       // since then
	LastUsedAt string   `json:"lastUsedAt"` // the last call that Infomaniak accepted
	DiesOn     string   `json:"diesOn"`     // 2027-11-20: a year without a call ends
	DaysLeft   int      `json:"daysLeft"`
	Warn       string   `json:"warn"`    // "" or unused (less than 60 days are left), lost_scope, refused
	Scopes     []string `json:"scopes"`  // that answers have proven
	Missing    []string `json:"missing"` // that answers have asked for
	Lost       []string `json:"lost"`    // once proven and now asked for
}

// StateView is the connection as its owner sees it; nobody else sees anything of it.
type StateView struct {
	Connected      bool       `json:"connected"`
	Frozen         bool       `json:"frozen"`    // disconnected, and a copy of FrozenAt is kept
	Here           bool       `json:"here"`      // connected or frozen: there is something to show
	Hindrance      string     `json:"hindrance"` // why one cannot connect here: "", sample, look_only, bound
	State          string     `json:"state"`     // off, idle, pulling, waiting, paused
	Reason         string     `json:"reason"`    // of waiting or paused: offline, limited, maintenance, broken, refused, vault
	NextAt         string     `json:"nextAt"`
	Person         PersonView `json:"person"`
	ConnectedAt    string     `json:"connectedAt"`
	FrozenAt       string     `json:"frozenAt"`
	LastCompleteAt string     `json:"lastCompleteAt"`
	Background     bool       `json:"background"`
	Left           int        `json:"left"` // requests of this minute that are left, of Limit
	Limit          int        `json:"limit"`
	Now            string     `json:"now"` // area that is being read
	Areas          []AreaView `json:"areas"`
	Token          TokenView  `json:"token"`
	Edits          int        `json:"edits"` // on their way
	Accounts       int        `json:"accounts"`
}

// CheckView is a token that was tried: a verdict per area, and the organizations to choose for. Nothing of it is kept
// before Connect.
type CheckView struct {
	ID            string             `json:"id"` // for Connect; good for half an hour in this program
	Person        PersonView         `json:"person"`
	Same          bool               `json:"same"`     // of the person who is connected: it only replaces the token
	Another       bool               `json:"another"`  // somebody else's: refused until the connection is given up
	Requests      int                `json:"requests"` // that it took
	Left          int                `json:"left"`
	Areas         []AreaView         `json:"areas"`
	Organizations []OrganizationView `json:"organizations"`
}

// OrganizationView is an organization at Infomaniak, with what it is here.
type OrganizationView struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Type        string           `json:"type"`  // Infomaniak's own word: owner, partner_admin …; no right is derived from it
	Legal       string           `json:"legal"` // its own word too
	Partner     bool             `json:"partner"`
	Products    int              `json:"products"` // -1: not known
	VATNumber   string           `json:"vatNumber"`
	Country     string           `json:"country"`
	Address     string           `json:"address"`
	Logo        string           `json:"logo"`
	GoneSince   string           `json:"goneSince"`
	Choice      string           `json:"choice"`    // link, create, client, new_client, look, ignore
	LinkedID    string           `json:"linkedId"`  // here
	LinkedTo    string           `json:"linkedTo"`  // its name
	Currency    string           `json:"currency"`  // that the invoice address tells; "": ask
	Suggested   []SuggestionView `json:"suggested"` // never taken by itself
	Differences []DifferenceView `json:"differences"`
}

// SuggestionView is what an organization at Infomaniak may be here.
type SuggestionView struct {
	Choice string `json:"choice"` // link, client, new_client
	ID     string `json:"id"`     // here; "" for new_client
	Name   string `json:"name"`
	Why    string `json:"why"` // number, vat_number, name, partner
}

// DifferenceView is a field of which Kontor and Infomaniak hold different values.
type DifferenceView struct {
	Field string `json:"field"` // name, address, vat_number
	Here  string `json:"here"`
	There string `json:"there"`
	May   bool   `json:"may"` // whoever acts can take it over
}

// LocalView is an organization or a client that can be linked.
type LocalView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// OrganizationsView are the organizations at Infomaniak, and what they can be linked to.
type OrganizationsView struct {
	Stand         StandView          `json:"stand"`
	List          []OrganizationView `json:"list"`
	Organizations []LocalView        `json:"organizations"`
	Clients       []LocalView        `json:"clients"`
}

// ChoiceInput is what an organization at Infomaniak shall be here.
type ChoiceInput struct {
	Account  string `json:"account"`  // id there
	Choice   string `json:"choice"`   // link, create, client, new_client, look, ignore
	LocalID  string `json:"localId"`  // for link and client
	Currency string `json:"currency"` // for create: CHF or EUR
}

// ConnectInput keeps a token that was checked.
type ConnectInput struct {
	Check   string        `json:"check"`
	Choices []ChoiceInput `json:"choices"`
}

// EndView is the end of something: a day in Zurich, where Infomaniak's days end.
type EndView struct {
	On   string `json:"on"` // 2027-01-01, "" if it has none or none that can be trusted
	Days int    `json:"days"`
}

// ProductView is a product at Infomaniak. It has neither price nor currency there.
type ProductView struct {
	ID          string  `json:"id"`
	Account     string  `json:"account"`
	AccountName string  `json:"accountName"`
	Service     string  `json:"service"` // Infomaniak's own word, e.g. "web_hosting", "inviation"
	ServiceID   string  `json:"serviceId"`
	Name        string  `json:"name"`
	Internal    string  `json:"internal"`
	FQDN        string  `json:"fqdn"`
	End         EndView `json:"end"`
	Managed     bool    `json:"managed"` // by a partner
	Locked      bool    `json:"locked"`
	GoneSince   string  `json:"goneSince"`
}

// ProductsView are the products of the organizations that are not ignored.
type ProductsView struct {
	Stand    StandView     `json:"stand"`
	Products []ProductView `json:"products"`
}

// DomainView is a domain at Infomaniak.
type DomainView struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Account     string    `json:"account"`
	AccountName string    `json:"accountName"`
	TLD         string    `json:"tld"`
	End         EndView   `json:"end"`
	Created     string    `json:"created"` // day
	Status      []string  `json:"status"`  // EPP words
	Premium     bool      `json:"premium"`
	Options     []string  `json:"options"` // that are on: dns_anycast, renewal_warranty, domain_privacy, dnssec
	GoneSince   string    `json:"goneSince"`
	Stand       StandView `json:"stand"` // of this domain: known from the products alone, it has no end
}

// DomainsView are the domains of the organizations that are not ignored.
type DomainsView struct {
	Stand   StandView    `json:"stand"`
	Domains []DomainView `json:"domains"`
}

// MemberView is somebody with access to an organization at Infomaniak.
type MemberView struct {
	ID          string   `json:"id"`
	Account     string   `json:"account"`
	AccountName string   `json:"accountName"`
	Name        string   `json:"name"`
	FirstName   string   `json:"firstName"`
	LastName    string   `json:"lastName"`
	Email       string   `json:"email"`
	Role        string   `json:"role"`     // owner, admin, normal, client … their own words
	State       string   `json:"state"`    // valid, pending
	TwoStep     string   `json:"twoStep"`  // on, off, "" not told
	LastSignIn  string   `json:"lastSign"` // moment
	Teams       []string `json:"teams"`    // names
	SSO         bool     `json:"sso"`
	Billing     string   `json:"billing"`    // yes, no, ""
	Invitation  string   `json:"invitation"` // id there, of somebody who has not accepted yet
	InvitedAt   string   `json:"invitedAt"`
	ExpiresAt   string   `json:"expiresAt"` // of the invitation
	GoneSince   string   `json:"goneSince"`
}

// MembersView are the people of the organizations that were opened or linked.
type MembersView struct {
	Stand   StandView    `json:"stand"`
	Members []MemberView `json:"members"`
	Areas   []AreaView   `json:"areas"` // per organization
}

// TeamView is a team of an organization at Infomaniak.
type TeamView struct {
	ID          string   `json:"id"`
	Account     string   `json:"account"`
	AccountName string   `json:"accountName"`
	Name        string   `json:"name"`
	Color       int      `json:"color"`
	Users       int      `json:"users"`
	Products    int      `json:"products"`
	Rights      []string `json:"rights"` // services
	GoneSince   string   `json:"goneSince"`
}

// TeamsView are the teams of the organizations that were opened or linked.
type TeamsView struct {
	Stand StandView  `json:"stand"`
	Teams []TeamView `json:"teams"`
	Areas []AreaView `json:"areas"`
}

// RemoteSessionView is a sign-in to the account at Infomaniak. Infomaniak gives it no id: it is ended in the Manager.
type RemoteSessionView struct {
	ID         string `json:"id"` // of Kontor
	Browser    string `json:"browser"`
	Device     string `json:"device"`
	Location   string `json:"location"`
	Address    string `json:"address"`
	UserAgent  string `json:"userAgent"`
	LastActive string `json:"lastActive"`
	FirstSeen  string `json:"firstSeen"` // by Kontor
	GoneSince  string `json:"goneSince"`
	Marked     string `json:"marked"` // "", to_end (the Manager was opened for it), mine
	MarkedAt   string `json:"markedAt"`
}

// RemoteDeviceView is a device with which the person confirms sign-ins.
type RemoteDeviceView struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Device     string `json:"device"`
	Address    string `json:"address"`
	UserAgent  string `json:"userAgent"`
	LastActive string `json:"lastActive"`
	CreatedAt  string `json:"createdAt"`
	GoneSince  string `json:"goneSince"`
}

// TwoStepView is what Infomaniak tells about the protection of the account.
type TwoStepView struct {
	Known      bool     `json:"known"`
	On         bool     `json:"on"`
	Method     string   `json:"method"`  // their own word
	Methods    []string `json:"methods"` // otp, sms, yubikey, application
	Rescue     int      `json:"rescue"`  // codes left; -1 not told
	PasswordAt string   `json:"passwordAt"`
	LastSignIn string   `json:"lastSignIn"`
}

// SessionsView are the sign-ins and devices of the person at Infomaniak.
type SessionsView struct {
	Stand    StandView           `json:"stand"`
	Sessions []RemoteSessionView `json:"sessions"`
	Devices  []RemoteDeviceView  `json:"devices"`
	TwoStep  TwoStepView         `json:"twoStep"`
}

// ExpiryView is an end that Infomaniak has told. It has no price there.
type ExpiryView struct {
	Kind        string    `json:"kind"` // domain, product, invitation
	ID          string    `json:"id"`   // of the product or domain there
	Name        string    `json:"name"`
	Service     string    `json:"service"`
	Account     string    `json:"account"`
	AccountName string    `json:"accountName"`
	AccountType string    `json:"accountType"`
	LinkedID    string    `json:"linkedId"` // the organization here that the other is linked to
	ClientID    string    `json:"clientId"`
	End         EndView   `json:"end"`
	Stand       StandView `json:"stand"`
}

// DriveView is a kDrive.
type DriveView struct {
	ID          string    `json:"id"`
	Account     string    `json:"account"`
	AccountName string    `json:"accountName"`
	Name        string    `json:"name"`
	On          bool      `json:"on"` // its activity is read
	Events      int       `json:"events"`
	Newest      string    `json:"newest"`
	Oldest      string    `json:"oldest"`
	Stand       StandView `json:"stand"`
	GoneSince   string    `json:"goneSince"`
}

// DrivesView are the drives of the linked organizations.
type DrivesView struct {
	Stand  StandView   `json:"stand"`
	Drives []DriveView `json:"drives"`
}

// RequestView is one request as the log keeps it for a week: a route without values, no token.
type RequestView struct {
	At        string `json:"at"`
	Method    string `json:"method"`
	Route     string `json:"route"`
	Status    int    `json:"status"` // 0: no answer
	Millis    int    `json:"millis"`
	RequestID string `json:"requestId"`
	Outcome   string `json:"outcome"`
}

// ReportRow is one request of the probe report.
type ReportRow struct {
	Method string   `json:"method"`
	Route  string   `json:"route"`
	Status int      `json:"status"`
	Result string   `json:"result"`
	Code   string   `json:"code"`
	Fields []string `json:"fields"` // "name: type"; never a value
	Millis int      `json:"millis"`
}

// ReportView is the report of what a real account answers: names and types of fields, no value.
type ReportView struct {
	At   string      `json:"at"`
	Rows []ReportRow `json:"rows"`
	Text string      `json:"text"` // to be copied
}

// CountView is how many of something there are.
type CountView struct {
	Kind  string `json:"kind"` // products, domains, members, teams, sessions, events, organizations
	Count int    `json:"count"`
}

// PartingView is what disconnecting means now.
type PartingView struct {
	Counts []CountView `json:"counts"` // that would be erased
	Sent   int         `json:"sent"`   // edits that were sent and may still arrive
	Unsent int         `json:"unsent"` // edits that never left and are dropped
}

// DisconnectInput gives the connection up.
type DisconnectInput struct {
	Password string `json:"password"` // of Kontor
	Erase    bool   `json:"erase"`    // else a frozen copy is kept
}
