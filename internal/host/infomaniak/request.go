package infomaniak

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// call is one request: the template of its path, what stands in the template's places, and what goes with it.
type call struct {
	method string
	route  string // "/1/accounts/{account}/services"
	places []string
	query  url.Values
	body   any
}

func get(route string, places ...string) call {
	return call{method: http.MethodGet, route: route, places: places, query: url.Values{}}
}

func (c call) with(name, value string) call {
	c.query.Set(name, value)
	return c
}

// path puts what is known into the places of the template. A value is one segment, whatever it holds.
func (c call) path() string {
	path := c.route
	for _, value := range c.places {
		from, to := strings.IndexByte(path, '{'), strings.IndexByte(path, '}')
		path = path[:from] + url.PathEscape(value) + path[to+1:]
	}
	return path
}

// ask sends one request and gives the envelope of a success. Every error is a *Fault or the context's.
func (c *Client) ask(ctx context.Context, q call) (envelope, error) {
	for _, value := range q.places { // "." and ".." would be another path, and an empty one a list
		if value == "" || value == "." || value == ".." {
			return envelope{}, &Fault{Kind: Missing, Outcome: NotSent, Route: q.route, Cause: errors.New("no id")}
		}
	}
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return envelope{}, err
		}
	}
	if err := c.options.Limit.wait(ctx, priorityOf(ctx)); err != nil {
		if f, ok := asFault(err); ok {
			f.Route = q.route
		}
		return envelope{}, err
	}
	token, err := c.options.Token(ctx)
	if err != nil {
		return envelope{}, err
	}
	entry := Entry{At: c.options.Now(), Method: q.method, Route: q.route, RequestID: rand.Text()}
	if err := c.options.Log(ctx, entry); err != nil {
		return envelope{}, err
	}
	began := time.Now()
	e, status, err := c.send(ctx, q, body, token, entry.RequestID)
	entry.Took, entry.Status, entry.Ended, entry.Outcome = time.Since(began), status, true, Answered
	var fault *Fault
	if errors.As(err, &fault) {
		entry.Outcome = fault.Outcome
		if fault.Kind == Limited {
			fault.RetryAt = c.options.Limit.Refused(c.options.Now(), fault.RetryAt)
		}
	}
	if status != 0 && status != http.StatusTooManyRequests {
		c.options.Limit.Answered()
	}
	if logged := c.options.Log(context.WithoutCancel(ctx), entry); logged != nil && err == nil {
		return e, nil // the answer counts, also where it could not be noted
	}
	return e, err
}

func (c *Client) send(ctx context.Context, q call, body []byte, token, id string) (e envelope, status int, err error) {
	limited, cancel := context.WithTimeout(ctx, c.options.Patience)
	defer cancel()
	var left atomic.Bool
	traced := httptrace.WithClientTrace(limited, &httptrace.ClientTrace{WroteHeaderField: func(string, []string) { left.Store(true) }})
	target := *c.base
	target.Path, target.RawPath = "", ""
	address := strings.TrimSuffix(target.String(), "/") + q.path()
	if len(q.query) > 0 {
		address += "?" + q.query.Encode()
	}
	r, err := http.NewRequestWithContext(traced, q.method, address, bytes.NewReader(body))
	if err != nil {
		return e, 0, err
	}
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "Kontor/"+c.options.Version)
	r.Header.Set("X-Request-ID", id)
	failed := func(cause error) *Fault {
		f := &Fault{Kind: Offline, Outcome: NotSent, Status: status, RequestID: id, Route: q.route, Cause: cause}
		if left.Load() {
			f.Kind, f.Outcome = Cut, Unknown
		}
		if errors.Is(cause, context.DeadlineExceeded) && ctx.Err() == nil && left.Load() {
			f.Kind = TooSlow
		}
		return f
	}
	answer, err := c.http.Do(r)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // the address may hold what a person looks for
		}
		if ctx.Err() != nil && !left.Load() {
			return e, 0, ctx.Err()
		}
		return e, 0, failed(err)
	}
	defer answer.Body.Close()
	status = answer.StatusCode
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	data = masked(data, token)
	if given := answer.Header.Get("X-Request-ID"); given != "" && len(given) <= 100 {
		id = string(masked([]byte(given), token))
	}
	if err != nil {
		return e, status, failed(err)
	}
	if len(data) > maxBody {
		f := failed(errors.New("more than 8 MiB"))
		f.Kind = TooLarge
		return e, status, f
	}
	if kept, ok := ctx.Value(rawKey{}).(*[]byte); ok {
		*kept = data
	}
	e, f := c.judge(answer, data)
	if f != nil {
		f.Status, f.RequestID, f.Route = status, id, q.route
		return e, status, f
	}
	return e, status, nil
}

