package picture

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
)

// Kind names one sort of thing that a picture file carries besides its pixels.
type Kind string

// The kinds, in the order in which they are told.
const (
	KindGPS       Kind = "gps"       // where it was taken; Value is latitude and longitude
	KindCamera    Kind = "camera"    // maker and model
	KindSerial    Kind = "serial"    // serial number of camera or lens
	KindDate      Kind = "date"      // when it was taken
	KindAuthor    Kind = "author"    // author or copyright
	KindSoftware  Kind = "software"  // the program that wrote it
	KindThumbnail Kind = "thumbnail" // a small copy, often of the uncropped picture
	KindXMP       Kind = "xmp"       // an XMP packet
	KindIPTC      Kind = "iptc"      // IPTC or Photoshop records
	KindText      Kind = "text"      // comments and text blocks
)

var kinds = []Kind{KindGPS, KindCamera, KindSerial, KindDate, KindAuthor, KindSoftware, KindThumbnail, KindXMP, KindIPTC, KindText}

// Metadata is one thing that the file carries besides its pixels.
type Metadata struct {
	Kind  Kind
	Value string // what it says, cut to maxValue characters; "" where that would not help anybody
}

const maxValue = 80

// carried is what a walk over the file's blocks found.
type carried struct {
	orientation int
	found       map[Kind]string
	profile     Profile
	conversion  converter // of the profile to sRGB; nil where there is nothing to do, or no way
	raw         []byte    // the profile
	scans       int       // of a JPEG
	frames      int       // of a GIF or WebP
	ownNumbers  bool      // a JPEG whose numbers are no luminance
	jfif        bool      // a JPEG that says that its numbers are luminance
	coarse      bool      // a JPEG of three planes that are not equally fine
	jpegSamples float64   // bytes that its decoder takes for a pixel
}

func (c *carried) note(k Kind, value string) {
	if c.found == nil {
		c.found = map[Kind]string{}
	}
	value = strings.ToValidUTF8(strings.TrimSpace(strings.Trim(value, "\x00")), "")
	if runes := []rune(value); len(runes) > maxValue {
		value = string(runes[:maxValue])
	}
	if old, ok := c.found[k]; !ok || old == "" {
		c.found[k] = value
	}
}

func (c *carried) list() []Metadata {
	list := []Metadata{}
	for _, k := range kinds {
		if v, ok := c.found[k]; ok {
			list = append(list, Metadata{k, v})
		}
	}
	return list
}

// inspect walks over the blocks of a file. It reads what is well formed and stops where that ends; a damaged picture
// is the decoder's to refuse.
func inspect(f Format, data []byte) *carried {
	c := &carried{}
	switch f {
	case PNG:
		c.png(data)
	case JPEG:
		c.jpeg(data)
	case GIF:
		c.gif(data)
	case WebP:
		c.webp(data)
	case AVIF:
		c.avif(data)
	}
	return c
}

func (c *carried) png(data []byte) {
	var colours pngColours
	defer func() {
		if c.profile.Kind != ProfileNone { // a profile, and the word that it is sRGB, count for more
			return
		}
		if found := colours.conversion(); found != nil {
			c.conversion = found
			c.profile = Profile{Kind: ProfileOther, Name: "gAMA/cHRM", Converted: true}
		}
	}()
	for rest := data[pngHead:]; len(rest) >= 12; {
		size := int64(binary.BigEndian.Uint32(rest))
		if size > int64(len(rest)-12) {
			return
		}
		name, body := string(rest[4:8]), rest[8:8+size]
		rest = rest[12+size:]
		switch name {
		case "eXIf":
			c.exif(body)
		case "iCCP":
			c.icc(pngProfile(body))
		case "sRGB":
			c.profile, c.conversion = Profile{Kind: ProfileSRGB, Name: "sRGB"}, nil
		case "gAMA", "cHRM":
			colours.read(name, body)
		case "tIME":
			if len(body) == 7 {
				c.note(KindDate, "")
			}
		case "tEXt", "zTXt", "iTXt":
			c.pngText(name, body)
		case "acTL":
			if len(body) >= 4 {
				c.frames = int(min(binary.BigEndian.Uint32(body), 1<<20))
			}
		}
	}
}

