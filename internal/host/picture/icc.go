package picture

import (
	"encoding/binary"
	"image"
	"math"
)

// conversion takes the pixels of a matrix profile (Display P3, Adobe RGB and the like: three colorants, three curves)
// to sRGB. Profiles of tables and of other colour spaces are not followed.
type conversion struct {
	linear [3][256]float64
	matrix [3][3]float64 // linear light of the profile to linear sRGB
}

// toSRGB is the inverse of sRGB's colorants, adapted to D50 as profiles are.
var toSRGB = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// conversionOf reads a profile; nil if it is none that is followed.
func conversionOf(data []byte) *conversion {
	if len(data) < 132 || string(data[36:40]) != "acsp" || string(data[16:24]) != "RGB XYZ " {
		return nil
	}
	c := &conversion{}
	for channel, tag := range []string{"r", "g", "b"} {
		xyz := tagOf(data, tag+"XYZ")
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return nil
		}
		curve, ok := curveOf(tagOf(data, tag+"TRC"))
		if !ok {
			return nil
		}
		for v := range 256 {
			c.linear[channel][v] = curve(float64(v) / 255)
		}
		var light [3]float64
		for i := range 3 {
			light[i] = fixed16(xyz[8+4*i:])
		}
		for to := range 3 {
			for i := range 3 {
				c.matrix[to][channel] += toSRGB[to][i] * light[i]
			}
		}
	}
	return c.plausible()
}

// plausible is the conversion if white stays white, or nearly: all else is a broken profile, whose colours nobody meant.
func (c *conversion) plausible() *conversion {
	for _, row := range c.matrix {
		if white := row[0] + row[1] + row[2]; !(white > 0.9 && white < 1.1) {
			return nil
		}
	}
	return c
}

// apply changes the pixels in place.
func (c *conversion) apply(m *image.NRGBA) {
	const steps = 4095
	var encoded [steps + 1]uint8
	for i := range encoded {
		encoded[i] = uint8(math.Round(encodeSRGB(float64(i)/steps) * 255))
	}
	for i := 0; i+4 <= len(m.Pix); i += 4 {
		p := m.Pix[i : i+3 : i+3]
		r, g, b := c.linear[0][p[0]], c.linear[1][p[1]], c.linear[2][p[2]]
		for k, row := range c.matrix {
			light := row[0]*r + row[1]*g + row[2]*b
			p[k] = encoded[int(min(max(light, 0), 1)*steps+0.5)]
		}
	}
}

func encodeSRGB(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// maxCurve is the most entries of a curve; real ones have 1024 or 4096.
const maxCurve = 1 << 16

// curveOf reads a tone curve: from the number of a pixel to linear light, both 0 to 1.
func curveOf(tag []byte) (func(float64) float64, bool) {
	if len(tag) < 12 {
		return nil, false
	}
	switch string(tag[:4]) {
	case "curv":
		count := int64(binary.BigEndian.Uint32(tag[8:]))
		if count > maxCurve || int64(len(tag)) < 12+2*count {
			return nil, false
		}
		at := func(i int64) float64 { return float64(binary.BigEndian.Uint16(tag[12+2*i:])) }
		switch count {
		case 0:
			return func(v float64) float64 { return v }, true
		case 1:
			gamma := at(0) / 256
			return func(v float64) float64 { return light(math.Pow(v, gamma)) }, true
		}
		return func(v float64) float64 {
			place := v * float64(count-1)
			i := min(int64(place), count-2)
			return (at(i) + (at(i+1)-at(i))*(place-float64(i))) / 65535
		}, true
	case "para":
		return formula(tag)
	}
	return nil, false
}

// formula reads a parametric curve (ICC.1, 10.18): Y = (aX + b)^g + e above d, cX + f below.
func formula(tag []byte) (func(float64) float64, bool) {
	kind := int(binary.BigEndian.Uint16(tag[8:]))
	counts := []int{1, 3, 4, 5, 7}
	if kind >= len(counts) || len(tag) < 12+4*counts[kind] {
		return nil, false
	}
	var n [7]float64
	for i := range counts[kind] {
		n[i] = fixed16(tag[12+4*i:])
	}
	g, a, b, c, d, e, f := n[0], n[1], n[2], n[3], n[4], n[5], n[6]
	switch kind {
	case 0:
		a, b, c, d, e, f = 1, 0, 0, 0, 0, 0
	case 1, 2:
		if a == 0 {
			return nil, false
		}
		e, f, c, d = c, c, 0, -b/a // kind 2 adds c to both parts; in kind 1 it is nothing
	}
	return func(v float64) float64 {
		if v >= d {
			return light(math.Pow(max(a*v+b, 0), g) + e)
		}
		return light(c*v + f)
	}, true
}

// light bounds what a formula may come to.
func light(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, 0), 1)
}

func fixed16(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// tagOf is the data of a profile's tag; nil if there is none.
func tagOf(data []byte, name string) []byte {
	count := binary.BigEndian.Uint32(data[128:])
	for i := range min(uint64(count), 100) {
		at := 132 + i*12
		if at+12 > uint64(len(data)) {
			return nil
		}
		if string(data[at:at+4]) != name {
			continue
		}
		from, size := uint64(binary.BigEndian.Uint32(data[at+4:])), uint64(binary.BigEndian.Uint32(data[at+8:]))
		if from+size > uint64(len(data)) {
			return nil
		}
		return data[from : from+size]
	}
	return nil
}
