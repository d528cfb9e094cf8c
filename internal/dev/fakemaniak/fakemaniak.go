// Package fakemaniak is a server that behaves as the public API of Infomaniak is known to behave, and worse: it keeps state,
// has a list of faults, withdraws scopes, is edited by somebody else in between, and counts whether more than 60 requests
// came in any minute. It is not the real service: what is not known of that one is not here.
package fakemaniak

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/dev/contract"
)

// Object is a JSON object as it goes over the line.
type Object = map[string]any

// Allowed is how many requests Infomaniak takes in any minute.
const Allowed = 60

// Request is one that came.
type Request struct {
	At           time.Time
	Method, Path string
	Query, Body  string
	Status       int
}

func (r Request) String() string { return r.Method + " " + r.Path }

// Server is a fake. Fields may be changed between requests under Edit.
type Server struct {
	*State
	URL string

	mu       sync.Mutex
	scopes   map[string][]string // by token
	faults   []*Fault
	requests []Request
	overrun  int
	next     int
	judge    *contract.Judge // nil where nobody is told
	breaches []string
	hurried  bool
	now      func() time.Time
}

// New makes a server that knows one token with all scopes.
func New(state *State, token string) *Server {
	return &Server{State: state, scopes: map[string][]string{token: AllScopes()}, next: 9000, now: time.Now}
}

// Start serves on a loopback address for the length of a test, which fails if more than 60 requests came in any minute, or a
// request or an answer was not as Infomaniak describes it.
func Start(t testing.TB, state *State, token string) *Server {
	t.Helper()
	s := New(state, token)
	var err error
	if s.judge, err = contract.Default(); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	s.URL = web.URL
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		for _, breach := range s.Breaches() {
			t.Error("not as Infomaniak describes it:", breach)
		}
		if n := s.Overrun(); n > 0 {
			t.Errorf("%d requests came after the 60th of a minute", n)
		}
	})
	return s
}

// AllScopes are the scopes that open everything here.
func AllScopes() []string {
	return []string{"user_info", "user_email", "accounts", "domain:read", "domain:write", "dns:read", "dns:write", "drive", "invoicing:read"}
}

// Edit changes the state as somebody else would, in the Manager.
func (s *Server) Edit(change func(*State)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.State)
}

// Token lets a token in with some scopes; none of them is a token without any. Revoke shuts it out.
func (s *Server) Token(token string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes[token] = scopes
}

// Revoke shuts a token out.
func (s *Server) Revoke(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.scopes, token)
}

// Requests are those that came.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Forget forgets the requests that came, but not for the limit.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// Name is the first name of the person.
func (s *Server) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return text(s.Profile["first_name"])
}

// Count is how many products there are.
func (s *Server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.Products)
}

// Has tells whether there is a product with the id.
func (s *Server) Has(product string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return find(s.Products, product) >= 0
}

// Invited are the addresses that were invited to an organization, each as often as it was.
func (s *Server) Invited(account string) (emails []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.Invitations[account] {
		emails = append(emails, text(i["email"]))
	}
	return emails
}

// Writes are the requests that would have changed something: no rehearsals.
func (s *Server) Writes() (list []Request) {
	for _, r := range s.Requests() {
		if r.Method != http.MethodGet && !strings.Contains(r.Query, "dry_run") {
			list = append(list, r)
		}
	}
	return list
}

// Overrun is how many requests came that were one too many.
func (s *Server) Overrun() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.overrun
}

// Clock counts the requests of a minute by another clock: that of a program whose own one is set.
func (s *Server) Clock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// Hurry does not count the requests of a minute: for programs whose clocks run ahead.
func (s *Server) Hurry() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hurried = true
}

// Trust judges nothing: for lists so long that judging them would be most of the work.
func (s *Server) Trust() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.judge = nil
}

// Breaches are the requests that came, and the answers that were given without a fault, that are not as Infomaniak describes
// them.
func (s *Server) Breaches() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.breaches)
}

