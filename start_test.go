package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"kontor/internal/core/words"
	"kontor/internal/host/window"
)

// Whatever stops the start is said in every language, with the folder that it is about and a way out.
func TestAnObstacleIsSaidInEveryLanguage(t *testing.T) {
	wrapped := func(err error) error {
		return fmt.Errorf("the workspace cannot be created: %w", &fs.PathError{Op: "mkdir", Path: "/x", Err: err})
	}
	for _, test := range []struct {
		err  error
		has  []string // in every language
		hide string
	}{
		{misunderstood(errors.New(`unknown argument "x"`)), []string{`unknown argument "x"`, "--help"}, "try"},
		{homeless("/home/elena/kontor", wrapped(syscall.EACCES)), []string{"/home/elena/kontor", "--workspace"}, "mkdir"},
		{homeless("/home/elena/kontor", wrapped(syscall.EROFS)), []string{"/home/elena/kontor", "--workspace"}, "mkdir"},
		{homeless("/home/elena/kontor", wrapped(syscall.ENOSPC)), []string{"/home/elena/kontor", "--workspace"}, "mkdir"},
		{homeless("/home/elena/kontor", wrapped(syscall.ENOTDIR)), []string{"/home/elena/kontor", "--workspace"}, "mkdir"},
		{homeless("/home/elena/kontor", wrapped(errors.New("strange"))), []string{"/home/elena/kontor", "strange"}, ""},
		{unanswered(fmt.Errorf("%w: no", window.ErrSilent)), []string{"kontor"}, ": no"},
		{windowless("/home/elena/kontor", errors.New("no screen")), []string{"no screen", "/home/elena/kontor/logs"}, ""},
		{errors.New("a mistake"), []string{"a mistake"}, ""},
	} {
		seen := map[string]string{}
		for _, language := range words.Languages {
			title, text := told(test.err, words.For(words.In(language, "")))
			if title == "" || strings.Contains(text, "{") || strings.Contains(text, "shell_") || seen[text] != "" {
				t.Errorf("%s: %q, %q, as in %s", language, title, text, seen[text])
			}
			seen[text] = language
			for _, part := range test.has {
				if !strings.Contains(text, part) {
					t.Errorf("%s: no %q in %q", language, part, text)
				}
			}
			if test.hide != "" && strings.Contains(text, test.hide) {
				t.Errorf("%s: %q in %q", language, test.hide, text)
			}
		}
	}
}
