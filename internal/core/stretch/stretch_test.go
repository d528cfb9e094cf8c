package stretch

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"kontor/internal/core/fault"
)

const mebi = 1 << 20

// dear are parameters as Kontor writes them.
var dear = argon2id.Params{Memory: 64 << 10, Iterations: 1, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// Sixteen at once would take 1 GiB.
func TestManyAtOnceTakeTheMemoryOfTwo(t *testing.T) {
	runtime.GC()
	before := inUse()
	var most atomic.Uint64
	stop, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			most.Store(max(most.Load(), inUse()))
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := Hash(t.Context(), "correct horse", dear); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	close(stop)
	<-watched
	// Two that run, and two whose memory the collector has not taken back yet, as often as it doubles the heap.
	if got := most.Load() - before; got > 6*64*mebi {
		t.Errorf("%d MiB at once", got/mebi)
	}
	for deadline := time.Now().Add(10 * time.Second); held() > before+32*mebi; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d MiB are still held, %d before", held()/mebi, before/mebi)
		}
	}
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// held is what the system has given and not got back.
func held() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapSys - m.HeapReleased
}

func TestWhoeverWaitsCanGiveUp(t *testing.T) {
	for range Together {
		turns <- struct{}{}
	}
	defer func() {
		for range Together {
			<-turns
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Hash(ctx, "x", dear); fault.CodeOf(err) != fault.Canceled {
		t.Error(err)
	}
	if _, err := Key(ctx, []byte("x"), []byte("salt salt"), 1, 64, 1, 32); fault.CodeOf(err) != fault.Canceled {
		t.Error(err)
	}
}

func TestAHashThatWantsAllOfTheMemoryIsRefused(t *testing.T) {
	light := argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	hash, err := Hash(t.Context(), "right", light)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := Matches(t.Context(), "right", hash); !ok || err != nil {
		t.Error(ok, err)
	}
	if ok, err := Matches(t.Context(), "wrong", hash); ok || err != nil {
		t.Error(ok, err)
	}
	for _, asks := range []string{"m=4194304,t=1,p=1", "m=64,t=4000000,p=1"} {
		if _, err := Matches(t.Context(), "right", "$argon2id$v=19$"+asks+hash[len("$argon2id$v=19$m=64,t=1,p=1"):]); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", asks, err)
		}
	}
}
