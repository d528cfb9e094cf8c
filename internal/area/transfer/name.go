package transfer

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"kontor/internal/core/input"
)

// Name brings a domain name into its ASCII form, or returns the reason why it cannot be transferred: required,
// not_a_domain (no name at all), domain_dash (a dash that is no hyphen), unknown_extension (no registry runs it) or not_registrable (an extension itself, or a
// name below the one that is registered).
func Name(typed string) (ascii, reason string) {
	ascii, refusal := input.ParseDomain(typed)
	if refusal != nil {
		return "", refusal.Code
	}
	if suffix, icann := publicsuffix.PublicSuffix(ascii); !icann && !strings.Contains(suffix, ".") {
		return "", "unknown_extension"
	}
	if registered, ok := registrable(ascii); !ok || registered != ascii {
		return "", "not_registrable"
	}
	return ascii, ""
}

// registrable is the part of a name that a registry sells. Extensions that are run privately below a registry's own
// (github.io) are not sold there, so the part above them counts.
func registrable(ascii string) (string, bool) {
	suffix, icann := publicsuffix.PublicSuffix(ascii)
	for !icann && strings.Contains(suffix, ".") {
		_, parent, _ := strings.Cut(suffix, ".")
		suffix, icann = publicsuffix.PublicSuffix(parent)
	}
	if !icann || suffix == ascii {
		return "", false
	}
	label := strings.TrimSuffix(ascii, "."+suffix)
	if i := strings.LastIndexByte(label, '.'); i >= 0 {
		label = label[i+1:]
	}
	return label + "." + suffix, true
}

// Display is the name as people write it.
func Display(ascii string) string {
	if name, err := idna.Display.ToUnicode(ascii); err == nil {
		return name
	}
	return ascii
}

// Extension is the last label of a name: "ch".
func Extension(ascii string) string { return ascii[strings.LastIndexByte(ascii, '.')+1:] }
