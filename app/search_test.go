package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/search"
)

// The sample has something of every kind: each is found, by the name that it has on its own page.
func TestEveryKindOfRecordIsFound(t *testing.T) {
	s := opened(t, t.TempDir())
	w := testkit.Bound[*search.Window](s.app)
	if _, err := w.Search("montebruno", nil, 5); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a search for nobody: %v", err)
	}
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	for kind, typed := range map[string]string{
		"client": "MONTEBRUNO", "quote": "2026", "sale": "tre larici", "order": "20614", "transfer": "tre-lar", "renewal": "hosting", "profile": "visa",
		"book": "chf", "organization": "ponteri", "member": "elena", "entry": "montebruno", "session": "debian",
	} {
		t.Run(kind, func(t *testing.T) {
			r, err := w.Search(typed, nil, 5)
			if err != nil || r.Near != "" {
				t.Fatal(r, err)
			}
			for _, g := range r.Groups {
				if g.Kind != kind {
					continue
				}
				if g.Total == 0 || len(g.Hits) == 0 || g.Total < len(g.Hits) || g.Searched < g.Total {
					t.Errorf("%q: %+v", typed, g)
				}
				for _, h := range g.Hits {
					if h.ID == "" || !strings.HasPrefix(h.Route, "/") || h.Params == nil || (h.Title == "" && kind != "entry" && kind != "profile" && kind != "book") {
						t.Errorf("%+v", h)
					}
					// a hit leads to the record, not to the page that it is somewhere on
					at, err := url.Parse(h.Route)
					if err != nil || kind != "organization" && at.Query().Get("row") != h.ID && !strings.HasSuffix(at.Path, "/"+h.ID) {
						t.Errorf("%s leads to %s", h.Title, h.Route)
					}
				}
				return
			}
			t.Errorf("%s was not searched: %+v", kind, r.Missing)
		})
	}
	none, err := w.Search("", []string{"client", "quote"}, 5)
	if err != nil || len(none.Groups) != 2 || none.Groups[0].Searched == 0 || none.Groups[0].Total != 0 {
		t.Errorf("with nothing typed it counts: %+v, %v", none, err)
	}
	begun := time.Now()
	if _, err := w.Search("hotel", nil, 5); err != nil {
		t.Fatal(err)
	}
	t.Log("the sample takes", time.Since(begun))
}
