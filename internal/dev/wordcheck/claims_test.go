package wordcheck

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/internal/core/words"
)

// texts are all texts of a language, by key; one with forms has several.
func texts(t *testing.T, language string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "frontend", "messages", language, "*.json"))
	if err != nil || len(files) < 15 {
		t.Fatal(files, err)
	}
	all := map[string][]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]json.RawMessage
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatal(err)
		}
		for key, raw := range messages {
			var text string
			var forms []struct {
				Match map[string]string `json:"match"`
			}
			if json.Unmarshal(raw, &text) == nil {
				all[key] = []string{text}
			} else if err := json.Unmarshal(raw, &forms); err != nil {
				t.Fatalf("%s: %s: %v", file, key, err)
			}
			for _, f := range forms {
				all[key] = append(all[key], slices.Sorted(maps.Values(f.Match))...)
			}
		}
	}
	return all
}

// oneWay are signs and words of German that stood beside others for the same thing, with what is said instead.
var oneWay = map[string]string{
	`[ßẞ]`: "ss", `[„“]`: "« and »", `MwSt`: "MWST", `\b[Nn]otiert`: "vermerkt", `[Ee]ingetippt`: "eingetragen",
	`Login-E-Mail`: "Anmelde-E-Mail", `\bErneuerung`: "Verlängerung",
}

// German is written one way, that of Switzerland, and a thing has one name: both ways stood side by side.
func TestGermanIsWrittenOneWay(t *testing.T) {
	all := texts(t, "de")
	for sign, instead := range oneWay {
		wrong := regexp.MustCompile(sign)
		for key, forms := range all {
			if strings.HasPrefix(key, "shell_find_words_") { // what a person may type
				continue
			}
			for _, text := range forms {
				if found := wrong.FindString(text); found != "" {
					t.Errorf("%s: %s in %q: %s", key, found, text, instead)
				}
			}
		}
	}
}

// Kontor decides nothing at Infomaniak, and must not say that it did.
func TestNoTextMakesAnOldClaim(t *testing.T) {
	for _, language := range words.Languages {
		for key, forms := range texts(t, language) {
			for _, text := range forms {
				for _, found := range Overclaims(language, text) {
					t.Errorf("%s: %s says %q: %q", language, key, found, text)
				}
			}
		}
	}
}

func TestActsThatInfomaniakDecidesSayWhereTheyTakePlace(t *testing.T) {
	for _, language := range words.Languages {
		all := texts(t, language)
		for _, key := range elsewhere {
			for _, text := range all[key] {
				if !says[language].MatchString(text) {
					t.Errorf("%s: %s does not say where it takes place: %q", language, key, text)
				}
			}
		}
	}
}

// told finds the texts that a page tells when something was done: toasts.done(m.x(…)), also where one of two is told.
var (
	toast     = regexp.MustCompile(`toasts\s*\.(?:done|undo|todo)\(((?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*)`)
	toastText = regexp.MustCompile(`\bm\.(\w+)\(`)
)

// Whatever is told as done about a thing that Infomaniak has too says where it was done.
func TestWhatIsToldAsDoneSaysWhere(t *testing.T) {
	told := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(root, "frontend", "src", "areas"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, ".test.") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, call := range toast.FindAllSubmatch(text, -1) {
			for _, key := range toastText.FindAllSubmatch(call[1], -1) {
				told[string(key[1])] = true
			}
		}
		return err
	})
	if err != nil || len(told) < 100 {
		t.Fatalf("%d texts are told: %v", len(told), err)
	}
	for _, language := range words.Languages {
		all := texts(t, language)
		for _, key := range slices.Sorted(maps.Keys(told)) {
			area, _, _ := strings.Cut(key, "_")
			if !slices.Contains(touching, area) || slices.Contains(ownThings, key) {
				continue
			}
			for _, text := range all[key] {
				if !says[language].MatchString(text) {
					t.Errorf("%s: %s does not say where it was done: %q", language, key, text)
				}
			}
		}
	}
	for _, key := range ownThings {
		if !told[key] {
			t.Errorf("%s is told nowhere any more", key)
		}
	}
}

// Each claim is forbidden in every language, and is found where it is made.
func TestClaimsAreFound(t *testing.T) {
	for _, c := range Claims {
		for _, language := range words.Languages {
			if c.Words[language] == "" || c.Why == "" {
				t.Errorf("%q is not forbidden in %s", c.Why, language)
			}
		}
	}
	for language, text := range map[string]string{
		"en": "The account is credited.", "it": "2 rinnovi sono ora pagati dal conto prepagato.", "de": "Die Auszahlung ist angefordert.",
		"fr": "Rien ne vous attend.", "es": "Dispositivos conectados a su cuenta.",
	} {
		if len(Overclaims(language, text)) != 1 {
			t.Errorf("%s: %q is not found", language, text)
		}
	}
	if found := Overclaims("en", "You sign in to Kontor with x@y.ch now. At Infomaniak nothing has changed."); len(found) > 0 {
		t.Error(found)
	}
}
