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

// areas are the rooms of the house. They do not know each other.
var areas = []string{
	"profile", "organization", "branding", "session", "activity", "payment", "prepaid", "partner", "quote", "client", "transfer",
}

// acts span areas and may therefore know them; nobody but app knows an act.
var acts = []string{"firststart", "home", "sample", "leaving", "mirror", "notice"}

// handedIn reach an area only as small interfaces that it declares itself: app fills them. (Package picture is not among
// them: it reckons with pixels as money does with amounts. Its store, which writes files, is.)
var handedIn = []string{"app", "mirror", "infomaniak", "vault", "picture/store", "export", "mail", "desktop", "link", "settings", "logging"}

// exact are the packages in which money is reckoned: no float there.
var exact = []string{"money", "pricing", "partner", "quote", "prepaid", "payment"}

const (
	module   = "kontor/"
	internal = "kontor/internal/"
	maxLines = 400
)

// longer are the files that may have more lines than maxLines, each with the reason.
var longer = map[string]string{
	"frontend/src/gallery/Gallery.svelte": "every component in every state, one after the other, only to be looked at",
	"internal/pricing/simulate.go":        "the whole calculation is read in one go, beside the rules that it follows",
}

// faults is the message file that every area shares.
const faults = "fault"

// Check reads the project and gives every breach as "file: what is wrong and why".
func Check(project fs.FS) ([]string, error) {
	c := checker{project: project}
	err := fs.WalkDir(project, ".", func(name string, d fs.DirEntry, err error) error {
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

var generated = []string{"bin", "frontend/dist", "frontend/wailsjs", "frontend/src/paraglide"}

type checker struct {
	project  fs.FS
	breaches []string
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
	fromArea, fromAct := slices.Contains(areas, from), slices.Contains(acts, from)
	for _, spec := range parsed.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		to, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(imported, internal), module), "/")
		ours := strings.HasPrefix(imported, module)
		toArea := ours && slices.Contains(areas, to)
		toAct := ours && slices.Contains(acts, to)
		switch {
		case !ours || to == from:
		case fromArea && toArea:
			c.breach(name, "the area %s imports the area %s: declare what it needs as an interface, which app.build fills", from, to)
		case fromArea && (slices.Contains(handedIn, to) || slices.Contains(handedIn, strings.TrimPrefix(imported, internal))):
			c.breach(name, "the area %s imports %s: it is handed in by app, as an interface that the area declares", from, to)
		case to == "window" && from != "main":
			c.breach(name, "%s imports window: only main opens it", from)
		case to == "app" && from != "main":
			c.breach(name, "%s imports app: only main does", from)
		case toAct && from != "app":
			c.breach(name, "%s imports %s: only app knows the acts that span areas", from, to)
		case toArea && !fromAct && from != "app" && from != "e2e" && from != "testkit":
			c.breach(name, "%s imports the area %s: what areas stand on does not know them", from, to)
		}
		switch {
		case strings.HasPrefix(imported, "github.com/wailsapp/") && from != "window" && from != "main" && from != "e2e": // e2e measures an empty window
			c.breach(name, "%s imports Wails: only main and internal/window know the shell", from)
		case strings.HasPrefix(imported, "github.com/shopspring/decimal") && from != "money":
			c.breach(name, "%s imports shopspring/decimal: only internal/money does, it has the one rounding rule", from)
		case strings.HasPrefix(imported, "modernc.org/") && from != "sqlite":
			c.breach(name, "%s imports %s: only internal/sqlite opens databases", from, imported)
		case imported == "database/sql" && from == "app":
			c.breach(name, "app imports database/sql: it holds no SQL")
		}
	}
}

// owner is the package that a file belongs to: "main", "app", or the name below internal.
func owner(name string) string {
	first, rest, below := strings.Cut(name, "/")
	if !below {
		return "main"
	}
	if first != "internal" {
		return first
	}
	second, _, _ := strings.Cut(rest, "/")
	return second
}

// columns is what of database/sql an area may use: the forms that columns take, statements that a transaction has
// prepared. Opening is internal/sqlite's.
var columns = regexp.MustCompile(`^(Null.*|ErrNoRows|Rows|Row|Result|RawBytes|Named|Scanner|Stmt)$`)

var statement = regexp.MustCompile(`(?is)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|trigger)\s|pragma\s)`)

// code checks what stands in the functions.
func (c *checker) code(name string, fset *token.FileSet, parsed *ast.File) {
	from := owner(name)
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if slices.Contains(exact, from) && (n.Name == "float32" || n.Name == "float64") {
				c.breach(name, "line %d: a float in %s: money is reckoned in integers and exact decimals", fset.Position(n.Pos()).Line, from)
			}
		case *ast.BasicLit:
			if from == "app" && n.Kind == token.STRING {
				if text, err := strconv.Unquote(n.Value); err == nil && statement.MatchString(text) {
					c.breach(name, "line %d: SQL in app: it belongs into the area's store.go", fset.Position(n.Pos()).Line)
				}
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "sql" && from != "sqlite" && !columns.MatchString(n.Sel.Name) {
				c.breach(name, "line %d: sql.%s outside internal/sqlite: work through sqlite.DB, which has one writer", fset.Position(n.Pos()).Line, n.Sel.Name)
			}
		}
		return true
	})
}

// names checks that an area is called the same everywhere: Go package, app file, front-end folder, message files.
func (c *checker) names() {
	exists := func(name string) bool { _, err := fs.Stat(c.project, name); return err == nil }
	folders := c.list("frontend/src/areas")
	locales := c.list("frontend/messages")
	for _, folder := range folders {
		at := "frontend/src/areas/" + folder
		if !exists("app/" + folder + ".go") {
			c.breach(at, "there is no app/%s.go of the same name", folder)
		}
		if slices.Contains(areas, folder) && !exists("internal/"+folder) {
			c.breach(at, "there is no internal/%s of the same name", folder)
		}
	}
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
			room := slices.Contains(areas, word) || slices.Contains(folders, word)
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
