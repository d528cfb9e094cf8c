package export

import (
	"path/filepath"
	"regexp"
	"strings"

	"kontor/internal/core/text"
)

// longestName is as many characters as every file system takes with an accent on each.
const longestName = 100

// reserved are names that Windows keeps for devices, whatever their ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)`)

// FileName is a name that every system takes, and that sorts and types like an ordinary one, for a file that shall be called
// so: no separators of folders and no signs that Windows forbids, nothing that is not seen, no point or blank at its ends, no
// device of Windows, with its ending.
func FileName(name, ending string) string {
	stem := strings.TrimSuffix(name, "."+ending)
	stem = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, text.Bare(text.OneLine(strings.ToValidUTF8(stem, "-")))) // also without what turns the direction of writing
	if runes := []rune(stem); len(runes) > longestName {
		stem = string(runes[:longestName])
	}
	stem = strings.Trim(stem, ". ")
	if stem == "" || reserved.MatchString(stem) {
		stem = strings.TrimSuffix("kontor-"+stem, "-")
	}
	if ending == "" {
		return stem
	}
	return stem + "." + ending
}

// WithEnding is a path that a person chose, with its ending where they wrote none and no file is called so without their
// knowing. Some dialogs append it, and some do not.
func WithEnding(path, ending string, there func(path string) bool) string {
	if path == "" || ending == "" || filepath.Ext(path) != "" {
		return path
	}
	if ended := path + "." + ending; !there(ended) {
		return ended
	}
	return path
}
