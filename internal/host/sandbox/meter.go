package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// fuelName is the export that holds what work is left.
const fuelName = "kontor_fuel"

var errModule = errors.New("not a WebAssembly module that can be metered")

// Opcodes of WebAssembly that the meter writes or has to know.
const (
	opUnreachable, opBlock, opLoop, opIf, opEnd, opDrop             = 0x00, 0x02, 0x03, 0x04, 0x0b, 0x1a
	opGlobalGet, opGlobalSet, opMemoryGrow                          = 0x23, 0x24, 0x40
	opI32Const, opI64Const, opI64LessSigned, opI64AtLeast, opI64Sub = 0x41, 0x42, 0x53, 0x5a, 0x7d
	opI64Xor, typeI64, none                                         = 0x85, 0x7e, 0x40
)

// pause is how much work, a power of two, is done between two looks at what is left. Each look also leaves the compiled
// code for a moment, by growing the memory by nothing: Go cannot interrupt such code otherwise, and the whole program would
// stand still until the end of a long run whenever memory is to be collected.
const pause = 1 << 16

// metered returns a module that counts its work: each call of a function, and each round of a loop, takes as many steps
// from a global of its own as it has instructions, those of loops within it left out. A branch that is not taken counts like
// one that is. The global is exported as fuelName and set to budget at the start; when it is found below zero, after
// pause more steps or one round at the latest, the module traps. A module that imports globals, or lacks exports or a memory of its
// own, is not taken.
//
// The count is the same on every computer, which no clock is.
func metered(module []byte, budget int64) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil { // a number or a section that reaches past the end
			out, err = nil, fmt.Errorf("%w: %v", errModule, r)
		}
	}()
	if len(module) < 8 || string(module[:4]) != "\x00asm" {
		return nil, errModule
	}
	sections := &reader{b: module, at: 8}
	globals, found := uint64(0), 0
	out = append(out, module[:8]...)
	for sections.at < len(module) {
		id := sections.byte()
		body := &reader{b: sections.take(int(sections.number()))}
		var now []byte
		switch id {
		case 2:
			if body.importsGlobals() {
				return nil, errModule
			}
			now = body.b
		case 5:
			found++
			now = body.b
		case 6:
			found++
			globals = body.number()
			now = binary.AppendUvarint(nil, globals+1)
			now = append(now, body.rest()...)
			now = append(now, typeI64, 1, opI64Const)
			now = append(appendSigned(now, budget), opEnd)
		case 7:
			found++
			now = binary.AppendUvarint(nil, body.number()+1)
			now = append(now, body.rest()...)
			now = append(binary.AppendUvarint(now, uint64(len(fuelName))), fuelName...)
			now = binary.AppendUvarint(append(now, 3), globals)
		case 10:
			found++
			now = body.code(globals)
		default:
			now = body.b
		}
		out = append(out, id)
		out = binary.AppendUvarint(out, uint64(len(now)))
		out = append(out, now...)
	}
	if found != 4 {
		return nil, errModule
	}
	return out, nil
}

func appendSigned(b []byte, n int64) []byte {
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}

// reader walks over a part of a module. It panics past the end.
type reader struct {
	b  []byte
	at int
}

func (r *reader) byte() byte {
	r.at++
	return r.b[r.at-1]
}

func (r *reader) take(n int) []byte {
	r.at += n
	return r.b[r.at-n : r.at]
}

func (r *reader) rest() []byte { return r.b[r.at:] }

