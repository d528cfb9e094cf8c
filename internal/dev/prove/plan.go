package main

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// plans are what can be proved, in the order in which the stages begin that can: what others wait for first, then the
// quick checks, so that a slip shows early.
var plans = map[string][]stage{
	"all": {
		prepare("packages", "scripts/packages", "build", "test"),
		prepare(modules, "make", ".cache/stamp/npm"),
		check("golangci-lint", "scripts/golangci-lint", "run").on("packages"),
		prepare(page, "make", "frontend/dist/index.html").on(modules, "messages"),
		messages.on(modules),
		check("svelte-check", "npm", "--prefix", "frontend", "run", "--silent", "check").on("messages"),
		check("bindings are current", "scripts/current", "frontend/wailsjs", "scripts/bindings").on("svelte-check", page), // which read them
		check("notices of third parties", "go", "run", "./internal/dev/notices", "-check").on(page),
		check("go.mod is tidy", "go", "mod", "tidy", "-diff"),
		check("eslint, prettier", "npm", "--prefix", "frontend", "run", "--silent", "lint").on("messages"),
		vitest.on("messages", "bindings are current"),
		check("builds for Windows", "env", "GOOS=windows", "CGO_ENABLED=0", "go", "build", "-tags", "desktop,production", "-o", "/dev/null", ".").on(page),
		goTest("go test", "-timeout", "20m", "./...").on(page),
		again(alone(raced)),
		{
			alone: true,
			name:  "Secret Service",
			command: slices.Concat([]string{"scripts/with-session", "go", "test", "-json", "-count=1", "-vet=off"}, translated,
				[]string{"-race", "-run", "Keyring", "-tags", "keyring", "./internal/host/vault/..."}), // built as raced has built it
			count: countGo,
		},
		{
			alone:   true,
			name:    "killed 200 times",
			command: []string{"env", "KONTOR_CRASH_ROUNDS=200", "go", "test", "-json", "-count=1", "-vet=off", "-timeout", "30m", "-run", "TestKilledAtRandomMoments", "./app"},
			count:   countGo,
		},
		alone(goTest("the real window", "-count=1", "-timeout", "20m", "-parallel", windows, "-tags", "e2e", "./internal/dev/e2e/...")),
	},
	"check": {
		messages,
		check("svelte-check", "npm", "--prefix", "frontend", "run", "--silent", "check").on("messages"),
		check("eslint, prettier", "npm", "--prefix", "frontend", "run", "--silent", "lint").on("messages"),
		check("golangci-lint", "scripts/golangci-lint", "run"),
		vitest.on("messages"),
		goTest("go test -short", "-short", "./..."),
	},
}

// windows is how many are driven at once: more than there are cores, for each of them waits half of the time.
var windows = strconv.Itoa(2 * runtime.NumCPU())

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
// would spend most of its time there. The same holds for reckoning that starts nothing: WebAssembly, pictures, packing,
// taking migrations apart. What calls them is watched.
var translated = []string{
	"-gcflags=modernc.org/sqlite/lib=-race=false -d=checkptr=0",
	"-gcflags=modernc.org/libc/...=-race=false -d=checkptr=0",
	"-gcflags=github.com/tetratelabs/wazero/...=-race=false -d=checkptr=0",
	"-gcflags=github.com/pressly/goose/v3/internal/sqlparser=-race=false -d=checkptr=0",
	"-gcflags=github.com/xuri/excelize/v2=-race=false -d=checkptr=0",
	"-gcflags=golang.org/x/image/...=-race=false -d=checkptr=0",
	"-gcflags=compress/flate=-race=false -d=checkptr=0",
	"-gcflags=image/png=-race=false -d=checkptr=0",
	"-gcflags=image/draw=-race=false -d=checkptr=0",
}

const (
	modules = "npm ci"
	page    = "front end: build"
)

// on lets the stage wait for others.
func (s stage) on(names ...string) stage {
	s.after = append(slices.Clone(s.after), names...)
	return s
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
