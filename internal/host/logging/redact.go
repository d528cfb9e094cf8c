package logging

import (
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// secretWords are the words in an attribute's name that make its value a secret.
var secretWords = map[string]bool{
	"password": true, "passwd": true, "pwd": true, "passphrase": true, "secret": true, "token": true, "code": true,
	"authorization": true, "auth": true, "bearer": true, "cookie": true, "credential": true, "otp": true, "totp": true,
	"pin": true, "iban": true, "card": true, "pan": true, "cvv": true, "cvc": true, "epp": true, "apikey": true,
	"verifier": true, "signature": true,
}

// secretPairs are secrets only together: a key alone may be a shortcut's.
var secretPairs = map[string]string{"key": "api private access secret master", "id": "session"}

const hidden = "[hidden]"

// redact is slog's ReplaceAttr; it sees every attribute that is not a group, and the message.
func redact(groups []string, a slog.Attr) slog.Attr {
	switch {
	case len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey):
		return a
	case secretName(a.Key):
		return slog.String(a.Key, hidden)
	}
	for _, g := range groups {
		if secretName(g) {
			return slog.String(a.Key, hidden)
		}
	}
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindBool, slog.KindDuration, slog.KindFloat64, slog.KindTime, slog.KindGroup:
		return a
	case slog.KindInt64, slog.KindUint64:
		if text := v.String(); Redact(text) != text {
			return slog.String(a.Key, hidden)
		}
		return a
	case slog.KindAny:
		return slog.String(a.Key, Redact(fmt.Sprintf("%+v", v.Any())))
	default:
		return slog.String(a.Key, Redact(v.String()))
	}
}

// secretName splits a name at case, digits and punctuation ("apiToken2", "X-Auth-Token") and looks its words up.
func secretName(name string) bool {
	words := wordsOf(name)
	for i, w := range words {
		w = strings.TrimSuffix(w, "s")
		if secretWords[w] || secretWords[words[i]] {
			return true
		}
		if i > 0 && strings.Contains(secretPairs[w], words[i-1]) && secretPairs[w] != "" {
			return true
		}
	}
	return false
}

func wordsOf(name string) []string {
	var words []string
	start := -1
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			if start >= 0 {
				words = append(words, string(runes[start:i]))
			}
			start = -1
		case start < 0:
			start = i
		case unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			words = append(words, string(runes[start:i]))
			start = i
		}
	}
	if start >= 0 {
		words = append(words, string(runes[start:]))
	}
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}

var (
	bearer = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}`)
	jwt    = regexp.MustCompile(`\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?`)
	// name=value, "name":"value" and "name: value"; a colon without a space is a field and its refusal.
	named   = regexp.MustCompile(`(?i)([a-z0-9_.-]*[a-z0-9])(=|["'] *: *|: +)("[^"]*"|'[^']*'|[^\s"'&,;})\]]+)`)
	address = regexp.MustCompile(`[^\s@<>"'(),;:=\[\]/&?]+@[^\s@<>"'(),;:=\[\]/&?]+\.[^\s@<>"'(),;:=.\[\]/&?]{2,}`)
	digits  = regexp.MustCompile(`\b\d(?:[ -]?\d){12,18}\b`)
	iban    = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}`)
)

// Redact replaces what looks like a token, an e-mail address, an IBAN or a card number in a text.
func Redact(s string) string {
	s = bearer.ReplaceAllString(s, "$1 "+hidden)
	s = jwt.ReplaceAllString(s, hidden)
	s = named.ReplaceAllStringFunc(s, func(m string) string {
		part := named.FindStringSubmatch(m)
		if !secretName(part[1]) {
			return m
		}
		return part[1] + part[2] + hidden
	})
	s = address.ReplaceAllString(s, hidden)
	s = iban.ReplaceAllStringFunc(s, hideIBAN)
	return digits.ReplaceAllStringFunc(s, func(m string) string {
		if luhn(m) {
			return hidden
		}
		return m
	})
}

// hideIBAN hides the longest beginning of the text that is a valid IBAN; words that follow it stay.
func hideIBAN(s string) string {
	end, count := 0, 0
	var plain strings.Builder
	for i, r := range s {
		if r == ' ' || r == '-' {
			continue
		}
		plain.WriteRune(unicode.ToUpper(r))
		if count++; count >= 15 && mod97(plain.String()) {
			end = i + 1
		}
	}
	if end == 0 {
		return s
	}
	return hidden + s[end:]
}

// mod97 is the check of ISO 13616.
func mod97(iban string) bool {
	rest := 0
	for _, r := range iban[4:] + iban[:4] {
		n, err := strconv.ParseInt(string(r), 36, 0)
		if err != nil {
			return false
		}
		if n >= 10 {
			rest *= 10
		}
		rest = (rest*10 + int(n)) % 97
	}
	return rest == 1
}

func luhn(s string) bool {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		d := int(s[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return sum%10 == 0
}