// number reads an unsigned number. A signed one is as long, and its value means nothing here.
func (r *reader) number() (n uint64) {
	for shift := 0; ; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (r *reader) importsGlobals() bool {
	for range r.number() {
		r.take(int(r.number()))
		r.take(int(r.number()))
		switch r.byte() {
		case 0: // a function
			r.number()
		case 1: // a table
			r.byte()
			r.limits()
		case 2: // a memory
			r.limits()
		default:
			return true
		}
	}
	return false
}

func (r *reader) limits() {
	flags := r.byte()
	r.number()
	if flags&1 != 0 {
		r.number()
	}
}

// charge is the code that takes steps from what is left.
func charge(b []byte, fuel, steps uint64) []byte {
	use := func(op byte) { b = binary.AppendUvarint(append(b, op), fuel) }
	use(opGlobalGet) // what was left, for the comparison: has it come past a multiple of pause?
	use(opGlobalGet)
	b = append(appendSigned(append(b, opI64Const), int64(steps)), opI64Sub) //nolint:gosec // a function is no longer than its module
	use(opGlobalSet)
	use(opGlobalGet)
	b = append(appendSigned(append(b, opI64Xor, opI64Const), pause), opI64AtLeast, opIf, none)
	b = append(b, opI32Const, 0, opMemoryGrow, 0, opDrop)
	use(opGlobalGet)
	return append(b, opI64Const, 0, opI64LessSigned, opIf, none, opUnreachable, opEnd, opEnd)
}

// code returns the section of all functions with the meter in them.
func (r *reader) code(fuel uint64) []byte {
	count := r.number()
	out := binary.AppendUvarint(make([]byte, 0, len(r.b)*3/2), count)
	var now []byte
	for range count {
		f := &reader{b: r.take(int(r.number()))}
		for range f.number() { // locals
			f.number()
			f.byte()
		}
		body := f.at
		steps := f.steps()
		f.at = body
		now = charge(append(now[:0], f.b[:body]...), fuel, steps[0])
		for loops := 0; f.at < len(f.b); {
			from := f.at
			op := f.instruction()
			now = append(now, f.b[from:f.at]...)
			if op == opLoop {
				loops++
				now = charge(now, fuel, steps[loops])
			}
		}
		out = binary.AppendUvarint(out, uint64(len(now)))
		out = append(out, now...)
	}
	return out
}

// steps counts the instructions of a function, and those of each of its loops in the order in which they begin.
func (r *reader) steps() []uint64 {
	list := []uint64{1}
	open := []int{0} // for each block that is not closed yet: where its instructions count
	for r.at < len(r.b) {
		op := r.instruction()
		in := open[len(open)-1]
		list[in]++
		switch op {
		case opBlock, opIf:
			open = append(open, in)
		case opLoop:
			list = append(list, 1)
			open = append(open, len(list)-1)
		case opEnd:
			open = open[:len(open)-1]
		}
	}
	return list
}

// instruction steps over one and tells which.
func (r *reader) instruction() (op byte) {
	switch op = r.byte(); {
	case op == opBlock, op == opLoop, op == opIf:
		r.number()
	case op == 0x0c, op == 0x0d, op == 0x10, op >= 0x20 && op <= 0x26, op == 0x3f, op == 0x40, op == 0x41, op == opI64Const, op == 0xd0, op == 0xd2:
		r.number()
	case op == 0x0e: // a table of branches
		for range r.number() + 1 {
			r.number()
		}
	case op == 0x11, op >= 0x28 && op <= 0x3e:
		r.number()
		r.number()
	case op == 0x1c:
		r.take(int(r.number()))
	case op == 0x43:
		r.take(4)
	case op == 0x44:
		r.take(8)
	case op == 0xfc:
		switch sub := r.number(); sub {
		case 0, 1, 2, 3, 4, 5, 6, 7:
		case 8, 10, 12, 14:
			r.number()
			r.number()
		case 9, 11, 13, 15, 16, 17:
			r.number()
		default:
			panic(fmt.Sprintf("instruction fc %x", sub))
		}
	case op <= 0x01, op == 0x05, op == opEnd, op == 0x0f, op == 0x1a, op == 0x1b, op >= 0x45 && op <= 0xc4, op == 0xd1:
	default:
		panic(fmt.Sprintf("instruction %x", op))
	}
	return op
}
