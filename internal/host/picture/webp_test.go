package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/core/fault"
)

func fileOf(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The sums are of the premultiplied pixels that libwebp 1.4 makes of the same files.
func TestALossyWebPHasThePixelsOfLibwebp(t *testing.T) {
	for name, want := range map[string]struct {
		sum   string
		moves bool
	}{
		"lossy.webp":       {"0ca084b418d75f1267c257c8ec13535b313aa82c1ba68984abcc46a98536e171", false},
		"no-alpha.webp":    {"0ca084b418d75f1267c257c8ec13535b313aa82c1ba68984abcc46a98536e171", false}, // its header promises one
		"lossy-alpha.webp": {"957dbbb910fe15b4753c536781937de9692603a2565a7aa659e68b7e030ee7b0", false},
		"animated.webp":    {"7a76e0f1e6ef874a2aed4d53033560c8a643b8c98516709a4dccefc9b4269d5e", true},
	} {
		p := mustDecode(t, fileOf(t, name))
		flat := make([]byte, len(p.Pixels.Pix))
		for i := 0; i < len(flat); i += 4 {
			a := uint32(p.Pixels.Pix[i+3])
			for k := range 3 {
				flat[i+k] = byte(uint32(p.Pixels.Pix[i+k]) * (a * 32897) >> 23)
			}
			flat[i+3] = byte(a)
		}
		sum := sha256.Sum256(flat)
		if got := hex.EncodeToString(sum[:]); got != want.sum || p.Animated != want.moves {
			t.Errorf("%s: %s, moves %v; white is %v", name, got, p.Animated, p.Pixels.NRGBAAt(0, 0))
		}
	}
}

func TestAWebPThatContradictsItselfIsDamaged(t *testing.T) {
	moving := fileOf(t, "animated.webp")
	for at, name := range map[int]string{24: "a canvas smaller than its picture", 44 + 8: "a picture beside its canvas", 12: "no canvas"} {
		data := append([]byte{}, moving...)
		if at == 24 {
			data[at] = 3
		} else {
			data[at] = 0xf0
		}
		if _, err := Decode(t.Context(), data); fault.ReasonOf(err) != ReasonDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range moving[:268] {
		if _, err := Decode(t.Context(), moving[:n]); n >= 12 && fault.ReasonOf(err) != ReasonDamaged {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
	}
}