func (c *carried) pngText(chunk string, body []byte) {
	key, value, _ := bytes.Cut(body, []byte{0})
	if raw := rawExif(chunk, string(key), value); raw != nil {
		c.exif(raw)
		return
	}
	if chunk != "tEXt" {
		value = nil // compressed or tagged: that it is there is enough
	}
	switch string(key) {
	case "XML:com.adobe.xmp":
		c.xmp(body)
	case "Author", "Copyright":
		c.note(KindAuthor, string(value))
	case "Software":
		c.note(KindSoftware, string(value))
	case "Creation Time":
		c.note(KindDate, string(value))
	default:
		c.note(KindText, string(value))
	}
}

var xmpOrientation = regexp.MustCompile(`tiff:Orientation\s*(?:=\s*["']|>)\s*([1-8])\s*["'<]`)

// xmp takes a packet of XMP. How the picture stands is read in it where EXIF has not said so.
func (c *carried) xmp(packet []byte) {
	c.note(KindXMP, "")
	if found := xmpOrientation.FindSubmatch(packet); found != nil && c.orientation == 0 {
		c.orientation = int(found[1][0] - '0')
	}
}

func (c *carried) jpeg(data []byte) {
	var icc [][]byte
	for i := 2; i+1 < len(data); {
		if data[i] != 0xff || data[i+1] == 0 || data[i+1] == 0xff || data[i+1] >= 0xd0 && data[i+1] <= 0xd8 {
			i++ // entropy-coded data, fill bytes, restart markers
			continue
		}
		marker := data[i+1]
		if marker == 0xd9 {
			break
		}
		if marker == 0xda {
			c.scans++
		}
		if i+4 > len(data) {
			break
		}
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if size < 2 || i+2+size > len(data) {
			break
		}
		body := data[i+4 : i+2+size]
		i += 2 + size
		switch {
		case marker >= 0xc0 && marker <= 0xc2:
			c.frameHeader(marker, body)
		case marker == 0xe0 && bytes.HasPrefix(body, []byte("JFIF\x00")):
			c.jfif = true
		case marker == 0xee && len(body) >= 12 && string(body[:5]) == "Adobe":
			c.ownNumbers = c.ownNumbers || body[11] == 0
		case marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			c.exif(body[6:])
		case marker == 0xe1 && bytes.HasPrefix(body, []byte("http://ns.adobe.com/")):
			c.xmp(body)
		case marker == 0xe2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")) && len(body) > 14:
			icc = append(icc, body[12:]) // its number, how many there are, and itself
		case marker == 0xed:
			c.note(KindIPTC, "")
		case marker == 0xfe:
			c.note(KindText, string(body))
		}
	}
	slices.SortStableFunc(icc, func(a, b []byte) int { return int(a[0]) - int(b[0]) })
	whole := []byte{}
	for _, part := range icc {
		whole = append(whole, part[2:]...)
	}
	if len(whole) > 0 && len(whole) <= maxProfile {
		c.icc(whole)
	}
}

func (c *carried) gif(data []byte) {
	if len(data) < 13 {
		return
	}
	i := 13
	if data[10]&0x80 != 0 {
		i += 3 << (data[10]&7 + 1)
	}
	blocks := func(note bool) {
		var text []byte
		for i < len(data) && data[i] != 0 {
			end := min(i+1+int(data[i]), len(data))
			if note && len(text) < maxValue {
				text = append(text, data[i+1:end]...)
			}
			i = end
		}
		i++
		if note {
			c.note(KindText, string(text))
		}
	}
	for i+1 < len(data) {
		switch data[i] {
		case 0x21:
			label := data[i+1]
			i += 2
			if label == 0xff && bytes.HasPrefix(data[min(i, len(data)):], []byte("\x0bXMP DataXMP")) {
				c.note(KindXMP, "")
			}
			blocks(label == 0xfe)
		case 0x2c:
			if i+10 > len(data) {
				return
			}
			c.frames++
			flags := data[i+9]
			i += 10
			if flags&0x80 != 0 {
				i += 3 << (flags&7 + 1)
			}
			i++ // the size of a code word
			blocks(false)
		default:
			return
		}
	}
}

func (c *carried) webp(data []byte) {
	for rest := data[12:]; len(rest) >= 8; {
		size := int64(binary.LittleEndian.Uint32(rest[4:]))
		if size > int64(len(rest)-8) {
			return
		}
		body := rest[8 : 8+size]
		switch string(rest[:4]) {
		case "EXIF":
			c.exif(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "XMP ":
			c.xmp(body)
		case "ICCP":
			c.icc(body)
		case "ANMF":
			c.frames++
		}
		rest = rest[min(8+size+size&1, int64(len(rest))):]
	}
}
