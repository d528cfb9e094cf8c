package testkit

import (
	"sync"
	"time"
)

// Patience is how long a test waits for something that takes a moment before it says that it does not come: so long on
// the machine on which the tests were written, and as many times longer as this one is slower. That is measured once, at
// the first wait, with whatever else the machine has to do; a fast machine is given the moment too.
func Patience(moment time.Duration) time.Duration { return time.Duration(float64(moment) * slowness()) }

const (
	work      = 1 << 24               // steps of a generator of random numbers
	reference = 30 * time.Millisecond // what they take on an idle core of the machine on which the tests were written
	slowest   = 20                    // a machine that is slower does not work
)

// slowness is how many times longer the same work takes here: it lasts a tenth of a second on an idle one.
var slowness = sync.OnceValue(func() float64 {
	began := time.Now()
	x := uint64(began.UnixNano()) | 1
	for range 3 * work {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	took := time.Since(began)
	if x == 0 {
		took = 0 // never: it keeps the loop
	}
	return min(max(float64(took)/float64(3*reference), 1), slowest)
})
