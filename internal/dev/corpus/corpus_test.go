package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

func TestEveryEndIsCounted(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"good.x", "bad.x", "other.x", "crash.x", "late.x", "no.y"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stop := make(chan struct{})
	defer close(stop)
	some := []kind{{name: "things", takes: ending(".x"), run: func(data []byte) error {
		switch string(data) {
		case "bad.x":
			return fault.New(fault.Invalid, "file_empty")
		case "other.x":
			return difference("grey")
		case "crash.x":
			panic("at once")
		case "late.x":
			<-stop
		}
		return nil
	}}}
	found, err := walk(dir, some, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if report(&out, some, found, "refused") {
		t.Error("what crashes is called well")
	}
	for _, want := range []string{"things: 5 files, 1 read, 1 refused, 1 differing, 1 crashed, 1 late", "refused: file_empty", "differs: grey", "crashed: panic: at once", "refused\t"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

func TestTheReadersTakeTheSmallCorpus(t *testing.T) {
	found, err := walk("testdata", kinds, time.Minute)
	more, err2 := walk("../../host/picture/testdata", kinds, time.Minute)
	for name, trials := range more {
		found[name] = append(found[name], trials...)
	}
	err = errors.Join(err, err2)
	var out bytes.Buffer
	if err != nil || !report(&out, kinds, found, "") {
		t.Errorf("%v\n%s", err, out.String())
	}
	for _, k := range kinds {
		if len(found[k.name]) == 0 {
			t.Errorf("no file of kind %s in testdata", k.name)
		}
	}
}
