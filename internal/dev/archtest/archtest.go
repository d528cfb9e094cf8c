// Package archtest keeps the layout that build/docs/architecture.md describes. Its test reads the sources of the whole
// project and fails with the reason wherever something leans the wrong way. The front end's own import rules are
// eslint's.
package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// layers, from the top down: a package may lean on its own layer and on those below it, never on one above. dev is
// beside them: it tests and builds the rest, and nothing leans on it.
var layers = []string{"main", "app", "flow", "area", "host", "core"}

const dev = "dev"

// texts is where the front end's message files are embedded for Go.
const texts = "frontend"

// handedIn reach an area only as small interfaces that it declares itself: app fills them. What an area may use of the
// outside world by itself is its tables, its pictures in memory, its files for export and its way to the window.
var handedIn = []string{"vault", "picture/store", "mail", "desktop", "link", "settings", "logging", "window", "sso"}

// floats are the packages that may reckon with floats though they lie where money is reckoned, each with the reason.
var floats = map[string]string{
	"core/strength": "guesses and their logarithms",
	"area/branding": "pixels and contrast",
	"area/profile":  "parts of a picture",
	"area/session":  "distances between places",
	"area/transfer": "how sure a diagnosis is",
}

const (
	module   = "kontor/"
	internal = "kontor/internal/"
	maxLines = 400
)

// longer are the files that may have more lines than maxLines, each with the reason.
var longer = map[string]string{}

// faults is the message file that every area shares.
const faults = "fault"

// Check reads the project and gives every breach as "file: what is wrong and why".
func Check(project fs.FS) ([]string, error) {
	c := checker{project: project}
	return c.check()
}

func (c *checker) check() ([]string, error) {
	if err := c.tables(); err != nil {
		return nil, err
	}
	err := fs.WalkDir(c.project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains(generated, name) || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		return c.file(name)
	})
	if err != nil {
		return nil, err
	}
	c.names()
	slices.Sort(c.breaches)
	return c.breaches, nil
}

var generated = []string{"bin", "frontend/dist", "frontend/wailsjs", "frontend/src/texts"}

type checker struct {
	project  fs.FS
	breaches []string
	made     []string // tables
}

func (c *checker) breach(name, format string, args ...any) {
	c.breaches = append(c.breaches, name+": "+fmt.Sprintf(format, args...))
}

func (c *checker) file(name string) error {
	extension := path.Ext(name)
	test := strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".test.ts")
	if test || !slices.Contains([]string{".go", ".ts", ".svelte", ".css"}, extension) {
		return nil
	}
	text, err := fs.ReadFile(c.project, name)
	if err != nil {
		return err
	}
	if n := bytes.Count(text, []byte("\n")); n > maxLines && longer[name] == "" && extension != ".css" {
		c.breach(name, "%d lines: split it by subject, or give archtest the reason why it is longer than %d", n, maxLines)
	}
	if extension != ".go" {
		return nil
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	c.imports(name, parsed)
	c.code(name, fset, parsed)
	return nil
}

// imports checks who leans on whom.
func (c *checker) imports(name string, parsed *ast.File) {
	from := owner(name)
	for _, spec := range parsed.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if strings.HasPrefix(imported, module) {
			to := owner(strings.TrimPrefix(imported, module) + "/")
			c.down(name, from, to, strings.TrimPrefix(imported, internal+to.layer+"/"))
			continue
		}
		switch {
		case strings.HasPrefix(imported, "github.com/wailsapp/") && from.name != "window" && from.layer != "main" && from.layer != dev: // e2e measures an empty window
			c.breach(name, "%s imports Wails: only main and internal/host/window know the shell", from.name)
		case strings.HasPrefix(imported, "github.com/shopspring/decimal") && from.name != "money":
			c.breach(name, "%s imports shopspring/decimal: only internal/core/money does, it has the one rounding rule", from.name)
		case strings.HasPrefix(imported, "modernc.org/") && from.name != "sqlite":
			c.breach(name, "%s imports %s: only internal/host/sqlite opens databases", from.name, imported)
		case strings.Contains(imported, "argon2") && from.name != "stretch":
			c.breach(name, "%s imports %s: only internal/core/stretch does, it lets two run at a time", from.name, imported)
		case imported == "database/sql" && from.layer == "app":
			c.breach(name, "app imports database/sql: it holds no SQL")
		}
	}
}

