package main

import (
	"fmt"
	"slices"
	"strings"
)

// plans are what can be proved. Preparations come first; then the quick checks, so that a slip shows early.
var plans = map[string][]stage{
	"all": {
		prepare("packages", "scripts/packages", "build", "test"),
		prepare("npm ci", "make", ".cache/stamp/npm"),
		check("bindings are current", "scripts/current", "frontend/wailsjs", "scripts/bindings"),
		prepare("front end: build", "make", "frontend/dist/index.html"),
		check("notices of third parties", "go", "run", "./internal/dev/notices", "-check"),
		check("go.mod is tidy", "go", "mod", "tidy", "-diff"),
		messages,
		check("svelte-check", "npm", "--prefix", "frontend", "run", "--silent", "check"),
		check("eslint, prettier", "npm", "--prefix", "frontend", "run", "--silent", "lint"),
		check("golangci-lint", "scripts/golangci-lint", "run"),
		vitest,
		check("builds for Windows", "env", "GOOS=windows", "CGO_ENABLED=0", "go", "build", "-tags", "desktop,production", "-o", "/dev/null", "."),
		alone(goTest("go test", "-timeout", "20m", "./...")),
		again(alone(raced)),
		{
			alone:   true,
			name:    "Secret Service",
			command: []string{"scripts/with-session", "go", "test", "-json", "-count=1", "-race", "-tags", "keyring", "./internal/host/vault/..."},
			count:   countGo,
		},
		{
			alone:   true,
			name:    "killed 200 times",
			command: []string{"env", "KONTOR_CRASH_ROUNDS=200", "go", "test", "-json", "-count=1", "-timeout", "30m", "-run", "TestKilledAtRandomMoments", "./app"},
			count:   countGo,
		},
		alone(goTest("the real window", "-count=1", "-timeout", "20m", "-tags", "e2e", "./internal/dev/e2e/...")),
	},
	"check": {
		messages,
		check("svelte-check", "npm", "--prefix", "frontend", "run", "--silent", "check"),
		check("eslint, prettier", "npm", "--prefix", "frontend", "run", "--silent", "lint"),
		check("golangci-lint", "scripts/golangci-lint", "run"),
		vitest,
		goTest("go test -short", "-short", "./..."),
	},
}

// raced runs the tests beside which the detector can find something.
var raced = stage{
	name:    "go test -race -short",
	command: slices.Concat([]string{"go", "test", "-json", "-vet=off"}, translated, []string{"-race", "-short", "-timeout", "20m"}),
	count:   countGo,
	packages: func() ([]string, string, error) {
		watch, leave, err := watched(".")
		note := fmt.Sprintf("%d packages; no second goroutine runs in the code and the tests of: %s", len(watch),
			strings.ReplaceAll(strings.Join(leave, " "), "kontor/internal/", ""))
		return watch, note, err
	},
}

// translated leaves the detector out of SQLite, which is C translated into Go: it minds its own locks, and the detector
// would spend most of its time there. What calls it is watched.
var translated = []string{
	"-gcflags=modernc.org/sqlite/lib=-race=false -d=checkptr=0",
	"-gcflags=modernc.org/libc/...=-race=false -d=checkptr=0",
	"-gcflags=github.com/tetratelabs/wazero/...=-race=false -d=checkptr=0",
}

func prepare(name string, command ...string) stage {
	return stage{name: name, command: command, count: nothing, needed: true}
}

func check(name string, command ...string) stage {
	return stage{name: name, command: command, count: one}
}

func alone(s stage) stage {
	s.alone = true
	return s
}

func again(s stage) stage {
	s.again = true
	return s
}

// goTest leaves go vet out: golangci-lint runs it on every file, those of other builds too.
func goTest(name string, args ...string) stage {
	return stage{name: name, command: append([]string{"go", "test", "-json", "-vet=off"}, args...), count: countGo}
}

// messages come before whatever reads them: two stages at once must not both compile them.
var messages = prepare("messages", "npm", "--prefix", "frontend", "run", "--silent", "messages")

var vitest = stage{
	name:    "vitest",
	command: []string{"npm", "--prefix", "frontend", "run", "--silent", "test", "--", "--reporter=default", "--reporter=json", "--outputFile=../" + vitestReport},
	count:   countVitest,
}
