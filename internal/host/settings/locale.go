package settings

import (
	"context"
	"os"
	"slices"
	"strings"

	"kontor/internal/core/words"
)

// SystemLocale is how the session of the operating system reads: its language in gettext's order (the list LANGUAGE, then
// LC_ALL, LC_MESSAGES or LANG), English if Kontor speaks none of them; its region from LC_ALL, LC_NUMERIC or LANG, else
// from the tag of the language. The United States count as no region: en_US is what a system says that was never asked.
func SystemLocale(getenv func(string) string) words.Locale {
	language, region := "", regionOf(first(getenv, "LC_ALL", "LC_NUMERIC", "LANG"))
	for _, tag := range append(strings.Split(getenv("LANGUAGE"), ":"), first(getenv, "LC_ALL", "LC_MESSAGES", "LANG")) {
		if language = languageOf(tag); language == "" {
			continue
		}
		if region == "" {
			region = regionOf(tag)
		}
		break
	}
	return words.In(language, region)
}

// preferences are what the system's own settings say where no variables do: languages, the most wanted first, and the
// locale of figures, all as tags.
type preferences struct {
	languages []string
	figures   string
}

// environment reads variables, and puts the system's settings where none names a language: a program that was started from
// a desktop of Windows or macOS has none.
func environment(getenv func(string) string, system func() preferences) func(string) string {
	if first(getenv, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") != "" {
		return getenv
	}
	said := system()
	settings := map[string]string{"LANGUAGE": strings.Join(said.languages, ":"), "LC_NUMERIC": said.figures}
	return func(name string) string {
		if value := getenv(name); value != "" {
			return value
		}
		return settings[name]
	}
}

// propertyList reads the texts of a list as macOS prints it: ( "de-CH", en ).
func propertyList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("(),\" \t\r\n", r) })
}

func first(getenv func(string) string, variables ...string) string {
	for _, v := range variables {
		if value := getenv(v); value != "" {
			return value
		}
	}
	return ""
}

// languageOf is the language of a tag such as "de_CH.UTF-8"; "" for "C", "POSIX" and what Kontor does not speak.
func languageOf(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "-", "_")), "_")
	language, _, _ = strings.Cut(language, ".")
	if slices.Contains(words.Languages, language) {
		return language
	}
	return ""
}

func regionOf(tag string) string {
	tag, _, _ = strings.Cut(tag, ".")
	tag, _, _ = strings.Cut(tag, "@")
	_, region, _ := strings.Cut(strings.ReplaceAll(tag, "-", "_"), "_")
	if region = words.KnownRegion(region); region == "US" {
		return ""
	}
	return region
}

// Locale is how an account reads: what it chose, what the workspace chose, what the system says, each by itself for the
// language and for the region.
func (s *Store) Locale(ctx context.Context, account string) (words.Locale, error) {
	locale := SystemLocale(environment(os.Getenv, systemPreferences))
	if s == nil { // no workspace is open
		return locale, nil
	}
	language, err := s.Get(ctx, account, Language)
	if err != nil {
		return locale, err
	}
	region, err := s.Get(ctx, account, Region)
	if language != System {
		locale.Language = language
	}
	if region != System {
		locale.Region = region
	}
	return locale, err
}
