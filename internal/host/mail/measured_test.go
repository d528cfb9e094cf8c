package mail

import (
	"bufio"
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"
)

// endless is a server that speaks until nobody listens, from the question on; "" is the greeting.
func endless(t *testing.T, question string) Settings {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				lines := bufio.NewReader(conn)
				for asked := question == ""; !asked; {
					if _, err := fmt.Fprint(conn, "220 mail\r\n"); err != nil {
						return
					}
					line, err := lines.ReadString('\n')
					if err != nil {
						return
					}
					asked = strings.HasPrefix(line, question)
				}
				word := []byte("250-" + strings.Repeat("x", 64<<10))
				for {
					if _, err := conn.Write(word); err != nil {
						return
					}
				}
			}()
		}
	}()
	port := listener.Addr().(*net.TCPAddr).Port
	return Settings{Host: "127.0.0.1", Port: port, Security: Plain, From: "a@ponteri.example"}
}

// A server that never ends its line, as a greeting or as an answer, costs neither memory nor patience.
func TestAServerThatNeverEndsItsLineIsLeft(t *testing.T) {
	for _, question := range []string{"", "EHLO"} {
		settings := endless(t, question)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		conn, err := connect(t.Context(), settings, "", nil)
		runtime.ReadMemStats(&after)
		if err == nil {
			conn.close()
			t.Fatalf("after %q: it is taken for a mail server", question)
		}
		if !strings.HasPrefix(err.Error(), ReasonNoSMTP) || !strings.Contains(err.Error(), "does not end") {
			t.Errorf("after %q: %v", question, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 16*maxAnswer {
			t.Errorf("after %q: %d bytes", question, took)
		}
	}
}
