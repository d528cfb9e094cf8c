package infomaniak

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A row of the people has the id of a user or that of an invitation, by the API's own description, and none of its own.
func TestPeopleAreReadAsTheyAreDescribed(t *testing.T) {
	t.Parallel()
	c := serve(t, says(200, `{"result":"success","total":3,"page":1,"pages":1,"data":[
		{"user_id":123,"invitation_id":null,"first_name":"Ada","email":"ada@example.org","role_type":"owner","state_in_account":"valid","has_billing_access":true,"is_sso":false},
		{"user_id":null,"invitation_id":9,"email":"new@example.org","role_type":"normal","state_in_account":"pending","has_billing_access":false},
		{"email":"nobody@example.org"}]}`))
	p, err := c.Members(t.Context(), "7", "")
	if err != nil || len(p.Rows) != 2 || p.Lost.Rows != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	valid, pending := p.Rows[0], p.Rows[1]
	if valid.ID != "123" || valid.Billing == nil || !*valid.Billing || valid.InvitationID != "" {
		t.Errorf("%+v", valid)
	}
	if pending.ID == "" || pending.ID == "9" || pending.InvitationID != "9" || pending.State != "pending" || pending.Billing == nil || *pending.Billing {
		t.Errorf("%+v: the id of an invitation must not be taken for a user's", pending)
	}
}

// What a zone holds is read to the end: a part of it, taken for the whole, would be put back as deletions.
func TestAZoneIsReadWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	record := func(from, to int) string {
		var list []string
		for i := from; i < to; i++ {
			list = append(list, fmt.Sprintf(`{"id":%d,"source":"h%d","type":"A","target":"192.0.2.1","ttl":3600}`, i, i))
		}
		return strings.Join(list, ",")
	}
	for name, c := range map[string]struct {
		page func(n string) string
		rows int
		kind Kind
	}{
		"two pages": {func(n string) string {
			if n == "2" {
				return `{"result":"success","data":[` + record(101, 121) + `],"total":120,"page":2,"pages":2}`
			}
			return `{"result":"success","data":[` + record(1, 101) + `],"total":120,"page":1,"pages":2}`
		}, 120, ""},
		"no pages at all": {func(string) string { return `{"result":"success","data":[` + record(1, 13) + `]}` }, 12, ""},
		"the rest never comes": {func(string) string {
			return `{"result":"success","data":[` + record(1, 16) + `],"total":40,"page":1,"pages":3}`
		}, 0, Unreadable},
		"an empty zone": {func(string) string { return `{"result":"success","data":[],"total":0,"page":1,"pages":1}` }, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, func(w http.ResponseWriter, r *http.Request) { says(200, c.page(r.URL.Query().Get("page")))(w, r) })
			p, err := client.Records(t.Context(), "example.org")
			f, _ := asFault(err)
			if c.kind == "" && (err != nil || len(p.Rows) != c.rows) || c.kind != "" && (f == nil || f.Kind != c.kind) {
				t.Errorf("%d rows, %v", len(p.Rows), err)
			}
		})
	}
}

