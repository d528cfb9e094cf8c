package infomaniak

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

type rawKey struct{}

// Raw sends a request and returns what was answered, whatever it is, for a report of what a real account answers. The token,
// the limit and the log are as for any other. The fault, if there is one, tells the kind; the answer comes with it.
func (c *Client) Raw(ctx context.Context, method, route string, places []string, query map[string]string, body []byte) (status int, answer []byte, err error) {
	q := call{method: method, route: route, places: places, query: url.Values{}}
	for name, value := range query {
		q.query.Set(name, value)
	}
	if body != nil {
		q.body = json.RawMessage(body)
	}
	_, err = c.ask(context.WithValue(ctx, rawKey{}, &answer), q)
	if f, ok := asFault(err); ok {
		return f.Status, answer, err
	}
	return http.StatusOK, answer, err
}
