package mirror

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
)

// value is one value of whatever an edit concerns; which parts count is told by the kind and the field.
type value struct {
	Known  bool     `json:"known,omitempty"`
	Text   string   `json:"text,omitempty"`
	ID     int64    `json:"id,omitempty"`
	Code   string   `json:"code,omitempty"`
	On     bool     `json:"on,omitempty"`
	Number int      `json:"number,omitempty"`
	Users  []string `json:"users,omitempty"`
	Record *Record  `json:"record,omitempty"`
	// Invitation is what an invitation asks for.
	Invitation *Invitation `json:"invitation,omitempty"`
}

func (v value) text() string {
	out, err := json.Marshal(v)
	if err != nil { // plain fields always marshal
		return "{}"
	}
	return string(out)
}

func valueOf(text string) (v value) {
	if json.Unmarshal([]byte(text), &v) != nil {
		return value{}
	}
	return v
}

func (v value) view() ValueView {
	out := ValueView{Known: v.Known, Text: v.Text, ID: v.ID, Code: v.Code, On: v.On, Number: v.Number}
	switch {
	case v.Record != nil:
		out.Text, out.Code, out.Number = v.Record.Target, v.Record.Type, v.Record.TTL
	case v.Users != nil:
		out.Text, out.Number = strings.Join(v.Users, ", "), len(v.Users)
	}
	return out
}

// maxName is how long Infomaniak lets a first or last name be, in characters.
const maxName = 128

// personField is a field of the profile at Infomaniak. The names under which it is read and written differ there.
type personField struct {
	name    string
	written []string // how Infomaniak names it in what it refuses
	list    string   // of the lookup that it is chosen from
	read    func(Person) value
	write   func(*PersonPatch, value)
	same    func(a, b value) bool
	// take makes a value of what a person entered.
	take func(c *fault.Check, in ValueInput, read value) value
}

func sameText(a, b value) bool { return tidy(a.Text) == tidy(b.Text) }
func sameID(a, b value) bool   { return a.Known == b.Known && a.ID == b.ID }
func sameOn(a, b value) bool   { return a.Known == b.Known && a.On == b.On }
func sameLock(a, b value) bool { return sameOn(a, b) && a.Number == b.Number }

func tidy(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }

func nameField(name, written string, read func(Person) string, write func(*PersonPatch, *string)) personField {
	return personField{
		name: name, written: []string{written}, same: sameText,
		read:  func(p Person) value { return value{Known: true, Text: read(p)} },
		write: func(p *PersonPatch, v value) { text := v.Text; write(p, &text) },
		take: func(c *fault.Check, in ValueInput, _ value) value {
			return value{Known: true, Text: tidy(input.Line(c, name, in.Text, maxName, true))}
		},
	}
}

func choiceField(name, written string, read func(Person) *Choice, write func(*PersonPatch, *int64)) personField {
	return personField{
		name: name, written: []string{written, name}, list: name, same: sameID,
		read: func(p Person) value {
			c := read(p)
			if c == nil {
				return value{}
			}
			return value{Known: true, ID: c.ID, Code: c.Code, Text: c.Name}
		},
		write: func(p *PersonPatch, v value) { id := v.ID; write(p, &id) },
		take: func(c *fault.Check, in ValueInput, _ value) value {
			if in.ID <= 0 {
				c.Refuse(name, "required")
			}
			return value{Known: true, ID: in.ID}
		},
	}
}

func switchField(name, written string, read func(Person) *bool, write func(*PersonPatch, *bool)) personField {
	return personField{
		name: name, written: []string{written}, same: sameOn,
		read: func(p Person) value {
			on := read(p)
			return value{Known: on != nil, On: on != nil && *on}
		},
		write: func(p *PersonPatch, v value) { on := v.On; write(p, &on) },
		take:  func(_ *fault.Check, in ValueInput, _ value) value { return value{Known: true, On: in.On} },
	}
}

// The lock of the sign-in at Infomaniak opens after so many failures at least and at most.
const (
	minLock = 1
	maxLock = 100
)

// lockField is the switch and the number, which are one edit: half of it would be a lock that nobody asked for.
func lockField() personField {
	return personField{
		name: "lock", written: []string{"unsuccessful_connexion_rate_limit", "unsuccessful_connexion_limit"}, same: sameLock,
		read: func(p Person) value {
			v := value{Known: p.LockOn != nil, On: p.LockOn != nil && *p.LockOn}
			if p.LockAfter != nil {
				v.Number = *p.LockAfter
			}
			return v
		},
		write: func(p *PersonPatch, v value) {
			on, after := v.On, v.Number
			p.LockOn = &on
			if after >= minLock {
				p.LockAfter = &after
			}
		},
		take: func(c *fault.Check, in ValueInput, read value) value {
			typed := strings.TrimSpace(in.Number)
			if typed == "" && !in.On {
				return value{Known: true, Number: read.Number}
			}
			n, err := strconv.Atoi(typed)
			switch {
			case typed == "":
				c.Refuse("lock", "required")
			case err != nil:
				c.Refuse("lock", "not_whole")
			case n < minLock:
				c.Refuse("lock", "number_too_small", "min", strconv.Itoa(minLock))
			case n > maxLock:
				c.Refuse("lock", "number_too_large", "max", strconv.Itoa(maxLock))
			}
			return value{Known: true, On: in.On, Number: n}
		},
	}
}

// personFields are the fields that can be changed and read back. E-mail, password, current organization and the sessions
// to keep are not among them, and no birthday: nobody could read it back.
var personFields = []personField{
	nameField("first_name", "firstname", func(p Person) string { return p.FirstName }, func(p *PersonPatch, v *string) { p.FirstName = v }),
	nameField("last_name", "lastname", func(p Person) string { return p.LastName }, func(p *PersonPatch, v *string) { p.LastName = v }),
	choiceField("language", "language_id", func(p Person) *Choice { return p.Language }, func(p *PersonPatch, v *int64) { p.LanguageID = v }),
	choiceField("country", "country_id", func(p Person) *Choice { return p.Country }, func(p *PersonPatch, v *int64) { p.CountryID = v }),
	choiceField("timezone", "timezone_id", func(p Person) *Choice { return p.Timezone }, func(p *PersonPatch, v *int64) { p.TimezoneID = v }),
	switchField("notice_success", "successful_connexion_notification",
		func(p Person) *bool { return p.NoticeSuccess }, func(p *PersonPatch, v *bool) { p.NoticeSuccess = v }),
	switchField("notice_failure", "unsuccessful_connexion_notification",
		func(p Person) *bool { return p.NoticeFailure }, func(p *PersonPatch, v *bool) { p.NoticeFailure = v }),
	lockField(),
}

func fieldNamed(name string) (personField, bool) {
	i := slices.IndexFunc(personFields, func(f personField) bool { return f.name == name })
	if i < 0 {
		return personField{}, false
	}
	return personFields[i], true
}

// fieldWritten is the field that Infomaniak means by a name of its own; "" for none.
func fieldWritten(name string) string {
	for _, f := range personFields {
		if slices.Contains(f.written, name) {
			return f.name
		}
	}
	return ""
}
