package picture

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// The EXIF tags that are read. Every other tag is dropped like these, but not told one by one.
const (
	tagMaker        = 0x010f
	tagModel        = 0x0110
	tagOrientation  = 0x0112
	tagSoftware     = 0x0131
	tagChanged      = 0x0132
	tagArtist       = 0x013b
	tagCopyright    = 0x8298
	tagExif         = 0x8769
	tagGPS          = 0x8825
	tagTaken        = 0x9003
	tagCameraSerial = 0xa431
	tagLensSerial   = 0xa435

	gpsLatitudeRef  = 1
	gpsLatitude     = 2
	gpsLongitudeRef = 3
	gpsLongitude    = 4
)

// tiff reads the directories of an EXIF block. Every read is checked: the block comes from a stranger.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

type entry struct {
	kind  uint16
	count uint32
	value []byte
}

const maxEntries = 512 // of one directory

func (c *carried) exif(data []byte) {
	t := tiff{data: data}
	switch {
	case len(data) < 8:
		return
	case string(data[:4]) == "II*\x00":
		t.order = binary.LittleEndian
	case string(data[:4]) == "MM\x00*":
		t.order = binary.BigEndian
	default:
		return
	}
	main, next := t.directory(t.order.Uint32(data[4:]))
	if o, ok := main[tagOrientation]; ok && o.kind == 3 && len(o.value) >= 2 {
		c.orientation = int(t.order.Uint16(o.value))
	}
	if maker, model := main[tagMaker].text(), main[tagModel].text(); maker+model != "" {
		if strings.HasPrefix(model, maker) {
			maker = ""
		}
		c.note(KindCamera, strings.TrimSpace(maker+" "+model))
	}
	c.noteText(KindSoftware, main[tagSoftware])
	c.noteText(KindAuthor, main[tagArtist])
	c.noteText(KindAuthor, main[tagCopyright])
	if sub, ok := main[tagExif]; ok {
		more, _ := t.directory(t.pointer(sub))
		c.noteText(KindDate, more[tagTaken])
		c.noteText(KindSerial, more[tagCameraSerial])
		c.noteText(KindSerial, more[tagLensSerial])
	}
	c.noteText(KindDate, main[tagChanged])
	if sub, ok := main[tagGPS]; ok {
		gps, _ := t.directory(t.pointer(sub))
		if len(gps) > 0 {
			c.note(KindGPS, t.position(gps))
		}
	}
	if next != 0 {
		if small, _ := t.directory(next); len(small) > 0 {
			c.note(KindThumbnail, "")
		}
	}
}

func (c *carried) noteText(k Kind, e entry) {
	if v := e.text(); v != "" {
		c.note(k, v)
	}
}

func (e entry) text() string {
	if e.kind != 2 {
		return ""
	}
	v, _, _ := strings.Cut(string(e.value), "\x00")
	return strings.TrimSpace(v)
}

// widths of the EXIF value types 1 to 12.
var widths = [13]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

// directory reads the entries at an offset, and the offset of the directory after it.
func (t tiff) directory(offset uint32) (entries map[uint16]entry, next uint32) {
	at := uint64(offset)
	size := uint64(len(t.data))
	if at < 8 || at+2 > size {
		return nil, 0
	}
	n := uint64(t.order.Uint16(t.data[at:]))
	if n > maxEntries || at+2+n*12 > size {
		return nil, 0
	}
	entries = make(map[uint16]entry, n)
	for i := range n {
		raw := t.data[at+2+i*12:][:12]
		e := entry{kind: t.order.Uint16(raw[2:]), count: t.order.Uint32(raw[4:])}
		if e.kind == 0 || e.kind > 12 {
			continue
		}
		length := widths[e.kind] * uint64(e.count)
		if length <= 4 {
			e.value = raw[8 : 8+length]
		} else if place := uint64(t.order.Uint32(raw[8:])); place+length <= size {
			e.value = t.data[place : place+length]
		} else {
			continue
		}
		entries[t.order.Uint16(raw)] = e
	}
	if end := at + 2 + n*12; end+4 <= size {
		next = t.order.Uint32(t.data[end:])
	}
	return entries, next
}

func (t tiff) pointer(e entry) uint32 {
	if len(e.value) < 4 {
		return 0
	}
	return t.order.Uint32(e.value)
}

// position is "46.1690, 8.7940", or "" where the file does not say it readably.
func (t tiff) position(gps map[uint16]entry) string {
	lat, ok1 := t.degrees(gps[gpsLatitude], gps[gpsLatitudeRef].text() == "S", 90)
	long, ok2 := t.degrees(gps[gpsLongitude], gps[gpsLongitudeRef].text() == "W", 180)
	if !ok1 || !ok2 {
		return ""
	}
	return fmt.Sprintf("%.4f, %.4f", lat, long)
}

func (t tiff) degrees(e entry, negative bool, limit float64) (float64, bool) {
	if e.kind != 5 || len(e.value) < 24 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for i := 0; i < 24; i += 8 {
		numerator, denominator := t.order.Uint32(e.value[i:]), t.order.Uint32(e.value[i+4:])
		if denominator == 0 {
			return 0, false
		}
		sum += float64(numerator) / float64(denominator) / unit
		unit *= 60
	}
	if negative {
		sum = -sum
	}
	return sum, sum >= -limit && sum <= limit
}
