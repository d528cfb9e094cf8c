// Package mailserver is a real SMTP server on loopback for tests: with STARTTLS, with TLS, or plain, with a user and a
// password, and as difficult as a test wants it.
package mailserver

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"kontor/internal/dev/testkit/certificate"
)

// Security is how the server protects its connections.
type Security int

// The ways.
const (
	STARTTLS Security = iota
	TLS
	Plain
)

// Options make a server difficult. The zero value takes everything, over STARTTLS.
type Options struct {
	Security       Security
	User, Password string   // "": nobody has to sign in
	Names          []string // in the certificate; localhost and 127.0.0.1 when nil
	// Recipient and Message answer the n-th RCPT or DATA, counted from 1; nil takes it. A *smtp.SMTPError is the answer.
	Recipient func(n int, to string) error
	Message   func(n int, message []byte) error
	// Drop tells whether the connection ends, without an answer, after the n-th message has arrived completely.
	Drop func(n int) bool
}

// Server is a running server.
type Server struct {
	Port  int
	Roots *x509.CertPool // that trust its certificate
	CA    string         // the same as a PEM file

	options Options
	mu      sync.Mutex
	rcpts   int
	got     [][]byte // every message that arrived completely, whether it was answered or not
	taken   int      // those that were answered with yes
	opened  int
}

// Messages are all messages that arrived completely, in order, whatever they were answered.
func (s *Server) Messages() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte{}, s.got...)
}

// Taken is how many messages were answered with yes.
func (s *Server) Taken() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// Connections is how many were opened.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// Start runs a server until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	if o.Names == nil {
		o.Names = []string{"localhost", "127.0.0.1"}
	}
	own := certificate.New(t, o.Names...)
	s := &Server{options: o, Roots: own.Roots, CA: own.File}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = l.Addr().(*net.TCPAddr).Port
	l = counted{l, s}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	server.ErrorLog = quiet{}
	server.Domain = "localhost"
	server.AllowInsecureAuth = o.Security == Plain
	switch o.Security {
	case STARTTLS:
		server.TLSConfig = own.Config
	case TLS:
		l = tls.NewListener(l, own.Config)
	case Plain:
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

type counted struct {
	net.Listener
	server *Server
}

func (l counted) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		l.server.mu.Lock()
		defer l.server.mu.Unlock()
		l.server.opened++
	}
	return c, err
}

type session struct {
	server *Server
	conn   *smtp.Conn
	in     bool
}

func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.options.User || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if s.server.options.User != "" && !s.in {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.rcpts++
	if f := s.server.options.Recipient; f != nil {
		return f(s.server.rcpts, to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	message, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.got = append(s.server.got, message)
	n := len(s.server.got)
	if drop := s.server.options.Drop; drop != nil && drop(n) {
		_ = s.conn.Conn().Close()
		return io.ErrClosedPipe
	}
	if f := s.server.options.Message; f != nil {
		if err := f(n, message); err != nil {
			return err
		}
	}
	s.server.taken++
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// quiet says nothing of what a test does to the server on purpose.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
