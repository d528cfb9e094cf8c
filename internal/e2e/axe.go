//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Axe checks what is on the screen with axe-core and fails the test with everything that it finds.
func (w *Window) Axe() {
	w.t.Helper()
	source, err := os.ReadFile(filepath.Join(root, "frontend/node_modules/axe-core/axe.min.js"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.Script(nil, string(source)+"; window.axe = axe") // as the body of a script: the policy forbids eval
	var result struct {
		Error      string
		Violations []struct {
			ID, Impact, Help string
			Nodes            []struct {
				HTML, FailureSummary string
			}
		}
	}
	err = w.driver.asyncScript(&result, `
		const done = arguments[0]
		window.axe.run(document, { resultTypes: ["violations"] }).then(
			({ violations }) => done({ violations }), (e) => done({ error: String(e) }))`)
	if err != nil || result.Error != "" {
		w.t.Fatalf("axe: %v %s", err, result.Error)
	}
	for _, v := range result.Violations {
		var where strings.Builder
		for _, n := range v.Nodes {
			fmt.Fprintf(&where, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
		}
		w.t.Errorf("axe: %s (%s): %s%s", v.ID, v.Impact, v.Help, where.String())
	}
}
