package clipboard

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// board is a clipboard in memory that others write to as well.
type board struct {
	mark   uint64
	text   string
	secret bool
	err    error
}

func (b *board) put(text string, secret bool) (uint64, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.mark++
	b.text, b.secret = text, secret
	return b.mark, nil
}

func (b *board) clear(mark uint64) {
	if b.mark == mark {
		b.text = ""
	}
}

// clock holds what is to come.
type clock struct {
	in   time.Duration
	what func()
}

func (c *clock) after(d time.Duration, f func()) func() bool {
	c.in, c.what = d, f
	return func() bool { c.what = func() {}; return true }
}

func TestASecretLeavesTheClipboard(t *testing.T) {
	system, later := &board{}, &clock{}
	b := &Board{system: system, after: later.after}
	put := func(text string, secret bool) {
		t.Helper()
		if err := b.Put(text, secret); err != nil {
			t.Fatal(err)
		}
	}
	put("4R7-KQ", true)
	if !system.secret || later.in != Keep {
		t.Errorf("secret %v, for %v", system.secret, later.in)
	}
	later.what()
	if system.text != "" {
		t.Error("it stays")
	}

	put("4R7-KQ", true)
	if _, err := system.put("of another program", false); err != nil {
		t.Fatal(err)
	}
	later.what()
	if system.text != "of another program" {
		t.Error("what another program put there is gone")
	}

	put("4R7-KQ", true)
	first := later.what
	put("an amount", false)
	first()
	later.what()
	if system.text != "an amount" || system.secret {
		t.Errorf("%q", system.text)
	}

	put("first", true)
	first = later.what
	put("second", true)
	first() // its time was stopped too late
	if system.text != "second" {
		t.Error("the end of the first took the second")
	}
	b.Close()
	if system.text != "" {
		t.Error("it outlives the program")
	}
	put("an amount", false)
	b.Close()
	if system.text != "an amount" {
		t.Error("what is no secret is gone")
	}
}

func TestWhatIsNoTextIsNotPut(t *testing.T) {
	b := &Board{system: &board{}, after: (&clock{}).after}
	for _, text := range []string{"", "\xff", strings.Repeat("x", maxText+1)} {
		if err := b.Put(text, true); !errors.Is(err, ErrText) {
			t.Error(err)
		}
	}
	b.system = &board{err: errors.New("no screen")}
	if err := b.Put("x", true); err == nil {
		t.Error("nobody took it")
	}
	b.Close()
}
