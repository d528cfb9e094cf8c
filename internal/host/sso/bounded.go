package sso

import (
	"errors"
	"io"
	"net/http"
)

// maxAnswer is how long an answer of a provider may be, in bytes. The longest, the keys, have some tens of thousands.
const maxAnswer = 1 << 20

var errEndless = errors.New("the provider's answer is too long")

// bounded lets no answer be longer than maxAnswer: the libraries above read each to its end, into memory.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.next.RoundTrip(r)
	if err == nil {
		response.Body = &limited{response.Body, maxAnswer}
	}
	return response, err
}

// limited is a body that fails where it should have ended.
type limited struct {
	io.ReadCloser

	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errEndless
	}
	n, err := l.ReadCloser.Read(b[:min(int64(len(b)), l.left)])
	l.left -= int64(n)
	return n, err
}

// within is the client with bounded answers, headers included.
func within(client *http.Client) *http.Client {
	out := *client
	if out.Transport == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxResponseHeaderBytes = 64 << 10
		out.Transport = transport
	}
	out.Transport = bounded{out.Transport}
	return &out
}
