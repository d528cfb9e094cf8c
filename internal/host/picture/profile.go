package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
	"strings"
	"unicode/utf16"
)

// ProfileKind says how the numbers of the pixels are meant.
type ProfileKind string

// Everything but sRGB changes its colours where the profile is dropped or ignored.
const (
	ProfileNone  ProfileKind = ""      // none is given; every program then takes sRGB
	ProfileSRGB  ProfileKind = "srgb"  // sRGB, said explicitly
	ProfileOther ProfileKind = "other" // another one, e.g. Display P3 or Adobe RGB
)

// Profile is the colour profile of a file.
type Profile struct {
	Kind      ProfileKind
	Name      string // as the profile calls itself
	Converted bool   // the pixels were taken to sRGB; without it they are read as if they were sRGB
}

// maxProfile is the most bytes that a profile may have; those of printing presses have up to three million.
const maxProfile = 4 << 20

// converter takes straight pixels to sRGB, in place.
type converter interface{ apply(m *image.NRGBA) }

// pngProfile is the profile in a PNG's block; nil if it cannot be read.
func pngProfile(body []byte) []byte {
	_, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) < 1 || rest[0] != 0 {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return data
}

// icc takes a profile that was found.
func (c *carried) icc(data []byte) {
	c.profile, c.conversion, c.raw = readProfile(data), nil, data
	if c.profile.Kind != ProfileOther {
		return
	}
	switch space := string(data[16:20]); space {
	case "RGB ", "GRAY":
		if matrix := conversionOf(data); matrix != nil {
			c.conversion = matrix
		} else if table := latticeOf(data, map[string]int{"RGB ": 3, "GRAY": 1}[space]); table != nil {
			c.conversion = table
		}
	}
	c.profile.Converted = c.conversion != nil
}

// paper makes pixels of inks: by the profile, or, as every program does without one, by subtracting them from white, which
// is told.
func (c *carried) paper(m *image.CMYK) image.Image {
	is := c.profile.Kind == ProfileOther && len(c.raw) > 20 && string(c.raw[16:20]) == "CMYK"
	if !is {
		c.profile = Profile{Kind: ProfileOther, Name: "CMYK"}
		c.conversion = nil // one of light says nothing of inks
		return m
	}
	table := latticeOf(c.raw, 4)
	if table == nil {
		return m
	}
	c.profile.Converted = true
	return table.ink(m)
}

// readProfile reads the description of an ICC profile.
func readProfile(data []byte) Profile {
	if len(data) < 132 || string(data[36:40]) != "acsp" {
		return Profile{}
	}
	p := Profile{Kind: ProfileOther, Name: profileName(data)}
	if p.Name == "" {
		p.Name = "ICC"
	}
	if strings.Contains(strings.ToLower(p.Name), "srgb") {
		p.Kind = ProfileSRGB
	}
	return p
}

func profileName(data []byte) string {
	if tag := tagOf(data, "desc"); len(tag) >= 12 {
		return description(tag)
	}
	return ""
}

func description(tag []byte) string {
	var name string
	switch string(tag[:4]) {
	case "desc":
		size := uint64(binary.BigEndian.Uint32(tag[8:]))
		name = string(tag[12:min(12+size, uint64(len(tag)))])
	case "mluc":
		if len(tag) < 28 {
			return ""
		}
		size, from := uint64(binary.BigEndian.Uint32(tag[20:])), uint64(binary.BigEndian.Uint32(tag[24:]))
		if from+size > uint64(len(tag)) {
			return ""
		}
		units := make([]uint16, size/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(tag[from+uint64(i)*2:])
		}
		name = string(utf16.Decode(units))
	}
	name = strings.ToValidUTF8(strings.Trim(name, "\x00 "), "")
	if runes := []rune(name); len(runes) > maxValue {
		name = string(runes[:maxValue])
	}
	return name
}
