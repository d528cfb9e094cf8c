package infomaniak

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Domain is a domain name. Its end is that of the registry, which the product of the same name does not tell.
type Domain struct {
	Name, Account        string // without the account where it was not told
	ExpiresAt, CreatedAt time.Time
	Status               []string // words of EPP: "pendingTransfer", "clientTransferProhibited"
	Privacy, DNSSEC      bool
	Warranty, Anycast    bool
	Premium              bool
}

// Domains are the domains of all organizations, or of one if account is not "".
func (c *Client) Domains(ctx context.Context, account, at string) (Page[Domain], error) {
	q := get("/2/domains/domains")
	if account != "" {
		q = q.with("account_id", account)
	}
	return numbered(ctx, c, q, at, func(o object) (Domain, bool) {
		d := Domain{
			Name: strings.ToLower(o.text("name")), Account: o.id("account_id"), ExpiresAt: o.moment("expires_at"),
			CreatedAt: o.moment("created_at"), Status: o.texts("status"), Premium: o.flag("is_premium"),
		}
		if d.Name == "" {
			d.Name = strings.ToLower(o.text("customer_name"))
		}
		if with, ok := o.object("options"); ok {
			d.Privacy, d.DNSSEC = with.flag("domain_privacy"), with.flag("dnssec")
			d.Warranty, d.Anycast = with.flag("renewal_warranty"), with.flag("dns_anycast")
		}
		return d, d.Name != ""
	})
}

// Zones are the DNS zones of a domain, by their names.
func (c *Client) Zones(ctx context.Context, domain string) ([]string, error) {
	q := get("/2/domains/{domain}/zones", domain)
	p, err := gathered(ctx, c, q, func(name string) string { return name }, func(o object) (string, bool) {
		name := o.text("fqdn")
		if name == "" {
			name = o.text("name")
		}
		return strings.ToLower(name), name != ""
	})
	return p.Rows, err
}

// Record is a record of a zone. Source is the name before the zone, "" or "." for the zone itself.
type Record struct {
	ID, Source, Type, Target string
	TTL                      int // seconds
}

// Records are all the records of a zone. Errors: also Unreadable where not all of them came.
func (c *Client) Records(ctx context.Context, zone string) (Page[Record], error) {
	return gathered(ctx, c, get("/2/zones/{zone}/records", zone), func(r Record) string { return r.ID }, recordOf)
}

func recordOf(o object) (Record, bool) {
	r := Record{ID: o.id("id"), Source: o.text("source"), Type: o.text("type"), Target: o.text("target"), TTL: o.count("ttl")}
	return r, r.ID != "" && r.Type != ""
}

// AddRecord adds a record and gives its id, "" where it was not told.
func (c *Client) AddRecord(ctx context.Context, zone string, r Record) (id string, err error) {
	const route = "/2/zones/{zone}/records"
	e, err := c.ask(ctx, call{method: http.MethodPost, route: route, places: []string{zone}, body: map[string]any{
		"source": r.Source, "type": r.Type, "target": r.Target, "ttl": r.TTL,
	}})
	if err != nil {
		return "", err
	}
	o, _, err := single(e, route)
	if err != nil {
		return "", nil // it succeeded; a reading finds it
	}
	return o.id("id"), nil
}

// SetRecord changes where a record leads and for how long that is kept.
func (c *Client) SetRecord(ctx context.Context, zone string, r Record) error {
	return c.change(ctx, http.MethodPut, "/2/zones/{zone}/records/{record}", map[string]any{"target": r.Target, "ttl": r.TTL}, zone, r.ID)
}

// RemoveRecord removes a record.
func (c *Client) RemoveRecord(ctx context.Context, zone, id string) error {
	return c.change(ctx, http.MethodDelete, "/2/zones/{zone}/records/{record}", nil, zone, id)
}
