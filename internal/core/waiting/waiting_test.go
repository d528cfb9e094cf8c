package waiting_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/waiting"
)

func TestALineIsTheSameTomorrowAndNewWithOtherFacts(t *testing.T) {
	line := waiting.Line{Kind: "cover_short", Ref: "p1", Params: map[string]string{"amount": "CHF 1.00", "count": "2"}, At: time.Unix(100, 0)}
	again := waiting.Line{Kind: "cover_short", Ref: "p1", Params: map[string]string{"count": "2", "amount": "CHF 1.00"}, At: time.Unix(100, 0).UTC()}
	if line.Key() != again.Key() || line.News() != again.News() {
		t.Errorf("%s %s, %s %s", line.Key(), line.News(), again.Key(), again.News())
	}
	again.Params["count"] = "3"
	if line.Key() != again.Key() || line.News() == again.News() {
		t.Error("another count is no news")
	}
	again.Params["count"], again.At = "2", time.Unix(101, 0)
	if line.News() == again.News() {
		t.Error("another moment is no news")
	}
	line.Facts, again.Facts = "CHF", "CHF"
	if line.News() != again.News() {
		t.Error("news though its facts are the same")
	}
}

// A line without a record could not be told from another of its kind, and putting one off would hide both.
func TestEveryLineSaysWhichRecordItIsAbout(t *testing.T) {
	root := filepath.Join("..", "..")
	lines := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			of := lit.Type
			if list, ok := of.(*ast.ArrayType); ok { // its elements name no type
				of = list.Elt
				for _, e := range lit.Elts {
					if inner, ok := e.(*ast.CompositeLit); ok && isLine(of) {
						lines++
						refuse(t, files, inner)
					}
				}
				return true
			}
			if isLine(of) && len(lit.Elts) > 0 {
				lines++
				refuse(t, files, lit)
			}
			return true
		})
		return nil
	})
	if err != nil || lines < 12 {
		t.Errorf("found %d lines, %v", lines, err)
	}
}

func isLine(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != "Line" {
		return false
	}
	of, ok := s.X.(*ast.Ident)
	return ok && of.Name == "waiting"
}

func refuse(t *testing.T, files *token.FileSet, lit *ast.CompositeLit) {
	t.Helper()
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if name, ok := kv.Key.(*ast.Ident); ok && name.Name == "Ref" {
				return
			}
		}
	}
	t.Errorf("%s: a line without Ref; waiting.Only where there is at most one of its kind", files.Position(lit.Pos()))
}
