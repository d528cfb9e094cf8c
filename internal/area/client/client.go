// Package client keeps the clients of a partner: which rights were asked of each, which ones it granted, and who pays.
// It promises that what was asked and what was granted are never mixed up, that a collaborator sees the authorized
// clients only, and that every change leaves a line in the client's history.
package client

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
)

// Limits of what a person enters.
const (
	MaxName     = 128
	MaxNumber   = 16
	MaxProducts = 200 // of one client
)

// State is how far the collaboration has come.
type State string

// The states. The collaboration of a listed, pending or active client can change; the others stay to be looked up.
const (
	Listed    State = "listed" // in the address book only: nothing was asked of it
	Pending   State = "pending"
	Active    State = "active"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
	Ended     State = "ended"
)

// Access is the kind of access (faq/2669).
type Access string

// The two kinds of access.
const (
	Limited Access = "limited" // products, one by one
	Full    Access = "full"    // all products and the client's organization
)

// Difference tells what was granted from what was asked.
type Difference string

// The differences; "" as long as there is no answer.
const (
	Same Difference = "same"
	Less Difference = "less"
	More Difference = "more"
	Both Difference = "both" // some rights are missing, others were not asked
)

// Families of products, by the names of Infomaniak's public API.
var Families = []string{
	"web_hosting", "email_hosting", "domain", "drive", "ksuite", "swiss_backup", "public_cloud", "dedicated_server",
	"mailing", "website_builder", "custom_url", "vod",
}

// Product is one product under limited access and the rights on it.
type Product struct {
	Name       string `json:"name"`
	Family     string `json:"family"`
	Technical  bool   `json:"technical,omitempty"`
	Statistics bool   `json:"statistics,omitempty"`
}

// key identifies a product of a client.
func (p Product) key() string { return p.Family + " " + text.Fold(p.Name) }

// Rights are what one side asks or grants: in a table, in a signed message and in the window alike. The zero Rights are
// none, as long as nothing was granted.
type Rights struct {
	Access   Access    `json:"access"`
	Wallet   bool      `json:"wallet"`   // the client's payment means come with full access
	Products []Product `json:"products"` // under limited access
}

// MarshalJSON writes a list where there are no products: what was signed has one, and the window counts them.
func (r Rights) MarshalJSON() ([]byte, error) {
	type plain Rights
	if r.Products == nil {
		r.Products = []Product{}
	}
	return json.Marshal(plain(r))
}

// Validate tidies the rights and refuses what cannot stand.
func (r *Rights) Validate() error {
	var c fault.Check
	switch r.Access {
	case Full:
		r.Products = []Product{}
	case Limited:
		r.Wallet = false
		r.checkProducts(&c)
	default:
		c.Refuse("access", "not_a_choice")
	}
	return c.Err()
}

func (r *Rights) checkProducts(c *fault.Check) {
	if len(r.Products) == 0 {
		c.Refuse("products", "required")
	}
	if len(r.Products) > MaxProducts {
		c.Refuse("products", "number_too_large", "max", strconv.Itoa(MaxProducts))
		return
	}
	seen := map[string]bool{}
	for i := range r.Products {
		p, at := &r.Products[i], "products."+strconv.Itoa(i)
		p.Name = input.Line(c, at+".name", p.Name, MaxName, true)
		if !slices.Contains(Families, p.Family) {
			c.Refuse(at+".family", "not_a_choice")
		}
		if !p.Technical && !p.Statistics {
			c.Refuse(at+".rights", "required")
		}
		if seen[p.key()] {
			c.Refuse(at+".name", "not_unique")
		}
		seen[p.key()] = true
	}
}

// Pays tells whether the client's own means pay what the partner orders for it; else the partner's do. Under limited
// access the client pays for itself (faq/2679).
func (r Rights) Pays() pricing.Party {
	if r.Access == Full && !r.Wallet {
		return pricing.Partner
	}
	return pricing.Client
}

