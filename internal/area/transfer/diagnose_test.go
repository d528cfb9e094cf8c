package transfer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// message is one entry of the corpus: what it says, the cause that must come first, and those that must be there too.
type message struct {
	where string
	want  []Cause // none: must not be recognised
	words string
}

func corpus(t testing.TB, pattern string) []message {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus at %s: %v", pattern, err)
	}
	var list []message
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range strings.Split("\n"+string(data), "\n=== ")[1:] {
			head, words, _ := strings.Cut(block, "\n")
			m := message{where: filepath.Base(file) + " " + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)), words: words}
			for _, c := range strings.Fields(head) {
				if c == "none" {
					continue
				}
				if !Cause(c).Valid() {
					t.Fatalf("%s names a cause that is none: %s", m.where, c)
				}
				m.want = append(m.want, Cause(c))
			}
			list = append(list, m)
		}
	}
	return list
}

func TestTheCorpusIsReadAsItShouldBe(t *testing.T) {
	list := corpus(t, "corpus/*.txt")
	none := 0
	for _, m := range list {
		got := Diagnose(m.words)
		if len(m.want) == 0 {
			none++
			if got.Recognised() {
				t.Errorf("%s: recognised %+v in\n%s", m.where, got.Findings, m.words)
			}
			continue
		}
		if got.Best() != m.want[0] {
			t.Errorf("%s: %q, want %q, from %+v in\n%s", m.where, got.Best(), m.want[0], got.Findings, m.words)
			continue
		}
		for _, c := range m.want[1:] {
			if !has(got, c) {
				t.Errorf("%s: %s is missing from %+v", m.where, c, got.Findings)
			}
		}
	}
	if len(list) < 80 || none < 20 {
		t.Errorf("the corpus has %d messages, %d of them not to be recognised", len(list), none)
	}
}

func has(d Diagnosis, c Cause) bool {
	for _, f := range d.Findings {
		if f.Cause == c {
			return true
		}
	}
	return false
}