// A page of HTML comes from a server before the API. It says nothing of what was asked: neither that it is gone, nor that a
// person may not, nor that a write was refused.
func TestAPageOfHTMLSaysNothing(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 400, 403, 404, 410, 422} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			says(status, "<!doctype html><title>Not here</title>")(w, r)
		})
		for _, err := range []error{c.RemoveAvatar(t.Context()), second(c.Invitation(t.Context(), "7", "9"))} {
			if f, ok := asFault(err); !ok || f.Kind != Unreadable || f.Outcome != Unknown || f.Status != status {
				t.Errorf("%d: %v", status, err)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

// An error inside, whatever the status, may have come after the change.
func TestAnErrorInsideIsNoRefusal(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Outcome{
		`{"result":"error","error":{"code":"unexpected_error"}}`:     Unknown,
		`{"result":"error","error":{"code":"cannot_update_object"}}`: Unknown,
		`{"result":"error"}`: Unknown,
		`{"result":"error","error":{"code":"validation_failed","errors":[{"code":"validation_rule_max","context":{"attribute":"firstname"}}]}}`: Answered,
		`{"result":"asynchronous","data":"4b0ad0"}`: Unknown,
	} {
		c := serve(t, says(200, body))
		if f, ok := asFault(c.PatchProfile(t.Context(), Patch{Email: "a@b.example"}, false)); !ok || f.Kind != Unreadable || f.Outcome != want {
			t.Errorf("%s: %+v", body, f)
		}
	}
}

func TestTheNamesThatAreAllowedAreRead(t *testing.T) {
	t.Parallel()
	c := serve(t, says(422, `{"result":"error","error":{"code":"validation_failed","description":"Validation failed","errors":[
		{"code":"validation_rule_in","description":"The selected with is invalid","context":{"attribute":"with","values":["emails","phones","security"]}}]}}`))
	_, err := c.Profile(t.Context(), "nonsense")
	if got := strings.Join(Allowed(err), " "); got != "emails phones security" {
		t.Errorf("%q", got)
	}
}

// A walk by cursors that tells nothing of more pages goes on while there is a cursor.
func TestACursorAloneLeadsOn(t *testing.T) {
	t.Parallel()
	c := serve(t, says(200, `{"result":"success","data":[{"id":1}],"cursor":"abc"}`))
	if p, err := c.Events(t.Context(), "5", time.Time{}, ""); err != nil || p.Next != "abc" {
		t.Errorf("%+v, %v", p, err)
	}
}

// A clock that was set back makes requests of the future: they count as of now, and not until the clock comes there.
func TestAClockThatWasSetBackStopsNothing(t *testing.T) {
	t.Parallel()
	var l Limit
	future := make([]time.Time, inWindow)
	for i := range future {
		future[i] = time.Now().Add(24 * time.Hour)
	}
	l.Seed(future)
	if at := l.Opens(time.Now()); time.Until(at) > window {
		t.Errorf("closed until %v", at)
	}
}

// Who cannot wait until the turn is told at once until when, and nothing is sent.
func TestWhoCannotWaitIsToldUntilWhen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l Limit
		opens := time.Now().Add(30 * time.Second)
		l.Shut(opens)
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		f, ok := asFault(l.wait(ctx, OnScreen))
		if !ok || f.Kind != Limited || f.Outcome != NotSent || !f.RetryAt.Equal(opens) || time.Since(began) != 0 {
			t.Errorf("%+v after %v", f, time.Since(began))
		}
		if err := l.wait(t.Context(), Background); err != nil || time.Since(began) != 30*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// An agency is pulled with 80 requests; an edit is made meanwhile. The other side counts in its own sliding minute.
func TestAnAgencyIsPulledWithinTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l Limit
		var begun []time.Time
		note := func(p Priority) error {
			err := l.wait(context.Background(), p)
			begun = append(begun, time.Now())
			return err
		}
		var next atomic.Int32
		done := make(chan struct{})
		for i := range 80 {
			if err := note(Background); err != nil {
				t.Fatal(err)
			}
			if i == 54 {
				go func() {
					defer close(done)
					if err := l.wait(context.Background(), Edit); err != nil {
						t.Error(err)
					}
					next.Store(int32(i))
				}()
				synctest.Wait()
			}
			if i == 55 && next.Load() == 0 {
				t.Error("a page of the pull went before the edit")
			}
		}
		<-done
		for i := range begun {
			within := 0
			for _, s := range begun[i:] {
				if s.Sub(begun[i]) < time.Minute {
					within++
				}
			}
			if within > 55 {
				t.Fatalf("%d in a minute", within)
			}
		}
	})
}

