package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"slices"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture/avif"
	"kontor/internal/host/sandbox"
)

// What libavif was measured to take, in bytes for a pixel, and how many pixels it decodes in about three seconds.
const (
	avifBytes, deepAVIFBytes   = 22, 46
	avifPixels, deepAVIFPixels = 6_000_000, 3_000_000 // deep: more than 8 bits
)

// brands are those of a file of boxes (ISO 14496-12): its own, and those that it also is.
func brands(data []byte) []string {
	if len(data) < 16 || string(data[4:8]) != "ftyp" {
		return nil
	}
	end := min(uint64(binary.BigEndian.Uint32(data)), uint64(len(data)))
	list := []string{string(data[8:12])}
	for at := uint64(16); at+4 <= end; at += 4 {
		list = append(list, string(data[at:at+4]))
	}
	return list
}

func isAVIF(data []byte) bool {
	list := brands(data)
	return slices.Contains(list, "avif") || slices.Contains(list, "avis")
}

// isHEIC tells a HEIC or HEIF file, which is what iPhones make. Its decoders are under licences that this program cannot take.
func isHEIC(data []byte) bool {
	list := brands(data)
	return !isAVIF(data) && slices.ContainsFunc(list, func(brand string) bool {
		return slices.Contains([]string{"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}, brand)
	})
}

// decodeAVIF decodes the first picture of an AVIF.
func decodeAVIF(ctx context.Context, data []byte) (*image.NRGBA, error) {
	if boxes(data, func(string, []byte) {}) > 0 { // libavif shows what there is
		return nil, fault.New(fault.Invalid, ReasonDamaged)
	}
	m, err := avif.Decode(ctx, data, func(w, h int, deep bool) error {
		most := avifPixels
		if deep {
			most = deepAVIFPixels
		}
		if w < 1 || h < 1 || w > MaxSide || h > MaxSide || w*h > most {
			return tooLarge(w, h, MaxSide, float64(most))
		}
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return nil, fault.Wrap(ctx.Err(), fault.Canceled, "")
	case errors.Is(err, sandbox.ErrWork):
		return nil, fault.Wrap(err, fault.Invalid, ReasonComplex)
	case errors.Is(err, sandbox.ErrTrap), errors.Is(err, avif.ErrRefused):
		return nil, fault.Wrap(err, fault.Invalid, ReasonDamaged)
	case err != nil:
		return nil, err
	}
	return straight(m), nil
}

// boxes calls each with every box in data and returns how many bytes at the end are none.
func boxes(data []byte, each func(name string, body []byte)) (rest int) {
	for len(data) >= 8 {
		size, head := uint64(binary.BigEndian.Uint32(data)), uint64(8)
		switch size {
		case 0:
			size = uint64(len(data))
		case 1:
			if len(data) < 16 {
				return len(data)
			}
			size, head = binary.BigEndian.Uint64(data[8:]), 16
		}
		if size < head || size > uint64(len(data)) {
			return len(data)
		}
		each(string(data[4:8]), data[head:size])
		data = data[size:]
	}
	return len(data)
}

// avif reads what stands beside the picture of an AVIF. How it stands is said by the boxes irot and imir; EXIF counts for
// nothing there.
func (c *carried) avif(data []byte) {
	turns, mirror := 0, -1
	boxes(data, func(name string, body []byte) {
		switch {
		case name == "moov":
			c.frames = 2 // a film: how long it is does not matter
		case name == "meta" && len(body) > 4:
			boxes(body[4:], func(name string, body []byte) {
				switch name {
				case "iinf":
					c.avifItems(body, data)
				case "iprp":
					boxes(body, func(name string, body []byte) {
						if name != "ipco" {
							return
						}
						boxes(body, func(name string, body []byte) {
							switch {
							case name == "irot" && len(body) > 0:
								turns = int(body[0] & 3)
							case name == "imir" && len(body) > 0:
								mirror = int(body[0] & 1)
							case name == "colr" && len(body) >= 4:
								c.avifColours(string(body[:4]), body[4:])
							}
						})
					})
				}
			})
		}
	})
	// By quarter turns against the clock, and then: none, top and bottom exchanged, left and right exchanged.
	c.orientation = [4][3]int{{1, 4, 2}, {8, 5, 7}, {3, 2, 4}, {6, 7, 5}}[turns][mirror+1]
}

// avifItems tells what else is in the file. EXIF is looked for by its beginning instead of the index of places.
func (c *carried) avifItems(list, data []byte) {
	if bytes.Contains(list, []byte("application/rdf+xml")) {
		c.note(KindXMP, "")
	}
	if !bytes.Contains(list, []byte("Exif")) {
		return
	}
	for _, start := range []string{"II*\x00", "MM\x00*"} {
		if at := bytes.Index(data, []byte(start)); at >= 0 {
			c.exif(data[at:])
			return
		}
	}
}

// avifColours reads the colours: a profile, or their numbers after ITU-T H.273.
func (c *carried) avifColours(kind string, body []byte) {
	const bt709, unsaid, bt2020, p3 = 1, 2, 9, 12
	const pq, hlg = 16, 18
	switch {
	case kind == "prof" || kind == "rICC":
		c.icc(body)
	case kind == "nclx" && len(body) >= 4 && c.profile.Kind == ProfileNone:
		primaries, transfer := binary.BigEndian.Uint16(body), binary.BigEndian.Uint16(body[2:])
		switch {
		case transfer == pq || transfer == hlg:
			c.profile = Profile{Kind: ProfileOther, Name: "HDR"}
		case primaries == p3:
			c.conversion = (&pngColours{given: true, xy: [4][2]float64{{0.3127, 0.3290}, {0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}}}).conversion()
			c.profile = Profile{Kind: ProfileOther, Name: "Display P3", Converted: true}
		case primaries == bt2020:
			c.conversion = (&pngColours{given: true, xy: [4][2]float64{{0.3127, 0.3290}, {0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}}}).conversion()
			c.profile = Profile{Kind: ProfileOther, Name: "BT.2020", Converted: true}
		case primaries != bt709 && primaries != unsaid:
			c.profile = Profile{Kind: ProfileOther, Name: fmt.Sprintf("H.273 %d", primaries)}
		}
	}
}
