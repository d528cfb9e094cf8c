// Package resvg draws SVG with resvg, which is Rust's, compiled to WebAssembly: the bytes of the npm package
// @resvg/resvg-wasm 2.6.2 as they were published (MPL-2.0, see NOTICE), run in a sandbox. The same document gives the same
// pixels on every computer.
//
// It draws what it understands and leaves out the rest without a word: whoever calls it has to refuse that before.
package resvg

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"unicode/utf8"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"kontor/internal/host/sandbox"
)

//go:embed resvg.wasm.gz
var packed []byte

// Memory bounds one drawing; ordinary logos need 4 to 30 MiB. Work is what a processor does in about three seconds, in steps:
// 0.08 to 0.13 seconds for a thousand million, which is what ordinary logos need.
const (
	Memory = 112 << 20
	Work   = 24_800_000_000
)

var module = &sandbox.Module{Name: "resvg", Packed: packed, Memory: Memory, Work: Work, HostName: "wbg", Host: host}

// ErrRefused says that resvg does not take a document; it wraps what resvg says.
var ErrRefused = errors.New("resvg")

// Warm prepares the first drawing, which takes about a second of work otherwise.
func Warm() { module.Warm() }

// Draw draws an SVG at the size that it says, in pixels, with at most so many steps of work. The text is UTF-8; the pixels
// are premultiplied. The errors are ErrRefused, those of sandbox and of the context.
func Draw(ctx context.Context, svg string, work int64) (m *image.RGBA, err error) {
	err = module.RunWithin(ctx, work, func(ctx context.Context, i *sandbox.Instance) error {
		m, err = draw(ctx, i, svg)
		return err
	})
	return m, err
}

func draw(ctx context.Context, i *sandbox.Instance, svg string) (*image.RGBA, error) {
	o := &objects{}
	i.State = o
	options, err := json.Marshal(map[string]any{
		"fitTo": map[string]string{"mode": "original"},
		"font":  map[string]bool{"loadSystemFonts": false},
	})
	if err != nil {
		return nil, err
	}
	at, err := i.Call(ctx, "__wbindgen_malloc", uint64(len(options)), 1)
	if err != nil {
		return nil, err
	}
	if err := i.Write(uint32(at), options); err != nil {
		return nil, err
	}
	// Each of these calls leaves a result, an error and whether there is one.
	tree, err := result(ctx, i, "resvg_new", uint64(o.add(svg)), at, uint64(len(options)), 0)
	if err != nil {
		return nil, err
	}
	rendered, err := result(ctx, i, "resvg_render", uint64(tree))
	if err != nil {
		return nil, err
	}
	var size [2]int
	for n, name := range []string{"renderedimage_width", "renderedimage_height"} {
		side, err := i.Call(ctx, name, uint64(rendered))
		if err != nil {
			return nil, err
		}
		size[n] = int(uint32(side))
	}
	pixels, err := i.Call(ctx, "renderedimage_pixels", uint64(rendered))
	if err != nil {
		return nil, err
	}
	b, ok := o.at(uint32(pixels)).([]byte)
	if !ok || size[0] < 1 || size[1] < 1 || len(b) != 4*size[0]*size[1] {
		return nil, fmt.Errorf("%w: %d bytes for %v pixels", ErrRefused, len(b), size)
	}
	return &image.RGBA{Pix: b, Stride: 4 * size[0], Rect: image.Rect(0, 0, size[0], size[1])}, nil
}

func result(ctx context.Context, i *sandbox.Instance, name string, args ...uint64) (uint32, error) {
	const room = 16
	ret, err := i.Call(ctx, "__wbindgen_add_to_stack_pointer", api.EncodeI32(-room))
	if err != nil {
		return 0, err
	}
	if _, err := i.Call(ctx, name, append([]uint64{ret}, args...)...); err != nil {
		return 0, err
	}
	var words [3]uint32
	for n := range words {
		if words[n], err = i.Number(uint32(ret) + 4*uint32(n)); err != nil {
			return 0, err
		}
	}
	if _, err := i.Call(ctx, "__wbindgen_add_to_stack_pointer", room); err != nil {
		return 0, err
	}
	if words[2] != 0 {
		return 0, fmt.Errorf("%w: %v", ErrRefused, i.State.(*objects).at(words[1]))
	}
	return words[0], nil
}