// down checks one arrow between two of our own packages; path is what is imported, below its layer.
func (c *checker) down(name string, from, to room, path string) {
	switch {
	case from == to || from.layer == dev:
	case to.layer == texts:
		if from.name != "words" {
			c.breach(name, "%s reads the message files: internal/core/words says what stands in them", from.name)
		}
	case to.layer == dev:
		c.breach(name, "%s imports %s, which is there for tests and builds only", from.name, to.name)
	case slices.Index(layers, from.layer) > slices.Index(layers, to.layer):
		c.breach(name, "%s lies in %s and imports %s, which lies above it in %s: layers lean down only", from.name, from.layer, to.name, to.layer)
	case from.layer == "area" && to.layer == "area":
		c.breach(name, "the area %s imports the area %s: declare what it needs as an interface, which app fills", from.name, to.name)
	case from.layer == "area" && slices.Contains(handedIn, path):
		c.breach(name, "the area %s imports %s: it is handed in by app, as an interface that the area declares", from.name, path)
	case to.name == "window" && from.layer != "main":
		c.breach(name, "%s imports window: only main opens it", from.name)
	}
}

// room is a package with the layer that it lies in.
type room struct{ layer, name string }

// owner is the room that a file belongs to.
func owner(name string) room {
	first, rest, below := strings.Cut(name, "/")
	if !below {
		return room{"main", "main"}
	}
	if first != "internal" {
		return room{first, first}
	}
	layer, rest, _ := strings.Cut(rest, "/")
	second, _, _ := strings.Cut(rest, "/")
	return room{layer, second}
}

// columns is what of database/sql an area may use: the forms that columns take, statements that a transaction has
// prepared. Opening is internal/host/sqlite's.
var columns = regexp.MustCompile(`^(Null.*|ErrNoRows|Rows|Row|Result|RawBytes|Named|Scanner|Stmt)$`)

var statement = regexp.MustCompile(`(?is)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|trigger)\s|pragma\s)`)

// code checks what stands in the functions.
func (c *checker) code(name string, fset *token.FileSet, parsed *ast.File) {
	from := owner(name)
	exact := (from.layer == "core" || from.layer == "area") && floats[from.layer+"/"+from.name] == ""
	ast.Inspect(parsed, func(n ast.Node) bool {
		c.amounts(name, fset, n)
		c.days(name, fset, n)
		c.begins(name, fset, from, n)
		switch n := n.(type) {
		case *ast.Ident:
			if exact && (n.Name == "float32" || n.Name == "float64") {
				c.breach(name, "line %d: a float in %s: money is reckoned in exact decimals", fset.Position(n.Pos()).Line, from.name)
			}
		case *ast.BasicLit:
			text, err := strconv.Unquote(n.Value)
			if n.Kind != token.STRING || err != nil {
				break
			}
			line := fset.Position(n.Pos()).Line
			if from.layer == "app" && statement.MatchString(text) {
				c.breach(name, "line %d: SQL in app: it belongs into the area's store.go", line)
			}
			c.sql(name, line, from, text)
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "unicode" && n.Sel.Name == "IsControl" && from.name != "text" {
				c.breach(name, "line %d: unicode.IsControl outside internal/core/text: what a text may hold is decided there, and read by internal/core/input", fset.Position(n.Pos()).Line)
			}
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "sql" && from.name != "sqlite" && !columns.MatchString(n.Sel.Name) {
				c.breach(name, "line %d: sql.%s outside internal/host/sqlite: work through sqlite.DB, which has one writer", fset.Position(n.Pos()).Line, n.Sel.Name)
			}
		}
		return true
	})
}

// names checks that what belongs to an area is called as it is everywhere.
func (c *checker) names() {
	exists := func(name string) bool { _, err := fs.Stat(c.project, name); return err == nil }
	folders := c.list("frontend/src/areas")
	locales := c.list("frontend/messages")
	for _, locale := range locales {
		if !localeName.MatchString(locale) {
			continue // e.g. the list of words that are the same in several languages
		}
		for _, folder := range folders {
			if !exists(path.Join("frontend/messages", locale, folder+".json")) {
				c.breach("frontend/messages/"+locale, "%s.json is missing: the area %s has no words there", folder, folder)
			}
		}
		for _, file := range c.list("frontend/messages/" + locale) {
			word := strings.TrimSuffix(file, ".json")
			room := slices.Contains(folders, word) || exists("internal/area/"+word)
			if !room && word != faults && !exists("frontend/src/"+word) && !exists("frontend/src/lib/"+word) {
				c.breach("frontend/messages/"+locale+"/"+file, "neither an area nor a folder of the front end is called %s", word)
			}
		}
	}
}

var localeName = regexp.MustCompile(`^[a-z]{2}$`)

// list gives the names in a folder; none if it does not exist.
func (c *checker) list(folder string) (names []string) {
	entries, _ := fs.ReadDir(c.project, folder)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
