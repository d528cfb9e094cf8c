// Package mail sends e-mail through a server that the person names: a queue in the database, emptied by one loop.
//
// It promises that no connection is made unless a server is set up and a message is due; that what is queued survives
// the end of the program; and that a message is never given to the server twice by itself. Where a connection ended at
// the one moment at which nobody can know (all was handed over, the answer did not come), the message is Uncertain and
// waits for a person. The password is in the vault and is never shown again.
package mail

import (
	"mime"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
)

// Security is how the connection to the server is protected.
type Security string

// The ways to be protected. Plain is accepted for this computer only.
const (
	STARTTLS Security = "starttls" // begins plain and must change to TLS before anything is said
	TLS      Security = "tls"      // TLS from the first byte
	Plain    Security = "plain"
)

// Limits of a message and of the settings, in characters where nothing else is said.
const (
	MaxHost        = 253
	MaxUser        = 254
	MaxPassword    = 1024 // bytes
	MaxSubject     = 250
	MaxText        = 100_000
	MaxName        = 128      // of an attachment
	MaxAttachments = 10 << 20 // bytes, of all attachments of a message
)

// Settings are the server through which mail is sent.
type Settings struct {
	Host     string
	Port     int
	Security Security
	User     string // "": the server asks for none
	From     string // address of the sender
}

// Validate tidies the settings and refuses what cannot work.
func (s *Settings) Validate() error {
	var c fault.Check
	s.Host, s.From = text.Bare(s.Host), text.Bare(s.From)
	if ascii, err := hostname(s.Host); err == nil {
		s.Host = ascii
	} else {
		code := "not_a_host"
		if s.Host == "" {
			code = "required"
		}
		c.Refuse("host", code)
	}
	if s.Port < 1 {
		c.Refuse("port", "number_too_small", "min", "1")
	} else if s.Port > 65535 {
		c.Refuse("port", "number_too_large", "max", "65535")
	}
	switch s.Security {
	case STARTTLS, TLS:
	case Plain:
		if !isLoopback(s.Host) {
			c.Refuse("security", "plain_beyond_loopback")
		}
	default:
		c.Refuse("security", "not_a_choice")
	}
	if s.User = strings.TrimSpace(s.User); text.HasControl(s.User) {
		c.Refuse("user", "not_text")
	}
	s.User = input.Line(&c, "user", s.User, MaxUser, false)
	checkAddress(&c, "from", &s.From)
	return c.Err()
}

// String names the settings for the journal; they hold no secret.
func (s Settings) String() string {
	return string(s.Security) + "://" + net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) + " " + s.From
}

// sameDoor tells whether the password of one may be given to the other.
func (s Settings) sameDoor(o Settings) bool {
	return s.Host == o.Host && s.Port == o.Port && s.Security == o.Security && s.User == o.User
}

func hostname(host string) (string, error) {
	if _, err := netip.ParseAddr(host); err == nil {
		return host, nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil || ascii == "" || len(ascii) > MaxHost || strings.ContainsAny(ascii, ":/@ ") {
		return "", fault.New(fault.Invalid, "not_a_host")
	}
	return strings.ToLower(ascii), nil
}

func isLoopback(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback()
	}
	return host == "localhost"
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name string // e.g. "invitation.kontor"
	Type string // media type, e.g. "application/json"
	Data []byte
}

// Message is what a caller wants sent, in the language of whoever reads it. At least one of AccountID and
// OrganizationID is set: they say who may see it in the queue, and with whom it goes when they are deleted.
type Message struct {
	To             string // one plain address
	Subject, Text  string
	Attachments    []Attachment
	AccountID      string
	OrganizationID string
	Product        audit.Product // for the journal
}

// Validate tidies the message and refuses what a header or a server would not take.
func (m *Message) Validate() error {
	var c fault.Check
	m.To = text.Bare(m.To)
	if text.HasControl(m.Subject) { // it would begin another header
		c.Refuse("subject", "not_text")
	}
	checkAddress(&c, "to", &m.To)
	m.Subject = checkText(&c, "subject", text.Line(m.Subject), MaxSubject, text.Clean)
	m.Text = checkText(&c, "text", m.Text, MaxText, text.CleanLong)
	size := 0
	for _, a := range m.Attachments {
		size += len(a.Data)
		if name := input.Line(&c, "attachments", a.Name, MaxName, true); name != a.Name || strings.ContainsAny(name, `/\"`) {
			c.Refuse("attachments", "not_text")
		}
		if t, _, err := mime.ParseMediaType(a.Type); err != nil || !strings.Contains(t, "/") || text.HasControl(a.Type) {
			c.Refuse("attachments", "not_a_choice")
		}
	}
	if size > MaxAttachments {
		c.Refuse("attachments", "file_too_large", "max", strconv.Itoa(MaxAttachments))
	}
	return c.Err()
}

// checkText tidies what the program itself wrote, with names in it that were read before. No card number is looked for:
// a link may hold one by chance.
func checkText(c *fault.Check, field, written string, most int, clean func(string) (string, error)) string {
	tidied, err := clean(written)
	switch {
	case err != nil:
		c.Refuse(field, "not_text")
	case strings.TrimSpace(tidied) == "":
		c.Refuse(field, "required")
	case text.Length(tidied) > most:
		c.Refuse(field, "too_long", "max", strconv.Itoa(most))
	}
	return tidied
}

// checkAddress accepts a plain address and writes its domain in ASCII, as servers want it.
func checkAddress(c *fault.Check, field string, address *string) {
	if *address == "" {
		c.Refuse(field, "required")
		return
	}
	key, err := input.MailKey(*address)
	if err != nil {
		c.Refuse(field, "not_an_email")
		return
	}
	*address = (*address)[:strings.LastIndexByte(*address, '@')] + key[strings.LastIndexByte(key, '@'):]
}

// State is how far a message has come.
type State string

// The states of a message.
const (
	Waiting   State = "waiting"   // for its moment, or for the server
	Sending   State = "sending"   // being handed over
	Sent      State = "sent"      // the server has taken it
	Uncertain State = "uncertain" // the connection ended when the server may have taken it: a person decides
	Failed    State = "failed"    // the server will not take it, or time ran out
	Withdrawn State = "withdrawn" // a person does not want it sent any more
)

// Letter is a message in the queue, as a person sees it. The text of the message is not part of it.
type Letter struct {
	ID        string
	To        string
	Subject   string
	Files     int
	State     State
	QueuedAt  time.Time
	ChangedAt time.Time
	Tries     int
	NextAt    time.Time // of the next attempt while Waiting
	GiveUpAt  time.Time
	Reason    string // why it waits, failed or is uncertain; a message key
	Detail    string // the server's own words
}

// GiveUpAfter is how long a message is tried. Servers that defer mail do so for minutes to hours; after three days
// nobody waits for a notice any more.
const GiveUpAfter = 72 * time.Hour

// The pause after a failure doubles from one minute to one hour.
const (
	firstPause   = time.Minute
	longestPause = time.Hour
)

// pause is how long to wait after that many failures in a row.
func pause(failures int) time.Duration {
	if failures < 1 {
		return 0
	}
	if failures > 6 {
		return longestPause
	}
	return min(firstPause<<(failures-1), longestPause)
}
