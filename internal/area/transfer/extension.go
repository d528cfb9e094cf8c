package transfer

import "kontor/internal/core/day"

// Renewal is how a transfer changes the day on which a domain expires (Infomaniak, guide 1790).
type Renewal string

// The ways.
const (
	KeepsExpiry     Renewal = "keeps_expiry"      // .ch: nothing changes
	FromTransferDay Renewal = "from_transfer_day" // .be and .de: a year from the day of the transfer
	FromOldExpiry   Renewal = "from_old_expiry"   // everywhere else: a year more
)

// ExtensionFacts is what is published about transfers of one extension.
type ExtensionFacts struct {
	Extension string // "ch"; "" for those without rules of their own
	Renewal   Renewal
	Notes     []string // codes of the texts for what else is particular
}

var extensions = map[string]ExtensionFacts{
	"ch": {"ch", KeepsExpiry, []string{"newest_code", "protected"}},
	"be": {"be", FromTransferDay, []string{}},
	"de": {"de", FromTransferDay, []string{}},
	"fr": {"fr", FromOldExpiry, []string{"frozen"}},
}

// FactsOf are the facts of a name's extension, or those that hold in general.
func FactsOf(ascii string) ExtensionFacts {
	if f, ok := extensions[Extension(ascii)]; ok {
		return f
	}
	return ExtensionFacts{"", FromOldExpiry, []string{}}
}

// Expiry is when a domain expires after its transfer. The guide counts 365 days and registries count years: where a
// 29 February makes the two differ, Strict is the day that the guide's wording gives; otherwise it equals Day.
type Expiry struct {
	Day    day.Day // 0 if the old day is not known and would be needed
	Strict day.Day
}

// year is the guide's year, in days.
const year = 365

// NewExpiry computes the new expiry of a domain that is transferred on a day.
func NewExpiry(ascii string, expires, transferred day.Day) Expiry {
	switch FactsOf(ascii).Renewal {
	case FromTransferDay:
		return Expiry{transferred.AddMonths(12), transferred + year}
	case KeepsExpiry:
		return Expiry{expires, expires}
	case FromOldExpiry:
	}
	if expires == 0 {
		return Expiry{}
	}
	return Expiry{expires.AddMonths(12), expires + year}
}
