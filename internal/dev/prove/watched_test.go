package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A package is left out of the race detector's run only where nothing in it could be found.
func TestWatched(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":            "module m\n\ngo 1.26\n",
		"alone/a.go":        "package alone\nfunc A() int { return 1 }\n",
		"says/a.go":         "package says\nfunc A() { go func() {}() }\n",
		"waits/a.go":        "package waits\nimport \"sync\"\nfunc A(g *sync.WaitGroup) { g.Go(func() {}) }\n",
		"hands/a.go":        "package hands\nimport \"m/job\"\nfunc A() { job.Start[int](func() {}) }\n",
		"through/a.go":      "package through\nimport other \"m/hands\"\nfunc A() { other.A() }\n",
		"job/job.go":        "package job\nfunc Start[T any](f func()) { inner(f) }\nfunc inner(f func()) { go f() }\n",
		"method/a.go":       "package method\nfunc A(x interface{ Later(func()) }) { x.Later(func() {}) }\n",
		"later/a.go":        "package later\ntype L struct{}\nfunc (L) Later(f func()) { go f() }\nfunc (L) Close() { go func() {}() }\n",
		"closes/a.go":       "package closes\nfunc A(x interface{ Close() }) { x.Close() }\n",
		"tests/a.go":        "package tests\n",
		"tests/b_test.go":   "package tests\nimport \"testing\"\nfunc TestB(t *testing.T) { t.Parallel() }\n",
		"outside/a.go":      "package outside\n",
		"outside/x_test.go": "package outside_test\nimport (\n\t\"net/http/httptest\"\n\t\"testing\"\n)\nfunc TestB(t *testing.T) { httptest.NewServer(nil) }\n",
		"untested/a.go":     "package untested\nfunc A() { go func() {}() }\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if folder, file, _ := strings.Cut(name, "/"); file == "a.go" && folder != "untested" {
			test := "package " + folder + "\nimport \"testing\"\nfunc TestA(*testing.T) {}\n"
			if err := os.WriteFile(filepath.Join(dir, folder, "a_test.go"), []byte(test), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	watch, leave, err := watched(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"m/hands", "m/later", "m/method", "m/outside", "m/says", "m/tests", "m/through", "m/waits"}; !slices.Equal(watch, want) {
		t.Errorf("watched %v, want %v", watch, want)
	}
	if want := []string{"m/alone", "m/closes"}; !slices.Equal(leave, want) {
		t.Errorf("left out %v, want %v", leave, want)
	}
}
