package ownfile

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func made(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOwnFilesAreLocated(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a.kontor-backup", "b c%41.kontor", "Zoë & 100 %.KONTOR-ORGANIZATION", "x=1.kontor"} {
		path := made(t, dir, name)
		address := (&url.URL{Scheme: "file", Path: path}).String()
		for _, argument := range []string{path, name, "./" + name, address, strings.Replace(address, "file:", "FILE:", 1), strings.Replace(address, "file://", "file://localhost", 1), strings.Replace(address, "file://", "file:", 1)} {
			if got, err := Locate(argument); err != nil || got != path {
				t.Errorf("%q: %q, %v", argument, got, err)
			}
		}
		if data, whole, err := Read(path, 7); err != nil || !whole || string(data) != "content" {
			t.Errorf("%q %v %v", data, whole, err)
		}
		if _, whole, err := Read(path, 6); err != nil || whole {
			t.Errorf("too large: %v %v", whole, err)
		}
	}
	for name, want := range map[string]Kind{"/a/b.kontor": Signed, "b.Kontor-Backup": Backup, "c.kontor-organization": Organization, "kontor": "", ".kontor.txt": "", "x.kontor ": ""} {
		if got := Of(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func TestWhatIsNoOwnFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	real := made(t, dir, "a.kontor-backup")
	folder, link, over := filepath.Join(dir, "d.kontor-backup"), filepath.Join(dir, "l.kontor-backup"), filepath.Join(dir, "o.kontor")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.Symlink(real, link), os.Symlink("/dev/zero", over)); err != nil {
		t.Fatal(err)
	}
	for _, argument := range []string{
		"", ".", "/", "/dev/null", "/dev/zero", folder, link, over, made(t, dir, "plain.txt"), made(t, dir, "kontor-backup"),
		filepath.Join(dir, "missing.kontor-backup"), filepath.Join(real, "a.kontor"), real + "\x00", real + "\x00.kontor", real + "\n", "a\x7f.kontor", "\xff.kontor",
		"/" + strings.Repeat("x", 1<<20) + ".kontor-backup", "file:///" + strings.Repeat("x", 1<<20) + ".kontor-backup",
		"http://" + real, "kontor://open", "file:", "file://", "file://elsewhere" + real, "file://elena@localhost" + real, "file://localhost:1" + real,
		"file:a.kontor-backup", "file://" + real + "?x", "file://" + real + "?", "file://" + real + "#x", "file://" + real + "#", "file://" + real + "%00", "file://" + real + "%0a", "file://" + real + "%",
		"file://" + strings.ReplaceAll(real, "/", "%2F"), "file:///" + strings.ReplaceAll(real, "/", "%2f"), "file://" + folder, "file://" + link,
	} {
		if got, err := Locate(argument); err == nil || len(err.Error()) > 200 {
			t.Errorf("%.60q is %q, %v", argument, got, err)
		}
		if _, _, err := Read(argument, 1<<20); err == nil {
			t.Errorf("%.60q is read", argument)
		}
	}
	if err := Check("a.kontor-backup"); err == nil {
		t.Error("a path that is not absolute")
	}
}

func TestAddressesOfWindows(t *testing.T) {
	for address, want := range map[string]string{
		"file:///C:/Users/Elena/a%20b.kontor": `C:\Users\Elena\a b.kontor`,
		"file:///c:/a.kontor":                 `c:\a.kontor`,
		"file:///a.kontor":                    "",
		"file:///C:a.kontor":                  "",
		"file://server/share/a.kontor":        "",
		"file:///C:/a%5C..%5Cb.kontor":        "",
	} {
		if got, err := fromURL(address, "windows"); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("file:///tmp/a%20b.kontor")
	f.Add("/tmp/x.kontor-backup")
	f.Add("file://localhost/%2e%2e/a.kontor\x00")
	f.Fuzz(func(t *testing.T, argument string) {
		path, err := Locate(argument)
		if err == nil && (!filepath.IsAbs(path) || Of(path) == "" || strings.ContainsRune(path, 0)) {
			t.Fatalf("%q is %q", argument, path)
		}
	})
}
