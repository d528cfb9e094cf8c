package input

import (
	"net/url"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// MaxWebsite is how long the address of a website may be, in bytes.
const MaxWebsite = 2000

// Website reads the address of a page as people write it, with https:// or without, and gives it with it. It can be opened:
// no other scheme, no account, a name that a registry can keep. Refusal: not_a_website.
func Website(c *fault.Check, field, typed string, required bool) string {
	typed = text.Bare(typed)
	if typed == "" && !required {
		return ""
	}
	address := typed
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || len(typed) > MaxWebsite || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || HasCard(typed) {
		Refuse(c, field, typed, refuse("not_a_website"))
		return ""
	}
	if _, refusal := ParseDomain(u.Hostname()); refusal != nil {
		Refuse(c, field, typed, refuse("not_a_website"))
		return ""
	}
	return strings.TrimSuffix(u.String(), "/")
}
