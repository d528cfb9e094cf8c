// Package sshd is a server over SSH on the loopback that speaks SFTP, with what can go wrong on the way to it. The tests ask it.
package sshd

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// User and Password are whom it lets in.
const (
	User     = "elena"
	Password = "pontile"
)

// Server is one; it ends with its test.
type Server struct {
	net.Listener

	Folder  string // of its own; a path at the server is one of this computer
	Key     ssh.Signer
	Asked   atomic.Int64                               // passwords that it was given
	Entered atomic.Int64                               // that were right, or keys
	stand   atomic.Pointer[func(request []byte) Reply] // in the way
	mu      sync.Mutex
	talks   []net.Conn
	Allowed ssh.PublicKey // also lets in who has its other half
}

// Reply is what stands in the way of a request does: nothing, for the zero value.
type Reply struct {
	Answer []byte // instead of the server's
	Cut    bool
	Silent bool
}

// Signer is a fresh key.
func Signer(t testing.TB) ssh.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Serve begins one.
func Serve(t testing.TB) *Server {
	t.Helper()
	s := &Server{Folder: t.TempDir(), Key: Signer(t)}
	var err error
	if s.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	config := &ssh.ServerConfig{
		PasswordCallback: func(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			if s.Asked.Add(1); c.User() != User || string(password) != Password {
				return nil, errors.New("no")
			}
			return nil, nil
		},
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if s.Allowed == nil || !bytes.Equal(key.Marshal(), s.Allowed.Marshal()) {
				return nil, errors.New("no")
			}
			return nil, nil
		},
	}
	config.AddHostKey(s.Key)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := s.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.talks = append(s.talks, c)
			s.mu.Unlock()
			all.Go(func() { s.talk(c, config) })
		}
	})
	t.Cleanup(func() { _ = s.Close(); s.Cut(); all.Wait() })
	return s
}

// Cut ends every connection.
func (s *Server) Cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.talks {
		_ = c.Close()
	}
	s.talks = nil
}

func (s *Server) talk(c net.Conn, config *ssh.ServerConfig) {
	defer func() { _ = c.Close() }()
	_, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	s.Entered.Add(1)
	go ssh.DiscardRequests(requests)
	for fresh := range channels {
		channel, wishes, err := fresh.Accept()
		if err != nil {
			return
		}
		go func() {
			for wish := range wishes {
				_ = wish.Reply(wish.Type == "subsystem" && string(wish.Payload[4:]) == "sftp", nil)
			}
		}()
		from, to := io.Pipe()
		go s.between(channel, to, c)
		server, err := sftp.NewServer(struct {
			io.Reader
			io.WriteCloser
		}{from, channel})
		if err != nil {
			return
		}
		_ = server.Serve()
		_ = from.Close()
	}
}

// between hands the requests on that nothing stands in the way of.
func (s *Server) between(channel ssh.Channel, to *io.PipeWriter, c net.Conn) {
	defer func() { _ = to.Close() }()
	for {
		head := make([]byte, 4)
		if _, err := io.ReadFull(channel, head); err != nil {
			return
		}
		request := make([]byte, binary.BigEndian.Uint32(head))
		if _, err := io.ReadFull(channel, request); err != nil {
			return
		}
		var r Reply
		if stand := s.stand.Load(); stand != nil {
			r = (*stand)(request)
		}
		switch {
		case r.Cut:
			_ = c.Close()
			return
		case r.Silent:
		case r.Answer != nil:
			_, _ = channel.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(r.Answer))), r.Answer...))
		default:
			if _, err := to.Write(append(head, request...)); err != nil {
				return
			}
		}
	}
}

// Fingerprint is that of its key.
func (s *Server) Fingerprint() string { return ssh.FingerprintSHA256(s.Key.PublicKey()) }

// Address is that of a folder in its own.
func (s *Server) Address(folder string) string {
	return "sftp://" + User + "@" + s.Addr().String() + s.Folder + "/" + folder
}

// In puts something in the way of each request, which is called from the server's goroutines; nil takes it away.
func (s *Server) In(stand func(request []byte) Reply) {
	if stand == nil {
		s.stand.Store(nil)
		return
	}
	s.stand.Store(&stand)
}
