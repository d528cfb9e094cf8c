package fakemaniak

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Way is how a request is answered instead. act does what was asked for, and gives what the answer would be.
type Way func(w http.ResponseWriter, r *http.Request, act func() answer)

// Fault is something that goes wrong with some requests.
type Fault struct {
	Method, Path string // "" is any; Path is how the path begins
	After, Times int    // the first ones that go well, and how many then do not; 0 times is for ever
	// Do answers instead of the server. act does what was asked for, and gives what the answer would be.
	Do Way

	met int
}

// Break lets something go wrong.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Mend lets everything go well again.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) due(r *http.Request) *Fault {
	for _, f := range s.faults {
		if f.Method != "" && f.Method != r.Method || !strings.HasPrefix(r.URL.Path, f.Path) {
			continue
		}
		f.met++
		if f.met > f.After && (f.Times == 0 || f.met <= f.After+f.Times) {
			return f
		}
	}
	return nil
}

// Says answers with a status, a body and pairs of headers, and does nothing.
func Says(status int, body string, headers ...string) Way {
	return func(w http.ResponseWriter, _ *http.Request, _ func() answer) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	}
}

// Cut ends the connection without a word; done tells whether what was asked for was done before.
func Cut(done bool) Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		if done {
			act()
		}
		if h, ok := w.(http.Hijacker); ok {
			if conn, _, err := h.Hijack(); err == nil {
				if tcp, ok := conn.(*net.TCPConn); ok {
					_ = tcp.SetLinger(0)
				}
				_ = conn.Close()
			}
		}
	}
}

// Pretend answers as if it had been done.
func Pretend() Way {
	return Says(http.StatusOK, `{"result":"success","data":{}}`)
}

// Half sends the first half of the right answer.
func Half() Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		w.Header().Set("Content-Length", "100000")
		act().write(w)
	}
}

// Slowly sends a byte, waits, and so on, until nobody listens.
func Slowly(pause time.Duration) Way {
	return func(w http.ResponseWriter, r *http.Request, _ func() answer) {
		for {
			if _, err := w.Write([]byte(" ")); err != nil {
				return
			}
			if f, ok := w.(http.Flusher); ok {
				f.Flush()
			}
			select {
			case <-r.Context().Done():
				return
			case <-time.After(pause):
			}
		}
	}
}

// Huge sends so many MiB.
func Huge(mib int) Way {
	return func(w http.ResponseWriter, _ *http.Request, _ func() answer) {
		_, _ = fmt.Fprint(w, `{"result":"success","data":"`)
		block := []byte(strings.Repeat("x", 1<<20))
		for range mib {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

// SamePage answers every page of a list with the first of its rows, and says that there are 15 pages and 221 rows.
func SamePage() Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		a := act()
		a.more = Object{"page": 2, "pages": 15, "total": 221, "items_per_page": 15}
		a.write(w)
	}
}

// Between lets somebody else edit something after the request was answered.
func (s *Server) Between(change func(*State)) Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		act().write(w)
		s.Edit(change)
	}
}

// At lets something happen in place of an answer; done tells whether what was asked for was done before.
func At(done bool, happen func()) Way {
	return func(w http.ResponseWriter, r *http.Request, act func() answer) {
		if done {
			act()
		}
		happen()
		Cut(false)(w, r, act)
	}
}

// Then lets something happen after the right answer.
func Then(happen func()) Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		act().write(w)
		happen()
	}
}

// Before lets something happen before the right answer.
func Before(happen func()) Way {
	return func(w http.ResponseWriter, _ *http.Request, act func() answer) {
		happen()
		act().write(w)
	}
}
