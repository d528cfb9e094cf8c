// Package avif decodes AVIF with libavif and libaom, which are C's, compiled to WebAssembly: the bytes that the Go module
// github.com/gen2brain/avif 0.4.4 carries (see NOTICE), run in a sandbox.
package avif

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"image"

	"kontor/internal/host/sandbox"
)

//go:embed avif.wasm.gz
var packed []byte

// Memory and Work bound the decoding of one file. A photo takes 22 bytes and 2,500 steps for a pixel; one of
// more than 8 bits 46 bytes and 7,000 steps.
const (
	Memory = 144 << 20
	Work   = 30_000_000_000
)

var module = &sandbox.Module{Name: "avif", Packed: packed, Memory: Memory, Work: Work, Starts: []string{"_initialize"}}

// ErrRefused says that a file is none that libavif takes.
var ErrRefused = errors.New("avif: no picture in it")

// Decode decodes the first picture of a file, before any of its turns, with premultiplied pixels. May is asked with its size,
// and whether it has more than 8 bits, before anything is decoded; what it returns ends the decoding. Other errors are ErrRefused, those of sandbox and of the
// context.
func Decode(ctx context.Context, data []byte, may func(width, height int, deep bool) error) (m *image.RGBA, err error) {
	err = module.Run(ctx, func(ctx context.Context, i *sandbox.Instance) error {
		m, err = decode(ctx, i, data, may)
		return err
	})
	return m, err
}

func decode(ctx context.Context, i *sandbox.Instance, data []byte, may func(width, height int, deep bool) error) (*image.RGBA, error) {
	room := func(size int) (uint64, error) {
		at, err := i.Call(ctx, "malloc", uint64(size))
		if err == nil && at == 0 {
			err = sandbox.ErrTrap
		}
		return at, err
	}
	in, err := room(len(data))
	if err != nil {
		return nil, err
	}
	if err := i.Write(uint32(in), data); err != nil { //nolint:gosec // its pointers have 32 bits
		return nil, err
	}
	const words = 4 // width, height, depth, number of pictures
	facts, err := room(4*words + 8)
	if err != nil {
		return nil, err
	}
	run := func(onlyFacts, out uint64) error {
		done, err := i.Call(ctx, "decode", in, uint64(len(data)), onlyFacts, 0, facts, facts+4, facts+8, facts+12, facts+16, out)
		if err == nil && done == 0 {
			err = ErrRefused
		}
		return err
	}
	if err := run(1, 0); err != nil {
		return nil, err
	}
	said, err := i.Read(uint32(facts), 4*words) //nolint:gosec // see above
	if err != nil {
		return nil, err
	}
	w, h, depth := int(binary.LittleEndian.Uint32(said)), int(binary.LittleEndian.Uint32(said[4:])), binary.LittleEndian.Uint32(said[8:])
	wide := depth > 8
	if err := may(w, h, wide); err != nil {
		return nil, err
	}
	size := 4 * w * h
	if wide {
		size *= 2
	}
	out, err := room(size)
	if err != nil {
		return nil, err
	}
	if err := run(0, out); err != nil {
		return nil, err
	}
	b, err := i.View(uint32(out), uint32(size)) //nolint:gosec // see above
	if err != nil {
		return nil, err
	}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	if !wide {
		copy(m.Pix, b)
		return m, nil
	}
	// With more than 8 bits libavif writes 16-bit numbers, the lower half first.
	for n := range m.Pix {
		m.Pix[n] = b[2*n+1]
	}
	return m, nil
}
