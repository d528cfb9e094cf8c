package sso

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"

	"kontor/internal/core/fault"
)

// The usual refusals of Entra ID, which people are told what they mean. The words are reason_sso_aadsts_…; others are
// ReasonDenied or ReasonExchange, with their code all the same.
const (
	ReasonNotAssigned   = "sso_aadsts_50105"   // the person is not assigned to the application
	ReasonConditional   = "sso_aadsts_53003"   // a conditional access policy does not let her in from here
	ReasonOtherTenant   = "sso_aadsts_50020"   // an account of another directory
	ReasonNoConsent     = "sso_aadsts_65001"   // nobody has consented to the application
	ReasonDeclined      = "sso_aadsts_65004"   // the person declined to consent
	ReasonUnknownApp    = "sso_aadsts_700016"  // the directory has no application with this id
	ReasonRedirect      = "sso_aadsts_50011"   // the redirect address is not registered
	ReasonSecondFactor  = "sso_aadsts_50076"   // a second factor is asked for
	ReasonDisabled      = "sso_aadsts_50057"   // the account is disabled
	ReasonNoPublic      = "sso_aadsts_7000218" // the application is registered as a web application, not as a desktop one
	ReasonUnknownTenant = "sso_aadsts_90002"   // no such directory
)

var usual = []string{
	ReasonNotAssigned, ReasonConditional, ReasonOtherTenant, ReasonNoConsent, ReasonDeclined, ReasonUnknownApp, ReasonRedirect,
	ReasonSecondFactor, ReasonDisabled, ReasonNoPublic, ReasonUnknownTenant,
}

// What is kept of a description: it comes from the address bar, so nothing but these forms.
var (
	aadsts      = regexp.MustCompile(`AADSTS(\d{4,8})`)
	traceID     = regexp.MustCompile(`(?i)trace id:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
	correlation = regexp.MustCompile(`(?i)correlation id:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
	stamped     = regexp.MustCompile(`(?i)timestamp:\s*(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?)`)
)

// refused is the fault of a refusal, in the words of the provider as far as they have a known form. Params: error; and
// where Entra ID names them code ("AADSTS50105"), trace, correlation and at, which its support asks for.
func refused(cause error, reason, name, description string) error {
	code := ""
	if m := aadsts.FindStringSubmatch(description); m != nil {
		code = "AADSTS" + m[1]
		for _, known := range usual {
			if known == "sso_aadsts_"+m[1] {
				reason = known
			}
		}
	}
	f := fault.New(fault.Forbidden, reason)
	if cause != nil {
		f = fault.Wrap(cause, fault.Forbidden, reason)
	}
	f = f.With("error", plain(name))
	for key, value := range map[string]string{
		"code": code, "trace": first(traceID, description), "correlation": first(correlation, description), "at": first(stamped, description),
	} {
		if value != "" {
			f = f.With(key, value)
		}
	}
	return f
}

func first(form *regexp.Regexp, text string) string {
	if m := form.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// notExchanged is the fault of a code for which the provider gave no token.
func notExchanged(err error) error {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) && aadsts.MatchString(answer.ErrorDescription) {
		return refused(errors.New("the code was refused: "+plain(answer.ErrorCode)), ReasonExchange, answer.ErrorCode, answer.ErrorDescription)
	}
	return fault.Wrap(err, fault.Unavailable, ReasonExchange)
}

// MaxSkew is how far this computer's clock may be from the provider's before it is told as the cause.
const MaxSkew = 2 * time.Minute

// watch notes how far this computer's clock is from that of the provider, by the Date of its answers.
type watch struct {
	next  http.RoundTripper
	now   func() time.Time
	ahead atomic.Int64 // of this computer's clock, in nanoseconds
}

func (w *watch) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := w.next.RoundTrip(r)
	if err == nil {
		if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
			w.ahead.Store(int64(w.now().Sub(date)))
		}
	}
	return response, err
}

// explained is the fault of a token that is not valid. It names a wrong clock, with param minutes, if that explains why
// the token is out of date.
func (w *watch) explained(err error) error {
	ahead := time.Duration(w.ahead.Load())
	minutes := strconv.Itoa(int(ahead.Abs().Round(time.Minute).Minutes()))
	text := err.Error()
	dated := strings.Contains(text, "expired") || strings.Contains(text, "nbf") || strings.Contains(text, "current time")
	switch {
	case !dated:
	case ahead > MaxSkew:
		return fault.Wrap(err, fault.Forbidden, ReasonClockAhead).With("minutes", minutes)
	case ahead < -MaxSkew:
		return fault.Wrap(err, fault.Forbidden, ReasonClockBehind).With("minutes", minutes)
	}
	return fault.Wrap(err, fault.Forbidden, ReasonToken)
}
