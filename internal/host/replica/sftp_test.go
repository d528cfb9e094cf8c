package replica_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit/sshd"
	"kontor/internal/host/replica"
)

// Kinds of requests, see draft-ietf-secsh-filexfer-02.
const (
	fxOpen, fxWrite, fxReadDir, fxExtended  = 3, 6, 12, 200
	fxRead, fxStatus, fxData, fxName, fxExc = 5, 101, 103, 104, 0x20
)

// answer begins an answer to a request.
func answer(kind byte, request []byte) []byte { return append([]byte{kind}, request[1:5]...) }

func status(code uint32, request []byte) sshd.Reply {
	b := binary.BigEndian.AppendUint32(answer(fxStatus, request), code)
	return sshd.Reply{Answer: append(b, make([]byte, 8)...)}
}

const failure, unsupported = 4, 8

// linkless has no extension, as servers that are not OpenSSH.
func linkless(request []byte) sshd.Reply {
	if request[0] == fxExtended {
		return status(unsupported, request)
	}
	return sshd.Reply{}
}

// heedless makes a file also where there is one.
func heedless(request []byte) sshd.Reply {
	if request[0] == fxOpen {
		at := 9 + binary.BigEndian.Uint32(request[5:])
		flags := request[at : at+4]
		binary.BigEndian.PutUint32(flags, binary.BigEndian.Uint32(flags)&^fxExc)
	}
	return linkless(request)
}

// overSSH is a place on a server.
func overSSH(s *sshd.Server) replica.Where {
	return replica.Where{Address: s.Address("a folder/Kontor"), Password: sshd.Password, Fingerprint: s.Fingerprint()}
}

func placeOn(t testing.TB, s *sshd.Server) replica.Place {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(s.Folder, "a folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	return at(t, overSSH(s))
}

// Nothing is said to a server whose key nobody has confirmed, and nothing to one that has another key later.
func TestAServerIsKnownByItsKey(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	s := sshd.Serve(t)
	placeOn(t, s)
	is := s.Fingerprint()
	refused := func(w replica.Where, reason, code string) {
		t.Helper()
		before := s.Asked.Load()
		_, err := replica.Probe(t.Context(), at(t, w))
		fields := fault.FieldsOf(err)
		if fault.ReasonOf(err) != reason || len(fields) != 1 || fields[0].Name != "fingerprint" || fields[0].Code != code || fields[0].Params["fingerprint"] != is {
			t.Errorf("%v", err)
		}
		if s.Asked.Load() != before {
			t.Error("the server was given a password")
		}
	}
	fresh := overSSH(s)
	fresh.Fingerprint = ""
	refused(fresh, "", "server_unknown")

	other := overSSH(s)
	other.Fingerprint = ssh.FingerprintSHA256(sshd.Signer(t).PublicKey())
	refused(other, replica.ReasonStranger, "server_changed")

	met := at(t, overSSH(s))
	if _, err := replica.Probe(t.Context(), met); err != nil || overSSH(s).Met(met).Fingerprint != is {
		t.Errorf("%v, %+v", err, overSSH(s).Met(met))
	}
	if got := fresh.Knowing(overSSH(s)).Fingerprint; got != is {
		t.Errorf("of the same server: %q", got)
	}
	if got := (replica.Where{Address: "sftp://elena@127.0.0.1:1/x"}).Knowing(overSSH(s)).Fingerprint; got != "" {
		t.Errorf("of another server: %q", got)
	}

	// What the person's other programs know.
	if err := os.Mkdir(filepath.Join(home, ".ssh"), 0o700); err != nil {
		t.Fatal(err)
	}
	known := func(key ssh.PublicKey) {
		line := knownhosts.Line([]string{knownhosts.Normalize(s.Addr().String())}, key) + "\n"
		if err := os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	known(s.Key.PublicKey())
	met = at(t, fresh)
	if _, err := replica.Probe(t.Context(), met); err != nil || fresh.Met(met).Fingerprint != is {
		t.Errorf("%v", err)
	}
	known(sshd.Signer(t).PublicKey())
	refused(fresh, replica.ReasonStranger, "server_changed")
}

// Without a password the agent signs; who is not let in is told so.
func TestWhoIsLetInOverSSH(t *testing.T) {
	s := sshd.Serve(t)
	placeOn(t, s)
	w := overSSH(s)
	w.Password = ""
	t.Setenv("SSH_AUTH_SOCK", "")
	if _, err := replica.Probe(t.Context(), at(t, w)); fault.ReasonOf(err) != replica.ReasonRefused {
		t.Error(err)
	}
	wrong := overSSH(s)
	wrong.Password = "another"
	if _, err := replica.Probe(t.Context(), at(t, wrong)); fault.ReasonOf(err) != replica.ReasonRefused {
		t.Error(err)
	}

	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "agent") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	go func() {
		for {
			c, err := socket.Accept()
			if err != nil {
				return
			}
			_ = agent.ServeAgent(ring, c)
		}
	}()
	public, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.Allowed = public.PublicKey()
	t.Setenv("SSH_AUTH_SOCK", filepath.Join(dir, "s"))
	if _, err := replica.Probe(t.Context(), at(t, w)); err != nil {
		t.Error(err)
	}
}

// A list of one name, which a server gives again and again.
func name(request []byte, name string, times int) []byte {
	b := binary.BigEndian.AppendUint32(answer(fxName, request), uint32(times))
	for range times {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(name))), name...)
		b = append(b, make([]byte, 8)...) // no long name, no attributes
	}
	return b
}

