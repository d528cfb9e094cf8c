package replica

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// fingerprintPattern is that of OpenSSH.
var fingerprintPattern = regexp.MustCompile(`^SHA256:[A-Za-z0-9+/]{43}$`)

// user is who signs in: the address may say it.
func (w Where) user(u *url.URL) string {
	if u.User != nil {
		return u.User.Username()
	}
	return w.User
}

func hostOf(u *url.URL) string { return net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "22")) }

// checkSSH refuses what is no place on a server over SSH.
func (w Where) checkSSH(c *fault.Check, u *url.URL) {
	_, password := u.User.Password()
	base := path.Clean(u.Path)
	if password || u.RawQuery != "" || u.Fragment != "" || base == "." || base == "/" || base == "/~" {
		c.Refuse("address", "no_place")
	}
	if w.user(u) == "" {
		c.Refuse("user", "required")
	}
	if w.Fingerprint != "" && !fingerprintPattern.MatchString(w.Fingerprint) {
		c.Refuse("fingerprint", "not_fingerprint")
	}
}

// Knowing is the place with the key that was confirmed for another place on the same server, unless it has one.
func (w Where) Knowing(before Where) Where {
	is, err := url.Parse(w.Address)
	was, no := url.Parse(before.Address)
	if err == nil && no == nil && is.Scheme == secure && was.Scheme == secure && hostOf(is) == hostOf(was) {
		w.Fingerprint = cmp.Or(w.Fingerprint, before.Fingerprint)
	}
	return w
}

// Met is the place with the key of the server that answered: one that the person's other programs know counts as confirmed.
func (w Where) Met(p Place) Where {
	w.Fingerprint = ""
	if s, ok := p.(*sftpServer); ok {
		s.mu.Lock()
		w.Fingerprint = s.seen
		s.mu.Unlock()
	}
	return w
}

// hostKeys are asked for in this order, whatever the library prefers: the kept fingerprint is of one of them.
var hostKeys = []string{
	ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256,
}

// knows refuses a server whose key nobody has confirmed, before anything is said to it. Where none was, the person's known_hosts
// counts. Errors: Invalid with the field fingerprint; Conflict/ReasonStranger with it.
func (s *sftpServer) knows(host string, remote net.Addr, key ssh.PublicKey) error {
	is, was := ssh.FingerprintSHA256(key), s.where.Fingerprint
	if was == "" {
		was = known(host, remote, key)
	}
	var c fault.Check
	switch was {
	case is:
		s.mu.Lock()
		s.seen = is
		s.mu.Unlock()
		return nil
	case "":
		c.Refuse("fingerprint", "server_unknown", "fingerprint", is)
		return c.Err()
	}
	c.Refuse("fingerprint", "server_changed", "fingerprint", is, "before", was)
	return &fault.Error{Code: fault.Conflict, Reason: ReasonStranger, Fields: fault.FieldsOf(c.Err())}
}

// known is the fingerprint by which the person's other programs know a server; "" if they do not, by a key of this kind.
func known(host string, remote net.Addr, key ssh.PublicKey) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	check, err := knownhosts.New(filepath.Join(home, ".ssh", "known_hosts"))
	if err != nil {
		return ""
	}
	var other *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	switch err := check(host, remote, key); {
	case err == nil:
		return ssh.FingerprintSHA256(key)
	case errors.As(err, &revoked):
		return "@revoked"
	case errors.As(err, &other):
		for _, one := range other.Want {
			if one.Key.Type() == key.Type() {
				return ssh.FingerprintSHA256(one.Key)
			}
		}
	}
	return ""
}

// ways are how the person signs in: with the password, or else with what her agent holds. The end is called once that is done.
func (s *sftpServer) ways() (ways []ssh.AuthMethod, end func()) {
	if p := s.where.Password; p != "" {
		return []ssh.AuthMethod{ssh.Password(p), ssh.KeyboardInteractive(func(_, _ string, questions []string, echos []bool) ([]string, error) {
			switch {
			case len(questions) == 0:
				return nil, nil
			case len(questions) == 1 && !echos[0]:
				return []string{p}, nil
			}
			return nil, errors.New("replica: the server asks for more than a password")
		})}, func() {}
	}
	socket := os.Getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil, func() {}
	}
	c, err := net.DialTimeout("unix", socket, dialPatience)
	if err != nil {
		return nil, func() {}
	}
	_ = c.SetDeadline(time.Now().Add(patience))
	return []ssh.AuthMethod{ssh.PublicKeysCallback(agent.NewClient(c).Signers)}, func() { _ = c.Close() }
}

// connection is one that answers, or has answered.
type connection struct {
	*sftp.Client

	tcp  net.Conn
	room *allowance
	over atomic.Bool // nothing more is asked in it

	mu   sync.Mutex
	busy int
	idle *time.Timer
}

