package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The race detector finds what two goroutines do to the same memory, and makes a test ten times as slow. A package whose
// code and tests start no second goroutine has nothing to be found, so its tests run without the detector only. What
// starts one is found in the source, so that no list of packages has to be kept.

// starters are calls that run a function, or a handler, beside the caller, whatever they are methods of.
var starters = []string{
	"Go", "AfterFunc", "Parallel", "RunParallel", "Serve", "ServeTLS", "ListenAndServe",
	"NewServer", "NewTLSServer", "NewUnstartedServer",
}

// packageFiles is what `go list` tells of a package.
type packageFiles struct {
	Dir, ImportPath                              string
	GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
}

// source is a package's syntax: what it does by itself, and what it calls.
type source struct {
	packageFiles
	beside bool                // something in it, tests included, starts a goroutine
	calls  map[string]bool     // functions of the project that it calls, as "path.Name", and methods, as ".Name"
	bodies map[string]function // its own functions, by their name in calls
}

type function struct {
	beside bool
	calls  map[string]bool
}

// watched sorts the packages below dir that have tests: those in whose code or tests a second goroutine is started, by
// themselves or by a function of the project that they call, and the others. What a method of another package does
// behind its own door is watched in that package, unless it takes the function that it runs beside its caller.
func watched(dir string) (watch, leave []string, err error) {
	list := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles", "./...")
	list.Dir = dir
	out, err := list.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("go list: %w", err)
	}
	var sources []*source
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p packageFiles
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, nil, err
		}
		s, err := read(p)
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, s)
	}
	start := starting(sources)
	for _, s := range sources {
		switch {
		case len(s.TestGoFiles)+len(s.XTestGoFiles) == 0:
		case s.beside || meets(s.calls, start):
			watch = append(watch, s.ImportPath)
		default:
			leave = append(leave, s.ImportPath)
		}
	}
	return watch, leave, nil
}

// starting are the functions that start a goroutine, by themselves or through others.
func starting(sources []*source) map[string]bool {
	start := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for _, s := range sources {
			for name, f := range s.bodies {
				if !start[name] && (f.beside || meets(f.calls, start)) {
					start[name], grown = true, true
				}
			}
		}
	}
	return start
}

func meets(calls, start map[string]bool) bool {
	for name := range calls {
		if start[name] {
			return true
		}
	}
	return false
}

func read(p packageFiles) (*source, error) {
	s := &source{packageFiles: p, calls: map[string]bool{}, bodies: map[string]function{}}
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		imports := map[string]string{}
		for _, i := range file.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			as := path[strings.LastIndexByte(path, '/')+1:]
			if i.Name != nil {
				as = i.Name.Name
			}
			imports[as] = path
		}
		for _, d := range file.Decls {
			f := function{calls: map[string]bool{}}
			f.beside = s.look(d, imports, f.calls)
			s.beside = s.beside || f.beside
			for call := range f.calls {
				s.calls[call] = true
			}
			if decl, ok := d.(*ast.FuncDecl); ok && !strings.HasSuffix(name, "_test.go") {
				if name := s.known(decl); name != "" {
					s.bodies[name] = f
				}
			}
		}
	}
	return s, nil
}

// known is the name by which others' calls of the function are known: methods only where they are given a function.
func (s *source) known(decl *ast.FuncDecl) string {
	if decl.Recv == nil {
		return s.ImportPath + "." + decl.Name.Name
	}
	for _, p := range decl.Type.Params.List {
		if _, ok := p.Type.(*ast.FuncType); ok && decl.Name.IsExported() {
			return "." + decl.Name.Name
		}
	}
	return ""
}

// look notes what a declaration calls, and says whether it starts a goroutine itself.
func (s *source) look(d ast.Decl, imports map[string]string, calls map[string]bool) (beside bool) {
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			beside = true
		case *ast.CallExpr:
			called := n.Fun
			if generic, ok := called.(*ast.IndexExpr); ok {
				called = generic.X
			}
			switch f := called.(type) {
			case *ast.Ident:
				calls[s.ImportPath+"."+f.Name] = true
			case *ast.SelectorExpr:
				of, _ := f.X.(*ast.Ident)
				switch {
				case slices.Contains(starters, f.Sel.Name):
					beside = true
				case of != nil && imports[of.Name] != "":
					calls[imports[of.Name]+"."+f.Sel.Name] = true
				default:
					calls["."+f.Sel.Name] = true
				}
			}
		}
		return true
	})
	return beside
}
