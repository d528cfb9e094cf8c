package sandbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"testing"
	"time"
)

// endless is a module whose function spin never returns, and whose function grow wants more memory than there is.
var endless = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x04\x01\x60\x00\x00" + // a type without anything
	"\x03\x03\x02\x00\x00" + // two functions
	"\x05\x03\x01\x00\x01" + // a page of memory
	"\x06\x06\x01\x7f\x01\x41\x00\x0b" + // a global
	"\x07\x0f\x02\x04spin\x00\x00\x04grow\x00\x01" +
	"\x0a\x15\x02\x07\x00\x03\x40\x0c\x00\x0b\x0b" + "\x0b\x00\x41\xff\xff\x03\x40\x00\x1a\x00\x0b\x0b")

func moduleOf(t *testing.T, plain []byte, work int64) *Module {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return &Module{Name: "test", Packed: b.Bytes(), Memory: 1 << 20, Work: work}
}

func TestARunIsBounded(t *testing.T) {
	plain := bytes.Clone(endless)
	plain[len(plain)-2] = 0x01 // nop: the byte was an end too many
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	for name, c := range map[string]struct {
		call string
		work int64
		ctx  context.Context
		want error
	}{
		"too much work":    {"spin", 1_000_000, t.Context(), ErrWork},
		"nobody waits":     {"spin", 1 << 60, soon, context.DeadlineExceeded},
		"it gives up":      {"grow", 1_000, t.Context(), ErrTrap},
		"no such function": {"none", 1_000, t.Context(), nil},
	} {
		err := moduleOf(t, plain, c.work).Run(c.ctx, func(ctx context.Context, i *Instance) error {
			_, err := i.Call(ctx, c.call)
			return err
		})
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoModuleIsRefused(t *testing.T) {
	for _, plain := range [][]byte{nil, []byte("\x00asm\x01\x00\x00\x00"), endless[:40], []byte("\x00asm\x01\x00\x00\x00\x0a\xff\xff\xff")} {
		err := moduleOf(t, plain, 1).Run(t.Context(), func(context.Context, *Instance) error { return nil })
		if err == nil {
			t.Errorf("%q is taken", plain)
		}
	}
}

// However small the steps in which a module grows, what is taken for it in all stays near what it may hold.
func TestGrowingLeavesLittleBehind(t *testing.T) {
	const most, page = 112 << 20, 1 << 16
	m := (&sparing{}).Allocate(0, most)
	taken := 0
	for size := page; size <= most; size += 16 * page {
		before := cap(m.(*sparing).b)
		b := m.Reallocate(uint64(size))
		if len(b) != size {
			t.Fatalf("%d bytes instead of %d", len(b), size)
		}
		if now := cap(b); now != before {
			taken += now
			if size > page && b[0] != 7 {
				t.Fatal("what was there is gone")
			}
		}
		b[0] = 7
	}
	if taken > most*3/2 {
		t.Errorf("%d MiB were taken", taken>>20)
	}
	m.Free()
}
