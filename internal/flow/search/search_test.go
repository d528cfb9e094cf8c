package search_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/search"
)

func names(list ...string) find.Source {
	return func(_ context.Context, q find.Question) (find.Found, error) {
		return find.Among(q, list, func(s string) []string { return []string{s} },
			func(s string) find.Hit { return find.Hit{ID: s, Title: s, Route: "/" + s} }), nil
	}
}

func titles(r search.Result) (list []string) {
	for _, g := range r.Groups {
		for _, h := range g.Hits {
			list = append(list, h.Title)
		}
	}
	return list
}

func TestASearchFindsAsPeopleWrite(t *testing.T) {
	areas := []search.Area{
		{Kind: "client", Source: names("Grand Hôtel", "Hotel Tre Larici", "Straße 7", "Østby")},
		{Kind: "transfer", Source: names("montebruno.example", "tre-larici.example")},
	}
	for typed, want := range map[string][]string{
		"hotel":           {"Grand Hôtel", "Hotel Tre Larici"},
		"LARICI tre":      {"Hotel Tre Larici", "tre-larici.example"},
		"strasse":         {"Straße 7"},
		"ostby":           {"Østby"},
		"montebruno.ch":   {"montebruno.example"}, // close to it
		"Montebruna":      {"montebruno.example"},
		"nobody at all":   nil,
		"":                nil,
		"  ":              nil,
		"\x00%_'\"*( -/&": nil,
	} {
		r, err := search.Everything(testkit.As(t, access.LegalRepresentative), areas, typed, nil, 5)
		if err != nil || !slices.Equal(titles(r), want) {
			t.Errorf("%q finds %v, want %v (%v)", typed, titles(r), want, err)
		}
		if len(r.Groups) != 2 || r.Groups[0].Searched != 4 {
			t.Errorf("%q: what was searched: %+v", typed, r.Groups)
		}
	}
	only, err := search.Everything(testkit.As(t, access.External), areas, "larici", []string{"transfer"}, 5)
	if err != nil || !slices.Equal(titles(only), []string{"tre-larici.example"}) {
		t.Errorf("one kind alone: %+v, %v", only, err)
	}
}

func TestTheCountIsTrueAndTheListIsShort(t *testing.T) {
	list := []string{}
	for range 500 {
		list = append(list, "Albergo Larici", "Larici")
	}
	r, err := search.Everything(testkit.As(t, access.External), []search.Area{{Kind: "client", Source: names(list...)}}, "larici", nil, 1000)
	if err != nil || r.Groups[0].Total != 1000 || len(r.Groups[0].Hits) != search.MaxHits {
		t.Errorf("%d of %d, %v", len(r.Groups[0].Hits), r.Groups[0].Total, err)
	}
}

// What may not be seen, or cannot be read, is named and does not keep the rest back.
func TestWhatWasNotSearchedIsNamed(t *testing.T) {
	r, err := search.Everything(testkit.As(t, access.External), []search.Area{
		{Kind: "order", Source: func(context.Context, find.Question) (find.Found, error) {
			return find.Found{}, fault.New(fault.Forbidden, "")
		}},
		{Kind: "entry", Source: func(context.Context, find.Question) (find.Found, error) {
			return find.Found{}, errors.New("disk")
		}},
		{Kind: "client", Source: names("Larici")},
	}, "larici", nil, 5)
	if err != nil || len(r.Missing) != 2 || r.Missing[0].Why != string(fault.Forbidden) || !slices.Equal(titles(r), []string{"Larici"}) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := search.Everything(t.Context(), nil, "larici", nil, 5); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
}

func FuzzWhateverIsTyped(f *testing.F) {
	f.Add("montebruno.ch")
	f.Add("\u202e\xff" + strings.Repeat("ü", 300))
	f.Fuzz(func(t *testing.T, typed string) {
		r, err := search.Everything(testkit.As(t, access.External), []search.Area{{Kind: "client", Source: names("Montebruno", "Zürich")}}, typed, nil, 5)
		if err != nil || r.Groups == nil || r.Groups[0].Hits == nil {
			t.Fatalf("%q: %+v, %v", typed, r, err)
		}
	})
}
