// Command notices writes the notices of third parties: whose work is in the program, and under which licence. They are
// the Go modules that are linked on any of the systems, the packages in the bundle of the front end (Vite lists them as
// it builds), what is carried as bytes and the fonts. The window shows them; with -check it is only said whether they are up to date.
//
// A work without a licence, or with one that is not known here, is an error: somebody has to look at it.
package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// file is a text of the window's.
const file = "frontend/src/areas/settings/notices.txt"

//go:embed fonts.txt
var fonts string

// work is something of somebody else's in the program.
type work struct {
	Name, Version string
	Licences      []string // names
	Texts         []string
}

func (w work) String() string { return strings.TrimSpace(w.Name + " " + w.Version) }

func main() {
	check := slices.Contains(os.Args[1:], "-check")
	if err := run(check); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	works, err := modules()
	if err != nil {
		return err
	}
	bundled, err := packages("frontend/dist/packages.txt", "frontend/node_modules")
	if err != nil {
		return err
	}
	for _, c := range carried {
		w, err := read(c.name, c.version, c.dir)
		if err != nil {
			return err
		}
		works = append(works, w)
	}
	now := write(append(works, bundled...))
	if !check {
		return os.WriteFile(file, now, 0o644)
	}
	before, err := os.ReadFile(file)
	if err == nil && !bytes.Equal(before, now) {
		err = errors.New(file + " is out of date: commit what `make generate` writes")
	}
	return err
}

// carried are works whose bytes are in the source as they were published, with their licence beside them.
var carried = []struct{ name, version, dir string }{
	{"@resvg/resvg-wasm", "2.6.2", "internal/host/picture/resvg"},
	{"github.com/gen2brain/avif (libavif, libaom, libyuv)", "0.4.4", "internal/host/picture/avif"},
}

// modules are those that the window is linked from, with Go itself.
func modules() ([]work, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	goItself, err := read("Go", "", strings.TrimSpace(string(root))) // whichever builds it
	if err != nil {
		return nil, err
	}
	dirs := map[string]string{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-tags", "desktop,production,webkit2_41",
			"-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", ".", "./app/kontor-cli")
		cgo := "1"
		if system == "windows" {
			cgo = "0"
		}
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED="+cgo)
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(out)) {
			if module, dir, ok := cutLast(strings.TrimSpace(line)); ok {
				dirs[module] = dir
			}
		}
	}
	works := []work{goItself}
	for module, dir := range dirs {
		name, version, _ := strings.Cut(module, " ")
		w, err := read(name, version, dir)
		if err != nil {
			return nil, err
		}
		works = append(works, w)
	}
	return works, nil
}

func cutLast(line string) (before, after string, ok bool) {
	i := strings.LastIndexByte(line, ' ')
	if i < 0 {
		return "", "", false
	}
	return line[:i], line[i+1:], true
}

// packages are those that the build of the front end has listed.
func packages(listed, folder string) ([]work, error) {
	names, err := os.ReadFile(listed)
	if err != nil {
		return nil, fmt.Errorf("the front end is not built: %w", err)
	}
	var works []work
	for _, name := range strings.Fields(string(names)) {
		b, err := os.ReadFile(filepath.Join(folder, name, "package.json"))
		if err != nil {
			return nil, err
		}
		var about struct{ Version, License string }
		if err := json.Unmarshal(b, &about); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		w, err := read(name, about.Version, filepath.Join(folder, name))
		if errors.Is(err, errNone) && about.License != "" { // it says so, without the text
			w, err = work{Name: name, Version: about.Version, Licences: []string{about.License}}, nil
		}
		if err != nil {
			return nil, err
		}
		works = append(works, w)
	}
	return works, nil
}

var (
	errNone     = errors.New("no licence")
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicense|patents)`)
)

// read takes the licences of a work from its folder.
func read(name, version, dir string) (work, error) {
	w := work{Name: name, Version: version}
	files, err := os.ReadDir(dir)
	if err != nil {
		return w, err
	}
	for _, f := range files {
		if f.IsDir() || !licenceFile.MatchString(f.Name()) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return w, err
		}
		text := tidy(string(b))
		w.Texts = append(w.Texts, text)
		if licence := recognise(text); licence != "" && !slices.Contains(w.Licences, licence) {
			w.Licences = append(w.Licences, licence)
		}
	}
	if len(w.Texts) == 0 {
		return w, fmt.Errorf("%s: %w", w, errNone)
	}
	if len(w.Licences) == 0 {
		return w, fmt.Errorf("%s: none of its licences is known", w)
	}
	slices.Sort(w.Licences)
	return w, nil
}

// tidy makes a text the same on every system.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// recognise names a licence by the sentences that only it has; "" if it is none of these.
func recognise(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	has := func(words string) bool { return strings.Contains(text, words) }
	switch {
	case has("apache license"):
		return "Apache-2.0"
	case has("mozilla public license"):
		return "MPL-2.0"
	case has("permission is hereby granted, free of charge"):
		return "MIT"
	case has("permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"),
		has("permission to use, copy, modify, and distribute this software for any purpose with or without fee"):
		return "ISC"
	case has("redistribution and use in source and binary forms") && (has("neither the name") || has("names of its contributors")):
		return "BSD-3-Clause"
	case has("redistribution and use in source and binary forms"):
		return "BSD-2-Clause"
	case has("this is free and unencumbered software released into the public domain"):
		return "Unlicense"
	case has("in the public domain"), has("public domain"):
		return "public domain"
	}
	return ""
}

// write sets the list, the fonts and every text.
func write(works []work) []byte {
	slices.SortFunc(works, func(a, b work) int {
		return strings.Compare(strings.ToLower(a.String()), strings.ToLower(b.String()))
	})
	var out bytes.Buffer
	for _, w := range works {
		fmt.Fprintf(&out, "%s\t%s\n", w, strings.Join(w.Licences, ", "))
	}
	section := func(title string) { fmt.Fprintf(&out, "\n%s\n%s\n\n", strings.Repeat("=", 80), title) }
	section("Fonts")
	out.WriteString(tidy(fonts) + "\n")
	for _, w := range works {
		section(w.String())
		text := strings.Join(w.Texts, "\n\n"+strings.Repeat("-", 80)+"\n\n")
		if text == "" {
			text = "Licence: " + w.Licences[0]
		}
		out.WriteString(text + "\n")
	}
	return out.Bytes()
}
