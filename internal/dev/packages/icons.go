package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"

	"kontor/internal/host/picture"
)

// mark is the drawing of the program's own sign, from the root of the project.
const mark = "frontend/src/lib/design/icon.svg"

// sides are the pixels of the icons that the systems ask for.
var sides = []int{16, 22, 24, 32, 48, 64, 128, 256, 512, 1024}

type drawn struct {
	drawing []byte         // SVG
	png     map[int][]byte // by side
}

func icons(ctx context.Context) (drawn, error) {
	svg, err := os.ReadFile(mark)
	if err != nil {
		return drawn{}, err
	}
	p, err := picture.Draw(ctx, svg)
	if err != nil {
		return drawn{}, err
	}
	d := drawn{drawing: svg, png: map[int][]byte{}}
	for _, side := range sides {
		if d.png[side], err = picture.EncodePNG(picture.Scale(p.Pixels, picture.Whole(p.Pixels), side, side)); err != nil {
			return d, err
		}
	}
	return d, nil
}

// ico is the icon of Windows: pictures as PNG, which it reads since Vista.
func ico(d drawn) []byte {
	list := []int{16, 24, 32, 48, 64, 128, 256}
	var head, body bytes.Buffer
	le := binary.LittleEndian
	head.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(list))))
	for _, side := range list {
		data := d.png[side]
		head.Write([]byte{byte(side), byte(side), 0, 0}) // 256 is written as 0
		head.Write(le.AppendUint16(le.AppendUint16(nil, 1), 32))
		head.Write(le.AppendUint32(nil, uint32(len(data))))
		head.Write(le.AppendUint32(nil, uint32(6+16*len(list)+body.Len())))
		body.Write(data)
	}
	return append(head.Bytes(), body.Bytes()...)
}

// icns is the icon of macOS: pictures as PNG under the names of their sizes, some of them for screens of twice the density.
func icns(d drawn) []byte {
	var body bytes.Buffer
	be := binary.BigEndian
	for _, entry := range []struct {
		name string
		side int
	}{{"icp4", 16}, {"icp5", 32}, {"ic11", 32}, {"ic12", 64}, {"ic07", 128}, {"ic13", 256}, {"ic08", 256}, {"ic14", 512}, {"ic09", 512}, {"ic10", 1024}} {
		data := d.png[entry.side]
		body.WriteString(entry.name)
		body.Write(be.AppendUint32(nil, uint32(8+len(data))))
		body.Write(data)
	}
	return append(be.AppendUint32([]byte("icns"), uint32(8+body.Len())), body.Bytes()...)
}