// What a server answers is bounded, and what breaks off is told as that.
func TestAHostileServerOverSSH(t *testing.T) {
	s := sshd.Serve(t)
	placeOn(t, s)
	list := func(p replica.Place) error { _, err := p.List(t.Context(), ""); return err }
	read := func(p replica.Place) error {
		r, err := p.Read(t.Context(), "there")
		if err == nil {
			_, err = io.ReadAll(r)
			_ = r.Close()
		}
		return err
	}
	write := func(p replica.Place) error {
		return p.Write(t.Context(), "fresh", bytes.NewReader(make([]byte, 1<<20)), 1<<20)
	}
	claim := func(p replica.Place) error { return p.Claim(t.Context(), "head", []byte("x")) }
	only := func(kind byte, r func(request []byte) sshd.Reply) func(request []byte) sshd.Reply {
		return func(request []byte) sshd.Reply {
			if request[0] != kind {
				return sshd.Reply{}
			}
			return r(request)
		}
	}
	if err := placeOn(t, s).Folder(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if err := placeOn(t, s).Write(t.Context(), "there", strings.NewReader("content"), 7); err != nil {
		t.Fatal(err)
	}
	for what, one := range map[string]struct {
		stand  func(request []byte) sshd.Reply
		do     func(p replica.Place) error
		reason string
		quick  bool // nothing moves
	}{
		"a list without end": {only(fxReadDir, func(r []byte) sshd.Reply { return sshd.Reply{Answer: name(r, strings.Repeat("n", 200), 1000)} }), list, replica.ReasonNot, false},
		"lists of nothing":   {only(fxReadDir, func(r []byte) sshd.Reply { return sshd.Reply{Answer: name(r, "", 0)} }), list, replica.ReasonAway, true},
		"more names than there are": {only(fxReadDir, func(r []byte) sshd.Reply {
			return sshd.Reply{Answer: binary.BigEndian.AppendUint32(answer(fxName, r), 1<<31-1)}
		}), list, replica.ReasonAway, false},
		"a huge packet": {only(fxRead, func(r []byte) sshd.Reply {
			return sshd.Reply{Answer: append(answer(fxData, r), make([]byte, 1<<20)...)}
		}), read, replica.ReasonAway, false},
		"more content than there is": {only(fxRead, func(r []byte) sshd.Reply {
			return sshd.Reply{Answer: append(binary.BigEndian.AppendUint32(answer(fxData, r), 1<<30), 'x')}
		}), read, replica.ReasonAway, false},
		"content of nothing": {only(fxRead, func(r []byte) sshd.Reply {
			return sshd.Reply{Answer: binary.BigEndian.AppendUint32(answer(fxData, r), 0)}
		}), read, "", false}, // it is cut off, which the seal tells
		"an answer to nothing": {only(fxRead, func([]byte) sshd.Reply { return sshd.Reply{Answer: []byte{fxData, 9, 9, 9, 9}} }), read, replica.ReasonAway, false},
		"no answer":            {only(fxRead, func([]byte) sshd.Reply { return sshd.Reply{Silent: true} }), read, replica.ReasonAway, true},
		"cut off":              {only(fxWrite, func([]byte) sshd.Reply { return sshd.Reply{Cut: true} }), write, replica.ReasonAway, false},
		"stalls":               {only(fxWrite, func([]byte) sshd.Reply { return sshd.Reply{Silent: true} }), write, replica.ReasonAway, true},
		"no room":              {only(fxWrite, func(r []byte) sshd.Reply { return status(14, r) }), write, replica.ReasonFull, false},
		"read only":            {only(fxOpen, func(r []byte) sshd.Reply { return status(3, r) }), write, replica.ReasonRefused, false},
		"no names of its own": {func(r []byte) sshd.Reply {
			if r[0] == fxExtended || r[0] == fxOpen && !bytes.Contains(r, []byte("head.")) {
				return status(failure, r)
			}
			return sshd.Reply{}
		}, claim, replica.ReasonNot, false},
	} {
		patience := time.Minute
		if one.quick {
			patience = 150 * time.Millisecond
		}
		p := placeOn(t, s)
		s.In(nil)
		if err := list(p); err != nil { // signing in is not what is measured
			t.Fatal(err)
		}
		replica.SetPatience(patience)
		s.In(one.stand)
		if err := one.do(p); fault.ReasonOf(err) != one.reason {
			t.Errorf("%s: %v", what, err)
		}
		replica.SetPatience(time.Minute)
	}
	s.In(nil)

	// Names that lead elsewhere are no names.
	p := placeOn(t, s)
	for _, n := range []string{"..", "a/../../b", `a\b`, "", "/", "nul\x00", strings.Repeat("l", 300)} {
		given := false
		s.In(only(fxReadDir, func(r []byte) sshd.Reply {
			if given {
				return status(1, r)
			}
			given = true
			return sshd.Reply{Answer: name(r, n, 1)}
		}))
		items, err := p.List(t.Context(), "")
		if err != nil || len(items) > 0 && items[0].Name != "b" {
			t.Errorf("%.10q: %+v, %v", n, items, err)
		}
	}
	s.In(nil)
	if got := text(t, p, "there"); got != "content" {
		t.Errorf("%q", got)
	}
}

// After a cut the next request finds its way; whoever waits for an answer can give up.
func TestAConnectionOverSSHIsMadeAgain(t *testing.T) {
	s := sshd.Serve(t)
	p := placeOn(t, s)
	ctx := t.Context()
	if _, err := replica.Probe(ctx, p); err != nil || s.Entered.Load() != 1 {
		t.Fatalf("%v, %d connections", err, s.Entered.Load())
	}
	s.In(func(request []byte) sshd.Reply { return sshd.Reply{Cut: true} })
	if _, err := p.List(ctx, ""); fault.ReasonOf(err) != replica.ReasonAway {
		t.Error(err)
	}
	s.In(nil)
	if _, err := p.List(ctx, ""); err != nil || s.Entered.Load() != 2 {
		t.Errorf("%v, %d connections", err, s.Entered.Load())
	}
	ctx, cancel := context.WithCancel(ctx)
	s.In(func(request []byte) sshd.Reply { cancel(); return sshd.Reply{Silent: true} })
	if _, err := p.List(ctx, ""); fault.CodeOf(err) != fault.Canceled {
		t.Error(err)
	}
	s.In(nil)
	if _, err := p.List(t.Context(), ""); err != nil {
		t.Error(err)
	}
	_ = s.Close()
	s.Cut()
	if _, err := at(t, overSSH(s)).List(t.Context(), ""); fault.ReasonOf(err) != replica.ReasonAway {
		t.Error(err)
	}
}

// Of many that claim one name at once, one gets it, and who reads it then finds all of it.
func TestOneClaimsANameOverSSH(t *testing.T) {
	for what, stand := range map[string]func(request []byte) sshd.Reply{"links": nil, "no links": linkless} {
		s := sshd.Serve(t)
		s.In(stand)
		if err := placeOn(t, s).Folder(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for n := range 6 {
			p := placeOn(t, s)
			all.Go(func() {
				err := p.Claim(t.Context(), "head-00000001", fmt.Appendf(nil, "%d of them", n))
				switch {
				case err == nil:
					won.Add(1)
				case fault.ReasonOf(err) != replica.ReasonTaken:
					t.Errorf("%s: %v", what, err)
				}
			})
		}
		all.Wait()
		if got := text(t, placeOn(t, s), "head-00000001"); won.Load() != 1 || !strings.HasSuffix(got, " of them") {
			t.Errorf("%s: %d won, %q", what, won.Load(), got)
		}
	}
}