// breach notes what the judge says.
func (s *Server) breach(err error) {
	if err == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if what := err.Error(); !slices.Contains(s.breaches, what) {
		s.breaches = append(s.breaches, what)
	}
}

func (s *Server) note(r *http.Request, body []byte) {
	now := s.now()
	s.requests = append(s.requests, Request{At: now, Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Body: string(body)})
	n := 0
	for i := len(s.requests) - 1; i >= 0 && now.Sub(s.requests[i].At) < time.Minute; i-- {
		n++
	}
	if n > Allowed && !s.hurried {
		s.overrun++
	}
}

// answer is what a route gives: data, or a refusal.
type answer struct {
	status int
	data   any
	more   Object // beside data
	code   string
	text   string
	fields []Object
	scopes []string
}

func ok(data any) answer {
	if list, is := data.([]Object); is && list == nil {
		data = []Object{} // an empty list is told as one, never as null
	}
	return answer{status: http.StatusOK, data: data}
}

func refused(status int, code string) answer { return answer{status: status, code: code, text: code} }

func (a answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body())
}

func (a answer) body() []byte {
	body := Object{"result": "success", "data": a.data}
	for name, value := range a.more {
		body[name] = value
	}
	if a.status >= 400 {
		problem := Object{"code": a.code, "description": a.text}
		if a.scopes != nil {
			problem["context"] = Object{"scopes": a.scopes}
		}
		if a.fields != nil {
			problem["errors"] = a.fields
		}
		body = Object{"result": "error", "error": problem}
	}
	data, err := json.Marshal(body)
	if err != nil {
		panic(err) // everything here is made of JSON
	}
	return data
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 16<<20))
	if err != nil {
		return
	}
	s.mu.Lock()
	s.note(r, body)
	fault := s.due(r)
	s.mu.Unlock()
	if id := r.Header.Get("X-Request-ID"); id != "" {
		w.Header().Set("X-Request-ID", id)
	}
	act := func() answer {
		s.mu.Lock()
		defer s.mu.Unlock()
		a := s.act(r, body)
		if data, err := json.Marshal(a.data); err == nil {
			a.data = json.RawMessage(data) // as it is now
		}
		return a
	}
	if s.judge != nil {
		s.breach(s.judge.Request(r, body))
	}
	if fault != nil {
		fault.Do(w, r, act)
		return
	}
	a := act()
	a.write(w)
	if s.judge != nil {
		s.breach(s.judge.Answer(r, a.status, w.Header(), a.body()))
	}
}

// act does what a request asks for, as far as the token may.
func (s *Server) act(r *http.Request, body []byte) answer {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	scopes, known := s.scopes[token]
	if !known {
		return answer{status: http.StatusUnauthorized, code: "not_authorized", text: "Authorization required"}
	}
	at := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if need := scopeOf(r.Method, at); need != "" && !slices.Contains(scopes, need) {
		return answer{
			status: http.StatusForbidden, code: "all_scopes", scopes: []string{need},
			text: fmt.Sprintf("This method require this specific scope:%q", need),
		}
	}
	in := Object{}
	if len(body) > 0 && json.Unmarshal(body, &in) != nil {
		return refused(http.StatusBadRequest, "invalid_json")
	}
	for _, route := range []func(*http.Request, []string, Object) (answer, bool){s.profile, s.accounts, s.names, s.drives} {
		if a, found := route(r, at, in); found {
			return a
		}
	}
	return answer{status: http.StatusNotFound, code: "method_not_found", text: "Method not found"}
}

// scopeOf is the scope that a route needs, as far as one is known.
func scopeOf(method string, at []string) string {
	if len(at) < 2 {
		return ""
	}
	switch at[1] {
	case "profile":
		return "user_info"
	case "accounts":
		return "accounts"
	case "products":
		return "domain:read"
	case "domains":
		if method == http.MethodGet {
			return "domain:read"
		}
		return "domain:write"
	case "zones":
		if method == http.MethodGet {
			return "dns:read"
		}
		return "dns:write"
	case "drive":
		return "drive"
	case "invoicing":
		return "invoicing:read"
	}
	return ""
}
