package app

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/words"
)

// textsPrefix is where the page finds its texts: /texts/<language>, or /texts/mine for the language in which the person
// is spoken to at the start, which the answer names.
const textsPrefix = "/texts/"

// Texts answers what the window asks of /texts/ and hands everything else on.
func (a *App) Texts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		language, ok := strings.CutPrefix(r.URL.Path, textsPrefix)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		if language == "mine" {
			language = a.Language(r.Context())
		}
		if !slices.Contains(words.Languages, language) {
			http.Error(w, "", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Language", language)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(words.Page(language)))
	})
}
