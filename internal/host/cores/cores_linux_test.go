package cores

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

const coresVariable = "KONTOR_TEST_CORES"

// In a process of its own: there is no way back.
func TestNoMemoryIsWrittenWhenTheProgramCrashes(t *testing.T) {
	if os.Getenv(coresVariable) != "" {
		if err := Off(); err != nil {
			t.Fatal(err)
		}
		var limit unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
			t.Errorf("core files of %d bytes, %v", limit.Cur, err)
		}
		if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
			t.Errorf("dumpable is %d, %v", dumpable, err)
		}
		return
	}
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	again.Env = append(os.Environ(), coresVariable+"=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
