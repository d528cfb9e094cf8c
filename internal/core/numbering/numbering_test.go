package numbering_test

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/numbering"
)

func TestOf(t *testing.T) {
	for pattern, want := range map[string]string{
		numbering.Usual: "2026-0007", "AN-{yy}.{serial}": "AN-26.7", "{serial:2}/{year}": "2026-0007", "{year} {serial:6} CH": "2026 000007 CH",
		"": "2026-0007", "Offerte": "2026-0007", "Ž-{year}-{serial:3}": "Ž-2026-007",
	} {
		if got := numbering.Of(pattern, 2026, 7); got != want {
			t.Errorf("%q gives %q, want %q", pattern, got, want)
		}
	}
	if got := numbering.Of("{year}-{serial:2}", 2026, 12345); got != "2026-12345" {
		t.Errorf("a serial that is longer than its place is cut: %s", got)
	}
}

func TestCheck(t *testing.T) {
	for pattern, want := range map[string]string{
		"{year}-{serial:4}": "", "{yy}{serial}": "", "{serial:4}": numbering.NoYear, "{year}": numbering.NoSerial, "{year}{serial}{serial}": numbering.NoSerial,
		"{year}-{number}": numbering.NoSuchSlot, "{year}-{serial:0}": numbering.NoSuchSlot, "{year}-{serial:10}": numbering.NoSuchSlot,
		"{year}-{serial": numbering.NoSuchSlot, "{year:2}-{serial}": numbering.NoSuchSlot, "{year}/{serial}": numbering.NoSign, "{year}\n{serial}": numbering.NoSign,
	} {
		if got := numbering.Check(pattern); got != want {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
	}
}

// Two quotes of an organization never have one number, whatever pattern it has.
func TestNumbersDiffer(t *testing.T) {
	patterns := []string{numbering.Usual, "AN-{yy}.{serial}", "{serial:2} {year}", "{year}.{serial:9}", "1-{yy}-{serial}"}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(patterns).Draw(t, "pattern")
		year, other := rapid.IntRange(2000, 2099).Draw(t, "year"), rapid.IntRange(2000, 2099).Draw(t, "other year")
		serial, next := rapid.IntRange(1, 99999).Draw(t, "serial"), rapid.IntRange(1, 99999).Draw(t, "other serial")
		if (year != other || serial != next) && numbering.Of(p, year, serial) == numbering.Of(p, other, next) {
			t.Fatalf("%s: %d/%d and %d/%d", p, year, serial, other, next)
		}
	})
}
