package infomaniak

import (
	"context"
	"strings"
	"time"
)

// Postal is an address of an organization.
type Postal struct {
	Street, Street2, Postcode, Place, Country string // Country is the code, "CH"; "" is not known
	ForInvoice                                bool
}

// Account is an organization. Type and LegalEntity are open sets: a word that is not known is kept as it is, and no right
// follows from it.
type Account struct {
	ID, Name, LegalEntity, Type   string
	VATNumber, Phone, Website     string
	Locale, Logo, LogoSquare      string
	Addresses                     []Postal
	Beta, Customer, SSO, Blocked  bool
	TwoStepRequired, NoAccess     bool
	Users, Invitations            int // 0 where not told
	CreatedAt, BlockedAt          time.Time
	WaitingPayment, OrdersRunning int
}

// Partner tells whether the organization is a client of the person's, in the words of "type".
func (a Account) Partner() bool { return strings.HasPrefix(a.Type, "partner_") }

// Accounts are the organizations of the person, all in one answer.
func (c *Client) Accounts(ctx context.Context) (Page[Account], error) {
	return whole(ctx, c, get("/1/accounts"), accountOf)
}

func accountOf(o object) (Account, bool) {
	a := Account{
		ID: o.id("id"), Name: o.text("name"), LegalEntity: o.text("legal_entity_type"), Type: o.text("type"),
		VATNumber: o.text("vat_number"), Phone: o.text("phone"), Website: o.text("website"), Locale: o.text("locale"),
		Logo: o.text("logo"), LogoSquare: o.text("logo_square"),
		Beta: o.flag("beta"), Customer: o.flag("is_customer"), SSO: o.flag("is_sso"), Blocked: o.flag("is_blocked"),
		TwoStepRequired: o.flag("has_2fa_required"), NoAccess: o.flag("no_access"),
		Users: o.count("nb_users"), Invitations: o.count("nb_invitations"),
		CreatedAt: o.moment("created_at"), BlockedAt: o.moment("blocked_at"),
	}
	for _, p := range o.list("addresses") {
		one := Postal{
			Street: p.text("street"), Street2: p.text("street2"), Postcode: p.text("zip"), Place: p.text("city"),
			ForInvoice: p.flag("for_invoice"),
		}
		if country, ok := p.object("country"); ok {
			one.Country = strings.ToUpper(country.text("short_name"))
		}
		a.Addresses = append(a.Addresses, one)
	}
	if order, ok := o.object("order"); ok {
		a.WaitingPayment, a.OrdersRunning = order.count("waiting_payment"), order.count("in_process")
	}
	return a, a.ID != ""
}

// Service is how many products of a kind an organization has.
type Service struct {
	ID, Name string
	Count    int
}

// Services counts the products of an organization.
func (c *Client) Services(ctx context.Context, account string) (Page[Service], error) {
	return whole(ctx, c, get("/1/accounts/{account}/services", account), func(o object) (Service, bool) {
		s := Service{o.id("id"), o.text("name"), o.count("count")}
		return s, s.ID != ""
	})
}

// Product is something that an organization has. It tells no price.
type Product struct {
	ID, Account, Service, Name, InternalName, FQDN string    // Name is the customer's
	ExpiresAt                                      time.Time // midnight in Zurich; of a domain not to be relied on
	DeletedAt                                      time.Time
	Partner                                        bool // managed by a partner
	Locked, Free                                   bool
}

// Products are the products of all organizations, a page at a time.
func (c *Client) Products(ctx context.Context, at string) (Page[Product], error) {
	return numbered(ctx, c, get("/1/products"), at, productOf)
}

func productOf(o object) (Product, bool) {
	p := Product{
		ID: o.id("id"), Account: o.id("account_id"), Service: o.text("service_name"), Name: o.text("customer_name"),
		InternalName: o.text("internal_name"), FQDN: o.text("fqdn"), ExpiresAt: o.moment("expired_at"),
		DeletedAt: o.moment("deleted_at"), Partner: o.flag("is_managed_by_partner"), Locked: o.flag("is_locked"), Free: o.flag("is_free"),
	}
	return p, p.ID != ""
}
