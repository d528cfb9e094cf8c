// Package link opens pages of Infomaniak in the person's browser. The window names a page and its parameters; the
// address is made here, from a list, and checked again before it leaves. Nothing else is ever handed to the system:
// its openers take file paths, other programs' schemes and much more.
package link

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"kontor/internal/core/fault"
)

// ID names a page.
type ID string

// The pages. Where a page of the Manager has no known address, its guide is what there is to open.
const (
	Home            ID = "home"             // the Manager, in its current organization
	HomeOf          ID = "home_of"          // the Manager, in one organization
	Profile         ID = "profile"          // a person's account
	DeleteAccount   ID = "delete_account"   // the same, with the question whether to delete it
	Password        ID = "password"         // change the password
	RecoverPassword ID = "recover_password" // for whoever cannot sign in
	Connections     ID = "connections"      // devices and sign-ins
	AppPasswords    ID = "app_passwords"    // passwords for single applications
	Security        ID = "security"         // two-step sign-in and recovery
	Tokens          ID = "tokens"           // API tokens
	Applications    ID = "applications"     // applications that were granted access
	Members         ID = "members"          // people and rights of an organization
	Handovers       ID = "handovers"        // products that move between organizations
	PaymentMethods  ID = "payment_methods"
	Invoices        ID = "invoices"
	Renewals        ID = "renewals"
	Domains         ID = "domains"
	DomainOf        ID = "domain"
	Help            ID = "help"
	Guide           ID = "guide" // one page of the support guides, by number
	PartnerGuides   ID = "partner_guides"
	DomainGuides    ID = "domain_guides"
)

const (
	manager = "manager.infomaniak.com"
	login   = "login.infomaniak.com"
	website = "www.infomaniak.com"
	guides  = "faq.infomaniak.com"
)

// hosts are the only ones that may be opened, letter by letter.
var hosts = []string{manager, login, website, guides}

// page is an address with places for parameters, written {name}.
type page struct{ host, path, query string }

var pages = map[ID]page{
	Home:            {manager, "/v3/ng/home", ""},
	HomeOf:          {manager, "/v3/{account}/ng/home", ""},
	Profile:         {manager, "/v3/ng/profile/user/dashboard", ""},
	DeleteAccount:   {manager, "/v3/ng/profile/user/dashboard", "open-terminate-account-modal"},
	Password:        {manager, "/v3/ng/profile/edit-password", ""},
	RecoverPassword: {login, "/recover", ""},
	Connections:     {manager, "/v3/ng/profile/user/connection-history/activity", ""},
	AppPasswords:    {manager, "/v3/ng/profile/user/connection-history/application-password", ""},
	Security:        {manager, "/v3/ng/profile/user/security-and-recovery-parameters/dashboard", ""},
	Tokens:          {manager, "/v3/ng/profile/user/token/list", ""},
	Applications:    {manager, "/v3/ng/profile/user/applications/list", ""},
	Members:         {manager, "/v3/ng/accounts/rights/users/list", ""},
	Handovers:       {manager, "/v3/ng/admin3/accounts/transfers/list", ""},
	PaymentMethods:  {manager, "/v3/invoicing/payment-methods", ""},
	Invoices:        {manager, "/v3/invoicing/{account}/bills", ""},
	Renewals:        {manager, "/v3/{account}/accounts/accounting/renewal", ""},
	Domains:         {manager, "/v3/ng/products/web/domains", ""},
	DomainOf:        {manager, "/v3/{account}/ng/domain/{product}/dashboard", ""},
	Help:            {website, "/gtl/help", ""},
	Guide:           {guides, "/{guide}", ""},
	PartnerGuides:   {website, "/en/support/faq/admin2/partner", ""},
	DomainGuides:    {website, "/en/support/faq/admin2/domain", ""},
}

