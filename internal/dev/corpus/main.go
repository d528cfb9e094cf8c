// Corpus runs the program's readers and writers over a folder of anybody's files and prints, for each kind, how many were
// read, which were refused and why, which came out otherwise than they went in, the slowest, and those that took most memory.
// It ends with 1 where something crashed, came out differently, or took longer than the limit.
//
//	make corpus DIR=…        go run ./internal/dev/corpus [-limit 30s] [-kind tables] [-list refused] [-compare] DIR
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	limit := flag.Duration("limit", 30*time.Second, "after which a file is given up")
	only := flag.String("kind", "", "only this kind of file")
	list := flag.String("list", "", "name every file with this end: read, refused, differs, crashed, late")
	flag.BoolVar(&compare, "compare", false, "set pictures and drawings beside what ImageMagick and librsvg make of them")
	flag.Parse()
	if flag.NArg() != 1 || flag.Arg(0) == "" {
		fmt.Fprintln(os.Stderr, "corpus: which folder? make corpus DIR=…")
		os.Exit(2)
	}
	chosen := slices.DeleteFunc(slices.Clone(kinds), func(k kind) bool { return *only != "" && k.name != *only })
	found, err := walk(flag.Arg(0), chosen, *limit)
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(2)
	}
	if !report(os.Stdout, chosen, found, *list) {
		os.Exit(1)
	}
}

// report prints what was found, kind by kind, and tells whether all of it is well.
func report(w io.Writer, kinds []kind, found map[string][]trial, list string) (well bool) {
	well = true
	for _, k := range kinds {
		trials := found[k.name]
		if len(trials) == 0 {
			continue
		}
		count, reasons := map[end]int{}, map[string][]trial{}
		for _, t := range trials {
			count[t.end]++
			if t.end != fine {
				key := string(t.end) + ": " + t.why
				reasons[key] = append(reasons[key], t)
			}
			if list == string(t.end) {
				fmt.Fprintf(w, "%s\t%s\t%s\n", t.end, t.path, t.why)
			}
		}
		fmt.Fprintf(w, "%s: %d files, %d read, %d refused, %d differing, %d crashed, %d late\n", k.name, len(trials), count[fine], count[refused], count[differs], count[crashed], count[late])
		well = well && count[differs]+count[crashed]+count[late] == 0
		for _, key := range sortedBy(reasons) {
			fmt.Fprintf(w, "  %5d  %s  (%s)\n", len(reasons[key]), shown(key), reasons[key][0].path)
		}
		slowest := slices.MaxFunc(trials, func(a, b trial) int { return int(a.took - b.took) })
		largest := slices.MaxFunc(trials, func(a, b trial) int { return int(a.memory - b.memory) })
		fmt.Fprintf(w, "  slowest %s: %s (%s)\n", slowest.took.Round(time.Millisecond), slowest.path, size(slowest.size))
		fmt.Fprintf(w, "  largest %s of memory: %s (%s)\n", size(largest.memory), largest.path, size(largest.size))
	}
	return well
}

func sortedBy(reasons map[string][]trial) []string {
	keys := []string{}
	for key := range reasons {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := len(reasons[b]) - len(reasons[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return keys
}

// shown is a reason on one line of a fair length.
func shown(reason string) string {
	const most = 160
	reason = strings.Join(strings.Fields(reason), " ")
	if r := []rune(reason); len(r) > most {
		return string(r[:most]) + "…"
	}
	return reason
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
