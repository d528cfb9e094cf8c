package infomaniak

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/fakemaniak"
)

// wire answers requests without a network.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// over is a client whose requests are answered by a function, with a clock that leaves it room.
func over(t *testing.T, answer wire) *Client {
	t.Helper()
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { at = at.Add(2 * time.Second); return at }
	c, err := New(Options{Limit: &Limit{Now: now}, Now: now, Token: func(context.Context) (string, error) { return token, nil }})
	if err != nil {
		t.Fatal(err)
	}
	c.http.Transport = answer
	return c
}

// readings are all operations that read.
var readings = map[string]func(context.Context, *Client) (any, error){
	"everything":  func(ctx context.Context, c *Client) (any, error) { return c.Everything(ctx) },
	"person":      func(ctx context.Context, c *Client) (any, error) { return c.Person(ctx) },
	"emails":      func(ctx context.Context, c *Client) (any, error) { return c.Emails(ctx) },
	"phones":      func(ctx context.Context, c *Client) (any, error) { return c.Phones(ctx) },
	"passwords":   func(ctx context.Context, c *Client) (any, error) { return c.AppPasswords(ctx) },
	"languages":   func(ctx context.Context, c *Client) (any, error) { return c.Lookup(ctx, "languages", "") },
	"accounts":    func(ctx context.Context, c *Client) (any, error) { return c.Accounts(ctx) },
	"services":    func(ctx context.Context, c *Client) (any, error) { return c.Services(ctx, "1001") },
	"products":    func(ctx context.Context, c *Client) (any, error) { return c.Products(ctx, "") },
	"domains":     func(ctx context.Context, c *Client) (any, error) { return c.Domains(ctx, "", "") },
	"zones":       func(ctx context.Context, c *Client) (any, error) { return c.Zones(ctx, "ponteri.example") },
	"records":     func(ctx context.Context, c *Client) (any, error) { return c.Records(ctx, "ponteri.example") },
	"drives":      func(ctx context.Context, c *Client) (any, error) { return c.Drives(ctx, "1001") },
	"events":      func(ctx context.Context, c *Client) (any, error) { return c.Events(ctx, "301", time.Time{}, "") },
	"members":     func(ctx context.Context, c *Client) (any, error) { return c.Members(ctx, "1001", "") },
	"teams":       func(ctx context.Context, c *Client) (any, error) { return c.Teams(ctx, "1001") },
	"team users":  func(ctx context.Context, c *Client) (any, error) { return c.TeamUsers(ctx, "1001", "61") },
	"invitations": func(ctx context.Context, c *Client) (any, error) { return c.Invitation(ctx, "1001", "9001") },
}

// unlike are values that stand where others belong.
var unlike = []string{
	`null`, `""`, `"\u202ex\u0000\ud800"`, `-5`, `1e99`, `0.5`, `9007199254740993`, `true`, `[]`, `{}`, `[[[]]]`, `[{"id":-1},7,null,"x"]`, `{"id":{"id":[]}}`,
	`"2026-13-45T99:00:00Z"`, `"-1"`, `"` + strings.Repeat("ü", 3000) + `"`,
}

// Each field of each answer holds each value in turn: whatever is read of it can be kept and shown, or it is refused by name.
func TestWhateverAFieldHolds(t *testing.T) {
	t.Parallel()
	state := fakemaniak.Alone()
	state.Events["301"] = 3
	state.Invitations["1001"] = []fakemaniak.Object{{"id": 9001, "email": "luca@ponteri.example", "status": "pending", "sent_at": 1790000000, "expired_at": 1800000000}}
	fake := fakemaniak.New(state, token)
	fake.Hurry()
	step := 1
	if testing.Short() {
		step = 7
	}
	tried := 0
	for _, name := range slices.Sorted(maps.Keys(readings)) {
		places, at, value := 0, -1, ""
		c := over(t, func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			fake.ServeHTTP(w, r)
			var body any
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatal(name, err)
			}
			n := 0
			body = replaced(body, &n, at, json.RawMessage(value))
			places = max(places, n)
			data, err := json.Marshal(body)
			return &http.Response{StatusCode: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(data)), Request: r}, err
		})
		right, err := readings[name](t.Context(), c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bad := unfit(reflect.ValueOf(right), name); bad != "" {
			t.Error(bad)
		}
		for n := range places {
			at = n
			for i := at % step; i < len(unlike); i += step {
				value = unlike[i]
				got, err := readings[name](t.Context(), c)
				tried++
				if _, is := asFault(err); err != nil && !is {
					t.Errorf("%s with %.40s at %d: %v", name, value, at, err)
				}
				if bad := unfit(reflect.ValueOf(got), name); err == nil && bad != "" {
					t.Errorf("%s with %.40s at %d", bad, value, at)
				}
			}
		}
	}
	if t.Logf("%d answers", tried); tried < 500 {
		t.Errorf("only %d answers were tried", tried)
	}
}

