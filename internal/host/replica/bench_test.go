package replica_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/replica"
	"kontor/internal/host/sqlite"
)

// BenchmarkReplica sends a workspace of so many megabytes as a whole, sends one change of it, and puts the last state together
// again. It reports the milliseconds and bytes of each, and by how many megabytes the program grew at its peak.
func BenchmarkReplica(b *testing.B) {
	for _, megabytes := range []int{1, 21, 500} {
		for _, kind := range []string{"folder", "WebDAV"} {
			b.Run(fmt.Sprintf("%d MB/%s", megabytes, kind), func(b *testing.B) { benchReplica(b, megabytes, kind) })
		}
	}
}

func benchReplica(b *testing.B, megabytes int, kind string) {
	ctx := b.Context()
	for range b.N {
		b.StopTimer()
		db := testkit.NewDB(b, nil)
		// Hexadecimal figures shrink to a half, as the text of a journal does.
		testkit.Exec(b, db, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO setting (account_id, name, value) SELECT '', 'filler.' || i, hex(randomblob(8000)) FROM n`, max((megabytes-1)*60, 1))
		where := replica.Where{Address: b.TempDir()}
		if kind == "WebDAV" {
			s := serve(b, "x/net")
			where = s.where()
			where.Address = s.URL
		}
		dir := filepath.Dir(db.Path())
		o := replica.Options{Place: at(b, where), Workspace: "the workspace", Dir: dir, Machine: "studio", Computer: "studio", Program: "1.0", Now: db.Now}
		from := replica.Source{
			Snapshot: db.Snapshot, Check: sqlite.Trust, Pictures: filepath.Join(dir, "pictures"), Schema: 7,
			Opens: func(context.Context) (replica.Opens, error) { return replica.Opens{Key: make([]byte, 32)}, nil },
		}
		key, _, err := replica.SetUp(ctx, o, passphrase)
		if err != nil {
			b.Fatal(err)
		}
		o.Key = key
		line, into := replica.New(o), b.TempDir()
		b.StartTimer()
		before := grown(b, true)
		for _, step := range []struct {
			name string
			do   func() (int64, error)
		}{
			{"whole", func() (int64, error) { sent, err := line.Send(ctx, from); return sent.Size, err }},
			{"change", func() (int64, error) {
				testkit.Exec(b, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'one', 'change')")
				sent, err := line.Send(ctx, from)
				return sent.Size, err
			}},
			{"fetch", func() (int64, error) {
				found, err := line.Find(ctx)
				if err != nil {
					return 0, err
				}
				if _, err = line.Fetch(ctx, found.Versions[0].Ref, into, func(int64, int64) {}); err != nil {
					return 0, err
				}
				return onDisk(into)
			}},
		} {
			began, worked := time.Now(), processor(b)
			size, err := step.do()
			if err != nil {
				b.Fatal(step.name, err)
			}
			b.ReportMetric(float64(time.Since(began).Milliseconds()), step.name+"-ms")
			b.ReportMetric(float64((processor(b) - worked).Milliseconds()), step.name+"-cpu-ms") // on a machine that has other work, too
			b.ReportMetric(float64(size), step.name+"-bytes")
		}
		b.ReportMetric(float64(grown(b, false)-before)/1024, "peak-MB")
	}
}

func onDisk(dir string) (size int64, err error) {
	return size, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
}

// ticks are those of a second in /proc, on every Linux.
const ticks = 100

// processor is how long the program has kept processors busy; 0 where the system does not tell.
func processor(b *testing.B) time.Duration {
	b.Helper()
	text, _ := os.ReadFile("/proc/self/stat")
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// grown is the most memory, in kB, that the program has had since it was last asked to begin anew; 0 where the system does
// not tell.
func grown(b *testing.B, anew bool) int {
	b.Helper()
	if anew {
		_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	}
	text, _ := os.ReadFile("/proc/self/status")
	found := highWater.FindSubmatch(text)
	if found == nil {
		return 0
	}
	kB, _ := strconv.Atoi(string(found[1]))
	return kB
}
