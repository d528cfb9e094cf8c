package transfer

// Cause is a reason for which a transfer fails.
type Cause string

// The causes that Kontor can tell apart.
const (
	Locked           Cause = "locked"            // the holder's lock at the registrar
	ServerLocked     Cause = "server_locked"     // the registry's lock, or a dispute
	CodeWrong        Cause = "code_wrong"        // not the code that the registry has
	CodeOld          Cause = "code_old"          // run out, or replaced by a newer one
	ContactInvalid   Cause = "contact_invalid"   // an e-mail address of the holder that does not work
	NotConfirmed     Cause = "not_confirmed"     // the confirmation was not answered in time
	SixtyDays        Cause = "sixty_days"        // registered or moved too recently
	Expired          Cause = "expired"           // only a renewal is possible
	Redemption       Cause = "redemption"        // has to be restored
	RegistrarRefused Cause = "registrar_refused" // refused without another reason
	Unpaid           Cause = "unpaid"            // an open invoice at the registrar
	Pending          Cause = "pending"           // another transfer is under way
	Frozen           Cause = "frozen"            // .fr: a state that forbids every operation
	Protected        Cause = "protected"         // .ch and .swiss: a name with special protection
	NotFound         Cause = "not_found"         // no such domain
	HolderMismatch   Cause = "holder_mismatch"   // the holder's data differ
	RegistryDown     Cause = "registry_down"     // a technical fault or maintenance
	Dispute          Cause = "dispute"           // a court, UDRP, URS, SYRELI or a dispute about who the holder is
	HolderChanged    Cause = "holder_changed"    // the lock after a change of the registrant
	Unverified       Cause = "unverified"        // the holder never confirmed the e-mail address
	Suspended        Cause = "suspended"         // clientHold or serverHold without a reason given
	Declined         Cause = "declined"          // the holder said no
	SignedZone       Cause = "dnssec"            // DNSSEC is on
	NameServers      Cause = "name_servers"      // the registry's test of the zone failed
	TagNotChanged    Cause = "ips_tag"           // .uk: the registrar's tag was not changed
	Ineligible       Cause = "ineligible"        // the holder does not meet the registry's conditions
)

// Hand is who has to act before a restart can succeed.
type Hand string

// The hands.
const (
	You          Hand = "you"           // at the registrar that the domain leaves
	YouHere      Hand = "you_here"      // in the request itself
	Holder       Hand = "holder"        // the domain's owner
	OldRegistrar Hand = "old_registrar" // on the holder's demand
	Registry     Hand = "registry"
	Time         Hand = "time" // nobody: wait
)

// Source is where a remedy is written down.
type Source struct {
	Title      string // as the source calls itself; not translated
	Link       string // page that the window may open; "" if there is none
	Guide      string // number of the guide that the link opens
	Infomaniak bool   // Infomaniak says it; otherwise it holds at registrars in general
}

// The sources of the remedies.
var (
	guide1814  = Source{"Infomaniak, guide 1814", "guide", "1814", true}
	guide447   = Source{"Infomaniak, guide 447", "guide", "447", true}
	guideAdmin = Source{"Infomaniak, domain questions", "domain_guides", "", true}
	swizzonic  = Source{"Swizzonic, help", "", "", false}
	alwaysdata = Source{"alwaysdata, documentation", "", "", false}
	easyname   = Source{"easyname, support 17", "", "", false}
	rfc5730    = Source{"RFC 5730", "", "", false}
	gandiHelp  = Source{"Gandi, help on transfers", "", "", false}
	ovhErrors  = Source{"OVHcloud, domain errors", "", "", false}
)

// remedy is what the table says about a cause; the words are the window's.
type remedy struct {
	hand   Hand
	source Source
}

var remedies = map[Cause]remedy{
	Locked:           {You, guide1814},
	ServerLocked:     {Registry, rfc5730},
	CodeWrong:        {You, guide447},
	CodeOld:          {You, swizzonic},
	ContactInvalid:   {Holder, guide1814},
	NotConfirmed:     {Holder, easyname},
	SixtyDays:        {Time, guide1814},
	Expired:          {You, guideAdmin},
	Redemption:       {OldRegistrar, guideAdmin},
	RegistrarRefused: {OldRegistrar, easyname},
	Unpaid:           {You, swizzonic},
	Pending:          {Time, rfc5730},
	Frozen:           {Registry, guideAdmin},
	Protected:        {Registry, swizzonic},
	NotFound:         {YouHere, rfc5730},
	HolderMismatch:   {YouHere, alwaysdata},
	RegistryDown:     {Time, rfc5730},
	Dispute:          {Registry, icannPolicy},
	HolderChanged:    {Time, icannPolicy},
	Unverified:       {Holder, alwaysdata},
	Suspended:        {OldRegistrar, alwaysdata},
	Declined:         {Holder, icannPolicy},
	SignedZone:       {You, gandiHelp},
	NameServers:      {YouHere, ovhErrors},
	TagNotChanged:    {OldRegistrar, gandiTag},
	Ineligible:       {Holder, regulation},
}

// Hand is who acts on the cause.
func (c Cause) Hand() Hand { return remedies[c].hand }

// Source is where the remedy of the cause is written down.
func (c Cause) Source() Source { return remedies[c].source }

// Valid tells whether the table knows the cause.
func (c Cause) Valid() bool { _, ok := remedies[c]; return ok }

// NeedsFreshCode tells whether the code that was used will fail again.
func (c Cause) NeedsFreshCode() bool { return c == CodeWrong || c == CodeOld }
