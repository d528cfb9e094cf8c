package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
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

const maxProfile = 1 << 20

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
	c.profile, c.conversion = readProfile(data), nil
	if c.profile.Kind == ProfileOther {
		c.conversion = conversionOf(data)
		c.profile.Converted = c.conversion != nil
	}
}

// readProfile reads the description of an ICC profile.
func readProfile(data []byte) Profile {
	if len(data) < 132 || string(data[36:40]) != "acsp" {
		return Profile{}
	}
	p := Profile{Kind: ProfileOther, Name: profileName(data)}
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
