// Package logging writes the program's log: JSON lines in a file that only its owner can read, of limited size and
// age. Whatever looks like a secret or like a person's address, account or card number is replaced before it is
// written, whoever logged it.
package logging

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"
)

// What is kept: at most Files old files and the present one, each of at most MaxMegabytes, none older than MaxDays.
const (
	MaxMegabytes = 5
	Files        = 4
	MaxDays      = 30

	folder = "logs"
)

// File is the name of the present log in its folder.
const File = "kontor.log"

// Folder is where the log of a workspace lies.
func Folder(workspace string) string { return filepath.Join(workspace, folder) }

// Open starts the log below the workspace. Where that cannot be done the log goes to standard error instead, and the error
// says why: no log is no reason not to start.
func Open(workspace string, level slog.Leveler) (*slog.Logger, io.Closer, error) {
	path := filepath.Join(Folder(workspace), File)
	if err := create(path); err != nil {
		return New(os.Stderr, level), io.NopCloser(nil), err
	}
	out := &lumberjack.Logger{Filename: path, MaxSize: MaxMegabytes, MaxBackups: Files, MaxAge: MaxDays}
	return New(out, level), out, nil
}

// create makes the file, for its owner alone; the rotation keeps its mode.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// New returns a logger that writes redacted JSON lines to w.
func New(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redact}))
}
