package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// added is SQL that adds a column up, and apart says that it keeps currencies apart: it groups by the currency, or asks
// for one.
var (
	added = regexp.MustCompile(`(?is)\b(?:sum|total|avg)\s*\(.*\bfrom\b`)
	apart = regexp.MustCompile(`(?is)\bgroup\s+by\b[^;]*\bcurrency\b|\bwhere\b.*\bcurrency\s*=`)
)

// amounts checks that nothing outside core/money makes numbers of amounts, calculates with them and labels the result
// anew: so francs and euros were once added.
func (c *checker) amounts(name string, fset *token.FileSet, n ast.Node) {
	from := owner(name)
	if n == nil || from.name == "money" || from.layer == dev || from.layer == "host" {
		return
	}
	line := fset.Position(n.Pos()).Line
	switch n := n.(type) {
	case *ast.BasicLit:
		if n.Kind != token.STRING {
			return
		}
		if text, err := strconv.Unquote(n.Value); err == nil && added.MatchString(text) && !apart.MatchString(text) {
			c.breach(name, "line %d: SQL adds up and does not keep currencies apart: group by the currency or ask for one, or add with money.Sums", line)
		}
	case *ast.CallExpr:
		called, ok := n.Fun.(*ast.SelectorExpr)
		if !ok {
			return
		}
		pack, _ := called.X.(*ast.Ident)
		switch {
		case len(n.Args) == 0 && (called.Sel.Name == "Minor" || called.Sel.Name == "Value"):
			c.breach(name, "line %d: .%s() makes an integer of an amount: add with money.Sums, Add and Sub, which know the currency", line, called.Sel.Name)
		case pack != nil && pack.Name == "strconv" && (strings.HasPrefix(called.Sel.Name, "Parse") || called.Sel.Name == "Atoi") && shows(n.Args):
			c.breach(name, "line %d: strconv.%s makes a number of an amount: add with money.Sums, Add and Sub, which know the currency", line, called.Sel.Name)
		case pack != nil && pack.Name == "csv" && called.Sel.Name == "NewWriter" && from.name != "sample": // which makes what is read in
			c.breach(name, "line %d: csv.NewWriter lets text become a formula: write tables with package export", line)
		case pack != nil && pack.Name == "export" && spread[called.Sel.Name] && shows(n.Args):
			c.breach(name, "line %d: export.%s writes an amount without its currency and organization: use export.AmountField", line, called.Sel.Name)
		}
	}
}

// spread are the columns and cells of spreadsheets that know no currency.
var spread = map[string]bool{"TextField": true, "NumberField": true, "CellField": true, "Text": true, "Number": true}

// shows tells whether there is a call of Decimal, Fixed or Figure among these expressions.
func shows(list []ast.Expr) (found bool) {
	for _, e := range list {
		ast.Inspect(e, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && (s.Sel.Name == "Decimal" || s.Sel.Name == "Fixed" || s.Sel.Name == "Figure") {
				found = true
			}
			return !found
		})
	}
	return found
}