// replaced puts another value in the nth place of a JSON value, counted from the outside; n counts the places.
func replaced(v any, n *int, at int, by json.RawMessage) any {
	*n++
	if *n-1 == at {
		return by
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			v[name] = replaced(v[name], n, at, by)
		}
	case []any:
		for i := range v {
			v[i] = replaced(v[i], n, at, by)
		}
	}
	return v
}

// unfit finds what must not come out of an answer: a row without an id, a number below zero, a year that no calendar has, a
// sign that is not seen. "" if there is nothing of it.
func unfit(v reflect.Value, path string) string {
	if at, is := v.Interface().(time.Time); is {
		if !at.IsZero() && (at.Unix() <= 0 || at.Year() > 9999) {
			return path + " is " + at.String()
		}
		return ""
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return unfit(v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			if f.Name == "Total" { // -1: not told
				if v.Field(i).Int() < -1 {
					return fmt.Sprintf("%s.Total is %d", path, v.Field(i).Int())
				}
				continue
			}
			if bad := unfit(v.Field(i), path+"."+f.Name); bad != "" {
				return bad
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			one := v.Index(i)
			if id := reflect.Indirect(one); id.Kind() == reflect.Struct && strings.HasSuffix(path, ".Rows") && id.FieldByName("ID").IsValid() && id.FieldByName("ID").String() == "" {
				return path + " has a row without an id"
			}
			if bad := unfit(one, path); bad != "" {
				return bad
			}
		}
	case reflect.Int, reflect.Int64:
		if v.Int() < 0 {
			return fmt.Sprintf("%s is %d", path, v.Int())
		}
	case reflect.String:
		if s := v.String(); s != clip(s, 1<<20) || len([]rune(s)) > maxText {
			return fmt.Sprintf("%s is %.60q", path, s)
		}
	}
	return ""
}

// An answer that ends too early, at whatever sign, is no answer.
func TestATruncatedAnswerIsUnreadable(t *testing.T) {
	t.Parallel()
	fake := fakemaniak.New(fakemaniak.Alone(), token)
	fake.Hurry()
	for _, name := range []string{"accounts", "products", "domains", "drives", "events", "members"} {
		end, whole := 0, 1
		c := over(t, func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			fake.ServeHTTP(w, r)
			data := bytes.TrimSpace(w.Body.Bytes())
			whole = len(data)
			return &http.Response{StatusCode: http.StatusOK, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(data[:min(end, whole)])), Request: r}, nil
		})
		for end = 0; end < whole; end += 1 + whole/60 {
			got, err := readings[name](t.Context(), c)
			if f, ok := asFault(err); !ok || f.Kind != Unreadable {
				t.Errorf("%s, %d of %d signs: %+v, %v", name, end, whole, got, err)
			}
		}
	}
}

// Whatever the answer, the token goes to Infomaniak's host alone: no redirect is followed by any operation, whatever its kind.
func TestNoOperationFollowsARedirect(t *testing.T) {
	t.Parallel()
	writes := map[string]func(context.Context, *Client) error{
		"avatar":     func(ctx context.Context, c *Client) error { return c.SetAvatar(ctx, []byte("png")) },
		"patch":      func(ctx context.Context, c *Client) error { return c.PatchProfile(ctx, Patch{}, false) },
		"invitation": func(ctx context.Context, c *Client) error { return second(c.Invite(ctx, "1001", NewInvitation{})) },
		"a record": func(ctx context.Context, c *Client) error {
			return c.SetRecord(ctx, "ponteri.example", Record{ID: "501"})
		},
		"no avatar":   func(ctx context.Context, c *Client) error { return c.RemoveAvatar(ctx) },
		"team people": func(ctx context.Context, c *Client) error { return c.AddTeamUsers(ctx, "1001", "61", []string{"8"}) },
	}
	for name, read := range readings {
		writes[name] = func(ctx context.Context, c *Client) error { return second(read(ctx, c)) }
	}
	for name, act := range writes {
		for _, status := range []int{300, 301, 302, 303, 305, 307, 308} {
			for _, to := range []string{"https://elsewhere.example/", "http://api.infomaniak.com/2/profile", "https://api.infomaniak.com.elsewhere.example/", "//elsewhere.example/", "/2/other"} {
				asked := 0
				c := over(t, func(r *http.Request) (*http.Response, error) {
					asked++
					if r.URL.Scheme != "https" || r.URL.Host != "api.infomaniak.com" || r.Header.Get("Authorization") != "Bearer "+token || strings.Contains(r.URL.String(), token) {
						t.Errorf("%s asks %s", name, r.URL)
					}
					return &http.Response{StatusCode: status, Header: http.Header{"Location": {to}}, Body: http.NoBody, Request: r}, nil
				})
				err := act(t.Context(), c)
				if f, ok := asFault(err); !ok || f.Kind != Redirected || asked != 1 {
					t.Errorf("%s, %d to %s: %v after %d requests", name, status, to, err, asked)
				}
			}
		}
	}
}
