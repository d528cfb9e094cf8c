//go:build e2e

package e2e_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// traces looks for words wherever the program may have left them: in every file of the person's home (the database with
// its log and copies, pictures, logs, the web view's own storage), in what the program has written to its console, in
// the keyring, and in the page with what stands in its fields. It gives the places that hold one, as "place: word".
func traces(t *testing.T, w *e2e.Window, words ...string) (hits []string) {
	t.Helper()
	places := map[string][]byte{"the console": []byte(w.Output())}
	var page string
	w.Script(&page, `return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((i) => i.value).join('\n')`)
	places["the page"] = []byte(page)
	keys, err := w.Run("secret-tool", "search", "--all", "service", "Kontor")
	if err != nil && keys != "" {
		t.Fatalf("the keyring: %v %s", err, keys)
	}
	places["the keyring"] = []byte(keys)
	err = filepath.WalkDir(w.Home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		places[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for place, data := range places {
		data = bytes.ToLower(data)
		for _, word := range words {
			wide := strings.Join(strings.Split(strings.ToLower(word), ""), "\x00")
			if bytes.Contains(data, []byte(strings.ToLower(word))) || bytes.Contains(data, []byte(wide)) {
				hits = append(hits, place+": "+word)
			}
		}
	}
	return hits
}
