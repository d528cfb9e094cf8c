package infomaniak

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const token = "kontor-canary-7Q"

// serve starts a server that answers with h, and a client of it.
func serve(t *testing.T, h http.HandlerFunc, change ...func(*Options)) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	o := Options{Base: s.URL, Limit: &Limit{}, Version: "test", Token: func(context.Context) (string, error) { return token, nil }}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestEveryAnswerIsJudged(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxBody)
	for name, c := range map[string]struct {
		status  int
		body    string
		kind    Kind
		outcome Outcome
	}{
		"refused token":          {401, `{"result":"error","error":{"code":"not_authorized","description":"Authorization required"}}`, Unauthorized, Answered},
		"scope":                  {403, `{"result":"error","error":{"code":"all_scopes","description":"d","context":{"scopes":["user_info"]}}}`, NeedsScope, Answered},
		"scope in broken JSON":   {403, `{"result":"error","error":{"code":"all_scopes","description":"This method require this specific scope:\"user_info\"","context":{"scopes":["user_info"}}}`, NeedsScope, Answered},
		"forbidden":              {403, `{"result":"error","error":{"code":"access_denied"}}`, Forbidden, Answered},
		"missing":                {404, `{"result":"error","error":{"code":"method_not_found"}}`, Missing, Answered},
		"exists":                 {409, `{"result":"error","error":{"code":"object_already_exists"}}`, Conflict, Answered},
		"invalid":                {422, `{"result":"error","error":{"code":"validation_failed"}}`, Invalid, Answered},
		"broken":                 {500, `{"result":"error","error":{"code":"unexpected"}}`, Broken, Unknown},
		"maintenance":            {503, `{"result":"error","error":{"code":"drive_is_in_maintenance_error"}}`, Maintenance, Unknown},
		"away":                   {503, `<html>`, Broken, Unknown},
		"HTML":                   {200, `<!doctype html><title>Maintenance</title>`, Unreadable, Unknown},
		"empty":                  {200, ``, Unreadable, Unknown},
		"text":                   {200, `"success"`, Unreadable, Unknown},
		"an error with 200":      {200, `{"result":"error","error":{"code":"unexpected_error"}}`, Unreadable, Unknown},
		"asynchronous":           {200, `{"result":"asynchronous","data":"9f6f"}`, Unreadable, Unknown},
		"text for data":          {200, `{"result":"success","data":"string"}`, Unreadable, Answered},
		"nothing for data":       {200, `{"result":"success","data":null}`, Unreadable, Answered},
		"no data":                {200, `{"result":"success"}`, Unreadable, Answered},
		"a person without an id": {200, `{"result":"success","data":{"email":"a@b.example"}}`, Unreadable, Answered},
		"moved":                  {302, ``, Redirected, Answered},
		"too large":              {200, `{"result":"success","data":"` + long + `"}`, TooLarge, Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "https://elsewhere.example/2/profile")
				says(c.status, c.body)(w, r)
			})
			_, err := client.Profile(t.Context())
			f, ok := asFault(err)
			if !ok || f.Kind != c.kind || f.Outcome != c.outcome || f.RequestID == "" && f.Status == 0 {
				t.Fatalf("%+v, %v", f, err)
			}
			if c.kind == NeedsScope && (len(f.Scopes) != 1 || f.Scopes[0] != "user_info") {
				t.Errorf("scopes %v", f.Scopes)
			}
			if strings.Contains(err.Error(), token) {
				t.Error("the token is in the error")
			}
		})
	}
}

func TestARefusalNamesItsFields(t *testing.T) {
	t.Parallel()
	c := serve(t, says(422, `{"result":"error","error":{"code":"validation_failed","description":"Validation failed","errors":[
		{"code":"validation_rule_max","description":"too long","context":{"attribute":"firstname","max":128}},
		{"code":"x","description":"y","errors":[{"code":"deep","field":"lastname","description":"no"}]}]}}`))
	err := c.PatchProfile(t.Context(), Patch{Email: "a@b.example"}, true)
	f, ok := asFault(err)
	if !ok || f.Kind != Invalid || len(f.Fields) != 2 || f.Fields[0].Name != "firstname" || f.Fields[0].Text != "too long" || f.Fields[1].Name != "lastname" {
		t.Errorf("%+v", f)
	}
}

