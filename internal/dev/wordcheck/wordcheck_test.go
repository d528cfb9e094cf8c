package wordcheck

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kontor/internal/core/words"
)

const root = "../../.."

// silent are codes that the program could make by its types, but never shows, each with the reason.
var silent = map[string]string{
	"transfer_n_looked_on":  "the day alone is shown",
	"transfer_n_no_records": "it says that nobody has looked, as of other checks",
	"home_cover_covered":    "only what is not paid for is told",
	"home_cover_by_hand":    "only what is not paid for is told",
	"home_cover_hoped":      "only what is not paid for is told",
	"home_cover_too_late":   "only what is not paid for is told",
	"home_mail_sending":     "only what failed is told",
	"home_mail_sent":        "only what failed is told",
	"home_mail_waiting":     "only what failed is told",
	"home_mail_withdrawn":   "only what failed is told",
	"home_money_top_up":     "nothing is to be chosen then",
	"home_money_paid_order": "nothing is to be chosen then",
}

// place is where a text takes an argument.
var place = regexp.MustCompile(`\{([a-zA-Z]+)\}`)

// said tells whether a key has words. A code may be refused at a field in one place and as a whole in another: it needs
// words once, see explain in frontend/src/lib/backend/fault.ts.
func said(key string) bool {
	book := words.For(words.In("en", ""))
	code, isField := strings.CutPrefix(key, "field_")
	code, isReason := strings.CutPrefix(code, "reason_")
	if isField || isReason {
		return book.Has("field_"+code) || book.Has("reason_"+code)
	}
	return book.Has(key)
}

func TestWhateverAPersonSeesHasWords(t *testing.T) {
	p, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	uses, unclear := p.Uses()
	if len(uses) < 300 {
		t.Errorf("only %d uses were found", len(uses))
	}
	for _, u := range unclear {
		t.Error(u)
	}
	used, page := map[string]bool{}, wordsInPage(t)
	for _, u := range uses {
		used[u.Key] = true
		switch {
		case silent[u.Key] != "":
		case !said(u.Key):
			t.Errorf("%s: %s has no words", u.At, u.Key)
		case u.Spelled && !page[u.Key]:
			t.Errorf("%s: %s stands in no table of the page", u.At, u.Key)
		}
	}
	for key := range silent {
		if !used[key] || said(key) {
			t.Errorf("%s needs no exception any more", key)
		}
	}
	all := texts(t, "en")
	for _, w := range p.Places(func(key string) (places []string) {
		for _, text := range all[key] {
			for _, place := range place.FindAllStringSubmatch(text, -1) {
				places = append(places, place[1])
			}
		}
		return places
	}) {
		t.Error(w)
	}
	t.Run("the journal, too", func(t *testing.T) { journal(t, p) })
	t.Run("and no word is there for nobody", func(t *testing.T) { unused(t, p, used, page) })
}

// journal looks whether the journal has words for every code that an area writes into an entry: it reads them out of the
// families that its vocabulary names.
func journal(t *testing.T, p *Program) {
	vocabulary, err := os.ReadFile(root + "/internal/area/activity/vocabulary.go")
	if err != nil {
		t.Fatal(err)
	}
	families := []string{"act_value_"}
	for _, family := range regexp.MustCompile(`"([a-z_]+_)"`).FindAllStringSubmatch(string(vocabulary), -1) {
		families = append(families, family[1])
	}
	isCode, book, codes := regexp.MustCompile(`^[a-z][a-z_]*$`), words.For(words.In("en", "")), 0
	for _, u := range p.Written() {
		if !isCode.MatchString(u.Key) {
			continue
		}
		codes++
		if !slices.ContainsFunc(families, func(family string) bool { return book.Has(family + u.Key) }) {
			t.Errorf("%s: the journal has no words for %q", u.At, u.Key)
		}
	}
	if codes < 60 {
		t.Errorf("only %d codes were found", codes)
	}
}

var (
	inPage   = regexp.MustCompile(`[\w.]+`)
	aboutOf  = regexp.MustCompile(`^(home_\w+?|todo_\w+?)_(detail|act|done)$`)
	byCode   = regexp.MustCompile(`^(act_[a-z]+|fault)_(\w+)$`)
	noReason = regexp.MustCompile(`^(field|reason)_(\w+)$`)
)

// unused finds words that neither Go nor the page says.
func unused(t *testing.T, p *Program, used, page map[string]bool) {
	constants := p.Strings()
	for text := range p.Strings() { // "success=%t lock=%d"
		for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) }) {
			constants[name] = constants[name] || strings.Contains(text, name+"=")
		}
	}
	for _, key := range words.Keys() {
		switch m := noReason.FindStringSubmatch(key); {
		case used[key] || page[key]:
			continue
		case m != nil && (used["field_"+m[2]] || used["reason_"+m[2]]):
			continue
		}
		if m := aboutOf.FindStringSubmatch(key); m != nil && used[m[1]] {
			continue
		}
		if m := byCode.FindStringSubmatch(key); m != nil && constants[m[2]] {
			continue
		}
		t.Errorf("%s is never said: take it out of the message files", key)
	}
}

// wordsInPage are the names that stand in the sources of the page.
func wordsInPage(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	src := os.DirFS(root + "/frontend/src")
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "texts" {
			return fs.SkipDir
		}
		if ext := path.Ext(name); d.IsDir() || ext != ".ts" && ext != ".svelte" || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		text, err := fs.ReadFile(src, name)
		for _, word := range inPage.FindAllString(string(text), -1) {
			for part := range strings.SplitSeq(word, ".") {
				found[part] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
