package branding

import (
	"context"
	"image"
	"image/color"
	"math"

	"kontor/internal/host/picture"
)

// What a contrast is compared with: 3:1 for graphics (WCAG 1.4.11) and 4.5:1 for text (1.4.3). Logotypes are exempt from
// both; here they are advice.
const (
	GraphicRatio = 3.0
	TextRatio    = 4.5
)

// Facts are what was found out about a picture's file and pixels.
type Facts struct {
	Width, Height int
	RatioW        int // width to height in lowest terms
	RatioH        int
	Bytes         int // of the file; of the PNG that was made of it if it was an SVG
	Format        picture.Format
	Animated      bool
	Transparent   float64 // share of the pixels, 0 to 1
	OwnGround     *color.NRGBA
	Encloses      bool // the drawing holds parts of that ground, such as a white shape on a white page
	Border        picture.Border
	Profile       picture.Profile
	Metadata      []picture.Metadata
	Turn          picture.Turn
	Contrast      []Measure
}

// Paper tells whether the picture stands on the white that it was drawn on: no border, no shape, and no part of the logo.
func (f Facts) Paper() bool {
	return f.OwnGround != nil && f.Transparent == 0 && picture.Paper(*f.OwnGround)
}

// Measure is the contrast of a logo with one ground: what nine tenths of its edges reach or exceed.
type Measure struct {
	Theme  Theme
	Place  Place
	Ground color.NRGBA // what it was measured against: the ground, or the plate of the picture
	Ratio  float64
	Lost   bool // a part of it is hardly seen there
}

// Grade says how well a logo is seen.
type Grade string

// The grades.
const (
	GradeText    Grade = "text"    // as well as is advised for text
	GradeGraphic Grade = "graphic" // as well as is advised for graphics
	GradeWeak    Grade = "weak"    // below that, and yet seen: an orange or a light blue on white
	GradeLost    Grade = "lost"    // hardly seen
)

// Grade of a contrast.
func (m Measure) Grade() Grade {
	switch {
	case m.Ratio >= TextRatio:
		return GradeText
	case m.Ratio >= GraphicRatio:
		return GradeGraphic
	case !m.Lost:
		return GradeWeak
	}
	return GradeLost
}

// Weakest is where the logo is seen worst.
func (f Facts) Weakest() Measure {
	worst := Measure{Ratio: math.Inf(1)}
	for _, m := range f.Contrast {
		lost, before := m.Grade() == GradeLost, worst.Grade() == GradeLost
		if lost && !before || lost == before && m.Ratio < worst.Ratio {
			worst = m
		}
	}
	return worst
}

// study is a picture that was looked at: its facts, and its pixels in a size that every preview and ready file can be
// made of.
type study struct {
	facts  Facts
	master *image.NRGBA
}

// masterPixels bounds what is kept of a picture for previews and contrast: enough for the largest of them, and a bound
// on time and memory for photographs.
const masterPixels = 1_000_000

// examine decodes a kept file and looks at it.
func examine(ctx context.Context, data []byte) (study, error) {
	p, err := picture.Decode(ctx, data)
	if err != nil {
		return study{}, err
	}
	w, h := p.Size()
	shape := picture.ShapeOf(p.Pixels)
	s := study{master: master(p.Pixels)}
	divisor := gcd(w, h)
	s.facts = Facts{
		Width: w, Height: h, RatioW: w / divisor, RatioH: h / divisor, Bytes: p.Bytes, Format: p.Format, Animated: p.Animated,
		Transparent: shape.Transparent, OwnGround: shape.Plate, Border: shape.Border, Profile: p.Profile,
		Metadata: p.Metadata, Turn: p.Turn,
	}
	if s.facts.OwnGround != nil && !s.facts.Paper() { // what is around the drawing on a ground of its own is no empty border
		s.facts.Border = picture.Border{}
	}
	s.facts.Encloses = s.facts.Paper() && picture.Encloses(s.master)
	return s, nil
}

// measure is how well the picture is seen in each place where it is shown.
func (s study) measure(slot Slot, g Grounds) []Measure {
	list := cells(slot, g)
	colors := make([]color.NRGBA, len(list))
	for i, m := range list {
		colors[i] = m.Ground
	}
	for i, seen := range picture.Seen(s.master, colors) {
		list[i].Ratio, list[i].Lost = seen.Ratio, seen.Lost
		if s.facts.OwnGround != nil {
			list[i].Ground = *s.facts.OwnGround
		}
	}
	return list
}

