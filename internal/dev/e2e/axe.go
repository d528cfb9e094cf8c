//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Axe checks what is on the screen with axe-core and fails the test with everything that it finds.
func (w *Window) Axe() {
	w.t.Helper()
	violations, err := w.violations()
	if err != nil {
		w.t.Fatalf("axe: %v", err)
	}
	for _, v := range violations {
		var where strings.Builder
		for _, n := range v.Nodes {
			fmt.Fprintf(&where, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
		}
		w.t.Errorf("axe: %s (%s): %s%s", v.ID, v.Impact, v.Help, where.String())
	}
}

// settle ends every transition; what turns for ever goes on.
const settle = `for (const a of document.getAnimations())
	if (a.effect.getComputedTiming().endTime !== Infinity) a.finish()`

type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

func (w *Window) violations() ([]violation, error) {
	var there bool // since an earlier check of the same page
	if err := w.driver.script(&there, `return "axe" in window`); err != nil {
		return nil, err
	}
	if !there {
		source, err := os.ReadFile(filepath.Join(root, "frontend/node_modules/axe-core/axe.min.js"))
		if err != nil {
			return nil, err
		}
		// as the body of a script: the policy forbids eval
		if err := w.driver.script(nil, string(source)+"; window.axe = axe"); err != nil {
			return nil, err
		}
	}
	// Colours on their way from one theme to another are nobody's colours.
	if err := w.driver.script(nil, settle); err != nil {
		return nil, err
	}
	var result struct {
		Error      string
		Violations []violation
	}
	err := w.driver.asyncScript(&result, `
		const done = arguments[0]
		window.axe.run(document, { resultTypes: ["violations"] }).then(
			({ violations }) => done({ violations }), (e) => done({ error: String(e) }))`)
	if err == nil && result.Error != "" {
		err = errors.New(result.Error)
	}
	return result.Violations, err
}
