// Package strength estimates how long a password withstands guessing by someone who tries words, names, known
// passwords, dates and patterns of the keyboard first.
//
// The lists and the arithmetic are zxcvbn-go's. The patterns are looked for here, because its own search unpacks every
// list when the program starts: 18 MB and a fifth of the start, in a window that mostly asks for no new password.
package strength

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/ccojocar/zxcvbn-go/data"
	"github.com/ccojocar/zxcvbn-go/match"
	"github.com/ccojocar/zxcvbn-go/scoring"
)

// Estimate is what an attacker needs.
type Estimate struct {
	Score   int     // 0 (guessed at once) to 4 (very hard)
	Seconds float64 // at ten thousand guesses a second
}

// Of judges a password. Known are words that an attacker would try for this person.
func Of(password string, known ...string) Estimate {
	matches := slices.Concat(words(password, known), leet(password), keys(password), repeats(password),
		sequences(password), dates(password))
	slices.SortStableFunc(matches, func(a, b match.Match) int {
		if a.I != b.I {
			return a.I - b.I
		}
		return a.J - b.J
	})
	r := scoring.MinimumEntropyMatchSequence(password, matches)
	return Estimate{Score: r.Score, Seconds: r.CrackTime}
}

// ranks tells how early a word is tried: 1 is first. It is made when it is first asked for.
var ranks = sync.OnceValue(func() map[string]int {
	ranks := map[string]int{}
	for _, name := range []string{"Passwords", "English", "FemaleNames", "MaleNames", "Surnames"} {
		var file struct{ List []string }
		raw, err := data.Asset("data/" + name + ".json")
		if err == nil {
			err = json.Unmarshal(raw, &file)
		}
		if err != nil {
			panic(err) // they are part of the program
		}
		for i, word := range file.List {
			word = strings.ToLower(word)
			if earlier, ok := ranks[word]; !ok || i+1 < earlier {
				ranks[word] = i + 1
			}
		}
	}
	return ranks
})

// fold takes away the case where that leaves every letter in its place.
func fold(s string) string {
	if lower := strings.ToLower(s); len(lower) == len(s) {
		return lower
	}
	return s
}
