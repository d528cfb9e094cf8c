//go:build e2e

package e2e_test

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
)

// logoFile writes a PNG that a person could bring: dark letters' worth of pixels within an empty border.
func logoFile(t *testing.T, name string, w, h int) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, image.Rect(w/6, h/6, w-w/6, h-h/6), image.NewUniform(color.NRGBA{36, 50, 74, 255}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(w/3, h/3, w-w/3, h-h/3), image.Transparent, image.Point{}, draw.Src)
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path) //nolint:gosec // our own temporary file
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// pictures fails if a picture of a preview did not arrive.
func pictures(t *testing.T, w *e2e.Window, least int) {
	t.Helper()
	var count []int
	w.Script(&count, `
		const all = [...document.images].filter((i) => i.src.includes('/media/'))
		return [all.length, all.filter((i) => !i.complete || i.naturalWidth === 0).length]`)
	if count[0] < least || count[1] != 0 {
		t.Errorf("%d pictures, %d of them broken", count[0], count[1])
	}
}

func theme(w *e2e.Window, name string) {
	w.Script(nil, `document.documentElement.dataset.theme = arguments[0]`, name)
}

func TestBrandingByMouse(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Branding").Click()
	w.Heading("Branding").Visible()
	w.See("None set: no logo is shown.")
	w.See("Initials need no file.")
	w.Axe()
	w.Screenshot("branding-empty-light")

	wide, square := logoFile(t, "ponteri-logo.png", 900, 240), filepath.Join(t.TempDir(), "ponteri-q.svg")
	if err := os.WriteFile(square, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 50"><circle cx="25" cy="25" r="22" fill="#24324a"/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Button("Customize the rectangular logo").Click()
	w.Dialog("Customize the rectangular logo").Visible()
	w.Axe()
	w.Field("Choose a picture").Upload(wide)
	w.See("ponteri-logo.png")
	w.See("On a dark background it gets lost")
	w.Heading("Facts and advice: Rectangular logo").Visible()
	pictures(t, w, 10)
	w.Axe()
	w.Screenshot("branding-light")

	// The rule bites where a square logo is wanted beside it, and gives way only when asked to.
	w.Find("radio", "Square logo").Click()
	w.Dialog("Customize the square").Visible()
	w.Field("Choose a picture").Upload(square)
	w.See("A square logo stands alone. The rectangular logo is in its way.")
	w.Screenshot("branding-rule-light")
	w.Button("Cancel").Click()
	w.Dialog("Customize the square").Gone()
	w.See("ponteri-logo.png")
	w.Button("Customize the square").Click()
	w.Field("Choose a picture").Upload(square)
	w.Button("Remove the rectangular logo and use this one").Click()
	w.Heading("Facts and advice: Square").Visible()
	w.See("drawn from an SVG")
	w.Gone("ponteri-logo.png")
	w.Button("Undo").Nth(0).Click()
	w.See("ponteri-logo.png")

	w.Button("Light variant").Click()
	w.See("Light variant: done.")
	w.Gone("On a dark background it gets lost")
	w.Find("radio", "Original").Click()
	w.Find("radio", "Repaired").Click()
	w.Find("radio", "Collapsed").Click()
	w.Find("radio", "Expanded").Click()
	w.Button("Density, zoom, name").Click()
	w.Find("radio", "2×").Click()
	w.Find("radio", "200 %").Click()
	w.Find("radio", "Very long name").Click()
	w.Find("switch", "Beside what is set now").Click()
	w.See("noted as set")
	pictures(t, w, 10)
	w.Screenshot("branding-beside-light")
	w.Find("radio", "100 %").Click() // axe takes what is zoomed to lie elsewhere
	w.Axe()
	for _, name := range []string{"dark", "contrast"} {
		theme(w, name)
		w.Axe()
		w.Screenshot("branding-" + name)
	}
	theme(w, "light")

	// A ground is Kontor's approximation until the person knows better.
	w.Find("switch", "Beside what is set now").Click()
	w.Button("Colour of the ground: Manager, dark").Click()
	w.Dialog("Colour of the ground: Manager, dark").Visible()
	w.Field("Colour, e.g. #1c2122").Fill("dark")
	w.Button("Save").Click()
	w.See("Write a colour as #rrggbb")
	w.Field("Take it from a screenshot").Upload(logoFile(t, "screen.png", 60, 40))
	w.See("Click the ground in the picture")
	w.Button("Click the ground in the picture, or move the cross with the arrow keys. The picture is not kept.").Click()
	w.Axe()
	w.Screenshot("branding-ground-light")
	w.Field("Colour, e.g. #1c2122").Fill("#24324a")
	w.Button("Save").Click()
	w.Dialog("Colour of the ground: Manager, dark").Gone()
	w.See("#24324a, noted here")

	// Somebody approves; the sheet alone does not.
	w.See("Nobody’s approval is recorded.")
	w.Button("Record an approval").Click()
	w.Dialog("Record an approval").Find("button", "Record an approval").Click()
	w.See("Please fill this in.")
	w.Field("Approved by").Fill("Elena Bianchi")
	w.Axe()
	w.Screenshot("branding-approve-light")
	w.Press("Enter")
	w.Dialog("Record an approval").Gone()
	w.See("Approved by Elena Bianchi on")
	w.See("to do in the Manager")

	w.Button("It is set in the Manager").Click()
	w.See("The draft is what is noted as set in the Manager.")
	w.Find("img", "Studio Ponteri SA").Visible() // the frame shows it in the place of the name
	w.Button("Take the note back").Click()
	w.Button("It is set in the Manager").Visible()
	w.Button("Assumed limits").Click()
	w.Dialog("Assumed limits").Visible()
	w.Field("Square at 1× (px)").Fill("5")
	w.Button("Save").Click()
	w.See("At least 32.")
	w.Field("Square at 1× (px)").Fill("128")
	w.Button("Save").Click()
	w.See("Limits saved.")

	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("branding-800x600")
}

func TestBrandingByKeyboardInGerman(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Settings").Click()
	w.Field("Language").Click()
	w.Find("option", "Deutsch").Click()
	w.Heading("Einstellungen").Visible()
	w.Press("g")
	w.Press("b")
	w.Heading("Erscheinungsbild").Visible()
	w.Button("Quadrat anpassen").Focus()
	w.Press("Enter")
	w.Dialog("Quadrat anpassen").Visible()
	w.Field("Bild wählen").Upload(logoFile(t, "logo.png", 300, 200))
	w.Heading("Angaben und Rat: Quadrat").Visible()
	w.See("Das Verhältnis ist 1.5:1")
	w.Button("Auf Verhältnis auffüllen").Focus()
	w.Press("Enter")
	w.Gone("Das Verhältnis ist 1.5:1")
	w.Find("radio", "Quadratisches Logo").Focus()
	w.Press("ArrowRight")
	w.See("Initialen brauchen keine Datei.")
	w.Press("Control+z")
	w.Heading("Angaben und Rat: Quadrat").Visible()
	w.Axe()
	theme(w, "dark")
	w.Screenshot("branding-german-dark")
}

func TestBrandingInTheSample(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Button("Explore with sample data Invented organizations and people, kept apart. Erased on request. The password of the invented person is shown where one is asked for.").Click()
	w.Heading("Home").Visible()
	w.Link("Branding").Click()
	w.See("ponteri-logo.png")
	w.See("On a dark background it gets lost")
	pictures(t, w, 7)
	w.Axe()
	w.Screenshot("branding-sample-light")
	w.Button("Light variant").Click()
	w.Gone("On a dark background it gets lost")
	theme(w, "dark")
	w.Screenshot("branding-sample-dark")
	w.Heading("Ready files and approval").Visible()
	w.Script(nil, `document.querySelector('.facts').scrollIntoView({ block: 'start' })`)
	w.Screenshot("branding-sample-facts-dark")
	var size []int
	w.Script(&size, `return [document.documentElement.scrollHeight, innerHeight]`)
	if size[0] > size[1] {
		t.Errorf("the window itself scrolls: %d of %d pixels", size[1], size[0])
	}
}
