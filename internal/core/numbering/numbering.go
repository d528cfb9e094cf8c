// Package numbering makes the numbers of papers from a pattern such as "AN-{year}-{serial:4}".
package numbering

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Usual is the pattern as long as nobody sets another: "2026-0007".
const Usual = "{year}-{serial:4}"

// Limits of a pattern.
const (
	MaxPattern = 40 // characters
	MaxDigits  = 9
)

// What is wrong with a pattern, as codes of a field.
const (
	NoSerial   = "pattern_serial"  // it lacks the serial number, or has it twice
	NoYear     = "pattern_year"    // it lacks the year: numbers begin anew each year, and would come twice
	NoSuchSlot = "pattern_unknown" // it has something in braces that there is not
	NoSign     = "pattern_signs"   // it has a character that cannot be part of a file's name
)

var slot = regexp.MustCompile(`\{([^{}]*)\}`)

// Check tells why a pattern cannot be used; "" if it can. It has {serial} or {serial:4}, filled up with zeros to so many
// digits, exactly once, and {year} or {yy}.
func Check(pattern string) (code string) {
	serials, years := 0, 0
	for _, m := range slot.FindAllStringSubmatch(pattern, -1) {
		switch name, digits, given := strings.Cut(m[1], ":"); {
		case name == "serial" && (!given || width(digits) > 0):
			serials++
		case (name == "year" || name == "yy") && !given:
			years++
		default:
			return NoSuchSlot
		}
	}
	rest := slot.ReplaceAllString(pattern, "")
	switch {
	case strings.ContainsAny(rest, "{}"):
		return NoSuchSlot
	case strings.ContainsFunc(rest, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._ ", r)
	}):
		return NoSign
	case serials != 1:
		return NoSerial
	case years == 0:
		return NoYear
	}
	return ""
}

func width(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > MaxDigits || digits[0] == '0' {
		return 0
	}
	return n
}

// Of is the number that a pattern gives; an unusable pattern is Usual.
func Of(pattern string, year, serial int) string {
	if Check(pattern) != "" {
		pattern = Usual
	}
	return strings.TrimSpace(slot.ReplaceAllStringFunc(pattern, func(m string) string {
		name, digits, _ := strings.Cut(m[1:len(m)-1], ":")
		switch name {
		case "year":
			return strconv.Itoa(year)
		case "yy":
			return strconv.Itoa(year)[2:]
		}
		text := strconv.Itoa(serial)
		return strings.Repeat("0", max(width(digits)-len(text), 0)) + text
	}))
}