func TestWhenTooMuchWasAsked(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		header, value string
		after         time.Duration
	}{
		"Retry-After":             {"Retry-After", "7", 7 * time.Second},
		"Retry-After with a date": {"Retry-After", now.Add(9 * time.Second).Format(http.TimeFormat), 9 * time.Second},
		"X-RateLimit-Reset":       {"X-RateLimit-Reset", fmt.Sprint(now.Add(30 * time.Second).Unix()), 30 * time.Second},
		"seconds from now":        {"X-RateLimit-Reset", "12", 12 * time.Second},
		"neither":                 {"X-Nothing", "1", 55 * time.Second},
		"nonsense":                {"Retry-After", "soon", 55 * time.Second},
		"the year 3000":           {"X-RateLimit-Reset", "32503680000", 24 * time.Hour},
		"the past":                {"X-RateLimit-Reset", fmt.Sprint(now.Unix() - 100), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limit := &Limit{}
			client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set(c.header, c.value)
				w.WriteHeader(http.StatusTooManyRequests)
			}, func(o *Options) { o.Limit, o.Now = limit, func() time.Time { return now } })
			_, err := client.Accounts(t.Context())
			f, ok := asFault(err)
			if !ok || f.Kind != Limited || f.Outcome != NotSent || f.RetryAt.Sub(now) != c.after || !limit.Opens(now).Equal(f.RetryAt) {
				t.Errorf("%+v, %v", f, limit.Opens(now))
			}
		})
	}
}

