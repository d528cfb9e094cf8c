package session_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
)

// The codes that were just shown can be saved as a file; what is no code of the person is not written anywhere.
func TestRecoveryCodesAreSavedAsAFile(t *testing.T) {
	d, s := started(t)
	path := filepath.Join(t.TempDir(), "codes.txt")
	window := session.NewSecurityWindow(bridge.To(testkit.Shell(t, as(t, s), &testkit.Dialogs{Path: path}), func() *session.Service { return s }))
	if _, err := window.SaveCodes([]string{d.codes[0], "AAAA-AAAA-AAAA-AAAA"}, "de-CH"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a code that is nobody's: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("something was written all the same")
	}
	name, err := window.SaveCodes(d.codes, "de-CH")
	if err != nil || name != "codes.txt" {
		t.Fatalf("%q, %v", name, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range append(d.codes, "Wiederherstellungscodes von Kontor", strings.ToLower(email)) {
		if !strings.Contains(strings.ToLower(string(text)), strings.ToLower(want)) {
			t.Errorf("%q is not in the file", want)
		}
	}
}
