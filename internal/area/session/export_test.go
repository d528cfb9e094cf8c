package session

import "time"

// provider is a provider, and the browser that leads to it.
type provider interface {
	SSO
	Opener
}

// UseSSO lets a service ask a provider of a test.
func UseSSO(s *Service, p provider) {
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
