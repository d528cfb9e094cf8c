package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadTakesEveryLicenceAndRefusesWhatItDoesNotKnow(t *testing.T) {
	const mit, bsd = "Permission is hereby granted, free of charge, to any person", "Redistribution and use in source and\r\nbinary forms … Neither the name"
	for name, c := range map[string]struct {
		files map[string]string
		want  string // licences, or what the error says
	}{
		"one":          {map[string]string{"LICENSE": mit}, "MIT"},
		"two":          {map[string]string{"LICENSE.txt": mit, "COPYING": bsd, "README.md": "Apache License"}, "BSD-3-Clause, MIT"},
		"none":         {map[string]string{"README.md": mit}, "no licence"},
		"an unknown":   {map[string]string{"LICENCE": "All rights reserved."}, "none of its licences is known"},
		"with patents": {map[string]string{"LICENSE": bsd, "PATENTS": "Additional IP Rights Grant"}, "BSD-3-Clause"},
	} {
		dir := t.TempDir()
		for file, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		w, err := read("example.com/work", "v1", dir)
		got := strings.Join(w.Licences, ", ")
		if err != nil {
			got = err.Error()
		}
		if !strings.HasSuffix(got, c.want) || errors.Is(err, errNone) != (name == "none") {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWriteNamesEachWorkAndItsText(t *testing.T) {
	got := string(write([]work{
		{Name: "zeta", Version: "2", Licences: []string{"MIT"}, Texts: []string{"one", "two"}},
		{Name: "Alpha", Licences: []string{"ISC"}},
	}))
	for _, want := range []string{"Alpha\tISC\nzeta 2\tMIT\n\n====", "====\nzeta 2\n\none\n", "\ntwo\n", "====\nFonts\n\n", "Droid Sans Fallback", "SIL OPEN FONT LICENSE"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