// params says what each parameter may be: Infomaniak's numbers, without leading zeros.
var params = map[string]*regexp.Regexp{
	"account": regexp.MustCompile(`^[1-9][0-9]{0,9}$`),
	"product": regexp.MustCompile(`^[1-9][0-9]{0,9}$`),
	"guide":   regexp.MustCompile(`^[1-9][0-9]{0,4}$`),
}

var place = regexp.MustCompile(`\{[a-z]+\}`)

// IDs lists the pages that there are.
func IDs() []ID {
	list := make([]ID, 0, len(pages))
	for id := range pages {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// Params lists the parameters of a page; it takes all of them and no others.
func Params(id ID) []string {
	list := []string{}
	for _, p := range place.FindAllString(pages[id].path, -1) {
		list = append(list, strings.Trim(p, "{}"))
	}
	return list
}

// URL makes the address of a page. NotFound for a page that is not on the list, Invalid with the parameters' names
// for values that do not fit.
func URL(id ID, values map[string]string) (string, error) {
	p, ok := pages[id]
	if !ok {
		return "", fault.New(fault.NotFound, "")
	}
	names := Params(id)
	var c fault.Check
	for name := range values {
		if !slices.Contains(names, name) {
			c.Refuse(name, "not_a_choice")
		}
	}
	path := p.path
	for _, name := range names {
		value := values[name]
		switch {
		case value == "":
			c.Refuse(name, "required")
		case !params[name].MatchString(value):
			c.Refuse(name, "not_a_number")
		}
		path = strings.ReplaceAll(path, "{"+name+"}", escape(value))
	}
	if err := c.Err(); err != nil {
		return "", err
	}
	address := "https://" + p.host + path
	if p.query != "" {
		address += "?" + p.query
	}
	return address, Check(address)
}

// escape percent-encodes all but letters, digits, '-', '_' and '.'. url.PathEscape leaves '(', ')', '~', '!' and '*'
// as they are, which Wails refuses in an address.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if plain(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}

// longest is the most that Check lets through, in bytes.
const longest = 2048

var errRefused = errors.New("link: address refused")

// Check tells whether an address may be handed to the system: https, one of the hosts letter by letter, and then
// nothing but a plain path and query. It reads the text itself instead of trusting a parser: programs disagree about
// strange addresses, so strange ones are refused.
func Check(address string) error {
	if len(address) > longest {
		return fmt.Errorf("%w: too long", errRefused)
	}
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		return fmt.Errorf("%w: not https", errRefused)
	}
	host, rest, ok := strings.Cut(rest, "/")
	if !ok || !slices.Contains(hosts, host) {
		return fmt.Errorf("%w: not one of the hosts", errRefused)
	}
	path, query, _ := strings.Cut(rest, "?")
	if err := checkText(path, "/"); err != nil {
		return err
	}
	if err := checkText(query, "=&"); err != nil {
		return err
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return fmt.Errorf("%w: not a plain path", errRefused)
		}
	}
	if strings.Contains("/"+path, "//") {
		return fmt.Errorf("%w: not a plain path", errRefused)
	}
	u, err := url.Parse(address) // the parser has to agree
	if err != nil || u.Scheme != "https" || u.Host != host || u.User != nil || u.Opaque != "" || u.Fragment != "" {
		return fmt.Errorf("%w: ambiguous", errRefused)
	}
	return nil
}

// checkText allows plain characters, the separators, and percent-encoded printable ASCII that is not a separator of
// addresses once decoded.
func checkText(s, separators string) error {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case plain(c) || strings.IndexByte(separators, c) >= 0:
		case c == '%':
			decoded, err := url.PathUnescape(s[i:min(i+3, len(s))])
			if err != nil || len(decoded) != 1 || decoded[0] <= ' ' || decoded[0] > '~' || strings.ContainsAny(decoded, `%/\.:@?#`) {
				return fmt.Errorf("%w: strange escape", errRefused)
			}
			i += 2
		default:
			return fmt.Errorf("%w: strange character", errRefused)
		}
	}
	return nil
}
