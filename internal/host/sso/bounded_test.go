package sso_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/host/sso"
)

// A provider whose answer never ends costs neither memory nor patience.
func TestAnAnswerWithoutEndIsCut(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		word := []byte(strings.Repeat(" ", 64<<10))
		for r.Context().Err() == nil {
			if _, err := w.Write(word); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	endless := sso.New(sso.Options{Issuer: func(string) string { return server.URL }})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := endless.Begin(t.Context(), provider)
	runtime.ReadMemStats(&after)
	if fault.ReasonOf(err) != sso.ReasonDiscovery {
		t.Fatal(err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("%d bytes", took)
	}
}
