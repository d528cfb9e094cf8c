package export_test

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/host/export"
)

func TestAFileHasANameThatEverySystemTakes(t *testing.T) {
	for name, want := range map[string]string{
		"Offre N° 12.pdf":           "Offre N° 12.pdf",
		"a/b\\c:d*e?f\"g<h>i|j.pdf": "a-b-c-d-e-f-g-h-i-j.pdf",
		"../../etc/passwd":          "-..-etc-passwd.pdf",
		"CON":                       "kontor-CON.pdf",
		"nul.pdf":                   "kontor-nul.pdf",
		"com1.2026":                 "kontor-com1.2026.pdf",
		"console":                   "console.pdf",
		" . ":                       "kontor.pdf",
		"ends. .pdf":                "ends.pdf",
		"two\nlines\tof\x00it":      "two lines of it.pdf",
		"gpj.\u202eevil":            "gpj.evil.pdf",
		strings.Repeat("ä", 400):    strings.Repeat("ä", 100) + ".pdf",
		"Ponteri SA – 株式会社.pdf":     "Ponteri SA – 株式会社.pdf",
	} {
		if got := export.FileName(name, "pdf"); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := export.FileName(rapid.String().Draw(t, "name"), "csv")
		if strings.ContainsAny(name, `<>:"/\|?*`) || filepath.Base(name) != name || !strings.HasSuffix(name, ".csv") ||
			strings.Trim(strings.TrimSuffix(name, ".csv"), ". ") == "" || export.FileName(name, "csv") != name {
			t.Fatalf("%q", name)
		}
	})
}

func TestAnEndingIsAddedWhereNothingIsOverwritten(t *testing.T) {
	there := func(path string) bool { return path == "/x/old.csv" }
	for path, want := range map[string]string{"/x/new": "/x/new.csv", "/x/old": "/x/old", "/x/a.txt": "/x/a.txt", "": ""} {
		if got := export.WithEnding(path, "csv", there); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestAFileHasThePersonsUsualPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the folder says who may read there
	}
	dir := t.TempDir()
	usual := filepath.Join(dir, "usual")
	f, err := os.Create(usual)
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	narrow := filepath.Join(dir, "narrow.csv")
	if err := os.WriteFile(narrow, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, like := range map[string]string{filepath.Join(dir, "new.csv"): usual, narrow: narrow} {
		want, err := os.Stat(like)
		if err != nil {
			t.Fatal(err)
		}
		if err := export.Save(path, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
			t.Fatal(err)
		}
		if got, err := os.Stat(path); err != nil || got.Mode() != want.Mode() || got.Size() != 1 {
			t.Errorf("%s: %v, want %v, %v", filepath.Base(path), got.Mode(), want.Mode(), err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".kontor-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
