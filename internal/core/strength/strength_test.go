package strength

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ccojocar/zxcvbn-go"
)

func TestWhatIsTriedFirst(t *testing.T) {
	for password, want := range map[string]int{
		"password": 0, "Password1": 0, "p@ssw0rd": 0, "P4$$w0rd": 0, "qwertyuiop": 0, "12345678": 0,
		"abcdefgh": 0, "zyxwvuts": 0, "aaaaaaaaaa": 0, "20.11.2026": 0, "20112026": 0, "elena1985": 0, "bernasconi": 0,
		"correct horse battery": 4, "Tr0ub4dour&3": 2, "gW7#kq!x2Lz9": 4, "éàüöéàüöéàüö": 4,
	} {
		if got := Of(password, "Elena", "Bernasconi"); got.Score > want || want == 4 && got.Score < 4 {
			t.Errorf("%s: %+v, want %d", password, got, want)
		}
	}
}

// The original looks for the same patterns, and counts bytes as characters beyond ASCII. Where it differs, this one must
// not be the more generous by much.
func TestAgreesWithTheOriginal(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	parts := []string{
		"summer", "Elena", "dragon", "monkey", "lugano", "invoice", "zebra", "hostpoint", "kontor", "S0mm3r", "p4ssw0rd", "qwert", "asdf",
		"1234", "abc", "zzz", "2019", "01.02.1999", "17051985", "!", "#", "x", "Q", "7", "_", "kX9", "vLq", "0w", "é",
	}
	const tries = 3000
	same := 0
	for range tries {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		password := b.String()
		mine, theirs := Of(password, "lugano").Score, zxcvbn.PasswordStrength(password, []string{"lugano"}).Score
		if mine == theirs {
			same++
		}
		if mine > theirs+1 {
			t.Errorf("%s: %d, the original says %d", password, mine, theirs)
		}
	}
	if same < tries*9/10 {
		t.Errorf("only %d of %d are as the original says", same, tries)
	}
}

func FuzzOf(f *testing.F) {
	f.Add("p@ssw0rd 01.02.1999")
	f.Add("\xff\x00é")
	f.Fuzz(func(t *testing.T, password string) {
		if e := Of(password[:min(len(password), 64)]); e.Score < 0 || e.Score > 4 || e.Seconds < 0 {
			t.Error(fmt.Sprint(e))
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		Of("|1!7 correct horse battery 4 staple", "Elena")
	}
}
