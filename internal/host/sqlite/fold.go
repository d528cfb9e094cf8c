package sqlite

import (
	sqldriver "database/sql/driver"
	"fmt"

	driver "modernc.org/sqlite"

	"kontor/internal/core/text"
)

// kontor_fold(text) and kontor_index(text) let a migration write folded columns and indexes of words anew when text.Fold
// learns something. Statements outside of migrations fold in Go.
func init() {
	for name, f := range map[string]func(string) string{
		"kontor_fold": text.Fold, "kontor_index": func(s string) string { return text.Spaced(text.Fold(s)) },
	} {
		driver.MustRegisterDeterministicScalarFunction(name, 1, func(_ *driver.FunctionContext, args []sqldriver.Value) (sqldriver.Value, error) {
			switch v := args[0].(type) {
			case nil:
				return nil, nil
			case string:
				return f(v), nil
			default:
				return nil, fmt.Errorf("sqlite: %s of %T", name, v)
			}
		})
	}
}
