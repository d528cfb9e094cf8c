package session

import (
	"context"
	"log/slog"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// ReasonNoAttempt says that no sign-in through the browser is under way.
const ReasonNoAttempt = "sso_no_attempt"

// SSO asks providers over the network.
type SSO interface {
	// Check refuses ids that cannot be those of an Entra ID, and returns them tidied.
	Check(tenant, client string) (string, string, error)
	// Begin prepares a sign-in whose answer it waits for on this computer.
	Begin(ctx context.Context, p Provider) (Attempted, error)
	// Ready checks a provider before anybody depends on it.
	Ready(ctx context.Context, p Provider) ([]Finding, error)
	// Redirect is what an administrator registers at the provider.
	Redirect() string
}

// Attempted is one sign-in through the browser.
type Attempted interface {
	Link() string            // what the browser opens
	Checking() bool          // the answer has come and is being checked
	Wait() (Identity, error) // ends at the latest when the attempt runs out
	Cancel()
}

// Opener hands an address to the system. It may return before the page is shown.
type Opener interface{ OpenURL(address string) error }

// Finding is one line of the readiness check. Its words are organization_sso_<check>.
type Finding struct {
	Check  string `json:"check"`
	State  string `json:"state"`  // ok, bad, unchecked: only a sign-in shows it
	Reason string `json:"reason"` // why the provider could not be read, its words are organization_sso_why_<reason>; or ""
	Detail string `json:"detail"`
}

// browser holds the one sign-in through the browser that a window may have under way.
type browser struct {
	sso    SSO
	opener Opener
	log    *slog.Logger // may be nil

	mu      sync.Mutex
	attempt Attempted
	over    bool
	err     error
	check   context.CancelFunc // of the readiness check that is under way
}

// progress is how far a sign-in through the browser has come.
type progress struct {
	stage string // none, waiting, checking, done, failed
	link  string // "" once it is over
	err   error
}

// BeginInBrowser opens the browser at the provider that answers for an address, in the place of an older attempt, and
// signs in whom the answer names. That the browser could not be opened does not end the attempt: it is notOpened, as the
// link can be copied.
func (s *Service) BeginInBrowser(ctx context.Context, email string, stay bool) (notOpened, err error) {
	provider, err := s.ProviderFor(ctx, email)
	if err != nil {
		return nil, err
	}
	return s.browser.begin(ctx, provider, func(who Identity) error { return s.SignInAs(context.Background(), provider, who, stay) })
}

// LinkInBrowser opens the browser at the provider of the organization that the window shows, after the password was
// given, and lets the identity that the answer names open the account of the person who is signed in. notOpened as in
// BeginInBrowser. Errors: NotFound/ReasonNoProvider; see link.
func (s *Service) LinkInBrowser(ctx context.Context, password string) (notOpened, err error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return nil, err
	}
	if _, err := access.Require(ctx, access.ViewOrganization); err != nil {
		return nil, err
	}
	provider, err := providerOf(ctx, s.db.Reader(), actor.OrganizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, ReasonNoProvider)
	}
	if err != nil {
		return nil, err
	}
	if err := s.Reauthenticate(ctx, password); err != nil {
		return nil, err
	}
	return s.browser.begin(ctx, provider, func(who Identity) error { return s.link(context.Background(), actor, provider, who) })
}

// begin opens the browser at a provider, in the place of an older attempt.
func (b *browser) begin(ctx context.Context, provider Provider, then func(Identity) error) (notOpened, err error) {
	b.stop()
	attempt, err := b.sso.Begin(ctx, provider)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.attempt, b.over, b.err = attempt, false, nil
	b.mu.Unlock()
	beside.Go(b.log, "sso", func() { b.finish(attempt, then) })
	return b.opener.OpenURL(attempt.Link()), nil
}

// StopBrowser ends a sign-in through the browser that is under way.
func (s *Service) StopBrowser() { s.browser.stop() }

// Ready checks a provider before anybody depends on it, until CancelReady; a second check takes the place of the first.
func (s *Service) Ready(ctx context.Context, p Provider) ([]Finding, error) {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.browser.checking(cancel)
	found, err := s.browser.sso.Ready(ctx, p)
	for _, f := range found {
		if f.State == "bad" && s.browser.log != nil {
			s.browser.log.Warn("sso readiness", "check", f.Check, "reason", f.Reason, "detail", f.Detail)
		}
	}
	return found, err
}

// CancelReady stops the readiness check that is under way, if there is one.
func (s *Service) CancelReady() { s.browser.checking(nil) }

// checking stops the check before.
func (b *browser) checking(next context.CancelFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.check != nil {
		b.check()
	}
	b.check = next
}

// finish waits for the answer and signs in whom it names.
func (b *browser) finish(attempt Attempted, signIn func(Identity) error) {
	who, err := attempt.Wait()
	if err == nil {
		err = beside.Try(func() error { return signIn(who) })
	}
	if err != nil && b.log != nil { // the page hears the reason only, and only if it asks
		b.log.Warn("sso", "error", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.attempt == attempt {
		b.over, b.err = true, err
	}
}

func (b *browser) stop() {
	b.mu.Lock()
	attempt := b.attempt
	b.mu.Unlock()
	if attempt != nil {
		attempt.Cancel()
	}
}

func (b *browser) openAgain() error {
	p := b.progress()
	if p.link == "" {
		return fault.New(fault.Conflict, ReasonNoAttempt)
	}
	return b.opener.OpenURL(p.link)
}

func (b *browser) progress() progress {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.attempt == nil:
		return progress{stage: "none"}
	case b.err != nil:
		return progress{stage: "failed", err: b.err}
	case b.over:
		return progress{stage: "done"}
	case b.attempt.Checking():
		return progress{stage: "checking"}
	}
	return progress{stage: "waiting", link: b.attempt.Link()}
}
