package pricing

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// calculation is what decides about money: every statement of it is run by a test. Its branches are statements of
// their own, so that this means every branch.
var calculation = []string{"simulate.go", "rules.go", "grid.go"}

func TestCalculationIsCovered(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "cover.out")
	// The oracle is left out: what only a random case reaches is not tested on purpose.
	cmd := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-coverprofile="+profile,
		"-skip", "^(TestCalculationIsCovered|TestAgreesWithASecondImplementation|TestProperties|TestMonotone)$", ".")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(profile) //nolint:gosec // written above
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range strings.Lines(string(data)) {
		block := strings.Fields(line)
		for _, file := range calculation {
			if strings.Contains(line, "/"+file+":") {
				seen[file]++
				if block[len(block)-1] == "0" {
					t.Errorf("no test runs %s", block[0])
				}
			}
		}
	}
	for _, file := range calculation {
		if seen[file] == 0 {
			t.Errorf("%s is not in the profile", file)
		}
	}
}
