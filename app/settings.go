package app

import (
	"context"
	"os"

	"kontor/internal/host/settings"
)

// SettingsService keeps what a person prefers, or the workspace while nobody is signed in.
type SettingsService struct{ app *App }

// SettingsView is every preference with its present value.
type SettingsView struct {
	Language string `json:"language"` // system, it, es, fr, de, en
	Theme    string `json:"theme"`    // system, light, dark, contrast
	Sidebar  string `json:"sidebar"`  // open, collapsed
	Painted  string `json:"painted"`  // light, dark, contrast: what the theme came to the last time
}

// Get returns the preferences.
func (s *SettingsService) Get() (SettingsView, error) {
	return call(s.app, "settings.Get", settingsView)
}

// Set changes one preference and returns all of them.
func (s *SettingsService) Set(name, value string) (SettingsView, error) {
	return call(s.app, "settings.Set", func(ctx context.Context, h *workspace) (SettingsView, error) {
		if err := h.settings.Save(ctx, settings.Name(name), value); err != nil {
			return SettingsView{}, err
		}
		return settingsView(ctx, h)
	})
}

func settingsView(ctx context.Context, h *workspace) (SettingsView, error) {
	all, err := h.settings.All(ctx)
	if err != nil {
		return SettingsView{}, err
	}
	return SettingsView{
		Language: all[settings.Language], Theme: all[settings.Theme], Sidebar: all[settings.Sidebar],
		Painted: all[settings.Painted],
	}, nil
}

// Theme is what the window is painted in before anybody has signed in: what was chosen, or what the system's choice came
// to the last time.
func (a *App) Theme(ctx context.Context) string {
	if theme := a.preference(ctx, settings.Theme); theme != settings.System {
		return theme
	}
	return a.preference(ctx, settings.Painted)
}

// Language is the workspace's language, or the system's.
func (a *App) Language(ctx context.Context) string {
	if language := a.preference(ctx, settings.Language); language != settings.System {
		return language
	}
	return settings.SystemLanguage(os.Getenv)
}

// preference is the workspace's own; the first choice where no workspace is open.
func (a *App) preference(ctx context.Context, name settings.Name) string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.workspace == nil {
		return settings.First(name)
	}
	value, err := a.workspace.settings.Get(ctx, settings.Workspace, name)
	if err != nil {
		a.log.Error("preference", "name", name, "error", err)
		return settings.First(name)
	}
	return value
}
