package session_test

import (
	"testing"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
)

// A session is found by its computer and by what the person calls it, and its hit leads to its row.
func TestSessionsAreFound(t *testing.T) {
	_, s := started(t)
	ctx := as(t, s)
	devices, err := s.Devices(ctx)
	if err != nil || len(devices.Alive) != 1 {
		t.Fatalf("%+v, %v", devices, err)
	}
	here := devices.Alive[0]
	if err := s.Describe(ctx, here.ID, session.Said{OwnName: "Réception", Note: "beside the door"}); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]int{"reception": 1, "door": 1, here.Device.Name: 1, "nowhere at all": 0} {
		found, err := s.Search(ctx, find.Ask(typed, 5))
		if err != nil || found.Total != want || found.Searched != 1 {
			t.Errorf("%q: %+v, %v", typed, found, err)
		}
		if want == 1 && (found.Hits[0].Title != "Réception" || found.Hits[0].Route != find.Row("/session", here.ID)) {
			t.Errorf("%q: %+v", typed, found.Hits[0])
		}
	}
	if _, err := s.Search(t.Context(), find.Ask("reception", 5)); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a search for nobody: %v", err)
	}
}