// masked takes the token out of what was answered: nothing that is kept, shown or logged of an answer may hold it.
func masked(data []byte, token string) []byte {
	if token == "" {
		return data
	}
	for _, form := range []string{token, strings.ReplaceAll(token, "/", `\/`)} { // as PHP writes it in JSON
		data = bytes.ReplaceAll(data, []byte(form), []byte("***"))
	}
	return data
}

// judge reads an answer.
func (c *Client) judge(answer *http.Response, data []byte) (envelope, *Fault) {
	e, readable := readEnvelope(data)
	status := answer.StatusCode
	f := &Fault{Outcome: Answered, Code: e.problem.code, Text: e.problem.text, Fields: e.problem.fields}
	switch {
	case status == http.StatusUnauthorized:
		f.Kind = Unauthorized
	case status >= 200 && status < 500 && (status < 300 || status >= 400) && status != http.StatusTooManyRequests && isPage(answer.Header, data):
		f.Kind, f.Outcome = Unreadable, Unknown // a server before the API has answered: it knows nothing of what was asked
	case status == http.StatusForbidden:
		f.Kind = Forbidden
		if f.Scopes = scopesIn(e.problem, data); len(f.Scopes) > 0 || e.problem.code == "all_scopes" {
			f.Kind = NeedsScope
		}
	case status == http.StatusNotFound, status == http.StatusGone:
		f.Kind = Missing
	case status == http.StatusConflict:
		f.Kind = Conflict
	case status == http.StatusTooManyRequests:
		f.Kind, f.Outcome, f.RetryAt = Limited, NotSent, retryAt(answer.Header, c.options.Now())
	case status >= 300 && status < 400:
		f.Kind = Redirected
	case status >= 400 && status < 500:
		f.Kind = Invalid
	case status >= 500:
		f.Kind, f.Outcome = Broken, Unknown
		if status == http.StatusServiceUnavailable && strings.Contains(e.problem.code, "maintenance") {
			f.Kind = Maintenance
			f.RetryAt = c.options.Now().Add(10 * time.Minute)
		}
	case status == http.StatusNoContent:
		return envelope{}, nil
	case !readable || e.result != "success":
		f.Kind, f.Outcome = Unreadable, Unknown
		if e.result == "error" && (len(f.Fields) > 0 || e.problem.code == "validation_failed") {
			f.Outcome = Answered // refused; any other error may have come after the change
		}
	default:
		return e, nil
	}
	return e, f
}

// isPage tells whether an answer is a page for a browser.
func isPage(h http.Header, data []byte) bool {
	return strings.Contains(strings.ToLower(h.Get("Content-Type")), "html") || kind(data) == '<'
}

// withoutTime is how long is waited where a 429 does not say until when: a little less than the whole window.
const withoutTime = 55 * time.Second

// retryAt reads when one may ask again. What lies further away than a day is taken as a day.
func retryAt(h http.Header, now time.Time) time.Time {
	at := now.Add(withoutTime)
	if v := h.Get("Retry-After"); v != "" {
		if seconds, err := strconv.Atoi(v); err == nil && seconds >= 0 {
			at = now.Add(time.Duration(min(seconds, 86400)) * time.Second)
		} else if date, err := http.ParseTime(v); err == nil {
			at = date
		}
	} else if v := h.Get("X-RateLimit-Reset"); v != "" {
		if seconds, err := strconv.ParseInt(v, 10, 64); err == nil && seconds > 0 {
			if seconds < 1e9 { // not a moment, but a time from now
				at = now.Add(time.Duration(min(seconds, 86400)) * time.Second)
			} else {
				at = time.Unix(seconds, 0)
			}
		}
	}
	if at.Before(now) {
		return now
	}
	if last := now.Add(24 * time.Hour); at.After(last) {
		return last
	}
	return at
}
