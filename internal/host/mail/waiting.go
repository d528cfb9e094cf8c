package mail

import (
	"context"

	"kontor/internal/core/waiting"
)

// Waiting is the share of the mail in what waits: messages that only a person can decide about.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	letters, err := s.Letters(ctx)
	if err != nil {
		return nil, err
	}
	lines := []waiting.Line{}
	for _, l := range letters {
		if l.State == Failed || l.State == Uncertain {
			lines = append(lines, waiting.Line{
				Area: "settings", Kind: "mail_" + string(l.State), Ref: l.ID, Urgency: waiting.Failed, At: l.ChangedAt, Route: "/settings/mail",
				Params: map[string]string{"to": l.To, "subject": l.Subject},
			})
		}
	}
	return lines, nil
}
