package session

import "time"

// UseSSO lets a service ask a provider of a test.
func UseSSO(s *Service, p interface {
	SSO
	Opener
}) {
	s.browser.sso, s.browser.opener = p, p
}

// WaitSSO waits until a sign-in through the browser is over, and says how it ended.
func WaitSSO(s *Service) error {
	for {
		switch p := s.browser.progress(); p.stage {
		case "done", "failed":
			return p.err
		}
		time.Sleep(time.Millisecond)
	}
}
