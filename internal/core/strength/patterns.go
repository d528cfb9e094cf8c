package strength

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/adjacency"
	"github.com/ccojocar/zxcvbn-go/entropy"
	"github.com/ccojocar/zxcvbn-go/match"
)

// words finds what stands in the lists, and what is known of the person.
func words(password string, known []string) []match.Match {
	mine := map[string]int{}
	for i, word := range known {
		mine[fold(word)] = i + 1
	}
	all := ranks()
	return inLists(password, fold(password), func(word string) int {
		if rank := mine[word]; rank > 0 {
			return rank
		}
		return all[word]
	})
}

func inLists(password, read string, rank func(word string) int) (found []match.Match) {
	for i := range read {
		for j := i + 1; j <= len(read); j++ {
			if r := rank(read[i:j]); r > 0 {
				m := match.Match{Pattern: "dictionary", I: i, J: j - 1, Token: password[i:j]}
				m.Entropy = entropy.DictionaryEntropy(m, float64(r))
				found = append(found, m)
			}
		}
	}
	return found
}

// disguises are the letters that a sign may stand for.
var disguises = map[byte]string{
	'4': "a", '@': "a", '8': "b", '(': "c", '{': "c", '[': "c", '<': "c", '3': "e", '6': "g", '9': "g", '!': "i",
	'1': "il", '|': "il", '0': "o", '$': "s", '5': "s", '+': "t", '7': "tl", '%': "x", '2': "z",
}

// leet finds words with signs for letters. A sign means the same all through a password, and costs nobody anything:
// whoever tries words tries them so too.
func leet(password string) []match.Match {
	readings := [][]byte{[]byte(fold(password))}
	for sign, letters := range disguises {
		if strings.IndexByte(password, sign) < 0 {
			continue
		}
		var next [][]byte
		for _, r := range readings {
			for _, letter := range []byte(letters) {
				next = append(next, replaced(r, sign, letter))
			}
		}
		readings = next
	}
	var found []match.Match
	for _, r := range readings {
		for _, m := range inLists(password, string(r), func(word string) int { return ranks()[word] }) {
			if string(r[m.I:m.J+1]) != fold(m.Token) {
				found = append(found, m)
			}
		}
	}
	return found
}

func replaced(s []byte, from, to byte) []byte {
	s = slices.Clone(s)
	for i := range s {
		if s[i] == from {
			s[i] = to
		}
	}
	return s
}

// keys finds three and more keys that lie beside each other.
func keys(password string) (found []match.Match) {
	for _, name := range []string{"qwerty", "dvorak", "keypad", "macKeypad"} {
		board := adjacency.GraphMap[name]
		for from := 0; from < len(password)-1; {
			to, turns, shifted := walk(board.Graph, password, from)
			if to-from > 2 {
				m := match.Match{Pattern: "spatial", I: from, J: to - 1, Token: password[from:to], DictionaryName: board.Name}
				m.Entropy = entropy.SpatialEntropy(m, turns, shifted)
				found = append(found, m)
			}
			from = to
		}
	}
	return found
}

// walk follows neighbouring keys. A neighbour is written as what its key gives without and with shift.
func walk(board map[string][]string, password string, from int) (to, turns, shifted int) {
	last := -1
	for to = from + 1; to < len(password); to++ {
		neighbours := board[password[to-1:to]]
		direction := slices.IndexFunc(neighbours, func(key string) bool { return strings.IndexByte(key, password[to]) >= 0 })
		if direction < 0 {
			break
		}
		if strings.IndexByte(neighbours[direction], password[to]) == 1 {
			shifted++
		}
		if direction != last {
			turns, last = turns+1, direction
		}
	}
	return to, turns, shifted
}

// repeats finds a character three times and more.
func repeats(password string) (found []match.Match) {
	low := fold(password)
	for from := 0; from < len(low); {
		char, size := utf8.DecodeRuneInString(low[from:])
		to := from + size
		for strings.HasPrefix(low[to:], string(char)) {
			to += size
		}
		if to-from > 2*size {
			m := match.Match{Pattern: "repeat", I: from, J: to - 1, Token: password[from:to]}
			m.Entropy = entropy.RepeatEntropy(m)
			found = append(found, m)
		}
		from = to
	}
	return found
}

// sequences finds pieces of the alphabet and of the digits, up and down.
func sequences(password string) (found []match.Match) {
	class := func(c byte) int {
		switch {
		case c >= 'a' && c <= 'z':
			return 26
		case c >= 'A' && c <= 'Z':
			return 27
		case c >= '0' && c <= '9':
			return 10
		}
		return 0
	}
	for from := 0; from+2 < len(password); {
		step := int(password[from+1]) - int(password[from])
		to := from + 1
		for (step == 1 || step == -1) && to < len(password) && int(password[to])-int(password[to-1]) == step &&
			class(password[to]) == class(password[from]) && class(password[from]) > 0 {
			to++
		}
		if to-from > 2 {
			m := match.Match{Pattern: "sequence", I: from, J: to - 1, Token: password[from:to]}
			m.Entropy = entropy.SequenceEntropy(m, min(class(password[from]), 26), step == 1)
			found = append(found, m)
			from = to - 1
		}
		from++
	}
	return found
}

var datePatterns = sync.OnceValue(func() []*regexp.Regexp {
	const between = `([-/\\_.\s])`
	return []*regexp.Regexp{
		regexp.MustCompile(`(?P<d>\d{1,2})` + between + `(?P<m>\d{1,2})` + between + `(?P<y>\d{4}|\d{2})`),
		regexp.MustCompile(`(?P<y>\d{4}|\d{2})` + between + `(?P<m>\d{1,2})` + between + `(?P<d>\d{1,2})`),
		regexp.MustCompile(`(?P<d>\d{2})()(?P<m>\d{2})()(?P<y>\d{4}|\d{2})`),
		regexp.MustCompile(`(?P<y>\d{4}|\d{2})()(?P<m>\d{2})()(?P<d>\d{2})`),
		regexp.MustCompile(`(?P<y>\d{4})`),
	}
})

// dates finds days, written with or without signs between the numbers, and years.
func dates(password string) (found []match.Match) {
	for _, pattern := range datePatterns() {
		for _, at := range pattern.FindAllStringSubmatchIndex(password, -1) {
			number := func(name string) int64 {
				i := pattern.SubexpIndex(name)
				if i < 0 {
					return 1
				}
				n, _ := strconv.ParseInt(password[at[2*i]:at[2*i+1]], 10, 64) // digits alone
				return n
			}
			year, month, day := number("y"), number("m"), number("d")
			if month > 12 {
				month, day = day, month
			}
			if day < 1 || day > 31 || month < 1 || month > 12 || year > 99 && (year < 1900 || year > 2049) {
				continue
			}
			m := match.Match{Pattern: "date", I: at[0], J: at[1] - 1, Token: password[at[0]:at[1]]}
			if pattern.NumSubexp() == 1 {
				m.Entropy = math.Log2(150)
			} else {
				m.Entropy = entropy.DateEntropy(match.DateMatch{Day: day, Month: month, Year: year, Separator: password[at[4]:at[5]]})
			}
			found = append(found, m)
		}
	}
	return found
}
