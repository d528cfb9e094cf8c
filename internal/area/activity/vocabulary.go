package activity

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/idna"

	"kontor/internal/core/text"
	book "kontor/internal/core/words"
	"kontor/internal/host/audit"
)

// fieldsByWord are the fields by what the five languages call their columns, so that an export of this program is
// understood again. Of the two columns that name who acted, the exact one counts.
var fieldsByWord = sync.OnceValue(func() map[string]Field {
	fields := map[string]Field{}
	for _, language := range book.Languages {
		b := book.For(book.Locale{Language: language})
		fields[text.Fold(columnWord(b, columnAccountID))] = FieldAccount
		for _, f := range Fields() {
			if f != FieldAccount {
				fields[text.Fold(columnWord(b, string(f)))] = f
			}
		}
	}
	return fields
})

// columnWord is what a language calls a column of an export.
func columnWord(b *book.Book, column string) string { return book.Of(b, "act_column_", Field(column)) }

// ownWords is where the codes have words that no area shows elsewhere.
const ownWords = "act_value_"

// families are where the areas keep the words of the codes that their entries hold.
var families = map[audit.Product][]string{
	audit.Prepaid:      {"prepaid_entry_", "prepaid_state_", "prepaid_target_"},
	audit.Payment:      {"payment_kind_"},
	audit.Domain:       {"transfer_q_", "transfer_stage_", "transfer_cause_"},
	audit.Organization: {"organization_role_"},
	audit.Session:      {"session_ended_"},
	audit.Client:       {"client_state_", "client_access_", "quote_state_"},
	audit.Partner:      {"quote_state_", "partner_product_"},
	audit.Mirror:       {"mirror_kind_", "mirror_state_"},
}

var (
	isCode    = regexp.MustCompile(`^[a-z][a-z_]*$`)
	isSetting = regexp.MustCompile(`^[a-z_]+=\w+( [a-z_]+=\w+)*$`)
)

// said is what an area wrote into an entry, as people say it: codes in the reader's language, names of domains in letters.
func said(b *book.Book, p audit.Product, written string) string {
	switch {
	case isCode.MatchString(written):
		for _, family := range append(families[p], ownWords) {
			if word, ok := b.Lookup(family + written); ok {
				return word
			}
		}
	case isSetting.MatchString(written):
		list := []string{}
		for one := range strings.FieldsSeq(written) {
			name, value, _ := strings.Cut(one, "=")
			list = append(list, said(b, p, name)+": "+said(b, p, value))
		}
		return strings.Join(list, ", ")
	case strings.HasPrefix(written, "sso "):
		return said(b, p, "sso") + ": " + strings.TrimPrefix(written, "sso ")
	}
	for mark, shown := range apart[p] {
		if first, rest, has := strings.Cut(written, mark); has && isCode.MatchString(first) {
			return said(b, p, first) + shown + said(b, p, rest)
		}
	}
	return inLetters(written)
}

// apart is what stands between several codes, or a code and figures, in the entries of an area; and how people write that.
var apart = map[audit.Product]map[string]string{
	audit.Organization: {"+": " + "},
	audit.Domain:       {" ": ", "},
	audit.Partner:      {"; ": "; "},
}

// inLetters is the name of a domain in letters; any other text stays as it is.
func inLetters(name string) string {
	if strings.Contains(name, "xn--") {
		if shown, err := idna.Display.ToUnicode(name); err == nil {
			return shown
		}
	}
	return name
}

// say puts what an entry keeps as codes into words. What another program wrote stays as it is.
func (e *Entry) say(b *book.Book) {
	if e.ImportID != "" {
		return
	}
	e.ObjectName, e.Old, e.New = said(b, e.Product, e.ObjectName), said(b, e.Product, e.Old), said(b, e.Product, e.New)
}

// coded is a code with the key of its words.
type coded struct{ code, key string }

// allCodes are those that have words, of all families.
var allCodes = sync.OnceValue(func() []coded {
	list := []coded{}
	everywhere := slices.Collect(maps.Values(families))
	for _, key := range book.Keys() {
		for _, some := range append(everywhere, []string{ownWords}) {
			for _, family := range some {
				if rest, ok := strings.CutPrefix(key, family); ok && isCode.MatchString(rest) {
					list = append(list, coded{rest, key})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b coded) int { return strings.Compare(a.key, b.key) })
	return slices.Compact(list)
})

// codesCalled are the codes whose words have those of a term.
func codesCalled(b *book.Book, fits func(string) bool) (list []string) {
	for _, c := range allCodes() {
		if word, _ := b.Lookup(c.key); fits(word) && !slices.Contains(list, phrase(c.code)) {
			list = append(list, phrase(c.code))
		}
	}
	return list
}
