package sandbox

import "github.com/tetratelabs/wazero/experimental"

// sparing gives a module its memory in few, large steps. Each step copies what was there before, and what it leaves behind
// counts until it is collected: by the runtime's own small steps that would be several times what the module may hold; by
// these it is a third of it.
type sparing struct{ b []byte }

func (s *sparing) Allocate(_, _ uint64) experimental.LinearMemory { return &sparing{} }

// Reallocate returns the memory with a size in bytes, as much as before in it, and zero in the rest.
func (s *sparing) Reallocate(size uint64) []byte {
	if size > uint64(cap(s.b)) {
		const first, second, third = 8 << 20, 32 << 20, 112 << 20 // the last is all that a drawing may take
		var room uint64
		switch {
		case size <= first:
			room = first
		case size <= second:
			room = second
		default:
			room = max(size, third)
		}
		b := make([]byte, len(s.b), room)
		copy(b, s.b)
		s.b = b
	}
	s.b = s.b[:size]
	return s.b
}

// Free lets go of it.
func (s *sparing) Free() { s.b = nil }
