//go:build e2e

package e2e_test

import (
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// A secret says that it is one, and does not stay: neither for long, nor when the window is closed.
func TestASecretDoesNotStayOnTheClipboard(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	board := func(target string) string {
		out, err := w.Run("xclip", "-selection", "clipboard", "-o", "-t", target)
		if err != nil {
			return "" // nobody has anything
		}
		return out
	}
	copied := func(text string, secret bool) {
		t.Helper()
		if failure := w.Call(nil, "SystemService.Copy", text, secret); failure != "" {
			t.Fatal(failure)
		}
		w.Until("the copy", func() bool { return board("UTF8_STRING") == text })
	}
	const hint = "x-kde-passwordManagerHint"
	copied("CHF 412.65 für Søren", false)
	if strings.Contains(board("TARGETS"), hint) {
		t.Error("an amount is said to be secret")
	}
	copied("4R7-KQ", true)
	since := time.Now()
	if !strings.Contains(board("TARGETS"), hint) || board(hint) != "secret" {
		t.Errorf("the targets of a secret: %s", board("TARGETS"))
	}
	for board("UTF8_STRING") != "" {
		if took := time.Since(since); took > 40*time.Second {
			t.Fatalf("after %v it is still there", took)
		}
		time.Sleep(250 * time.Millisecond)
	}
	if took := time.Since(since); took < 25*time.Second {
		t.Errorf("it was gone after %v", took)
	}
	copied("4R7-KQ", true)
	w.Stop()
	if left := board("UTF8_STRING"); left != "" {
		t.Errorf("the closed window leaves %q", left)
	}
}
