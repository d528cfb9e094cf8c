package activity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
)

// Field is what a column of an imported file can mean.
type Field string

// The fields. Moment and action are needed; product may be one for the whole file.
const (
	FieldMoment   Field = "moment"
	FieldAccount  Field = "account"
	FieldProduct  Field = "product"
	FieldAction   Field = "action"
	FieldObject   Field = "object"
	FieldObjectID Field = "object_id"
	FieldResult   Field = "result"
	FieldOld      Field = "old"
	FieldNew      Field = "new"
)

// Fields lists the fields in the order of a form.
func Fields() []Field {
	return []Field{
		FieldMoment, FieldAccount, FieldProduct, FieldAction, FieldObject, FieldObjectID, FieldResult, FieldOld, FieldNew,
	}
}

// Mapping says which column fills which field. A field without a column may have one value for all rows.
type Mapping struct {
	Columns map[Field]string
	Fixed   map[Field]string
	Zone    *time.Location // of moments that name none
	Order   string         // of days that could be read in two ways: input.DayFirst, input.MonthFirst; "" is what the file tells, or else the day first
}

// headings are what other programs call the fields. The first that a file has wins.
var headings = map[Field][]string{
	FieldMoment:   {"moment", "timestamp", "datetime", "date_time", "date", "time", "created_at", "when", "data", "fecha", "datum", "zeitpunkt", "horodatage", "local_time"},
	FieldAccount:  {"account_id", "account", "actor", "user", "email", "e_mail", "user_name", "username", "utente", "usuario", "benutzer", "utilisateur", "acteur", "persona", "person"},
	FieldProduct:  {"product", "service", "dienst", "servizio", "servicio", "prodotto", "producto", "produkt", "produit", "resource_type"},
	FieldAction:   {"action", "action_type", "event", "event_type", "type", "azione", "accion", "aktion", "operation"},
	FieldObject:   {"object", "object_name", "name", "target", "item", "oggetto", "objeto", "objekt", "objet", "resource"},
	FieldObjectID: {"object_id", "target_id", "resource_id", "id"},
	FieldResult:   {"result", "status", "outcome", "risultato", "resultado", "ergebnis", "resultat"},
	FieldOld:      {"old", "old_value", "before", "previous"},
	FieldNew:      {"new", "new_value", "after", "details", "description"},
}

var notWord = regexp.MustCompile(`[^a-z0-9]+`)

// suggest maps columns whose headings are known.
func suggest(columns []string) map[Field]string {
	folded, found := map[string]string{}, map[Field]string{}
	for _, c := range slices.Backward(columns) {
		f, _ := fold(c)
		if f == "" {
			f = strings.ToLower(c)
		}
		folded[strings.Trim(notWord.ReplaceAllString(f, "_"), "_")] = c
	}
	for _, c := range slices.Backward(columns) {
		if field, ok := fieldsByWord()[text.Fold(c)]; ok {
			found[field] = c
		}
	}
	for field, names := range headings {
		if found[field] != "" {
			continue
		}
		for _, n := range names {
			if c, ok := folded[n]; ok {
				found[field] = c
				break
			}
		}
	}
	return found
}

// check refuses a mapping that cannot lead to entries.
func (m Mapping) check(columns []string) error {
	var c fault.Check
	for field, column := range m.Columns {
		if column != "" && !slices.Contains(columns, column) {
			c.Refuse(string(field), "not_a_choice")
		}
		if !slices.Contains(Fields(), field) {
			c.Refuse(string(field), "not_a_choice")
		}
	}
	if m.Columns[FieldMoment] == "" {
		c.Refuse(string(FieldMoment), "required")
	}
	for _, field := range []Field{FieldProduct, FieldAction} {
		if m.Columns[field] == "" && m.Fixed[field] == "" {
			c.Refuse(string(field), "required")
		}
	}
	return c.Err()
}

// draft is a row that became an entry, but for its person, whom only the database knows.
type draft struct {
	Entry
	actor string
	line  int
}

// draft reads a record. Where it cannot, it says which field and why.
func (m Mapping) draft(rec record, at map[Field]int, now time.Time) (d draft, field Field, reason string) {
	if rec.fault != "" {
		return d, "", rec.fault
	}
	cell := func(f Field) string {
		if i, ok := at[f]; ok {
			if i < len(rec.cells) {
				return text.Bare(rec.cells[i])
			}
			return ""
		}
		return m.Fixed[f]
	}
	d.line = rec.line
	var ok bool
	if d.At, ok = readMoment(cell(FieldMoment), m.Zone, m.Order); !ok || d.At.Year() < 1970 || d.At.Year() > 2200 {
		return d, FieldMoment, badDate
	}
	if d.At.After(now.AddDate(0, 0, 1)) {
		return d, FieldMoment, "date_in_future"
	}
	product, ok := choose(KeyProduct, cell(FieldProduct))
	if !ok {
		return d, FieldProduct, badWord
	}
	action, ok := choose(KeyAction, cell(FieldAction))
	if !ok || groups[action] != nil {
		return d, FieldAction, badWord
	}
	result := string(audit.OK)
	if called := cell(FieldResult); called != "" {
		if result, ok = choose(KeyResult, called); !ok {
			return d, FieldResult, badWord
		}
	}
	d.Product, d.Action, d.Result = audit.Product(product), audit.Action(action), audit.Result(result)
	d.actor, d.ObjectName, d.ObjectID = cell(FieldAccount), cell(FieldObject), cell(FieldObjectID)
	d.Old, d.New = cell(FieldOld), cell(FieldNew)
	for field, kept := range map[Field]string{FieldAccount: d.actor, FieldObject: d.ObjectName, FieldObjectID: d.ObjectID, FieldOld: d.Old, FieldNew: d.New} {
		if input.HasCard(kept) {
			return d, field, "looks_like_card"
		}
	}
	return d, "", ""
}

// layouts of moments, the unambiguous first. Where day and month could change places and nothing tells, the day comes first:
// that is how the five languages write it.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999", "2006-01-02 15:04:05.999Z07:00", "2006-01-02 15:04:05.999 -0700",
	"2006-01-02 15:04:05.999", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly,
	"2.1.2006 15:04:05", "2.1.2006 15:04", "2.1.2006, 15:04:05", "2.1.2006, 15:04", "2.1.2006",
	"2/1/2006 15:04:05", "2/1/2006 15:04", "2/1/2006, 15:04:05", "2/1/2006, 15:04", "2/1/2006",
	time.RFC1123Z, time.RFC1123,
}

func readMoment(typed string, zone *time.Location, order string) (time.Time, bool) {
	if zone == nil {
		zone = time.UTC
	}
	if n, err := strconv.ParseInt(typed, 10, 64); err == nil && n > 0 {
		if n < 1e11 { // seconds until the year 5138, milliseconds from 1973 on
			n *= 1000
		}
		return time.UnixMilli(n).UTC(), n < 1e13
	}
	for _, layout := range layouts {
		if order == input.MonthFirst {
			layout = strings.Replace(layout, "2/1/2006", "1/2/2006", 1)
		}
		if t, err := time.ParseInLocation(layout, typed, zone); err == nil {
			return t.UTC().Truncate(time.Millisecond), true
		}
	}
	return time.Time{}, false
}
