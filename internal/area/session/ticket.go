package session

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// TicketHours is how long a session can be taken up again with a ticket.
const TicketHours = 12

// Ticket is what takes this window's session up in another process, for as long as TicketHours: the command line is a new
// process each time. Whoever has it acts as the person, so it is kept where secrets are. Error: Unauthenticated.
func (s *Service) Ticket() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current.SessionID == "" {
		return nil, fault.New(fault.Unauthenticated, "")
	}
	return json.Marshal(s.current)
}

// TakeUpTicket makes the session of a ticket this window's. It is no sign-in: the journal has that of the ticket's making.
// Error: Unauthenticated once the session was ended or is older than TicketHours.
func (s *Service) TakeUpTicket(ctx context.Context, ticket []byte) error {
	var c credentials
	if err := json.Unmarshal(ticket, &c); err != nil {
		return fault.Wrap(err, fault.Unauthenticated, "session_ended")
	}
	found, err := s.verify(ctx, c)
	if err != nil {
		return err
	}
	if age := s.db.Now().Sub(found.FirstSeen); age < -time.Minute || age > TicketHours*time.Hour {
		err := s.db.Write(ctx, func(tx *sqlite.Tx) error { return end(ctx, tx, found.ID, "") }) // by nobody's act
		return errors.Join(fault.New(fault.Unauthenticated, "session_ended"), err)
	}
	s.become(c, found.LastActive)
	return nil
}

// ActIn makes this process act in an organization of the person, whatever her session shows: two commands that share a
// session act each in its own. One that the person does not belong to is not found, and a session that a provider has opened
// reaches no other.
func (s *Service) ActIn(ctx context.Context, organizationID string) error {
	actor, err := s.Actor(ctx)
	if err != nil {
		return err
	}
	if actor.Bound && actor.OrganizationID != organizationID {
		return fault.New(fault.NotFound, "")
	}
	if _, _, err := s.members.Membership(ctx, actor.AccountID, organizationID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.within = organizationID
	return nil
}
