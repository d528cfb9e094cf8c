package bridge

import (
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheProgramRestsOncePerPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var rested atomic.Int64
		s := NewShell(nil, slog.New(slog.DiscardHandler))
		s.Rest = func() { rested.Add(1) }
		want := func(n int64, after time.Duration) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if got := rested.Load(); got != n {
				t.Errorf("rested %d times, want %d", got, n)
			}
		}
		want(0, time.Hour) // nothing was done yet
		for range 5 {      // a page asks several things in a row
			s.heed(nil)
			want(0, pause/2)
		}
		want(1, pause)
		want(1, time.Hour)
		s.heed(errors.New("refused"))
		want(2, time.Hour)
	})
}
