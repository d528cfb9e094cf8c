package branding

import (
	"fmt"
	"image/color"
	"os"
	"regexp"
	"strings"
	"testing"

	"kontor/internal/host/picture"
)

// The frames are drawn by the window from its design tokens; what is measured here must be what is seen there.
func TestGroundsAreThoseOfTheDesign(t *testing.T) {
	data, err := os.ReadFile("../../../frontend/src/lib/design/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	css := string(data)
	for _, theme := range Themes() {
		_, block, ok := strings.Cut(css, fmt.Sprintf("[data-theme=%q] {", theme))
		if !ok {
			t.Fatalf("no block for %s", theme)
		}
		block, _, _ = strings.Cut(block, "}")
		token := func(name string) color.NRGBA {
			found := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6});`).FindStringSubmatch(block)
			if found == nil {
				t.Fatalf("%s has no --%s", theme, name)
			}
			var v uint32
			if _, err := fmt.Sscanf(found[1], "%x", &v); err != nil {
				t.Fatal(err)
			}
			return rgb(v)
		}
		g := GroundOf(theme)
		for name, c := range map[string]color.NRGBA{
			"sidebar-bg": g.Sidebar, "surface": g.Header, "border": g.Border, "text": g.Text, "text-muted": g.Muted,
		} {
			if token(name) != c {
				t.Errorf("%s: --%s is %v, here it is %v", theme, name, token(name), c)
			}
		}
		for i, pair := range g.Avatars {
			if got := [2]color.NRGBA{token(fmt.Sprintf("avatar-%d", i+1)), token(fmt.Sprintf("avatar-%d-text", i+1))}; got != pair {
				t.Errorf("%s: avatar %d is %v, here it is %v", theme, i+1, got, pair)
			}
			if r := picture.Ratio(pair[0], pair[1]); r < TextRatio {
				t.Errorf("%s: initials in colour %d have %.2f", theme, i+1, r)
			}
		}
	}
}
