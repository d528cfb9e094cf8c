package replica

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// The bounds of one request to a server.
const (
	dialPatience = 10 * time.Second
	headPatience = 20 * time.Second
	maxList      = 16 << 20 // bytes of a list
)

// patience is for how long nothing may move in either direction.
var patience = time.Minute

// server is a place on a WebDAV server. The password goes to this server and no other: redirects are not followed.
type server struct {
	base    url.URL // ends in a slash
	where   Where
	program string
	client  *http.Client
}

func newServer(w Where, program string) (*server, error) {
	u, err := url.Parse(strings.TrimSuffix(w.Address, "/") + "/")
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	return &server{base: *u, where: w, program: program, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialPatience}).DialContext, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: dialPatience, ResponseHeaderTimeout: headPatience, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second,
			MaxResponseHeaderBytes: 64 << 10, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		},
	}}, nil
}

func (s *server) address(name string) string {
	u := s.base
	u.Path, u.RawPath = u.Path+name, ""
	return u.String()
}

// ask sends a request; the answer's body is to be closed.
func (s *server) ask(ctx context.Context, method, name string, body io.Reader, size int64, head ...string) (*http.Response, error) {
	outer := ctx
	ctx, cancel := context.WithCancel(ctx)
	moves := &moving{cancel: cancel, still: time.AfterFunc(patience, cancel)}
	r, err := http.NewRequestWithContext(ctx, method, s.address(name), nil)
	if err != nil {
		moves.end()
		return nil, fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	if size > 0 {
		r.ContentLength, r.Body = size, io.NopCloser(moves.read(body))
	}
	r.Header.Set("User-Agent", "Kontor/"+s.program)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	if s.where.User != "" || s.where.Password != "" {
		r.SetBasicAuth(s.where.User, s.where.Password)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		moves.end()
		if outer.Err() == nil { // it was the patience that ended
			return nil, fault.Wrap(err, fault.Unavailable, ReasonAway)
		}
		return nil, away(err)
	}
	answer.Body = answered{moves.read(answer.Body), answer.Body, moves}
	return answer, nil
}

// moving ends a request of which nothing moves any more.
type moving struct {
	cancel context.CancelFunc
	still  *time.Timer
}

func (m *moving) end() { m.still.Stop(); m.cancel() }

func (m *moving) read(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		if n > 0 {
			m.still.Reset(patience)
		}
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return n, io.EOF
		}
		return n, away(err) // what comes of it later must not take it for damage
	})
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// answered is the body of an answer.
type answered struct {
	io.Reader

	body  io.Closer
	moves *moving
}

func (a answered) Close() error {
	_, _ = io.CopyN(io.Discard, a.Reader, 4<<10) // what is short is read to its end, so that the connection can be used again
	err := a.body.Close()
	a.moves.end()
	return err
}

// say sends a request whose answer is its status.
func (s *server) say(ctx context.Context, method, name string, body io.Reader, size int64, head ...string) (int, error) {
	answer, err := s.ask(ctx, method, name, body, size, head...)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}

// refused is the fault of a status that was not wished for.
func refused(method string, status int) error {
	err := fmt.Errorf("replica: %s: status %d", method, status)
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fault.Wrap(err, fault.Forbidden, ReasonRefused)
	case status == http.StatusInsufficientStorage || status == http.StatusRequestEntityTooLarge:
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	case status == http.StatusNotFound:
		return fault.Wrap(err, fault.NotFound, "")
	case status >= 500 || status == http.StatusTooManyRequests || status == http.StatusLocked || status == http.StatusRequestTimeout:
		return fault.Wrap(err, fault.Unavailable, ReasonAway)
	}
	return fault.Wrap(err, fault.Invalid, ReasonNot)
}

const propfind = `<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop></propfind>`

// multistatus is as much of an answer as is looked at.
type multistatus struct {
	Responses []struct {
		Href  string `xml:"DAV: href"`
		Props []struct {
			Status string `xml:"DAV: status"`
			Prop   struct {
				Collection *struct{} `xml:"DAV: resourcetype>collection"`
				Length     string    `xml:"DAV: getcontentlength"`
			} `xml:"DAV: prop"`
		} `xml:"DAV: propstat"`
	} `xml:"DAV: response"`
}

