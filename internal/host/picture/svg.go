package picture

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture/resvg"
	"kontor/internal/host/sandbox"
)

// An SVG is drawn with a longer side of DrawnSide pixels, or smaller where that would be more than drawnPixels or too much
// work.
const (
	DrawnSide   = 1600
	drawnPixels = 1_000_000
)

// attempts are how a drawing is tried, until one ends within its work and memory: by what its sides are divided, and what it
// may take. Together they are resvg.Work. Blurs and layers take as much as they have pixels, and the logos that are full of
// them as much as thirty others.
var attempts = []struct {
	by   int
	work int64
}{{1, 8_000_000_000}, {2, 10_500_000_000}, {4, 6_300_000_000}}

// Limits of an SVG. What it becomes when it is drawn is bounded by the memory and the work of resvg.
const (
	maxSVGBytes   = 2 << 20 // unpacked
	maxElements   = 50_000
	maxDepth      = 128
	maxShapeRatio = 20 // longer to shorter side
)

// looksLikeSVG tells by the first element of a document, behind whatever stands before it, and takes one packed by gzip
// (.svgz) for what is in it.
func looksLikeSVG(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		packed, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return false
		}
		head := make([]byte, 64<<10)
		n, _ := io.ReadFull(packed, head)
		data = head[:n]
	}
	data = unmarked(data)
	for {
		data = bytes.TrimLeft(data, " \t\r\n")
		var end string
		switch {
		case bytes.HasPrefix(data, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(data, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(data, []byte("<!")):
			end = ">"
			if open := bytes.IndexByte(data, '['); open >= 0 && open < bytes.IndexByte(data, '>') {
				end = "]"
			}
		case bytes.HasPrefix(data, []byte("]")), bytes.HasPrefix(data, []byte(">")):
			data = data[1:]
			continue
		default:
			return svgStart.Match(data[:min(len(data), 64)])
		}
		at := bytes.Index(data, []byte(end))
		if at < 0 {
			return false
		}
		data = data[at+len(end):]
	}
}

var svgStart = regexp.MustCompile(`^<([A-Za-z_][\w.-]*:)?svg[\s/>]`)

func unsupported(what string) error {
	return fault.New(fault.Invalid, ReasonUnsupported).With("what", clip(what))
}

func external(what string) error {
	return fault.New(fault.Invalid, ReasonExternal).With("what", clip(what))
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40])
	}
	return s
}

// Draw draws an SVG. It is refused if it refers to anything outside itself, holds a program or a picture, or something
// that would not be drawn as meant (texts, whose fonts are not here; newer ways of CSS); the reason names it. Drawing is
// bounded in memory (resvg.Memory) and in work (resvg.Work), which is counted and the same on every computer; what needs more
// is drawn with half or a quarter of its sides before it is refused.
func Draw(ctx context.Context, data []byte) (*Picture, error) {
	size := len(data)
	if size > maxSVGBytes {
		return nil, tooHeavyToDraw()
	}
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		var err error
		if data, err = unpacked(data); err != nil {
			return nil, err
		}
	}
	clean, err := readSVG(data)
	if err != nil {
		return nil, err
	}
	text, err := clean.write()
	if err != nil {
		return nil, err
	}
	var m *image.RGBA
	for i, a := range attempts {
		if i > 0 {
			runtime.GC() // what the attempt before took counts until it is collected
		}
		m, err = resvg.Draw(ctx, text.divided(a.by), a.work)
		if !errors.Is(err, sandbox.ErrWork) && !errors.Is(err, sandbox.ErrTrap) {
			break
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, fault.Wrap(ctx.Err(), fault.Canceled, "")
	case errors.Is(err, sandbox.ErrWork), errors.Is(err, sandbox.ErrTrap),
		errors.Is(err, resvg.ErrRefused) && strings.Contains(err.Error(), "limit reached"):
		return nil, fault.Wrap(err, fault.Invalid, ReasonComplex)
	case errors.Is(err, resvg.ErrRefused):
		return nil, fault.Wrap(err, fault.Invalid, ReasonDamaged)
	case err != nil:
		return nil, err
	}
	return &Picture{Pixels: straight(m), Format: SVG, Bytes: size, Metadata: []Metadata{}, Animated: clean.moves}, nil
}

func tooHeavyToDraw() error {
	return fault.New(fault.Invalid, ReasonHeavy).With("max", strconv.Itoa(maxSVGBytes>>20))
}

func unpacked(data []byte) ([]byte, error) {
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(packed, maxSVGBytes+1))
	}
	switch {
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, ReasonDamaged)
	case len(data) > maxSVGBytes:
		return nil, tooHeavyToDraw()
	}
	return data, nil
}

// frame is the part of the document that is drawn, and the pixels that it is drawn in.
type frame struct {
	box           string // the view box
	width, height int    // pixels
}

// frameOf works out the frame from the attributes of the root: the viewport is width × height, by default as large as
// the view box; how the box lies in it is preserveAspectRatio's to say.
func frameOf(attrs map[string]string) (frame, error) {
	var f frame
	var box [4]float64
	given := strings.FieldsFunc(attrs["viewBox"], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' })
	if len(given) > 0 {
		if len(given) != 4 {
			return f, fault.New(fault.Invalid, ReasonDamaged)
		}
		for i, word := range given {
			n, err := strconv.ParseFloat(strings.TrimSuffix(word, "px"), 64)
			if err != nil || math.IsNaN(n) {
				return f, fault.New(fault.Invalid, ReasonDamaged)
			}
			box[i] = n
		}
	}
	w, okW := length(attrs["width"], box[2])
	h, okH := length(attrs["height"], box[3])
	switch { // one side follows from the other, and both from the box
	case len(given) == 0 && (!okW || !okH):
		return f, unsupported("viewBox")
	case len(given) == 0:
		box = [4]float64{0, 0, w, h}
	case !okW && !okH:
		w, h = box[2], box[3]
	case !okW:
		w = h * box[2] / box[3]
	case !okH:
		h = w * box[3] / box[2]
	}
	for _, side := range []float64{w, h, box[2], box[3]} {
		if !(side >= 1e-3 && side <= 1e6) {
			return f, unsupported("viewBox")
		}
	}
	if max(w, h)/min(w, h) > maxShapeRatio || math.Abs(box[0]) > 1e7 || math.Abs(box[1]) > 1e7 {
		return f, unsupported("viewBox")
	}
	scale := min(DrawnSide/max(w, h), math.Sqrt(drawnPixels/(w*h)))
	f.width, f.height = max(1, int(math.Round(w*scale))), max(1, int(math.Round(h*scale)))
	f.box = fmt.Sprintf("%g %g %g %g", box[0], box[1], box[2], box[3])
	return f, nil
}

// units are in pixels, of which CSS counts 96 to the inch.
var units = map[string]float64{"": 1, "px": 1, "pt": 96. / 72, "pc": 16, "in": 96, "mm": 96 / 25.4, "cm": 96 / 2.54, "em": 16, "rem": 16, "ex": 8}

var lengthForm = regexp.MustCompile(`^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(%|[a-z]*)$`)

// length reads a length in pixels; a percentage is one of whole. It is not ok where none is given that could be followed.
func length(s string, whole float64) (float64, bool) {
	parts := lengthForm.FindStringSubmatch(strings.TrimSpace(s))
	if parts == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(parts[1], 64)
	if parts[2] == "%" {
		return n * whole / 100, err == nil && whole > 0
	}
	unit, ok := units[parts[2]]
	return n * unit, ok && err == nil
}
