// Package infomaniak speaks with the public API of Infomaniak on behalf of one person, whose personal token it asks for at
// each request and keeps nowhere. It knows HTTP and shapes, no database and no area. The API's own description is full of
// mistakes, so everything is read leniently: a field of a wrong kind costs that field, a row without an id that row, and both
// are counted. Addresses, shapes and limits are those of https://developer.infomaniak.com.
package infomaniak

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Host is where the API is. The token goes to no other.
const Host = "https://api.infomaniak.com"

// The bounds of one request.
const (
	maxBody      = 8 << 20
	dialPatience = 10 * time.Second
	headPatience = 20 * time.Second
	patience     = 60 * time.Second // for a whole answer
)

// Options make a client.
type Options struct {
	// Token gives the personal token; it is asked for at each request.
	Token func(ctx context.Context) (string, error)
	// Limit is shared by all clients of the program.
	Limit *Limit
	// Version of the program, for the User-Agent.
	Version string
	// Log is told of each request before its first byte leaves (Status 0), and again when it has ended. It may refuse the
	// first: then nothing is sent.
	Log func(ctx context.Context, e Entry) error
	// Base is another address than Host, of a test's own server. The shipped program gives none.
	Base string
	// Patience is how long a whole answer may take; 0 is a minute.
	Patience time.Duration
	Now      func() time.Time
}

// Entry is a line of the request log. It has no token and no values: Route is the template of the path.
type Entry struct {
	At        time.Time
	Method    string
	Route     string // "/1/accounts/{account}/services"
	RequestID string // sent as X-Request-ID, for Infomaniak's support
	Status    int    // of HTTP; 0 before the answer, and where none came
	Took      time.Duration
	Outcome   Outcome
	Ended     bool
}

// Client asks the API.
type Client struct {
	options Options
	base    *url.URL
	http    *http.Client
}

// New makes a client. It opens no connection.
func New(o Options) (*Client, error) {
	if o.Base == "" {
		o.Base = Host
	}
	base, err := url.Parse(o.Base)
	if err != nil {
		return nil, err
	}
	if o.Token == nil || o.Limit == nil {
		return nil, errors.New("infomaniak: a client needs a token and a limit")
	}
	if o.Log == nil {
		o.Log = func(context.Context, Entry) error { return nil }
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: dialPatience}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialPatience,
		ResponseHeaderTimeout:  headPatience,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		ForceAttemptHTTP2:      true,
	}
	return &Client{options: o, base: base, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Close ends the connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }
