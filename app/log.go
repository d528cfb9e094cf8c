package app

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/logging"
)

// logEnd is how much of the log is copied, in bytes: some hundred lines.
const logEnd = 64 << 10

// CopyLog puts the last lines of the log on the clipboard, for whoever is asked for help. Secrets, addresses and account
// numbers were left out when they were written. It needs no workspace: why none opens stands there, too.
func (s *SystemService) CopyLog() error {
	_, err := bridge.Outside(s.app.shell, "system.CopyLog", func(context.Context) (struct{}, error) {
		text, err := tail(filepath.Join(logging.Folder(s.app.options.Workspace), logging.File))
		if err != nil {
			return struct{}{}, fault.Wrap(err, fault.Unavailable, "no_log")
		}
		return struct{}{}, s.app.put(string(text), false)
	})
	return err
}

// tail is the end of a file, from the beginning of a line.
func tail(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	from := max(info.Size()-logEnd, 0)
	text, err := io.ReadAll(io.NewSectionReader(file, from, logEnd))
	if at := bytes.IndexByte(text, '\n'); from > 0 && at >= 0 {
		text = text[at+1:]
	}
	return bytes.ToValidUTF8(text, nil), err
}

// put hands a text to the clipboard.
func (a *App) put(text string, secret bool) error {
	if a.options.Clipboard == nil {
		return fault.New(fault.Unavailable, "")
	}
	if err := a.options.Clipboard.Put(text, secret); err != nil {
		return fault.Wrap(err, fault.Unavailable, "")
	}
	return nil
}
