package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
)

// board is a clipboard in memory.
type board struct {
	text   string
	secret bool
}

func (b *board) Put(text string, secret bool) error {
	b.text, b.secret = text, secret
	return nil
}

func (*board) Close() {}

func TestTheEndOfTheLogIsCopied(t *testing.T) {
	dir, board := t.TempDir(), &board{}
	system := testkit.Bound[*app.SystemService](app.New(app.Options{Workspace: dir, Clipboard: board}))
	if err := system.CopyLog(); fault.ReasonOf(err) != "no_log" {
		t.Error(err)
	}
	logs := filepath.Join(dir, "logs")
	if err := os.Mkdir(logs, 0o700); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("{\"msg\":\"call\"}\n", 20_000) + "{\"msg\":\"last\"}\n"
	if err := os.WriteFile(filepath.Join(logs, "kontor.log"), []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := system.CopyLog(); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(board.text, "{") || !strings.HasSuffix(board.text, "last\"}\n") || len(board.text) > 64<<10 {
		t.Errorf("%d bytes: %.20q", len(board.text), board.text)
	}
}
