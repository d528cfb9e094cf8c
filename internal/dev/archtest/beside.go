package archtest

import (
	"go/ast"
	"go/token"
)

// begins checks that nobody begins a goroutine past internal/host/beside: a panic in it would end the program. core does
// without them.
func (c *checker) begins(name string, fset *token.FileSet, from room, n ast.Node) {
	if from.layer == dev || from.name == "beside" {
		return
	}
	switch n := n.(type) {
	case *ast.GoStmt:
	case *ast.CallExpr: // of a sync.WaitGroup
		call, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || call.Sel.Name != "Go" || len(n.Args) != 1 {
			return
		}
	default:
		return
	}
	c.breach(name, "line %d: a goroutine begun past internal/host/beside: a panic in it would end the program", fset.Position(n.Pos()).Line)
}
