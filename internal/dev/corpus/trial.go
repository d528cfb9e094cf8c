package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// end is how a trial ended.
type end string

const (
	fine    end = "read"
	refused end = "refused" // with a reason that the program has words for
	differs end = "differs" // read, but not as what it is
	crashed end = "crashed" // a panic, or an error without a reason
	late    end = "late"
)

// kind is a kind of file with what the program does with it. To add one, name it in the list kinds.
type kind struct {
	name string
	// takes tells by its name, in small letters, and its first 512 bytes whether a file is for this kind. A file may be of several.
	takes func(name string, head []byte) bool
	// run reads a file, or writes what it holds. A fault of code Invalid is a refusal, a difference what came out otherwise.
	run func(data []byte) error
}

// difference is the error of a run whose result is not what the file holds.
type difference string

func (d difference) Error() string { return string(d) }

// trial is one file read as one kind.
type trial struct {
	path         string
	size, memory int64 // bytes of the file, and the most that was taken for it
	took         time.Duration
	end          end
	why          string
}

// walk tries every file below dir as every kind that takes it. What is no plain file, or larger than most, is left out.
func walk(dir string, kinds []kind, limit time.Duration) (map[string][]trial, error) {
	const most = 1 << 30
	found := map[string][]trial{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() > most {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if k.takes(strings.ToLower(filepath.Base(path)), data[:min(len(data), 512)]) {
				found[k.name] = append(found[k.name], try(k, path, data, limit))
			}
		}
		return nil
	})
	return found, err
}

// try runs one file and watches its time and memory. A run that does not end in time goes on by itself: nothing but the
// process can end it.
func try(k kind, path string, data []byte, limit time.Duration) trial {
	t := trial{path: path, size: int64(len(data))}
	runtime.GC()
	before := memory()
	done := make(chan error, 1)
	start := time.Now()
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- k.run(data)
	}()
	tick, stop := time.NewTicker(2*time.Millisecond), time.After(limit)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			t.took, t.memory = time.Since(start), max(t.memory, memory()-before)
			t.end, t.why = judge(err)
			return t
		case <-tick.C:
			t.memory = max(t.memory, memory()-before)
		case <-stop:
			t.took, t.end, t.why = time.Since(start), late, "not done after "+limit.String()
			return t
		}
	}
}

func judge(err error) (end, string) {
	var d difference
	switch {
	case err == nil:
		return fine, ""
	case errors.As(err, &d):
		return differs, d.Error()
	case fault.CodeOf(err) != fault.Invalid:
		return crashed, err.Error()
	}
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		return refused, fields[0].Name + ": " + fields[0].Code
	}
	return refused, fault.ReasonOf(err)
}

// memory is what the program has in use, in bytes.
func memory() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64()) //nolint:gosec // no heap is that large
}
