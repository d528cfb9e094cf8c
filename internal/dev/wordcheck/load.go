// Package wordcheck finds, in the sources of the whole program, every key and every code that a person may see as words:
// keys of the book, reasons and refusals, what waits at Home, entries of the journal. Its test fails where one of them
// has no words, and where words are never said.
package wordcheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const module = "kontor/"

// Program is the type-checked sources of all our packages, without their tests.
type Program struct {
	fset     *token.FileSet
	info     *types.Info
	packages []*types.Package
	files    []*ast.File
	flow     map[types.Object][]ast.Expr // what is put into a variable, a field, or out of a function by its results
	calls    map[*types.Func][]*ast.CallExpr
	within   map[*types.Var]param // parameters, with the function that has them
}

type param struct {
	fn    *types.Func
	index int
}

// Load reads the program whose root is dir. What is not ours is taken from the compiler's export data.
func Load(dir string) (*Program, error) {
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,CgoFiles", "./...")
	list.Dir, list.Stderr = dir, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	p := &Program{fset: token.NewFileSet(), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	exports := map[string]string{}
	own := map[string]*types.Package{}
	others := importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	d := json.NewDecoder(bytes.NewReader(out))
	for d.More() {
		var pkg struct {
			ImportPath, Export, Dir string
			GoFiles, CgoFiles       []string
		}
		if err := d.Decode(&pkg); err != nil {
			return nil, err
		}
		exports[pkg.ImportPath] = pkg.Export
		if !strings.HasPrefix(pkg.ImportPath, module) && pkg.ImportPath+"/" != module || strings.HasPrefix(pkg.ImportPath, module+"internal/dev/") {
			continue
		}
		files := []*ast.File{}
		for _, name := range append(pkg.GoFiles, pkg.CgoFiles...) {
			f, err := parser.ParseFile(p.fset, filepath.Join(pkg.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
		conf := types.Config{FakeImportC: true, Importer: importing(func(path string) (*types.Package, error) {
			if found := own[path]; found != nil {
				return found, nil
			}
			return others.Import(path)
		})}
		checked, err := conf.Check(pkg.ImportPath, p.fset, files, p.info)
		if err != nil {
			return nil, err
		}
		own[pkg.ImportPath] = checked
		p.packages = append(p.packages, checked)
		p.files = append(p.files, files...)
	}
	p.gather()
	return p, nil
}

type importing func(path string) (*types.Package, error)

func (i importing) Import(path string) (*types.Package, error) { return i(path) }

// named finds something of a package by "path.Name" or "path.Type.Method".
func (p *Program) named(name string) types.Object {
	path, rest, _ := strings.Cut(name, ":")
	first, method, isMethod := strings.Cut(rest, ".")
	for _, pkg := range p.packages {
		if pkg.Path() != module+path {
			continue
		}
		found := pkg.Scope().Lookup(first)
		if found == nil || !isMethod {
			return found
		}
		member, _, _ := types.LookupFieldOrMethod(found.Type(), true, pkg, method)
		return member
	}
	return nil
}

// constants are the values of all constants of a type.
func (p *Program) constants(named *types.Named) (values []string) {
	scope := named.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), named) {
			values = append(values, text(c.Val()))
		}
	}
	return values
}
