package branding

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/fault"
)

// model is the rule of section 5 in words of its own: what is seen in the two places, and what was put aside.
type model struct {
	squareShowsLogo bool
	hasSquareLogo   bool
	rectangular     bool
}

// TestNoSequenceOfActsReachesAConflict drives a look and the model with the same acts, in any order.
func TestNoSequenceOfActsReachesAConflict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look, m, n := Plain(), model{}, 0
		act := func(allowed bool, next Look, err error, reason string, change func()) {
			if (err == nil) != allowed {
				t.Fatalf("%+v: %v, but allowed is %v", look, err, allowed)
			}
			if err != nil {
				if fault.CodeOf(err) != fault.Conflict || fault.ReasonOf(err) != reason {
					t.Fatalf("%+v refused with %v, not %s", look, err, reason)
				}
				if next != look {
					t.Fatalf("a refusal changed %+v to %+v", look, next)
				}
				return
			}
			look = next
			change()
		}
		t.Repeat(map[string]func(*rapid.T){
			"show initials": func(*rapid.T) {
				act(true, look.WithInitials(), nil, "", func() { m.squareShowsLogo = false })
			},
			"show the square logo that is there": func(*rapid.T) {
				next, err := look.WithSquareLogo()
				reason := RuleSquareAlone
				if !m.hasSquareLogo {
					reason = ReasonNoLogo
				}
				act(m.hasSquareLogo && !m.rectangular, next, err, reason, func() { m.squareShowsLogo = true })
			},
			"bring a square logo": func(t *rapid.T) {
				room := rapid.Bool().Draw(t, "make room")
				before := look
				if room {
					before = look.MakingRoom(Square)
				}
				n++
				next, err := before.WithPicture(Square, string(rune('a'+n%26)))
				if err != nil {
					next = look
				}
				act(room || !m.rectangular, next, err, RuleSquareAlone, func() { m = model{true, true, false} })
			},
			"bring a rectangular logo": func(t *rapid.T) {
				room := rapid.Bool().Draw(t, "make room")
				before := look
				if room {
					before = look.MakingRoom(Rectangular)
				}
				n++
				next, err := before.WithPicture(Rectangular, string(rune('A'+n%26)))
				if err != nil {
					next = look
				}
				act(room || !m.squareShowsLogo, next, err, RuleNeedsInitials, func() { m.squareShowsLogo, m.rectangular = false, true })
			},
			"remove the square logo": func(*rapid.T) {
				next, err := look.Without(Square)
				act(m.hasSquareLogo, next, err, ReasonNoLogo, func() { m.squareShowsLogo, m.hasSquareLogo = false, false })
			},
			"remove the rectangular logo": func(*rapid.T) {
				next, err := look.Without(Rectangular)
				act(m.rectangular, next, err, ReasonNoLogo, func() { m.rectangular = false })
			},
			"repair": func(t *rapid.T) {
				slot := rapid.SampledFrom([]Slot{Square, Rectangular}).Draw(t, "slot")
				if look.in(slot) != "" {
					look = look.replaced(slot, "repaired")
				}
			},
			"": func(t *rapid.T) {
				if !look.Valid() {
					t.Fatalf("%+v is not what the service allows", look)
				}
				seen := model{look.Square == Logo, look.SquareID != "", look.RectangularID != ""}
				if seen != m {
					t.Fatalf("%+v is %+v, the rules say %+v", look, seen, m)
				}
				if m.squareShowsLogo && look.Shown(Rectangular) != "" {
					t.Fatalf("a square logo does not stand alone: %+v", look)
				}
				if (look.Shown(Square) != "") != m.squareShowsLogo {
					t.Fatalf("%+v shows %q in the square", look, look.Shown(Square))
				}
			},
		})
	})
}

func TestWhatIsNoLook(t *testing.T) {
	for _, l := range []Look{{}, {Square: Logo}, {Square: Logo, SquareID: "a", RectangularID: "b"}, {Square: "banner"}} {
		if l.Valid() {
			t.Errorf("%+v passes", l)
		}
	}
}

func TestLimits(t *testing.T) {
	if err := DefaultLimits().Validate(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*Limits){
		"maxKilobytes:number_too_small":      func(l *Limits) { l.MaxKilobytes = 9 },
		"maxKilobytes:number_too_large":      func(l *Limits) { l.MaxKilobytes = 10_241 },
		"squareSide:number_too_small":        func(l *Limits) { l.SquareSide = 31 },
		"squareSide:number_too_large":        func(l *Limits) { l.SquareSide = 1025 },
		"rectangularHeight:number_too_small": func(l *Limits) { l.RectangularHeight = 0 },
		"rectangularHeight:number_too_large": func(l *Limits) { l.RectangularHeight = 513 },
		"minRatio:number_too_small":          func(l *Limits) { l.MinRatio = 0 },
		"maxRatio:number_too_small":          func(l *Limits) { l.MinRatio, l.MaxRatio = 5, 4 },
		"maxRatio:number_too_large":          func(l *Limits) { l.MaxRatio = 21 },
	} {
		l := DefaultLimits()
		change(&l)
		if err := l.Validate(); err == nil || err.Error() != "invalid "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestInitialsAndColoursAreThoseOfTheWindow(t *testing.T) {
	for name, want := range map[string]string{ // as in the window's own test
		"Elena Bianchi": "EB", "Studio Ponteri SA": "SP", "Valmara Sagl": "V", "SA": "S", "Kontor": "K", "  élodie   d’Amboise ": "ÉA",
		"Jean-Luc": "JL", "e\u0301lodie": "É", "👩‍👩‍👧 Famiglia": "👩‍👩‍👧F", "ßteffen": "SS", "李 小龙": "李小",
		"Chiara D'Ambrosio-Müller": "CD", "D'Ambrosio-Müller": "DM", "Valmara S.p.A.": "V", "Anna-Lena Weiss": "AW", "— . —": "?", "": "?",
	} {
		if got := InitialsOf(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	// FNV-1a as published; the window numbers the colours from 1.
	for id, want := range map[string]int{"": 0x811c9dc5 % 10, "a": 0xe40c292c % 10, "foobar": 0xbf9cf968 % 10} {
		if got := AvatarOf(id); got != want {
			t.Errorf("%q: %d, want %d", id, got, want)
		}
	}
}
