package text

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
		err              error
	}{
		{"plain", "Anna Müller", "Anna Müller", nil},
		{"composed", "Mu\u0308ller", "Müller", nil},
		{"override", "Anna\u202egnp.exe", "", ErrDirection},
		{"embedding", "\u202aAnna\u202c", "", ErrDirection},
		{"isolate", "a\u2066b\u2069", "", ErrDirection},
		{"zero width blank", "Libreria Bottini\u200b", "Libreria Bottini", nil},
		{"byte order mark", "\ufeffAnna", "Anna", nil},
		{"soft hyphen", "Donau\u00addampf", "Donaudampf", nil},
		{"mark of direction", "Anna\u200f", "Anna", nil},
		{"word joiner", "a\u2060b", "ab", nil},
		{"joiner between Latin letters", "a\u200db\u200cc", "abc", nil},
		{"joiner in Persian", "می\u200cخواهم", "می\u200cخواهم", nil},
		{"joiner in Hindi", "क्\u200dष", "क्\u200dष", nil},
		{"joiner at the end of Persian", "می\u200c", "می", nil},
		{"family", "👨‍👩‍👧", "👨‍👩‍👧", nil},
		{"rainbow flag", "🏳️‍🌈", "🏳️‍🌈", nil},
		{"woman with skin", "👩🏽‍💻", "👩🏽‍💻", nil},
		{"heart", "❤️", "❤️", nil},
		{"look of a letter", "a\ufe0f", "a", nil},
		{"Scotland", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", nil},
		{"tags that hide a text", "a\U000e0041\U000e0042", "a", nil},
		{"look of a Chinese character", "葛\U000e0100", "葛\U000e0100", nil},
		{"filler of Hangul", "\u3164", "", nil},
		{"blank of Braille", "\u2800", "", nil},
		{"control", "a\x00b", "", ErrNotText},
		{"escape", "a\x1b[2J", "", ErrNotText},
		{"C1", "a\u0085b", "", ErrNotText},
		{"broken", "a\xffb", "", ErrNotText},
		{"noncharacter", "a\uffffb", "", ErrNotText},
		{"heap of accents", "a" + strings.Repeat("\u0316\u0317\u0318", 5), "", ErrNotText},
		{"Hebrew with points and accent", "בְּרֵאשִׁ֖ית", norm.NFC.String("בְּרֵאשִׁ֖ית"), nil},
		{"tab is a blank", "a\tb", "a b", nil},
	} {
		got, err := Clean(tt.text)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%s: %+q, %v; want %+q, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
	if got, err := CleanLong("a\r\nb\rc\td\u2028e"); got != "a\nb\nc\td\ne" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestLength(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "é": 1, "e\u0301": 1, "👨‍👩‍👧": 1, "🇨🇭🇮🇹": 2, "นี้": 1, "한국": 2} {
		if got := Length(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	if got := Cut("a👨‍👩‍👧bc", 2); got != "a👨‍👩‍👧" {
		t.Error(got)
	}
}

func TestReadable(t *testing.T) {
	for text, want := range map[string]bool{"a": true, "7": true, "東": true, "": false, "-": false, "❤": false, "\u3164": false, "\u115f": false, "\u0301": false, "½": true} {
		if Readable(text) != want {
			t.Errorf("%+q: %v", text, !want)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Straße": "strasse", "STRASSE": "strasse", "STRAẞE": "strasse", "Sørensen": "sorensen", "Łukasz": "lukasz", "Œuvre Æther": "oeuvre aether", "Đorđe": "dorde",
		"İstanbul": "istanbul", "ısı": "isi", "Müller": "muller", "Ｋｏｎｔｏｒ": "kontor", "ﬁn": "fin", "L’Atelier": "l'atelier", "A–B": "a-b", "a\u00a0 b": "a b",
		"ΣΊΣΥΦΟΣ": "σισυφοσ", "ς": "σ", "ガラス": "ガラス", "ｶﾞﾗｽ": "ガラス", "한국어": "한국어", "\u1112\u1161\u11ab": "한", "हिन्दी": "हिन्दी", "ไทย": "ไทย", "нЁб": "неб", "مُحَمَّد": "محمد",
		"a\u200bb": "ab", "\u202eab": "ab", " a  b ": "a b", "a\nb": "a\nb", "a \n b": "a\nb", "": "", "Ä": "a", "½": "1⁄2", "`": "'", "´": "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSpaced(t *testing.T) {
	for text, want := range map[string]string{"abc": "abc", "株式会社a東京": "株 式 会 社 a 東 京", "한국 x": "한 국  x", "ที่": "ที่"} {
		if got := Spaced(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTraceQuotesWhatWasWritten(t *testing.T) {
	tr := NewTrace("  Die Straße\n– “Größe” é")
	if tr.Folded != `die strasse - "grosse" e` {
		t.Fatal(tr.Folded)
	}
	for part, want := range map[string]string{"strasse": "Straße", "grosse": "Größe", "e -": "e –", "die strasse": "Die Straße"} {
		i := strings.Index(tr.Folded, part)
		if got := tr.Quote(i, i+len(part)); got != want {
			t.Errorf("%s: %q, want %q", part, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Anna\u202e Müller 👨‍👩‍👧 می\u200cخواهم")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Clean(s)
		if err != nil {
			return
		}
		again, err := Clean(got)
		if again != got || err != nil {
			t.Errorf("%+q: cleaned again it is %+q, %v", got, again, err)
		}
		if !norm.NFC.IsNormalString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || isIsolate(r) }) {
			t.Errorf("%+q passes", got)
		}
	})
}

// The page folds, too, and is held to the same lines (fold.test.ts). KONTOR_FOLDED=write draws them anew.
func TestFoldSaysWhatWasDrawn(t *testing.T) {
	const table = "testdata/folded.json"
	if os.Getenv("KONTOR_FOLDED") == "write" {
		drawFolded(t, table)
	}
	data, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][2]string
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if got := Fold(line[0]); got != line[1] {
			t.Errorf("%+q: %+q, want %+q", line[0], got, line[1])
		}
	}
}

// drawFolded writes texts of all that Fold treats by itself, in any order.
func drawFolded(t *testing.T, file string) {
	signs := []string{
		" ", " ", "  ", "\u00a0", "\u3000", "\n", "\r\n", "\t", "\u0085", "\u2009", "A", "b", "Z", "0", "-", "_", "`", "\"", "é", "É", "ü", "Å", "ñ", "Ç", "e\u0301", "a\u0308\u0304",
		"ﬁ", "Ａ", "ｆ", "１", "ﾊ", "ﾞ", "½", "²", "™", "Ω", "K", "ĳ", "ǆ", "İ", "I", "ſ", "Straße", "STRASSE", "ẞ", "Sørensen", "Łukasz",
		"Ελλάδα", "ΣΟΦΟΣ", "σοφός", "Ёлка", "Й", "أحمد", "بَ", "שָׁ", "東京", "が", "パ", "한국어", "각", "ไทย", "หนู", "क्ष", "नि", "কি", "မြန်", "𝔘", "😀", "👨\u200d👩",
		"\u200b", "\u200d", "\u00ad", "\u202e", "\ufe0f", "\u034f", "\ufeff", "\x00", "\x7f", "\u0301", "\u3099", "´", "¨", "¸",
	}
	for r, s := range same {
		signs = append(signs, string(r), strings.ToUpper(string(r)), s)
	}
	slices.Sort(signs)
	random := rand.New(rand.NewPCG(20261129, 11)) //nolint:gosec // the same each time
	lines := make([]string, 0, 1500)
	for range cap(lines) {
		s := ""
		for range 1 + random.IntN(6) {
			s += signs[random.IntN(len(signs))]
		}
		var b strings.Builder
		for _, text := range []string{s, Fold(s)} {
			line, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			for _, unit := range utf16.Encode([]rune(string(line))) { // so that every sign in it can be seen
				if unit >= ' ' && unit <= '~' {
					b.WriteByte(byte(unit))
				} else {
					fmt.Fprintf(&b, `\u%04x`, unit)
				}
			}
			b.WriteByte(',')
		}
		lines = append(lines, "["+strings.TrimSuffix(b.String(), ",")+"]")
	}
	if err := os.WriteFile(file, []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Straße\u0301 ﷺ 한국어 ガ")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("%+q: %+q, folded again %+q", s, once, twice)
		}
		tr := NewTrace(s)
		if len(tr.origin) != len(tr.Folded)+1 {
			t.Fatalf("%+q: %d origins of %d bytes", s, len(tr.origin), len(tr.Folded))
		}
		for i := range len(tr.Folded) {
			_ = tr.Quote(i, i+1)
		}
	})
}
