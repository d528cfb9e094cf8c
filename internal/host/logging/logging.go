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
	file   = "kontor.log"
)

// Open starts the log below the workspace. The file is created with the first line.
func Open(workspace string, level slog.Leveler) (*slog.Logger, io.Closer, error) {
	dir := filepath.Join(workspace, folder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_CREATE|os.O_WRONLY, 0o600) // the rotation keeps its mode
	if err != nil {
		return nil, nil, err
	}
	if err := f.Close(); err != nil {
		return nil, nil, err
	}
	out := &lumberjack.Logger{
		Filename: filepath.Join(dir, file), MaxSize: MaxMegabytes, MaxBackups: Files, MaxAge: MaxDays,
	}
	return New(out, level), out, nil
}

// New returns a logger that writes redacted JSON lines to w.
func New(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redact}))
}
