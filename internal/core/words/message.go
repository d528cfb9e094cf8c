package words

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// message is one text, or several of which the first that matches is said. The window's page reads the same
// files by the same rules (frontend/src/lib/i18n/message.ts).
type message struct {
	plurals   map[string]string // a name of the message → the argument whose number it tells the form of
	selectors []string
	variants  []variant
}

// variant is a text with what it is said for, in the order of the selectors; "*" is anything.
type variant struct {
	match []string
	text  string
}

const anything = "*"

// messagesOf reads a message file. Keys are those of the file.
func messagesOf(file []byte) (map[string]message, error) {
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(file, &texts); err != nil {
		return nil, err
	}
	all := make(map[string]message, len(texts))
	for key, text := range texts {
		m, err := messageOf(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		all[key] = m
	}
	return all, nil
}

func messageOf(raw json.RawMessage) (m message, err error) {
	var plain string
	if json.Unmarshal(raw, &plain) == nil {
		return message{variants: []variant{{text: plain}}}, nil
	}
	var several []struct {
		Declarations []string     `json:"declarations"`
		Selectors    []string     `json:"selectors"`
		Match        orderedPairs `json:"match"`
	}
	if err := json.Unmarshal(raw, &several); err != nil {
		return m, err
	}
	if len(several) != 1 {
		return m, fmt.Errorf("%d lists of variants", len(several))
	}
	s := several[0]
	m.selectors, m.plurals = s.Selectors, map[string]string{}
	for _, d := range s.Declarations {
		f := strings.Fields(d)
		switch {
		case len(f) == 2 && f[0] == "input":
		case len(f) == 5 && f[0] == "local" && f[2] == "=" && f[4] == "plural":
			m.plurals[f[1]] = strings.TrimSuffix(f[3], ":")
		default:
			return m, fmt.Errorf("declaration %q is not understood", d)
		}
	}
	for _, pair := range s.Match {
		v := variant{match: make([]string, len(m.selectors)), text: pair[1]}
		for i := range v.match {
			v.match[i] = anything
		}
		for part := range strings.SplitSeq(pair[0], ",") {
			name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
			at := index(m.selectors, name)
			if !ok || at < 0 {
				return m, fmt.Errorf("match %q is not understood", pair[0])
			}
			v.match[at] = value
		}
		m.variants = append(m.variants, v)
	}
	return m, nil
}

func index(list []string, name string) int {
	for i, one := range list {
		if one == name {
			return i
		}
	}
	return -1
}

// say is the text for these arguments, with its places filled. Forms of numbers that a text does not have ("many" of a
// million in Italian) are said as the last, which is for all others.
func (m message) say(language string, args map[string]argument) string {
	best := m.variants[len(m.variants)-1]
	for _, v := range m.variants {
		if m.matches(v, language, args) {
			best = v
			break
		}
	}
	return fill(best.text, language, args)
}

func (m message) matches(v variant, language string, args map[string]argument) bool {
	for i, name := range m.selectors {
		if v.match[i] == anything {
			continue
		}
		value := args[name].text
		if counted, ok := m.plurals[name]; ok {
			value = plural(language, args[counted])
		}
		if value != v.match[i] {
			return false
		}
	}
	return true
}

// plural is CLDR's category of a number in a language. Of the languages of Kontor only French says nought as it says
// one; text that is no whole number is "other".
func plural(language string, a argument) string {
	if a.whole && (a.count == 1 || a.count == 0 && language == "fr") {
		return "one"
	}
	return "other"
}

// fill puts arguments into the places of a text. A place without an argument stays, so that a person can say what is
// missing; a test finds it first. An article before a place elides with what is put there.
func fill(text, language string, args map[string]argument) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		if !found {
			b.WriteString(before)
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		a, given := args[name]
		if given && language == "it" {
			before = elided(before, a.text)
		}
		b.WriteString(before)
		switch {
		case closed && given:
			b.WriteString(a.text)
		case closed:
			b.WriteString("{" + name + "}")
		default:
			b.WriteString("{" + rest)
			return b.String()
		}
		text = after
	}
}

// elided is an Italian text before a number: one of eight or eleven begins with a vowel, "l’11 marzo", "dall’8 %".
func elided(before, value string) string {
	rest, eleven := strings.CutPrefix(value, "11")
	if !strings.HasPrefix(value, "8") && (!eleven || rest != "" && rest[0] >= '0' && rest[0] <= '9') {
		return before
	}
	head, found := strings.CutSuffix(before, " ")
	if !found {
		return before
	}
	from := strings.LastIndexFunc(head, func(r rune) bool { return !unicode.IsLetter(r) }) + 1
	switch head[from:] {
	case "il":
		return head[:from] + "l’"
	case "Il":
		return head[:from] + "L’"
	case "al", "dal", "del", "nel", "sul", "Al", "Dal", "Del", "Nel", "Sul":
		return head + "l’"
	}
	return before
}

// orderedPairs is a JSON object of texts in the order of the file: the first variant that matches is said.
type orderedPairs [][2]string

func (p *orderedPairs) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var text string
		if err := d.Decode(&text); err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return fmt.Errorf("%v is no name", key)
		}
		*p = append(*p, [2]string{name, text})
	}
	return nil
}
