package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// days checks that a day is made of a moment by day.Clock only, in the zone of the person: not in the computer's zone,
// and not in UTC, where it is yesterday or tomorrow for an hour or two each night. Moments are kept and sent in UTC.
func (c *checker) days(name string, fset *token.FileSet, n ast.Node) {
	from := owner(name)
	if n == nil || from.name == "day" || !slices.Contains([]string{"app", "flow", "area", "core"}, from.layer) {
		return
	}
	const clock = "a day depends on the person's zone: ask the day.Clock that is handed in"
	line := func(n ast.Node) int { return fset.Position(n.Pos()).Line }
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if is(n, "time", "Local") && from.layer != "app" { // app makes the clock
			c.breach(name, "line %d: time.Local: %s", line(n), clock)
		}
	case *ast.CallExpr:
		called, ok := n.Fun.(*ast.SelectorExpr)
		if !ok {
			return
		}
		if is(called, "day", "Of") && len(n.Args) == 2 && is(n.Args[1], "time", "UTC") {
			c.breach(name, "line %d: day.Of in UTC: %s", line(n), clock)
		}
		if called.Sel.Name == "Local" && len(n.Args) == 0 {
			c.breach(name, "line %d: a moment in the computer's zone: %s", line(n), clock)
		}
		inner, ok := called.X.(*ast.CallExpr)
		if !ok {
			return
		}
		utc, ok := inner.Fun.(*ast.SelectorExpr)
		dated := called.Sel.Name == "Date" || called.Sel.Name == "Format" && len(n.Args) == 1 && !zoned(n.Args[0])
		if ok && utc.Sel.Name == "UTC" && dated {
			c.breach(name, "line %d: the date of a moment in UTC: %s", line(n), clock)
		}
		if dated && ofNow(inner) {
			c.breach(name, "line %d: the date of a moment of the computer: %s", line(n), clock)
		}
	}
}

// ofNow tells whether a moment is reckoned from Now().
func ofNow(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" {
			found = true
		}
		return !found
	})
	return found
}

// zoned tells whether a layout says where its clock stands. Of a layout that is named elsewhere it is believed.
func zoned(layout ast.Expr) bool {
	if literal, ok := layout.(*ast.BasicLit); ok {
		return strings.Contains(literal.Value, "07:00")
	}
	return !is(layout, "time", "DateOnly") && !is(layout, "time", "DateTime")
}

// is tells whether an expression is a name of a package.
func is(e ast.Expr, pack, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == pack && s.Sel.Name == name
}