// 1 byte a second is given up after the patience, and what is endless after 8 MiB.
func TestAnAnswerThatNeverEndsIsGivenUp(t *testing.T) {
	t.Parallel()
	slow := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte(" "))
			_ = http.NewResponseController(w).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}, func(o *Options) { o.Patience = 150 * time.Millisecond })
	if f, ok := asFault(second(slow.Accounts(t.Context()))); !ok || f.Kind != TooSlow || f.Outcome != Unknown {
		t.Errorf("%+v", f)
	}
	var sent atomic.Int64
	large := serve(t, func(w http.ResponseWriter, r *http.Request) {
		chunk := []byte(strings.Repeat(" ", 1<<16))
		for range 800 { // 50 MB
			n, err := w.Write(chunk)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	if f, ok := asFault(second(large.Accounts(t.Context()))); !ok || f.Kind != TooLarge {
		t.Errorf("%+v", f)
	}
	if n := sent.Load(); n > 24<<20 { // what the buffers of both sides hold comes on top
		t.Errorf("%d bytes were taken", n)
	}
}

// A small answer that unpacks to a large one is given up as a large one is.
func TestAnAnswerThatUnpacksToMuchIsGivenUp(t *testing.T) { // alone: it looks at what is allocated
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 { // MiB
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("nothing is asked for packed")
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if f, ok := asFault(second(c.Accounts(t.Context()))); !ok || f.Kind != TooLarge {
		t.Errorf("%+v", f)
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 64<<20 {
		t.Errorf("%d MiB were taken", (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}

// Whoever is told to wait no time at all, again and again, waits longer each time: a server that lies is not hammered.
func TestAStormOfRefusalsIsWaitedOut(t *testing.T) {
	t.Parallel()
	for _, lie := range []string{"0", "-5", "1", "Thu, 01 Jan 1970 00:00:00 GMT", "soon"} {
		now := time.Now()
		storm := true
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if storm {
				w.Header().Set("Retry-After", lie)
				says(429, "Too many request")(w, r)
				return
			}
			says(200, `{"result":"success","data":[]}`)(w, r)
		}, func(o *Options) {
			o.Now = func() time.Time { return now }
			o.Limit.Now = o.Now
		})
		waited := time.Duration(0)
		for range 8 {
			f, ok := asFault(second(c.Accounts(t.Context())))
			if !ok || f.Kind != Limited {
				t.Fatalf("%+v", f)
			}
			waited += f.RetryAt.Sub(now)
			now = f.RetryAt
		}
		if waited < 10*time.Minute {
			t.Errorf("%q: eight refusals within %s", lie, waited)
		}
		storm = false
		if _, err := c.Accounts(t.Context()); err != nil {
			t.Error(err)
		}
		storm = true
		if f, ok := asFault(second(c.Accounts(t.Context()))); !ok || f.RetryAt.Sub(now) > time.Minute {
			t.Errorf("%q: an old storm is not forgotten: %+v", lie, f)
		}
	}
}

// A word that nobody here knows is kept as it was given; what is no list of rows is no empty one.
func TestWordsOfOthersAreKeptAsTheyAre(t *testing.T) {
	t.Parallel()
	accounts := serve(t, says(200, `{"result":"success","data":[{"id":1,"name":"A","legal_entity_type":"association","type":"partner_gold"},{"id":2,"type":["x"],"nb_users":-4}]}`))
	p, err := accounts.Accounts(t.Context())
	if err != nil || len(p.Rows) != 2 || p.Rows[0].LegalEntity != "association" || p.Rows[0].Type != "partner_gold" || p.Rows[1].Users != 0 || p.Lost.Fields != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	text := serve(t, says(200, `{"result":"success","data":"string"}`))
	if f, ok := asFault(second(text.Services(t.Context(), "7"))); !ok || f.Kind != Unreadable {
		t.Errorf("%+v", f)
	}
	if f, ok := asFault(second(text.Services(t.Context(), ".."))); !ok || f.Kind != Missing || f.Outcome != NotSent {
		t.Errorf("a path of another route: %+v", f)
	}
}

func TestEventsThatLeadNowhereAreNotTheLastOnes(t *testing.T) {
	t.Parallel()
	c := serve(t, says(200, `{"result":"success","data":[{"id":1}],"has_more":true,"cursor":null}`))
	if _, err := c.Events(t.Context(), "301", time.Time{}, ""); err == nil {
		t.Error("taken for the end")
	}
}

// An answer that says the token back is read without it.
func TestATokenThatIsSaidBackIsMasked(t *testing.T) {
	t.Parallel()
	secret := "kontor/canary/7Q"
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-ID", "for "+secret)
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = fmt.Fprintf(w, `{"result":"error","error":{"code":%q,"description":"Bearer kontor\/canary\/7Q","errors":[{"description":%q,"context":{"attribute":"email"}}]}}`, secret, secret)
	}, func(o *Options) { o.Token = func(context.Context) (string, error) { return secret, nil } })
	_, err := c.Profile(t.Context())
	f, ok := asFault(err)
	if text := fmt.Sprintf("%+v %v", f, err); !ok || f.Text != "Bearer ***" || strings.Contains(text, "canary") {
		t.Errorf("%s", text)
	}
}
