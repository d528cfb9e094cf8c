//go:build !windows && !darwin

package settings

// systemPreferences are none: elsewhere the variables say it all.
func systemPreferences() preferences { return preferences{} }
