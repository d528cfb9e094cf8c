package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/words"
	"kontor/internal/host/ownfile"
)

var made = release{Version: "1.2.3+git20261129.abcdef01", At: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)}

func laid(t *testing.T) (dir string) {
	t.Helper()
	t.Chdir("../../..")
	dir = t.TempDir()
	if err := stage(t.Context(), made, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func run(t *testing.T, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// What menus and software centres read is looked at by their own tools.
func TestWhatIsPackedIsReadByOthers(t *testing.T) {
	dir := laid(t)
	share := filepath.Join(dir, "kontor", "usr", "share")
	run(t, nil, "desktop-file-validate", filepath.Join(share, "applications", "kontor.desktop"))
	run(t, nil, "appstreamcli", "validate", "--no-net", filepath.Join(share, "metainfo", identifier+".metainfo.xml"))
	for _, file := range []string{filepath.Join(share, "mime", "packages", "kontor.xml"), filepath.Join(dir, "darwin", "Kontor.app", "Contents", "Info.plist")} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(data)); err == nil; {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "windows", "winres.json")); err != nil || !json.Valid(data) || !bytes.Contains(data, []byte(`"1.2.3.0"`)) {
		t.Errorf("%s %v", data, err)
	}
	for _, side := range sides {
		for _, path := range []string{filepath.Join(dir, "windows", "kontor-"+strconv.Itoa(side)+".png"), filepath.Join(share, "icons", "hicolor", strconv.Itoa(side)+"x"+strconv.Itoa(side), "apps", "kontor.png")} {
			f, err := os.Open(path)
			if side > 512 && errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if c, err := png.DecodeConfig(f); err != nil || c.Width != side || c.Height != side {
				t.Errorf("%s: %+v %v", path, c, err)
			}
			_ = f.Close()
		}
	}
	languages := []string{}
	for _, said := range texts {
		languages = append(languages, said.Language)
	}
	wanted := slices.Clone(words.Languages)
	slices.Sort(wanted)
	slices.Sort(languages)
	if !slices.Equal(languages, wanted) {
		t.Errorf("in %v, the program speaks %v", languages, wanted)
	}
	// Each kind that the program opens is told to every system.
	installer, err := os.ReadFile("build/windows/kontor.nsi")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []ownfile.Kind{}
	for _, own := range ownTypes {
		kinds = append(kinds, own.kind)
		for name, has := range map[string]bool{
			"desktop entry": bytes.Contains(desktopEntry(), []byte(own.mime()+";")) && bytes.Contains(desktopEntry(), []byte("\nExec=kontor %f\n")),
			"MIME type":     bytes.Contains(fileTypes(), fmt.Appendf(nil, `"*.%s"`, own.kind)),
			"Info.plist":    bytes.Count(infoPlist(made), fmt.Appendf(nil, "%s.%s<", identifier, own.name)) == 2,
			"installer":     bytes.Contains(installer, fmt.Appendf(nil, "!insertmacro Opens %q %q", own.kind, own.name)) && bytes.Contains(installer, fmt.Appendf(nil, "!insertmacro Forgets %q %q", own.kind, own.name)),
		} {
			if !has {
				t.Errorf("%s: not in the %s", own.kind, name)
			}
		}
	}
	if !slices.Equal(kinds, ownfile.Kinds) {
		t.Errorf("%v are told, the program opens %v", kinds, ownfile.Kinds)
	}
}

func TestTheSameSourcesMakeTheSameBytes(t *testing.T) {
	one := laid(t)
	other := t.TempDir()
	if err := stage(t.Context(), made, other); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := filepath.WalkDir(one, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		name, _ := filepath.Rel(one, path)
		a, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(other, name))
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil || n < 25 {
		t.Errorf("%d files, %v", n, err)
	}
}

// The archive is installed without a package manager, and taken away again with nothing left of it.
func TestWhatIsInstalledGoesAgain(t *testing.T) {
	dir := laid(t)
	binary := filepath.Join(dir, "kontor", "usr", "bin", "kontor")
	err := errors.Join(os.MkdirAll(filepath.Dir(binary), 0o755), os.WriteFile(binary, []byte("#!/bin/sh\necho Kontor\n"), 0o755))
	script, failed := os.ReadFile("build/linux/install.sh")
	if err = errors.Join(err, failed, os.WriteFile(filepath.Join(dir, "kontor", "install.sh"), script, 0o755)); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	own := filepath.Join(home, ".local", "share", "applications", "another.desktop")
	if err := errors.Join(os.MkdirAll(filepath.Dir(own), 0o755), os.WriteFile(own, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	env := []string{"HOME=" + home, "XDG_DATA_HOME="}
	install := filepath.Join(dir, "kontor", "install.sh")
	for range 2 { // again over itself
		run(t, env, install, "--user")
	}
	entry, err := os.ReadFile(filepath.Join(home, ".local", "share", "applications", "kontor.desktop"))
	if err != nil || !strings.Contains(string(entry), `Exec="`+home+`/.local/bin/kontor"`) {
		t.Errorf("%s %v", entry, err)
	}
	run(t, env, install, "--uninstall")
	err = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != own && !strings.Contains(path, "/mime/") && d.Name() != "mimeinfo.cache" {
			t.Errorf("left: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(own); err != nil {
		t.Error("what was another's is gone")
	}
}
