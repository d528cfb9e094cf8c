package branding

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"kontor/internal/host/picture"
)

type memory map[string][]byte

func (m memory) Put(data []byte) (string, error)                       { return "", nil }
func (m memory) Get(sum string) ([]byte, error)                        { return m[sum], nil }
func (m memory) Sweep([]string, time.Time, time.Duration) (int, error) { return 0, nil }

// fourMegapixels is a logo as a designer exports it: soft edges, several colours, transparent around.
func fourMegapixels(tb testing.TB) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 4000, 1000))
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		x, y := random.IntN(3600)+100, random.IntN(700)+100
		c := color.NRGBA{uint8(random.IntN(200)), uint8(random.IntN(200)), uint8(random.IntN(200)), uint8(128 + random.IntN(128))}
		draw.Draw(m, image.Rect(x, y, x+random.IntN(300), y+random.IntN(200)), image.NewUniform(c), image.Point{}, draw.Over)
	}
	data, err := picture.EncodePNG(m)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// cellHeights are the heights at which the window draws a logo: header and sidebar, at 1× and 2×, and the two panels.
var cellHeights = []int{13, 26, 20, 40, 28, 56, 34, 68, 72, 144}

func allCells(tb testing.TB, data []byte) {
	s := newStudies(memory{"a": data})
	if _, err := s.facts(tb.Context(), Rectangular, "a", Grounds{}); err != nil {
		tb.Fatal(err)
	}
	for _, h := range cellHeights {
		if _, err := s.png(tb.Context(), Rectangular, "a", h); err != nil {
			tb.Fatal(err)
		}
	}
}

// A 4-megapixel PNG to facts, contrast and every preview cell: at most 250 ms.
func BenchmarkAllPreviewCells_4_megapixel(b *testing.B) {
	data := fourMegapixels(b)
	b.ReportAllocs()
	for b.Loop() {
		allCells(b, data)
	}
}

// The memory that all of it needs at its peak stays below eight times the decoded picture.
func TestPeakMemory(t *testing.T) {
	data := fourMegapixels(t)
	const decoded = 4000 * 1000 * 4
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan uint64)
	stop := make(chan struct{})
	go func() {
		var peak uint64
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapInuse)
			select {
			case <-stop:
				done <- peak
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	allCells(t, data)
	close(stop)
	peak := <-done
	used := int64(peak) - int64(before.HeapInuse)
	t.Logf("peak %.1f × the decoded picture", float64(used)/decoded)
	if used > 8*decoded {
		t.Errorf("peak %d MiB for a picture of %d MiB", used>>20, decoded>>20)
	}
}
