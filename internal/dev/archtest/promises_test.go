package archtest

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryPromiseNamesATestThatExists(t *testing.T) {
	breaches, err := CheckPromises(os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range breaches {
		t.Error(b)
	}
}

func TestAPromiseWithoutATestIsFound(t *testing.T) {
	const head = "| Against | What holds | Test |\n|---|---|---|\n"
	for _, test := range []struct{ row, want string }{
		{"| a | b | `vault.TestHolds` |", ""},
		{"| a | b | `main.TestStarts` `vault.FuzzBox` |", ""},
		{"| a | b | `vault` |", "names no test"},
		{"| a | b `vault.TestHolds` | |", "names no test"},
		{"| a | b | `vault.TestHold` |", "no test vault.TestHold"},
		{"| a | b | `sqlite.TestHolds` |", "no test sqlite.TestHolds"},
		{"| a | b | `vault.TestHolds` |\nand `vault.TestGone`", "no test vault.TestGone"},
		{"", "makes no promise"},
	} {
		breaches, err := CheckPromises(fstest.MapFS{
			promises:                         {Data: []byte(head + test.row + "\n")},
			"main_test.go":                   {Data: []byte("package main\nfunc TestStarts(t *testing.T) {}\n")},
			"internal/host/vault/v_test.go":  {Data: []byte("package vault\nfunc TestHolds(t *testing.T) {}\nfunc FuzzBox(f *testing.F) {}\n")},
			"internal/host/sqlite/s_test.go": {Data: []byte("package sqlite\nfunc testHolds(t *testing.T) {}\n")},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(breaches, "; "); test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%q: %q; want %q", test.row, got, test.want)
		}
	}
}
