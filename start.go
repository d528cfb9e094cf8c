package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"kontor/internal/core/words"
	"kontor/internal/host/logging"
	"kontor/internal/host/settings"
	"kontor/internal/host/window"
)

// obstacle stops the start before there is a window that could say so.
type obstacle struct {
	error

	tell func(book *words.Book, cause string) string // what stops it, and the way out
}

func (o obstacle) Unwrap() error { return o.error }

// misunderstood are arguments that make no sense.
func misunderstood(err error) obstacle {
	return obstacle{fmt.Errorf("%w; try --help", err), func(book *words.Book, _ string) string {
		return book.T("shell_start_arguments", "cause", err.Error())
	}}
}

// homeless is a workspace whose folder cannot be used.
func homeless(workspace string, err error) obstacle {
	return obstacle{err, func(book *words.Book, cause string) string {
		return book.T("shell_start_folder", "path", workspace, "cause", cause)
	}}
}

// unanswered is a workspace that is open in a window which does not answer.
func unanswered(err error) obstacle {
	return obstacle{err, func(book *words.Book, _ string) string { return book.T("shell_start_silent") }}
}

// windowless is a window that could not be opened.
func windowless(workspace string, err error) obstacle {
	return obstacle{err, func(book *words.Book, cause string) string {
		return book.T("shell_start_window", "cause", cause, "logs", logging.Folder(workspace))
	}}
}

// fail says why the program ends: on the terminal in few words, and, where there is a screen, in a dialog in the person's
// language, with the way out. Whoever starts it from a menu sees no terminal.
func fail(code int, err error) {
	fmt.Fprintf(os.Stderr, "kontor: %v\n", err)
	locale, _ := (*settings.Store)(nil).Locale(context.Background(), settings.Workspace) // the system's: it cannot fail
	window.Say(told(err, words.For(locale)))
	os.Exit(code)
}

// told is an obstacle in the person's language; whatever is none is a mistake of the program's.
func told(err error, book *words.Book) (title, text string) {
	var o obstacle
	if !errors.As(err, &o) {
		o = windowless("", err)
	}
	return book.T("shell_start_failed"), o.tell(book, cause(err, book))
}

// cause is why a folder cannot be used, in words where they are known.
func cause(err error, book *words.Book) string {
	switch {
	case errors.Is(err, syscall.EROFS):
		return book.T("shell_start_cause_read_only")
	case errors.Is(err, fs.ErrPermission):
		return book.T("shell_start_cause_permission")
	case errors.Is(err, syscall.ENOSPC):
		return book.T("shell_start_cause_space")
	case errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrExist):
		return book.T("shell_start_cause_no_folder")
	}
	var system syscall.Errno
	if errors.As(err, &system) {
		return system.Error()
	}
	return err.Error()
}
