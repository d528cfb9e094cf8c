package window

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestPageIsLoadedAgainButNotForEver(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	asked, loaded, answers := make(chan struct{}), make(chan struct{}), make(chan bool)
	r := newReviver(slog.New(slog.DiscardHandler), func() bool { asked <- struct{}{}; return <-answers })
	r.now, r.load = func() time.Time { return now }, func() { close(loaded) }
	dies := func(want bool) {
		t.Helper()
		now = now.Add(time.Second)
		if got := r.died("crashed"); got != want {
			t.Fatalf("at %v: loaded again %v, want %v", now, got, want)
		}
	}
	for range 2 * revivals {
		now = now.Add(revivalWhile) // now and then
		dies(true)
	}
	dies(true)
	dies(true)
	dies(false) // the fourth within a minute
	<-asked
	answers <- false
	now = now.Add(10 * time.Second)
	dies(false)
	<-asked
	answers <- true
	<-loaded
	dies(true) // the person has begun anew
}

func TestQuestionInFiveLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, language := range []string{"it", "es", "fr", "de", "en"} {
		text := endedTooOften(language)
		if seen[text] || strings.Contains(text, "%") || !strings.Contains(text, "Kontor") {
			t.Errorf("%s: %s", language, text)
		}
		seen[text] = true
	}
}
