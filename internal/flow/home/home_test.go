package home_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/home"
)

func source(lines ...waiting.Line) waiting.Source {
	return func(context.Context) ([]waiting.Line, error) { return lines, nil }
}

func TestTheMostUrgentComesFirst(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	got, err := home.Waiting(testkit.As(t, access.External),
		source(waiting.Line{Kind: "stale", Urgency: waiting.Stale}, waiting.Line{Kind: "later", Urgency: waiting.Soon, At: noon.Add(time.Hour)}),
		source(),
		source(waiting.Line{Kind: "soon", Urgency: waiting.Soon, At: noon}, waiting.Line{Kind: "failed", Urgency: waiting.Failed, At: noon}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"failed", "soon", "later", "stale"} {
		if got[i].Kind != want {
			t.Errorf("line %d is %s, want %s", i, got[i].Kind, want)
		}
	}
}

func TestNothingWaits(t *testing.T) {
	got, err := home.Waiting(testkit.As(t, access.LegalRepresentative))
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestNobodyIsTold(t *testing.T) {
	if _, err := home.Waiting(t.Context(), source(waiting.Line{})); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
}

func TestAnAreaThatFailsIsNotPassedOver(t *testing.T) {
	broken := errors.New("disk")
	_, err := home.Waiting(testkit.As(t, access.External), func(context.Context) ([]waiting.Line, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}
