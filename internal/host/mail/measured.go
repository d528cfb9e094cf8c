package mail

import (
	"errors"
	"net"
	"sync/atomic"
)

// maxAnswer is how much a server may say, in bytes on the wire, before it is asked something again. The longest that
// are sent, a chain of certificates and a list of extensions, take a tenth of it.
const maxAnswer = 256 << 10

var errEndless = errors.New("the server's answer does not end")

// measured is a connection whose answers have a limit: the library below collects a line until it ends, in memory.
type measured struct {
	net.Conn

	said atomic.Int64 // since the last question
}

func (m *measured) Read(b []byte) (int, error) {
	if m.said.Load() >= maxAnswer {
		return 0, errEndless
	}
	n, err := m.Conn.Read(b)
	m.said.Add(int64(n))
	return n, err
}

func (m *measured) Write(b []byte) (int, error) {
	m.said.Store(0)
	return m.Conn.Write(b)
}