func (c *connection) end() {
	c.over.Store(true)
	_ = c.tcp.Close()
}

// connected is a connection that is used from here on: the one that is there, or a new one after a cut. Within ends the use.
func (s *sftpServer) connected(ctx context.Context) (*connection, error) {
	s.mu.Lock()
	c := s.open
	s.mu.Unlock()
	if c != nil && c.use() {
		return c, nil
	}
	c, err := s.dial(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.open = c
	s.mu.Unlock()
	return c, nil
}

func (c *connection) use() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over.Load() {
		return false
	}
	if c.busy++; c.idle != nil {
		c.idle.Stop()
	}
	return true
}

// within ends the connection if its use is given up, or if nothing moves in it any more: the protocol has no other way to end
// a request, and an answer that comes late would be nobody's.
func (c *connection) within(ctx context.Context) (moved, end func()) {
	still := time.AfterFunc(patience, c.end)
	stop := context.AfterFunc(ctx, c.end)
	return func() { still.Reset(patience) }, func() {
		still.Stop()
		if !stop() {
			c.end()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.busy--; c.busy == 0 {
			c.idle = time.AfterFunc(resting, c.rest)
		}
	}
}

func (c *connection) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy == 0 {
		c.end()
	}
}

func (s *sftpServer) dial(ctx context.Context) (*connection, error) {
	tcp, err := (&net.Dialer{Timeout: dialPatience}).DialContext(ctx, "tcp", s.host)
	if err != nil {
		return nil, away(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = tcp.Close() })
	defer stop()
	_ = tcp.SetDeadline(time.Now().Add(patience))
	ways, end := s.ways()
	defer end()
	var stranger error
	accepted := false
	talk, channels, requests, err := ssh.NewClientConn(tcp, s.host, &ssh.ClientConfig{
		User: s.user, Auth: ways, HostKeyAlgorithms: hostKeys,
		HostKeyCallback: func(host string, remote net.Addr, key ssh.PublicKey) error {
			stranger = s.knows(host, remote, key)
			accepted = stranger == nil
			return stranger
		},
	})
	var cut net.Error
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = away(ctx.Err())
	case stranger != nil:
		err = stranger
	case errors.As(err, &cut) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		err = away(err)
	case accepted:
		err = fault.Wrap(err, fault.Forbidden, ReasonRefused)
	default:
		err = fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	if err != nil {
		_ = tcp.Close()
		return nil, err
	}
	c := &connection{tcp: tcp, room: &allowance{}, busy: 1}
	c.room.give(maxListed)
	if c.Client, err = begun(ssh.NewClient(talk, channels, requests), c.room); err != nil {
		c.end()
		if ctx.Err() != nil {
			return nil, away(ctx.Err())
		}
		if errors.As(err, &cut) {
			return nil, away(err)
		}
		return nil, fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	c.room.give(-1)
	_ = tcp.SetDeadline(time.Time{})
	beside.Go(nil, "replica", func() {
		_ = c.Wait()
		c.end()
	})
	return c, nil
}

// begun begins to speak SFTP.
func begun(over *ssh.Client, room *allowance) (*sftp.Client, error) {
	session, err := over.NewSession()
	if err != nil {
		return nil, err
	}
	to, err := session.StdinPipe()
	if err != nil {
		return nil, err
	}
	from, err := session.StdoutPipe()
	if err != nil {
		return nil, err
	}
	complaints, err := session.StderrPipe()
	if err != nil {
		return nil, err
	}
	beside.Go(nil, "replica", func() { _, _ = io.Copy(io.Discard, complaints) }) // else it fills the window
	if err := session.RequestSubsystem("sftp"); err != nil {
		return nil, err
	}
	room.from = from
	return sftp.NewClientPipe(room, wire{to})
}

// wire says in an error of its own that nothing can be sent any more: SSH says EOF, which the library takes for the end of a list
// or of an object.
type wire struct{ io.WriteCloser }

func (w wire) Write(p []byte) (int, error) {
	n, err := w.WriteCloser.Write(p)
	if err != nil {
		err = fault.New(fault.Unavailable, ReasonAway)
	}
	return n, err
}

// allowance is what a server may still send while a list is asked for, in bytes; less than nothing is no bound.
type allowance struct {
	from io.Reader
	left atomic.Int64
}

func (a *allowance) give(bytes int64) { a.left.Store(bytes) }

func (a *allowance) spent() bool { return a.left.Load() == 0 }

func (a *allowance) Read(p []byte) (int, error) {
	n, err := a.from.Read(p)
	for {
		left := a.left.Load()
		switch {
		case left < 0:
			return n, err
		case left == 0:
			return 0, errors.New("replica: the list has no end")
		case a.left.CompareAndSwap(left, max(0, left-int64(n))):
			return n, err
		}
	}
}
