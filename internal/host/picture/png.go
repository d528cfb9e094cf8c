package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

const pngHead = 8 // the bytes before the first block

// decodePNG decodes what makes up the picture. All other blocks are left out: the decoder refuses a picture for a wrong
// sum in a comment, which every other program shows.
func decodePNG(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(data)), data[:min(pngHead, len(data))]...)
	rest := data[len(out):]
	for len(rest) >= 12 {
		size := int64(binary.BigEndian.Uint32(rest))
		if size > int64(len(rest)-12) {
			break
		}
		block := rest[:12+size]
		rest = rest[12+size:]
		needed := block[4]&0x20 == 0 // as its first letter says
		whole := crc32.ChecksumIEEE(block[4:8+size]) == binary.BigEndian.Uint32(block[8+size:])
		if needed || whole && string(block[4:8]) == "tRNS" {
			out = append(out, block...)
		}
	}
	return png.Decode(bytes.NewReader(append(out, rest...)))
}

// pngColours is what the blocks gAMA and cHRM say of the colours.
type pngColours struct {
	gamma float64       // the exponent by which light became numbers; 0 where it is not said
	xy    [4][2]float64 // white, red, green, blue
	given bool          // xy
}

func (p *pngColours) read(name string, body []byte) {
	at := func(i int) float64 { return float64(binary.BigEndian.Uint32(body[4*i:])) / 100_000 }
	switch {
	case name == "gAMA" && len(body) == 4:
		p.gamma = at(0)
	case name == "cHRM" && len(body) == 32:
		p.given = true
		for i := range p.xy {
			p.xy[i] = [2]float64{at(2 * i), at(2*i + 1)}
		}
	}
}

// sRGB's own, in the words of these blocks.
var (
	srgbGamma = 1 / 2.2
	srgbXY    = [4][2]float64{{0.3127, 0.3290}, {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}}
)

// conversion is the way to sRGB as browsers go it; nil where there is nothing to do, or the blocks are nonsense. Half a
// description is completed with sRGB.
func (p *pngColours) conversion() *conversion {
	gamma, xy := p.gamma, p.xy
	if gamma == 0 {
		gamma = srgbGamma
	}
	if !p.given {
		xy = srgbXY
	}
	same := math.Abs(gamma-srgbGamma) < 0.02
	for i, want := range srgbXY {
		same = same && math.Abs(xy[i][0]-want[0])+math.Abs(xy[i][1]-want[1]) < 0.01
	}
	if same || gamma < 0.1 || gamma > 10 {
		return nil
	}
	c := &conversion{}
	for i := range 3 {
		for v := range 256 {
			c.linear[i][v] = math.Pow(float64(v)/255, 1/gamma)
		}
	}
	light, ok := lightOf(xy)
	if !ok {
		return nil
	}
	c.matrix = times(toSRGB, light)
	return c.plausible()
}

// bradford takes XYZ to the answers of the eye, between which one white is exchanged for another.
var bradford = [3][3]float64{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}

// lightOf is the matrix from linear light of these colorants to XYZ with the white D50.
func lightOf(xy [4][2]float64) (m [3][3]float64, ok bool) {
	xyz := func(c [2]float64) [3]float64 { return [3]float64{c[0] / c[1], 1, (1 - c[0] - c[1]) / c[1]} }
	var colorants [3][3]float64
	for i, c := range xy {
		if c[1] <= 0 || c[0] < 0 || c[0]+c[1] > 1 {
			return m, false
		}
		if i > 0 {
			for k, v := range xyz(c) {
				colorants[k][i-1] = v
			}
		}
	}
	back, ok := inverse(colorants)
	if !ok {
		return m, false
	}
	white := xyz(xy[0])
	for i, share := range applied(back, white) {
		for k := range 3 {
			colorants[k][i] *= share
		}
	}
	eye, _ := inverse(bradford)
	from, to := applied(bradford, white), applied(bradford, [3]float64{0.9642, 1, 0.8249})
	var adapt [3][3]float64
	for i := range 3 {
		adapt[i][i] = to[i] / from[i]
	}
	return times(times(eye, times(adapt, bradford)), colorants), true
}

func times(a, b [3][3]float64) (m [3][3]float64) {
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				m[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return m
}

func applied(a [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range a {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

func inverse(a [3][3]float64) (m [3][3]float64, ok bool) {
	minor := func(i, j int) float64 {
		r, s, c, d := (i+1)%3, (i+2)%3, (j+1)%3, (j+2)%3
		return a[r][c]*a[s][d] - a[r][d]*a[s][c]
	}
	whole := a[0][0]*minor(0, 0) + a[0][1]*minor(0, 1) + a[0][2]*minor(0, 2)
	if math.Abs(whole) < 1e-9 {
		return m, false
	}
	for i := range 3 {
		for j := range 3 {
			m[j][i] = minor(i, j) / whole
		}
	}
	return m, true
}

// rawExif is the EXIF that ImageMagick wrote as text, in hexadecimal, before PNG had a block for it; nil if it is none.
func rawExif(chunk, key string, value []byte) []byte {
	if key != "Raw profile type exif" && key != "Raw profile type APP1" {
		return nil
	}
	if chunk == "zTXt" {
		z, err := zlib.NewReader(bytes.NewReader(value[min(1, len(value)):]))
		if err != nil {
			return nil
		}
		if value, err = io.ReadAll(io.LimitReader(z, maxProfile)); err != nil {
			return nil
		}
	}
	words := strings.Fields(string(value)) // its name, its length, its lines
	if len(words) < 3 {
		return nil
	}
	if _, err := strconv.Atoi(words[1]); err != nil {
		return nil
	}
	data, err := hex.DecodeString(strings.Join(words[2:], ""))
	if err != nil {
		return nil
	}
	return bytes.TrimPrefix(data, []byte("Exif\x00\x00"))
}
