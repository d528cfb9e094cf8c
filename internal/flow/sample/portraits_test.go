package sample

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"kontor/internal/area/profile"
	"kontor/internal/host/picture"
)

// portrait is how an invented person looks.
type portrait struct {
	ground, clothes, skin, tip string
	hair                       string // behind and above the face, in the colour tip
	extra                      string // in front of the face
}

// Hair as paths around a face of 96 × 116 at 256, 212.
const (
	longHair  = `M150 232C138 120 210 92 256 92s118 28 106 140c-4 60 4 110 16 150H334V230H178V382H134c12-40 20-90 16-150z`
	shortHair = `M156 214c-14-86 38-124 100-124s114 38 100 124c-10-36-30-52-44-58-40 16-92 14-112 0-18 10-34 26-44 58z`
	curlyHair = `M168 226c-34-6-38-48-14-62-12-34 22-58 46-46 14-30 66-36 84-8 30-20 68 2 64 34 30 8 28 56 0 66 2 10-4 14-12 16-4-30-14-50-28-60-36 12-72 10-100-4-20 12-32 32-40 64z`
	bunHair   = `M256 40a40 40 0 0 1 30 68c44 12 74 50 66 112-12-32-34-52-58-62-34 10-60 6-80-2-22 12-40 32-50 62-8-60 20-98 62-111A40 40 0 0 1 256 40z`
	thinHair  = `M144 222a26 40 0 1 0 52 0a26 40 0 1 0-52 0zM316 222a26 40 0 1 0 52 0a26 40 0 1 0-52 0z`
	beard     = `<path fill="%s" d="M164 230c6 86 40 116 92 116s86-30 92-116c-12 34-30 44-56 44-14-8-58-8-72 0-26 0-44-10-56-44z"/>`
	glasses   = `<g fill="none" stroke="#2b3033" stroke-width="7"><circle cx="216" cy="218" r="27"/><circle cx="296" cy="218" r="27"/><path d="M243 214h26"/></g>`
)

var shapes = []portrait{ // in the order of faces
	{"#d8e4e2", "#2f5f63", "#e3b48f", "#5a3825", longHair, ""},
	{"#e9e0cf", "#36435e", "#d9a27a", "#2b2320", shortHair, fmt.Sprintf(beard, "#2b2320")},
	{"#e6dbe4", "#7a4464", "#f0c9ab", "#b5542f", curlyHair, ""},
	{"#dfe5ea", "#4a5560", "#ecc3a2", "#8f949a", thinHair, glasses},
	{"#ece3d3", "#6b4a33", "#c98f63", "#3a322d", thinHair, fmt.Sprintf(beard, "#8a8580")},
	{"#dde7da", "#41614a", "#edc6a6", "#c79a4b", bunHair, glasses},
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" fill="%s"/>` +
	`<path fill="%s" d="M52 512c8-110 84-150 204-150s196 40 204 150z"/><path fill="%s" d="M216 300h80v76c0 52-80 52-80 0z"/>` +
	`<path fill="%s" d="%s"/><ellipse cx="256" cy="222" rx="92" ry="112" fill="%s"/><path fill="%[4]s" d="%[7]s"/>%s</svg>`

// svg draws the hair twice where it hangs down: behind the face, and above the forehead.
func (p portrait) svg() string {
	front := p.hair
	switch p.hair {
	case thinHair:
		front = "M0 0"
	case longHair:
		front = `M164 214C160 140 206 104 256 104s96 36 92 110c-20-50-50-66-66-72-22 34-80 52-118 72z`
	}
	return fmt.Sprintf(drawing, p.ground, p.clothes, p.skin, p.tip, p.hair, p.skin, front, p.extra)
}

// ponteriLogo is the invented studio's logo: two arches of a bridge and its name.
const ponteriLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -3 126 30"><g fill="#b4553a">` +
	`<path d="M2 20V13a5.5 5.5 0 0 1 11 0v7h-3v-7a2.5 2.5 0 0 0-5 0v7zM14.5 20V9.5a7 7 0 0 1 14 0V20h-3V9.5a4 4 0 0 0-8 0V20z"/>` +
	`<path d="M0 20h30v2.5H0z"/></g>` +
	`<g transform="translate(39 7)" fill="none" stroke="#24324a" stroke-width="2.4" stroke-linejoin="round">` +
	`<path d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0"/><path transform="translate(11.6)" d="M5.6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z"/>` +
	`<path transform="translate(27.6)" d="M0 12V0l8.4 12V0"/><path transform="translate(39.8)" d="M0 0h9M4.5 0v12"/>` +
	`<path transform="translate(53)" d="M6.6 0H0v12h6.6M0 6h5.6"/>` +
	`<path transform="translate(64)" d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0M4 6.8 8 12"/><path transform="translate(76.5)" d="M0 0v12"/>` +
	`</g></svg>`

// The faces and the logo are in files as they are drawn. KONTOR_DRAW=1 writes them anew.
func TestThePicturesAreAsDrawn(t *testing.T) {
	as := func(name, svg string, width, height int) {
		t.Helper()
		p, err := picture.Draw(t.Context(), []byte(svg))
		if err != nil {
			t.Fatal(err)
		}
		m := picture.Scale(p.Pixels, picture.Whole(p.Pixels), width, height)
		if os.Getenv("KONTOR_DRAW") != "" {
			png, err := picture.EncodePNG(m)
			if err == nil {
				err = os.WriteFile(name, png, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		data, err := drawn.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := picture.Decode(t.Context(), data)
		if err != nil || !bytes.Equal(kept.Pixels.Pix, m.Pix) {
			t.Errorf("%s is drawn otherwise: %v", name, err)
		}
	}
	if len(shapes) != len(faces) {
		t.Fatal("a face without shapes")
	}
	for i, face := range shapes {
		as(file(i), face.svg(), profile.AvatarSide, profile.AvatarSide)
	}
	as(logoFile, ponteriLogo, 1008, 240)
}
