package transfer

import (
	"slices"

	"kontor/internal/core/day"
)

// Renewal is how a transfer changes the day on which a domain expires (Infomaniak, guide 1790).
type Renewal string

// The ways.
const (
	KeepsExpiry     Renewal = "keeps_expiry"      // .ch: nothing changes
	FromTransferDay Renewal = "from_transfer_day" // .be and .de: a year from the day of the transfer
	FromOldExpiry   Renewal = "from_old_expiry"   // everywhere else: a year more
	NotKnown        Renewal = "unknown"           // another source contradicts the guide's general rule
)

// ExtensionFacts is what is published about transfers of one extension.
type ExtensionFacts struct {
	Extension string // "ch"; "" for those of which nothing particular is known
	Renewal   Renewal
	Codeless  bool // there is no authorization code: the old registrar changes its tag
	Notes     []Note
}

// Note is something particular about an extension, with where it is written down. Its code is that of its text.
type Note struct {
	Code   string
	Source Source
}

// The sources of what is said about extensions, as they were found in November 2026.
var (
	gandiTag    = Source{Title: "Gandi, wiki: IPS tag"}
	gandiIt     = Source{Title: "Gandi, wiki: .it"}
	cloudflare  = Source{Title: "Cloudflare, Registrar documentation"}
	switchplus  = Source{Title: "switchplus, help on transfers"}
	onDenic     = Source{Title: "domainsmalltalk.com on DENIC’s AuthInfo"}
	jimdo       = Source{Title: "Jimdo, help 44201274570260"}
	dnsBelgium  = Source{Title: "DNS Belgium, transfer status"}
	transIP     = Source{Title: "TransIP, knowledge base 100"}
	onSIDN      = Source{Title: "henselhosting.nl on SIDN’s quarantine"}
	eurid       = Source{Title: "EURid, questions and answers"}
	rebel       = Source{Title: "Rebel, support on .eu"}
	regulation  = Source{Title: "Regulation (EU) 2019/517"}
	seekahost   = Source{Title: "SeekaHost, .es policies"}
	icannPolicy = Source{Title: "ICANN, Transfer Policy"}
	realtime    = Source{Title: "Realtime Register, whmcs-domains, issue 108"}
)

// generic holds for the extensions that ICANN's policy governs: those of three letters and more.
var generic = []Note{{"sixty_days", icannPolicy}, {"holder_lock", icannPolicy}, {"foa", icannPolicy}}

// afnic runs .fr and the extensions of French territories.
var afnic = []Note{{"frozen", guideAdmin}}

var extensions = map[string]ExtensionFacts{
	"ch":    {"ch", KeepsExpiry, false, []Note{{"newest_code", swizzonic}, {"protected", swizzonic}}},
	"li":    {"li", FromOldExpiry, false, []Note{{"newest_code", switchplus}, {"protected", swizzonic}}},
	"swiss": {"swiss", FromOldExpiry, false, []Note{{"protected", swizzonic}}},
	"be":    {"be", FromTransferDay, false, []Note{{"code_registry", transIP}, {"on_hold", dnsBelgium}}},
	"de":    {"de", FromTransferDay, false, []Note{{"code_30_days", onDenic}, {"no_lock", jimdo}}},
	"fr":    {"fr", FromOldExpiry, false, afnic},
	"re":    {"re", FromOldExpiry, false, afnic},
	"pm":    {"pm", FromOldExpiry, false, afnic},
	"tf":    {"tf", FromOldExpiry, false, afnic},
	"wf":    {"wf", FromOldExpiry, false, afnic},
	"yt":    {"yt", FromOldExpiry, false, afnic},
	"eu":    {"eu", FromOldExpiry, false, []Note{{"code_40_days", rebel}, {"code_registry", transIP}, {"on_hold", eurid}, {"quarantine_40", eurid}, {"eligible_eu", regulation}}},
	"nl":    {"nl", FromOldExpiry, false, []Note{{"code_5_days", transIP}, {"quarantine_40", onSIDN}}},
	"it":    {"it", FromOldExpiry, false, []Note{{"same_holder", gandiIt}}},
	"es":    {"es", FromOldExpiry, false, []Note{{"id_number", seekahost}}},
	"uk":    {"uk", NotKnown, true, []Note{{"tag", gandiTag}, {"no_year", cloudflare}}},
	"si":    {"si", FromOldExpiry, false, []Note{{"name_servers", realtime}}},
	"ca":    {"ca", FromOldExpiry, false, []Note{{"registrant_mail", cloudflare}}},
	"mx":    {"mx", FromOldExpiry, false, []Note{{"registrant_mail", cloudflare}}},
	"nz":    {"nz", FromOldExpiry, false, []Note{{"registrant_mail", cloudflare}}},
	"ai":    {"ai", NotKnown, false, []Note{{"two_years", cloudflare}}},
}

// FactsOf are the facts of a name's extension, or those that hold in general.
func FactsOf(ascii string) ExtensionFacts {
	extension := Extension(ascii)
	if f, ok := extensions[extension]; ok {
		return f
	}
	if len(extension) > 2 {
		return ExtensionFacts{extension, FromOldExpiry, false, generic}
	}
	return ExtensionFacts{"", FromOldExpiry, false, []Note{}}
}

func (f ExtensionFacts) has(note string) bool {
	return slices.ContainsFunc(f.Notes, func(n Note) bool { return n.Code == note })
}

// Expiry is when a domain expires after its transfer. The guide counts 365 days and registries count years: where a
// 29 February makes the two differ, Strict is the day that the guide's wording gives; otherwise it equals Day.
type Expiry struct {
	Day    day.Day // 0 if it is not known: neither the rule nor, where it is needed, the old day
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
	case NotKnown:
		return Expiry{}
	case FromOldExpiry:
	}
	if expires == 0 {
		return Expiry{}
	}
	return Expiry{expires.AddMonths(12), expires + year}
}