// Compare tells what was granted from what was asked, and how many rights on products are missing.
func Compare(asked, granted Rights) (Difference, int) {
	var missing, extra int
	switch {
	case asked.Access == Full && granted.Access == Limited:
		return Less, 0
	case asked.Access == Limited && granted.Access == Full:
		return More, 0
	case asked.Access == Full:
		if asked.Wallet && !granted.Wallet {
			return Less, 0
		}
		if granted.Wallet && !asked.Wallet {
			return More, 0
		}
		return Same, 0
	}
	given := map[string]Product{}
	for _, p := range granted.Products {
		given[p.key()] = p
	}
	for _, a := range asked.Products {
		g := given[a.key()]
		delete(given, a.key())
		missing += count(a.Technical && !g.Technical, a.Statistics && !g.Statistics)
		extra += count(g.Technical && !a.Technical, g.Statistics && !a.Statistics)
	}
	extra += len(given)
	switch {
	case missing > 0 && extra > 0:
		return Both, missing
	case missing > 0:
		return Less, missing
	case extra > 0:
		return More, 0
	}
	return Same, 0
}

func count(all ...bool) (n int) {
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

// Client is one client with what was asked of it and what it granted.
type Client struct {
	ID string
	Details
	State      State
	Since      time.Time
	Asked      Rights
	AskedAt    time.Time
	Granted    Rights // Access "" if there is no answer
	GrantedOn  day.Day
	GrantedBy  Source
	Signer     string  // the key that signed the client's last reply; "" if none did
	PaidSince  day.Day // since when the same side pays
	Difference Difference
	Missing    int
	Version    int
	Created    time.Time
}

// entrusted are the products under limited access, as granted or else as asked.
func (c Client) entrusted() []Product {
	if c.Granted.Access == "" {
		return c.Asked.Products
	}
	return c.Granted.Products
}

// Source is where an answer came from.
type Source string

// The sources of answers.
const (
	ByHand      Source = "hand"   // a person recorded it
	BySignature Source = "signed" // a signed reply of the client
)

// grant records an answer. Who pays, and since when, follows from it.
func (c *Client) grant(now time.Time, r Rights, since day.Day, by Source) {
	if c.State == Pending {
		c.State, c.Since = Active, now
	}
	if c.Granted.Access == "" || c.Granted.Pays() != r.Pays() {
		c.PaidSince = since
	}
	c.Granted, c.GrantedOn, c.GrantedBy = r, since, by
}

// Fingerprint is that of the key which signed the client's last reply.
func (c Client) Fingerprint() string { return fingerprintOf(c.Signer) }

// Details are what a person knows a client by.
type Details struct {
	Name   string
	Place  string
	Number string // of its organization at Infomaniak; "" is not known
	Record Record
}

// OnPaper is what the client is called on documents.
func (d Details) OnPaper() string {
	if d.Record.LegalName != "" {
		return d.Record.LegalName
	}
	return d.Name
}

// Validate tidies the fields and refuses what cannot stand.
func (d *Details) Validate() error {
	var c fault.Check
	d.Name = input.Name(&c, "name", d.Name, MaxName, true)
	d.Place = input.Line(&c, "place", d.Place, MaxName, false)
	d.Number = input.Line(&c, "number", d.Number, MaxNumber, false)
	if strings.ContainsFunc(d.Number, func(r rune) bool { return r < '0' || r > '9' }) {
		c.Refuse("number", "not_a_number")
	}
	c.Merge("", d.Record.Validate())
	return c.Err()
}

// New is what a client begins with: rights that are asked of it, or none (Rights.Access "") for one that is only listed.
type New struct {
	Details
	Rights Rights
}

// client is the new client at a moment.
func (n New) client(id string, now time.Time) (c Client, kind string) {
	c = Client{ID: id, Details: n.Details, State: Pending, Since: now, Asked: n.Rights, AskedAt: now, Created: now}
	if n.Rights.Access == "" {
		c.State = Listed
		return c, "listed"
	}
	return c, "asked"
}

// Validate tidies the fields and refuses what cannot stand.
func (n *New) Validate() error {
	var c fault.Check
	c.Merge("", n.Details.Validate())
	if n.Rights.Access != "" {
		c.Merge("", n.Rights.Validate())
	}
	return c.Err()
}