func TestWhereARequestBroke(t *testing.T) {
	t.Parallel()
	cut := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := w.(http.Hijacker).Hijack()
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"result":"success"`)
	}
	stop := make(chan struct{})
	slow := func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		for {
			select {
			case <-stop:
				return
			case <-r.Context().Done():
				return
			case <-time.After(10 * time.Millisecond):
				if _, err := io.WriteString(w, " "); err != nil {
					return
				}
				w.(http.Flusher).Flush()
			}
		}
	}
	t.Cleanup(func() { close(stop) })
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		kind    Kind
	}{"cut before the answer": {cut, Cut}, "half an answer": {half, Cut}, "a byte at a time": {slow, TooSlow}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			client := serve(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1); c.handler(w, r) },
				func(o *Options) { o.Patience = time.Second })
			err := client.PatchProfile(t.Context(), Patch{Email: "a@b.example"}, false)
			f, ok := asFault(err)
			if !ok || f.Kind != c.kind || f.Outcome != Unknown || asked.Load() != 1 {
				t.Errorf("%+v after %d requests, %v", f, asked.Load(), err)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		client := serve(t, cut, func(o *Options) { o.Base = "http://127.0.0.1:1" })
		f, ok := asFault(client.RemoveAvatar(t.Context()))
		if !ok || f.Kind != Offline || f.Outcome != NotSent {
			t.Errorf("%+v", f)
		}
	})
}

func TestTheTokenGoesNowhereElse(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere, with %q", r.Header.Get("Authorization"))
	}))
	t.Cleanup(other.Close)
	var entries []Entry
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token || r.Header.Get("X-Date-Format") != "" || !strings.HasPrefix(r.Header.Get("User-Agent"), "Kontor/") {
			t.Errorf("%v", r.Header)
		}
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}, func(o *Options) {
		o.Log = func(_ context.Context, e Entry) error { entries = append(entries, e); return nil }
	})
	_, err := c.Services(t.Context(), "12/../../3?x=y")
	if f, ok := asFault(err); !ok || f.Kind != Redirected {
		t.Error(err)
	}
	text := fmt.Sprintf("%+v", entries)
	if len(entries) != 2 || entries[0].Ended || !entries[1].Ended || entries[0].RequestID != entries[1].RequestID ||
		entries[1].Route != "/1/accounts/{account}/services" || strings.Contains(text, token) || strings.Contains(text, "x=y") {
		t.Error(text)
	}
	if _, err := c.Services(t.Context(), ".."); err == nil || len(entries) != 2 {
		t.Error("a place that is another path was asked for")
	}
	if real, err := New(Options{Token: c.options.Token, Limit: &Limit{}}); err != nil || real.base.String() != Host {
		t.Errorf("%v, %v", real, err)
	}
}

func TestARequestThatCannotBeNotedIsNotSent(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	c := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") }, func(o *Options) {
		o.Log = func(context.Context, Entry) error { return full }
	})
	if err := c.RemoveAvatar(t.Context()); !errors.Is(err, full) {
		t.Error(err)
	}
}

// Members of the description are of wrong kinds: one object for a list, ids as text, times as text.
func TestWhatIsWrittenOtherwiseIsRead(t *testing.T) {
	t.Parallel()
	const one = `{"id":"654321","email":"a@b.example","last_login_at":"2026-11-02T10:00:00+01:00","has_otp":"1","role_type":"boss"}`
	for _, body := range []string{`{"result":"success","data":` + one + `}`, `{"result":"success","data":[` + one + `,{"email":"no id"},7,{"id":-4},{"id":5,"email":{}}]}`} {
		c := serve(t, says(200, body))
		p, err := c.Members(t.Context(), "7", "")
		if err != nil || len(p.Rows) == 0 {
			t.Fatal(err)
		}
		m := p.Rows[0]
		if m.ID != "654321" || m.Role != "boss" || m.TwoStep == nil || !*m.TwoStep || m.LastLogin.Format(time.RFC3339) != "2026-11-02T09:00:00Z" {
			t.Errorf("%+v", m)
		}
		if len(p.Rows) == 2 && (p.Lost != Lost{Rows: 3, Fields: 1}) {
			t.Errorf("%+v", p.Lost)
		}
	}
	c := serve(t, says(200, `{"result":"success","data":{"id":7,"avatar":null,"preferences":{"account":"12","language":{"id":2,"locale":"fr_FR","name":"Français"},
		"connection":{"unsuccessful_limit":true,"unsuccessful_rate_limit":5,"successful_notification":0},"country":{},"timezone":[]},
		"emails":{"id":1,"email":"a@b.example","reminder":"true","checked":1},"phones":[{"id":2,"phone":"+41911234567","reminder":false}]}}`))
	p, err := c.Profile(t.Context())
	if err != nil || p.ID != "7" || !p.AvatarTold || p.Avatar != "" || p.Language == nil || p.Language.Code != "fr_FR" || p.Country != nil || p.Timezone != nil ||
		p.LockAfter == nil || *p.LockAfter != 5 || p.NoticeSuccess == nil || *p.NoticeSuccess || p.NoticeFailure != nil ||
		len(p.Emails) != 1 || !p.Emails[0].Reminder || len(p.Phones) != 1 || p.Lost.Fields != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// rows serves a list of numbered rows, as it pleases.
func rows(ids []int, more string) string {
	type row struct {
		ID int `json:"id"`
	}
	list := make([]row, len(ids))
	for i, id := range ids {
		list[i] = row{id}
	}
	data, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return `{"result":"success","data":` + string(data) + more + `}`
}

func upTo(from, to int) (ids []int) {
	for i := from; i < to; i++ {
		ids = append(ids, i)
	}
	return ids
}

func TestAWalkIsCompleteOrSaysSo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		page     func(n string) string
		rows     int
		requests int
		complete bool
	}{
		"three pages": {func(n string) string {
			return map[string]string{"1": rows(upTo(1, 101), `,"total":250,"page":1,"pages":3`), "2": rows(upTo(101, 201), `,"total":250,"page":2,"pages":3`), "3": rows(upTo(201, 251), `,"total":250,"page":3,"pages":3`)}[n]
		}, 250, 3, true},
		"the same page for ever": {func(string) string { return rows(upTo(1, 101), `,"total":221,"page":2,"pages":15`) }, 100, 2, false},
		"three twice and three not": {func(n string) string {
			return map[string]string{"1": rows(upTo(1, 101), `,"total":309,"pages":4`), "2": rows(upTo(98, 198), `,"total":309,"pages":4`), "3": rows(upTo(198, 298), `,"total":309,"pages":4`), "4": rows(upTo(298, 307), `,"total":309,"pages":4`)}[n]
		}, 306, 4, false},
		"no total": {func(n string) string {
			return map[string]string{"1": rows(upTo(1, 101), ``), "2": rows(upTo(101, 111), ``), "3": rows(nil, ``)}[n]
		}, 110, 3, true},
		"an empty list":     {func(string) string { return rows(nil, `,"total":0,"pages":1`) }, 0, 1, true},
		"empty, but not":    {func(string) string { return rows(nil, `,"total":4,"pages":1`) }, 0, 1, false},
		"a row without one": {func(string) string { return `{"result":"success","data":[{"id":1},{}],"total":1,"pages":1}` }, 1, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				says(200, c.page(r.URL.Query().Get("page")))(w, r)
			})
			got := 0
			x, err := Walk(t.Context(), "", nil, func(p Product) string { return p.ID }, client.Products, func(p Page[Product]) error { got += len(p.Rows); return nil })
			if err != nil || x.Rows != c.rows || got != c.rows || int(asked.Load()) != c.requests || x.Complete != c.complete {
				t.Errorf("%+v of %d rows after %d requests, %v", x, got, asked.Load(), err)
			}
		})
	}
}

func TestNeverMoreThanAllowed(t *testing.T) {
	t.Parallel()
	l := &Limit{}
	now := time.Now()
	var seeds []time.Time
	for i := range inWindow - 1 {
		seeds = append(seeds, now.Add(-window+200*time.Millisecond+time.Duration(i)*time.Microsecond))
	}
	l.Seed(seeds)
	var mu sync.Mutex
	var order []Priority
	begun := []time.Time{}
	var all sync.WaitGroup
	enter := func(p Priority) {
		all.Go(func() {
			if err := l.wait(context.Background(), p); err != nil {
				t.Error(err)
			}
			mu.Lock()
			order, begun = append(order, p), append(begun, time.Now())
			mu.Unlock()
		})
	}
	enter(Background) // the one place that is left
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		mu.Lock()
		n := len(order)
		mu.Unlock()
		if n == 1 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("a free place is not given")
		}
	}
	for range 3 {
		enter(Background)
	}
	enter(Edit)
	all.Wait()
	if len(order) != 5 {
		t.Fatalf("%v", order)
	}
	for i := range begun { // by the window of the other side
		within := 0
		for _, s := range append(seeds, begun...) {
			if !s.After(begun[i]) && begun[i].Sub(s) < window-time.Millisecond {
				within++
			}
		}
		if within > inWindow {
			t.Errorf("%d in a minute", within)
		}
	}
	cancelled, stop := context.WithCancel(t.Context())
	stop()
	l.Shut(time.Now().Add(time.Hour))
	if err := l.wait(cancelled, Edit); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Whatever comes, it is read or refused; nothing negative and nothing without an id comes out.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{
		`{"result":"success","data":[{"id":1,"expired_at":1798758000}],"total":1}`, `{"result":"error","error":{"errors":[{"errors":[]}]}}`,
		`{"result":"success","data":{"id":"9","preferences":{"security":{"auth_devices":[{"id":-1}]}}}}`, `[`, `{"result":"success","data":[{"id":1e3,"expired_at":-5,"fqdn":"\u202e"}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, readable := readEnvelope(data)
		_ = scopesIn(e.problem, data)
		if !readable {
			return
		}
		p, _ := rowsOf(e, "/", productOf)
		for _, row := range p.Rows {
			if row.ID == "" || row.ID[0] == '-' || row.ExpiresAt.Year() >= 10000 || strings.ContainsRune(row.FQDN, '\u202e') {
				t.Errorf("%+v", row)
			}
		}
		if o, ok := readObject(e.data, nil); ok {
			if person := readPerson(o); person.LockAfter != nil && *person.LockAfter <= 0 {
				t.Errorf("%+v", person)
			}
		}
	})
}
