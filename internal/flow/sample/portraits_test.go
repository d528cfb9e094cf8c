package sample

import (
	"bytes"
	"os"
	"testing"

	"kontor/internal/area/profile"
	"kontor/internal/host/picture"
)

// The faces are in files as they are drawn. KONTOR_FACES=1 writes them anew.
func TestTheFacesAreAsDrawn(t *testing.T) {
	for i, face := range faces {
		p, err := picture.Draw(t.Context(), []byte(face.svg()))
		if err != nil {
			t.Fatal(err)
		}
		m := picture.Scale(p.Pixels, picture.Whole(p.Pixels), profile.AvatarSide, profile.AvatarSide)
		if os.Getenv("KONTOR_FACES") != "" {
			png, err := picture.EncodePNG(m)
			if err == nil {
				err = os.WriteFile(file(i), png, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		data, err := drawn.ReadFile(file(i))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := picture.Decode(t.Context(), data)
		if err != nil || !bytes.Equal(kept.Pixels.Pix, m.Pix) {
			t.Errorf("face %d is drawn otherwise: %v", i, err)
		}
	}
}
