package words

import (
	"bytes"
	"fmt"

	"kontor/frontend/messages"
)

// Page is all texts of a language as one JSON object by their keys, as the window's page reads them: the files stand in
// the program once, for both. A language that Kontor does not speak is English.
func Page(language string) []byte {
	language = In(language, "").Language
	files, err := messages.Files.ReadDir(language)
	if err != nil {
		panic(fmt.Sprintf("words: %v", err)) // the files are part of the program
	}
	all := []byte{'{'}
	for _, f := range files {
		data, err := messages.Files.ReadFile(language + "/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		entries := bytes.TrimSpace(data)
		entries = bytes.TrimSpace(entries[1 : len(entries)-1]) // without its braces
		if len(entries) == 0 {
			continue
		}
		if len(all) > 1 {
			all = append(all, ',')
		}
		all = append(all, entries...)
	}
	return append(all, '}')
}
