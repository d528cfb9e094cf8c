package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"kontor/app"
	"kontor/internal/core/words"
)

func TestThePageIsGivenItsTexts(t *testing.T) {
	t.Setenv("LANGUAGE", "it")
	served := app.New(app.Options{}).Texts(http.NotFoundHandler())
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		served.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	for _, language := range append([]string{"mine"}, words.Languages...) {
		w := ask("/texts/" + language)
		var texts map[string]json.RawMessage
		if err := json.Unmarshal(w.Body.Bytes(), &texts); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %v", language, w.Code, err)
		}
		if len(texts) != len(words.Keys()) {
			t.Errorf("%s has %d texts, want %d", language, len(texts), len(words.Keys()))
		}
		if said := w.Header().Get("Content-Language"); said != language && language != "mine" || said == "mine" {
			t.Errorf("%s says it is %q", language, said)
		}
	}
	for _, path := range []string{"/texts/", "/texts/pt", "/texts/../it", "/elsewhere"} {
		if w := ask(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
