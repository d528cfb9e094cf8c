package activity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// row is an entry as the table keeps it.
type row struct {
	id, seq                                        int64
	organization, account, product, action, result int64
	person                                         int64
	before, after                                  []byte
	importNo                                       *int64
}

// rowArgs is how many arguments a row of the journal takes.
const rowArgs = 15

func insertEntries(n int) string {
	return `INSERT INTO journal (id, seq, organization, account, product, action, result, object_id, object_name,
		session, person, before, after, import, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)` +
		strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", n-1)
}

const insertText = `INSERT INTO journal_text (rowid, object, before, after, own_before, own_after, facet)
	VALUES (?, ?, ?, ?, ?, ?, ?)`

// textOf are the arguments of insertText. The words of personal values are marked with whose they are and who made the
// change: only those two look for words so marked, and nobody's search reads through everybody's.
func textOf(r row, e *Entry) []any {
	args := []any{r.id, e.ObjectName, e.Old, e.New, "", "", facets(r, e.ObjectID)}
	if r.person == 0 {
		args[1] = findable(e.ObjectName)
		return args
	}
	args[2], args[3] = "", ""
	for i, value := range []string{e.Old, e.New} {
		text := mark(value, ownMark(r.person))
		if r.account != r.person {
			text += " " + mark(value, madeMark(r.account))
		}
		args[4+i] = text
	}
	return args
}

// findable is what an object is found by: its name, and a domain's in letters, too.
func findable(name string) string {
	if shown := inLetters(name); shown != name {
		return name + " " + shown
	}
	return name
}

// ownMark and madeMark begin the words of values that are a person's, and of those that a person changed for another.
func ownMark(person int64) string   { return "x" + strconv.FormatInt(person, 10) + "q" }
func madeMark(account int64) string { return "u" + strconv.FormatInt(account, 10) + "q" }

// mark puts a mark before every word.
func mark(text, with string) string {
	var b strings.Builder
	inWord := false
	for _, r := range norm.NFC.String(text) {
		word := unicode.IsLetter(r) || unicode.IsNumber(r) || inWord && unicode.IsMark(r)
		if word && !inWord {
			b.WriteString(with)
		}
		inWord = word
		b.WriteRune(r)
	}
	return b.String()
}

// Facets are words of the text index that stand for a value: o7 is organization 7. They let the index intersect
// filters with each other and with text, however common each of them is.
const (
	facetOrganization = 'o'
	facetAccount      = 'u'
	facetProduct      = 'p'
	facetAction       = 'a'
	facetResult       = 'r'
	facetPerson       = 'x'
	facetSource       = 'i'
	facetObject       = 'k'
)

// facetMark begins every facet: a letter that comes after those of nearly any word. The lists of facets are long; among the
// words they would lie in the way of whoever looks for the next one.
const facetMark = "\uffdc"

// Numbers of the sources.
const (
	own      = 1
	imported = 2
)

func facets(r row, objectID string) string {
	b := make([]byte, 0, 96)
	add := func(letter byte, no int64) {
		if no != 0 {
			b = strconv.AppendInt(append(append(append(b, ' '), facetMark...), letter), no, 10)
		}
	}
	add(facetOrganization, r.organization)
	add(facetAccount, r.account)
	add(facetProduct, r.product)
	add(facetAction, r.action)
	add(facetResult, r.result)
	add(facetPerson, r.person)
	add(facetSource, own)
	if r.importNo != nil {
		b[len(b)-1] = '0' + imported
	}
	if objectID != "" {
		b = append(append(b, ' '), objectFacet(objectID)...)
	}
	return string(b)
}

// objectFacet stands for an object's id, which may hold anything.
func objectFacet(id string) string {
	sum := sha256.Sum256([]byte(id))
	return facetMark + string(facetObject) + hex.EncodeToString(sum[:8])
}

// Kinds of values.
const (
	kindOrganization = "organization"
	kindAccount      = "account"
	kindProduct      = "product"
	kindAction       = "action"
)

type value struct{ kind, word string }

// values knows the numbers of the words. A number is remembered once the transaction that made it is on disk.
type values struct {
	mu   *sync.RWMutex
	no   map[value]int64
	tx   *sqlite.Tx // nil for the shared one
	made map[value]int64
}

func newValues() *values { return &values{mu: &sync.RWMutex{}, no: map[value]int64{}} }

// in returns the values as a writing transaction sees them.
func (v *values) in(tx *sqlite.Tx) *values {
	made := map[value]int64{}
	tx.AfterCommit(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		maps.Copy(v.no, made)
	})
	return &values{mu: v.mu, no: v.no, tx: tx, made: made}
}

// number returns the word's number, and gives it one if it has none yet.
func (v *values) number(ctx context.Context, kind, word string) (int64, error) {
	key := value{kind, word}
	v.mu.RLock()
	no, ok := v.no[key]
	v.mu.RUnlock()
	if !ok {
		no, ok = v.made[key]
	}
	if ok {
		return no, nil
	}
	no, err := sqlite.One(ctx, v.tx, sqlite.Value[int64], `INSERT INTO journal_value (kind, value) VALUES (?, ?)
		ON CONFLICT (kind, value) DO NOTHING RETURNING no`, kind, word)
	if fault.CodeOf(err) == fault.NotFound { // an earlier transaction made it
		no, err = sqlite.One(ctx, v.tx, sqlite.Value[int64],
			"SELECT no FROM journal_value WHERE kind = ? AND value = ?", kind, word)
	}
	if err != nil {
		return 0, err
	}
	v.made[key] = no
	return no, nil
}

func (w *writer) number(ctx context.Context, e *Entry) (row, error) {
	r := row{result: resultNo[e.Result]}
	for _, x := range []struct {
		to         *int64
		kind, word string
	}{
		{&r.organization, kindOrganization, e.OrganizationID},
		{&r.account, kindAccount, e.AccountID},
		{&r.product, kindProduct, string(e.Product)},
		{&r.action, kindAction, string(e.Action)},
	} {
		no, err := w.values.number(ctx, x.kind, x.word)
		if err != nil {
			return r, err
		}
		*x.to = no
	}
	var err error
	if e.PersonID != "" {
		r.person, err = w.values.number(ctx, kindAccount, e.PersonID)
	}
	return r, err
}

func (e *Entry) link(r row) link {
	return link{
		seq: r.seq, id: r.id, organization: e.OrganizationID, account: e.AccountID,
		product: string(e.Product), action: string(e.Action), result: string(e.Result),
		objectID: e.ObjectID, objectName: e.ObjectName, session: e.SessionID, person: e.PersonID, source: e.ImportID,
		before: r.before, after: r.after,
	}
}