// objects are what the module, which was made for JavaScript, knows by number: texts, bytes and errors of ours, and
// views of its own memory.
type objects struct {
	list []any
	free []uint32
}

// first is the number of the first object: those below are JavaScript's undefined, null, true and false.
const first = 132

type view struct{ at, size uint32 }

func (o *objects) add(v any) uint32 {
	if n := len(o.free); n > 0 {
		place := o.free[n-1]
		o.free = o.free[:n-1]
		o.list[place-first] = v
		return place
	}
	o.list = append(o.list, v)
	return uint32(len(o.list)) - 1 + first
}

func (o *objects) at(n uint32) any {
	if n < first || int(n-first) >= len(o.list) {
		return nil
	}
	return o.list[n-first]
}

func (o *objects) drop(n uint32) {
	if n >= first && int(n-first) < len(o.list) {
		o.list[n-first] = nil
		o.free = append(o.free, n)
	}
}

// host are the functions that the module imports. A panic in one ends the run.
func host(b wazero.HostModuleBuilder) {
	of := func(ctx context.Context) *objects { return sandbox.In(ctx).State.(*objects) }
	text := func(m api.Module, at, size uint32) string {
		b, ok := m.Memory().Read(at, size)
		if !ok {
			panic("a text outside of the memory")
		}
		return string(b)
	}
	none := func(context.Context, uint32) uint32 { return 0 }
	for name, f := range map[string]any{
		"__wbg_new_28c511d9baebfa89":                        func(ctx context.Context, m api.Module, at, size uint32) uint32 { return of(ctx).add(text(m, at, size)) },
		"__wbindgen_memory":                                 func(ctx context.Context) uint32 { return of(ctx).add(view{}) },
		"__wbg_buffer_12d079cc21e14bdb":                     func(ctx context.Context, n uint32) uint32 { return of(ctx).add(of(ctx).at(n)) },
		"__wbg_newwithbyteoffsetandlength_aa4a17c33a06e5cb": func(ctx context.Context, _, at, size uint32) uint32 { return of(ctx).add(view{at, size}) },
		"__wbindgen_object_drop_ref":                        func(ctx context.Context, n uint32) { of(ctx).drop(n) },
		"__wbg_new_63b92bc8671ed464": func(ctx context.Context, m api.Module, n uint32) uint32 {
			v, _ := of(ctx).at(n).(view)
			return of(ctx).add([]byte(text(m, v.at, v.size)))
		},
		"__wbindgen_string_get": func(ctx context.Context, m api.Module, ret, n uint32) {
			s, ok := of(ctx).at(n).(string)
			var at uint32
			if ok {
				place, err := m.ExportedFunction("__wbindgen_malloc").Call(ctx, uint64(len(s)), 1)
				if err != nil {
					panic(err)
				}
				at = uint32(place[0])
				if !utf8.ValidString(s) || !m.Memory().WriteString(at, s) {
					panic("no text, or no room for it")
				}
			}
			if !m.Memory().WriteUint32Le(ret, at) || !m.Memory().WriteUint32Le(ret+4, uint32(len(s))) {
				panic("a place outside of the memory")
			}
		},
		"__wbindgen_string_new": func(ctx context.Context, m api.Module, at, size uint32) uint32 { return of(ctx).add(text(m, at, size)) },
		"__wbindgen_throw":      func(_ context.Context, m api.Module, at, size uint32) { panic(text(m, at, size)) },
		// Fonts and embedded pictures would come by these.
		"__wbg_new_16b304a2cfa7ff4a":                   func(ctx context.Context) uint32 { return of(ctx).add(nil) },
		"__wbg_push_a5b05aedc7234f9f":                  func(context.Context, uint32, uint32) uint32 { return 0 },
		"__wbg_values_839f3396d5aac002":                none,
		"__wbg_next_196c84450b364254":                  none,
		"__wbg_done_298b57d23c0fc80c":                  none,
		"__wbg_value_d93c65011f51a456":                 none,
		"__wbg_instanceof_Uint8Array_2b3bbecd033d19f6": none,
		"__wbg_length_c20a40f15020d68a":                none,
		"__wbg_set_a47bac70306a19a7":                   func(context.Context, uint32, uint32, uint32) {},
	} {
		b.NewFunctionBuilder().WithFunc(f).Export(name)
	}
}
