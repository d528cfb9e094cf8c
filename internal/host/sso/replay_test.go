package sso_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sso"
)

// redirected is where an attempt wants its answer, with its state and, as the code, its nonce.
func redirected(t *testing.T, a *sso.Attempt) (string, url.Values) {
	t.Helper()
	link, err := url.Parse(a.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := link.Query()
	return q.Get("redirect_uri"), url.Values{"state": {q.Get("state")}, "code": {q.Get("nonce")}}
}

func TestAnAnswerThatComesTwiceIsTakenOnce(t *testing.T) {
	h, s := newHostile(t), newSigner(t)
	h.keys, h.idToken, h.delay = s.keys(), s.token(h, nil), 200*time.Millisecond
	a, err := sso.New(sso.Options{Issuer: func(string) string { return h.URL }}).Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	to, answer := redirected(t, a)
	var wg sync.WaitGroup
	statuses := make(chan int, 5)
	for range 5 {
		wg.Go(func() {
			response, err := http.Get(to + "?" + answer.Encode())
			if err != nil { // the address is closed by then
				return
			}
			_ = response.Body.Close()
			statuses <- response.StatusCode
		})
	}
	if _, err := a.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	close(statuses)
	fine := 0
	for status := range statuses {
		if status == http.StatusOK {
			fine++
		} else if status != http.StatusGone {
			t.Errorf("a replayed answer gets %d", status)
		}
	}
	if n := h.tokens.Load(); fine != 1 || n != 1 {
		t.Errorf("%d answers were fine, %d codes exchanged", fine, n)
	}
}

// authorize signs in at the real provider and returns the code, which it keeps from Kontor.
func authorize(t *testing.T, link string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	code := ""
	browser := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Hostname() == "localhost" {
			code = r.URL.Query().Get("code")
			return http.ErrUseLastResponse
		}
		return nil
	}}
	login, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	_ = login.Body.Close()
	done, err := browser.PostForm("http://"+login.Request.URL.Host+"/login/username",
		url.Values{"username": {"elena"}, "password": {"quiet"}, "id": {login.Request.URL.Query().Get("authRequestID")}})
	if err != nil {
		t.Fatal(err)
	}
	_ = done.Body.Close()
	if code == "" {
		t.Fatal("the provider gives no code")
	}
	return code
}

// answered gives an attempt a code and returns how it ends.
func answered(t *testing.T, a *sso.Attempt, code string) error {
	t.Helper()
	to, answer := redirected(t, a)
	answer.Set("code", code)
	response, err := http.Get(to + "?" + answer.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	_, err = a.Wait(t.Context())
	return err
}

// A code that was used, or was given out for another attempt, is worth nothing: the provider wants the verifier that goes
// with it, once.
func TestACodeOfAnotherAttemptIsRefused(t *testing.T) {
	c := real(t)
	begin := func() *sso.Attempt {
		a, err := c.Begin(t.Context(), provider)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	mine, thief := begin(), begin()
	code := authorize(t, mine.URL)
	if err := answered(t, thief, code); fault.ReasonOf(err) != sso.ReasonExchange {
		t.Errorf("a stolen code: %v", err)
	}
	mine.Cancel()
	mine = begin()
	code = authorize(t, mine.URL)
	if err := answered(t, mine, code); err != nil {
		t.Fatal(err)
	}
	if err := answered(t, begin(), code); fault.ReasonOf(err) != sso.ReasonExchange {
		t.Errorf("a used code: %v", err)
	}
}

func TestEachWaitEnds(t *testing.T) {
	slow := newHostile(t)
	s := newSigner(t)
	slow.keys, slow.idToken = s.keys(), s.token(slow, nil)
	options := sso.Options{Issuer: func(string) string { return slow.URL }, Step: 200 * time.Millisecond, Patience: 500 * time.Millisecond}

	slow.delay = 2 * time.Second
	a, err := sso.New(options).Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	to, answer := redirected(t, a)
	began := time.Now()
	response, err := http.Get(to + "?" + answer.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if _, err := a.Wait(t.Context()); fault.ReasonOf(err) != sso.ReasonExchange || time.Since(began) > time.Second {
		t.Errorf("a slow exchange: %v after %v", err, time.Since(began))
	}

	a, err = sso.New(options).Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Wait(t.Context()); fault.ReasonOf(err) != sso.ReasonTimeout {
		t.Errorf("nobody comes back: %v", err)
	}

	slow.slow = 2 * time.Second
	if _, err := sso.New(options).Begin(t.Context(), provider); fault.ReasonOf(err) != sso.ReasonDiscovery {
		t.Errorf("a slow description: %v", err)
	}
	if sso.Patience != 2*time.Minute {
		t.Errorf("an attempt may take %v", sso.Patience)
	}
}