func master(m *image.NRGBA) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if w*h <= masterPixels {
		return m
	}
	scale := math.Sqrt(masterPixels / float64(w*h))
	return picture.Scale(m, picture.Whole(m), max(1, int(float64(w)*scale)), max(1, int(float64(h)*scale)))
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// Hint names one piece of advice; the window has the words.
type Hint string

// The hints, in the order in which they are given.
const (
	HintContrast Hint = "contrast" // hard to see on one of the grounds
	HintInk      Hint = "ink"      // hard to see on the ground that it brings along
	HintEnlarged Hint = "enlarged" // blurred: the ready file at 2× is larger than the picture
	HintRatio    Hint = "ratio"    // not the shape of its place
	HintBorder   Hint = "border"   // an empty border makes it look small
	HintHeavy    Hint = "heavy"    // heavier than the assumed limit
	HintGround   Hint = "ground"   // the white that it stands on is seen as a box in dark themes
	HintMetadata Hint = "metadata" // it tells more than its pixels
	HintProfile  Hint = "profile"  // its colours change where the profile is ignored
	HintFormat   Hint = "format"   // of a kind that not every uploader takes, or that moves
)

// Advice is one hint with its figures and the repairs that help. Nothing here refuses a picture.
type Advice struct {
	Hint    Hint
	Serious bool    // it will be seen by everybody
	Measure Measure // of HintContrast and HintInk
	Factor  float64 // HintEnlarged: how much; HintBorder: share of the area; HintRatio: width to height as it is
	Repairs []Repair
}

// Advise says what a person would want to know before anybody sees the logo.
func Advise(slot Slot, f Facts, l Limits) []Advice {
	list := []Advice{}
	add := func(a Advice) { list = append(list, a) }
	if weak := f.Weakest(); weak.Ratio < GraphicRatio {
		variant := LightVariant
		if picture.Light(weak.Ground) {
			variant = DarkVariant
		}
		repairs := []Repair{AddPlate, variant} // a plate first: it leaves the brand's colours alone
		hint := HintContrast
		if f.OwnGround != nil {
			hint, repairs = HintInk, []Repair{variant}
		}
		add(Advice{Hint: hint, Serious: weak.Grade() == GradeLost, Measure: weak, Repairs: repairs})
	}
	if factor := float64(2*l.height(slot)) / float64(f.Height); factor > 1 {
		add(Advice{Hint: HintEnlarged, Serious: factor > 2, Factor: factor, Repairs: []Repair{}})
	}
	ratio := float64(f.Width) / float64(f.Height)
	if low, high := l.ratios(slot); ratio < low*0.99 || ratio > high*1.01 {
		add(Advice{Hint: HintRatio, Serious: true, Factor: ratio, Repairs: []Repair{PadToRatio}})
	}
	if share := f.spare(l.ratios(slot)); share > 0.1 {
		add(Advice{Hint: HintBorder, Factor: share, Repairs: []Repair{TrimBorder}})
	}
	if f.Bytes > l.MaxKilobytes*1000 {
		add(Advice{Hint: HintHeavy, Serious: true, Repairs: []Repair{Rescale}})
	}
	if f.Paper() {
		repairs := []Repair{ClearGround}
		if f.Encloses {
			repairs = append(repairs, ClearOutside)
		}
		add(Advice{Hint: HintGround, Repairs: repairs})
	}
	if len(f.Metadata) > 0 || f.Turn != (picture.Turn{}) {
		add(Advice{Hint: HintMetadata, Repairs: []Repair{Strip}})
	}
	if f.Profile.Kind == picture.ProfileOther && !f.Profile.Converted {
		add(Advice{Hint: HintProfile, Repairs: []Repair{}})
	}
	if f.Animated || f.Format == picture.GIF || f.Format == picture.WebP || f.Format == picture.AVIF {
		add(Advice{Hint: HintFormat, Repairs: []Repair{Strip}})
	}
	return list
}

// spare is the share of the area that is empty border and not needed to give the picture the shape of its place.
func (f Facts) spare(low, high float64) float64 {
	w := float64(f.Width - f.Border.Left - f.Border.Right)
	h := float64(f.Height - f.Border.Top - f.Border.Bottom)
	if w <= 0 || h <= 0 {
		return 0
	}
	needed := max(w, h*low) * max(h, w/high)
	return 1 - needed/float64(f.Width*f.Height)
}

// height is that of a ready file at 1×.
func (l Limits) height(s Slot) int {
	if s == Square {
		return l.SquareSide
	}
	return l.RectangularHeight
}

// ratios are the shapes, width to height, that fit into a place.
func (l Limits) ratios(s Slot) (low, high float64) {
	if s == Square {
		return 1, 1
	}
	return float64(l.MinRatio), float64(l.MaxRatio)
}