func (s *server) List(ctx context.Context, dir string) ([]Item, error) {
	if dir != "" {
		dir += "/"
	}
	answer, err := s.ask(ctx, "PROPFIND", dir, strings.NewReader(propfind), int64(len(propfind)), "Depth", "1", "Content-Type", "application/xml")
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusNotFound && dir != "" {
		return nil, nil
	}
	if answer.StatusCode != http.StatusMultiStatus {
		return nil, refused("PROPFIND", answer.StatusCode)
	}
	body := &io.LimitedReader{R: answer.Body, N: maxList}
	var m multistatus
	if err := xml.NewDecoder(body).Decode(&m); err != nil {
		if ctx.Err() != nil || body.N > 0 && !errors.Is(err, io.ErrUnexpectedEOF) && !isSyntax(err) {
			return nil, away(err)
		}
		return nil, fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	own := strings.Trim(s.base.Path+dir, "/")
	list := []Item{}
	for _, r := range m.Responses {
		u, err := url.Parse(r.Href)
		if err != nil || strings.Trim(u.Path, "/") == own {
			continue
		}
		i := Item{Name: path.Base(u.Path)}
		for _, p := range r.Props {
			if p.Prop.Collection != nil {
				i.Dir = true
			}
			if n, err := strconv.ParseInt(p.Prop.Length, 10, 64); err == nil {
				i.Size = n
			}
		}
		if i.Dir {
			i.Size = 0
		}
		list = append(list, i)
	}
	return list, nil
}

func isSyntax(err error) bool {
	var syntax *xml.SyntaxError
	return errors.As(err, &syntax)
}

func (s *server) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	answer, err := s.ask(ctx, http.MethodGet, name, nil, 0, "Accept-Encoding", "identity")
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		return nil, refused("GET", answer.StatusCode)
	}
	return answer.Body, nil
}

// Write writes the object under another name and moves it to its own: what breaks off leaves nothing that looks whole.
func (s *server) Write(ctx context.Context, name string, from io.Reader, size int64) error {
	status, err := s.place(ctx, name, from, size, "T")
	if err == nil && status != http.StatusCreated && status != http.StatusNoContent {
		err = refused("MOVE", status)
	}
	return err
}

// Claim does the same and lets the move be refused, which is the one thing that servers do not do twice: most of them heed
// no condition of a PUT.
func (s *server) Claim(ctx context.Context, name string, data []byte) error {
	status, err := s.place(ctx, name, bytes.NewReader(data), int64(len(data)), "F")
	switch {
	case err != nil:
	case status == http.StatusPreconditionFailed:
		err = fault.New(fault.Conflict, ReasonTaken)
	case status != http.StatusCreated && status != http.StatusNoContent:
		err = refused("MOVE", status)
	}
	return err
}

// place writes an object under a name that no reader looks at, moves it to its own, and tells what the move was answered.
func (s *server) place(ctx context.Context, name string, from io.Reader, size int64, overwrite string) (status int, err error) {
	fresh := name + unfinished + random()
	defer func() {
		if (err != nil || status >= 300) && ctx.Err() == nil { // else it is tidied with the next beginning: closing waits for nothing
			_ = s.Remove(ctx, fresh)
		}
	}()
	status, err = s.say(ctx, http.MethodPut, fresh, from, size, "Content-Type", "application/octet-stream")
	if err != nil {
		return 0, err
	}
	if status != http.StatusCreated && status != http.StatusNoContent && status != http.StatusOK {
		return 0, refused("PUT", status)
	}
	return s.say(ctx, "MOVE", fresh, nil, 0, "Destination", s.address(name), "Overwrite", overwrite)
}

func (s *server) Folder(ctx context.Context, dir string) error {
	if dir != "" {
		dir += "/"
	}
	status, err := s.say(ctx, "MKCOL", dir, nil, 0)
	if err != nil || status == http.StatusCreated {
		return err
	}
	// What servers answer where there is one differs.
	there, err := s.say(ctx, "PROPFIND", dir, strings.NewReader(propfind), int64(len(propfind)), "Depth", "0", "Content-Type", "application/xml")
	if err == nil && there != http.StatusMultiStatus {
		err = refused("MKCOL", status)
	}
	return err
}

func (s *server) Remove(ctx context.Context, name string) error {
	status, err := s.say(ctx, http.MethodDelete, name, nil, 0)
	if err == nil && status != http.StatusNoContent && status != http.StatusOK && status != http.StatusNotFound && status != http.StatusAccepted {
		err = refused("DELETE", status)
	}
	return err
}
