package transfer

import (
	"regexp"
	"slices"
	"strconv"

	"kontor/internal/core/text"
)

// prior is how often an answer of the registry means a cause, in per cent. Several may be true: registries answer 2304
// for a lock and for the sixty days, and some say 2201 where 2202 would be exact.
type prior struct {
	cause  Cause
	weight int
}

// result is an EPP result code with the text that RFC 5730 gives it.
type result struct {
	text   string
	priors []prior
}

var results = map[int]result{
	2005: {"Parameter value syntax error", []prior{}},
	2106: {"Object is not eligible for transfer", []prior{{SixtyDays, 60}, {Locked, 35}, {Pending, 15}}},
	2200: {"Authentication error", []prior{{RegistryDown, 55}}},
	2201: {"Authorization error", []prior{{CodeWrong, 60}, {RegistrarRefused, 25}, {Locked, 20}}},
	2202: {"Invalid authorization information", []prior{{CodeWrong, 88}, {CodeOld, 45}}},
	2300: {"Object pending transfer", []prior{{Pending, 90}}},
	2303: {"Object does not exist", []prior{{NotFound, 88}}},
	2305: {"Object association prohibits operation", []prior{{ServerLocked, 45}, {Pending, 20}}},
	2304: {"Object status prohibits operation", []prior{{Locked, 75}, {ServerLocked, 30}, {SixtyDays, 25}}},
	2308: {"Data management policy violation", []prior{{SixtyDays, 55}, {Locked, 35}, {Protected, 20}}},
	2400: {"Command failed", []prior{{RegistryDown, 80}}},
	2500: {"Command failed; server closing connection", []prior{{RegistryDown, 80}}},
	2502: {"Session limit exceeded; server closing connection", []prior{{RegistryDown, 70}}},
}

// ResultText is what RFC 5730 calls a result code; "" for one that says nothing about a transfer.
func ResultText(code int) string { return results[code].text }

// A four-digit number is a result code only where something says so: an EPP answer, a word for "code" or "error" right
// before it, the text of such a code right after it, or nothing else in the whole message.
//
//nolint:misspell // four of the languages are not English
var (
	inXML    = lazily(`<result\s+code\s*=\s*["'](\d{4})["']`)
	inWords  = lazily(`\b(?:epp|error|errore|erreur|fehler|code|codice|codigo|antwort|result|risultato|reponse|respuesta|resultado|response|status)(?:[ -]?(?:epp|error|code|codice|errore|erreur|fehler))?\s?[:#=]?\s?(2\d{3})\b`)
	aboutEPP = lazily(`\bepp\b|object (?:is not eligible|pending transfer|does not exist|status prohibits)|authori[sz]ation (?:error|information)|data management policy|command failed`)
	quoted   = lazily(`\b(2\d{3})\W{1,3}(?:object (?:is not eligible|pending transfer|does not exist|status prohibits)|(?:invalid )?authori[sz]ation (?:error|information)|data management policy|command failed|session limit)`)
	alone    = lazily(`^(?:[a-z]{1,12}[ :#]{1,2})?(2\d{3})(?:\W{1,3}[a-z;,:'" ]{0,80})?$`)
)

// codesIn finds the result codes of a folded text, in their order and once each.
func codesIn(t text.Trace, onTopic bool) []int {
	found := []int{}
	onTopic = onTopic || aboutEPP().MatchString(t.Folded)
	take := func(pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllStringSubmatch(t.Folded, 20) {
			code, err := strconv.Atoi(m[1])
			if err != nil || results[code].text == "" {
				continue
			}
			if !slices.Contains(found, code) {
				found = append(found, code)
			}
		}
	}
	take(inXML())
	take(quoted())
	if onTopic {
		take(inWords())
	}
	take(alone())
	return found
}
