package session_test

import (
	"testing"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
)

// A ticket takes a session up in another process, writes nothing, and is worth nothing once the session ended or is old.
func TestATicketGoesOnForTwelveHours(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if _, err := s.Ticket(); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	ticket, err := s.Ticket()
	if err != nil {
		t.Fatal(err)
	}
	told := len(d.journal.Entries)
	d.clock.Advance((session.TicketHours - 1) * time.Hour)
	again := d.window(t, "me")
	if err := again.TakeUpTicket(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	as(t, again)
	if len(d.journal.Entries) != told {
		t.Error("taking up is no sign-in")
	}
	for _, wrong := range []string{"", "{}", `{"session":"x","secret":"AAAA"}`} {
		if err := d.window(t, "me").TakeUpTicket(t.Context(), []byte(wrong)); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	d.clock.Advance(2 * time.Hour)
	if err := d.window(t, "me").TakeUpTicket(t.Context(), ticket); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error("an old ticket:", err)
	}
	if _, err := again.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error("its session lives on:", err)
	}
}
