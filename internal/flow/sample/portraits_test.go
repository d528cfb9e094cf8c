package sample

import (
	"bytes"
	"os"
	"testing"

	"kontor/internal/area/profile"
	"kontor/internal/host/picture"
)

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
	for i, face := range faces {
		as(file(i), face.svg(), profile.AvatarSide, profile.AvatarSide)
	}
	as(logoFile, ponteriLogo, 1008, 240)
}
