package activity

import (
	"slices"
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

// Mapping says which column fills which field, and what becomes of its words. A field without a column may have one value
// for all rows.
type Mapping struct {
	Source  string // the program that wrote the file; the product of what it did where nothing else says one
	Columns map[Field]string
	Fixed   map[Field]string
	Words   map[Field]map[string]string // of products, actions and results: an id, Keep or Leave, by the word of the file
	Zone    *time.Location              // of moments that name none
	Order   string                      // of days that could be read in two ways: input.DayFirst, input.MonthFirst; "" is what the file tells
}

// What may become of a word that a file has, beside the id of what the journal knows.
const (
	Keep  = "=" // it stays as it is written
	Leave = "-" // its rows are left out
)

// Fields whose words may be chosen for.
var wordFields = []Field{FieldProduct, FieldAction, FieldResult}

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

// suggest maps columns whose headings are known: those of a known service, of this program's own export, or usual ones.
func suggest(columns []column) map[Field]string {
	if _, found, known := recognised(columns); known {
		return found
	}
	folded, found := map[string]string{}, map[Field]string{}
	for _, c := range slices.Backward(columns) {
		folded[plainName(c.name)] = c.name
		if field, ok := fieldsByWord()[text.Fold(c.name)]; ok {
			found[field] = c.name
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
		if column != "" && !slices.Contains(columns, column) || !slices.Contains(Fields(), field) {
			c.Refuse(string(field), "not_a_choice")
		}
	}
	if m.Columns[FieldMoment] == "" {
		c.Refuse(string(FieldMoment), "required")
	}
	if m.Columns[FieldAction] == "" && m.Fixed[FieldAction] == "" {
		c.Refuse(string(FieldAction), "required")
	}
	if m.Columns[FieldProduct] == "" && m.Fixed[FieldProduct] == "" && text.OneLine(m.Source) == "" {
		c.Refuse(string(FieldProduct), "required")
	}
	return c.Err()
}

// draft is a row that became an entry, but for its person, whom only the database knows.
type draft struct {
	Entry
	actor string
	line  int
}

// leftOut is the reason of a row that the person does not want.
const leftOut = "left_out"

// word is what becomes of a word of the file: an id, the word itself, or the reason why its row is set aside.
func (m Mapping) word(field Field, written string) (word, reason string) {
	written = cut(text.OneLine(written), MaxName)
	chosen := m.Words[field][written]
	if chosen == "" {
		chosen = usual(field, written)
	}
	switch {
	case written == "" && field != FieldResult:
		return "", "required"
	case chosen == Leave:
		return "", leftOut
	case chosen == "":
		return "", badWord
	case chosen == Keep:
		return written, ""
	}
	return chosen, ""
}

// usual is what becomes of a word for which nobody chose: what the journal knows under that name, or else it stays as it is
// written. A result is one of three, so that an unknown one has none.
func usual(field Field, written string) string {
	switch field {
	case FieldResult:
		if written == "" {
			return string(audit.OK)
		}
		if id, ok := results[text.Fold(written)]; ok {
			return string(id)
		}
		id, _ := choose(KeyResult, written)
		return id
	case FieldProduct:
		if id, ok := choose(KeyProduct, written); ok {
			return id
		}
	case FieldAction:
		if id, ok := choose(KeyAction, written); ok && groups[id] == nil {
			return id
		}
		if id, ok := formerly[text.Fold(written)]; ok {
			return string(id)
		}
	}
	return Keep
}

// results are what other programs call them, beside the words that a search knows.
var results = map[string]audit.Result{
	"true": audit.OK, "partiallysucceeded": audit.OK, "allowed": audit.OK, "200": audit.OK,
	"false": audit.Failed, "blocked": audit.Refused, "forbidden": audit.Refused, "403": audit.Refused,
}

// formerly are names that Kontor itself wrote into exports, and no longer shows.
var formerly = map[string]audit.Action{
	"movement of funds": audit.FundsTransferred, "movimento di fondi": audit.FundsTransferred,
	"movimiento de fondos": audit.FundsTransferred, "mouvement de fonds": audit.FundsTransferred,
	"geldbewegung": audit.FundsTransferred,
}

// taker reads the rows of a file under a mapping.
type taker struct {
	Mapping
	at      map[Field]column
	moments *input.Moments
	now     time.Time
}

// taker looks up the columns. Whether the day or the month comes first is not known before the moments were added.
func (m Mapping) taker(columns []column, now time.Time) *taker {
	t := &taker{Mapping: m, at: map[Field]column{}, moments: input.NewMoments(m.Order, m.zone()), now: now}
	for field, name := range m.Columns {
		if i := slices.IndexFunc(columns, func(c column) bool { return c.name == name }); i >= 0 && name != "" {
			t.at[field] = columns[i]
		}
	}
	return t
}

// cell is what a record has for a field, or what all have.
func (t *taker) cell(r *record, f Field) string {
	if c, ok := t.at[f]; ok {
		return text.Bare(r.value(c))
	}
	if fixed := t.Fixed[f]; f != FieldProduct || fixed != "" {
		return fixed
	}
	if s, known := sourceCalled(t.Source); known && s.product != "" {
		return string(s.product)
	}
	return t.Source
}

// draft reads a record. Where it cannot, it says which field and why.
func (t *taker) draft(r *record) (d draft, field Field, reason string) {
	if r.fault != "" {
		return d, "", r.fault
	}
	d.line = r.line
	at, refusal := t.moments.Read(t.cell(r, FieldMoment))
	switch {
	case refusal != nil:
		return d, FieldMoment, refusal.Code
	case at.After(t.now.AddDate(0, 0, 1)):
		return d, FieldMoment, "date_in_future"
	}
	d.At = at
	words := map[Field]string{}
	for _, f := range wordFields {
		if words[f], reason = t.word(f, t.cell(r, f)); reason != "" {
			return d, f, reason
		}
	}
	d.Product, d.Action, d.Result = audit.Product(words[FieldProduct]), audit.Action(words[FieldAction]), audit.Result(words[FieldResult])
	d.actor, d.ObjectName, d.ObjectID = t.cell(r, FieldAccount), t.cell(r, FieldObject), t.cell(r, FieldObjectID)
	d.Old, d.New = t.cell(r, FieldOld), t.cell(r, FieldNew)
	for field, kept := range map[Field]string{FieldAccount: d.actor, FieldObject: d.ObjectName, FieldObjectID: d.ObjectID, FieldOld: d.Old, FieldNew: d.New} {
		if input.HasCard(kept) {
			return d, field, "looks_like_card"
		}
	}
	return d, "", ""
}
