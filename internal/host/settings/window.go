package settings

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// Window keeps what a person prefers, or the workspace while nobody is signed in.
type Window struct{ room bridge.Room[*Store] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Store]) *Window { return &Window{room} }

// View is every preference with its present value.
type View struct {
	Language string `json:"language"` // system, it, es, fr, de, en
	Region   string `json:"region"`   // system, CH, IT, DE, AT, FR, ES, GB, US
	Speaks   string `json:"speaks"`   // the language that this comes to
	Writes   string `json:"writes"`   // the locale whose figures and days this comes to, e.g. "it-CH"
	Theme    string `json:"theme"`    // system, light, dark, contrast
	Sidebar  string `json:"sidebar"`  // open, collapsed
	Zoom     string `json:"zoom"`     // per cent, e.g. "125"
	Painted  string `json:"painted"`  // light, dark, contrast: what the theme came to the last time
}

// Get returns the preferences.
func (w *Window) Get() (View, error) {
	return bridge.Call(w.room, "settings.Get", view)
}

// Set changes one preference and returns all of them.
func (w *Window) Set(name, value string) (View, error) {
	return bridge.Call(w.room, "settings.Set", func(ctx context.Context, s *Store) (View, error) {
		if err := s.Save(ctx, Name(name), value); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

func view(ctx context.Context, s *Store) (View, error) {
	all, err := s.All(ctx)
	if err != nil {
		return View{}, err
	}
	locale, err := s.Locale(ctx, access.From(ctx).AccountID)
	if err != nil {
		return View{}, err
	}
	return View{
		Language: all[Language], Region: all[Region], Speaks: locale.Language, Writes: locale.Tag(), Theme: all[Theme], Sidebar: all[Sidebar], Zoom: all[Zoom],
		Painted: all[Painted],
	}, nil
}
