package link

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

// The real opener, with a script in the place of the system's.
func TestBrowserHandsOverTheAddress(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\nprintf '%s|' \"$@\" > " + filepath.Join(dir, "caught.tmp") + "; mv " + filepath.Join(dir, "caught.tmp") + " " + filepath.Join(dir, "caught") + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	s := NewService(nil, nil, Browser{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Open(ctx, Guide, map[string]string{"guide": "2356"}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "caught"))
	if err != nil || string(got) != "https://faq.infomaniak.com/2356|" {
		t.Fatalf("%q, %v", got, err)
	}
	t.Setenv("PATH", filepath.Join(dir, "nowhere"))
	if err := s.Open(ctx, Help, nil); fault.ReasonOf(err) != "no_browser" {
		t.Fatal(err)
	}
}
